"""Hostile queries over real HTTP: each has its status and reason, and harms nobody else."""

from __future__ import annotations

import http.client
import random
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from reaching_out import REACHING_OUT, Listener
from served import TOKEN, Served, lives_on, served

pytestmark = pytest.mark.slow

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service with small limits. Prevents: what holds in the test client only."""
    store = tmp_path_factory.mktemp("hostile") / "store"
    limits = {"query_seconds": "2", "query_bytes": str(512 << 20)}
    limits |= {"waiting_queries": "48", "queries_per_address": "20"}
    with served(store, token=TOKEN, **limits) as found:
        yield found


@pytest.fixture(autouse=True)
def _others_are_served(service: Served) -> Iterator[None]:
    """Prevents: a query is refused in good order, and takes something of the service with it."""
    with lives_on(service):
        yield


NESTING = {
    "{": ("SELECT * ", "{", "?a ?b ?c", "}"),
    "(": ("SELECT * { ?a ?b ?c FILTER", "(", "1", ")"),
    "!": ("SELECT * { ?a ?b ?c FILTER(", "!", "?a", ""),
    "EXISTS": ("SELECT * { ?a ?b ?c ", "FILTER EXISTS { ?a ?b ?c ", "", "}"),
    "OPTIONAL": ("SELECT * { ?a ?b ?c ", "OPTIONAL { ?a ?b ?c ", "", "}"),
    "&&": ("SELECT * { ?a ?b ?c FILTER(?a", "&&?a", "", ""),
    "||": ("SELECT * { ?a ?b ?c FILTER(?a", "||?a", "", ""),
    "UNION": ("SELECT * { {?a ?b ?c}", "UNION{?a ?b ?c}", "", ""),
}
ENDINGS = {"!": ")}", "(": "}", "EXISTS": "}", "OPTIONAL": "}", "&&": ")}", "||": ")}", "UNION": "}"}


@pytest.mark.parametrize("times", [100, 1_000, 10_000, 100_000])
@pytest.mark.parametrize("form", NESTING)
def test_nesting_is_refused(form: str, times: int, service: Served) -> None:
    """If it failed: a few kilobytes of brackets would kill a process, or cost a worker each."""
    head, opening, inside, closing = NESTING[form]
    text = head + opening * times + inside + closing * times + ENDINGS.get(form, "")
    answer = service.post(text)
    if len(text) > 1 << 20:
        assert (answer.status, answer.problem) == (413, "too-large")
    elif form in ("&&", "||") and times == 100:
        assert answer.status == 200  # a long condition, not a deep one
    else:
        assert (answer.status, answer.problem) == (400, "query-refused"), answer.body


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * { " + "?a ?b ?c . " * 2000 + "}", "100 patterns"),
        ("SELECT * { ?a " + "/".join(["<a:b>"] * 1000) + " ?c }", "64 steps"),
        ("SELECT * { ?a ?b '" + "x" * 70_000 + "' }", "bytes long"),
        ("SELECT * { VALUES ?a {" + " 1" * 20_000 + "} }", "10,000 tokens"),
    ],
)
def test_what_is_dear_to_plan_is_refused(text: str, reason: str, service: Served) -> None:
    """If it failed: a query would be planned for hours before it runs."""
    answer = service.post(text)
    assert (answer.status, answer.problem) == (400, "query-refused")
    assert reason in answer.json["detail"]


def values(name: str) -> str:
    """Return 200 values of a variable."""
    return f"VALUES ?{name} {{ " + " ".join(map(str, range(200))) + " }"


DOUBLING = " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(30))
BOMBS = {
    "cartesian count": ENDLESS,
    "unbounded paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)* ?d }",
    "paths of paths": "SELECT * { ?a ((!<x:y>+)*/(!<x:y>)*)+ ?b }",
    "sort everything": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f ?a DESC(?c)",
    "doubling": f'SELECT (STRLEN(?x30) AS ?n) {{ BIND("xxxxxxxxxx" AS ?x0) {DOUBLING} }}',
    "GROUP_CONCAT": "SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?a),STR(?f)))) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "VALUES^4": f"SELECT (COUNT(*) AS ?n) {{ {' '.join(map(values, 'abcd'))} }}",
    "regex of everything": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(STR(?c), "
    'CONCAT(STR(?f), "(a|b)*[xyz]+.*(.*(.*(.*)))"))) }',
    "NOT EXISTS": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER NOT EXISTS { ?a ?x ?f . ?i ?y ?z } }",
    "random order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY RAND() LIMIT 1",
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_has_no_end_is_stopped(name: str, service: Served) -> None:
    """If it failed: one query would take a processor, or all memory, for as long as it likes."""
    answer = service.post(BOMBS[name], timeout_s=6)
    assert answer.status == 503 and answer.problem in ("query-timeout", "query-memory"), answer.body
    assert answer.headers["retry-after"].isdigit()


def test_a_text_that_grows_is_stopped_for_its_memory(service: Served) -> None:
    """If it failed: one query would take the memory of all others."""
    long = "x" * 1000
    answer = service.post(
        f'SELECT (STRLEN(?z) AS ?n) {{ BIND(REPLACE("{long}", "x", "{long}") AS ?y) BIND(REPLACE(?y, "x", ?y) AS ?z) }}'
    )
    assert (answer.status, answer.problem) == (503, "query-memory")
    assert "512 MiB" in answer.json["detail"]


@pytest.mark.parametrize("pattern", ["(x+x+)+y", "(x*)*y", "((((x{1,1000}){1,1000}){1,1000}){1,1000})"])
def test_regular_expressions_do_not_explode(pattern: str, service: Served) -> None:
    """If it failed: a pattern of ten letters would take a processor for a time that doubles with every letter."""
    answer = service.post(f'ASK {{ FILTER(REGEX("{"x" * 20_000}", "{pattern}")) }}', timeout_s=5)
    assert answer.status == 200


def test_an_answer_that_breaks_off_never_looks_whole(service: Served) -> None:
    """If it failed: a client would take a part of the rows for all."""
    with pytest.raises(http.client.IncompleteRead):
        service.post(LARGE)


def opened(service: Served, text: str) -> socket.socket:
    """Return a connection that a query was sent on."""
    connection = service.connected()
    connection.sendall(f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


@pytest.mark.skipif(sys.platform != "linux", reason="processor times of other processes are read from /proc")
@pytest.mark.parametrize("text", [ENDLESS, LARGE])
@pytest.mark.parametrize("times", [1, 2])
def test_a_client_that_hangs_up_stops_its_query(text: str, times: int, service: Served) -> None:
    """If it failed: people who press reload would fill the machine; also with requests one behind the other."""
    connections = [opened(service, text) for _ in range(2)]
    for connection in connections * (times - 1):
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.5)
    for connection in connections:
        connection.close()
    time.sleep(0.4)
    assert rests(service), "the queries of those who are gone run on"


def rests(service: Served) -> bool:
    """Return whether all its processes take next to nothing for half a second."""
    before = service.cpu_seconds()
    time.sleep(0.5)
    return service.cpu_seconds() - before < 0.2


def test_readers_who_do_not_read_hold_up_nobody(service: Served) -> None:
    """If it failed: as many clients as there are workers would close the service by doing nothing."""
    connections = [opened(service, f"{LARGE} # {n}") for n in range(12)]
    time.sleep(1.5)
    try:
        for _ in range(5):
            assert light(service) == 200
    finally:
        for connection in connections:
            connection.close()


def light(service: Served, source: str = "127.0.0.1") -> int:
    """Return the status of a light query that was never asked before, from an address of this machine."""
    target = f"/sparql?query=SELECT({random.getrandbits(60)}AS?x)%7B%7D"
    return service.ask("GET", target, timeout_s=2, source=source).status


def test_500_light_queries_at_once(service: Served) -> None:
    """If it failed: a crowd would close the service, or some of it would wait for ever."""
    with ThreadPoolExecutor(500) as crowd:
        answers = list(crowd.map(lambda n: service.query(f"SELECT ({n} AS ?x) {{}}"), range(500)))
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) <= {200, 429} and statuses[200] >= 20, statuses
    for answer in answers:
        if answer.status == 429:
            assert answer.problem == "too-many-queries" and answer.headers["retry-after"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has more than one loopback address")
def test_500_endless_queries_at_once(service: Served) -> None:
    """If it failed: heavy queries of one client would starve others, or pile up without a bound."""
    with ThreadPoolExecutor(500) as crowd:
        waiting = [crowd.submit(service.query, f"{ENDLESS} # {n}") for n in range(500)]
        for _ in range(6):
            time.sleep(0.3)
            assert light(service, "127.0.0.2") == 200
        answers = [answer.result() for answer in waiting]
    problems = Counter((answer.status, answer.problem) for answer in answers)
    assert set(problems) == {(503, "query-timeout"), (503, "overloaded"), (429, "too-many-queries")}, problems
    assert all(answer.headers["retry-after"] for answer in answers)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Return a listener on loopback. Prevents: a query is called harmless although it reached the network."""
    found = Listener()
    yield found
    found.close()


def test_no_spelling_of_service_reaches_out(service: Served, listener: Listener) -> None:
    """If it failed: a stranger could make this machine ask another."""
    for text in REACHING_OUT:
        text = f"PREFIX x: <{listener.address}>\n" + text.replace("ADDRESS", listener.address)
        answer = service.post(text)
        assert (answer.status, answer.problem) == (400, "query-refused"), text
    assert listener.connects == 0


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <ADDRESS>",
        "load silent <ADDRESS> INTO GRAPH <a:b>",
        r"\u004cOAD <ADDRESS>",
        "PREFIX x: <ADDRESS> LOADx:y",
        "INSERT DATA { <a:a> <a:b> 1 } ; LOAD <ADDRESS>",
        "INSERT { ?a ?b ?c } WHERE { SERVICE <ADDRESS> { ?a ?b ?c } }",
        "LOAD <file:///etc/passwd>",
    ],
)
def test_no_spelling_of_load_reaches_out(text: str, service: Served, listener: Listener) -> None:
    """If it failed: who may write could make this machine ask another, or read its files."""
    text = text.replace("ADDRESS", listener.address)
    assert service.post(text).status == 400
    answer = service.update(text)
    assert (answer.status, answer.problem) == (400, "query-refused")
    assert listener.connects == 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <FILE> { ?a ?b ?c }",
        "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?a ?b ?c } }",
        r"SELECT * \u0046ROM <FILE> { ?a ?b ?c }",
        "BASE <file:///> SELECT * FROM <PLACE> { ?a ?b ?c }",
        "PREFIX f: <file:///> SELECT * FROM f:PLACE { ?a ?b ?c }",
        "SELECT * { GRAPH <FILE> { ?a ?b ?c } }",
    ],
)
def test_files_that_are_there_are_as_those_that_are_not(text: str, service: Served) -> None:
    """If it failed: a stranger could read files, or find out which there are."""
    told = set()
    for name in ("etc/passwd", "no/such/file"):
        shown = name.replace("/", "\\/") if "f:PLACE" in text else name
        answer = service.post(text.replace("FILE", f"file:///{name}").replace("PLACE", shown))
        told.add((answer.status, answer.problem, answer.body))
    assert len(told) == 1


def test_from_another_machine_is_a_graph_that_is_not_here(service: Served, listener: Listener) -> None:
    """If it failed: FROM would fetch."""
    for text in ("SELECT * FROM <A> { ?a ?b ?c }", "SELECT * FROM NAMED <A> { GRAPH ?g { ?a ?b ?c } }"):
        answer = service.post(text.replace("<A>", f"<{listener.address}>"))
        assert (answer.status, answer.json["results"]["bindings"]) == (200, [])
    assert listener.connects == 0
