"""Statements kept as given: in a graph of their source, never in belief, gone with it, and nobody is fooled by them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode

from collegium.graph.load import load, unload
from collegium.graph.report import FileReport, from_data, to_data
from collegium.graph.sources import find_source, sources
from collegium.graph.store import Store
from collegium.graph.vocabulary import as_given_graph, void_graph
from pages import NOON, entry, page, put

HEAD = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix : <http://example.org/> .\n"
FRIENDS = HEAD + ':ada foaf:nick "Ada" ; foaf:knows [ foaf:nick "Charles" ] .\n<#here> foaf:topic :ada .\n'
BASE = "http://localhost:8000/"


def given_file(store: Store, path: Path, content: str, **how: Any) -> FileReport:
    """Write a file and load it."""
    put(path.parent, path.name, content)
    (report,) = load(store, [path], now=lambda: NOON, **how).files
    return report


def kept(store: Store, source: str) -> list[str]:
    graph = as_given_graph(NamedNode(f"{BASE}source/{source}"))
    quads = store.refreshed().engine.quads_for_pattern(None, None, None, graph)
    return sorted(f"{q.subject} {q.predicate} {q.object}" for q in quads)


def lines(store: Store, but: str = "/void>") -> list[str]:
    """All statements but those that describe the data set."""
    return sorted(str(quad) for quad in store.refreshed().engine if but not in str(quad.graph_name))


def test_a_file_of_friends_is_kept_in_its_own_graph(store: Store, tmp_path: Path) -> None:
    """If it failed: a file without papers would be refused, or its statements stand where belief does."""
    report = given_file(store, tmp_path / "friends.ttl", FRIENDS)
    at, foaf = f"{BASE}source/{report.source}", "http://xmlns.com/foaf/0.1/"
    assert (report.kept, report.records, report.lost) == (4, 0, 0)
    assert kept(store, report.source) == sorted(
        [
            f'<http://example.org/ada> <{foaf}nick> "Ada"',
            f"<http://example.org/ada> <{foaf}knows> <{at}/node/2-1>",
            f'<{at}/node/2-1> <{foaf}nick> "Charles"',
            f"<{at}/as-given#here> <{foaf}topic> <http://example.org/ada>",
        ]
    )
    asked = f"SELECT * {{ GRAPH <{at}/as-given> {{ ?one <{foaf}knows> ?other }} }}"
    assert len(store.refreshed().select(asked)) == 1
    assert store.refreshed().select(f"SELECT * {{ ?one <{foaf}knows> ?other }}") == []


def test_loading_twice_changes_nothing_and_unloading_is_exact(store: Store, tmp_path: Path) -> None:
    """If it failed: nodes without a name would come again with each load, or outlive their source."""
    load(store, [put(tmp_path, "ada.txt", page(entry()))], now=lambda: NOON)
    before = lines(store)
    report = given_file(store, tmp_path / "friends.ttl", FRIENDS)
    once = lines(store)
    assert given_file(store, tmp_path / "friends.ttl", FRIENDS).is_unchanged
    assert lines(store) == once
    unload(store.refreshed(), NamedNode(f"{BASE}source/{report.source}"), now=lambda: NOON)
    assert lines(store) == before
    given_file(store, tmp_path / "friends.ttl", FRIENDS)
    assert lines(store) == once


def test_a_dry_run_counts_what_would_be_kept(store: Store, tmp_path: Path) -> None:
    """If it failed: a dry run would tell another number, or write."""
    report = given_file(store, tmp_path / "friends.ttl", FRIENDS, dry_run=True)
    assert report.kept == 4 and lines(store) == []


@pytest.mark.parametrize("how", [{}, {"replacing": "always"}])
def test_a_newer_file_takes_the_place_of_what_was_kept(
    store: Store, tmp_path: Path, how: dict[str, object]
) -> None:
    """If it failed: what was withdrawn from a file without papers would stay for ever."""
    old = given_file(store, tmp_path / "friends.ttl", FRIENDS)
    new = given_file(store, tmp_path / "friends.ttl", FRIENDS + ':ada foaf:nick "A" .', **how)
    assert (new.replaced, new.kept) == (old.source, 5)
    assert kept(store, old.source) == [] and len(kept(store, new.source)) == 5


def test_another_file_of_the_same_name_stays_beside(store: Store, tmp_path: Path) -> None:
    """If it failed: a file would be thrown out by one that says something else."""
    old = given_file(store, tmp_path / "friends.ttl", FRIENDS)
    new = given_file(store, tmp_path / "friends.ttl", HEAD + ':eve foaf:nick "E" .')
    assert new.replaced == "" and len(kept(store, old.source)) == 4


def test_a_dump_puts_back_what_was_kept(tmp_path: Path) -> None:
    """If it failed: a store carried to another place would have lost it."""
    store, fresh, other = (Store.memory() for _ in range(3))
    report = given_file(store, tmp_path / "friends.ttl", FRIENDS)
    dump = tmp_path / "dump.nq"
    dump.write_bytes(store.refreshed().engine.dump(format=ox.RdfFormat.N_QUADS) or b"")
    load(fresh, [dump])
    assert lines(fresh) == lines(store)
    load(other, [put(tmp_path, "ada.txt", page(entry()))], now=lambda: NOON)
    (restored,) = load(other, [dump]).files
    assert restored.kept == 4
    assert kept(other, report.source) == kept(store, report.source)


def hostile(source: str) -> str:
    """Statements that would be ours, in graphs of ours."""
    iri, rdf, ck = (
        f"{BASE}source/{source}",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "https://w3id.org/collegium/ns#",
    )
    rows = [
        f"<{BASE}problem/1> <{rdf}type> <{ck}Problem>",
        f"<{BASE}problem/1> <http://www.w3.org/ns/prov#wasDerivedFrom> <{iri}>",
        f'<{iri}> <{ck}loadedAt> "1999"',
        f'<{iri}> <{ck}sizeBytes> "7"',
        f"<{iri}> <{ck}dateBasis> <{ck}DateGiven>",
        f'<{iri}> <http://purl.org/dc/terms/title> "Mine"',
        f"<{BASE}identity> <{ck}policy> <{ck}x>",
    ]
    graphs = (f"<{BASE}identity>", f"<{iri}>", f"<{iri}/provenance>", f"<{BASE}void>", "")
    return "".join(f"{row} {graph} .\n" for row in rows for graph in graphs)


def test_a_stranger_writes_into_no_graph_of_ours(store: Store, tmp_path: Path) -> None:
    """If it failed: whoever sends a file could say whom we hold to be one, or what another source says."""
    load(store, [put(tmp_path, "ada.txt", page(entry()))], now=lambda: NOON)
    before, (known,) = lines(store), sources(store.refreshed())
    report = given_file(store, tmp_path / "evil.nq", hostile(known.id))
    assert report.kept == 7  # each once, whatever graph it stood in
    assert find_source(store.refreshed(), known.id) == known
    new = [line for line in lines(store) if line not in set(before)]
    assert all(f"source/{report.source}" in line for line in new)
    assert set(before) <= set(lines(store))
    unload(store.refreshed(), NamedNode(f"{BASE}source/{report.source}"), now=lambda: NOON)
    assert lines(store) == before


def test_a_dump_is_told_by_itself_and_not_by_what_is_kept(tmp_path: Path) -> None:
    """If it failed: one kept statement would give a whole dump another base, and it could not be put back."""
    store, fresh = Store.memory(), Store.memory()
    evil = "<http://evil/source/a-00> a <https://w3id.org/collegium/ns#Source> .\n"
    given_file(store, tmp_path / "a.ttl", HEAD + evil)
    dump = tmp_path / "dump.nq"
    told = sorted((store.refreshed().engine.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines())
    dump.write_bytes(b"".join(line + b"\n" for line in told))
    assert b"evil" in told[0]
    load(fresh, [dump])
    assert lines(fresh) == lines(store)


def test_the_graph_is_described(store: Store, tmp_path: Path) -> None:
    """If it failed: nobody would find what is kept."""
    report = given_file(store, tmp_path / "friends.ttl", FRIENDS)
    graph = as_given_graph(NamedNode(f"{BASE}source/{report.source}"))
    said = store.refreshed().engine.quads_for_pattern(
        graph, NamedNode("http://rdfs.org/ns/void#triples"), None, void_graph(BASE)
    )
    assert [quad.object.value for quad in said] == ["4"]  # type: ignore[union-attr]


def test_the_count_reaches_another_process(store: Store, tmp_path: Path) -> None:
    """If it failed: a load handed to the service would say nothing of it."""
    put(tmp_path, "friends.ttl", FRIENDS)
    report = load(store, [tmp_path / "friends.ttl"], now=lambda: NOON)
    assert from_data(to_data(report)).files[0].kept == 4 and report.exit_code == 0
