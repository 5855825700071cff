"""The mirror says of the network what belief says, whatever way belief came about."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.errors import NotFound
from collegium.graph.mirror import mirror
from collegium.graph.store import Store
from collegium.graph.typed_network import typed_graph
from networks import add, author, believed, paper, seed_papers, written


def test_an_empty_store_has_an_empty_mirror() -> None:
    """Wrong: the first page of a new store fails."""
    found = mirror(Store.memory())
    assert (found.papers, found.authors, found.reported) == ((), (), ())
    assert found.columns.authors.starts.tolist() == [0]
    assert len(typed_graph(found)) == 0


def test_authors_stand_in_byline_order_and_hidden_ones_last() -> None:
    """Wrong: "first author" would be whoever has the smallest IRI."""
    found = mirror(believed(written("p", ["zoe", "adam", "mia"], hidden=["bob", "abe"])))
    one = found.papers[0]
    assert [found.authors[a].id for a in one.authors] == ["zoe", "adam", "mia", "abe", "bob"]
    assert one.positions == (1, 2, 3, None, None)
    assert [found.authors[a].id for a in one.shown] == ["zoe", "adam", "mia"]
    assert [a.iri for a in found.authors] == sorted(a.iri for a in found.authors)


def test_a_position_of_one_source_beats_a_hidden_authorship_of_another() -> None:
    """Wrong: the owner of a profile would stay hidden although another file shows the whole byline."""
    found = mirror(believed(written("p", ["ann", "bob"]), written("p", hidden=["bob"], cut=True)))
    assert found.papers[0].positions == (1, 2)


def test_positions_that_two_sources_dispute_take_the_smaller() -> None:
    """Wrong: the order would depend on which file was loaded last."""
    found = mirror(believed(written("p", ["ann", "bob"]), written("p", ["bob", "ann"])))
    assert found.papers[0].positions == (1, 1)
    assert [found.authors[a].id for a in found.papers[0].authors] == ["ann", "bob"]


@pytest.mark.parametrize(
    ("cuts", "truncated"), [((True,), True), ((False,), False), ((True, False), False), ((None,), True)]
)
def test_a_list_is_cut_unless_a_source_has_it_whole(cuts: tuple[bool | None, ...], truncated: bool) -> None:
    """Wrong: a degree would be called exact that is a lower bound, or the other way round."""
    found = mirror(believed(*(written("p", ["ann"], cut=cut) for cut in cuts)))
    assert found.papers[0].truncated is truncated


@pytest.mark.parametrize(
    ("issued", "inferred", "year", "is_inferred"),
    [
        ("2023-11-20", None, 2023, False),
        ("2023-11", None, 2023, False),
        ("2023", None, 2023, False),
        (None, "2026-05-18", 2026, True),
        ("2023", "2026-05-18", 2023, False),
        (None, None, None, False),
    ],
)
def test_a_year_is_what_a_source_states_else_what_we_inferred(
    issued: str | None, inferred: str | None, year: int | None, is_inferred: bool
) -> None:
    """Wrong: an inferred year would pass for a stated one."""
    one = mirror(believed(written("p", ["ann"], issued=issued, inferred=inferred))).papers[0]
    assert (one.year, one.year_inferred) == (year, is_inferred)


def test_of_several_years_and_names_the_choice_is_fixed() -> None:
    """Wrong: two loads of the same files would show two titles."""
    found = mirror(
        believed(
            written("p", ["ann"], issued="2024", title="Short"),
            written("p", ["ann"], issued="2023-01-01", title="A longer title"),
            '<author/ann> foaf:name "Ann B. Able", "Ann C. Able" .',
        )
    )
    assert (found.papers[0].year, found.papers[0].name) == (2023, "A longer title")
    assert found.author(author("ann")).name == "Ann B. Able"


def test_reported_figures_keep_who_says_so_and_when() -> None:
    """Wrong: a reported h-index without source would be as good as a computed one."""
    found = mirror(believed(written("p", ["ann"]), reported("ann", "s1", "bido:h-index", "35", "2025-01-01")))
    (row,) = found.reported
    assert found.authors[row.author].id == "ann"
    assert (row.measure, row.value) == ("http://purl.org/spar/bido/h-index", 35)
    assert isinstance(row.value, int)
    assert row.source.endswith("/source/s1") and row.when.startswith("2025-01-01")


def test_figures_that_are_no_numbers_are_left_out() -> None:
    """Wrong: a value nan would come first in every ranking."""
    broken = (
        "<m> bido:withBibliometricData <v> ; bido:accordingTo <source/s> . <v> bido:hasMeasure bido:h-index ;"
    )
    held = "<author/ann> bido:holdsBibliometricDataInTime <m> ."
    for value in ('"NaN"^^xsd:double', '"many"'):
        store = believed(written("p", ["ann"]), held, f"{broken} bido:hasNumericValue {value} .")
        assert mirror(store).reported == ()


def test_only_belief_is_read() -> None:
    """Wrong: a paper would count once for each graph it stands in."""
    store = believed(written("p", ["ann"]))
    named = pyoxigraph.NamedNode("http://localhost:8000/source/s")
    for quad in list(believed(written("q", ["bob"])).engine):
        store.engine.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, named))
    assert [one.id for one in mirror(store).papers] == ["p"]


def test_bylines_stand_in_rows() -> None:
    """Wrong: kernels that work on arrays would see another network."""
    found = mirror(believed(written("p", ["b", "a"]), written("q", ["c"]), written("r")))
    rows = found.columns.authors
    assert rows.starts.tolist() == [0, 2, 3, 3]
    assert [found.authors[a].id for a in rows.ends] == ["b", "a", "c"]


def test_things_are_found_by_iri() -> None:
    """Wrong: a neighbour in the sorted tuple would answer for one that is missing."""
    found = mirror(believed(written("p", ["ann", "cat"])))
    assert found.author(author("cat")).name == "Cat"
    assert found.paper(paper("p")).name == "p"
    with pytest.raises(NotFound, match="bob"):
        found.author(author("bob"))
    with pytest.raises(NotFound):
        found.paper(paper("z"))


def test_the_typed_graph_links_papers_to_all_kinds() -> None:
    """Wrong: what is drawn of a paper would miss a kind."""
    text = written("p", ["ann"], hidden=["bob"], institutions=["mit"], categories=["cs.CL"], issued="2024")
    graph = typed_graph(mirror(believed(text)))
    kinds = {data["id"]: data["kind"] for _, data in graph.nodes(data=True)}
    assert kinds == {
        "p": "paper",
        "ann": "author",
        "bob": "author",
        "mit": "institution",
        "cs.CL": "category",
        "cs": "category",
    }
    links = {graph.nodes[b]["id"]: data for _, b, data in graph.edges(paper("p"), data=True)}
    assert links == {
        "ann": {"relation": "author", "position": 1},
        "bob": {"relation": "author", "position": None},
        "mit": {"relation": "institution"},
        "cs.CL": {"relation": "category"},
    }


def test_the_seed_has_its_papers_authors_institutions_and_years(shared_data: Path) -> None:
    """Wrong: the page's network is not what a person counts on it."""
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text())
    found = mirror(believed(*seed_papers(truth)))
    assert (len(found.papers), len(found.authors), len(found.institutions)) == (17, 25, 3)
    assert sum(one.truncated for one in found.papers) == 17
    assert sum(one.year_inferred for one in found.papers) == 1
    assert sum(not one.institutions for one in found.papers) == 5


def reported(who: str, source: str, measure: str, value: str, day: str) -> str:
    """Return a reported figure as Turtle."""
    node = f"<author/{who}/metric/{source}/{measure.partition(':')[2]}"
    return f"""<author/{who}> bido:holdsBibliometricDataInTime {node}> .
        {node}> bido:accordingTo <source/{source}> ; bido:withBibliometricData {node}/value> ;
            prov:generatedAtTime "{day}T00:00:00Z"^^xsd:dateTime .
        {node}/value> bido:hasMeasure {measure} ; bido:hasNumericValue {value} ."""


_NAMES = st.lists(st.sampled_from(["ann", "bob", "cat", "dan"]), unique=True, max_size=4)
_PAPERS = st.builds(
    written,
    st.sampled_from(["p", "q", "r"]),
    _NAMES,
    hidden=_NAMES,
    issued=st.sampled_from([None, "2023", "2024-01-02"]),
    inferred=st.sampled_from([None, "2026-05-18"]),
    institutions=st.lists(st.sampled_from(["mit", "pku"]), max_size=2),
    categories=st.lists(st.sampled_from(["cs.CL", "cs.LG", "math.CV"]), max_size=2),
    cut=st.sampled_from([None, True, False]),
    title=st.sampled_from(["One", "Two", "Three"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PAPERS, max_size=4), st.data())
def test_the_mirror_depends_on_belief_alone(papers: list[str], data: st.DataObject) -> None:
    """Wrong: two stores with the same statements would answer with different numbers."""
    figures = [reported("ann", source, "bido:h-index", "3", "2025-01-01") for source in ("s", "t")]
    quads = list(believed(*papers, *figures).engine)
    kept = data.draw(st.lists(st.sampled_from(quads), unique=True))
    store, fresh = Store.memory(), Store.memory()
    for quad in data.draw(st.permutations(quads)):
        store.engine.add(quad)
    for quad in set(quads) - set(kept):
        store.engine.remove(quad)
    for quad in sorted(kept, key=str):
        fresh.engine.add(quad)
    assert mirror(store) == mirror(fresh)
    add(store.engine, *papers, *figures)
    assert mirror(store) == mirror(believed(*papers, *figures))
