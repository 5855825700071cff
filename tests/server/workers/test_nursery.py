"""The nursery's own side: what it does when the kernel or the parent is not there for it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from typing import Any

import pytest

from collegium.server.workers.nursery import _Nursery
from collegium.server.workers.question import WorkLimits
from processes_seen import children, is_there, needs_linux


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
    import time

    end = time.monotonic() + 20
    while any(map(is_there, pids)):
        assert time.monotonic() < end
        time.sleep(0.01)
