"""Which statements came or went past the sources, told to the writer, so that a commit need not compare everything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Quad, Store

from .quads import BELIEF
from .text_documents import touched
from .writer import Writer


@dataclass(frozen=True, slots=True)
class Changes:
    """Statements that may have come or gone: of belief all that did; where `is_whole`, of every other graph too."""

    statements: Collection[Quad]
    is_whole: bool


BESIDE_BELIEF: Final = Changes((), is_whole=False)


def note(writer: Writer, before: Store, changes: Changes) -> None:
    """Tell the writer what was changed in its engine: whose texts, how many statements there are more, if belief too.

    Args:
        before: what the version before holds.
    Cost: O(statements of `changes`).
    """
    believed = [quad for quad in changes.statements if quad.graph_name == BELIEF]
    writer.touched, writer.believes_same = touched(believed, writer.engine), not believed
    if changes.is_whole:
        writer.grown = sum((quad in writer.engine) - (quad in before) for quad in set(changes.statements))
