"""The seal of a version: what damage it finds, what it lets pass, and when it is looked at."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph import versions
from collegium.graph.conformance import check
from collegium.graph.errors import StoreDamaged
from collegium.graph.seal import Seal, read_seal, refuse_damaged, seal_file, seal_of, write_seal
from collegium.graph.store import Store
from collegium.graph.versions import check_sealed

NODE = ox.NamedNode("http://example.org/n")


def add(store: Store, *texts: str) -> Store:
    """Commit a statement for each text and return the newer version."""
    with store.write() as writer:
        writer.engine.extend(ox.Quad(NODE, NODE, ox.Literal(text)) for text in texts)
        writer.changed = True
    return store.refreshed()


def folder_of(store: Store) -> Path:
    assert store.path is not None
    return store.path / f"v{store.version:06}"


def cut(path: Path) -> None:
    """Take the second half of a file away, as a full disk does. What shares the bytes by a hard link keeps them."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


def turn(path: Path) -> None:
    """Turn one bit of a file, as an old disk does."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    path.write_bytes(data)


def largest(store: Store, suffix: str) -> Path:
    return max(folder_of(store).glob(f"*{suffix}"), key=lambda path: path.stat().st_size)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a version's folder of three files, worked by hand. Prevents: the seal is only tried on the engine's."""
    made = tmp_path / "v000001"
    made.mkdir()
    for name, text in (("1.log", "rows"), ("2.sst", "table"), ("CURRENT", "")):
        (made / name).write_text(text)
    return made


def test_a_seal_names_files_sizes_and_digests(folder: Path) -> None:
    """If it failed: a file could be left out and nobody would miss it."""
    for name in ("LOCK", "LOG", "LOG.old.1"):
        (folder / name).write_text("chatter")
    seal = seal_of(folder, 7)
    # blake2b of 16 bytes: b2sum -l 128
    assert dict(seal.files) == {
        "1.log": (4, "f2305e3ea413d261c40604673f9fbe7d"),
        "2.sst": (5, "c19e2b15cd0e99c03f833a9a97ef749d"),
        "CURRENT": (0, "cae66941d9efbd404e4d88758ea67670"),
    }
    assert seal.statements == 7
    assert list(seal.faults(folder)) == []


def test_every_kind_of_damage_is_a_line_of_its_own(folder: Path) -> None:
    """If it failed: whoever repairs the store would not know which file to look at."""
    seal = seal_of(folder, None)
    (folder / "1.log").write_text("row")
    (folder / "2.sst").write_text("fable")
    (folder / "CURRENT").unlink()
    expected = [
        "1.log has 3 bytes, expected 4",
        "2.sst holds other bytes than were written",
        "CURRENT is missing (0 bytes)",
    ]
    assert list(seal.faults(folder)) == expected
    assert list(seal.faults(folder, tables=False)) == [expected[0], expected[2]]


def test_a_seal_is_read_as_it_was_written(folder: Path) -> None:
    """If it failed: a sound store would be refused."""
    for count in (None, 0, 3_000_000_000):
        seal = Seal({"a": (1, "0f"), "ü.sst": (2**40, "")}, count)
        write_seal(folder, seal)
        assert read_seal(folder) == seal


def test_a_store_of_before_there_were_seals_passes(folder: Path) -> None:
    """If it failed: nobody could open the store they have."""
    assert read_seal(folder) is None
    refuse_damaged(folder, tables=True, most_counted=10)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"statements": 1, "fil',
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"files": {}}',
        b'{"files": [], "statements": 1}',
        b'{"files": {"a": [1]}, "statements": 1}',
        b'{"files": {"a": ["x", "y"]}, "statements": 1}',
        b'{"files": {}, "statements": "many"}',
        b'{"files": {}, "statements": [1]}',
    ],
)
def test_a_broken_seal_is_named(folder: Path, content: bytes) -> None:
    """If it failed: the service would end with a traceback that names no file, or take the store for sound."""
    seal_file(folder).write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"v000001\.seal is no seal") as found:
        refuse_damaged(folder)
    assert "restore a copy" in found.value.message and "\n" not in found.value.message


def test_a_table_that_two_versions_share_is_read_once(folder: Path, tmp_path: Path) -> None:
    """If it failed: each small change would read the whole store."""
    former = Seal({"2.sst": (5, "known"), "1.log": (4, "known too")})
    next_one = tmp_path / "v000002"
    next_one.mkdir()
    os.link(folder / "2.sst", next_one / "2.sst")
    os.link(folder / "1.log", next_one / "1.log")
    (next_one / "3.sst").write_text("more")
    files = seal_of(next_one, None, (folder, former)).files
    assert files["2.sst"] == (5, "known"), "not read: the very same file"
    assert files["1.log"][1] != "known too", "a log can grow under the same name"
    assert files["3.sst"] == seal_of(next_one, None).files["3.sst"]


def test_only_the_first_files_are_named(folder: Path) -> None:
    """If it failed: the one line would be a screenful."""
    write_seal(folder, Seal({f"{n}.x": (1, "") for n in range(9)}))
    with pytest.raises(StoreDamaged) as found:
        refuse_damaged(folder)
    assert found.value.reason.startswith(
        "version 1 is not as it was written: 0.x is missing (1 bytes); 1.x is missing (1 bytes); "
        "2.x is missing (1 bytes); 6 more files. What to do: "
    )


def test_each_commit_is_sealed_and_counted(store: Store) -> None:
    """If it failed: damage would be found in some versions only."""
    for number, texts in enumerate((["one"], ["two", "three"]), 1):
        store = add(store, *texts)
        seal = read_seal(folder_of(store))
        assert seal is not None and seal.statements == (1, 3)[number - 1]
        assert set(seal.files) == {p.name for p in folder_of(store).iterdir()} - {"LOCK", "LOG"}
        check_sealed(store.path, store.version, is_full=True)  # type: ignore[arg-type]


def test_reading_breaks_no_seal(store: Store) -> None:
    """If it failed: a service would refuse the store that it served yesterday."""
    store = add(store, "one")
    for _ in range(3):
        assert len(Store.open(store.path).engine) == 1  # type: ignore[arg-type]
    check_sealed(store.path, 1, is_full=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(("suffix", "harm"), [(".log", cut), (".sst", cut), (".log", turn)])
def test_nothing_is_built_on_a_damaged_version(
    store: Store, store_dir: Path, suffix: str, harm: Callable[[Path], None]
) -> None:
    """If it failed: the next version would be made of what is left, and sealed as if it were all."""
    store = add(store, *map(str, range(500)))
    path = largest(store, suffix)
    del store
    harm(path)
    with pytest.raises(StoreDamaged, match=path.name) as found:
        add(Store.open(store_dir), "more")
    assert "load the files again" in found.value.message
    assert json.loads((store_dir / "store.json").read_text())["version"] == 1


def test_a_cut_log_is_found_that_the_engine_does_not_see(store: Store, store_dir: Path) -> None:
    """If it failed: statements would be gone and every answer would look whole."""
    store = add(store, "one")
    log = largest(store, ".log")
    folder = folder_of(store)
    del store
    engine = ox.Store(str(folder))  # as a writer does that was not flushed
    engine.extend([ox.Quad(NODE, NODE, ox.Literal("two"))])
    del engine
    log = max(folder.glob("*.log"), key=lambda path: path.stat().st_size)
    write_seal(folder, seal_of(folder, 2))
    check_sealed(store_dir, 1)
    size = log.stat().st_size
    cut(log)
    assert len(Store.open(store_dir).engine) == 1, "the engine says nothing"
    with pytest.raises(StoreDamaged, match=f"{log.name} has {size // 2:,} bytes, expected {size:,}"):
        check_sealed(store_dir, 1)


def test_a_turned_bit_in_a_table_is_found_by_the_full_check(store: Store, store_dir: Path) -> None:
    """If it failed: `collegium check` would call a broken store sound."""
    store = add(store, *map(str, range(500)))
    table = largest(store, ".sst")
    del store
    turn(table)
    check_sealed(store_dir, 1)
    with pytest.raises(StoreDamaged, match=f"{table.name} holds other bytes"):
        check_sealed(store_dir, 1, is_full=True)
    with pytest.raises(StoreDamaged, match=f"{table.name} holds other bytes"):
        check(Store.open(store_dir))


def test_the_count_is_compared(store: Store, store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: files that are as they were written, and read otherwise, would pass."""
    store = add(store, "one", "two")
    folder = folder_of(store)
    write_seal(folder, Seal(seal_of(folder, None).files, 3))
    told = "v000001 holds 2 statements, expected 3"
    with pytest.raises(StoreDamaged, match=told):
        check_sealed(store_dir, 1)
    monkeypatch.setattr(versions, "_MOST_COUNTED", 2)
    check_sealed(store_dir, 1)
    with pytest.raises(StoreDamaged, match=told):
        check_sealed(store_dir, 1, is_full=True)
    with pytest.raises(StoreDamaged, match=told):
        check(store)


def test_a_version_that_cannot_be_counted_is_damaged(store: Store, store_dir: Path) -> None:
    """If it failed: the engine's error would end the service with a traceback."""
    store = add(store, "one")
    folder = folder_of(store)
    del store
    shutil.rmtree(folder)
    folder.mkdir()
    write_seal(folder, Seal({}, 1))
    with pytest.raises(StoreDamaged, match="v000001 cannot be read"):
        check_sealed(store_dir, 1)


def test_a_large_store_is_not_counted_with_each_small_change(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: an update of one statement would take seconds."""
    monkeypatch.setattr(versions, "_MOST_COUNTED", 2)
    for texts, counted in ((["one"], 1), (["two"], 2), (["three"], None), (["four"], None)):
        store = add(store, *texts)
        seal = read_seal(folder_of(store))
        assert seal is not None and seal.statements == counted
    with store.write() as writer:
        writer.engine.add(ox.Quad(NODE, NODE, NODE))
        writer.changed = writer.is_counted = True
    seal = read_seal(folder_of(store.refreshed()))
    assert seal is not None and seal.statements == 5, "a load goes through the whole anyway"


def test_a_copied_store_is_sound(store: Store, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a backup could not be used."""
    add(add(store, "one"), "two")
    copy = Path(shutil.copytree(store_dir, tmp_path / "copy"))
    check_sealed(copy, 2, is_full=True)
    assert add(Store.open(copy), "three").version == 3
