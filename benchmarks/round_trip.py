"""What it adds to a light query that another process answers it: median of the differences, measured in turn.

The direct way is the engine and its JSON writer in this process. The other way must do the same elsewhere.
"""

from __future__ import annotations

import os
import socket
import statistics
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

Ask = Callable[[str], bytes]
_HEAD = struct.Struct("<I")
_CHUNK = 1 << 20


def added_ms(direct: Ask, through: Ask, queries: Sequence[str]) -> float:
    """Return the median of the milliseconds that `through` takes longer than `direct`, query by query.

    Both must give the same bytes. Each goes first every other time: the second finds the store's pages warm.
    """
    differences = []
    for number, query in enumerate(queries):
        first, second = (direct, through) if number % 2 else (through, direct)
        began = time.perf_counter()
        one = first(query)
        between = time.perf_counter()
        other = second(query)
        end = time.perf_counter()
        if one != other:
            raise SystemExit(f"two ways give two answers to {query}")
        sign = 1 if number % 2 else -1
        differences.append(sign * ((end - between) - (between - began)) * 1000)
    return statistics.median(differences)


def in_process(engine: ox.Store) -> Ask:
    """Return the direct way."""

    def ask(query: str) -> bytes:
        answer = engine.query(query)
        if isinstance(answer, ox.QueryTriples):
            raise TypeError("expected SELECT or ASK")
        return answer.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return ask


@contextmanager
def bare_process(location: str) -> Iterator[Ask]:
    """Yield the shortest way through another process: a forked child behind a pair of sockets, no pool, no limits.

    What the kernel takes for it is the floor of any pool of processes.
    """
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        _answer(theirs, in_process(ox.Store.read_only(location)))
        os._exit(0)
    theirs.close()

    def ask(query: str) -> bytes:
        _send(ours, query.encode())
        return _received(ours)

    try:
        yield ask
    finally:
        ours.close()
        os.waitpid(child, 0)


def _answer(connection: socket.socket, ask: Ask) -> None:
    """Answer until the other end hangs up."""
    while query := _received(connection):
        _send(connection, ask(query.decode()))


def _send(connection: socket.socket, content: bytes) -> None:
    connection.sendall(_HEAD.pack(len(content)) + content)


def _received(connection: socket.socket) -> bytes:
    """The next message; empty when the other end hung up."""
    content = connection.recv(_CHUNK)
    while content and len(content) < _HEAD.size + _HEAD.unpack_from(content)[0]:
        content += connection.recv(_CHUNK)
    return content[_HEAD.size :]
