"""Two sources with the very same links: their weights add up, which is seldom what somebody wants of two copies."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from . import vocabulary as v
from .quads import statements

_DIGEST: Final = v.term("ck:linksDigest")
_SIZE_BYTES: Final = 16


class LinksDigest:
    """What stands for the links of a source, whatever their order: filled tie by tie, in the same little memory."""

    def __init__(self) -> None:
        self.count = self._sum = 0

    def add(self, told: Iterable[Triple]) -> None:
        """Add a tie, by the statements that claim it."""
        said = sorted(
            str(triple.object) for triple in told if triple.predicate in (v.CK_MEMBER, v.CK_WEIGHT_AS_GIVEN)
        )
        one = blake2b(" ".join(said).encode(), digest_size=_SIZE_BYTES).digest()
        self.count += 1
        self._sum += int.from_bytes(one)

    def __str__(self) -> str:
        return f"{self._sum % (1 << 8 * _SIZE_BYTES):0{2 * _SIZE_BYTES}x}-{self.count}" if self.count else ""

    def write(self, engine: ox.Store, source: NamedNode) -> None:
        """Say on a source what stands for its links."""
        if text := str(self):
            engine.add(Quad(source, _DIGEST, Literal(text), v.provenance_graph(source)))


def digest_of(engine: ox.Store, source: NamedNode) -> str:
    """Return what stands for the links of a loaded source; "" where it has none."""
    found = statements(engine, source, _DIGEST, graph=v.provenance_graph(source))
    return next((text.value for _, _, text in found), "")


def told_of_copies(engine: ox.Store, source: NamedNode, digest: str) -> str:
    """Return a hint where other loaded sources have the same links and weights as one; "" where none has.

    Cost: O(1), but for the sources that have them.
    """
    quads = engine.quads_for_pattern(None, _DIGEST, Literal(digest), None) if digest else ()
    others = sorted(str(quad.subject.value) for quad in quads if quad.subject != source)  # type: ignore[union-attr]
    if not others:
        return ""
    count, first = int(digest.rpartition("-")[2]), others[0].rpartition("/")[2]
    more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
    links = "link" if count == 1 else "links"
    return (
        f"the same {count:,} {links} as in {first}{more}: the weights of both are added up; "
        f"if one is a copy: collegium unload {source.value.rpartition('/')[2]}"
    )
