"""A real `collegium serve` process, and requests to it that go out exactly as they are written."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

TOKEN = "a-token-for-tests-only"
WRITING = {"Authorization": f"Bearer {TOKEN}"}
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in lower case) and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        """The kind of problem that the body describes; "" when it is no problem document."""
        if self.headers.get("content-type") != PROBLEM:
            return ""
        document = self.json
        assert document["status"] == self.status and document["title"] and document["detail"], document
        return str(document["type"]).removeprefix("/problems/")


@dataclass
class Served:
    """One service: where it is, and its process."""

    process: subprocess.Popen[str]
    port: int
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What its addresses begin with."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout_s: float = 30,
        source: str = "",
    ) -> Answer:
        """Return the answer to a request that has these headers and no others, but `Host` and `Content-Length`."""
        sender = (source, 0) if source else None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout_s, sender)
        with contextlib.closing(connection):
            connection.putrequest(method, target, skip_accept_encoding=True)
            given = {name.lower() for name in headers or {}}
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None and not given & {"content-length", "transfer-encoding"}:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            if body is not None:
                connection.send(body)
            return answer_of(connection.getresponse())

    def query(self, text: str, timeout_s: float = 30, **headers: str) -> Answer:
        """Return the answer to a query by GET."""
        return self.ask("GET", "/sparql?" + urlencode({"query": text}), headers, timeout_s=timeout_s)

    def post(self, text: str, timeout_s: float = 30, **headers: str) -> Answer:
        """Return the answer to a query by POST, for those that no address can hold."""
        headers = {"Content-Type": "application/sparql-query"} | headers
        return self.ask("POST", "/sparql", headers, text.encode(), timeout_s)

    def update(self, text: str) -> Answer:
        """Return the answer to an update with the token."""
        return self.ask(
            "POST", "/sparql", WRITING | {"Content-Type": "application/sparql-update"}, text.encode()
        )

    def pids(self) -> list[int]:
        """Return the process numbers of the web tier: itself, the maker of workers, the writer; without workers."""
        return [self.process.pid, *_children(self.process.pid)]

    def cpu_seconds(self) -> float:
        """Return the processor time that it has used, with all processes below it; those that ended are left out."""
        processes = self.pids()
        for pid in processes:
            processes += [child for child in _children(pid) if child not in processes]
        return sum(_cpu_seconds(pid) for pid in processes)

    def connected(self, timeout_s: float = 30) -> socket.socket:
        """Return a plain connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout_s)


def _children(pid: int) -> list[int]:
    """Return the processes that a process started; none where there is no /proc."""
    found = ""
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += path.read_text() + " "
    return sorted(map(int, found.split()))


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answer_of(response: http.client.HTTPResponse) -> Answer:
    """Return an answer, read to its end."""
    return Answer(response.status, {n.lower(): v for n, v in response.getheaders()}, response.read())


@contextlib.contextmanager
def served(store: Path, **settings: str) -> Iterator[Served]:
    """Yield a service with these settings (`token="…"` is COLLEGIUM_TOKEN) at a free port; end it afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COLLEGIUM_")}
    environment |= {f"COLLEGIUM_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "collegium.server.cli", "serve", "--port", "0", "--store", str(store)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    assert process.stdout is not None
    with process, process.stdout:
        said: list[str] = []
        # Read to the end, so that the service never waits for somebody to take what it prints.
        listening = threading.Thread(target=lambda: said.extend(process.stdout or ()))
        try:
            port = _told_port(process.stdout, said)
            listening.start()
            yield Served(process, port, said)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()
            if listening.is_alive():
                listening.join()


def _told_port(output: IO[str], said: list[str]) -> int:
    """Return the port that the service prints once it answers there."""
    for line in output:
        said.append(line)
        if found := re.search(r"at http://[\d.]+:(\d+)/", line):
            return int(found.group(1))
    raise AssertionError("the service ended: " + "".join(said))


@contextlib.contextmanager
def lives_on(service: Served) -> Iterator[None]:
    """Check that what is done within leaves the service as it is: the next light query is answered at once, by the
    same processes."""
    before = service.pids()
    yield
    answer = service.query(f"SELECT ({random.getrandbits(60)} AS ?x) {{}}", timeout_s=2)
    assert answer.status == 200, answer
    assert service.pids() == before and service.process.poll() is None
