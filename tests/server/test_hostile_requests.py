"""Hostile requests over real HTTP: what no client sends, and who may not write; each is answered and harms nobody."""

from __future__ import annotations

import gzip
import http.client
import json
import select
import socket
import time
from collections.abc import Iterator, Mapping

import pytest

from served import PROBLEM, TOKEN, WRITING, Answer, Served, answer_of, lives_on, served

pytestmark = pytest.mark.slow

QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TURTLE = {"Content-Type": "text/turtle"}
CLEAR = b"CLEAR ALL"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service that takes updates. Prevents: what holds in the test client only."""
    with served(
        tmp_path_factory.mktemp("hostile") / "store", token=TOKEN, update_bytes=str(4 << 20)
    ) as found:
        yield found


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service without a token. Prevents: no token is taken for any token."""
    with served(tmp_path_factory.mktemp("closed") / "store") as found:
        yield found


@pytest.fixture(autouse=True)
def _others_are_served(service: Served) -> Iterator[None]:
    """Prevents: a request is refused in good order, and takes something of the service with it."""
    with lives_on(service):
        yield


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "expected"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None, (400, "bad-parameter")),
        ("POST", "/sparql?query=ASK%7B%7D", FORM, b"query=ASK%7B%7D", (400, "bad-parameter")),
        ("POST", "/sparql?query=ASK%7B%7D", QUERY, b"ASK {}", (400, "bad-parameter")),
        ("POST", "/sparql", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL", (400, "bad-parameter")),
        ("GET", "/sparql?query=ASK%7B%7D", {"Accept": "image/png"}, None, (406, "not-acceptable")),
        ("GET", "/sparql?query=ASK%7B%7D", {"Accept": ";;,q=2,/,*" * 9}, None, (406, "not-acceptable")),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", (415, "unsupported-media-type")),
        ("POST", "/sparql", {}, b"ASK {}", (415, "unsupported-media-type")),
        ("POST", "/sparql", {"Content-Type": "\xff/\xfe;="}, b"ASK {}", (415, "unsupported-media-type")),
        ("POST", "/sparql", QUERY, "ASK {}".encode("utf-16"), (400, "bad-request")),
        (
            "POST",
            "/sparql",
            {"Content-Type": "application/sparql-query; charset=utf-16"},
            "ASK {}".encode("utf-16"),
            (415, "unsupported-media-type"),
        ),
        (
            "POST",
            "/sparql",
            QUERY | {"Content-Encoding": "gzip"},
            gzip.compress(b"ASK {}", mtime=0),
            (415, "unsupported-media-type"),
        ),
        ("GET", "/sparql?query=ASK%ff", {}, None, (400, "bad-request")),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=", {}, None, (400, "bad-parameter")),
        ("GET", "/sparql?" + "a=b&" * 12_000, {}, None, (400, "bad-request")),
        ("GET", "/sparql?query=" + "%20" * 30_000, {}, None, (414, "request-failed")),
        ("POST", "/sparql", QUERY, b"#" * (2 << 20), (413, "too-large")),
        ("PUT", "/sparql", WRITING | QUERY, b"ASK {}", (405, "method-not-allowed")),
        ("GET", "/sparql?update=CLEAR+ALL", WRITING, None, (400, "bad-request")),
        ("GET", "/graphs", {}, None, (400, "bad-parameter")),
        ("GET", "/graphs?graph=no-iri", {}, None, (400, "bad-parameter")),
        ("GET", "/graphs?graph=a:b&default", {}, None, (400, "bad-parameter")),
        ("PUT", "/graphs?graph=a:b", WRITING | TURTLE, b"<a:a> <a:b> ", (400, "query-syntax")),
        ("PUT", "/graphs?graph=a:b", WRITING, b"<a:a> <a:b> 1 .", (415, "unsupported-media-type")),
        ("PUT", "/graphs/a<b", WRITING | TURTLE, b"<a:a> <a:b> 1 .", (400, "bad-parameter")),
        ("PUT", "/graphs?graph=a:b", WRITING | TURTLE, b"<a:a> <a:b> " + b"[<a:b> " * 200_000, (400, "query-syntax")),
    ],
)  # fmt: skip
def test_a_wrong_request_is_told_what_is_wrong(
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes | None,
    expected: tuple[int, str],
    service: Served,
) -> None:
    """If it failed: a client's mistake would look like ours, or like an answer."""
    answer = service.ask(method, target, headers, body)
    assert (answer.status, answer.problem) == expected, answer
    assert (
        answer.headers["access-control-allow-origin"] == "*"
    )  # or a page of another origin could not read why


WRITES = [
    ("POST", "/sparql", UPDATE, CLEAR),
    ("POST", "/sparql/", UPDATE, CLEAR),
    ("POST", "/sparql", FORM, b"update=CLEAR+ALL"),
    ("POST", "/sparql?update=CLEAR+ALL", FORM, b""),
    ("PUT", "/graphs?default", TURTLE, b"<a:a> <a:b> 1 ."),
    ("PUT", "/graphs?graph=a:b", TURTLE, b"<a:a> <a:b> 1 ."),
    ("POST", "/graphs?graph=a:b", TURTLE, b"<a:a> <a:b> 1 ."),
    ("POST", "/graphs", TURTLE, b"<a:a> <a:b> 1 ."),
    ("PUT", "/graphs/a/b", TURTLE, b"<a:a> <a:b> 1 ."),
    ("DELETE", "/graphs?default", {}, None),
    ("DELETE", "/graphs?graph=a:b", {}, None),
    ("DELETE", "/graphs/a/b", {}, None),
]
# What a page of somebody else can make a browser send, and what is no token.
NO_TOKEN: list[dict[str, str]] = [
    {},
    {"Cookie": f"token={TOKEN}; Authorization=Bearer {TOKEN}", "Origin": "https://evil.example"},
    {"Authorization": f"Bearer {TOKEN[:-1]}"},
    {"Authorization": f"Bearer {TOKEN}x"},
    {"Authorization": TOKEN},
    {"Authorization": f"Basic {TOKEN}"},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer \xff\xfe"},
]


def version(service: Served) -> str:
    """Return which version of the store is served."""
    return service.query("ASK {}").headers["x-collegium-version"]


@pytest.mark.parametrize("write", WRITES, ids=lambda write: f"{write[0]} {write[1]}")
def test_nobody_writes_without_the_token(
    write: tuple[str, str, Mapping[str, str], bytes | None], service: Served, closed: Served
) -> None:
    """If it failed: a stranger, or a page that a reader looks at, could change what everybody reads."""
    method, target, headers, body = write
    before = version(service), version(closed)
    for given in NO_TOKEN:
        answer = service.ask(method, target, {**headers, **given}, body)
        assert (answer.status, answer.problem) == (401, "token-needed")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    in_address = f"{target}{'&' if '?' in target else '?'}token={TOKEN}&access_token={TOKEN}"
    assert service.ask(method, in_address, headers, body).status == 401
    for given in (*NO_TOKEN, WRITING, {"Authorization": "Bearer "}):
        answer = closed.ask(method, target, {**headers, **given}, body)
        assert (answer.status, answer.problem) == (403, "updates-off")
    assert (version(service), version(closed)) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_no_other_verb_writes_to_sparql(method: str, service: Served) -> None:
    """If it failed: a verb that nobody thought of would go by the token."""
    before = version(service)
    for headers in (UPDATE, UPDATE | WRITING):
        assert service.ask(method, "/sparql", headers, CLEAR).status == 405
    assert service.ask("PATCH", "/graphs?default", WRITING | UPDATE, CLEAR).status == 405
    assert version(service) == before


def sent_until_answered(service: Served, head: bytes, part: bytes, parts: int) -> Answer:
    """Send a body part by part until there is an answer, as a client does that looks; return the answer."""
    with service.connected() as connection:
        connection.sendall(head)
        for _ in range(parts):
            if select.select([connection], [], [], 0)[0]:
                break
            connection.sendall(part)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return answer_of(response)


HEAD = b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Type: %b\r\nAuthorization: Bearer %b\r\n"


@pytest.mark.parametrize("kind", [b"application/sparql-query", b"application/sparql-update", b"text/turtle"])
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_body_of_a_gigabyte_is_refused(kind: bytes, is_declared: bool, service: Served) -> None:
    """If it failed: a stranger could fill the memory of the web process."""
    target = b"/graphs?default" if kind == b"text/turtle" else b"/sparql"
    head = HEAD % (target, kind, TOKEN.encode())
    head += b"Content-Length: 1073741824\r\n\r\n" if is_declared else b"Transfer-Encoding: chunked\r\n\r\n"
    mebibyte = b"#" * (1 << 20)
    part = mebibyte if is_declared else b"100000\r\n" + mebibyte + b"\r\n"
    answer = sent_until_answered(service, head, part, 1024)
    assert (answer.status, answer.problem) == (413, "too-large")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_the_answer_reaches_who_sends_before_reading(service: Served) -> None:
    """If it failed: a client that sends all before it reads would see a broken connection, and not why."""
    answer = service.ask("POST", "/sparql", QUERY, b"#" * (64 << 20))
    assert (answer.status, answer.problem) == (413, "too-large")


def raw(service: Served, data: bytes) -> tuple[int, bytes]:
    """Return status and body of the answer to these bytes, after which the connection has to end."""
    with service.connected(20) as connection:
        connection.sendall(data)
        received = b""
        while part := connection.recv(65536):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"HTTP/1.1 " not in body, "a second answer"
    assert PROBLEM.encode() in head
    return int(head.split()[1]), body


POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
NEXT = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "data",
    [
        POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + NEXT,
        POST + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}" + NEXT,
        POST + b"Content-Length: +6\r\n\r\nASK {}" + NEXT,
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + NEXT,
        POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + NEXT,
        POST + b"Transfer-Encoding: chunked\r\n\r\n-6\r\nASK {}\r\n0\r\n\r\n" + NEXT,
        POST + b"X: a\r\n folded\r\n\r\n" + NEXT,
        b"GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + NEXT,
        b"GET /livez HTTP/1.1\r\n\r\n" + NEXT,
        b"GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"BREW /sparql HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
    ],
)
def test_what_two_servers_may_read_differently_is_refused(data: bytes, service: Served) -> None:
    """If it failed: behind a proxy, one client could put words into another's request."""
    status, body = raw(service, data)
    document = json.loads(body)
    assert (status, document["status"], document["type"]) == (400, 400, "/problems/bad-request")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"GET /livez HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 300_000, 431),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 50_000, 431),
        (b"GET /" + b"a" * 300_000, 431),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n" + b"X: a\r\n" * 50_000, 400),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n6;" + b"x" * 300_000, 400),
    ],
)
def test_a_head_without_end_is_refused(data: bytes, expected: int, service: Served) -> None:
    """If it failed: headers, or what comes in their place behind a body, would fill the memory."""
    assert raw(service, data)[0] == expected


def test_slow_clients_hold_up_nobody(service: Served) -> None:
    """If it failed: a few hundred clients that send nothing further would close the service."""
    connections: list[socket.socket] = []
    try:
        for number in range(300):
            connections.append(service.connected())
            half = (b"GET /livez HT", POST, POST + b"Content-Length: 9\r\n\r\nASK")[number % 3]
            connections[-1].sendall(half)
        started = time.monotonic()
        for _ in range(20):
            assert service.query("ASK {}", timeout_s=2).status == 200
            assert service.ask("GET", "/livez", timeout_s=2).status == 200
        assert time.monotonic() - started < 10
    finally:
        for connection in connections:
            connection.close()
