"""Find the calls of our functions in a query and say what is wrong with them before it runs.

The standard lets a function that fails mean "no value", so that a misspelt measure would look like an author without
one. What stands in the text as a constant can be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from collegium.graph.errors import ParameterError
from collegium.graph.measures import measure_named
from collegium.graph.vocabulary import PREFIXES

from .functions import FUNCTIONS, Function, may_call
from .lexer import Token, tokens

_BY_IRI: Final = {row.iri.value: row for row in FUNCTIONS.values()}
_BEFORE_A_CALL: Final = ("FILTER", "HAVING", "BY")

Argument = list[Token]


def check_calls(text: str) -> None:
    """Return when no call of ours is surely wrong.

    Raises:
        UnknownName: a constant is no measure, or neither weight nor projection.
        ParameterError: too few or too many arguments, or a text where the IRI of a node belongs.

    Example:
        >>> check_calls('SELECT ?r { ?a a foaf:Person BIND(ck:rank(?a, "pagerank") AS ?r) }')
        >>> check_calls("SELECT ?d { ?a a foaf:Person BIND(ck:distance(?a) AS ?d) }")
        Traceback (most recent call last):
        ...
        collegium.graph.errors.ParameterError: ck:distance: found '1 argument', expected ck:distance(?author, ?author)
    """
    if may_call(text):
        for function, arguments in _calls(list(tokens(text))):
            _check_number(function, arguments)
            _check_nodes(function, arguments)
            _check_words(function, arguments[len(function.nodes) :])


def _check_number(function: Function, arguments: list[Argument]) -> None:
    if not function.least <= len(arguments) <= function.most:
        many = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
        raise ParameterError(f"ck:{function.name}", many, function.signature)


def _check_nodes(function: Function, arguments: list[Argument]) -> None:
    for name, argument in zip(function.nodes, arguments, strict=False):
        if argument and argument[0].kind in ("string", "number"):
            raise ParameterError(
                f"ck:{function.name}", argument[0].text, f"the IRI of the {name}, or a variable that holds it"
            )


def _check_words(function: Function, arguments: list[Argument]) -> None:
    words = [_constant(argument) for argument in arguments]
    if function.has_measure and words[0] is not None:
        measure_named(words[0])
    function.read_network([word for word in words[function.has_measure :] if word is not None])


def _constant(argument: Argument) -> str | None:
    """Return the text that an argument is, None when it is anything but one text as it stands."""
    if len(argument) != 1 or argument[0].kind != "string" or "\\" in argument[0].text:
        return None
    text = argument[0].text
    return text[3:-3] if text[:3] in ('"""', "'''") and len(text) > 5 else text[1:-1]


def _calls(read: list[Token]) -> Iterator[tuple[Function, list[Argument]]]:
    """Yield each call of a function of ours with its arguments."""
    prefixes = {f"{name}:": iri for name, iri in PREFIXES.items()} | _declared(read)
    before = ""
    for at, (token, following) in enumerate(pairwise(read)):
        # In a group the same might be a property before a collection: ?s ck:rank (1 2).
        is_call = following.text == "(" and (token.within not in ("{", "[") or before in _BEFORE_A_CALL)
        if is_call and (function := _BY_IRI.get(_iri(token, prefixes))):
            yield function, _arguments(read, at + 1)
        before = token.keyword


def _declared(read: list[Token]) -> dict[str, str]:
    """Return the prefixes that the query declares."""
    found = {}
    for word, name, iri in zip(read, read[1:], read[2:], strict=False):
        if word.keyword == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            found[name.text] = iri.text[1:-1]
    return found


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(prefix + colon, "") + local if token.kind == "name" else ""


def _arguments(read: list[Token], opening: int) -> list[Argument]:
    """Return the tokens of each argument between a bracket and the one that closes it."""
    depth = read[opening].depth
    arguments: list[Argument] = [[]]
    for token in read[opening + 1 :]:
        if token.depth == depth:
            break
        if token.text == "," and token.depth == depth + 1:
            arguments.append([])
        else:
            arguments[-1].append(token)
    return arguments if arguments != [[]] else []
