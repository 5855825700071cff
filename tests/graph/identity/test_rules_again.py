"""What rules find is found again whenever what they go by has changed: by a decision, a newer file, a dump put back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat

from bibliographies import entry_of, work
from collegium.graph.deciding import Decision, listed, merge, split, states, undo_decision
from collegium.graph.load import load, unload
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, follows, put

ORCID = "0000-0002-1825-0097"
TITLE = "Alpha beta gamma delta"


def later() -> datetime:
    return datetime(2026, 12, 24, tzinfo=UTC)


def names(store: Store) -> list[str]:
    """Return the IDs of the decisions that hold, with reason and evidence."""
    now = store.refreshed()
    made = listed(now)
    held = [one for one, state in zip(made, states(now, made), strict=True) if state == "holds"]
    return sorted(f"{one.id} {one.reason} {' '.join(one.evidence)}" for one in held)


def of(store: Store, rule: str) -> Decision:
    return next(one for one in listed(store.refreshed()) if one.rule == rule)


def test_a_dump_of_a_store_that_asks_for_evidence_comes_back_equal(tmp_path: Path) -> None:
    """If it failed: a store that is moved would have three people where it had one."""
    first, second = (entry_of(f"{title} of all kinds", f"Jun Zhang and {other}") for title, other in (
        ("Grids", "Ann Lee"), ("Looms", "Bob Ray"),
    ))  # fmt: skip
    orcid = work("Dials and their use", f"Jun Zhang {ORCID}", "Ann Lee") + work(
        "Wheels and their use", f"Jun Zhang {ORCID}", "Bob Ray"
    )
    store, back = Store.memory(), Store.memory()
    files = [put(tmp_path, f"{n}.bib", text) for n, text in enumerate((first, second))]
    load(store, [*files, put(tmp_path, "c.json", orcid)], identity="evidence", now=lambda: NOON)
    path = tmp_path / "whole.nq"
    store.refreshed().engine.dump(str(path), RdfFormat.N_QUADS)
    load(back, [path], now=later)
    assert dump(back) == dump(store)
    assert len(names(back)) == 1 and follows(back)


def test_who_is_whom_follows_when_papers_are_told_apart(tmp_path: Path) -> None:
    """If it failed: two people would stay one by a paper that is two now, until the next load of anything."""
    a = put(tmp_path, "a.bib", entry_of(TITLE, "Jun Zhang and Ann Lee"))
    b = put(tmp_path, "b.bib", entry_of(TITLE, "Jun Zhang and Bob Ray", doi="10.1000/7"))
    other = put(tmp_path, "other.bib", entry_of("Nothing to do with it", "Zoe Q"))
    store = Store.memory()
    load(store, [a, b], identity="evidence", now=lambda: NOON)
    joined = dump(store, without=("/identity>",))
    paper = of(store, "title")
    undo_decision(store.refreshed(), paper.id, now=lambda: NOON)
    apart = dump(store)
    assert not names(store) and follows(store)
    load(store.refreshed(), [other], now=lambda: NOON)
    unload(store.refreshed(), NamedNode(find_source(store.refreshed(), "other.bib").iri), now=lambda: NOON)
    assert dump(store) == apart
    again = merge(store.refreshed(), paper.one, paper.other, "one after all", now=lambda: NOON)
    undo_decision(store.refreshed(), again.id, now=lambda: NOON)
    assert dump(store, without=("/identity>",)) != joined
    split(store.refreshed(), paper.one, paper.other, "two", now=lambda: NOON)
    assert not [one for one in names(store) if one.startswith("merge")] and follows(store)


def test_a_reason_that_no_source_gives_any_more_is_told_anew(tmp_path: Path) -> None:
    """If it failed: a decision would say "year 2001, three authors in common" of papers that are not alike in that."""
    both = put(tmp_path, "a.bib", entry_of(TITLE, "Jun Zhang and Ann Lee and Bob Ray", 2001))
    old = entry_of(TITLE, "Jun Zhang and Ann Lee and Bob Ray", 2001, doi="10.1000/7")
    new = entry_of(TITLE, "Jun Zhang and Cy Young and Di Fox", 2002, doi="10.1000/7")
    store, fresh = Store.memory(), Store.memory()
    load(store, [both, put(tmp_path, "b.bib", old)], now=lambda: NOON)
    assert "3 authors in common" in of(store, "title").reason
    newer = put(tmp_path, "b.bib", new)
    load(store.refreshed(), [newer], replacing="always", now=lambda: NOON)
    load(fresh, [both, newer], now=lambda: NOON)
    assert names(store) == names(fresh)
    assert "3 authors" not in of(store, "title").reason and follows(store)


def test_what_a_decision_lifted_comes_back_under_another_base(tmp_path: Path) -> None:
    """If it failed: an undone split would not give back the merge it had ended, in a store that was moved."""
    store = Store.memory()
    load(store, [put(tmp_path, "a.bib", entry_of(TITLE, "Ann Lee and A. Lee"))], now=lambda: NOON)
    ends = [store.iri("author", name) for name in ("ann-lee", "a-lee")]
    merge(store.refreshed(), ends[0], ends[1], "her letters", now=lambda: NOON)
    split(store.refreshed(), ends[0], ends[1], "two cousins", now=lambda: NOON)
    path = tmp_path / "whole.nq"
    store.refreshed().engine.dump(str(path), RdfFormat.N_QUADS)
    moved = Store.memory(base="https://example.org/k/")
    load(moved, [path], now=lambda: NOON)
    held = next(one for one in listed(moved.refreshed()) if not one.undone_at)
    undo_decision(moved.refreshed(), held.id, now=lambda: NOON)
    assert [one.is_merge for one in listed(moved.refreshed()) if not one.undone_at] == [True]
