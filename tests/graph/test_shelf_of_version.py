"""The shelf of a version: it comes and goes with it."""

from __future__ import annotations

from pathlib import Path

from collegium.graph.shelf import Form
from collegium.graph.store import Store
from collegium.graph.versions import next_version
from version_words import add, quad, words


def shelve(store: Store) -> Path:
    """Put something on the shelf of a version and return the shelf's folder."""
    assert store.shelf is not None
    store.shelf.keep({"kind": "test"}, Form(lambda value: value, lambda value: value), lambda: 1)
    return store.shelf.folder


def test_a_shelf_goes_with_its_version_and_not_before(store: Store, store_dir: Path) -> None:
    """If it failed: the disk would fill with rankings of versions that are gone, or a reader lose its own."""
    add(store, "one")
    reader = Store.open(store_dir)
    first = shelve(reader)
    assert first == store_dir / "v000001.derived"
    add(store, "two")
    assert first.is_dir()
    shelve(Store.open(store_dir))
    with store.write():
        pass  # nobody reads the newest version now; it is no leftover, nor is its shelf
    assert (store_dir / "v000002.derived").is_dir()
    assert words(Store.open(store_dir)) == {"one", "two"}
    del reader
    add(store, "three")
    assert [p.name for p in store_dir.glob("*.derived")] == []


def test_a_new_version_begins_with_an_empty_shelf(store: Store, store_dir: Path) -> None:
    """If it failed: numbers of a store that stood in the folder before would be given for this one."""
    (store_dir / "v000001.derived").mkdir(parents=True)
    (store_dir / "v000001.derived" / "ranking.json").write_text("old")
    with next_version(store_dir, "http://localhost/") as writer:
        writer.engine.add(quad("one"))
        writer.changed = True
    assert not (store_dir / "v000001.derived").exists()


def test_no_shelf_before_the_first_commit(store: Store) -> None:
    """If it failed: a question to an empty store would make a folder."""
    assert store.shelf is None and Store.memory().shelf is None
