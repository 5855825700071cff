"""Many statements into the engine, as N-Quads, and out of it: in batches, so that memory does not grow with them.

The engine's loader holds a million statements at a time, at 1.2 KiB each; here it gets as many as one batch has. Text
costs less CPU than objects: a statement of two graphs is spelled once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple

_SIZE: Final = 96 << 20  # bytes of a batch: some 500,000 statements, for which the loader takes 0.75 GiB
_TAKEN_AT_ONCE: Final = 50_000  # statements


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


def put_in(engine: Store, texts: Iterable[str]) -> None:
    """Write statements, given as N-Quads, each text whole lines. What `texts` raises goes through.

    Raises:
        OSError: the engine cannot write; some may be in it.
    """
    for batch in batches(texts):
        put_batch(engine, batch)


def put_batch(engine: Store, batch: bytes) -> None:
    """Write one batch. Raises: OSError: the engine cannot write."""
    # Lenient: whoever made the terms has checked them.
    engine.bulk_load(batch, format=RdfFormat.N_QUADS, lenient=True)


def batches(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield the texts put together to batches; none is empty."""
    waiting = BytesIO()
    for text in texts:
        waiting.write(text.encode())
        if waiting.tell() >= _SIZE:
            yield waiting.getvalue()
            waiting = BytesIO()
    if waiting.tell():
        yield waiting.getvalue()


def empty(engine: Store, graph: NamedNode) -> None:
    """Remove a graph. One by one costs a fifth of `remove_graph`, which also keeps all in memory until it is done."""
    quads = engine.quads_for_pattern(None, None, None, graph)
    while some := list(islice(quads, _TAKEN_AT_ONCE)):
        for quad in some:
            engine.remove(quad)
    engine.remove_graph(graph)
