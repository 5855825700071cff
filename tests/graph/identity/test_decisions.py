"""Things merged, split and undone by hand: belief follows, the claims stay, and all of it can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Triple

from collegium.graph import vocabulary as v
from collegium.graph.conformance import check
from collegium.graph.deciding import listed, merge, split, undo_decision
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.load import unload
from collegium.graph.mirror import mirror
from collegium.graph.parting import split_papers
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import HEADER, NOON, dump, entry, follows, loaded, page, put
from strategies import Entry, entries

OWNERS = ("Ada Lovelace", "Éva Székely", "Marie Curie")
ADA = page(entry(), entry(title="Notes", authors="A. Lovelace, Mary Somerville · eth"))


def believed(store: Store) -> set[Triple]:
    return {q.triple for q in store.refreshed().engine.quads_for_pattern(None, None, None, DefaultGraph())}


def without_decisions(store: Store) -> list[str]:
    return dump(store, without=("/identity>",))


def authors(store: Store) -> list[str]:
    return [author.name for author in mirror(store.refreshed()).authors]


@pytest.fixture
def ada(store: Store, tmp_path: Path) -> Store:
    """Return a store with one page, on which one person stands under two names. Prevents: each test makes it anew."""
    loaded(store, put(tmp_path, "ada.txt", ADA))
    return store


def joined(store: Store, one: str = "ada-lovelace", other: str = "a-lovelace") -> str:
    a, b = store.iri("author", one), store.iri("author", other)
    return merge(store, a, b, "her letters", now=lambda: NOON).id


def test_two_authors_become_one_everywhere(ada: Store) -> None:
    """If it failed: an author would be one on a page and two in the network."""
    assert len(authors(ada)) == 4
    joined(ada)
    assert authors(ada) == ["Ada Lovelace", "Charles Babbage", "Mary Somerville"]
    old = NamedNode(ada.iri("author", "ada-lovelace"))
    said = [t for t in believed(ada) if old in (t.subject, t.object)]
    assert {t.predicate for t in said} == {v.DCTERMS_IS_REPLACED_BY, v.OWL_SAME_AS}
    assert check(ada.refreshed()).findings == ()
    assert follows(ada)


def test_an_iri_that_is_not_used_any_more_leads_to_the_one_that_is(ada: Store) -> None:
    """If it failed: a link to the author would lead nowhere after a merge."""
    joined(ada)
    used, old = NamedNode(ada.iri("author", "a-lovelace")), NamedNode(ada.iri("author", "ada-lovelace"))
    assert Triple(old, v.DCTERMS_IS_REPLACED_BY, used) in believed(ada)
    assert Triple(used, v.OWL_SAME_AS, old) in believed(ada)


def test_claims_stay_as_they_were(ada: Store) -> None:
    """If it failed: nobody could find out any more what a source says."""
    claims = claimed(ada)
    joined(ada)
    assert claimed(ada) == claims


def claimed(store: Store) -> set[object]:
    quads = store.refreshed().engine.quads_for_pattern(None, None, None, None)
    return {q for q in quads if "/source/" in str(q.graph_name)}


def test_a_decision_has_its_reason_and_date(ada: Store) -> None:
    """If it failed: a merge could not be questioned."""
    identifier = joined(ada)
    (made,) = listed(ada.refreshed())
    assert (made.id, made.rule, made.reason, made.policy) == (identifier, "user", "her letters", "names")
    assert (made.made_at, made.undone_at) == ("2026-11-23T12:00:00Z", "")
    assert listed(ada.refreshed(), "paper") == []
    assert identifier == joined_the_other_way(ada)


def joined_the_other_way(store: Store) -> str:
    return joined(store, "a-lovelace", "ada-lovelace")


def test_undoing_restores_belief_exactly(ada: Store) -> None:
    """If it failed: a merge made by mistake could not be taken back."""
    before = dump(ada)
    identifier = joined(ada)
    undo_decision(ada, identifier, now=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    assert without_decisions(ada) == [x for x in before if "/identity>" not in x]
    (made,) = listed(ada.refreshed())
    assert made.undone_at == "2026-12-01T00:00:00Z"
    with pytest.raises(NotFound, match="identity list"):
        undo_decision(ada, identifier)


def test_what_is_decided_again_tells_how_it_was_decided_before(ada: Store) -> None:
    """If it failed: a second reason would wipe out the first, and nobody could say why two were one in spring."""
    identifier = joined(ada)
    undo_decision(ada, identifier, now=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    pair = ada.iri("author", "ada-lovelace"), ada.iri("author", "a-lovelace")
    merge(ada, *pair, "her diary", now=lambda: datetime(2026, 12, 2, tzinfo=UTC))
    again = merge(ada, *pair, "her will", now=lambda: datetime(2026, 12, 3, tzinfo=UTC))
    (made,) = listed(ada.refreshed())
    assert made == again
    assert (made.reason, made.earlier) == (
        "her will",
        ("2026-11-23T12:00:00Z her letters; undone 2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z her diary"),
    )


def test_a_split_parts_what_was_merged_and_a_merge_ends_the_split(ada: Store) -> None:
    """If it failed: two decisions about the same two would hold at once."""
    before = without_decisions(ada)
    joined(ada)
    one, other = ada.iri("author", "ada-lovelace"), ada.iri("author", "a-lovelace")
    split(ada, one, other, "two cousins", now=lambda: NOON)
    assert without_decisions(ada) == before
    assert [(d.is_merge, bool(d.undone_at)) for d in sorted(listed(ada.refreshed()), key=lambda d: d.id)] == [
        (True, True),
        (False, False),
    ]
    joined(ada)
    assert len(authors(ada)) == 3
    assert [d.is_merge for d in listed(ada.refreshed()) if not d.undone_at] == [True]


def test_undoing_brings_back_what_was_lifted(ada: Store) -> None:
    """If it failed: a merge tried and taken back would leave the split behind it withdrawn, and belief another."""
    one, other = ada.iri("author", "ada-lovelace"), ada.iri("author", "a-lovelace")
    merged = joined(ada)
    held = without_decisions(ada)
    parted = split(ada, one, other, "two cousins", now=lambda: NOON)
    undo_decision(ada, parted.id, now=lambda: NOON)
    assert without_decisions(ada) == held
    assert [d.id for d in listed(ada.refreshed()) if not d.undone_at] == [merged]
    undo_decision(ada, merged, now=lambda: NOON)
    assert not [d for d in listed(ada.refreshed()) if not d.undone_at]


def test_a_split_holds_through_a_chain(ada: Store) -> None:
    """If it failed: two who are kept apart would become one over a third."""
    one, other = ada.iri("author", "ada-lovelace"), ada.iri("author", "a-lovelace")
    split(ada, one, other, "two cousins", now=lambda: NOON)
    joined(ada, "ada-lovelace", "mary-somerville")
    joined(ada, "a-lovelace", "mary-somerville")
    assert len(authors(ada)) == 3
    assert follows(ada)


def test_figures_of_one_source_on_two_iris_stay_two(tmp_path: Path) -> None:
    """If it failed: a merge would leave one figure with two values."""
    store = Store.memory()
    other = page(entry(), header=HEADER.replace("Ada", "A."))
    loaded(store, put(tmp_path, "a.txt", page(entry())), put(tmp_path, "b.txt", other))
    joined(store)
    assert len(mirror(store.refreshed()).reported) == 10
    assert check(store.refreshed()).findings == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("author/ada-lovelace", "author/ada-lovelace"), ("author/ada-lovelace", "category/cs.CL"), ("x", "y")],
)
def test_what_cannot_be_one_is_refused(ada: Store, one: str, other: str) -> None:
    """If it failed: an author could be a paper."""
    with pytest.raises(ParameterError, match="two different things of one kind"):
        merge(ada, ada.base + one, ada.base + other, "so")
    with pytest.raises(ParameterError, match="reason"):
        merge(ada, ada.iri("author", "ada-lovelace"), ada.iri("author", "a-lovelace"), " ")
    with pytest.raises(NotFound, match="by its IRI"):
        merge(ada, ada.iri("author", "ada-lovelace"), ada.iri("author", "nobody"), "so")
    assert ada.refreshed().version == 1


def test_what_one_of_two_said_stays_when_the_other_goes(tmp_path: Path) -> None:
    """If it failed: taking a source out would take what another says of the same person under another name."""
    store = Store.memory()
    other = page(entry(), header=HEADER.replace("Ada", "A."))
    loaded(store, put(tmp_path, "a.txt", page(entry())), put(tmp_path, "b.txt", other))
    joined(store)
    for name in ("a.txt", "b.txt"):
        unload(store, NamedNode(find_source(store.refreshed(), name).iri))
        assert follows(store)


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[str, ...], list[tuple[str, int, int]]]:
    """Pages of three owners that share papers, and what is done with them and with who is on them."""
    pool: list[Entry] = draw(
        st.lists(entries("Ada Lovelace"), min_size=2, max_size=3, unique_by=lambda e: e.title)
    )
    texts = []
    for owner in OWNERS:
        picked = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
        texts.append(page(*(e.text() for e in picked), header=HEADER.replace("Ada Lovelace", owner)))
    step = st.tuples(
        st.sampled_from(("load", "unload", "merge", "merge papers", "split", "part", "undo")),
        st.integers(0, 30),
        st.integers(0, 30),
    )
    return tuple(texts), draw(st.lists(step, min_size=2, max_size=8))


@settings(max_examples=40, deadline=None)
@given(histories())
def test_whatever_is_done_belief_follows_from_claims_and_decisions(
    history: tuple[tuple[str, ...], list[tuple[str, int, int]]],
) -> None:
    """If it failed: belief would depend on the way that led to it, and undoing everything would leave a trace."""
    texts, steps = history
    store, inside = Store.memory(), set()
    with TemporaryDirectory() as folder:
        paths = [put(Path(folder), f"page{n}.txt", text) for n, text in enumerate(texts)]
        loaded(store, paths[0])
        inside.add(0)
        for what, a, b in steps:
            _do(store, what, a, b, paths, inside)
            assert follows(store)
        while valid := [one for one in listed(store.refreshed()) if not one.undone_at]:
            undo_decision(store, valid[-1].id, now=lambda: NOON)  # it may bring back what it had lifted
        fresh = Store.memory()
        if inside:
            loaded(fresh, *(paths[n] for n in sorted(inside)))
    assert believed(store) == believed(fresh)


def _do(store: Store, what: str, a: int, b: int, paths: list[Path], inside: set[int]) -> None:
    now = store.refreshed()
    if what == "load":
        loaded(store, paths[a % 3])
        inside.add(a % 3)
    elif what == "unload" and inside:
        n = sorted(inside)[a % len(inside)]
        unload(store, NamedNode(find_source(now, paths[n].name).iri))
        inside.remove(n)
    elif what == "undo":
        held = [one for one in listed(now) if not one.undone_at]
        if held:
            undo_decision(store, held[a % len(held)].id, now=lambda: NOON)
    elif what == "part":
        people = now.select("SELECT ?p ?a { ?p dcterms:creator ?a } ORDER BY ?a ?p")
        written = [(str(row["a"].value), str(row["p"].value)) for row in people if row["a"] and row["p"]]
        author, paper = written[a % len(written)] if written else ("", "")
        if sum(one == author for one, _ in written) > 1:
            before = without_decisions(store)
            made = split_papers(store, author, [paper], [], "so", now=lambda: NOON)
            assert follows(store)
            undo_decision(store, made.id, now=lambda: NOON)
            assert without_decisions(store) == before
            if b % 2:
                split_papers(store, author, [paper], [], "so", now=lambda: NOON)
    elif what in ("merge", "split", "merge papers"):
        cls = v.SOA_WORK if what == "merge papers" else v.FOAF_PERSON
        claimed = {
            q.subject.value
            for q in now.engine.quads_for_pattern(None, v.RDF_TYPE, cls, None)
            if isinstance(q.subject, NamedNode)
        }
        things = sorted(claimed)
        if len(things) > 1 and a % len(things) != b % len(things):
            act = split if what == "split" else merge
            act(store, things[a % len(things)], things[b % len(things)], "so", now=lambda: NOON)
