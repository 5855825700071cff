"""Loads of many files: committed step by step where they take long, gone on with after an end; and rehearsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.graph.errors import NothingToLoad, StoreBusy, StoreUnwritable
from collegium.graph.load import load
from collegium.graph.progress import Place
from collegium.graph.report import LoadReport
from collegium.graph.store import Store
from pages import NOON, dump, entry, loaded, page, put


def pages_in(folder: Path, names: str = "abc") -> list[Path]:
    """Write a page a name, all by one author with one paper in common."""
    return [put(folder, f"{n}.txt", page(entry(), entry(title=f"Paper {n.upper()}"))) for n in names]


def stepwise(store: Store, *paths: Path, **options: object) -> LoadReport:
    return load(store, paths, now=lambda: NOON, step_s=0, **options)  # type: ignore[arg-type]


def test_steps_give_what_one_step_gives(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a load that takes longer than a minute would end in another store."""
    paths = pages_in(tmp_path)
    whole, steps = Store.open(store_dir / "one", create=True), Store.open(store_dir / "many", create=True)
    report = load(whole, paths, now=lambda: NOON)
    stepped = stepwise(steps, *paths)
    assert (report.version, stepped.version) == (1, 3)
    assert dump(whole) == dump(steps)
    assert (report.files, report.counts) == (stepped.files, stepped.counts)


def test_a_load_that_was_interrupted_goes_on_where_it_was(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a folder of a thousand files would be read from the start each time."""
    paths, store = pages_in(tmp_path), Store.open(store_dir, create=True)
    last = Place()

    def interrupt(place: Place) -> None:
        nonlocal last
        last = place
        if place.number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stepwise(store, *paths, progress=interrupt)
    assert (store.refreshed().version, last.kept) == (2, 2)
    again = stepwise(store, *paths)
    assert [file.is_unchanged for file in again.files] == [True, True, False]
    fresh = Store.memory()
    loaded(fresh, *paths, source_date=None)
    assert dump(store) == dump(fresh)


def test_a_short_load_that_was_interrupted_leaves_nothing(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: Ctrl-C would leave half of what was asked for."""
    paths, store = pages_in(tmp_path), Store.open(store_dir, create=True)

    def interrupt(place: Place) -> None:
        if place.stage == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(store, paths, progress=interrupt)
    assert not store_dir.exists()


def test_nobody_writes_between_two_steps(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a long load would end halfway with "another process is writing"."""
    paths, store = pages_in(tmp_path), Store.open(store_dir, create=True)
    lock = store_dir / "lock"
    seen = set()

    def look(place: Place) -> None:
        if place.kept and place.stage == "reading":
            from collegium.graph.locks import locked

            with lock.open() as other:
                seen.add(locked(other.fileno()))

    stepwise(store, *paths, progress=look)
    assert seen == {False}
    with store.refreshed().write():
        pass


def test_what_cannot_be_read_does_not_end_a_step(store: Store, tmp_path: Path) -> None:
    """If it failed: failures would be told once a step, or the steps behind them be left out."""
    a, b, c = pages_in(tmp_path)
    bad = put(tmp_path, "bad.bin", b"\0\1")
    report = stepwise(store, a, bad, b, bad, c)
    assert [Path(file.path).name for file in report.files] == ["a.txt", "b.txt", "c.txt"]
    assert len(report.failures) == 2
    assert store.refreshed().version == report.version == 3


def test_a_rehearsal_reports_what_the_load_does(store: Store, tmp_path: Path) -> None:
    """If it failed: --dry-run would promise something else."""
    a, b, c = pages_in(tmp_path)
    odd = put(tmp_path, "odd.txt", page(entry(), "CLNov 21, 2023\n", announced=5))
    loaded(store, a)
    before = dump(store)
    paths = [a, b, c, odd, put(tmp_path, "bad.bin", b"\0\1")]
    rehearsed = load(store, paths, now=lambda: NOON, dry_run=True)
    assert dump(store) == before
    done = load(store, paths, now=lambda: NOON)
    assert (rehearsed.is_rehearsed, done.is_rehearsed) == (True, False)
    assert rehearsed.files == done.files
    assert rehearsed.counts == done.counts
    assert [e.message for e in rehearsed.failures] == [e.message for e in done.failures]
    assert rehearsed.exit_code == done.exit_code == 1


def test_a_rehearsal_needs_no_store_and_no_right_to_write(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a load could not be tried while a service owns the store, or would make a store."""
    paths = pages_in(tmp_path)
    store = Store.open(store_dir, create=True)
    assert load(store, paths, dry_run=True).counts["papers"].new == 4
    assert not store_dir.exists()
    loaded(store, paths[0])
    from collegium.graph.locks import locked

    with (store_dir / "lock").open("r+") as other:
        assert locked(other.fileno())
        with pytest.raises(StoreBusy):
            load(store.refreshed(), paths)
        assert load(store.refreshed(), paths, dry_run=True).counts["papers"].new == 2


def test_a_rehearsal_of_nothing_says_so(store: Store, tmp_path: Path) -> None:
    """If it failed: a folder without a file that can be read would look like a good load."""
    (tmp_path / "empty").mkdir()
    put(tmp_path / "empty", "notes.md", "# Notes\n")
    with pytest.raises(NothingToLoad):
        load(store, [tmp_path / "empty"], dry_run=True)


@pytest.mark.parametrize("stage", ["reading", "linking", "writing"])
def test_a_full_disk_leaves_the_store_as_it_was(store_dir: Path, tmp_path: Path, stage: str) -> None:
    """If it failed: half of a file would be committed, or the file be blamed."""
    a, b, _ = pages_in(tmp_path)
    store = Store.open(store_dir, create=True)
    loaded(store, a)
    before = dump(store)

    def full(place: Place) -> None:
        if place.stage == stage:
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreUnwritable, match="its disk is full; it is as it was") as caught:
        load(store, [b], progress=full)
    assert caught.value.is_full
    assert dump(store) == before
    assert load(store, [b]).version == 2
