"""A dump put back: decisions on who is whom come with it, and belief follows from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from bibliographies import entry_of
from collegium.graph.conformance import check
from collegium.graph.deciding import listed, split
from collegium.graph.load import load
from collegium.graph.store import Store

TITLE, OTHER = "On the Analytical Engine and its Cards", "Another Work on Engines"
FILES = {
    "a.bib": entry_of(title=TITLE, doi="10.1000/1"),
    "b.bib": entry_of(title=TITLE) + "\n" + entry_of(title=OTHER),
    "c.bib": entry_of(title=OTHER, doi="10.1000/7"),
}


def facts(store: Store) -> set[str]:
    return {str(quad) for quad in store.refreshed().engine}


def decided(store: Store) -> list[tuple[str, bool]]:
    return sorted((one.rule, bool(one.undone_at)) for one in listed(store.refreshed(), "paper"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files, and the dump of a store of two of them in which somebody keeps apart what a rule had joined."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    store = Store.open(tmp_path / "from", create=True)
    load(store, [tmp_path / "a.bib", tmp_path / "b.bib"])
    (merged,) = listed(store.refreshed(), "paper")
    split(store.refreshed(), merged.one, merged.other, "two editions")
    store.refreshed().engine.dump(str(tmp_path / "dump.nq"), RdfFormat.N_QUADS)
    return tmp_path


def test_an_empty_store_becomes_equal(folder: Path) -> None:
    """If it failed: a store that is moved would forget what somebody decided."""
    store = Store.open(folder / "to", create=True)
    load(store, [folder / "dump.nq"])
    assert facts(store) == facts(Store.open(folder / "from"))
    assert check(store.refreshed()).findings == ()


def test_a_policy_asked_for_holds(folder: Path) -> None:
    """If it failed: `--identity` would be lost where the first file is a dump."""
    store = Store.open(folder / "to", create=True)
    load(store, [folder / "dump.nq"], identity="strict")
    assert decided(store) == [("title", True), ("user", False)]
    assert check(store.refreshed()).findings == ()


@pytest.mark.parametrize("base", ["http://localhost:8000/", "https://graph.example.org/"])
def test_beside_other_sources(folder: Path, base: str) -> None:
    """If it failed: what is recognised would depend on the way a source came, or an undone decision come back."""
    store = Store.open(folder / "to", create=True, base=base)
    load(store, [folder / "c.bib"])
    report = load(store, [folder / "dump.nq"])
    assert decided(store) == [("title", False), ("title", True), ("user", False)]
    assert [file.recognised.get("papers", 0) for file in report.files] == [0, 1]
    assert check(store.refreshed()).findings == ()


def test_a_policy_that_is_not_taken_over_is_told(folder: Path) -> None:
    """If it failed: who kept names apart in a dump would find them joined, and nobody would say why."""
    strict, other = Store.open(folder / "strict", create=True), Store.open(folder / "other", create=True)
    load(strict, [folder / "a.bib", folder / "b.bib"], identity="strict")
    strict.refreshed().engine.dump(str(folder / "strict.nq"), RdfFormat.N_QUADS)
    load(other, [folder / "c.bib"])
    report = load(other.refreshed(), [folder / "strict.nq"])
    assert "made under the policy strict; here names are joined under names" in report.files[0].hint
    assert not any(one.hint for one in load(Store.memory(), [folder / "strict.nq"]).files)
