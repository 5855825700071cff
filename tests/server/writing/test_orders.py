"""What the writer can be told: each order on a store, its answer, and that it fails as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from collegium.graph.errors import (
    NotFound,
    NothingToLoad,
    ParameterError,
    QueryError,
    QueryRefused,
    UnreadableFile,
)
from collegium.graph.report import from_data
from collegium.graph.store import Store
from collegium.server.writing.orders import ORDERS
from pages import ENTRY, page, put
from writers import X, statements

TURTLE = "text/turtle"
G = f"{X}g"


def told(store: Store, do: str, payload: bytes = b"", **order: Any) -> dict[str, Any]:
    """Return the answer to an order; what it notes is put under "notes"."""
    notes: list[dict[str, Any]] = []
    done = ORDERS[do](store, order, payload, notes.append)
    return done | {"notes": notes} if notes else done


def put_graph(
    store: Store, body: bytes, graph: str = G, replace: bool = True, **order: Any
) -> dict[str, Any]:
    parts = order.pop("parts", [(TURTLE, 0, len(body))])
    return told(store, "put", body, graph=graph, replace=replace, parts=parts, base_iri=X, **order)


def test_an_update_is_the_next_version(store: Store, store_dir: Path) -> None:
    """If it failed: what was written would not be there, or under another number."""
    assert told(store, "update", b"INSERT DATA { <a> <b> 1 }", base_iri=X) == {"version": 1}
    done = told(store, "update", b"INSERT { ?s <c> 2 } WHERE { ?s ?p ?o }", base_iri=X, using=[G])
    assert done == {"version": 2} and statements(store_dir) == 1
    assert told(store, "update", b"DELETE WHERE { ?s ?p ?o }") == {"version": 3}
    assert statements(store_dir) == 0


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b"INSERT DATA { <http://x/a> <http://x/b> 1 } ; DROP GRAPH <http://x/none>", QueryError),
        (b"INSERT DATA { <http://x/a> <http://x/b> 1 } ; LOAD <http://127.0.0.1:1/>", QueryRefused),
        (b"INSERT DATA {", QueryError),
        (b"SELECT * { ?s ?p ?o }", QueryError),
        (b"", None),
    ],
)
def test_an_update_that_fails_makes_no_version(
    store: Store, store_dir: Path, text: bytes, error: type[Exception] | None
) -> None:
    """If it failed: half an update would stand, or readers would be sent to a version that is none."""
    told(store, "update", b"INSERT DATA { <http://x/a> <http://x/b> 0 }")
    if error is None:
        assert told(store, "update", text) == {"version": 2}, "an empty update is one"
        return
    with pytest.raises(error):
        told(store, "update", text)
    assert Store.open(store_dir).version == 1 and statements(store_dir) == 1


def test_a_graph_is_put_in_place_of_another_or_added_to(store: Store, store_dir: Path) -> None:
    """If it failed: PUT would add, or POST would replace."""
    assert put_graph(store, b"<a> <b> 1, 2 .") == {"version": 1, "is_new": True}
    assert put_graph(store, b"<a> <b> 3 .", replace=False) == {"version": 2, "is_new": False}
    assert statements(store_dir, G) == 3
    assert put_graph(store, b"<a> <b> 4 .") == {"version": 3, "is_new": False}
    assert statements(store_dir, G) == 1 and statements(store_dir) == 0
    assert put_graph(store, b"") == {"version": 4, "is_new": False}, "an empty graph is one"
    assert put_graph(store, b"<a> <b> 1 .", graph="") == {"version": 5, "is_new": False}
    assert (statements(store_dir), statements(store_dir, G)) == (1, 0)


def test_parts_are_one_graph_and_their_blank_nodes_stay_apart(store: Store, store_dir: Path) -> None:
    """If it failed: "_:x" of two documents would become one thing."""
    first, second = b"_:x <b> 1 .", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    parts = [(TURTLE, 0, len(first)), ("application/rdf+xml", len(first), len(first) + len(second))]
    put_graph(store, first + second, parts=parts)
    put_graph(store, first, replace=False)
    assert statements(store_dir, G) == 2


@pytest.mark.parametrize(
    ("body", "media_type", "error"),
    [
        (b"<a> <b>", TURTLE, QueryError),
        (b'<a> <b> "\xff" .', TURTLE, QueryError),
        (b"<http://x/a> <http://x/b> <http://x/c> <http://x/g> .", "application/n-quads", QueryError),
        (
            b'{"@id": "a", "@graph": [{"@id": "http://x/a", "http://x/b": 1}]}',
            "application/ld+json",
            QueryError,
        ),
        (b'{"@context": "http://127.0.0.1:1/c", "a": 1}', "application/ld+json", QueryError),
        (b"x", "text/html", ParameterError),
    ],
)
def test_a_document_that_is_no_graph_changes_nothing(
    store: Store, store_dir: Path, body: bytes, media_type: str, error: type[Exception]
) -> None:
    """If it failed: the old graph would be gone and the new one not there."""
    put_graph(store, b"<a> <b> 1 .")
    with pytest.raises(error):
        put_graph(store, body, parts=[(media_type, 0, len(body))])
    assert statements(store_dir, G) == 1 and Store.open(store_dir).version == 1


def test_a_graph_is_deleted(store: Store, store_dir: Path) -> None:
    """If it failed: DELETE would leave an empty graph that still answers, or take the default graph along."""
    put_graph(store, b"<a> <b> 1 .")
    put_graph(store, b"<a> <b> 1 .", graph="")
    assert told(store, "delete", graph=G) == {"version": 3}
    assert not Store.open(store_dir).engine.contains_named_graph(ox.NamedNode(G))
    with pytest.raises(NotFound):
        told(store, "delete", graph=G)
    assert told(store, "delete", graph="") == {"version": 4}
    assert statements(store_dir) == 0


@pytest.mark.parametrize("graph", ["g", "http://x/ y", "http://x/>"])
def test_a_graph_needs_an_absolute_iri(store: Store, graph: str) -> None:
    """If it failed: the sender would see an error of ours for one of theirs."""
    with pytest.raises(ParameterError, match="graph: found"):
        put_graph(store, b"", graph=graph)
    with pytest.raises(ParameterError, match="graph: found"):
        told(store, "delete", graph=graph)


def test_files_are_loaded_as_from_the_folder_of_who_asks(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: "page.txt" would be looked for in the folder that the service was started in."""
    there = tmp_path / "there"
    there.mkdir()
    put(there, "page.txt", page(ENTRY))
    monkeypatch.chdir(tmp_path)
    done = told(store, "load", b"", paths=["page.txt"], folder=str(there), source_date="2026-01-02")
    report = from_data(done["report"])
    assert done["version"] == report.version == 1
    assert [file.path for file in report.files] == ["page.txt"]
    told_of = [(place["path"], place["number"], place["stage"]) for place in done["notes"]]
    assert told_of[:2] == [("page.txt", 1, "reading"), ("page.txt", 1, "linking")]
    assert Path.cwd() == tmp_path, "nothing else goes by that folder"
    with pytest.raises(NothingToLoad, match=r"none\.txt"):
        told(store, "load", b"", paths=["none.txt"], folder=str(there))
    assert Path.cwd() == tmp_path
    with pytest.raises(UnreadableFile, match="cannot enter this folder"):
        told(store, "load", b"", paths=["page.txt"], folder=str(tmp_path / "nowhere"))


def test_a_source_is_replaced_as_whoever_asks_says(store: Store, tmp_path: Path) -> None:
    """If it failed: --replaces would add a second source where a service owns the store."""
    for name, title in (("a.txt", "One"), ("b.txt", "Other")):
        put(tmp_path, name, page(ENTRY.replace("On the Analytical Engine", title)))
    first = from_data(told(store, "load", b"", paths=["a.txt"], folder=str(tmp_path))["report"]).files[0]
    how = {"replacing": "same place", "replaces": f"{store.base}source/{first.source}"}
    done = told(store.refreshed(), "load", b"", paths=["b.txt"], folder=str(tmp_path), **how)
    (file,) = from_data(done["report"]).files
    assert (file.replaced, file.changes["papers"].added) == (first.source, 1)


def test_standard_input_comes_along(store: Store, tmp_path: Path) -> None:
    """If it failed: the writer would read its own standard input, which is its life line."""
    done = told(store, "load", page(ENTRY).encode(), paths=["-"], folder=str(tmp_path))
    assert [file.path for file in from_data(done["report"]).files] == ["-"]


def test_a_source_is_unloaded(store: Store, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: unloading would work only while no service runs."""
    told(store, "load", b"", paths=[str(put(tmp_path, "page.txt", page(ENTRY)))], folder="/")
    assert told(store.refreshed(), "unload", source="page.txt") == {"version": 2}
    with pytest.raises(NotFound):
        told(Store.open(store_dir), "unload", source="page.txt")
