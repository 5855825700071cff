"""How long small updates take over HTTP, on generated papers: those that tell what they change, and one that does not.

The forms take turns, so that a busy machine slows all; the last column is how many times faster than the form that
compares everything.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generated import generated
from latency import wait_for

TOKEN = "a-token-for-benchmarks-only"
UPDATE = ("POST", "/sparql", "application/sparql-update")
GRAPH = ("PUT", "/graphs?graph=http://example.org/g", "text/turtle")
COMPARED = "its text does not tell (RAND)"
# What is sent, `@` being the number of the round.
FORMS = {
    "INSERT DATA": (UPDATE, "INSERT DATA { <http://example.org/@> <http://example.org/p> @ }"),
    "INSERT DATA, an author": (
        UPDATE,
        "INSERT DATA { <http://example.org/a@> a foaf:Person ; foaf:name 'New @' }",
    ),
    "DELETE DATA": (UPDATE, "DELETE DATA { <http://example.org/@> <http://example.org/p> @ }"),
    "DELETE, INSERT, WHERE: a new name": (
        UPDATE,
        "DELETE { ?a foaf:name ?n } INSERT { ?a foaf:name 'Other @' } WHERE { ?a foaf:name ?n , 'New @' }",
    ),
    "PUT of a graph": (GRAPH, "<http://example.org/@> <http://example.org/p> @ ."),
    COMPARED: (
        UPDATE,
        "INSERT { <http://example.org/r@> <http://example.org/r> ?x } WHERE { BIND(RAND() AS ?x) }",
    ),
}


@contextmanager
def service(store: Path) -> Iterator[int]:
    """Yield the port of a service that takes updates of a copy of a store."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(store, f"{folder}/store")
        command = [sys.executable, "-m", "collegium.server.cli", "serve", "--port", str(port)]
        process = subprocess.Popen(
            [*command, "--store", f"{folder}/store"],
            stdout=subprocess.DEVNULL,
            env=os.environ | {"COLLEGIUM_TOKEN": TOKEN},
        )
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def time_of(port: int, form: str, number: int) -> float:
    """Return the milliseconds until an update is answered."""
    (method, target, media_type), text = FORMS[form]
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media_type}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    connection.request(method, target, text.replace("@", str(number)).encode(), headers)
    answer = connection.getresponse()
    answer.read()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    if answer.status not in (201, 204):
        raise SystemExit(f"{form} answered {answer.status}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path, help="folder that keeps the generated papers")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    times: dict[str, list[float]] = {form: [] for form in FORMS}
    with service(generated(asked.cache, asked.papers).store) as port:
        for number in range(-1, asked.rounds):
            for form, taken in times.items():
                took = time_of(port, form, 1000 + number)
                if number >= 0:  # the first round warms the disk cache
                    taken.append(took)
    compared = statistics.median(times[COMPARED])
    print(f"{asked.papers:,} papers, medians of {asked.rounds} in turn\n")
    print("| over HTTP | ms | times faster |\n|---|---|---|")
    for form, taken in times.items():
        median = statistics.median(taken)
        print(f"| {form} | {median:.0f} | {compared / median:.1f} |")


if __name__ == "__main__":
    main()
