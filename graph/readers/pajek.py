"""Reader of networks in Pajek's form (.net): vertices, then links as edges, arcs, lists of neighbours or a matrix.

*Vertices 3                     *Vertices 5 2           two-mode: vertices 1 and 2 are of the first kind
1 "Kuperman, M"                 *Edgeslist              1 3 4: links 1-3 and 1-4
*Edges                          *Matrix                 a row a vertex, 0 for no link
1 3 2.5                         *Partition, *Vector     of other use: left out with a remark
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from ..errors import UnreadableFile, shorten
from ..records import Lines, Problem, Record
from .networks import Network, ending
from .pajek_lines import COMMENTS, Heading, heading, label, namesakes, numbers, relation, sizes, vertex
from .record_limits import LONGEST_NAME
from .text import text_lines
from .two_mode import Vertex, papers, papers_of

NAME = "pajek"
TITLE = "Network in Pajek's form"

_TOP: Final = Lines(1, 1)
_SECOND: Final = "found a second network, expected one a file: save each by itself"


@dataclass(slots=True)
class _File:
    """What has been read of a file; `vertices` are filled by their section, `written` by the links."""

    path: str
    network: Network
    size: int = 0  # vertices as announced
    first_kind: int | None = None  # how many of them are of the first of two kinds
    vertices: dict[int, Vertex] = field(default_factory=dict)
    written: dict[int, dict[int, None]] | None = (
        None  # paper -> authors, each once, where the labels show papers
    )
    papers_first: bool = False
    section: str = ""
    begun: Lines = _TOP  # where the section begins
    relation: str | None = None
    row: int = 0  # of the matrix
    are_told: bool = False  # whether the vertices have been given out


def sniff(head: str) -> bool:
    """Return whether the first line but comments and a network's name is `*Vertices N`."""
    for line in head.splitlines():
        if not line.strip() or line.startswith(COMMENTS):
            continue
        found = heading(line)
        if found is None or found.word not in ("network", "vertices"):
            return False
        if found.word == "vertices":
            return sizes(found.rest) is not None
    return False


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each vertex and the tie of each link; of authors and papers, the papers.

    Raises:
        UnreadableFile: nothing of it can be read.
    """
    network = Network()
    yield from ending(_records(stream, _File(path, network)), network)


def _records(stream: IO[bytes], file: _File) -> Iterator[Record]:
    try:
        yield from _sections(stream, file)
    except UnreadableFile:
        yield from _told(file)
        yield from _closed(file)
        raise
    yield from _told(file)
    yield from _closed(file)


def _sections(stream: IO[bytes], file: _File) -> Iterator[Record]:
    for number, text, _ in text_lines(stream, file.path):
        if not text.strip() or text.startswith(COMMENTS):
            continue
        lines = Lines(number, number)
        found = heading(text)
        if found is not None:
            yield from _opened(found, file, lines)
        elif file.section in _LINES:
            yield from _LINES[file.section](text, file, lines)
        elif not file.section:
            yield Problem(lines, shorten(text), "*Vertices and their number", True)


def _opened(found: Heading, file: _File, lines: Lines) -> Iterator[Record]:
    """What a heading closes and opens."""
    if found.word == "vertices" and file.section in ("partition", "vector", "permutation", "cluster"):
        return  # of that section, which is left out
    file.section, file.begun, file.relation = found.word, lines, relation(found.rest)
    if found.word == "vertices":
        if file.size:
            raise UnreadableFile(file.path, _SECOND, lines.first)
        counts = sizes(found.rest)
        if counts is None:
            raise UnreadableFile(file.path, "found *Vertices, expected their number behind it", lines.first)
        file.size, file.first_kind = counts
    elif found.word in _LINES:
        yield from _told(file)
    elif found.word != "network":
        yield Problem(lines, f"*{shorten(found.word)}", "vertices and links; the section is left out", False)


def _told(file: _File) -> Iterator[Record]:
    """Once all vertices are known: decide what they are, and give them out if they are authors."""
    if file.are_told:
        return
    file.are_told = True
    if file.first_kind is not None:
        first = [v.label for number, v in file.vertices.items() if number <= file.first_kind]
        second = [v.label for number, v in file.vertices.items() if number > file.first_kind]
        which = papers_of(first, second)
        if which is not None:
            file.papers_first = which == 0
            numbers_of = (n for n in file.vertices if (n <= file.first_kind) == file.papers_first)
            file.written = {number: {} for number in numbers_of}
            return
        found = "two kinds of vertices, and labels that do not show papers"
        yield Problem(file.begun, found, "titles or identifiers of papers; the links are kept as ties", False)
    apart = namesakes({number: known.label for number, known in file.vertices.items()})
    for number, known in file.vertices.items():
        name, ours = apart.get(number, (known.label, ""))
        yield from file.network.node(str(number), name or None, Lines(known.line, known.line), ours=ours)


def _closed(file: _File) -> Iterator[Record]:
    if file.written is not None:
        yield from papers(file.vertices, file.written, file.begun)
    known = len(file.vertices) if file.written is not None else len(file.network.profiles)
    if known < file.size:
        found = f"{known:,} vertices that are named or linked"
        yield Problem(file.begun, found, f"{file.size:,} as *Vertices announces", False)


def _vertex(text: str, file: _File, lines: Lines) -> Iterator[Record]:
    found = vertex(text)
    if found is None or not 0 < found[0] <= file.size:
        yield Problem(lines, shorten(text), f"a number from 1 to {file.size} and a label", True)
    elif found[0] in file.vertices:
        yield Problem(lines, shorten(text), "each number once; the first is kept", True)
    elif found[1] is not None and len(found[1]) > LONGEST_NAME:
        yield Problem(lines, shorten(text), f"a label of at most {LONGEST_NAME} characters", True)
    else:
        file.vertices[found[0]] = Vertex(" ".join((found[1] or "").split()), lines.first)


def _pair(text: str, file: _File, lines: Lines) -> Iterator[Record]:
    """A line of *Edges or *Arcs: two numbers and a weight."""
    parts = text.split(None, 3)
    pair = numbers(" ".join(parts[:2]))
    if pair is None or len(pair) < 2:
        yield Problem(lines, shorten(text), "the numbers of two vertices, and perhaps a weight", True)
        return
    is_weighted = len(parts) > 2 and not parts[2].isalpha() and parts[2][0] != "["
    yield from _link(
        pair[0], pair[1], parts[2] if is_weighted else None, file, lines, label(text) or file.relation
    )


def _neighbours(text: str, file: _File, lines: Lines) -> Iterator[Record]:
    """A line of *Edgeslist or *Arcslist: a number and those of its neighbours."""
    found = numbers(text)
    if found is None:
        yield Problem(lines, shorten(text), "numbers of vertices", True)
        return
    for other in found[1:]:
        yield from _link(found[0], other, None, file, lines, file.relation)


def _row(text: str, file: _File, lines: Lines) -> Iterator[Record]:
    """A row of *Matrix; of two kinds of vertices it holds the second alone."""
    file.row += 1
    before = file.first_kind or 0
    for column, weight in enumerate(text.split(), before + 1):
        if weight.strip("0."):
            yield from _link(file.row, column, weight, file, lines, file.relation)


def _link(
    one: int, other: int, weight: str | None, file: _File, lines: Lines, label: str | None
) -> Iterator[Record]:
    strange = next((n for n in (one, other) if not 0 < n <= file.size), None)
    if strange is not None:
        yield Problem(lines, f"vertex {strange}", f"one from 1 to {file.size}", True)
        return
    if file.written is None:
        for number in (one, other):
            if str(number) not in file.network.profiles:
                yield from file.network.node(str(number), None, lines)
        yield from file.network.edge(str(one), str(other), weight, lines, label)
        return
    paper, author = (one, other) if one in file.written else (other, one)
    if paper not in file.written or author in file.written or author not in file.vertices:
        yield Problem(lines, f"a link of {one} and {other}", "a paper and one of its authors", True)
    else:
        file.written[paper][author] = None


_LINES: Final[dict[str, Callable[[str, _File, Lines], Iterator[Record]]]] = {
    "vertices": _vertex,
    "edges": _pair,
    "arcs": _pair,
    "edgeslist": _neighbours,
    "arcslist": _neighbours,
    "matrix": _row,
}
