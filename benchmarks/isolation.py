"""What heavy queries do to a service: to its web process, to light queries beside them, and after they were stopped."""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Thread

from loads import ENDLESS, LARGE, LARGE_ROWS, LEAST_LIMIT
from processes import burning, cpu_s, holder_of, own_cpu_s
from rivals import Client, Server, Side, serving
from wrk import Rate, never_repeated, next_round, write_requests

_LARGE_TIMES = 5
_HEAVY = 2
PATIENCE_S = 20  # after this a query that should have been stopped is given up
_GONE_AFTER_S, _WATCHED_S = 0.5, 2.0
_numbers = count(LEAST_LIMIT)


def web_share(server: Server) -> float:
    """Return the web process's share of the CPU that many rows of JSON cost, in [0, 1].

    The web process is the one that holds the connection.
    """
    client = Client(server)
    client.ask("ASK {}")
    web = holder_of(server.pid, server.port, client.port)
    whole_before, web_before = cpu_s(server.pid), own_cpu_s(web)
    for offset in range(_LARGE_TIMES):
        status, body = client.ask(f"{LARGE}{offset}")
        rows = len(json.loads(body)["results"]["bindings"]) if status == 200 else 0
        if rows < LARGE_ROWS:
            raise SystemExit(
                f"{server.side.name} gave {rows} rows with status {status}, expected {LARGE_ROWS}"
            )
    client.close()
    return (own_cpu_s(web) - web_before) / (cpu_s(server.pid) - whole_before)


@dataclass(slots=True)
class Heavy:
    """What became of endless queries; each thread adds a word for each answer."""

    answers: Counter[str] = field(default_factory=Counter)
    is_over: Event = field(default_factory=Event)

    def send(self, server: Server) -> None:
        """Ask an endless query again and again, a new one each time, until it is over."""
        while not self.is_over.is_set():
            client = Client(server, timeout_s=PATIENCE_S)
            try:
                status, _ = client.ask(f"{ENDLESS}{next(_numbers)}")
                self.answers[str(status)] += 1
            except (OSError, http.client.HTTPException):
                self.answers["no answer"] += 1
            finally:
                client.close()
            self.is_over.wait(0.05)  # one that is refused at once must not become a flood


@contextmanager
def endless(server: Server) -> Iterator[Heavy]:
    """Keep endless queries running; yield what becomes of them. What the server still holds ends with the server."""
    heavy = Heavy()
    threads = [Thread(target=heavy.send, args=(server,), daemon=True) for _ in range(_HEAVY)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield heavy
    finally:
        heavy.is_over.set()


@dataclass(frozen=True, slots=True)
class Beside:
    """Light look-ups alone and beside endless queries, a pair a round."""

    alone: list[Rate]
    beside: list[Rate]
    answers: Counter[str]

    @property
    def kept(self) -> float:
        """The share of the requests/s that is kept, median of the rounds."""
        pairs = zip(self.alone, self.beside, strict=True)
        return statistics.median(beside.requests_per_s / alone.requests_per_s for alone, beside in pairs)

    @property
    def failures(self) -> int:
        """Light requests that failed beside endless queries."""
        return sum(rate.failures for rate in self.beside)


def beside_endless(side: Side, look_ups: Sequence[str], folder: Path, rounds: int, seconds: int) -> Beside:
    """Return what light look-ups keep. The side is started anew each round: some never end what was begun."""
    alone, beside, answers = [], [], Counter[str]()
    for _ in range(rounds):
        with serving(side, folder) as server:
            requests = write_requests(folder / f"{side.name}.beside", server, look_ups)
            never_repeated(server, requests, next_round(), 1)
            alone.append(never_repeated(server, requests, next_round(), seconds))
            with endless(server) as heavy:
                beside.append(never_repeated(server, requests, next_round(), seconds))
                answers += heavy.answers
    return Beside(alone, beside, answers)


@dataclass(frozen=True, slots=True)
class Stopped:
    """How an endless query ended (`after_s` None: not while we waited), and how many cores were busy afterwards."""

    after_s: float | None
    status: int | None  # None when the connection broke
    cores_after: float

    def __str__(self) -> str:
        if self.after_s is None:
            return f"not within {PATIENCE_S} s"
        return f"{self.after_s:.2f} s ({self.status or 'connection closed'})"


def stopped(side: Side, folder: Path) -> Stopped:
    """Return how an endless query ends when its client waits, and what burns from half a second after its end."""
    with serving(side, folder) as server:
        client, began = Client(server, timeout_s=PATIENCE_S), time.monotonic()
        status = after = None
        try:
            status, _ = client.ask(f"{ENDLESS}{next(_numbers)}")
            after = time.monotonic() - began
        except TimeoutError:
            pass  # `after` stays None
        except (OSError, http.client.HTTPException):
            after = time.monotonic() - began
        time.sleep(_GONE_AFTER_S)
        cores = burning(server.pid, _WATCHED_S)
        client.close()
    return Stopped(after, status, cores)
