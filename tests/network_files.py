"""What a reader makes of the bytes of a network file, in a form that can be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS
from collegium.graph.records import Paper, Problem, Profile, Tie

ASSUMED = "nodes without a word on what they are"


@dataclass(frozen=True)
class Read:
    """The records of a file by kind, each in the file's order."""

    nodes: tuple[Profile, ...]
    ties: tuple[Tie, ...]
    papers: tuple[Paper, ...]
    lost: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    is_assumed: bool = (
        False  # whether it is remarked, once, that nodes are taken for authors without a word on it
    )

    @property
    def names(self) -> list[str]:
        """The names of the nodes."""
        return [node.name for node in self.nodes]

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """The ties as (name, name, weight)."""
        return [(tie.one.name, tie.other.name, str(tie.weight)) for tie in self.ties]

    @property
    def found(self) -> list[str]:
        """What the problems found, losses first."""
        return [problem.found for problem in (*self.lost, *self.remarks)]


def read_as(format: str, content: bytes | str) -> Read:
    """Return what the reader of a format makes of a content."""
    raw = content.encode() if isinstance(content, str) else content
    records = list(READERS[format].read(BytesIO(raw), "file"))
    kinds: list[Any] = [tuple(r for r in records if isinstance(r, kind)) for kind in (Profile, Tie, Paper)]
    problems = [r for r in records if isinstance(r, Problem)]
    remarks = tuple(p for p in problems if not p.is_refused and p.found != ASSUMED)
    assumed = sum(p.found == ASSUMED for p in problems)
    assert assumed <= 1
    return Read(*kinds, tuple(p for p in problems if p.is_refused), remarks, assumed == 1)


def degrees(ties: Sequence[Tie]) -> dict[str, int]:
    """Return how many ties each name has."""
    counts: dict[str, int] = {}
    for tie in ties:
        for end in (tie.one, tie.other):
            counts[end.name] = counts.get(end.name, 0) + 1
    return counts


def truth_of(shared_data: Path, name: str) -> dict[str, Any]:
    """Return the figures of a network that an independent script counted."""
    content: dict[str, Any] = json.loads((shared_data / "truth" / "graphs.json").read_text("utf-8"))[name]
    return content


def survives(format: str, content: bytes) -> None:
    """Read bytes of any kind: records, or the one error that is ours."""
    try:
        read_as(format, content)
    except UnreadableFile as error:
        assert str(error).startswith("file")


def broken(example: bytes) -> st.SearchStrategy[bytes]:
    """Return a strategy for a file that is cut, with a few bytes changed."""

    def changed(end: int, at: int, piece: bytes) -> bytes:
        cut = example[: end % (len(example) + 1)]
        where = at % (len(cut) + 1)
        return cut[:where] + piece + cut[where + len(piece) :]

    number = st.integers(0, 1 << 20)
    strange = st.sampled_from(
        (b"\0", b"\xff", b"]", b"[", b'"', b"<", b">", b"&", b"{", b"}", b"-", b"*", b"\n")
    )
    return st.builds(changed, number, number, st.one_of(strange, st.binary(max_size=6)))
