"""One author list in two spellings: at one place stands one person, on that paper; elsewhere nobody is made one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, permutations
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from bibliographies import author_ids, bibliographies, entry_of, papers, work
from collegium.graph.conformance import check
from collegium.graph.deciding import listed, merge, split, states, undo_decision
from collegium.graph.identity.full_names import are_equal, go_together
from collegium.graph.load import load, unload
from collegium.graph.mirror import mirror
from collegium.graph.parting import split_papers
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, follows, put

TITLE, DOI = "Absolute and Specific Measures", "10.1000/m"
JUN, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"


def listing(authors: str, title: str = TITLE, doi: str = DOI) -> str:
    return entry_of(title, authors, doi=doi)


PLACES = [  # two lists of one paper, and who is on it then
    ("Olesya Mryglod and Ralph Kenna", "O. Mryglod and R. Kenna", ["Olesya Mryglod", "Ralph Kenna"]),
    ("Staša Milojević", "Stasa Milojevic", ["Stasa Milojevic"]),
    ("Rüdiger Mutz and Ann Lee", "Ruediger Mutz and Ann M. Lee", ["Ruediger Mutz", "Ann M. Lee"]),
    ("Luciano da Fontoura Costa", "L. da F. Costa", ["Luciano da Fontoura Costa"]),
    ("Jun Zhang and Wei Zhang", "J. Zhang and W. Zhang", ["Jun Zhang", "Wei Zhang"]),
    ("Jun Zhang and Wei Zhang", "Wei Zhang and Jun Zhang", ["Jun Zhang", "Wei Zhang"]),
    ("Jun Zhang and Wei Zhang", "W. Zhang and J. Zhang", ["Jun Zhang", "Wei Zhang", "W. Zhang", "J. Zhang"]),
    ("Jun Zhang and Ann Lee", "J. Zhang", ["Jun Zhang", "Ann Lee", "J. Zhang"]),
    ("Eddie Shin", "Edwin Shin", ["Eddie Shin", "Edwin Shin"]),
    ("Jakob Huber", "Timo Sztyler", ["Jakob Huber", "Timo Sztyler"]),
    ("Jun Zhang and others", "J. Zhang and others", ["Jun Zhang"]),
    ("王小明", "Xiaoming Wang", ["王小明", "Xiaoming Wang"]),
    ("Yi Wang and Yan Wang", "Y. Wang and Y. Wang", ["Yi Wang", "Yan Wang", "Y. Wang"]),
    ("Di Wu and Xin Wu", "X. Wu and D. Wu", ["Di Wu", "Xin Wu", "X. Wu", "D. Wu"]),
    ("Ann Smith", "Ann S. Jones", ["Ann Smith", "Ann S. Jones"]),
    ("{Zhang Group} and Ann Lee", "Zhang and A. Lee", ["Zhang Group", "Ann Lee", "Zhang"]),
]


@pytest.mark.parametrize(("one", "other", "left"), PLACES)
def test_names_at_one_place(tmp_path: Path, one: str, other: str, left: list[str]) -> None:
    """If it failed: a paper would have each author twice, and every link of theirs with it."""
    for order in permutations((listing(one), listing(other))):
        store = bibliographies(Store.memory(), tmp_path, *order)
        assert sorted(papers(store)[0][1]) == sorted(left)
        assert len(papers(store)) == 1
        assert follows(store)
        assert check(store).findings == ()


SPELLINGS = [  # lists of one paper by several sources, and who is at its first place then
    (("J. Zhang", "Jun Zhang", "Jun M. Zhang"), ["Jun M. Zhang"]),
    (("J. Zhang", "Jun Zhang", "Jian Zhang"), ["J. Zhang", "Jian Zhang", "Jun Zhang"]),
    (("J. Zhang", "Jun Zhang", "Jun Zhang and Bo Ray", "Jun M. Zhang and Bo Ray"), ["Bo Ray", "Jun M. Zhang"]),
    (("J. Zhang", "Jun Zhang", "J. Zhang and Bo Ray", "Jian Zhang and Bo Ray"),
     ["Bo Ray", "J. Zhang", "Jian Zhang", "Jun Zhang"]),
]  # fmt: skip


@pytest.mark.parametrize(("lists", "left"), SPELLINGS)
def test_the_order_of_loading_counts_for_nothing(
    tmp_path: Path, lists: tuple[str, ...], left: list[str]
) -> None:
    """If it failed: who is whom would be another in a store that was filled in another order, or drawn by the dice."""
    days = count(1)
    for order in permutations(map(listing, lists)):
        store = Store.memory()
        for at, text in enumerate(order):
            now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=next(days))
            load(store.refreshed(), [put(tmp_path, f"{at}.bib", text)], now=lambda now=now: now)
        assert sorted(papers(store.refreshed())[0][1]) == left
        assert follows(store)
        assert set(states(store.refreshed(), listed(store.refreshed()))) <= {"holds"}


def test_a_third_spelling_takes_nobody_off_a_paper(tmp_path: Path) -> None:
    """If it failed: an author would lose a paper that a source says they wrote."""
    both = ("Other paper of things", "10.1000/y")
    files = (
        listing("Jun Zhang") + listing("Jun Zhang", *both),
        listing("J. Zhang")
        + listing("J. Zhang", *both)
        + listing("J. Zhang", "Third thing on looms", "10.1000/z"),
        listing("Jian Zhang"),
    )
    for order in permutations(files):
        store = bibliographies(Store.memory(), tmp_path, *order)
        assert follows(store)
        assert check(store).findings == ()
        assert papers(store)[1][1] == ["Jun Zhang"]


def test_a_name_stays_that_another_source_gives(tmp_path: Path) -> None:
    """If it failed: a source that is taken out would take along what others say."""
    files = [listing("J. Zhang"), *(work(TITLE, f"{name} Zhang {JUN}", doi=DOI) for name in ("J.", "Jun"))]
    store = bibliographies(Store.memory(), tmp_path, *files)
    unload(store, NamedNode(find_source(store, "b.json").iri), now=lambda: NOON)
    assert follows(store)
    assert check(store.refreshed()).findings == ()


def test_who_was_moved_is_decided_on_as_who_they_are(tmp_path: Path) -> None:
    """If it failed: a merge by hand would change nothing, for a name that is nobody's any more."""
    third = entry_of("Another paper", "J. L. Zhang and Bob Ray", doi="10.1000/w")
    store = bibliographies(
        Store.memory(), tmp_path, listing("Jun Zhang and Ann Lee"), listing("J. Zhang and Ann Lee"), third
    )
    made = merge(
        store, store.iri("author", "j-zhang"), store.iri("author", "j-l-zhang"), "same CV", now=lambda: NOON
    )
    store = store.refreshed()
    assert {made.one, made.other} == {store.iri("author", name) for name in ("jun-zhang", "j-l-zhang")}
    assert states(store, [made]) == ["holds"]
    assert follows(store)


def test_only_on_that_paper(tmp_path: Path) -> None:
    """If it failed: all who sign "J. Zhang" would be one person, since one of them is."""
    elsewhere = entry_of("Something Else", "J. Zhang and Zoe Q", doi="10.1000/e")
    store = bibliographies(Store.memory(), tmp_path, listing("Jun Zhang") + elsewhere, listing("J. Zhang"))
    assert [authors for _, authors, _ in papers(store)] == [["Jun Zhang"], ["J. Zhang", "Zoe Q"]]
    [made] = listed(store, "author")
    assert (made.rule, made.is_merge, made.new) == ("position", True, store.iri("author", "jun-zhang"))
    assert made.papers == (store.iri("paper", "doi-10.1000~m"),)
    assert states(store, [made]) == ["holds"]


def test_a_place_tells_namesakes_apart(tmp_path: Path) -> None:
    """If it failed: a list without identifiers would add a third person to two namesakes that are known apart."""
    known = work(TITLE, f"Jun Zhang {JUN}", doi=DOI) + work("Other", f"Jun Zhang {OTHER}", doi="10.1000/o")
    bare = listing("Jun Zhang") + listing("J. Zhang", "Other", "10.1000/o")
    for order in permutations((known, bare)):
        assert author_ids(bibliographies(Store.memory(), tmp_path, *order)) == [
            f"orcid-{OTHER}",
            f"orcid-{JUN}",
        ]


def test_what_leaves_takes_its_word_along(tmp_path: Path) -> None:
    """If it failed: a spelling would stay under a name that no source gives any more."""
    alone = bibliographies(Store.memory(), tmp_path, listing("J. Zhang"))
    store = bibliographies(Store.memory(), tmp_path, listing("J. Zhang"), listing("Jun Zhang"))
    unload(store, NamedNode(find_source(store, "b.bib").iri), now=lambda: NOON)
    assert listed(store.refreshed()) == []
    assert dump(store) == dump(alone)


def test_an_address_leads_to_who_has_all_papers(tmp_path: Path) -> None:
    """If it failed: the page of an author would be gone for having been spelled out."""
    store = bibliographies(Store.memory(), tmp_path, listing("J. Zhang"), listing("Jun Zhang"))
    asked = f"ASK {{ <{store.iri('author', 'j-zhang')}> dcterms:isReplacedBy <{store.iri('author', 'jun-zhang')}> }}"
    assert store.engine.query(f"PREFIX dcterms: <http://purl.org/dc/terms/> {asked}")


def test_undone_and_refused_by_hand(tmp_path: Path) -> None:
    """If it failed: who knows better than the rule could not say so, or not take it back."""
    store = bibliographies(Store.memory(), tmp_path, listing("Jun Zhang"), listing("J. Zhang"))
    one, other = (store.iri("author", name) for name in ("jun-zhang", "j-zhang"))
    before = dump(store, without=("/identity>",))
    apart = split(store, one, other, "father and son", now=lambda: NOON)
    store = store.refreshed()
    assert papers(store)[0][1] == ["J. Zhang", "Jun Zhang"]
    assert follows(store)
    undo_decision(store, apart.id, now=lambda: NOON)
    store = store.refreshed()
    assert dump(store, without=("/identity>",)) == before
    whole = merge(store, one, other, "the same everywhere", now=lambda: NOON)
    assert (whole.rule, whole.new) == ("user", "")
    undo_decision(store.refreshed(), whole.id, now=lambda: NOON)
    store = store.refreshed()
    assert papers(store)[0][1] == ["J. Zhang", "Jun Zhang"]
    assert follows(store)


def test_papers_given_away_by_hand_are_kept(tmp_path: Path) -> None:
    """If it failed: a spelling would bring back an author whom somebody took off a paper."""
    both = listing("Jun Zhang") + entry_of("Something Else", "Jun Zhang", doi="10.1000/e")
    store = bibliographies(Store.memory(), tmp_path, both, listing("J. Zhang"))
    paper = store.iri("paper", "doi-10.1000~m")
    made = split_papers(store, store.iri("author", "jun-zhang"), [paper], [], "a namesake", now=lambda: NOON)
    held = mirror(store.refreshed())
    assert [[held.authors[a].id for a in p.authors] for p in held.papers if p.id == "doi-10.1000~m"] == [
        [made.new.rpartition("/")[2]]
    ]
    assert follows(store)


@pytest.mark.parametrize(("policy", "left"), [("evidence", 1), ("strict", 2)])
def test_under_other_policies(tmp_path: Path, policy: str, left: int) -> None:
    """If it failed: a policy would join more than it says, or less."""
    store = Store.memory()
    files = [put(tmp_path, f"{n}.bib", listing(names)) for n, names in enumerate(("Jun Zhang", "J. Zhang"))]
    load(store, files, identity=policy, now=lambda: NOON)
    assert len(papers(store)[0][1]) == left
    assert follows(store)


TOGETHER = [
    ("Yurij Holovatch", "Yu. Holovatch"),
    ("Osvaldo Novais de Oliveira Junior", "Osvaldo N. Oliveira Jr."),
    ("Maria das Graças Volpe Nunes", "M. G. V. Nunes"),
    ("Diego R. Amancio", "DR Amancio"),
    ("Olesya Mryglod", "Mryglod O"),
    ("Jean-Paul Sartre", "J.-P. Sartre"),
    ("Michał Łopuszyński", "Michal Lopuszynski"),
    ("Jürgen Müller", "Juergen Mueller"),
]
APART = [
    ("Yang Liu", "Yang Li"),
    ("Liu Yang", "Li Yang"),
    ("Xue Wang", "Xu Wang"),
    ("John Smith Jr.", "John Smith Sr."),
    ("J. B. Smith", "John Carl Smith"),
    ("Mohamed Ali", "Mohamed A. Hassan"),
    ("Zhang", "J. Li"),
]


@pytest.mark.parametrize(("pair", "expected"), [*((p, True) for p in TOGETHER), *((p, False) for p in APART)])
def test_names_that_go_together(pair: tuple[str, str], expected: bool) -> None:
    """If it failed: two people would be one at a place, or one two."""
    assert go_together(*pair) is go_together(*pair[::-1]) is expected
    assert not are_equal(*pair) or expected
