"""Which graphs a stranger's query reads beside belief: the one that describes the data set, when it asks about it.

The default graph is belief, and the description stands in a graph of its own, so that no figure counts it. Tools that
look for what an endpoint holds do not know that graph: sib-swiss' sparql-editor asks the default graph for
`?q a sh:SPARQLExecutable`, `?x sh:prefix ?p` and `?c void:class ?k`
(https://github.com/sib-swiss/sparql-editor, `metadata.ts`). So a query that uses a term of a vocabulary by which data
sets are described, and names no graphs itself, reads the description as if it were in the default graph. The two
graphs share no statement, so nothing is counted twice; every other query is as it was.
"""

from __future__ import annotations

from typing import Final

from collegium.graph.vocabulary import PREFIXES, VOID_EXT, void_graph

from .lexer import tokens

_DESCRIBING: Final = (PREFIXES["sh"], PREFIXES["void"], PREFIXES["sd"], VOID_EXT)

# Without one of these in the text there is no such term, and no need to read it.
_SIGNS: Final = (*_DESCRIBING, "sh:", "void:", "sd:")


def beside_belief(text: str, base: str) -> tuple[str, ...]:
    """Return the graphs that the default graph of a query is read together with: none, or the description.

    Declaring a prefix is not using it: editors declare all they know.

    Raises:
        QueryRefused: the text can be read in two ways.
    Cost: O(length of the text).
    Example:
        >>> beside_belief("SELECT * { ?c void:class ?k }", "http://localhost:8000/")
        ('http://localhost:8000/void',)
        >>> beside_belief("PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT * { ?s a foaf:Person }", "http://x/")
        ()
    """
    if not any(sign in text for sign in _SIGNS):
        return ()
    declared = dict(PREFIXES)
    is_used = False
    second, first = "", ""  # the two tokens before: text, or PREFIX
    for token in tokens(text):
        if token.keyword == "FROM":
            return ()
        if token.kind == "iri" and second == "PREFIX":
            declared[first.removesuffix(":")] = token.text[1:-1]
        elif token.kind == "iri":
            is_used = is_used or token.text[1:].startswith(_DESCRIBING)
        elif token.kind == "name" and first != "PREFIX":
            is_used = is_used or declared.get(token.text.partition(":")[0]) in _DESCRIBING
        second, first = first, token.keyword or token.text
    return (void_graph(base).value,) if is_used else ()
