"""Two people of one name, parted by hand by their papers: both are there, it holds, and it can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from bibliographies import author_ids, bibliographies, entry_of, papers, work
from collegium.graph import vocabulary as v
from collegium.graph.conformance import check
from collegium.graph.deciding import listed, merge, states, undo_decision
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.identity.belief import expected
from collegium.graph.identity.decisions import Decision
from collegium.graph.load import unload
from collegium.graph.parting import split_papers
from collegium.graph.quads import BELIEF, statements
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, entry, loaded, page, put

GRIDS, TRUST, MORE = "Grids and Multigrids", "Trust in Recommender Systems", "More on Trust"
ORCID = "0000-0002-1825-0097"
A = entry_of(GRIDS, "Jun Zhang and Ruxin Dai") + entry_of(TRUST, "Jun Zhang and Robin Cohen")
B = entry_of(TRUST, "Jun Zhang and Robin Cohen", note="two") + entry_of(MORE, "Jun Zhang", year=2021)


@pytest.fixture
def zhang(store: Store, tmp_path: Path) -> Store:
    """Return a store with two files in which two people bear one name. Prevents: each test loads anew."""
    return bibliographies(store, tmp_path, A, B)


def paper(store: Store, title: str) -> str:
    (said,) = statements(store.refreshed().engine, None, v.DCTERMS_TITLE, Literal(title))
    return said.subject.value


def part(store: Store, *titles: str, of: str = "jun-zhang") -> Decision:
    given = [paper(store, title) for title in titles]
    return split_papers(store, store.iri("author", of), given, (), "two people", now=lambda: NOON)


def by(store: Store) -> dict[str, str]:
    """Return who of the name wrote what, by title: IDs as belief has them."""
    rows = store.refreshed().select(
        "SELECT ?t ?a { ?p dcterms:title ?t ; dcterms:creator ?a . ?a foaf:name 'Jun Zhang' }"
    )
    return {str(r["t"].value): str(r["a"].value).rpartition("/")[2] for r in rows if r["t"] and r["a"]}


def is_sound(store: Store) -> bool:
    """Return whether belief is what claims and decisions come to, and fits the shapes."""
    now = store.refreshed()
    believed = {quad.triple for quad in now.engine.quads_for_pattern(None, None, None, BELIEF)}
    return believed == set(expected(now.engine, now.base)) and check(now).findings == ()


def beside_decisions(store: Store) -> list[str]:
    return dump(store, without=("/identity>",))


def test_some_papers_become_those_of_another(zhang: Store) -> None:
    """If it failed: two people whom their sources call by one name would stay one, whatever anybody says."""
    before = beside_decisions(zhang)
    made = part(zhang, TRUST, MORE)
    other = made.new.rpartition("/")[2]
    assert by(zhang) == {GRIDS: "jun-zhang", TRUST: other, MORE: other} and other.startswith("jun-zhang~")
    assert [names for _, names, _ in papers(zhang)] == [
        ["Jun Zhang", "Ruxin Dai"],
        ["Jun Zhang"],
        ["Jun Zhang", "Robin Cohen"],
    ]
    assert author_ids(zhang) == ["jun-zhang", other, "robin-cohen", "ruxin-dai"]
    assert made.papers == tuple(sorted((paper(zhang, TRUST), paper(zhang, MORE))))
    assert is_sound(zhang)
    undo_decision(zhang, made.id)
    assert beside_decisions(zhang) == before and author_ids(zhang) == [
        "jun-zhang",
        "robin-cohen",
        "ruxin-dai",
    ]
    assert part(zhang, MORE, TRUST).id == made.id and by(zhang)[MORE] == other


def test_it_holds_through_loads_and_newer_files(zhang: Store, tmp_path: Path) -> None:
    """If it failed: the next load would make one of two people again."""
    other = part(zhang, TRUST, MORE).new.rpartition("/")[2]
    unload(zhang, NamedNode(find_source(zhang.refreshed(), "b.bib").iri))
    assert by(zhang) == {GRIDS: "jun-zhang", TRUST: other} and is_sound(zhang)
    newer = B + entry_of("Grids Again", "Jun Zhang", year=2022)
    report = loaded(zhang, put(tmp_path, "b.bib", newer)).files[0]
    assert report.counts["authors"].new == 0
    # A paper that nobody has spoken of is the first one's; one that a source names otherwise is the same paper.
    told = entry_of(TRUST, "Jun Zhang and Robin Cohen", doi="10.1000/t")
    loaded(zhang, put(tmp_path, "c.bib", told))
    assert by(zhang) == {GRIDS: "jun-zhang", "Grids Again": "jun-zhang", TRUST: other, MORE: other}
    assert is_sound(zhang)


def test_the_other_can_be_somebody_who_is_known(zhang: Store, tmp_path: Path) -> None:
    """If it failed: the papers of one with an ORCID could not be given to them, or the name would join both to them."""
    made = part(zhang, TRUST, MORE)
    loaded(zhang, put(tmp_path, "c.json", work("Quite Another", f"Jun Zhang {ORCID}", doi="10.1000/q")))
    known, other = f"orcid-{ORCID}", made.new.rpartition("/")[2]
    assert by(zhang) == {GRIDS: known, TRUST: other, MORE: other, "Quite Another": known}  # the rule's word
    joined = merge(zhang, made.new, zhang.iri("author", known), "his list", now=lambda: NOON)
    assert by(zhang) == {GRIDS: "jun-zhang", TRUST: known, MORE: known, "Quite Another": known}
    assert is_sound(zhang)
    undo_decision(zhang, made.id)
    assert set(by(zhang).values()) == {known} and is_sound(zhang)
    now = zhang.refreshed()
    assert (
        dict(zip([d.id for d in listed(now)], states(now, listed(now)), strict=True))[joined.id] == "refused"
    )
    made = part(zhang, GRIDS, of=known)  # not theirs, though the rule joins the name to them
    assert by(zhang) == {
        GRIDS: made.new.rpartition("/")[2],
        TRUST: known,
        MORE: known,
        "Quite Another": known,
    }
    assert made.new.rpartition("/")[2].startswith("jun-zhang~") and is_sound(zhang)


def test_a_file_written_of_such_a_store_keeps_them_apart(zhang: Store, tmp_path: Path) -> None:
    """If it failed: taken to another store as Turtle, two people of one name would be one again."""
    other, again = part(zhang, TRUST, MORE).new.rpartition("/")[2], Store.memory()
    (tmp_path / "all.ttl").write_bytes(
        zhang.refreshed().engine.dump(format=RdfFormat.TURTLE, from_graph=BELIEF) or b""
    )
    loaded(again, tmp_path / "all.ttl")
    assert by(again) == by(zhang) and other in by(again).values()


def test_what_a_source_says_of_a_person_goes_to_whose_papers_it_has(tmp_path: Path) -> None:
    """If it failed: one's figures would stand with the other, or a person would have no name."""
    store = Store.memory()
    loaded(
        store, put(tmp_path, "a.txt", page(entry())), put(tmp_path, "b.bib", entry_of(GRIDS, "Ada Lovelace"))
    )
    figures = "SELECT ?a { ?a bido:holdsBibliometricDataInTime ?d }"
    ada, source = store.iri("author", "ada-lovelace"), find_source(store.refreshed(), "a.txt").iri
    made = split_papers(store, ada, (), [source], "a namesake", now=lambda: NOON)
    assert {str(row["a"]) for row in store.refreshed().select(figures)} == {f"<{made.new}>"}
    assert is_sound(store)


@pytest.mark.parametrize(
    ("author", "titles", "expects"),
    [
        ("jun-zhang", (GRIDS, TRUST, MORE), "found 'all', expected some of the 3 papers"),
        ("jun-zhang", (), "found 'none'"),
        ("ruxin-dai", (TRUST,), "expected a paper of .*ruxin-dai"),
    ],
)
def test_what_cannot_be_parted_is_refused(
    zhang: Store, author: str, titles: tuple[str, ...], expects: str
) -> None:
    """If it failed: an author would be left without papers, or a decision would say nothing."""
    with pytest.raises(ParameterError, match=expects):
        part(zhang, *titles, of=author)
    with pytest.raises(NotFound, match="who has papers"):
        part(zhang, TRUST, of="nobody")
    with pytest.raises(ParameterError, match="only authors"):
        split_papers(zhang, paper(zhang, TRUST), [], [], "so")
    assert zhang.refreshed().version == 2
