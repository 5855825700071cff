"""Nodes and links of a network file → profiles and ties: what the readers of networks have in common.

A file is read in one pass. What is kept until its end is one profile a node and some 80 bytes a pair, 150 where
weights differ: a link names its nodes by their ids, and a pair that is linked twice is one tie.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from ..errors import UnreadableFile, shorten
from ..identifiers import by_address, identifier
from ..names import own_identifier
from ..records import Identifier, Institution, Lines, Problem, Profile, Record, Reported, Tie
from .node_kinds import AUTHOR, NodeKinds, folded, of_ours, person_name
from .node_words import DRAWING, IDENTIFIERS, INSTITUTIONS, REPORTED
from .printed_identifiers import wanted
from .record_limits import LONGEST_NAME, MOST_NETWORK_KEYS
from .waiting_links import Link, WaitingLinks

_ONE: Final = Decimal(1)
_MOST_DIGITS: Final = 30  # of a weight, before or behind the point: more is no weight, and fills the memory
_WANTED_WEIGHT: Final = f"a number above 0, of at most {_MOST_DIGITS} digits before its point and behind it"
_MOST_KINDS: Final = 1_000  # of what is left out, each told once
_LONGEST_VALUE: Final = 10_000
TOO_MANY_KEYS: Final = f"at most {MOST_NETWORK_KEYS:,} attributes in a file; what it stands for is not known"

NAME_KEYS: Final = frozenset({"label", "name", "author", "authorname", "fullname", "displayname"})
WEIGHTS: Final = frozenset({"weight", "value", "strength"})  # of a link
_BARE_ID: Final = re.compile(r"[A-Za-z]{0,4}[:_.-]?\d+")  # which is no name: "17", "n17"


@dataclass(slots=True)
class Network:
    """The network of a file while it is being read; at its end `ended` says what was left out."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    kinds: NodeKinds = field(default_factory=NodeKinds)
    _numbers: dict[str, int] = field(default_factory=dict)  # node -> its number, for `_pairs`
    _pairs: dict[int, Decimal] = field(default_factory=dict)  # two numbers packed -> weight
    _names: dict[str, str] = field(default_factory=dict)  # name -> id of the first node of that name
    _waiting: WaitingLinks = field(default_factory=WaitingLinks)
    _counts: Counter[str] = field(default_factory=Counter)
    _first: dict[str, tuple[Lines, str]] = field(default_factory=dict)  # counted -> where first, example

    def node(
        self,
        node: str,
        name: str | None,
        lines: Lines,
        said: Mapping[str, str] = MappingProxyType({}),
        ours: str = "",
    ) -> Iterator[Record]:
        """Yield the profile of a node, and what of it was left out; `said` are its attributes as printed.

        `ours`: its address in one of our stores, where the file says so otherwise than by `said`.
        """
        if node in self.profiles or node in self.kinds.others:
            yield Problem(lines, f"a second node {shorten(node)!r}", "each id once; the first is kept", True)
            return
        if not ours:
            ours, name = of_ours(node, name, said)
        printed = " ".join((name or "").split()) or " ".join(node.split())
        if not printed:
            yield Problem(lines, "a node without id and label", "at least one of them", True)
            return
        if len(printed) > LONGEST_NAME or len(node) > LONGEST_NAME:
            expected = f"a name and an id of at most {LONGEST_NAME} characters"
            yield Problem(lines, shorten(max(printed, node, key=len)), expected, True)
            return
        if not (name or "").strip() and _BARE_ID.fullmatch(printed):
            self._count("id", lines, printed)
        if (kind := self.kinds.of(said, lines)) != AUTHOR:
            yield from self.kinds.other(kind, node, printed, lines, said, self.left_out, ours)
            return
        profile, remarks = self._profile(node, printed, lines, said, ours)
        first = self._names.setdefault(printed, node) if not profile.identifiers else node
        if first != node:
            expected = f"another name than that of node {shorten(first)!r}; the two are held as one author"
            yield Problem(lines, shorten(printed), expected, False)
        self.profiles[node] = profile
        self._numbers[node] = len(self._numbers)
        yield profile
        yield from remarks

    def edge(
        self, one: str, other: str, weight: str | None, lines: Lines, label: str | None = None
    ) -> Iterator[Record]:
        """Yield the tie between two nodes; one that names a node which is still to come is kept for `ended`."""
        if one in self.profiles and other in self.profiles:
            yield from self._tie(one, other, weight, lines, label)
        elif max(len(one), len(other)) > LONGEST_NAME:
            found = f"a link of {shorten(one)!r} and {shorten(other)!r}"
            yield Problem(lines, found, f"ids of at most {LONGEST_NAME} characters", True)
        elif not self.kinds.is_of_others(one, other):
            self._waiting.add(Link(one, other, weight, lines, label))

    def edge_of(
        self, one: str | None, other: str | None, lines: Lines, label: str | None, said: dict[str, str]
    ) -> Iterator[Record]:
        """Yield the tie of a link with attributes as printed, of which the weight is one."""
        if not one or not other:
            yield Problem(lines, shorten(f"an edge from {one!r} to {other!r}"), "source and target", True)
            return
        weight = next((said.pop(key) for key in list(said) if key.lower() in WEIGHTS), None)
        for key, text in said.items():
            self.left_out(f"{key} of links", lines, text)
        yield from self.edge(one, other, weight, lines, label)

    def left_out(self, key: str, lines: Lines, example: str) -> None:
        """Count an attribute, or a part of the file, that has no place in our records."""
        if folded(key) not in DRAWING:
            self._count(f"attribute {key[:LONGEST_NAME]}", lines, example)

    def ended(self) -> Iterator[Record]:
        """Yield the ties that waited for their nodes, then one remark on each kind of thing that was left out."""
        for one, other, weight, lines, label in self._waiting.taken():
            missing = next((n for n in (one, other) if n not in self.profiles), None)
            if missing is None:
                yield from self._tie(one, other, weight, lines, label)
            elif not self.kinds.is_of_others(one, other):
                found = f"a link of {shorten(one)!r} and {shorten(other)!r}"
                yield Problem(lines, found, f"a node {shorten(missing)!r} in the file", True)
        yield from (self._summed(kind, count) for kind, count in self._counts.items())
        yield from self.kinds.ended(bool(self.profiles))

    def _profile(
        self, node: str, printed: str, lines: Lines, said: Mapping[str, str], ours: str
    ) -> tuple[Profile, list[Problem]]:
        reported: list[Reported] = []
        called = person_name(printed, ours)
        found = own_identifier(ours, AUTHOR, called) if ours else identified(node)
        known: list[Identifier] = [found] if found else []
        institutions: list[Institution] = []
        remarks: list[Problem] = []
        for key, text in said.items():
            name, value = folded(key), " ".join(text.split())
            if not value or len(value) > _LONGEST_VALUE:
                continue
            if measure := REPORTED.get(name):
                number = decimal(value)
                if number is None or number < 0:
                    remarks.append(
                        Problem(lines, f"{key} {shorten(value)!r}", "a number, not negative", False)
                    )
                elif measure not in {r.measure for r in reported}:
                    reported.append(Reported(measure, number, value))
            elif scheme := IDENTIFIERS.get(name):
                if (got := identifier(scheme, value)) is None:
                    remarks.append(Problem(lines, f"{key} {shorten(value)!r}", wanted(scheme), False))
                elif got not in known:
                    known.append(got)
            elif name in INSTITUTIONS:
                institutions.append(Institution(value))
            elif value not in (printed, ours) and not self.kinds.says(key, value):
                self.left_out(key, lines, value)
        self.kinds.is_said |= bool(known)
        names = (printed,) if called != printed else ()
        return Profile(
            called,
            lines,
            reported=tuple(reported),
            identifiers=tuple(known),
            names=names,
            institutions=tuple(institutions),
            is_node=True,
        ), remarks

    def _tie(
        self, one: str, other: str, weight: str | None, lines: Lines, label: str | None
    ) -> Iterator[Record]:
        if one == other:
            expected = "two authors; a link of one with itself is left out"
            yield Problem(lines, f"a link of {shorten(one)!r} with itself", expected, False)
            return
        a, b = self.profiles[one], self.profiles[other]
        if a.name == b.name and not (a.identifiers or b.identifiers):
            found = f"a link of two nodes named {shorten(a.name)!r}"
            yield Problem(lines, found, "two names: nodes of one name are held as one author", True)
            return
        value = _ONE if weight is None else decimal(weight)
        if value is None or value <= 0:
            found = f"weight {shorten(weight or '')!r} of a link"
            yield Problem(lines, found, _WANTED_WEIGHT, True)
            return
        first, second = sorted((self._numbers[one], self._numbers[other]))
        pair = first << 32 | second
        if pair in self._pairs:
            yield from self._repeated(one, other, self._pairs[pair], value, lines)
            return
        self._pairs[pair] = value
        if weight is None:
            self._count("weight", lines, "")
        yield Tie(a, b, value, lines, label)

    def _repeated(
        self, one: str, other: str, known: Decimal, value: Decimal, lines: Lines
    ) -> Iterator[Problem]:
        if known == value:
            self._count("pair", lines, f"{one}, {other}")
        else:
            found = f"a second link of {shorten(one)!r} and {shorten(other)!r}, of weight {value}"
            yield Problem(lines, found, f"one link a pair; the first, of weight {known}, is kept", False)

    def _count(self, kind: str, lines: Lines, example: str) -> None:
        if kind not in self._first and len(self._first) >= _MOST_KINDS:
            kind = "other attributes"
        self._counts[kind] += 1
        self._first.setdefault(kind, (lines, shorten(example)))

    def _summed(self, kind: str, count: int) -> Problem:
        lines, example = self._first[kind]
        shown = f"first {shorten(example)!r}"
        if kind == "id":
            found, expected = f"{count:,} nodes without a name, {shown}", "names; the ids stand for them"
        elif kind == "pair":
            found = f"{count:,} links that repeat another, {shown}"
            expected = "each pair once; the repetitions are left out"
        elif kind == "weight":
            found, expected = f"{count:,} links without a weight", "weights; each of these ties counts 1"
        else:
            found, expected = (
                f"{kind} ({count:,} times, {shown})",
                "one that has a place here; it is left out",
            )
        return Problem(lines, found, expected, False)


def ending(records: Iterator[Record], network: Network) -> Iterator[Record]:
    """Yield the records of a file, then what its network has left; a file that breaks off is refused from there on.

    Raises:
        UnreadableFile: it breaks off before the first record that is no problem.
    """
    broken: UnreadableFile | None = None
    is_something = False
    try:
        for record in records:
            is_something = is_something or not isinstance(record, Problem)
            yield record
    except UnreadableFile as error:
        if not is_something:
            raise
        broken = error
    yield from network.ended()
    if broken is not None:
        line = broken.line or 1
        found, _, expected = broken.reason.removeprefix("found ").partition(", expected ")
        yield Problem(Lines(line, line), found, expected or "the rest of the file", True)


def decimal(text: str) -> Decimal | None:
    """Return a number as printed; None where it is none, not finite, or of absurd length.

    Example:
        >>> decimal("2.50"), decimal("1e3"), decimal("1e999999"), decimal("nan"), decimal("two")
        (Decimal('2.50'), Decimal('1E+3'), None, None, None)
    """
    return _decimal(text) if len(text) <= 4 * _MOST_DIGITS else None


@lru_cache(1 << 12)  # most weights of a network are alike: one object for each saves 100 bytes a pair
def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS else None


def identified(text: str) -> Identifier | None:
    """Return the identifier that an id of a file is: an ORCID, or an address of another scheme of authors.

    Example:
        >>> identified("https://openalex.org/A123"), identified("A123")
        (Identifier(scheme='openalex-author', value='A123'), None)
    """
    return by_address(text, "author") or (identifier("orcid", text) if text.count("-") == 3 else None)


def named(said: Mapping[str, str]) -> str | None:
    """Return the name among a node's attributes: the first, in the order of the file, that is one by its key."""
    return next((text for key, text in said.items() if folded(key) in NAME_KEYS and text.strip()), None)
