"""A service that was killed leaves a writer that ends what it has begun; the next start waits for it, not for ever."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from collegium.graph import locks
from collegium.graph.errors import StoreBusy
from collegium.graph.versions import orphan_of, own
from collegium.server import serving
from collegium.server.config import Settings
from served import TOKEN, Served, served
from writers import ENDLESS, X, filled, python

# Writes for a parent that ends at once, until it is killed.
ORPHAN = """
import os, sys, time
from pathlib import Path
from collegium.graph.versions import own
if os.fork() == 0:
    with own(Path(sys.argv[1]), os.getppid()):
        print("owned", flush=True)
        time.sleep(120)
else:
    sys.stdin.read()
"""


@contextlib.contextmanager
def writer_without_service(store: Path) -> Iterator[int]:
    """Yield the number of a process that owns a store, whose parent was killed."""
    with python(ORPHAN, store) as parent:
        assert parent.stdout is not None and parent.stdout.readline() == "owned\n"
        assert orphan_of(store) is None, "its parent lives"
        parent.kill()
        parent.wait()
        writer = int((store / "lock").read_text().split()[0])
        try:
            yield writer
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(writer, signal.SIGKILL)


def killed_while_it_updates(service: Served, text: str, after_s: float) -> None:
    """Kill the web process of a service some time after it was given an update."""

    def sent() -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            service.update(text)

    sender = threading.Thread(target=sent)
    sender.start()
    time.sleep(after_s)
    service.process.kill()
    service.process.wait()
    sender.join()


def test_a_start_waits_for_the_change_of_a_killed_service(tmp_path: Path) -> None:
    """If it failed: whoever restarts a service that was killed (systemd does at once) would be refused."""
    store = tmp_path / "store"
    filled(store, 60)
    with served(store, token=TOKEN, update_seconds="4") as first:
        killed_while_it_updates(first, ENDLESS.decode(), after_s=1)
        assert orphan_of(store) is not None, "else the test shows nothing"
        # Within: the orphan holds what the first one printed to, and that is read to its end.
        with served(store, token=TOKEN) as second:
            assert any("ends a change for a service that is gone; waiting" in line for line in second.said)
            assert orphan_of(store) is None
            assert second.update(f"INSERT DATA {{ <{X}b> <{X}p> 1 }}").status == 204


def test_a_change_that_a_killed_service_began_is_there(tmp_path: Path) -> None:
    """If it failed: the next service would begin from the version before it, and the change be lost."""
    store = tmp_path / "store"
    filled(store, 600)
    # 600 times 600 statements: long enough to be killed in.
    text = f"INSERT {{ ?a <{X}q> ?n }} WHERE {{ ?a <{X}p> ?m . ?b <{X}p> ?n }}"
    with served(store, token=TOKEN) as first:
        killed_while_it_updates(first, text, after_s=0.3)
        assert orphan_of(store) is not None, "else the test shows nothing"
        with served(store, token=TOKEN) as second:
            answer = second.query(f"SELECT (COUNT(*) AS ?n) {{ ?s <{X}q> ?o }}", Accept="text/csv")
            assert answer.body.split() == [b"n", b"360000"]


def test_a_start_does_not_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If it failed: a start would hang, or the refusal speak of a service that nobody can stop."""
    store = tmp_path / "store"
    filled(store)
    monkeypatch.setattr(serving, "_ORPHAN_S", 0.5)
    monkeypatch.setattr(serving, "_SILENCE_S", 0.1)
    with writer_without_service(store) as writer:
        assert orphan_of(store) == writer
        began = time.monotonic()
        serving._await_orphan(store)
        assert time.monotonic() - began >= 0.5
        assert f"process {writer} ends a change" in capsys.readouterr().err
        told = f"has ended, but its writer .process {writer}. still carries out a change; wait"
        with pytest.raises(StoreBusy, match=told), own(store, 1):
            pass
        with pytest.raises(StoreBusy, match=told):
            serving.serve(Settings(store=store, port=0))
    # A killed process lets go of its locks when the system has cleared it away, which nobody here can wait for.
    until = time.monotonic() + 20
    while orphan_of(store) and time.monotonic() < until:
        time.sleep(0.02)
    assert orphan_of(store) is None


def test_a_living_service_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If it failed: each refusal would take 20 s, or a service lose its store."""
    store = tmp_path / "store"
    filled(store)
    with served(store) as service:
        assert orphan_of(store) is None
        serving._await_orphan(store)
        assert capsys.readouterr().err == ""
        told = f"the service of process {service.process.pid} has it"
        with pytest.raises(StoreBusy, match=told), own(store, 1):
            pass
        monkeypatch.setattr(locks, "_PROCESSES", tmp_path)  # a system without /proc
        assert orphan_of(store) is None
    (store / "lock").write_text(f"{os.getpid()} {service.process.pid}")
    assert orphan_of(store) is None, "nobody holds it"


def test_without_proc_the_service_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: on macOS a start would be refused as before."""
    store = tmp_path / "store"
    filled(store)
    monkeypatch.setattr(locks, "_PROCESSES", tmp_path)
    with writer_without_service(store) as writer:
        assert orphan_of(store) == writer

        def forbidden(*_: int) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "kill", forbidden)  # the number is now that of somebody else's process
        assert orphan_of(store) is None
        monkeypatch.undo()


@pytest.mark.parametrize("written", ["", "4711", "x 1", "99999999 1", " 4711"])
def test_a_lock_that_tells_of_no_service_has_no_orphan(tmp_path: Path, written: str) -> None:
    """If it failed: a start would wait for a load, or end in a traceback."""
    assert orphan_of(tmp_path) is None, "no lock at all"
    (tmp_path / "lock").write_text(written)
    assert orphan_of(tmp_path) is None
    assert not locks._is_orphan(written)
