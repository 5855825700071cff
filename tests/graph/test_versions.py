"""Who may write the next version: one process at a time, or the one that owns the store."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph import versions
from collegium.graph.errors import StoreBusy, StoreMissing
from collegium.graph.store import Store
from collegium.graph.versions import next_version, own

BASE = "http://localhost:8000/"
NODE = ox.NamedNode("http://example.org/n")
SERVICE = os.getppid()


def commit(path: Path, text: str) -> None:
    with next_version(path, BASE) as writer:
        writer.engine.add(ox.Quad(NODE, NODE, ox.Literal(text)))
        writer.changed = True


def texts(path: Path) -> set[str]:
    found = Store.open(path).engine.quads_for_pattern(None, None, None)
    return {quad.object.value for quad in found}  # type: ignore[union-attr]


def test_the_owner_writes_and_others_are_told_of_the_service(
    store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: two processes would write, or nobody would know which one to stop."""
    commit(store_dir, "one")
    with own(store_dir, SERVICE):
        commit(store_dir, "two")
        monkeypatch.setattr(versions, "_OWNED", {})  # as another process sees it
        told = f"service of process {SERVICE} has it .its writer is process {os.getpid()}.; stop"
        with pytest.raises(StoreBusy, match=told) as found, next_version(store_dir, BASE):
            pass
        assert found.value.holder == str(SERVICE)
        with pytest.raises(StoreBusy, match=told), own(store_dir, 1):
            pass
        monkeypatch.undo()
        commit(store_dir, "three")
    commit(store_dir, "four")
    assert texts(store_dir) == {"one", "two", "three", "four"}


def test_two_threads_of_the_owner_write_one_after_the_other(store_dir: Path) -> None:
    """If it failed: one update would undo another."""
    with own(store_dir, SERVICE):
        threads = [threading.Thread(target=commit, args=(store_dir, str(n))) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert texts(store_dir) == {"0", "1", "2", "3"}


def test_an_owner_of_nothing_leaves_nothing(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a service that could not start would leave an empty store behind."""
    with own(store_dir, SERVICE):
        assert store_dir.is_dir()
    assert not store_dir.exists()
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(StoreMissing, match=r"thesis\.tex"), own(tmp_path, SERVICE):
        pass


@pytest.mark.parametrize("is_made_anew", [True, False])
def test_an_owner_whose_folder_is_gone_writes_no_more(store_dir: Path, is_made_anew: bool) -> None:
    """If it failed: a service would write into a store that another process made in place of its own."""
    commit(store_dir, "old")
    with own(store_dir, SERVICE):
        shutil.rmtree(store_dir)
        if is_made_anew:
            owned = dict(versions._OWNED)
            versions._OWNED.clear()
            commit(store_dir, "new")
            versions._OWNED.update(owned)
        with pytest.raises(StoreBusy, match="removed or replaced"):
            commit(store_dir, "of the service")
    assert not is_made_anew or texts(store_dir) == {"new"}


def test_a_first_write_that_is_refused_leaves_the_lock_of_the_other(
    store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: of two first loads at once the second would take the first one's lock away, for a third."""
    with next_version(store_dir, BASE):
        monkeypatch.setattr(Path, "exists", lambda path: path != store_dir)  # seen just before it was made
        with pytest.raises(StoreBusy, match=f"process {os.getpid()} is writing"):
            commit(store_dir, "second")
        monkeypatch.undo()
        assert (store_dir / "lock").exists()
        with pytest.raises(StoreBusy):
            commit(store_dir, "third")


def test_a_lock_that_was_taken_away_is_not_held(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a process that waited at a removed lock would write beside the one at the new lock."""
    commit(store_dir, "one")

    def locked_late(handle: int) -> bool:
        if (store_dir / "lock").exists() and os.path.samestat(os.fstat(handle), (store_dir / "lock").stat()):
            (store_dir / "lock").unlink()
        return True

    monkeypatch.setattr(versions, "locked", locked_late)
    with pytest.raises(StoreBusy):
        commit(store_dir, "two")
    assert texts(store_dir) == {"one"}


def test_what_a_killed_removal_left_is_removed(store_dir: Path) -> None:
    """If it failed: seals and leases of versions that are gone would pile up."""
    commit(store_dir, "one")
    for name in ("v000000.lease", "v000000.seal", "v000009.seal", "v000008.text.x"):
        (store_dir / name).touch()
    (store_dir / "v000007.derived").mkdir()
    (store_dir / "v000001-of-mine").mkdir()
    commit(store_dir, "two")
    kept = {
        "lock",
        "store.json",
        "v000001-of-mine",
        "v000002",
        "v000002.lease",
        "v000002.seal",
        "v000002.text",
    }
    assert {path.name for path in store_dir.iterdir()} == kept
