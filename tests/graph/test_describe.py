"""The figures of the store, and its VoID description."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph import vocabulary as v
from collegium.graph.describe import info, rebuild, void
from collegium.graph.mirror import mirror
from collegium.graph.quads import statements
from collegium.graph.store import Store
from networks import believed, written
from pages import loaded, put


@pytest.fixture
def seed(seed_page: Path) -> Store:
    """Return a store of the bundled page. Prevents: figures of a store that another test changed."""
    store = Store.memory()
    loaded(store, seed_page)
    return store.refreshed()


def test_the_figures_of_the_seed(seed: Store) -> None:
    """If it failed: the home page and `collegium info` would be wrong."""
    figures = info(seed)
    assert (figures.papers, figures.authors, figures.institutions, figures.categories) == (17, 25, 3, 3)
    assert (figures.authorships, figures.hidden_authorships, figures.cut_lists) == (62, 11, 17)
    assert (figures.papers_without_year, figures.first_year, figures.last_year) == (1, 2023, 2025)
    assert (figures.sources, figures.version, figures.path, figures.base) == (1, 1, "memory", v.DEFAULT_BASE)
    assert figures.belief_statements == sum(1 for _ in statements(seed.engine))
    assert figures.statements == len(seed.engine)


def test_an_empty_store_has_figures_too() -> None:
    """If it failed: the first page a newcomer sees would be an error."""
    figures = info(Store.memory())
    assert (figures.papers, figures.statements, figures.papers_without_year) == (0, 0, 0)
    assert figures.first_year is figures.last_year is None


def test_a_list_counts_as_cut_unless_a_source_says_it_is_whole() -> None:
    """If it failed: a list one source shows whole would still count as cut."""
    both = written("p", ["a"], cut=True) + "\n<paper/p> ck:authorListTruncated false ."
    assert info(believed(both, written("q", ["a"], cut=True), written("r", ["a"], cut=None))).cut_lists == 2


def test_authors_are_those_of_the_mirror(tmp_path: Path) -> None:
    """If it failed: one page would count a group that signs a paper, and another not."""
    nbib = "PMID- 1\nTI  - A\nFAU - Bo, Ada\nCN  - A Group\nDP  - 2020\n"
    store = Store.memory()
    loaded(store, put(tmp_path, "one.nbib", nbib))
    found = store.refreshed()
    assert info(found).authors == len(mirror(found).authors) == 2
    group = next(statements(found.engine, predicate=v.RDF_TYPE, value=v.FOAF_GROUP), None)
    assert group is not None, "the group is none: this test tells nothing"


def test_void_counts_what_is_there(seed: Store) -> None:
    """If it failed: the description of the data set would not fit the data set."""
    graph = ox.Store()
    graph.extend(
        ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph()) for t in void(seed.engine, seed.base)
    )

    def ask(text: str) -> set[tuple[str, ...]]:
        return {tuple(x.value for x in row) for row in graph.query(text, prefixes=dict(v.PREFIXES))}  # type: ignore

    triples = ask("SELECT ?n { <http://localhost:8000/dataset> a void:Dataset ; void:triples ?n }")
    assert triples == {(str(info(seed).belief_statements),)}
    entities = dict(
        ask("SELECT ?c ?n { ?d a void:Dataset ; void:classPartition [ void:class ?c ; void:entities ?n ] }")
    )  # type: ignore
    assert entities[v.SOA_WORK.value] == "17"
    assert entities[v.FOAF_PERSON.value] == "25"
    parts = ask(
        "SELECT ?p ?n { ?d a void:Dataset ; void:propertyPartition [ void:property ?p ; void:triples ?n ] }"
    )
    assert sum(int(n) for _, n in parts) == info(seed).belief_statements
    assert (v.DCTERMS_TITLE.value, "18") in parts
    assert ask("SELECT ?e { ?d void:sparqlEndpoint ?e }") == {("http://localhost:8000/sparql",)}


def test_void_is_rebuilt_not_added_to(seed: Store) -> None:
    """If it failed: the data set would have two numbers of statements."""
    engine = ox.Store()
    engine.bulk_extend(seed.engine)
    before = set(engine)
    rebuild(engine, seed.base)
    assert set(engine) == before


def test_partitions_of_foreign_classes_have_addresses_too() -> None:
    """If it failed: a class without a prefix of ours would end in a traceback."""
    store = believed("<paper/p> a <http://example.org/odd/Class?x#y> .")
    parts = [t.subject.value for t in void(store.engine, store.base) if t.predicate == v.term("void:class")]  # type: ignore
    assert parts == ["http://localhost:8000/dataset/class/http---example-org-odd-Class-x-y"]
