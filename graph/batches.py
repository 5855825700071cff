"""Many statements into the engine, as N-Triples, and out of it: in batches, so that memory does not grow with them.

The engine's loader holds a million statements at a time, at 1.5 KiB each; here it gets as many as one batch has. Text
costs less CPU than objects, and one graph at a time less than many: a loader of six tables instead of nine holds more
statements in the same memory, and every batch costs each of its tables a merge. docs/how-to/measure.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from itertools import islice
from types import TracebackType
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

_SIZE: Final = 72 << 20  # bytes of a batch: some 450,000 statements, for which the loader takes 0.65 GiB
_AT_ONCE: Final = 50_000  # statements

Graphs: TypeAlias = tuple[NamedNode | DefaultGraph, ...]


class Piece(NamedTuple):
    """Statements as N-Triples, whole lines, that are to stand in each of some graphs."""

    text: str
    graphs: Graphs


class Batch(NamedTuple):
    """Pieces of the same graphs, put together."""

    text: bytes
    graphs: Graphs


def lines(told: Iterable[Triple]) -> str:
    """Return statements as N-Triples.

    Example:
        >>> a = NamedNode("http://a.example/")
        >>> print(lines([Triple(a, a, a)]), end="")
        <http://a.example/> <http://a.example/> <http://a.example/> .
    """
    return "".join([f"{triple} .\n" for triple in told])


class Loading:
    """Writes batches to an engine beside whoever makes them: it holds no lock of Python's while it loads one.

    One at a time: the next waits until it is in. The block ends when all are, also where it ends by an error.
    """

    def __init__(self, engine: Store) -> None:
        self._engine, self._thread = engine, ThreadPoolExecutor(1, "loading")
        self._last: Future[None] | None = None

    def put(self, batch: Batch | Sequence[Quad]) -> None:
        """Begin to write one batch. Raises: OSError: the engine could not write the one before."""
        self._wait()
        self._last = self._thread.submit(_put, self._engine, batch)

    def _wait(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def __enter__(self) -> Loading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises: OSError: the engine could not write the last."""
        self._thread.shutdown()
        self._wait()


def put_in(engine: Store, pieces: Iterable[Piece | Quad]) -> None:
    """Write statements. What `pieces` raises goes through.

    Raises:
        OSError: the engine cannot write; some may be in it.
    """
    with Loading(engine) as loading:
        for batch in batches(pieces):
            loading.put(batch)


def _put(engine: Store, batch: Batch | Sequence[Quad]) -> None:
    if not isinstance(batch, Batch):
        engine.bulk_extend(batch)
        return
    for graph in batch.graphs:
        # Lenient: whoever made the terms has checked them.
        engine.bulk_load(batch.text, format=RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)


def batches(pieces: Iterable[Piece | Quad]) -> Iterator[Batch | Sequence[Quad]]:
    """Yield pieces put together to batches; none is empty.

    Quads stay objects: what a lenient parser took for an IRI need not come back from text.
    """
    waiting: dict[Graphs, BytesIO] = {}
    quads: list[Quad] = []
    for piece in pieces:
        if isinstance(piece, Piece):
            text = waiting.setdefault(piece.graphs, BytesIO())
            text.write(piece.text.encode())
            if text.tell() >= _SIZE:
                yield Batch(waiting.pop(piece.graphs).getvalue(), piece.graphs)
        else:
            quads.append(piece)
            if len(quads) >= _AT_ONCE:
                yield quads
                quads = []
    yield from (Batch(text.getvalue(), graphs) for graphs, text in waiting.items() if text.tell())
    if quads:
        yield quads


def empty(engine: Store, graph: NamedNode) -> None:
    """Remove a graph. One by one costs a fifth of `remove_graph`, which also keeps all in memory until it is done."""
    quads = engine.quads_for_pattern(None, None, None, graph)
    while some := list(islice(quads, _AT_ONCE)):
        for quad in some:
            engine.remove(quad)
    engine.remove_graph(graph)
