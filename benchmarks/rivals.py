"""The sides of the comparison, each as people run it, over the same statements.

- rdflib: its own engine over a graph in memory, behind a Flask application of one route (`rdflib_app.py`) under granian
  (WSGI, 1 worker), whose own cost beside rdflib's is nothing. One blocking thread: rdflib's parser is not
  safe in threads (with more, most answers are errors), and its engine holds the interpreter lock anyway.
- oxigraph: the Rust server over a store in its own format, made by `oxigraph load` and `oxigraph optimize`.
- collegium: `collegium serve` with its settings as they come. Its store also holds the claims graph and provenance.
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generated import Generated
from processes import running

RDFLIB, OXIGRAPH, OURS = "rdflib + Flask", "oxigraph serve", "collegium"
JSON = "application/sparql-results+json"
_READY_WITHIN_S = 900  # rdflib reads 100 k papers in minutes


@dataclass(frozen=True, slots=True)
class Side:
    """How to start one side; `{port}` in the command is filled in. `path` is where it takes queries."""

    name: str
    path: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Server:
    """One side while it runs."""

    side: Side
    port: int
    pid: int

    def target(self, query: str) -> str:
        """Return the path of a GET that asks the query."""
        return f"{self.side.path}?query={quote(query, safe='')}"


class Client:
    """One kept connection to a server."""

    def __init__(self, server: Server, timeout_s: float = 300) -> None:
        self._server = server
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout_s)

    def ask(self, query: str) -> tuple[int, bytes]:
        """Return the status and body of an answer. Raises: OSError, http.client.HTTPException."""
        self._connection.request("GET", self._server.target(query), headers={"Accept": JSON})
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    @property
    def port(self) -> int:
        """The port of this end, once something was asked."""
        return int(self._connection.sock.getsockname()[1])

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def sides(made: Generated, rivals: Path) -> list[Side]:
    """Return all sides. `rivals` is the environment where rdflib, Flask, granian and oxigraph are installed."""
    programs, here = rivals.resolve() / "bin", Path(__file__).parent
    granian = (str(programs / "granian"), "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1")
    where = ("--working-dir", str(here), "--no-log", "--port", "{port}", "rdflib_app:app")
    ours = (str(Path(sys.executable).with_name("collegium")), "serve", "--store", str(made.store))
    location = ("--location", str(_oxigraph_store(made, programs)))
    return [
        Side(RDFLIB, "/sparql", (*granian, *where), {"RDFLIB_TRIPLES": str(made.triples)}),
        Side(
            OXIGRAPH,
            "/query",
            (str(programs / "oxigraph"), "serve-read-only", *location, "--bind", "127.0.0.1:{port}"),
        ),
        Side(OURS, "/sparql", (*ours, "--port", "{port}")),
    ]


def _oxigraph_store(made: Generated, programs: Path) -> Path:
    """The rival's store, made once; optimised, as its own `load` advises for reading."""
    store = made.folder / "oxigraph"
    if not store.exists():
        beside, program = made.folder / "oxigraph.new", str(programs / "oxigraph")
        for command in (("load", "--file", str(made.triples)), ("optimize",)):
            subprocess.run(
                [program, command[0], "--location", str(beside), *command[1:]],
                check=True,
                capture_output=True,
            )
        beside.rename(store)
    return store


@contextmanager
def serving(side: Side, logs: Path) -> Iterator[Server]:
    """Yield the side once it answers; stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [word.replace("{port}", str(port)) for word in side.command]
    log = logs / f"{side.name.replace(' ', '-')}.log"
    with running(command, side.environment, log) as pid:
        server = Server(side, port, pid)
        _wait(server, log)
        yield server


def _wait(server: Server, log: Path) -> None:
    end = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < end:
        client = Client(server)
        try:
            status, body = client.ask("ASK {}")
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            if status == 200 and json.loads(body)["boolean"]:
                return
            raise SystemExit(f"{server.side.name} answered {status} to ASK {{}}: {body[:300]!r}")
        finally:
            client.close()
        if not Path(f"/proc/{server.pid}/exe").exists():
            break
    raise SystemExit(f"{server.side.name} does not answer; its log ends: {log.read_text()[-1000:]}")


def rows_of(body: bytes) -> list[tuple[tuple[str, ...], ...]]:
    """Return the rows of an answer in JSON, sorted, so that engines can be compared; ASK has one row."""
    answer: dict[str, Any] = json.loads(body)
    if "boolean" in answer:
        return [((str(answer["boolean"]),),)]
    names = sorted(answer["head"]["vars"])
    return sorted(
        tuple(_term(binding.get(name)) for name in names) for binding in answer["results"]["bindings"]
    )


def _term(term: dict[str, str] | None) -> tuple[str, ...]:
    if term is None:
        return ()
    # Some writers spell out the datatype of plain text, some still write the kind of SPARQL 1.0.
    datatype = term.get("datatype", "").removesuffix("XMLSchema#string")
    kind = "literal" if term["type"] == "typed-literal" else term["type"]
    return kind, term["value"], datatype.removesuffix("http://www.w3.org/2001/"), term.get("xml:lang", "")
