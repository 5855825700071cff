"""Newer files of a source: what is replaced, what is not, what is kept of the old, and what is said to differ."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from collegium.graph.conformance import check
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.former_versions import former_versions
from collegium.graph.load import load
from collegium.graph.report import Change, Count, FileReport
from collegium.graph.source_diff import counted, differences
from collegium.graph.source_facts import AuthorSaid, Facts, PaperSaid, packed, unpacked
from collegium.graph.source_versions import facts_named, versions_of
from collegium.graph.sources import find_source, sources
from collegium.graph.store import Store
from pages import HEADER, NOON, dump, entry, page, put

BASE = "http://localhost:8000/"
HEAD = "title,authors,year\n"
ONE = "Engines,Ada Lovelace; Charles Babbage,2020\n"
TWO = "Notes,Ada Lovelace; Mary Somerville,2021\n"
THREE = "Tables,Charles Babbage,2022\n"
FOUR = "Cards,Ada Lovelace; Charles Babbage,2023\n"
# What differs between two stores that say the same: when and from where it was read, and the history.
OF_THE_READING = ("loadedAt", "placeDigest", "former", "wasRevisionOf", "/void", "generatedAtTime")


def given_file(store: Store, path: Path, *rows: str, **how: Any) -> FileReport:
    """Write a table and load it."""
    put(path.parent, path.name, HEAD + "".join(rows))
    (report,) = load(store, [path], now=lambda: NOON, **how).files
    return report


def titles(store: Store) -> list[str]:
    rows = store.refreshed().select("SELECT ?t { ?p a soa:Work ; dcterms:title ?t } ORDER BY ?t")
    return [row["t"].value for row in rows if row["t"]]


def test_a_newer_file_in_the_same_place_takes_the_place_of_the_old(store: Store, tmp_path: Path) -> None:
    """If it failed: what was withdrawn would be believed for ever, or nobody learn what has changed."""
    path = tmp_path / "lab.csv"
    old = given_file(store, path, ONE, TWO, THREE)
    new = given_file(store, path, ONE, TWO, FOUR)
    assert titles(store) == ["Cards", "Engines", "Notes"]
    assert [s.id for s in sources(store.refreshed())] == [new.source]
    assert (new.replaced, new.hint) == (old.source, "")
    assert new.changes == {"papers": Change(1, 1, 0), "authors": Change(), "pairs": Change(0, 0, 1)}
    papers = new.counts["papers"]
    assert (papers.new, papers.merged, papers.unchanged) == (1, 0, 2)
    assert check(store.refreshed()).conforms


def test_a_dry_run_says_what_would_be_replaced(store: Store, tmp_path: Path) -> None:
    """If it failed: somebody would rehearse an addition and lose what the old file said."""
    path = tmp_path / "lab.csv"
    old = given_file(store, path, ONE, TWO, THREE)
    rehearsed = given_file(store, path, ONE, TWO, FOUR, dry_run=True)
    assert rehearsed.hint == f"it would take the place of {old.source}: papers 1 added, 1 gone"
    assert titles(store) == ["Engines", "Notes", "Tables"]
    other = given_file(store, path, FOUR, dry_run=True)
    assert "stays beside this one" in other.hint


@pytest.mark.parametrize("mode", ["same place", "always", "never"])
def test_a_dry_run_counts_as_the_load_does(store: Store, tmp_path: Path, mode: str) -> None:
    """If it failed: --dry-run would call merged what the newer version only says again."""
    path, five = tmp_path / "lab.csv", "Mills,Luigi Menabrea,2024\n"
    given_file(store, tmp_path / "other.csv", FOUR, THREE)
    given_file(store, path, ONE, TWO, THREE)
    rehearsed = given_file(store, path, ONE, TWO, FOUR, five, replacing=mode, dry_run=True)
    done = given_file(store, path, ONE, TWO, FOUR, five, replacing=mode)
    assert rehearsed.counts == done.counts
    assert done.counts["papers"] == (Count(1, 3, 0) if mode == "never" else Count(1, 1, 2))


def test_a_dry_run_of_an_author_page_says_so_too(store: Store, tmp_path: Path) -> None:
    """If it failed: somebody would rehearse the newer page of an author and not see that the former one goes."""
    path, titles_of = tmp_path / "ada.txt", ("Engines", "Notes")

    def given(*found: str, header: str = HEADER, **how: Any) -> FileReport:
        put(tmp_path, path.name, page(*(entry(title=title) for title in found), header=header))
        (report,) = load(store.refreshed(), [path], now=lambda: NOON, **how).files
        return report

    old = given(*titles_of)
    rehearsed = given(*titles_of, "Tables", dry_run=True)
    assert rehearsed.hint == f"it would take the place of {old.source}: papers 1 added, 0 gone"
    of_another = given(*titles_of, header=HEADER.replace("Ada Lovelace", "Charles Babbage"), dry_run=True)
    assert "stays beside this one" in of_another.hint
    assert given(*titles_of, "Tables").replaced == old.source


def test_the_store_is_as_if_the_old_file_had_never_been(store: Store, tmp_path: Path) -> None:
    """If it failed: something of the old version would be left in belief, or of the new one be missing."""
    path, fresh = tmp_path / "lab.csv", Store.memory()
    given_file(store, path, ONE, TWO, THREE)
    given_file(store, path, ONE, TWO, FOUR)
    given_file(fresh, path, ONE, TWO, FOUR)
    assert dump(store, without=OF_THE_READING) == dump(fresh, without=OF_THE_READING)


def test_the_next_search_saved_over_the_last_is_another_source(store: Store, tmp_path: Path) -> None:
    """If it failed: the second savedrecs.txt would cost the first."""
    path = tmp_path / "savedrecs.csv"
    given_file(store, path, ONE, TWO)
    other = given_file(store, path, THREE, FOUR)
    assert other.replaced == "" and "collegium load --replace" in other.hint
    assert len(titles(store)) == 4


def test_a_file_of_the_same_name_from_elsewhere_is_another_source(store: Store, tmp_path: Path) -> None:
    """If it failed: two people's publications.bib, with most papers in common, would become one person's."""
    (tmp_path / "ann").mkdir()
    (tmp_path / "bob").mkdir()
    given_file(store, tmp_path / "ann" / "publications.csv", ONE, TWO, THREE)
    bob = given_file(store, tmp_path / "bob" / "publications.csv", ONE, TWO, THREE, FOUR)
    assert bob.replaced == "" and bob.hint
    assert len(sources(store.refreshed())) == 2


def test_the_page_of_a_coauthor_saved_over_ones_own_is_another_source(store: Store, tmp_path: Path) -> None:
    """If it failed: who saves each author's page as page.txt would keep the last one only."""
    for owner in ("Ada Lovelace", "Charles Babbage"):
        head = HEADER.replace("Ada Lovelace", owner)
        text = page(entry(authors="Charles Babbage, Ada Lovelace · tsinghua"), header=head)
        (report,) = load(store, [put(tmp_path, "page.txt", text)], now=lambda: NOON).files
    assert report.replaced == "" and "--replace" in report.hint
    assert len(sources(store.refreshed())) == 2


def test_who_says_so_replaces_anything(store: Store, tmp_path: Path) -> None:
    """If it failed: a new version from another folder, or under another name, could only be unloaded and loaded."""
    (tmp_path / "new").mkdir()
    old = given_file(store, tmp_path / "lab.csv", ONE)
    moved = given_file(store, tmp_path / "new" / "lab.csv", TWO, replacing="always")
    assert (moved.replaced, titles(store)) == (old.source, ["Notes"])
    node = NamedNode(find_source(store.refreshed(), moved.source).iri)
    renamed = given_file(store, tmp_path / "all.csv", THREE, replaces=node)
    assert (renamed.replaced, titles(store)) == (moved.source, ["Tables"])


def test_who_says_so_keeps_both(store: Store, tmp_path: Path) -> None:
    """If it failed: two states of one file could not be compared by queries."""
    given_file(store, tmp_path / "lab.csv", ONE, TWO)
    new = given_file(store, tmp_path / "lab.csv", ONE, TWO, FOUR, replacing="never")
    assert (new.replaced, new.hint, len(sources(store.refreshed()))) == ("", "", 2)


def test_a_file_that_stands_beside_can_still_take_the_place(store: Store, tmp_path: Path) -> None:
    """If it failed: the hint would name a command that does nothing, since the file is loaded already."""
    path = tmp_path / "lab.csv"
    old = given_file(store, path, ONE, TWO)
    given_file(store, path, FOUR)
    again = given_file(store, path, FOUR, replacing="always")
    assert (again.is_unchanged, again.replaced, titles(store)) == (True, old.source, ["Cards"])


def test_where_several_could_be_meant_nothing_is_replaced(store: Store, tmp_path: Path) -> None:
    """If it failed: one of two sources would be lost by chance."""
    for folder, row in (("a", ONE), ("b", TWO)):
        (tmp_path / folder).mkdir()
        given_file(store, tmp_path / folder / "lab.csv", row)
    put(tmp_path, "lab.csv", HEAD + THREE)
    report = load(store, [tmp_path / "lab.csv"], now=lambda: NOON, replacing="always")
    assert (report.exit_code, report.version) == (2, 2)
    assert "expected --replaces with one of lab-" in report.failures[0].message
    with pytest.raises(ParameterError, match="found '2 files'"):
        load(store, [tmp_path / "a", tmp_path / "b"], replaces=NamedNode(BASE))


def test_a_broken_newer_file_replaces_nothing(store: Store, tmp_path: Path) -> None:
    """If it failed: an error page saved over the file would empty the source."""
    path = tmp_path / "lab.csv"
    given_file(store, path, ONE, TWO)
    put(tmp_path, "lab.csv", HEAD)
    assert load(store, [path], replacing="always", format="paper_table").exit_code == 2
    assert titles(store) == ["Engines", "Notes"]


@pytest.mark.parametrize("mode", ["same place", "always"])
def test_a_newer_file_that_breaks_off_replaces_nothing(store: Store, tmp_path: Path, mode: str) -> None:
    """If it failed: half a download would cost the other half of the source."""
    rows = [
        f"Paper {at} {at * 7919 % 1000},Ada L{at * 104729 % 997} Lovelace,20{at % 10}0\n"
        for at in range(4_000)
    ]
    path = tmp_path / "lab.csv.gz"
    for keep in (None, -2_000):
        path.write_bytes(gzip.compress((HEAD + "".join(rows)).encode())[:keep])
        (rehearsed,) = load(store, [path], now=lambda: NOON, replacing=mode, dry_run=True).files
        (report,) = load(store, [path], now=lambda: NOON, replacing=mode).files
    assert (report.is_broken, report.replaced) == (True, "")
    assert "breaks off" in report.hint
    assert (rehearsed.counts, rehearsed.hint) == (report.counts, report.hint)
    assert len(titles(store)) == 4_000


def test_former_versions_stay_and_can_be_compared(store: Store, tmp_path: Path) -> None:
    """If it failed: who loads each month could see the last change only."""
    path = tmp_path / "lab.csv"
    for rows in ((ONE, TWO), (ONE, TWO, THREE), (ONE, THREE, FOUR)):
        last = given_file(store, path, *rows)
    store = store.refreshed()
    versions = versions_of(store, "lab.csv")
    assert [version.number for version in versions.former] == [1, 2]
    assert versions.number == 3
    assert versions.former[1].id == last.replaced
    first, new = facts_named(store, "lab.csv@1"), facts_named(store, "lab.csv@new")
    assert counted(differences(first, new))["papers"] == Change(2, 1, 0)
    assert facts_named(store, "lab.csv@old") == facts_named(store, "lab.csv@2")
    assert facts_named(store, "lab.csv@3") == facts_named(store, "lab.csv") == new
    with pytest.raises(NotFound, match="former versions: 1, 2; new: 3"):
        facts_named(store, "lab.csv@7")


def test_of_very_many_versions_the_oldest_go(store: Store, tmp_path: Path) -> None:
    """If it failed: a file that is loaded each day would outgrow its store."""
    path = tmp_path / "lab.csv"
    for at in range(24):
        given_file(store, path, ONE, TWO, f"Paper {at},Ada Lovelace,2024\n")
    store = store.refreshed()
    former = former_versions(store.engine, NamedNode(sources(store)[0].iri))
    assert [version.number for version in former] == list(range(4, 24))


def test_what_has_changed_in_a_paper_is_named(store: Store, tmp_path: Path) -> None:
    """If it failed: a corrected title would look like any other change."""
    path = tmp_path / "lab.csv"
    for a, b, c in (
        ("Engines,Ada Lovelace; Bo Li,2020", "Notes,Bo Li,2020", "C,Bo Li,2020"),
        ("Engines,Bo Li; Ada Lovelace,2020", "Notes!,Bo Li,2020", "C,Bo Li,2021"),
    ):
        rows = f"10.1000/a,{a}\n10.1000/b,{b}\n10.1000/c,{c}\n"
        put(tmp_path, "lab.csv", "doi,title,authors,year\n" + rows)
        load(store, [path], now=lambda: NOON)
    store = store.refreshed()
    found = differences(facts_named(store, "lab.csv@old"), facts_named(store, "lab.csv@new"))
    told = [(row.name, row.what, row.before, row.after) for row in found]
    assert told == [
        ("C", "other", "", ""),
        ("Engines", "authors", "2 authors", "2 authors"),
        ("Notes!", "title", "Notes", "Notes!"),
    ]


words = st.text(st.characters(exclude_categories=()), max_size=8)
authors = st.sampled_from([f"{BASE}author/{x}" for x in "abcd"] + ["https://orcid.org/1"])
some_facts = st.builds(
    Facts,
    st.dictionaries(
        st.sampled_from([f"{BASE}paper/{x}" for x in "pqr"] + ["http://other.example/p"]),
        st.builds(PaperSaid, words, st.lists(authors, unique=True, max_size=4).map(tuple), words),
    ),
    st.dictionaries(authors, st.builds(AuthorSaid, words, words)),
)


@given(some_facts)
def test_what_is_kept_comes_back(facts: Facts) -> None:
    """If it failed: a name with half a character, or an author of another house, would end the load or be lost."""
    parts = packed(facts, BASE)
    assert unpacked(parts, BASE) == facts
    assert differences(unpacked(parts, BASE), facts) == []


@given(some_facts, some_facts)
def test_a_difference_read_backwards_is_the_other_difference(one: Facts, other: Facts) -> None:
    """If it failed: something would be gone that was never there, or come that is told nowhere."""
    there, back = counted(differences(one, other)), counted(differences(other, one))
    for kind in there:
        assert (there[kind].added, there[kind].gone, there[kind].changed) == (
            back[kind].gone,
            back[kind].added,
            back[kind].changed,
        )
    assert len(other.papers) - len(one.papers) == there["papers"].added - there["papers"].gone
    assert len(other.pairs()) - len(one.pairs()) == there["pairs"].added - there["pairs"].gone
