"""What the writer can be told to do, a function each: an order as JSON, a payload, and the store."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, NamedNode, Quad

from collegium.graph import deciding, parting, runs
from collegium.graph import load as loading
from collegium.graph.changes import BESIDE_BELIEF, Changes, note
from collegium.graph.errors import NotFound, ParameterError, QueryError, UnreadableFile
from collegium.graph.identity.decisions import Decision
from collegium.graph.quads import BELIEF
from collegium.graph.replacing import MODES
from collegium.graph.report import to_data
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from collegium.graph.writer import Writer
from collegium.queries.effects import effects
from collegium.queries.executables import executables
from collegium.queries.updates import update

from .payload import Part

Note = Callable[[dict[str, Any]], None]
Order = dict[str, Any]

_ASKED_AGAIN_S: Final = (
    0.25  # an update that took longer is not asked what it changed: that takes as long once more
)
_MOST_LOOKED_UP: Final = 20_000  # statements of an old graph; counting a million anew takes 0.3 s


@contextmanager
def _changing(store: Store) -> Iterator[Writer]:
    """Yield the next version, to be committed. The kernel's clock, which kills this process, stops before the commit:
    killed in it, nobody could say whether the change is there."""
    with store.write() as writer:
        yield writer
        writer.changed = True
        signal.setitimer(signal.ITIMER_REAL, 0)


def _update(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    base = order.get("base_iri")
    with _changing(store) as writer:
        began = time.monotonic()
        done = update(
            writer.engine,
            payload.decode("utf-8"),
            base_iri=base,
            using=order.get("using", ()),
            using_named=order.get("using_named", ()),
        )
        may_ask = done.is_steady and time.monotonic() - began < _ASKED_AGAIN_S
        _note(writer, store, effects(done.text, store.engine, base_iri=base, may_ask=may_ask))
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
        _note(writer, store, _rewritten(store, graph, quads, is_replaced=order["replace"]))
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
        _note(writer, store, _rewritten(store, graph, (), is_replaced=True))
    return {"version": writer.version}


def _note(writer: Writer, store: Store, changes: Changes | None) -> None:
    """Tell the writer of changes; where they are not known, or another version was changed, it compares everything."""
    if changes is not None and store.version == writer.version - 1:
        note(writer, store.engine, changes)


def _rewritten(
    store: Store, graph: NamedNode | DefaultGraph, new: Sequence[Quad], *, is_replaced: bool
) -> Changes | None:
    """Return what changes with a graph that is written; None when belief was replaced."""
    if not is_replaced:
        return Changes(new, is_whole=True)
    if graph == BELIEF:
        return None
    old = list(islice(store.engine.quads_for_pattern(None, None, None, graph), _MOST_LOOKED_UP + 1))
    return Changes([*old, *new], is_whole=True) if len(old) <= _MOST_LOOKED_UP else BESIDE_BELIEF


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
            identity=order.get("identity"),
            ror=order.get("ror"),
            progress=lambda place: note(asdict(place)),
            **_network(order),
            replacing=order.get("replacing", MODES[0]),
            replaces=NamedNode(order["replaces"]) if order.get("replaces") else None,
            standard_input=payload,
            describe=executables,
        )
    return {"report": to_data(report), "version": report.version}


def _unload(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    iri, ror = NamedNode(find_source(store, order["source"]).iri), order.get("ror")
    return {"version": loading.unload(store, iri, ror=ror, **_network(order), describe=executables)}


def _network(order: Order) -> dict[str, Any]:
    """Return what an order says of the graph of pairs."""
    return {name: order[name] for name in ("pairs", "most_authors") if name in order}


def _merge(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    return _decided(deciding.merge, store, order, order["one"], order["other"], order["reason"])


def _split(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    return _decided(deciding.split, store, order, order["one"], order["other"], order["reason"])


def _part(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    given = order["author"], order["papers"], order["sources"], order["reason"]
    return _decided(parting.split_papers, store, order, *given)


def _undo(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    return _decided(deciding.undo_decision, store, order, order["decision"])


def _decided(act: Callable[..., Decision], store: Store, order: Order, *given: Any) -> dict[str, Any]:
    made = act(store, *given, describe=executables, **_network(order))
    return {"decision": asdict(made)}


def _keep(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    with _changing(store) as writer:
        runs.write(writer, store, runs.from_data(json.loads(payload)))
    return {"version": writer.version}


def _forget(store: Store, order: Order, payload: bytes, note: Note) -> dict[str, Any]:
    with _changing(store) as writer:
        runs.erase(writer, store, order["name"])
    return {"version": writer.version}


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
    "merge": _merge,
    "split": _split,
    "part": _part,
    "undo": _undo,
    "keep": _keep,
    "forget": _forget,
}
