"""All sides in alternating rounds: that they agree, look-ups by many clients, aggregates one at a time."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from loads import AGGREGATES, LEAST_LIMIT, PREFIXES, REPEATED, all_aggregates
from processes import cpu_s
from rivals import OURS, OXIGRAPH, RDFLIB, Client, Server, rows_of
from wrk import Rate, never_repeated, next_round, repeated, write_requests

COMPARED = 400  # look-ups whose rows are compared
_AGGREGATE_S, _AGGREGATE_TIMES = 1.0, 10  # an aggregate is asked this long or often in a round, at least once
_numbers = count(LEAST_LIMIT + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what each side gave in each round, and the ratios to reach."""

    load: str
    unit: str
    values: dict[str, list[float]]  # side -> a figure a round
    is_rate: bool  # more is better; else less is
    to_reach: dict[str, float]  # side -> how many times as fast as it ours must be

    def cells(self) -> list[str]:
        """Return the cells: medians, then for each rival the median of the rounds' ratios and the one to reach."""
        medians = [_figure(statistics.median(self.values[side])) for side in (RDFLIB, OXIGRAPH, OURS)]
        ratios = []
        for side in (RDFLIB, OXIGRAPH):
            pairs = zip(self.values[OURS], self.values[side], strict=True)
            ratio = statistics.median(ours / other if self.is_rate else other / ours for ours, other in pairs)
            wanted = self.to_reach.get(side)
            ratios += [f"{ratio:.2f}", "" if wanted is None else f"≥ {wanted:g}"]
        return [f"{self.load}, {self.unit}", *medians, *ratios]


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def check_agreement(servers: Sequence[Server], look_ups: Sequence[str]) -> int:
    """Return how many queries all sides gave the same rows for. Raises: SystemExit, when one differs."""
    queries = [f"{text}{next(_numbers)}" for text in (*all_aggregates(), *look_ups[:COMPARED])]
    clients = [Client(server) for server in servers]
    filled = 0
    for query in queries:
        answers = [client.ask(query) for client in clients]
        for server, (status, body) in zip(servers, answers, strict=True):
            if status != 200:
                raise SystemExit(f"{server.side.name} answered {status} to {query}: {body[:300]!r}")
        rows = [rows_of(body) for _, body in answers]
        for server, found in zip(servers, rows, strict=True):
            if found != rows[0]:
                raise SystemExit(
                    f"{server.side.name} and {servers[0].side.name} give other rows for {query}\n"
                    f"{found[:3]}\n{rows[0][:3]}"
                )
        filled += bool(rows[0])
    for client in clients:
        client.close()
    if filled < len(queries) / 2:
        raise SystemExit(f"only {filled} of {len(queries)} queries have rows: the loads do not fit the data")
    return len(queries)


def look_up_rows(
    servers: Sequence[Server], look_ups: Sequence[str], folder: Path, rounds: int, seconds: int
) -> Iterator[Row]:
    """Yield the rows of look-ups by many clients: never repeated, then repeated."""
    new, again = {}, {}
    for server in servers:
        name = server.side.name
        new[name] = write_requests(folder / f"{name}.new", server, look_ups)
        again[name] = write_requests(
            folder / f"{name}.again", server, (f"{text}{LEAST_LIMIT}" for text in look_ups[:REPEATED])
        )

    def send_new(server: Server, first: int) -> Rate:
        return never_repeated(server, new[server.side.name], first, seconds)

    def send_again(server: Server, _first: int) -> Rate:
        return repeated(server, again[server.side.name], seconds)

    yield from _rate_rows(
        "light look-ups, never repeated", servers, send_new, rounds, {RDFLIB: 15, OXIGRAPH: 0.25}
    )
    yield from _rate_rows("light look-ups, repeated", servers, send_again, rounds, {OXIGRAPH: 0.5})


def _rate_rows(
    load: str,
    servers: Sequence[Server],
    send: Callable[[Server, int], Rate],
    rounds: int,
    to_reach: dict[str, float],
) -> Iterator[Row]:
    rates: dict[str, list[Rate]] = {server.side.name: [] for server in servers}
    for number in range(rounds):
        first = next_round()
        for server in _turned(servers, number):
            rate = send(server, first)
            if rate.failures:
                raise SystemExit(f"{server.side.name}, {load}: {rate.failures} requests failed")
            rates[server.side.name].append(rate)
        _tell(f"{load}: round {number + 1} of {rounds}")
    yield Row(
        load, "requests/s", {s: [r.requests_per_s for r in of] for s, of in rates.items()}, True, to_reach
    )
    yield Row(
        "– the same", "CPU µs a request", {s: [r.cpu_us for r in of] for s, of in rates.items()}, False, {}
    )


def aggregate_rows(servers: Sequence[Server], rounds: int) -> Iterator[Row]:
    """Yield the rows of aggregates, one request at a time: milliseconds of each, and of all together with their CPU."""
    names = [server.side.name for server in servers]
    times: dict[str, dict[str, list[float]]] = {a.name: {name: [] for name in names} for a in AGGREGATES}
    cpu: dict[str, list[float]] = {name: [0.0] * rounds for name in names}
    for number in range(rounds):
        for aggregate in AGGREGATES:
            for server in _turned(servers, number):
                name, client = (
                    server.side.name,
                    Client(server),
                )  # new: rivals hang up while another side takes a minute
                took, used = _asked(client, server, PREFIXES + aggregate.text)
                client.close()
                times[aggregate.name][name].append(took)
                cpu[name][number] += used
        _tell(f"aggregates: round {number + 1} of {rounds}")
    to_reach = {RDFLIB: 10, OXIGRAPH: 0.9}
    for load, values in times.items():
        yield Row(load, "ms", values, False, to_reach)
    whole = {name: [sum(times[a.name][name][n] for a in AGGREGATES) for n in range(rounds)] for name in names}
    yield Row("all aggregates", "ms", whole, False, to_reach)
    yield Row("– the same", "CPU ms", cpu, False, {})


def _asked(client: Client, server: Server, text: str) -> tuple[float, float]:
    """The median of the milliseconds that a query takes, never the same twice, and the mean of its CPU milliseconds."""
    times: list[float] = []
    before, end = cpu_s(server.pid), time.perf_counter() + _AGGREGATE_S
    while not times or (len(times) < _AGGREGATE_TIMES and time.perf_counter() < end):
        query, began = f"{text}{next(_numbers)}", time.perf_counter()
        status, _ = client.ask(query)
        times.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise SystemExit(f"{server.side.name} answered {status} to {query}")
    return statistics.median(times), (cpu_s(server.pid) - before) * 1000 / len(times)


def _turned(servers: Sequence[Server], number: int) -> list[Server]:
    """The sides in another order each round, so that none always follows the same one."""
    first = number % len(servers)
    return [*servers[first:], *servers[:first]]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
