"""Loads that are ended from outside: Ctrl-C, SIGTERM, kill -9, a disk that is full. Real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.store import Store
from pages import put

pytestmark = pytest.mark.slow
WHOLE = 1_500  # papers of the file that is loaded when the end comes
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from collegium.server.cli import main
main(["load", "--store", sys.argv[1], sys.argv[2]])
"""


def table(rows: int, tag: str) -> str:
    """Return a table of papers with two authors each."""
    lines = (f"{tag} {at},Ada L{at} Lovelace; Charles B{at % 97} Babbage,2020\n" for at in range(rows))
    return "title,authors,year\n" + "".join(lines)


@pytest.fixture
def old(store_dir: Path, tmp_path: Path) -> Path:
    """Return a store that holds one small file. Prevents: nothing and the old state look the same."""
    assert whole(store_dir, put(tmp_path, "old.csv", table(3, "Old")))[0] == 0
    return store_dir


def begun(store: Path, *paths: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "collegium.server.cli", "load", "--store", str(store), "--json"]
    return subprocess.Popen(
        [*command, *map(str, paths)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def whole(store: Path, *paths: Path) -> tuple[int, Any]:
    """Return the exit code and the report of a load that nobody ends."""
    process = begun(store, *paths)
    told, _ = process.communicate(timeout=120)
    return process.returncode, json.loads(told)


def papers_in(store: Path) -> int:
    rows = Store.open(store).select("SELECT (COUNT(*) AS ?n) { ?p a soa:Work }")
    assert rows[0]["n"] is not None
    return int(rows[0]["n"].value)


def when(store: Path, name: str) -> Callable[[], bool]:
    """Return whether a file of the next version is there: a moment that is the same on every machine."""
    return lambda: any(store.glob(name))


def ended(store: Path, path: Path, number: signal.Signals, moment: Callable[[], bool]) -> tuple[int, str]:
    process = begun(store, path)
    until = time.monotonic() + 60
    while not moment() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(number)
    _, told = process.communicate(timeout=120)
    return process.returncode, told


MOMENTS = {"begun": "v000002", "index": "v000002.text", "seal": "v000002.seal"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_one_line_and_leaves_the_store(
    old: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """If it failed: Ctrl-C would end in a traceback, in half a load, or in a wrong word on what the store holds."""
    path = put(tmp_path, "new.csv", table(WHOLE, "New"))
    code, told = ended(old, path, number, when(old, MOMENTS["begun"]))
    assert (code, told) == (130, "collegium: interrupted; the store is as it was\n")
    assert papers_in(old) == 3
    assert not [file.name for file in old.iterdir() if file.name.startswith("v000002")]


@pytest.mark.parametrize(
    ("moment", "later_s"), [("begun", 0.0), ("begun", 0.3), ("index", 0.0), ("index", 0.05), ("seal", 0.0)]
)
def test_a_killed_load_leaves_old_or_new(old: Path, tmp_path: Path, moment: str, later_s: float) -> None:
    """If it failed: a power cut would leave a store that is half a load, or none."""
    path = put(tmp_path, "new.csv", table(WHOLE, "New"))

    def reached() -> bool:
        there = when(old, MOMENTS[moment])()
        if there:
            time.sleep(later_s)
        return there

    ended(old, path, signal.SIGKILL, reached)
    version = json.loads((old / "store.json").read_text())["version"]
    assert papers_in(old) == {1: 3, 2: 3 + WHOLE}[version]
    code, told = whole(old, path)
    assert (code, told["version"], papers_in(old)) == (0, 2, 3 + WHOLE)
    assert told["files"][0]["unchanged"] is (version == 2)


def test_a_store_that_can_grow_no_more_is_one_line(old: Path, tmp_path: Path) -> None:
    """If it failed: a full disk would end in a traceback, blame the file, or cost the store."""
    path = put(tmp_path, "new.csv", table(WHOLE, "New"))
    command = [sys.executable, "-c", LIMITED, str(old), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"collegium: store {old}: it cannot be written to")
    assert done.stderr.endswith("; it is as it was\n") and done.stderr.count("\n") == 1
    assert papers_in(old) == 3
    assert whole(old, path)[0] == 0
    assert papers_in(old) == 3 + WHOLE
