"""What was made is found again, exactly; what is damaged, half-written or too much is not there."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph import shelf as shelves
from collegium.graph.measures.ranking import Ranking, ranked
from collegium.graph.mirror import mirror
from collegium.graph.nodes import Group, Nodes
from collegium.graph.shelf import Form, Shelf
from collegium.graph.shelved import ranking_form
from networks import believed

PLAIN: Form[Any] = Form(lambda value: value, lambda value: value)
KEY = {"kind": "ranking", "measure": "degree", "where": {}}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Return an empty shelf. Prevents: a test finds what another has made."""
    return Shelf(tmp_path / "v000001.derived")


def put(shelf: Shelf, key: dict[str, Any], value: Any) -> Path:
    """Put a value on the shelf and return its file."""
    before = set(shelf.folder.glob("*")) if shelf.folder.exists() else set()
    shelf.keep(key, PLAIN, lambda: value)
    (made,) = set(shelf.folder.glob("*")) - before
    return made


def never() -> Any:
    raise AssertionError("it was made anew")


def test_what_was_made_is_made_once(shelf: Shelf) -> None:
    """If it failed: every worker process would compute the betweenness of the whole network."""
    assert shelf.keep(KEY, PLAIN, lambda: [1, 0.1]) == [1, 0.1]
    assert Shelf(shelf.folder).keep(KEY, PLAIN, never) == [1, 0.1]


def test_a_file_says_what_it_holds(shelf: Shelf) -> None:
    """If it failed: nobody could see what takes the space; or a name from a request could leave the folder."""
    assert put(shelf, KEY, 1).name.startswith("ranking-degree-")
    assert put(shelf, KEY | {"measure": "../../" + "x" * 500}, 1).parent == shelf.folder


@given(st.lists(st.floats(allow_infinity=False) | st.integers(-(2**53), 2**53), max_size=6), st.data())
def test_numbers_come_back_to_the_last_digit(values: list[float], data: st.DataObject) -> None:
    """If it failed: a value would depend on which process made it."""
    found = mirror(believed(*(f"<author/{at}> a foaf:Person ." for at in range(8))))
    ids = data.draw(st.permutations(range(8)))[: len(values)]
    nodes = Nodes((Group("author", found.authors, np.array(sorted(ids), np.int32)),))
    ranking = Ranking(ranked(nodes, np.array(values), {0: ("s", "2026")}), {"measure": "degree"})
    shelf, form = Shelf(Path(os.devnull) / "none"), ranking_form(found)
    read = form.unpack(json.loads(json.dumps(form.pack(ranking))))
    assert read == ranking
    assert [repr(row) for row in read] == [repr(row) for row in ranking]
    assert shelf.keep(KEY, form, lambda: ranking) is ranking


def test_other_keys_are_other_things(shelf: Shelf) -> None:
    """If it failed: a filtered ranking would be shown for the whole."""
    shelf.keep(KEY, PLAIN, lambda: 1)
    for other in ({"measure": "katz"}, {"where": {"category": "cs"}}, {"seed": 1}):
        assert shelf.keep(KEY | other, PLAIN, lambda: 2) == 2


def test_a_new_way_of_making_is_not_answered_by_the_old(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a corrected measure would go on giving wrong numbers until the next load."""
    shelf.keep(KEY, PLAIN, lambda: "old")
    monkeypatch.setattr(shelves, "_makers", lambda: "corrected")
    assert shelf.keep(KEY, PLAIN, lambda: "new") == "new"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"0.5", b"0.6"),
        lambda content: bytes(len(content)),
        lambda content: content.partition(b"\n")[2],
        lambda content: content + b" ",
    ],
)
def test_a_damaged_file_is_made_anew(shelf: Shelf, damage: Any) -> None:
    """If it failed: a power cut would change a number, or end every query with an error."""
    file = put(shelf, KEY, [0.5])
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert shelf.keep(KEY, PLAIN, lambda: [0.5]) == [0.5]
    assert file.read_bytes() == whole


def test_a_file_under_a_wrong_name_is_not_believed(shelf: Shelf) -> None:
    """If it failed: a file that was moved or copied would answer for another measure."""
    one, other = put(shelf, KEY, "one"), put(shelf, KEY | {"measure": "katz"}, "other")
    other.write_bytes(one.read_bytes())
    assert shelf.keep(KEY | {"measure": "katz"}, PLAIN, lambda: "made") == "made"


@pytest.mark.parametrize("place", ["file/shelf", "missing/shelf"])
def test_without_a_shelf_things_are_made(tmp_path: Path, place: str) -> None:
    """If it failed: a store on a disk that is full or read-only could not be asked."""
    (tmp_path / "file").write_text("")
    assert Shelf(tmp_path / place).keep(KEY, PLAIN, lambda: 1) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_an_error_leaves_nothing(shelf: Shelf) -> None:
    """If it failed: a measure that does not converge would leave a file."""

    def fails() -> Any:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        shelf.keep(KEY, PLAIN, fails)
    assert not shelf.folder.exists()


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    """If it failed: a stranger who asks for ever new filters would fill the disk, or push out what all use."""
    shelf = Shelf(tmp_path / "shelf", most_files=3)
    files = [put(shelf, KEY | {"seed": at}, at) for at in range(3)]
    for at, file in enumerate(files):
        os.utime(file, (at, at))
    shelf.keep(KEY | {"seed": 0}, PLAIN, never)  # used: no longer the oldest
    shelf.keep(KEY | {"seed": 3}, PLAIN, lambda: 3)
    assert [file.exists() for file in files] == [True, False, True]
    assert len(list(shelf.folder.iterdir())) == 3


def test_the_oldest_go_when_they_are_too_large(tmp_path: Path) -> None:
    """If it failed: 256 rankings of a large store would fill the disk."""
    shelf = Shelf(tmp_path / "shelf", most_bytes=10_000)
    for at in range(5):
        shelf.keep(KEY | {"seed": at}, PLAIN, lambda: "x" * 4000)
    assert sum(file.stat().st_size for file in shelf.folder.iterdir()) <= 10_000
    assert len(list(shelf.folder.iterdir())) == 2
    assert shelf.keep(KEY, PLAIN, lambda: "x" * 20_000) == "x" * 20_000
    assert len(list(shelf.folder.iterdir())) == 2


WRITER = """
import os, signal, sys
from pathlib import Path
from collegium.graph import shelf
Path.rename = lambda *names: os.kill(os.getpid(), signal.SIGKILL)
form = shelf.Form(lambda value: value, lambda value: value)
shelf.Shelf(Path(sys.argv[1])).keep({"kind": "ranking", "measure": "degree", "where": {}}, form, lambda: "x" * 100)
"""


def test_a_writer_that_is_killed_leaves_nothing_that_is_read(shelf: Shelf) -> None:
    """If it failed: the time limit of a query would leave half a ranking, or files that nobody ever removes."""
    done = subprocess.run([sys.executable, "-c", WRITER, str(shelf.folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = shelf.folder.iterdir()
    assert left.suffix == ".new"
    assert shelf.keep(KEY, PLAIN, lambda: "made") == "made"
    assert [file.suffix for file in shelf.folder.iterdir()] == [".json"]


def test_a_writer_at_work_is_left_alone(shelf: Shelf) -> None:
    """If it failed: of two workers that put things there, one would take the other's away."""
    shelf.folder.mkdir()
    new = shelf.folder / "ranking.json.1-1.new"
    with new.open("wb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        shelf.keep(KEY, PLAIN, lambda: 1)
        assert new.exists()
    shelf.keep(KEY | {"seed": 2}, PLAIN, lambda: 1)
    assert not new.exists()
