"""Dumps of a store as N-Quads: telling one from other RDF, and whether it is whole.

A dump holds every graph: belief, and of each source its claims (a graph that says of itself that it is a source), its
provenance and what is kept of it as given. What a source must say of itself is what `sources.py` lists of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from . import vocabulary as v
from .errors import BrokenOff, UnreadableFile, shorten
from .opening import Member
from .quads import BELIEF, statements
from .readers.text import BOM

_PIECE: Final = 1 << 20
_HEAD_BYTES: Final = 1 << 16
_LONGEST_SAID: Final = 1 << 13  # bytes of the line by which a source names itself; an IRI is far shorter
_IS_SOURCE: Final = f"{v.RDF_TYPE} {v.CK_SOURCE} ".encode()
_NAMES_ITSELF: Final = re.compile(
    rb"(?:\A|\n)<([^<>\s]*/)source/([^<>\s/]+)> " + re.escape(_IS_SOURCE) + rb"(?:<\1source/\2> )?\."
)
_OURS: Final = v.PREFIXES["ck"].encode()
_PROVENANCE: Final = b"/provenance> ."
_OF_CLAIMS: Final = (v.DCTERMS_TITLE, v.CK_FILE_NAME, v.CK_READER, v.CK_SHA256, v.PROV_GENERATED_AT)
_OF_PROVENANCE: Final = (v.CK_LOADED_AT, v.CK_SIZE_BYTES, v.CK_DATE_BASIS)
_BESIDE: Final = re.compile(r"/(?:provenance|as-given)\Z")
_STATEMENT: Final = re.compile(rb"\s*(?:<[^<>\s]+>|_:\S+)\s*<[^<>\s]+>\s*[<_\"]")
_AGAIN: Final = "export it again"


def may_be_dump(head: bytes) -> bool:
    """Return whether the beginning of a file is of N-Quads: a statement a line, its IRIs whole."""
    lines = (line for line in head.removeprefix(BOM).splitlines() if line.strip() and line[:1] != b"#")
    return _STATEMENT.match(next(lines, b"")) is not None


def base_of_member(member: Member) -> str | None:
    """Return the base of the IRIs of a file that is a dump; None for any other. Raises: UnreadableFile."""
    if not may_be_dump(member.head(_HEAD_BYTES)):
        return None
    with member.open() as stream:
        return base_of_dump(stream)


def read_dump(stream: IO[bytes], path: str) -> Iterator[Quad]:
    """Yield the statements of a dump, blank nodes under their names. Raises: UnreadableFile."""
    try:
        yield from ox.parse(stream, format=RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        reason = f"found a dump of a store that breaks off or is damaged ({shorten(str(error), 200)})"
        raise UnreadableFile(path, f"{reason}, expected it whole: {_AGAIN}", line) from None
    except BrokenOff as error:
        raise UnreadableFile(path, f"found a dump of a store that breaks off ({error.reason})") from None


def base_of_dump(stream: IO[bytes]) -> str | None:
    """Return the base of a dump's IRIs; None for anything else, also for belief alone. Reads from here to the end.

    A dump is known by a source that names itself, and by a graph of claims or of provenance.

    Raises:
        BrokenOff: it breaks off, and what stands before that may be of a dump: it is said in our terms.

    Cost: 1 s a GB.
    """
    base: str | None = None
    has_graphs = is_ours = False
    try:
        for piece in _pieces(stream):
            if base is None and _IS_SOURCE in piece and (found := _NAMES_ITSELF.search(piece)):
                base = found[1].decode("utf-8", "replace")
            has_graphs = has_graphs or _PROVENANCE in piece or _IS_SOURCE + b"<" in piece
            if base is not None and has_graphs:
                return base
            is_ours = is_ours or _OURS in piece
    except BrokenOff:
        if has_graphs or is_ours:
            raise
    return None


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that overlap, so that no line of a source's name is cut in each of them."""
    before = b""
    while piece := stream.read(_PIECE):
        piece = before + piece
        yield piece
        before = piece[-_LONGEST_SAID:]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a dump holds: its sources by IRI, and graphs that are neither of a source nor made from belief."""

    sources: tuple[NamedNode, ...]
    others: tuple[NamedNode | ox.BlankNode, ...]


def contents(engine: ox.Store, base: str, path: str) -> Contents:
    """Return what an engine that a dump was read into holds.

    Raises:
        UnreadableFile: the dump is not whole: a source lacks its claims, its provenance or its part of belief.

    Cost: O(records).
    """
    claims: set[NamedNode] = set()
    beside: set[NamedNode] = set()
    given: set[NamedNode] = set()  # what is kept of them as it was given
    others: list[NamedNode | ox.BlankNode] = []
    for graph in engine.named_graphs():
        of = NamedNode(_BESIDE.sub("", graph.value)) if isinstance(graph, NamedNode) else None
        if of is None or not v.is_claims_graph(base, of.value):
            others.append(graph)
        elif of == graph:
            claims.add(of)
        else:
            (beside if graph == v.provenance_graph(of) else given).add(of)
    believed = {s.subject for s in statements(engine, None, v.RDF_TYPE, v.CK_SOURCE)}
    for source in sorted(claims | beside | given | believed, key=str):
        if missing := _missing(engine, source, source in claims, source in beside, source in believed):
            found = f"found a dump of a store that lacks {missing} of source {shorten(source.value)}"
            raise UnreadableFile(path, f"{found}, expected it whole: {_AGAIN}")
    made = {v.derived_graph(base), v.void_graph(base)}
    kept = sorted((graph for graph in others if graph not in made), key=str)
    return Contents(tuple(sorted(claims, key=str)), tuple(kept))


def _missing(
    engine: ox.Store, source: NamedNode, has_claims: bool, has_provenance: bool, is_believed: bool
) -> str:
    """What of a source a dump lacks; "" where it has all."""
    if not has_claims:
        return "the claims"
    if not has_provenance:
        return "the provenance"
    if not is_believed:
        return "the belief"
    beside = v.provenance_graph(source)
    if any(not _says(engine, source, predicate, source) for predicate in _OF_CLAIMS):
        return "the description"
    if any(not _says(engine, source, predicate, beside) for predicate in _OF_PROVENANCE):
        return "the time and size"
    for thing in (s.object for s in statements(engine, None, v.CK_DESCRIBES, graph=beside)):
        # A thing that was deleted on purpose is gone from belief too.
        if (
            isinstance(thing, NamedNode)
            and not _says(engine, thing, v.RDF_TYPE, source)
            and _says(engine, thing, v.RDF_TYPE, BELIEF)
            and not _is_claimed(engine, thing)
        ):
            return f"the claims on {shorten(thing.value)}"
    return ""


def _says(
    engine: ox.Store, subject: NamedNode, predicate: NamedNode, graph: NamedNode | ox.DefaultGraph
) -> bool:
    return any(True for _ in statements(engine, subject, predicate, graph=graph))


def _is_claimed(engine: ox.Store, thing: NamedNode) -> bool:
    graphs = (q.graph_name for q in engine.quads_for_pattern(thing, v.RDF_TYPE, None, None))
    return any(isinstance(g, NamedNode) and not g.value.endswith("/as-given") for g in graphs)
