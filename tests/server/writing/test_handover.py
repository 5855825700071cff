"""Loading into a store that a service owns: by the command line, by Python, interrupted, and refused."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import collegium
from collegium.graph.errors import NotFound, NothingToLoad, StoreBusy, UnreadableFile
from collegium.graph.progress import Place
from collegium.graph.store import Store
from collegium.server.writing import handover
from collegium.server.writing.keeper import Keeper
from commands import on, one_line
from pages import ENTRY, entry, page, put
from writers import INSERT, filled, kept, writer_here

BUSY = StoreBusy("s", "process 1 is writing to it")


@pytest.fixture
def keeper(store_dir: Path) -> Iterator[Keeper]:
    """Return the keeper of a store that a service owns. Prevents: this process, not another, owns the store."""
    filled(store_dir)
    with kept(store_dir) as running:
        yield running


def outcome(store: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Return exit code, output and errors of a command, without what tells two stores apart."""
    result = on(store)(*arguments)
    return (
        result.exit_code,
        result.output.replace(str(store), "STORE"),
        result.stderr.replace(str(store), "STORE"),
    )


def test_a_load_says_the_same_whoever_does_it(
    keeper: Keeper, store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a script would see other paths, counts or exit codes as long as a service runs."""
    alone = tmp_path / "alone"
    filled(alone)
    folder = tmp_path / "files"
    folder.mkdir()
    put(folder, "a.txt", page(ENTRY, entry(title="Another"), announced=5))
    put(folder, "b.txt", page(ENTRY, header="Charles Babbage\n\nCL\nh-index1\n1papers\n1citations\n"))
    put(folder, "odd.bin", "\x00")
    monkeypatch.chdir(tmp_path)
    day = ("--source-date", "2026-01-02")
    for arguments in (
        ("load", "files", *day),
        ("load", "./files/a.txt", "files/*.txt", "files/odd.bin", *day),
        ("load", folder / "b.txt", "--json", *day),
        ("load", "nothing-there"),
        ("load", "files", "--format", "no-format"),
        ("unload", "a.txt"),
        ("unload", "a.txt"),
        ("sources", "--format", "json"),
    ):
        first, second = outcome(store_dir, *arguments), outcome(alone, *arguments)
        if arguments[0] != "sources":
            assert first == second
        else:
            assert [row["id"] for row in json.loads(first[1])] == [row["id"] for row in json.loads(second[1])]


def test_progress_is_shown(keeper: Keeper, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a load of an hour would look as if it hung."""
    for name in ("a.txt", "b.txt"):
        put(tmp_path, name, page(entry(title=name)))
    seen: list[Place] = []
    paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    report = collegium.open(store_dir).load(*paths, progress=lambda news: seen.append(news))
    begun = [(at.path, at.number, at.files) for at in seen if at.stage == "reading"]
    assert begun == [(str(paths[0]), 1, 2), (str(paths[1]), 2, 2)]
    assert [at.stage for at in seen[2:]] == ["linking", "writing", "writing"] and seen[-1].kept == 2
    assert report.version == 2 and report.counts["papers"].new == 2


def test_python_loads_and_unloads(keeper: Keeper, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a notebook could not load while the service runs."""
    graph = collegium.open(store_dir)
    assert graph.load(put(tmp_path, "a.txt", page(ENTRY)), source_date=date(2026, 1, 2)).version == 2
    assert [source.generated_at[:10] for source in graph.sources()] == ["2026-01-02"]
    assert graph.unload("a.txt") == 3
    with pytest.raises(NotFound):
        graph.unload("a.txt")
    with pytest.raises(NothingToLoad):
        graph.load(tmp_path / "none.txt")


def test_standard_input_is_handed_over(keeper: Keeper, store_dir: Path) -> None:
    """If it failed: `… | collegium load -` would work only while no service runs."""
    result = on(store_dir)("load", "-", "--json", stdin=page(ENTRY).encode())
    assert result.exit_code == 0
    assert json.loads(result.output)["counts"]["papers"]["new"] == 1


def test_any_other_writer_is_refused_with_the_process(keeper: Keeper, store_dir: Path) -> None:
    """If it failed: a program that writes by itself would undo what the service writes, or wait for ever."""
    with (
        pytest.raises(StoreBusy, match=f"the service of process {os.getpid()} has it") as found,
        Store.open(store_dir).write(),
    ):
        pass
    assert f"its writer is process {keeper.start().pid}" in found.value.message


def test_without_a_service_the_first_refusal_stands(store_dir: Path) -> None:
    """If it failed: who writes would not be named."""
    store = filled(store_dir)
    for refused in (store, Store.memory()):
        with pytest.raises(StoreBusy, match="process 1 is writing"):
            handover.load(BUSY, refused, ["x"], None, None, None, pairs=True)
        with pytest.raises(StoreBusy, match="process 1 is writing"):
            handover.unload(BUSY, refused, "x", pairs=True)


def test_more_than_a_frame_holds_is_refused(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a very long input would end in a traceback, or be told as the end of the service."""
    store = filled(store_dir)
    text = page(ENTRY).encode()
    monkeypatch.setattr(handover, "LARGEST", len(text))
    with writer_here(store_dir):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text + b"\n")))
        with pytest.raises(UnreadableFile, match=r"found more than 0 MiB .* write it to a file"):
            handover.load(BUSY, store, ["-"], None, None, None, pairs=True)
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(UnreadableFile, match="standard input closed"):
            handover.load(BUSY, store, ["-"], None, None, None, pairs=True)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text)))
        assert handover.load(BUSY, store, ["-"], None, None, None, pairs=True).version == 2


def test_in_one_process_with_the_writer(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: the two halves would not understand each other."""
    store = filled(store_dir)
    path = put(tmp_path, "a.txt", page(ENTRY))
    with writer_here(store_dir):
        report = handover.load(BUSY, store, [path], None, date(2026, 1, 2), None, pairs=True)
        assert report.version == 2 and report.counts["papers"].new == 1
        assert handover.unload(BUSY, store.refreshed(), "a.txt", pairs=False) == 3


def test_ctrl_c_at_a_load_that_was_handed_over(keeper: Keeper, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: "the store is as it was" would be said while the service goes on to load."""
    for number in range(4_000):
        put(tmp_path, f"{number:04}.txt", page(entry(title=f"Paper {number}")))
    command = [sys.executable, "-c", "from collegium.server.cli import main; main()", "load", str(tmp_path)]
    loading = subprocess.Popen([*command, "--store", str(store_dir)], stderr=subprocess.PIPE, text=True)
    with loading:
        while not list(store_dir.glob("v000002")):
            time.sleep(0.05)
        time.sleep(0.3)
        loading.send_signal(signal.SIGINT)
        assert loading.stderr
        said = loading.stderr.read()
    assert (loading.returncode, said.strip()) == (130, "collegium: interrupted; the store is as it was")
    assert Store.open(store_dir).version == 1
    assert keeper.order({"do": "update"}, INSERT) == {"version": 2}, "and the service can write at once"


def test_the_folder_of_the_caller_may_be_closed_to_the_service(
    keeper: Keeper, store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: files of the same name in another folder would be loaded."""
    gone = tmp_path / "gone"
    gone.mkdir()
    put(gone, "a.txt", page(ENTRY))
    monkeypatch.chdir(gone)
    monkeypatch.setattr(os, "getcwd", lambda: str(tmp_path / "not-there-for-the-service"))
    one_line(on(store_dir)("load", "a.txt"), "the service cannot enter this folder")
