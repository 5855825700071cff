"""Many statements into the engine, as N-Quads, and out of it: in batches, so that memory does not grow with them.

The engine's loader holds a million statements at a time, at 1.2 KiB each; here it gets as many as one batch has. Text
costs less CPU than objects: a statement of two graphs is spelled once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from itertools import islice
from types import TracebackType
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


class Loading:
    """Writes batches to an engine beside whoever makes them: it holds no lock of Python's while it loads one.

    One at a time: the next waits until it is in. The block ends when all are, also where it ends by an error.
    """

    def __init__(self, engine: Store) -> None:
        self._engine, self._thread = engine, ThreadPoolExecutor(1, "loading")
        self._last: Future[None] | None = None

    def put(self, batch: bytes | Sequence[Quad]) -> None:
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


def put_in(engine: Store, pieces: Iterable[str | Quad]) -> None:
    """Write statements: texts are N-Quads, each whole lines. What `pieces` raises goes through.

    Raises:
        OSError: the engine cannot write; some may be in it.
    """
    with Loading(engine) as loading:
        for batch in batches(pieces):
            loading.put(batch)


def _put(engine: Store, batch: bytes | Sequence[Quad]) -> None:
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
