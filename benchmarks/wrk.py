"""Many clients at once: wrk (from the system) with `requests.lua`, over files of requests that we write."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from processes import cpu_s
from rivals import Server

CONNECTIONS = 8
_SCRIPT = Path(__file__).with_name("requests.lua")
# More than a round can send: rounds take numbers that no earlier round took.
_ROUND = 1_000_000
_rounds = count(1)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one round gave."""

    requests_per_s: float
    failures: int
    median_ms: float
    cpu_us: float  # of the server and all it started, a request


def check_wrk() -> None:
    """Stop with a line that says what to do when there is no wrk."""
    if shutil.which("wrk") is None:
        raise SystemExit(
            "bench-sparql needs wrk, found none; Debian and Ubuntu: apt install wrk; macOS has no /proc"
        )


def write_requests(path: Path, server: Server, queries: Iterable[str]) -> Path:
    """Write a file of requests for `never_repeated` or `repeated`, one line a query."""
    path.write_text("".join(server.target(query) + "\n" for query in queries), "ascii")
    return path


def next_round() -> int:
    """Return the first number of a round; the sides of a round all get the same, so that all are asked the same."""
    return next(_rounds) * _ROUND


def never_repeated(server: Server, requests: Path, first: int, seconds: int) -> Rate:
    """Send requests, each with the next number behind it."""
    return _measured(server, seconds, str(requests), "never", str(first))


def repeated(server: Server, requests: Path, seconds: int) -> Rate:
    """Send the same requests again and again."""
    return _measured(server, seconds, str(requests), "again")


def _measured(server: Server, seconds: int, *arguments: str) -> Rate:
    address = f"http://127.0.0.1:{server.port}"
    # One thread: each thread of wrk has a script of its own, so a second one would count from the same number.
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "-s",
        str(_SCRIPT),
        address,
        "--",
        *arguments,
    ]
    before = cpu_s(server.pid)
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = cpu_s(server.pid) - before
    figures = output.rpartition("figures ")[2].split()
    requests, microseconds, refused, lost, median = map(int, figures)
    rate = requests / (microseconds / 1e6)
    return Rate(rate, refused + lost, median / 1000, used * 1e6 / max(requests, 1))
