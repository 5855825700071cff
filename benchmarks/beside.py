"""How soon a service answers while it computes what is dear: /livez and an answer that it keeps, beside each request.

Both are asked at a fixed pace, and time counts from when they were due: a service that stands still for a second
delays all that were due in it, not one. What is computed is followed until it is there, over 202 where it takes long.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generated import generated

_PACE_S = 0.05
_KEPT = "/api/vocabulary"
_PATIENCE_S = 900.0
_JSON = {"Accept": "application/json"}
_PAGE = {"Accept": "text/html"}
# AUTHOR is put in; the first of all also makes the mirror.
_DEAR = (
    ("/api/authors?limit=1", _JSON),
    ("/api/communities?stability=5&members=10", _JSON),
    ("/api/communities/history?slices=5y", _JSON),
    ("/api/communities/bridges?from=1&to=2", _JSON),
    ("/api/centrality/degree?firmness=50&limit=10", _JSON),
    ("/api/centrality/betweenness?sample=200", _JSON),
    ("/api/suggestions/AUTHOR", _JSON),
    ("/api/suggestions/backtest?sample=50", _JSON),
    ("/api/network/figures", _JSON),
    ("/api/network/series", _JSON),
    ("/api/authors/AUTHOR/distances", _JSON),
    ("/api/network/columns?most=5000", _JSON),
    ("/network", _PAGE),
    ("/author/AUTHOR", _PAGE),
    ("/", _PAGE),
)


@dataclass(slots=True)
class Seen:
    """What answers took, in milliseconds from when they were due; filled by the thread that asks."""

    path: str
    times: list[float] = field(default_factory=list)

    def taken(self) -> list[float]:
        """Return what there is, sorted, and begin anew."""
        found, self.times = sorted(self.times), []
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path, help="folder that keeps generated stores")
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--only", help="requests whose address holds this")
    asked = parser.parse_args()
    store = generated(asked.cache, asked.papers).store
    print(f"{asked.papers:,} papers, load {os.getloadavg()[0]:.1f}")
    print("| beside | s | status | /livez, p50 | p99 | most | kept, p50 | p99 | most |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    with service(store) as port, _probed(port) as probes:
        time.sleep(3)
        print(_row("nothing", 3.0, 200, probes), flush=True)
        author = ""
        for path, headers in _DEAR:
            if asked.only and asked.only not in path and "/api/authors?" not in path:
                continue
            began = time.monotonic()
            status, body = _followed(port, path.replace("AUTHOR", author), headers)
            print(_row(path, time.monotonic() - began, status, probes), flush=True)
            author = author or json.loads(body)["results"][0]["id"]


@contextmanager
def _probed(port: int) -> Iterator[list[Seen]]:
    """Ask for what is quick beside the block, and yield what is seen."""
    probes, is_over = [Seen("/livez"), Seen(_KEPT)], threading.Event()
    threads = [threading.Thread(target=_ask_on, args=(port, probe, is_over)) for probe in probes]
    for thread in threads:
        thread.start()
    try:
        yield probes
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def _row(what: str, took_s: float, status: int, probes: list[Seen]) -> str:
    cells = [f"`{what}`", f"{took_s:.1f}", str(status)]
    for probe in probes:
        times = probe.taken()
        cells += [f"{times[int(len(times) * share)]:.1f}" for share in (0.5, 0.99)] + [f"{times[-1]:.0f}"]
    return f"| {' | '.join(cells)} |"


def _ask_on(port: int, seen: Seen, is_over: threading.Event) -> None:
    """Ask at the pace; what fell due while an answer was waited for would have come with it, and counts as if."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
    due = time.monotonic()
    while not is_over.wait(max(0.0, due - time.monotonic())):
        connection.request("GET", seen.path, headers=_JSON)
        connection.getresponse().read()
        came = time.monotonic()
        while due <= came:
            seen.times.append((came - due) * 1000)
            due += _PACE_S
    connection.close()


def _followed(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Return status and body of an answer once it is no 202."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 202:
            return answer.status, body
        time.sleep(1)
    raise SystemExit(f"{path} was not there after {_PATIENCE_S:.0f} s")


@contextmanager
def service(store: Path) -> Iterator[int]:
    """Yield the port of a service on a copy of a store of which nothing has been computed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(dir=store.parent) as folder:
        copy = Path(folder) / "store"
        subprocess.run(["cp", "-al", str(store), str(copy)], check=True)  # versions are never written to
        (copy / "lock").unlink()  # else it is the same file, and one service alone could run
        for derived in copy.glob("*.derived"):
            shutil.rmtree(derived)
        command = [str(Path(sys.executable).with_name("collegium")), "serve", "--port", str(port)]
        process = subprocess.Popen([*command, "--store", str(copy)], stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if _followed(port, "/readyz", _JSON)[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service was not ready after 60 s")


if __name__ == "__main__":
    main()
