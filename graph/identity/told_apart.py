"""Who is told apart from whom, by splits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .decisions import Link


def told_apart(splits: Iterable[Link]) -> dict[str, set[str]]:
    """Return by thing from whom it is told apart."""
    apart: dict[str, set[str]] = {}
    for a, b in _pairs_apart(splits):
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    return apart


def _pairs_apart(splits: Iterable[Link]) -> Iterator[tuple[str, str]]:
    """Yield who are two: both of a split, and whoever was told of on papers that are another's."""
    for link in splits:
        yield link.one, link.other
        yield from ((author, link.new) for author, _ in link.mentions)


def are_apart(one: set[str], other: set[str], apart: Mapping[str, set[str]]) -> bool:
    """Return whether somebody among some is told apart from one of others."""
    return any(not apart[iri].isdisjoint(other) for iri in one if iri in apart)
