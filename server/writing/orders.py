"""What the writer can be told to do, a function each: an order as JSON, a payload, and the store."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from datetime import date
from typing import Any, Final

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, NamedNode, Quad

from collegium.graph import load as loading
from collegium.graph.errors import NotFound, ParameterError, QueryError, UnreadableFile
from collegium.graph.quads import BELIEF
from collegium.graph.report import to_data
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from collegium.graph.versions import Writer
from collegium.queries.executables import executables
from collegium.queries.updates import update

from .payload import Part

Note = Callable[[dict[str, Any]], None]
Order = dict[str, Any]


@contextmanager
def _changing(store: Store) -> Iterator[Writer]:
    """Yield the next version, to be committed. The kernel's clock, which kills this process, stops before the commit:
    killed in it, nobody could say whether the change is there."""
    with store.write() as writer:
        yield writer
        writer.changed = True
        signal.setitimer(signal.ITIMER_REAL, 0)


def _update(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    with _changing(store) as writer:
        update(
            writer.engine,
            payload.decode("utf-8"),
            base_iri=order.get("base_iri"),
            using=order.get("using", ()),
            using_named=order.get("using_named", ()),
        )
    return {"version": writer.version}


def _put_graph(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    """Write a graph: in place of what it holds, or into it."""
    graph = _node(order["graph"])
    quads = [quad for part in _parts(order, payload) for quad in _parsed(part, graph, order)]
    with _changing(store) as writer:
        is_new = isinstance(graph, NamedNode) and not writer.engine.contains_named_graph(graph)
        if order["replace"] and not is_new:
            writer.engine.clear_graph(graph)
        if isinstance(graph, NamedNode):
            writer.engine.add_graph(graph)
        writer.engine.extend(quads)
    return {"version": writer.version, "is_new": is_new}


def _delete_graph(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    graph = _node(order["graph"])
    with _changing(store) as writer:
        if isinstance(graph, NamedNode):
            if not writer.engine.contains_named_graph(graph):
                raise NotFound("graph", graph.value)
            writer.engine.remove_graph(graph)
        else:
            writer.engine.clear_graph(graph)
    return {"version": writer.version}


def _load(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    """Load files as if in the folder of who asks: paths are found there, and told of as they were given.

    One order is carried out at a time, and nothing else in this process goes by relative paths.
    """
    day, folder = order.get("source_date"), order["folder"]
    if not os.access(folder, os.X_OK):
        raise UnreadableFile(folder, "the service cannot enter this folder")
    with chdir(folder):
        report = loading.load(
            store,
            order["paths"],
            format=order.get("format"),
            source_date=date.fromisoformat(day) if day else None,
            progress=lambda path, number, files: note({"path": path, "number": number, "files": files}),
            pairs=order.get("pairs", True),
            standard_input=payload,
            describe=executables,
        )
    return {"report": to_data(report), "version": report.version}


def _unload(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    iri = NamedNode(find_source(store, order["source"]).iri)
    return {"version": loading.unload(store, iri, pairs=order.get("pairs", True), describe=executables)}


def _parts(order: Order, payload: bytes) -> list[Part]:
    return [Part(kind, payload[start:end]) for kind, start, end in order["parts"]]


def _parsed(part: Part, graph: NamedNode | DefaultGraph, order: Order) -> list[Quad]:
    """Return the statements of a document, in the graph they go to.

    Raises:
        QueryError: it does not parse, or holds graphs of its own.
    """
    form = ox.RdfFormat.from_media_type(part.media_type)
    if form is None:
        raise ParameterError("Content-Type", part.media_type, "a type of RDF")
    try:
        found = list(ox.parse(part.data, form, base_iri=order.get("base_iri"), rename_blank_nodes=True))
    except SyntaxError as error:
        raise QueryError(f"the body is no {form.name}: {error}") from None
    if any(quad.graph_name != BELIEF for quad in found):
        raise QueryError(f"the body names graphs, expected the statements of one graph as {form.name}")
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found]


def _node(iri: str) -> NamedNode | DefaultGraph:
    try:
        return NamedNode(iri) if iri else BELIEF
    except ValueError:
        raise ParameterError("graph", iri, "an absolute IRI") from None


# Filled here, never changed: what an order's `do` may say.
ORDERS: Final[Mapping[str, Callable[[Store, Order, bytes, Note], dict[str, Any]]]] = {
    "update": _update,
    "put": _put_graph,
    "delete": _delete_graph,
    "load": _load,
    "unload": _unload,
}
