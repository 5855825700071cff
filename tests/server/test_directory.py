"""Lists and search by name."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from collegium.graph.errors import NotFound
from collegium.graph.mirror import mirror
from collegium.graph.store import Store
from collegium.server.directory import byline, directory_of
from collegium.server.editions import Edition
from collegium.server.service import KnowledgeGraph
from networks import believed, written

NAMES = {"a": "Émile Zola", "b": "Zoltán Emil", "c": "Ana Emilé-Zolander", "d": "李 雷", "e": "Bo"}


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return five authors. Prevents: search is right only for ASCII."""
    store = Store.memory()
    foaf = "http://xmlns.com/foaf/0.1/"
    with store.write() as writer:
        for key, name in NAMES.items():
            node = ox.NamedNode(f"{store.base}author/{key}")
            rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
            writer.engine.add(ox.Quad(node, rdf_type, ox.NamedNode(foaf + "Person")))
            writer.engine.add(ox.Quad(node, ox.NamedNode(foaf + "name"), ox.Literal(name)))
        writer.changed = True
    return KnowledgeGraph(store).edition()


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("emile", ["a", "c"]),
        ("EMIL zol", ["b", "c", "a"]),
        ("zol", ["b", "a", "c"]),
        ("雷", ["d"]),
        ("nobody", []),
        ("   ", ["c", "e", "a", "b", "d"]),
    ],
)
def test_search_folds_case_and_accents(edition: Edition, question: str, ids: list[str]) -> None:
    """If it failed: nobody without a French keyboard would find Zola."""
    found = [ref.id for ref in directory_of(edition).search("author", question)]
    assert sorted(found) == sorted(ids)
    if question == "zol":
        assert found == ids


def test_lists_are_by_name(edition: Edition) -> None:
    """If it failed: the order would follow IRIs, which readers do not see."""
    directory = directory_of(edition)
    assert [directory.ref("author", at).id for at in directory.numbers("author")] == ["c", "e", "a", "b", "d"]


def test_what_is_missing_names_what_is_alike(edition: Edition) -> None:
    """If it failed: a typo in an address would be a dead end."""
    with pytest.raises(NotFound, match="Émile Zola"):
        directory_of(edition).number("author", "emile-zola")


def test_papers_are_newest_first(service: KnowledgeGraph) -> None:
    """If it failed: an author page would begin with something old."""
    directory = directory_of(service.edition())
    papers = directory.papers_of("author", directory.number("author", "xingtai-lv"))
    years = [directory.mirror.papers[at].year or 0 for at in papers]
    assert len(years) == 17 and years == sorted(years, reverse=True)


@pytest.mark.parametrize(
    ("names", "cut", "said"),
    [
        (("ann", "bo", "cy"), False, "Ann, Bo, Cy · 2020"),
        (("ann", "bo", "cy", "dee"), False, "Ann, Bo, Cy and 1 more · 2020"),
        (("ann", "bo"), True, "Ann, Bo et al. · 2020"),
    ],
)
def test_a_shortened_byline_is_not_told_as_one_that_the_source_cuts(
    names: tuple[str, ...], cut: bool, said: str
) -> None:
    """If it failed: “et al.” would mean that links can be missing where all authors are known."""
    snapshot = mirror(believed(written("p", names, issued="2020", cut=cut)))
    assert byline(snapshot, snapshot.papers[0]) == said
