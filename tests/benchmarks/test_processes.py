"""Servers of a benchmark: nothing that one starts outlives it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from processes import burning, cpu_s, running, tree

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc, which Linux has")

# Starts a child in a session of its own that ignores the polite signal, then waits.
STUBBORN = (
    "import signal, subprocess, sys, time;"
    "subprocess.Popen([sys.executable, '-c', 'import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)'],"
    " start_new_session=True); time.sleep(60)"
)
BUSY = "while True: pass"


def wait_for_children(pid: int, count: int) -> list[int]:
    end = time.monotonic() + 20
    while len(tree(pid)) <= count and time.monotonic() < end:
        time.sleep(0.02)
    return tree(pid)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_all_that_a_server_started_is_stopped(tmp_path: Path) -> None:
    """If it failed: a benchmark would leave processes behind that slow down the next one."""
    with running([sys.executable, "-c", STUBBORN], {}, tmp_path / "log") as pid:
        started = wait_for_children(pid, 1)
        assert len(started) == 2
    end = time.monotonic() + 5
    while any(map(is_alive, started)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_alive, started))


def test_cpu_is_counted_and_seen_burning(tmp_path: Path) -> None:
    """If it failed: a query that was never stopped would look gone."""
    with running([sys.executable, "-c", BUSY], {}, tmp_path / "log") as pid:
        assert burning(pid, 1.0) > 0.05
        assert cpu_s(pid) > 0
    assert os.getpid() not in tree(pid)
