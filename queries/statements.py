"""The statements that stand in a group of patterns, found in its tokens without parsing the whole of SPARQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .lexer import Token

_WORDS_IN_TRIPLES: Final = frozenset(("A", "TRUE", "FALSE"))


@dataclass(frozen=True, slots=True)
class Statement:
    """A subject and what is said of it, up to the full stop.

    Of what is in brackets, `tokens` hold the brackets alone. `head` is the place in the text where the triples begin
    among which it stands: a pattern put there is joined with all of them, and tears none from the others. `end` lies
    behind the full stop.
    """

    tokens: tuple[Token, ...]
    head: int
    end: int

    @property
    def subject(self) -> tuple[Token, ...]:
        """Its subject: one token, or a pair of brackets."""
        return self.tokens[: 2 if self.tokens[0].text in ("[", "(", "<<", "<<(") else 1]

    @property
    def parts(self) -> list[tuple[Token, ...]]:
        """What is said of the subject: a predicate with its objects, between semicolons; may be empty."""
        return split(self.tokens[len(self.subject) :], ";")


def split(tokens: Sequence[Token], mark: str) -> list[tuple[Token, ...]]:
    """Return the tokens between those that are `mark`."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "mark" and token.text == mark:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [tuple(piece) for piece in pieces]


def statements_in(tokens: Sequence[Token], place: int) -> Iterator[Statement]:
    """Yield the statements of the group whose first character is at `place`; not those of groups inside it.

    FILTER does not end the triples around it (SPARQL 1.1, section 5.2.2), every other clause does.
    """
    waiting = _direct(tokens, place)
    head, held = place, list[Token]()
    while waiting:
        token = waiting.pop(0)
        is_clause = token.kind == "word" and token.keyword not in _WORDS_IN_TRIPLES
        is_stop = token.kind == "mark" and token.text == "."
        if not (is_clause or is_stop or token.text == "{"):
            held.append(token)
            # The lexer takes "5." for one number; the full stop is in it.
            is_stop = token.kind == "number" and token.text.endswith(".")
            if not is_stop:
                continue
        if held:
            yield Statement(tuple(held), head, token.end if is_stop else held[-1].end)
            held = []
        if not is_stop:
            closing = _end_of_clause(token, waiting)
            head = head if token.keyword.startswith("FILTER") else closing
    if held:
        yield Statement(tuple(held), head, held[-1].end)


def _end_of_clause(token: Token, waiting: list[Token]) -> int:
    """Take a clause off the tokens and return where it ends: BIND and FILTER at a round bracket, or a brace."""
    closing = "}"
    if token.keyword == "BIND":
        closing = ")"
    elif token.keyword.startswith("FILTER"):
        closing = ")}"
    end = token.end
    while waiting:
        token = waiting.pop(0)
        end = token.end
        if token.kind == "mark" and token.text in closing:
            break
    return end


def _direct(tokens: Sequence[Token], place: int) -> list[Token]:
    """Return the tokens that stand directly in a group: of what is in brackets, the brackets alone."""
    found: list[Token] = []
    depth = next((token.depth + 1 for token in tokens if token.end == place), 0)
    for token in tokens:
        if token.start >= place:
            if token.depth < depth:
                break
            if token.depth == depth:
                found.append(token)
    return found
