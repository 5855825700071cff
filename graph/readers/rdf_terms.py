"""Terms of RDF as the engine holds them: which blank nodes a statement speaks of, and which literals it spells anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import BlankNode, Literal, Quad, Triple

from ..vocabulary import PREFIXES

_SEEN_BYTES: Final = 16 << 20
_XSD: Final = PREFIXES["xsd"]
# Datatype → literals of it that the engine (pyoxigraph 0.5.13) gives back as they came. Of the other datatypes of XML
# Schema it keeps numbers, truth values, times and durations by their value: "01"^^xsd:integer and "1"^^xsd:int come
# back as "1"^^xsd:integer. What is of another vocabulary, or no such value, comes back as it was.
_AS_HELD: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "anyURI": re.compile(r"(?s:.*)"),
        "boolean": re.compile(r"true|false"),
        "date": re.compile(r"\d{4}-\d\d-\d\d"),
        "gYear": re.compile(r"\d{4}"),
        "gYearMonth": re.compile(r"\d{4}-\d\d"),
        "integer": re.compile(r"0|-?[1-9]\d*"),
        "string": re.compile(r"(?s:.*)"),
    }
)


def blank_nodes(triple: Triple) -> list[BlankNode]:
    """Return the blank nodes of a statement in the order in which they stand there, each once."""
    found: dict[BlankNode, None] = {}
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            found[term] = None
        elif isinstance(term, Triple):
            found |= dict.fromkeys(blank_nodes(term))
    return list(found)


def may_be_respelled(quad: Quad) -> bool:
    """Return whether the engine may give a statement back with another spelling of its literal."""
    value = quad.object
    if not isinstance(value, Literal):
        return isinstance(value, Triple)
    datatype = value.datatype.value
    if not datatype.startswith(_XSD):
        return False
    plain = _AS_HELD.get(datatype.removeprefix(_XSD))
    return plain is None or plain.fullmatch(value.value) is None


class Numbers:
    """A set of numbers, a bit each."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> None:
        """Note a number."""
        self._bits.extend(bytes(max(0, (number >> 3) + 1 - len(self._bits))))
        self._bits[number >> 3] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        return number >> 3 < len(self._bits) and bool(self._bits[number >> 3] >> (number & 7) & 1)


class Seen:
    """Statements that came before, by a bit of 16 MiB each: of 10 million one in fifteen is taken for another."""

    def __init__(self) -> None:
        self._bits = bytearray(_SEEN_BYTES)

    def has_perhaps(self, told: Triple) -> bool:
        """Return whether a statement may have come before; from now on it has."""
        at = hash(told) % (_SEEN_BYTES << 3)
        is_set = bool(self._bits[at >> 3] >> (at & 7) & 1)
        self._bits[at >> 3] |= 1 << (at & 7)
        return is_set
