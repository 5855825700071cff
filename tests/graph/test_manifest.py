"""`store.json`: what it says, when its stamp changes, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collegium.graph.errors import StoreDamaged, StoreTooNew
from collegium.graph.manifest import FORMAT, holds_store, manifest_of, stamp_of, write_manifest

BASE = "http://localhost:8000/"


def test_what_was_committed_is_read(tmp_path: Path) -> None:
    """If it failed: a commit would name another version, or IRIs would get another base."""
    assert not holds_store(tmp_path) and stamp_of(tmp_path) == ()
    write_manifest(tmp_path, BASE, 7)
    found = manifest_of(tmp_path)
    assert (found.base, found.version, found.stamp) == (BASE, 7, stamp_of(tmp_path))
    assert holds_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["store.json"], "nothing is left beside it"


def test_the_stamp_changes_with_each_commit(tmp_path: Path) -> None:
    """If it failed: the service would go on answering from the version before."""
    stamps = set()
    for version in (1, 2, 2, 3):
        write_manifest(tmp_path, BASE, version)
        stamps.add(stamp_of(tmp_path))
        assert stamp_of(tmp_path) == stamp_of(tmp_path), "reading it is no commit"
    assert len(stamps) == 4


def test_a_commit_that_was_killed_is_none(tmp_path: Path) -> None:
    """If it failed: half a manifest would hide the version before."""
    write_manifest(tmp_path, BASE, 1)
    (tmp_path / ".store.json.new").write_text('{"format": 1, "ver')
    assert manifest_of(tmp_path).version == 1
    write_manifest(tmp_path, BASE, 2)
    assert manifest_of(tmp_path).version == 2


@pytest.mark.parametrize(
    "changed", [{"format": "1"}, {"format": None}, {"version": "1"}, {"version": None}, {"base": 1}]
)
def test_each_value_has_its_type(tmp_path: Path, changed: dict[str, object]) -> None:
    """If it failed: a file of somebody else would be taken for ours, and written to."""
    content = {"format": FORMAT, "version": 1, "base": BASE} | changed
    (tmp_path / "store.json").write_text(json.dumps(content))
    with pytest.raises(StoreDamaged, match=r"store\.json"):
        manifest_of(tmp_path)


def test_a_newer_format_is_told_from_damage(tmp_path: Path) -> None:
    """If it failed: the advice would be to restore a copy, where a newer program is needed."""
    (tmp_path / "store.json").write_text(json.dumps({"format": FORMAT + 1, "version": 1, "base": BASE}))
    with pytest.raises(StoreTooNew, match="newer Collegium"):
        manifest_of(tmp_path)


def test_no_manifest_is_damage_for_who_expects_one(tmp_path: Path) -> None:
    """If it failed: a store whose manifest was lost would look empty."""
    with pytest.raises(StoreDamaged, match=r"store\.json"):
        manifest_of(tmp_path)
