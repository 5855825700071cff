"""The nursery's own side: what it does when the kernel or the parent is not there for it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from collegium.server.workers.nursery import _Nursery
from collegium.server.workers.question import WorkLimits
from processes_seen import PATIENCE_S, children, is_there, needs_linux, niceness


def test_no_process_left_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a machine that is full would lose its nursery, and all workers that run."""

    def none_left() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", none_left)
    ours, theirs = socket.socketpair()
    one, other = socket.socketpair()
    with ours, theirs, one:
        nursery = _Nursery(theirs, -1, WorkLimits())
        with other:
            socket.send_fds(ours, [b"spawn 7\nkill 8\n"], [other.fileno()])
        assert nursery._obey()
        assert json.loads(ours.recv(100)) == {"number": 7, "what": "failed", "signal": None}
        assert one.recv(1) == b"", "the channel was not closed"
        ours.close()
        assert not nursery._obey()


@needs_linux
def test_orders_are_done_and_news_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: an order would reach another worker than it names, or an end not be told."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> int:  # in place of fork: what is in this process is no nursery's to share
        command = [sys.executable, "-c", "import time; time.sleep(60)"]
        started.append(subprocess.Popen(command, process_group=0))
        return started[-1].pid

    monkeypatch.setattr(os, "fork", start)
    ours, theirs = socket.socketpair()
    reading, writing = os.pipe()
    nursery = _Nursery(theirs, reading, WorkLimits())
    thread = threading.Thread(target=nursery.run)
    thread.start()
    with ours, theirs, ours.makefile("rb") as news:

        def told() -> dict[str, Any]:
            return dict(json.loads(news.readline()))

        for number in (7, 8, 9):
            one, other = socket.socketpair()
            with one, other:
                socket.send_fds(ours, [f"spawn {number}\n".encode()], [other.fileno()])
                assert told() == {"number": number, "what": "spawned", "pid": started[-1].pid}
        first, second, third = (process.pid for process in started)
        ours.sendall(b"yield 8\nkill 7\nkill 99\n")
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert niceness(second) == {19} and niceness(third) == {0}
        os.write(writing, b"\0")  # as the kernel's signal does
        assert told() == {"number": 7, "what": "ended", "signal": 9, "code": None}
        ours.sendall(b"kill 7\n")
        ours.shutdown(socket.SHUT_WR)
        thread.join(20)
    for handle in (reading, writing):
        os.close(handle)
    for process in started:
        process.returncode = -9  # buried by the nursery
    assert not thread.is_alive() and not any(map(is_there, [first, second, third]))


@needs_linux
@pytest.mark.parametrize("word", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_its_parent(word: signal.Signals) -> None:
    """If it failed: a service that is killed would leave its workers."""
    code = """
import socket, subprocess, sys, time
ours, theirs = socket.socketpair()
from collegium.server.workers.question import WorkLimits
nursery = [sys.executable, "-m", "collegium.server.workers.nursery", str(theirs.fileno()), WorkLimits().to_json()]
process = subprocess.Popen(nursery, pass_fds=[theirs.fileno()])
one, other = socket.socketpair()
socket.send_fds(ours, [b"spawn 1\\n"], [other.fileno()])
print(process.pid, ours.recv(100).decode(), flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid, _, news = parent.stdout.readline().partition(" ")
        found: dict[str, Any] = json.loads(news)
        assert found["what"] == "spawned" and found["number"] == 1
        assert children(int(pid)) == [found["pid"]]
        parent.send_signal(word)
    _gone([int(pid), found["pid"]])


def _gone(pids: list[int]) -> None:
    end = time.monotonic() + PATIENCE_S
    while any(map(is_there, pids)):
        assert time.monotonic() < end
        time.sleep(0.01)
