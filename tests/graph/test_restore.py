"""Dumps put back: an empty store becomes equal, others get the sources that they lack; a broken dump gives nothing."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.graph.conformance import check
from collegium.graph.errors import UnreadableFile
from collegium.graph.load import load, unload
from collegium.graph.report import Count
from collegium.graph.store import Store
from collegium.graph.vocabulary import PREFIXES
from pages import NOON, entry, loaded, page, put
from strategies import pages as any_pages

TWO = page(
    entry(), entry(heading="LGMay 18Code", title="Another", authors="Ada Lovelace, Mary Somerville · eth")
)
OTHER = page(
    entry(authors="Charles Babbage, Ada Lovelace, Mary Somerville · eth"),
    header="Mary Somerville\n\nCL\nh-index5\n",
)
CK = PREFIXES["ck"]


def lines(store: Store) -> list[bytes]:
    """Return all statements of the newest version, sorted."""
    dumped = store.refreshed().engine.dump(format=ox.RdfFormat.N_QUADS) or b""
    return sorted(dumped.splitlines())


def dumped(store: Store, folder: Path, keep: str = "") -> Path:
    """Write a dump; of its lines only those that a pattern does not find."""
    kept = [line for line in lines(store) if not (keep and re.search(keep.encode(), line))]
    file = folder / "dump.nq"
    file.write_bytes(b"".join(line + b"\n" for line in kept))
    return file


@pytest.fixture
def two(tmp_path: Path) -> Store:
    """Return a store of two pages that share a paper. Prevents: dumps of one source alone are tested."""
    store = Store.memory()
    loaded(store, put(tmp_path, "ada.txt", TWO), put(tmp_path, "mary.txt", OTHER))
    return store.refreshed()


def test_an_empty_store_becomes_equal(two: Store, store: Store, tmp_path: Path) -> None:
    """If it failed: a store could not be carried from one place to another."""
    report = load(store, [dumped(two, tmp_path)])
    assert lines(store) == lines(two)
    assert [f.reader for f in report.files] == ["profile_page", "profile_page"]
    assert report.counts["papers"] == Count(new=2, merged=1) and report.exit_code == 0
    assert [f.cut_lists for f in report.files] == [1, 0]
    assert check(store.refreshed()).conforms


def test_statements_that_somebody_wrote_come_along(two: Store, store: Store, tmp_path: Path) -> None:
    """If it failed: what was added by SPARQL, also in graphs of its own, would be lost on the way."""
    more = b"_:note <a:says> <http://h/x> .\n<a:b> <a:c> _:note <http://h/mine> .\n<a:b> <a:c> '1' _:g .\n"
    file = dumped(two, tmp_path)
    file.write_bytes(file.read_bytes() + more.replace(b"'", b'"'))
    load(store, [file])
    assert set(lines(store)) == set(file.read_bytes().splitlines())


def test_a_second_time_changes_nothing(two: Store, store: Store, tmp_path: Path) -> None:
    """If it failed: putting a dump back twice would make a version of nothing, or double sources."""
    file = dumped(two, tmp_path)
    load(store, [file])
    report = load(store, [file])
    assert report.version == store.refreshed().version == 1
    assert all(f.is_unchanged for f in report.files)
    assert report.counts["papers"] == Count(unchanged=3)


def test_the_sources_that_are_missing_are_added_to_others(two: Store, tmp_path: Path) -> None:
    """If it failed: what comes by a dump would differ from what comes by the files, or a paper stay cut."""
    here = Store.memory()
    loaded(here, tmp_path / "ada.txt")
    report = load(here, [dumped(two, tmp_path)])
    assert lines(here) == lines(two)
    assert [f.is_unchanged for f in report.files] == [True, False]
    assert report.counts["papers"] == Count(merged=1, unchanged=2)


def test_a_source_that_is_here_stays_as_it_is(two: Store, tmp_path: Path) -> None:
    """If it failed: belief would hold two times of one source, with no claim behind one of them."""
    here = Store.memory()
    loaded(here, tmp_path / "ada.txt", source_date=None)
    before = {line for line in lines(here) if b"/source/ada-" in line and b"/void" not in line}
    load(here, [dumped(two, tmp_path)])
    assert before <= set(lines(here)) and check(here.refreshed()).conforms
    assert not [line for line in lines(here) if b"/source/ada-" in line and b"2026-11-23T00:00" in line]


def test_another_base_is_rewritten(two: Store, tmp_path: Path) -> None:
    """If it failed: a dump of another address would bring links that lead nowhere."""
    here, wanted = Store.memory(base="https://example.org/k/"), Store.memory(base="https://example.org/k/")
    load(here, [dumped(two, tmp_path)])
    loaded(wanted, tmp_path / "ada.txt", tmp_path / "mary.txt")
    assert lines(here) == lines(wanted)


def test_a_rehearsal_tells_the_same_and_writes_nothing(two: Store, store: Store, tmp_path: Path) -> None:
    """If it failed: a trial would change the store, or promise something else than what then happens."""
    file = dumped(two, tmp_path)
    for _ in range(2):
        before = lines(store)
        told = load(store.refreshed(), [file], dry_run=True)
        assert lines(store) == before
        done = load(store.refreshed(), [file])
        assert (told.counts, [f.is_unchanged for f in told.files]) == (
            done.counts,
            [f.is_unchanged for f in done.files],
        )
    here = Store.memory()
    loaded(here, tmp_path / "ada.txt")
    assert load(here, [file], dry_run=True).counts == load(here, [file]).counts


def test_after_a_dump_comes_a_file(two: Store, store: Store, tmp_path: Path) -> None:
    """If it failed: pairs and counts would stay those of the dump."""
    loaded(store, dumped(two, tmp_path), put(tmp_path, "new.txt", page(entry(title="New"))))
    wanted = Store.memory()
    loaded(wanted, tmp_path / "ada.txt", tmp_path / "mary.txt", tmp_path / "new.txt")
    assert lines(store) == lines(wanted)


def test_a_store_that_was_emptied_is_empty(two: Store, store: Store, tmp_path: Path) -> None:
    """If it failed: the description of nothing would keep a dump from being put back as it was."""
    loaded(store, tmp_path / "ada.txt")
    unload(store.refreshed(), next(s.subject for s in sources_of(store)))
    load(store.refreshed(), [dumped(two, tmp_path)])
    assert lines(store) == lines(two)


def sources_of(store: Store) -> list[ox.Quad]:
    """Return the statements by which sources name themselves."""
    cls = ox.NamedNode(CK + "Source")
    return list(store.refreshed().engine.quads_for_pattern(None, None, cls, ox.DefaultGraph()))


BROKEN = {
    "claims": r"<\S+/source/mary-[0-9a-f]{8}> \.$",
    "claims on": r"<\S+/paper/another-\S* .*/source/ada-[0-9a-f]{8}> \.$",
    "provenance": r"/source/mary-[0-9a-f]{8}/provenance> \.$",
    "belief": r"<\S+/source/mary-[0-9a-f]{8}> <\S+> \S+ \.$",
    "description": r"ns#sha256> .*/source/mary-[0-9a-f]{8}> \.$",
    "time and size": r"ns#loadedAt> .*/source/mary-",
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("is_filled", [False, True])
def test_a_dump_that_lacks_something_is_refused_whole(
    two: Store, store: Store, tmp_path: Path, what: str, is_filled: bool
) -> None:
    """If it failed: half of a dump would be taken for the whole."""
    file = dumped(two, tmp_path, BROKEN[what])
    if is_filled:
        loaded(store, put(tmp_path, "new.txt", page(entry(title="New"))))
    before = lines(store)
    report = load(store.refreshed(), [file])
    (error,) = report.failures
    assert isinstance(error, UnreadableFile) and f"lacks the {what} of source" in error.message.replace(
        "claims on http://localhost:8000/paper/another-", "claims on of source "
    )
    assert "\n" not in error.message and report.exit_code == 2
    assert lines(store) == before


@pytest.mark.parametrize("is_filled", [False, True])
def test_a_dump_that_breaks_off_keeps_no_other_file_out(
    two: Store, store: Store, tmp_path: Path, is_filled: bool
) -> None:
    """If it failed: a broken download would be half loaded, or take good files with it."""
    file = dumped(two, tmp_path)
    file.write_bytes(file.read_bytes()[:-20])
    if is_filled:
        loaded(store, put(tmp_path, "new.txt", page(entry(title="New"))))
    report = load(store.refreshed(), [file, tmp_path / "ada.txt"], now=lambda: NOON)
    (error,) = report.failures
    assert error.line == len(lines(two)) and "breaks off or is damaged" in error.message
    assert len(report.files) == 1 and check(store.refreshed()).conforms


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_packed_dump_is_put_back_or_refused_where_it_breaks_off(
    two: Store, store: Store, tmp_path: Path, share: float
) -> None:
    """If it failed: what the service gives out could not be loaded, or half of it would be."""
    content = two.engine.dump(format=ox.RdfFormat.N_QUADS) or b""
    packed = gzip.compress(content)
    report = load(store, [put(tmp_path, "cut.nq.gz", packed[: int(len(packed) * share)])])
    assert [f.message.count("\n") for f in report.failures] == [0] and not report.files
    load(store, [put(tmp_path, "dump.nq.gz", packed)])
    assert lines(store) == lines(two)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_pages(), min_size=1, max_size=3), st.integers(0, 2))
def test_any_pages_come_back_the_same(
    tmp_path: Path, found: list[tuple[str, object, str]], here: int
) -> None:
    """If it failed: some text or date would not survive a dump."""
    files = [put(tmp_path, f"{at}.txt", text) for at, (_, _, text) in enumerate(found)]
    store, other = Store.memory(), Store.memory()
    loaded(store, *files)
    if files[:here]:
        loaded(other, *files[:here])
    load(other, [dumped(store, tmp_path)])
    assert lines(other) == lines(store)
