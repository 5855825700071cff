"""The SPARQL service against rdflib's engine and the Rust server of Oxigraph: one run, the same data, in turn.

First all sides must give the same rows. Then look-ups by 8 clients, aggregates one at a time, and, of the servers that
run queries beside each other, what heavy queries do to light ones. What each side is: `rivals.py`; what is asked:
`loads.py`.
CPU figures are of the server with all its processes: they hold on a busy machine too, requests/s only on a quiet one.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from collegium.graph.store import Store
from generated import Generated, generated
from isolation import beside_endless, stopped, web_share
from loads import LEAST_LIMIT, look_ups
from papers import SEED
from rivals import OURS, OXIGRAPH, RDFLIB, Side, serving, sides
from round_trip import added_ms, bare_process, in_process
from speed import Row, aggregate_rows, check_agreement, look_up_rows
from wrk import CONNECTIONS, check_wrk

_ROUND_TRIPS = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rivals", type=Path, required=True, help="environment with benchmarks/requirements.txt"
    )
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the generated data")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of one side in one round of look-ups")
    parser.add_argument(
        "--limit-s", type=float, help="the time limit that the environment sets for our queries"
    )
    parser.add_argument("--part", choices=("all", "speed", "isolation"), default="all")
    asked = parser.parse_args()
    check_wrk()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    made = generated(asked.cache, asked.papers, asked.seed)
    found = sides(made, asked.rivals)
    texts = look_ups(Store.open(made.store))
    print(
        f"{asked.papers} papers, {CONNECTIONS} clients, {asked.rounds} rounds, load {_load()} at the start\n"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.part != "isolation":
            _print_speed(found, texts, folder, asked)
        if asked.part != "speed":
            _print_isolation(made, found, texts, folder, asked)
    print(f"\nload {_load()} at the end")


def _load() -> str:
    """How many processes wanted the processor in the last minute; 0 on a quiet machine."""
    return f"{os.getloadavg()[0]:.1f}"


def _print_speed(
    found: Sequence[Side], texts: Sequence[str], folder: Path, asked: argparse.Namespace
) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(side, folder)) for side in found]
        print(f"all sides give the same rows for {check_agreement(servers, texts)} queries\n", flush=True)
        heads = (RDFLIB, OXIGRAPH, OURS, f"x {RDFLIB}", "to reach", f"x {OXIGRAPH}", "to reach")
        print(f"| medians | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}")
        _print_rows(look_up_rows(servers, texts, folder, asked.rounds, asked.seconds))
        _print_rows(aggregate_rows(servers, asked.rounds))


def _print_rows(rows: Iterable[Row]) -> None:
    for row in rows:
        print(f"| {' | '.join(row.cells())} |", flush=True)


def _print_isolation(
    made: Generated, found: Sequence[Side], texts: Sequence[str], folder: Path, asked: argparse.Namespace
) -> None:
    """Ours and the Rust server only: rdflib answers one query at a time, so an endless one ends its service."""
    by_name = {side.name: side for side in found}
    print(f"\n| isolation | {OXIGRAPH} | {OURS} | to reach |\n|---|---|---|---|")
    with serving(by_name[OURS], folder) as server:
        share = web_share(server)
    _print_line("50 k rows of JSON: CPU of the web process", "", f"{share:.1%}", "≤ 5 %")
    kept, failed, rates, ends, cores = [], [], [], [], []
    for name in (OXIGRAPH, OURS):
        light = beside_endless(by_name[name], texts, folder, asked.rounds, asked.seconds)
        kept.append(f"{light.kept:.0%}")
        failed.append(str(light.failures))
        rates.append(
            ", ".join(f"{answer}: {times}" for answer, times in light.answers.items()) or "none ended"
        )
        end = stopped(by_name[name], folder)
        ends.append(str(end))
        cores.append(f"{end.cores_after:.2f}")
    limit = "" if asked.limit_s is None else f"≤ {asked.limit_s + 0.5:g} s"
    _print_line("light look-ups beside 2 endless queries: requests/s kept", *kept, "≥ 40 %")
    _print_line("– of them failed", *failed, "0")
    _print_line("– answers to the endless ones", *rates, "")
    _print_line("one endless query ended after", *ends, limit)
    _print_line("– cores busy from 0.5 s after that", *cores, "0")
    _print_line(
        "a round trip to another process adds, bare", "", f"{_bare_ms(made, texts):.3f} ms", "≤ 0.3 ms"
    )


def _print_line(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _bare_ms(made: Generated, texts: Sequence[str]) -> float:
    """What a second process costs a light query at least: the floor that a pool of workers is held against."""
    queries = [f"{text}{LEAST_LIMIT}" for text in texts[:_ROUND_TRIPS]]
    location = str(next(made.store.glob("v[0-9]*[0-9]")))
    with bare_process(location) as through:
        return added_ms(in_process(Store.open(made.store).engine), through, queries)


if __name__ == "__main__":
    main()
