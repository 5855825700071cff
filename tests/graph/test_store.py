"""The store on disk and in memory: versions, one writer, readers that keep what they have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph.errors import ParameterError, StoreBusy, StoreDamaged, StoreMissing, StoreTooNew
from collegium.graph.manifest import FORMAT
from collegium.graph.store import Store
from pages import ENTRY, dump, loaded, page, put
from version_words import NAME, add, quad, words


@pytest.fixture(params=["disk", "memory"])
def any_store(request: pytest.FixtureRequest, store: Store) -> Store:
    """Return an empty store of each kind. Prevents: the two behave differently."""
    return store if request.param == "disk" else Store.memory()


def test_an_empty_store_leaves_nothing_on_disk(store: Store, store_dir: Path) -> None:
    """If it failed: asking a question would make a folder."""
    assert (store.version, store.path, words(store)) == (0, store_dir, set())
    assert store.refreshed() is store
    assert not store_dir.exists()


def test_a_commit_is_seen_after_refreshing_only(any_store: Store) -> None:
    """If it failed: a reader would see a store that changes while it reads."""
    before = any_store.refreshed()
    add(any_store, "one")
    seen = before.refreshed()
    assert words(before) == set()
    assert (seen.version, words(seen)) == (1, {"one"})
    add(any_store, "two")
    assert words(seen) == {"one"}
    assert seen.refreshed().version == 2
    assert any_store.refreshed().refreshed().version == 2
    assert words(before.refreshed()) == {"one", "two"}


def test_a_reader_keeps_its_version_while_a_writer_writes(any_store: Store) -> None:
    """If it failed: readers would wait for writers, or see half of what they do."""
    add(any_store, "one")
    reader = any_store.refreshed()
    with reader.write() as writer:
        writer.engine.add(quad("two"))
        writer.changed = True
        assert words(reader.refreshed()) == {"one"}
    assert words(reader) == {"one"}
    assert words(reader.refreshed()) == {"one", "two"}


def test_a_write_that_changes_nothing_makes_no_version(any_store: Store) -> None:
    """If it failed: loading twice would change the version."""
    add(any_store, "one")
    reader = any_store.refreshed()
    with reader.write() as writer:
        assert writer.version == 2
    assert reader.refreshed() is reader


def test_an_exception_leaves_the_old_whole(any_store: Store) -> None:
    """If it failed: an error in the middle of a load would leave half of it."""
    add(any_store, "one")
    reader = any_store.refreshed()
    with pytest.raises(KeyboardInterrupt), reader.write() as writer:
        writer.engine.add(quad("two"))
        writer.engine.remove(quad("one"))
        writer.changed = True
        raise KeyboardInterrupt
    assert words(reader.refreshed()) == {"one"}
    add(reader, "three")
    assert words(reader.refreshed()) == {"one", "three"}


def test_a_first_write_that_fails_leaves_no_trace(store: Store, store_dir: Path) -> None:
    """If it failed: a mistyped load would leave an empty store behind."""
    with pytest.raises(RuntimeError), store.write():
        raise RuntimeError
    with store.write():
        pass
    assert not store_dir.exists()


def test_versions_that_nobody_reads_are_removed(store: Store, store_dir: Path) -> None:
    """If it failed: the disk would fill, or a reader lose its files."""
    add(store, "one")
    reader = Store.open(store_dir)
    add(store, "two")
    add(store, "three")
    assert sorted(p.name for p in store_dir.glob("v[0-9]*") if p.is_dir()) == ["v000001", "v000003"]
    assert words(reader) == {"one"}
    del reader
    add(store, "four")
    kept = sorted(p.name for p in store_dir.iterdir())
    assert kept == ["lock", "store.json", "v000004", "v000004.lease", "v000004.seal", "v000004.text"]


KILLED = """
import os, signal, sys
import pyoxigraph as ox
from collegium.graph.store import Store
node = ox.NamedNode("http://example.org/name")
with Store.open(sys.argv[1], create=True).write() as writer:
    writer.engine.add(ox.Quad(node, node, ox.Literal("killed")))
    writer.engine.flush()
    writer.changed = True
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("is_first", [True, False])
def test_a_writer_that_is_killed_leaves_the_old_whole(
    store_dir: Path, tmp_path: Path, is_first: bool
) -> None:
    """If it failed: a power cut would cost the store, or block it, or leave its waste for ever."""
    first = put(tmp_path, "first.txt", page(ENTRY))
    if not is_first:
        loaded(Store.open(store_dir, create=True), first)
    before = [] if is_first else dump(Store.open(store_dir))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(store_dir)], check=False)
    assert killed.returncode == -9
    assert any(p.is_dir() for p in store_dir.iterdir()), "the leftover that the next writer removes"
    store = Store.open(store_dir, create=True)
    assert dump(store) == before
    assert "killed" not in words(store)
    loaded(store, put(tmp_path, "second.txt", page(ENTRY, ENTRY)))
    after = Store.open(store_dir)
    assert after.version == (1 if is_first else 2)
    assert "killed" not in words(after)
    assert len([p for p in store_dir.iterdir() if p.is_dir()]) <= (1 if is_first else 2)


def test_a_second_writer_is_refused_and_told_who_writes(store: Store, store_dir: Path) -> None:
    """If it failed: two loads at once would lose one of them."""
    with store.write() as writer:
        writer.engine.add(quad("one"))
        writer.changed = True
        with (
            pytest.raises(StoreBusy, match=f"process {os.getpid()} is writing"),
            Store.open(store_dir, create=True).write(),
        ):
            pass
    assert words(store.refreshed()) == {"one"}


def test_two_readers_made_before_a_write_write_one_after_the_other(store: Store, store_dir: Path) -> None:
    """If it failed: a writer that began from an old version would undo the newer one."""
    other = Store.open(store_dir, create=True)
    add(store, "one")
    add(other, "two")
    assert words(other.refreshed()) == {"one", "two"}
    assert other.refreshed().version == 2


def test_the_base_of_an_old_store_is_its_own(store_dir: Path) -> None:
    """If it failed: one store would hold IRIs of two bases."""
    add(Store.open(store_dir, create=True, base="https://graph.example.org/x/"), "one")
    again = Store.open(store_dir, create=True, base="http://localhost:8000/")
    assert again.base == "https://graph.example.org/x/"
    assert again.iri("author", "a") == "https://graph.example.org/x/author/a"
    with again.write() as writer:
        assert writer.base == again.base


@pytest.mark.parametrize(
    "base", ["", "localhost", "ftp://x/", "http://x", "http://x y/", "http://<x>/", 'http://"/']
)
def test_a_base_that_makes_no_addresses_is_refused(base: str) -> None:
    """If it failed: every IRI of the store would be broken."""
    with pytest.raises(ParameterError, match="base: found"):
        Store.memory(base=base)


def test_there_is_no_store_where_none_is(tmp_path: Path) -> None:
    """If it failed: a wrong path would answer with an empty store."""
    with pytest.raises(StoreMissing, match="collegium load PATH"):
        Store.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """If it failed: a store would be made among the user's documents."""
    put(tmp_path, "thesis.tex", "x")
    with pytest.raises(StoreMissing, match=r"thesis\.tex"):
        Store.open(tmp_path, create=True)
    with pytest.raises(StoreMissing, match="found a file"):
        Store.open(tmp_path / "thesis.tex", create=True)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_store_of_a_newer_collegium_is_not_touched(store: Store, store_dir: Path) -> None:
    """If it failed: an old program would damage a new store."""
    add(store, "one")
    manifest = store_dir / "store.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": FORMAT + 1}))
    before = manifest.read_text()
    for create in (True, False):
        with pytest.raises(StoreTooNew, match=f"found format {FORMAT + 1}"):
            Store.open(store_dir, create=create)
    with pytest.raises(StoreTooNew), store.write():
        pass
    assert manifest.read_text() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": 1}',
        b'{"format": 1, "version": "x", "base": "http://x/"}',
        b"\xff\xfe",
    ],
)
def test_a_damaged_manifest_is_named(store: Store, store_dir: Path, content: bytes) -> None:
    """If it failed: the user would see a traceback of ours, or an empty store."""
    add(store, "one")
    (store_dir / "store.json").write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"store\.json"):
        Store.open(store_dir)
    with pytest.raises(StoreDamaged), store.write():
        pass


@pytest.mark.parametrize("left_out", ["v000001", "v000001.lease", "v000001/CURRENT"])
def test_a_missing_version_is_named(store: Store, store_dir: Path, left_out: str) -> None:
    """If it failed: a store that lost files would look empty, or end with a traceback."""
    add(store, "one")
    path = store_dir / left_out
    path.rename(store_dir / "elsewhere")
    with pytest.raises(StoreDamaged, match=r"version 1 (cannot be opened|is not as it was written)"):
        Store.open(store_dir)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """If it failed: a read-only disk would end with a traceback."""
    tmp_path.chmod(0o500)
    try:
        with (
            pytest.raises(StoreBusy, match="cannot be written"),
            Store.open(tmp_path / "s", create=True).write(),
        ):
            pass
    finally:
        tmp_path.chmod(0o700)


def test_iris_are_split_into_kind_and_id(store: Store) -> None:
    """If it failed: a link would lead to the wrong page."""
    assert store.split(store.iri("author", "xingtai-lv")) == ("author", "xingtai-lv")
    assert store.split(store.iri("category", "cs.CL")) == ("category", "cs.CL")
    for other in ("http://example.org/author/x", store.base, store.base + "author/", store.base + "paper/x/a/1-y",
                  store.base + "scheme/arxiv"):  # fmt: skip
        assert store.split(other) is None


def test_rows_are_terms_by_variable(store: Store) -> None:
    """If it failed: our own questions would lose a column, or an unbound one would be missing."""
    add(store, '"} UNION {', "one")
    rows = store.refreshed().select('SELECT ?s ?word ?none { ?s ?p ?word FILTER(STRSTARTS(?word, "\\"")) }')
    assert rows == [{"s": NAME, "word": ox.Literal('"} UNION {'), "none": None}]
