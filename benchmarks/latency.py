"""How fast the service answers for the seed, on one core: 50th and 95th percentile over one kept connection.

Measured twice: each answer made anew (no memory for answers; the network of a store version is still made once),
and as the service comes, which keeps an answer until the store changes.
The service is bound to one core where the system can do that (Linux); the client runs on another where
there is one.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATHS = {
    "/": "text/html",
    "/author/xingtai-lv": "text/html",
    "/api/centrality/betweenness": "application/json",
    "/api/queries/author_coauthors?author=xingtai-lv": "application/json",
}
START_WITHIN_S = 60


@contextmanager
def service(cache_bytes: int | None) -> Iterator[int]:
    """Yield the port of a service that holds the seed, on the first core; None leaves its memory as it comes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(Path(sys.executable).with_name("collegium")), "serve", "--port", str(port)]
    memory = {} if cache_bytes is None else {"COLLEGIUM_CACHE_BYTES": str(cache_bytes)}
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if cores:
        os.sched_setaffinity(0, cores[:1])
    with tempfile.TemporaryDirectory() as folder:
        command += ["--store", f"{folder}/store"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | memory)
        if cores:
            os.sched_setaffinity(0, cores[1:] or cores)
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def wait_for(port: int) -> None:
    """Return when the service says that it is ready."""
    end = time.monotonic() + START_WITHIN_S
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise SystemExit(f"the service was not ready after {START_WITHIN_S} s")


def times_of(port: int, path: str, accept: str, requests: int) -> list[float]:
    """Return the milliseconds of each request, sorted, after twenty that are not counted."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for number in range(-20, requests):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        if number >= 0:
            times.append((time.perf_counter() - began) * 1000)
    connection.close()
    return sorted(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    requests = parser.parse_args().requests
    print(f"{requests} requests, one core; to reach: 95 % under 30 ms\n")
    print("| ms | made anew, 50 % | made anew, 95 % | kept, 50 % | kept, 95 % |\n|---|---|---|---|---|")
    cells: dict[str, list[str]] = {path: [] for path in PATHS}
    for cache_bytes in (0, None):
        with service(cache_bytes) as port:
            for path, accept in PATHS.items():
                times = times_of(port, path, accept, requests)
                cells[path] += [f"{times[int(len(times) * share)]:.1f}" for share in (0.5, 0.95)]
    for path, row in cells.items():
        print(f"| `{path}` | {' | '.join(row)} |")


if __name__ == "__main__":
    main()
