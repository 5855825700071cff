"""Many statements into the engine, as N-Quads, and out of it: in batches, so that memory does not grow with them.

The engine's loader holds a million statements at a time, at 1.2 KiB each; here it gets as many as one batch has. Text
costs less CPU than objects: a statement of two graphs is spelled once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

_SIZE: Final = 96 << 20  # bytes of a batch: some 500,000 statements, for which the loader takes 0.75 GiB
_AT_ONCE: Final = 50_000  # statements


def lines(told: Iterable[Triple], *graphs: NamedNode | DefaultGraph) -> str:
    """Return statements as N-Quads, each in all of the graphs.

    Example:
        >>> a = NamedNode("http://a.example/")
        >>> print(lines([Triple(a, a, a)], a, DefaultGraph()), end="")
        <http://a.example/> <http://a.example/> <http://a.example/> <http://a.example/> .
        <http://a.example/> <http://a.example/> <http://a.example/> .
    """
    ends = [" .\n" if isinstance(graph, DefaultGraph) else f" {graph} .\n" for graph in graphs]
    if len(ends) == 1:
        return "".join([f"{triple}{ends[0]}" for triple in told])
    return "".join([text + end for text in map(str, told) for end in ends])


def put_in(engine: Store, pieces: Iterable[str | Quad]) -> None:
    """Write statements: texts are N-Quads, each whole lines. What `pieces` raises goes through.

    Raises:
        OSError: the engine cannot write; some may be in it.
    """
    for batch in batches(pieces):
        put_batch(engine, batch)


def put_batch(engine: Store, batch: bytes | Sequence[Quad]) -> None:
    """Write one batch. Raises: OSError: the engine cannot write."""
    if isinstance(batch, bytes):
        # Lenient: whoever made the terms has checked them.
        engine.bulk_load(batch, format=RdfFormat.N_QUADS, lenient=True)
    else:
        engine.bulk_extend(batch)


def batches(pieces: Iterable[str | Quad]) -> Iterator[bytes | Sequence[Quad]]:
    """Yield pieces put together to batches; none is empty.

    Quads stay objects: what a lenient parser took for an IRI need not come back from text.
    """
    waiting, quads = BytesIO(), list[Quad]()
    for piece in pieces:
        if isinstance(piece, str):
            waiting.write(piece.encode())
        else:
            quads.append(piece)
        if waiting.tell() >= _SIZE:
            yield waiting.getvalue()
            waiting = BytesIO()
        if len(quads) >= _AT_ONCE:
            yield quads
            quads = []
    if waiting.tell():
        yield waiting.getvalue()
    if quads:
        yield quads


def empty(engine: Store, graph: NamedNode) -> None:
    """Remove a graph. One by one costs a fifth of `remove_graph`, which also keeps all in memory until it is done."""
    quads = engine.quads_for_pattern(None, None, None, graph)
    while some := list(islice(quads, _AT_ONCE)):
        for quad in some:
            engine.remove(quad)
    engine.remove_graph(graph)
