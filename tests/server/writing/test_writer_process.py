"""The writer as a process: what it says when it starts, and what it refuses to own."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from collegium.graph.errors import (
    StoreBusy,
    StoreDamaged,
    from_facts,
)
from collegium.graph.store import Store
from collegium.graph.versions import SOCKET
from collegium.server.writing import writer as module
from collegium.server.writing.writer import main
from writers import filled, python


@pytest.fixture
def process_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Let `main` run here. Prevents: this process is confined for good, deaf for Ctrl-C, or in another folder."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "confine", lambda: None)
    size = threading.stack_size()
    with open(os.devnull) as ended:
        monkeypatch.setattr(sys, "stdin", ended)
        yield
    threading.stack_size(size)
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_it_says_ready_and_ends_with_its_input(
    store_dir: Path, capsys: pytest.CaptureFixture[str], process_of_its_own: None
) -> None:
    """If it failed: a writer would be left behind when its service is killed."""
    filled(store_dir, 2)
    main(str(store_dir), "http://localhost:8000/", 1.0)
    assert capsys.readouterr().out == "ready\n"
    assert not (store_dir / SOCKET).exists()
    Store.open(store_dir)


def test_a_damaged_store_is_not_owned(
    store_dir: Path, capsys: pytest.CaptureFixture[str], process_of_its_own: None
) -> None:
    """If it failed: the service would answer from a store with rows missing."""
    filled(store_dir, 100)
    log = max((store_dir / "v000001").glob("*.log"), key=lambda path: path.stat().st_size)
    data = log.read_bytes()
    log.write_bytes(data[: len(data) // 2])
    main(str(store_dir), "http://localhost:8000/", 1.0)
    error = from_facts(json.loads(capsys.readouterr().out))
    assert isinstance(error, StoreDamaged)
    assert f"{log.name} has {len(data) // 2:,} bytes, expected {len(data):,}" in error.message
    assert "restore a copy of this folder, or load the files again into a new one" in error.message


def test_a_second_one_names_the_first(
    store_dir: Path, capsys: pytest.CaptureFixture[str], process_of_its_own: None
) -> None:
    """If it failed: two services would write to one store."""
    filled(store_dir)
    holder = python(
        "import os, sys; from pathlib import Path; from collegium.graph.versions import own\n"
        "with own(Path(sys.argv[1]), os.getppid()): print('ready', flush=True); sys.stdin.read()",
        store_dir,
        stdin=-1,
    )
    with holder:
        assert holder.stdout and holder.stdout.readline() == "ready\n"
        main(str(store_dir), "http://localhost:8000/", 1.0)
        assert holder.stdin
        holder.stdin.close()
    error = from_facts(json.loads(capsys.readouterr().out))
    assert isinstance(error, StoreBusy)
    assert f"service of process {os.getpid()} has it (its writer is process {holder.pid})" in error.message
