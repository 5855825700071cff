"""What tests of readers of JSON share: reading bytes or objects, real files, values that are anything."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple

from hypothesis import strategies as st

from collegium.graph.readers import READERS, SNIFFED_BYTES
from collegium.graph.records import Paper, Problem, Record

Read = Callable[[IO[bytes], str], Iterator[Record]]

JUNK: tuple[Any, ...] = (
    None,
    "",
    " ",
    0,
    -1,
    1.5,
    True,
    [],
    {},
    [None],
    [[]],
    [{}],
    {"a": None},
    "x" * 50,
    [1, "a"],
)


class Found(NamedTuple):
    """The papers and problems of a file, each in its order."""

    papers: list[Paper]
    problems: list[Problem]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Return what the problems found and expected."""
        return [(problem.found, problem.expected) for problem in self.problems]

    @property
    def names(self) -> list[str]:
        """Return the names of all authors."""
        return [author.name for paper in self.papers for author in paper.authorships]


def found_in(read: Read, content: bytes | object) -> Found:
    """Return what a reader finds in bytes, or in an object written as JSON."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    records = list(read(BytesIO(data), "file.json"))
    papers = [record for record in records if isinstance(record, Paper)]
    return Found(papers, [record for record in records if isinstance(record, Problem)])


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, decompressed."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def real_heads(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and head of each real file that is text, packed ones unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
                yield str(path.relative_to(folder)), stream.read(SNIFFED_BYTES).decode("utf-8", "replace")


def sniffed(head: str, *among: str) -> list[str]:
    """Return which of these readers hold a head to be theirs."""
    return [name for name in among if READERS[name].sniff(head)]


def objects_with(*keys: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with some of these keys, under which anything may stand, also objects with these keys."""
    text = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
    plain = st.sampled_from(JUNK) | text | st.integers(-3, 3000) | st.sampled_from(keys)
    values = st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=4),
        max_leaves=12,
    )
    return st.dictionaries(st.sampled_from(keys), values, max_size=8)
