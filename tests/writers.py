"""The writer of a store: in threads of this process, or as the process that it is; and small stores for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from collegium.graph.store import Store
from collegium.graph.versions import SOCKET, own
from collegium.graph.vocabulary import DEFAULT_BASE
from collegium.server.workers.frames import ASK, BODY, pack, pack_json
from collegium.server.writing.keeper import Keeper
from collegium.server.writing.writer import _listening, _Writer

SERVICE = os.getppid()  # stands for the process of a service
X = "http://example.org/"
INSERT = f"INSERT DATA {{ <{X}a> <{X}p> 1 }}".encode()
# Each of a thousand things with each: for ever, as far as a test is concerned.
ENDLESS = f"""
    INSERT {{ ?a <{X}q> 1 }} WHERE {{ {" ".join(f"?{name} <{X}p> ?n{name} ." for name in "abcdefgh")}
    FILTER(?na + ?nb + ?nc + ?nd + ?ne + ?nf + ?ng + ?nh < 0) }}
""".encode()


@contextmanager
def writer_here(path: Path, seconds: float = 300.0) -> Iterator[_Writer]:
    """Run a writer in threads, until the block ends."""
    life, end = os.pipe()
    with own(path, SERVICE), _listening(path) as server:
        writer = _Writer(str(path), DEFAULT_BASE, seconds, server)
        thread = threading.Thread(target=writer.run, args=(life,))
        thread.start()
        try:
            yield writer
        finally:
            os.close(end)
            thread.join(30)
            os.close(life)


@contextmanager
def kept(path: Path, seconds: float = 300.0) -> Iterator[Keeper]:
    """Yield the keeper of a writer process that has started; end it afterwards."""
    keeper = Keeper(path, DEFAULT_BASE, seconds)
    try:
        keeper.start()
        yield keeper
    finally:
        keeper.stop()


def filled(path: Path, things: int = 0) -> Store:
    """Return a store of one version that holds some things with a number each."""
    predicate = ox.NamedNode(f"{X}p")
    with Store.open(path, create=True).write() as writer:
        writer.engine.extend(
            ox.Quad(ox.NamedNode(f"{X}{n}"), predicate, ox.Literal(n)) for n in range(things)
        )
        writer.changed = True
    return Store.open(path)


def statements(path: Path, graph: str = "") -> int:
    """Return how many statements a graph of the newest version has."""
    place = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return sum(1 for _ in Store.open(path).engine.quads_for_pattern(None, None, None, place))


def python(code: str, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start another process that runs this code."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def asked(do: str, payload: bytes = b"", **content: Any) -> bytes:
    """Return an order as it goes over the socket."""
    return pack_json(ASK, {"do": do} | content) + pack(BODY, payload)


def connected(path: Path) -> socket.socket:
    """Return a connection to the writer of a store."""
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    channel.connect(str(path / SOCKET))
    channel.settimeout(20)
    return channel
