"""Networks that we exported, loaded again: their nodes are what they were."""

from __future__ import annotations

from pathlib import Path

import pytest

import collegium
from collegium.graph.errors import UnreadableFile
from collegium.graph.load import load
from collegium.graph.store import Store
from collegium.server.editions import Edition, Wanted
from collegium.server.exports import export_named, write


@pytest.fixture(scope="module")
def seed() -> Edition:
    """Return the bundled page in memory. Prevents: each test loads it anew."""
    graph = collegium.open()
    graph.load(Path(__file__).resolve().parents[3] / "seeds")
    return graph.edition()


def _things(store: Store, cls: str) -> set[str]:
    rows = store.refreshed().select(f"SELECT ?it {{ ?it a {cls} }}")
    return {row["it"].value for row in rows if row["it"]}


@pytest.mark.parametrize("name", ["graphml", "gexf", "vosviewer", "nodes.csv", "csv.zip"])
@pytest.mark.parametrize(
    ("projection", "cls", "other"),
    [("coauthors", "foaf:Person", "org:Organization"), ("coinstitutions", "org:Organization", "foaf:Person")],
)
def test_nodes_come_back_as_what_they_were(
    seed: Edition, tmp_path: Path, name: str, projection: str, cls: str, other: str
) -> None:
    """If it failed: institutions of a store would come back as people, or under other IRIs."""
    file = tmp_path / "file"
    write(export_named(name), seed, Wanted(projection), file)
    store = Store.memory()
    report = load(store, [file])
    assert report.failures == () and report.exit_code == 0
    assert _things(store, cls) == set(seed.network(Wanted(projection)))
    assert _things(store, other) == set()


@pytest.mark.parametrize("name", ["graphml", "gexf", "nodes.csv"])
def test_of_two_kinds_those_that_we_hold_come_back(seed: Edition, tmp_path: Path, name: str) -> None:
    """If it failed: categories would come back as people."""
    file = tmp_path / "file"
    write(export_named(name), seed, Wanted("author-category"), file)
    store = Store.memory()
    load(store, [file])
    nodes = seed.network(Wanted("author-category")).nodes(data="kind")
    assert _things(store, "foaf:Person") == {node for node, kind in nodes if kind == "author"}


@pytest.mark.parametrize("name", ["graphml", "gexf", "vosviewer", "nodes.csv"])
def test_categories_alone_are_refused(seed: Edition, tmp_path: Path, name: str) -> None:
    """If it failed: a network of categories would load as people."""
    file = tmp_path / "file"
    write(export_named(name), seed, Wanted("category-cooccurrence"), file)
    (failure,) = load(Store.memory(), [file]).failures
    assert isinstance(failure, UnreadableFile) and "expected" in failure.reason


def test_a_table_of_links_brings_its_names(seed: Edition, tmp_path: Path) -> None:
    """If it failed: authors would come back called after their addresses."""
    file = tmp_path / "file"
    write(export_named("csv"), seed, Wanted(), file)
    store = Store.memory()
    report = load(store, [file])
    network = seed.network(Wanted())
    linked = {(node, network.nodes[node]["name"]) for node, degree in network.degree() if degree}
    rows = store.refreshed().select("SELECT ?it ?name { ?it a foaf:Person ; foaf:name ?name }")
    assert {(row["it"].value, row["name"].value) for row in rows if row["it"] and row["name"]} == linked
    assert len(linked) > 20 and report.exit_code == 0
