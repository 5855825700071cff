"""Jobs over HTTP: 202 and where to ask, one job, its end; pages that wait for nothing. Real processes."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.store import Store
from collegium.server.openapi import SCHEMAS
from collegium.server.service import KnowledgeGraph
from processes_seen import PATIENCE_S, children, is_there, needs_linux
from schema_faults import faults
from served import TOKEN, WRITING, Answer, Served, served

pytestmark = needs_linux

_HTML = {"Accept": "text/html"}
# Weights that no test asks for: each makes a network that nobody computed before.
_FRESH = (0.01 + place / 10_000 for place in itertools.count())


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with a network that takes a second. Prevents: what is light is computed at once."""
    folder = tmp_path_factory.mktemp("big")
    entries = [
        f"@article{{p{n}, title={{Paper {n}}}, year={{2020}}, "
        f"author={{Ab{_word(n % 2_800)}, A. and Cd{_word(n * 7 % 3_600)}, B. and Ef{_word(n * 13 % 3_200)}, C.}}}}"
        for n in range(3_500)
    ]
    (folder / "papers.bib").write_text("\n".join(entries))
    KnowledgeGraph(Store.open(folder / "store", create=True)).load(folder / "papers.bib")
    return folder / "store"


def _word(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


@pytest.fixture(scope="module")
def service(big: Path) -> Iterator[Served]:
    """Return a service that computes one thing at a time. Prevents: a service for each test."""
    with served(big, jobs="1", waiting_jobs="2", token=TOKEN) as found:
        until(lambda: found.ask("GET", "/api/authors?limit=1").status == 200)  # belief is read
        yield found


@pytest.fixture(autouse=True)
def _nothing_under_way(service: Served) -> Iterator[None]:
    """Prevents: a test finds the job of another."""
    yield
    go_on(service)
    for job in jobs(service, "queued") + jobs(service, "running"):
        service.ask("DELETE", job["location"])


def computing(service: Served) -> list[int]:
    """Return the processes that compute rankings; one that ends while it is looked at is none."""
    found = []
    for pid in children(service.process.pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"server.computing" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


def held(service: Served) -> list[int]:
    """Return the processes that the next jobs will be left to, stopped: no job ends before `go_on`, on any machine."""
    if not computing(service):
        assert ask(service, "closeness", f"wait=30&min_weight={next(_FRESH)}").status == 200
    found = computing(service)
    for pid in found:
        os.kill(pid, signal.SIGSTOP)
    return found


def go_on(service: Served) -> None:
    """Let what is held compute."""
    for pid in computing(service):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def jobs(service: Served, state: str = "running") -> list[dict[str, Any]]:
    """Return the jobs in a state."""
    return [job for job in service.ask("GET", "/api/jobs").json["results"] if job["state"] == state]


def until(look: Callable[[], Any]) -> Any:
    """Return what `look` finds once it finds something."""
    end = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < end, "it did not become so"
        time.sleep(0.02)
    return found


def ask(service: Served, measure: str, query: str = "", **headers: str) -> Answer:
    """Return the answer to a ranking that nobody asked before: the filter makes each another network."""
    return service.ask("GET", f"/api/centrality/{measure}?{query}", headers)


def test_what_takes_long_says_where_to_ask(service: Served) -> None:
    """If it failed: whoever asks would wait for minutes, or never learn of the answer."""
    began = ask(service, "betweenness", "wait=0&limit=3&min_weight=0.1")
    assert (
        began.status == 202 and began.headers["cache-control"] == "no-store" and "etag" not in began.headers
    )
    place = began.headers["location"]
    job = began.json
    assert place == job["location"] == f"/api/jobs/{job['job']}" and job["state"] in ("queued", "running")
    assert not list(faults(job, SCHEMAS["Job"]))
    answer = until(lambda: (found := service.ask("GET", place)).status == 303 and found)
    assert answer.json["state"] == "done" and answer.json["estimated_seconds"] > 0
    result = service.ask("GET", answer.headers["location"])
    assert result.status == 200 and result.json["parameters"]["where"] == {"min_weight": 0.1}
    assert (
        result.json["exact"] is True and result.json["total"] == result.json["nodes"] == answer.json["nodes"]
    )
    listed = service.ask("GET", "/api/jobs").json["results"]
    assert listed[0]["job"] == job["job"] and not list(faults(listed[0], SCHEMAS["Job"]))


def test_who_waits_gets_the_answer(service: Served) -> None:
    """If it failed: a program that asks plainly would have to learn of jobs."""
    answer = ask(service, "betweenness", "wait=30&min_weight=0.2")
    assert answer.status == 200 and answer.json["total"] > 1_000


def test_what_is_light_needs_no_job(service: Served) -> None:
    """If it failed: each small question would cost a process."""
    before = len(service.ask("GET", "/api/jobs").json["results"])
    assert ask(service, "degree", "wait=0&min_weight=0.3").status == 200
    assert ask(service, "h_index", "wait=0&min_weight=0.3").status == 200
    assert len(service.ask("GET", "/api/jobs").json["results"]) == before


def test_a_page_never_waits(service: Served) -> None:
    """If it failed: a reader would look at a white page for as long as it takes. No script is needed."""
    page = "/centrality?measure=betweenness&weight=full&min_weight=0.4"
    held(service)
    first = service.ask("GET", page, _HTML)
    assert first.status == 202 and b'http-equiv="refresh"' in first.body
    home = service.ask("GET", "/", _HTML)
    assert home.status == 200
    go_on(service)
    assert until(lambda: (found := service.ask("GET", page, _HTML)).status == 200 and found)


def test_a_killed_computation_is_told_and_begins_anew(service: Served) -> None:
    """If it failed: whoever waits would hang, or be answered by a traceback."""
    answers: dict[str, Answer] = {}
    waiting = threading.Thread(
        target=lambda: answers.update(first=ask(service, "betweenness", "wait=30&weight=full&min_weight=0.5"))
    )
    waiting.start()
    until(lambda: any(job["stage"] for job in jobs(service)))  # before, another process would be given it
    os.kill(computing(service)[0], signal.SIGKILL)
    waiting.join()
    assert answers["first"].status == 503 and answers["first"].problem == "job-stopped"
    assert "SIGKILL" in answers["first"].json["detail"] and answers["first"].headers["retry-after"]
    assert ask(service, "betweenness", "wait=30&weight=full&min_weight=0.5").status == 200


def test_a_job_is_cancelled_once(service: Served) -> None:
    """If it failed: cancelling would not free the place, or be told as done twice."""
    pids = held(service)
    began = ask(service, "closeness", "wait=0&weight=full&min_weight=0.6")
    until(lambda: jobs(service))
    place = began.headers["location"]
    first = service.ask("DELETE", place)
    assert first.status == 200 and first.json["state"] == "cancelled"
    assert not list(faults(first.json, SCHEMAS["Job"]))
    until(lambda: not all(is_there(pid) for pid in pids))
    again, told = service.ask("DELETE", place), service.ask("GET", place)
    assert (again.status, again.problem) == (409, "job-not-cancelled")
    assert told.status == 200 and told.json["state"] == "cancelled" and "cancelled" in told.json["problem"]
    for method in ("GET", "DELETE"):
        unknown = service.ask(method, "/api/jobs/nobody")
        assert (unknown.status, unknown.problem) == (404, "not-found")


def test_the_queue_has_an_end(service: Served) -> None:
    """If it failed: whoever asks for a thousand networks would have all of them computed."""
    held(service)
    ask(service, "closeness", "wait=0&weight=full&min_weight=0.7")
    until(lambda: jobs(service))
    statuses = [ask(service, "closeness", f"wait=0&weight=full&min_weight=0.7{place}") for place in (1, 2, 3)]
    assert [answer.status for answer in statuses] == [202, 202, 503]
    assert statuses[2].problem == "overloaded" and statuses[2].headers["retry-after"]
    assert [statuses[0].json["ahead"], statuses[1].json["ahead"]] == [0, 0]
    ahead = {job["location"]: job["ahead"] for job in service.ask("GET", "/api/jobs").json["results"]}
    assert ahead[statuses[1].headers["location"]] == 1


def test_a_sample_is_what_was_asked_for(service: Served) -> None:
    """If it failed: a sampled number would look exact."""
    answer = ask(service, "betweenness", "sample=40&seed=2&wait=30").json
    assert (answer["exact"], answer["sample"], answer["seed"]) == (False, 40, 2)
    assert answer["error"]["bound"] > 0 and answer["error"]["standard_error"] > 0


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("sample=0", "sample"),
        ("sample=-1", "sample"),
        ("sample=99999", "sample"),
        ("sample=x", "sample"),
        ("sample=5&seed=-1", "seed"),
        ("sample=5&seed=99999999999", "seed"),
        ("seed=5", "seed"),
        ("wait=31", "wait"),
        ("wait=-1", "wait"),
    ],
)
def test_a_sample_that_is_none_is_refused(service: Served, query: str, parameter: str) -> None:
    """If it failed: it would be answered as if something else had been asked."""
    answer = ask(service, "betweenness", query)
    assert (answer.status, answer.problem) == (400, "bad-parameter") and answer.json["parameter"] == parameter


def test_the_service_answers_while_it_computes(service: Served) -> None:
    """If it failed: one ranking would stop every page. The process that computes is another one."""
    held(service)
    ask(service, "betweenness", "wait=0&weight=full&min_weight=0.95")
    until(lambda: jobs(service))
    assert service.ask("GET", "/livez", timeout_s=5).status == 200
    assert service.ask("GET", "/api/authors?limit=1", timeout_s=5).status == 200
    assert service.process.pid not in computing(service)


def test_no_computation_outlives_the_service(big: Path, tmp_path: Path) -> None:
    """If it failed: a service that was killed would leave processes that compute for nobody."""
    with served(shutil.copytree(big, tmp_path / "store", ignore=shutil.ignore_patterns("*.sock"))) as found:
        pids = held(found)
        ask(found, "closeness", "wait=0&weight=full&min_weight=0.9")
        until(lambda: jobs(found))
        found.process.kill()
        until(lambda: not any(is_there(pid) for pid in pids))


def test_a_change_of_the_store_answers_anew(service: Served) -> None:
    """If it failed: an answer would be of a version that is no more. A job that somebody looks after goes on."""
    began = ask(service, "closeness", "wait=0&min_weight=0.8").json
    update = {"Content-Type": "application/sparql-update"} | WRITING
    text = b"INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> <http://example.org/b> 1 } }"
    assert service.ask("POST", "/sparql", update, text).status in (200, 204)
    answer = ask(service, "closeness", "wait=30&min_weight=0.8")
    assert answer.status == 200 and answer.json["version"] == began["version"] + 1


def test_any_dear_answer_is_left_to_a_job(service: Served) -> None:
    """If it failed: communities would stop every page, be made once for each who asks, or a refusal wait for them."""
    address = "/api/communities?limit=3&members=1&stability=3"
    held(service)
    began = service.ask("GET", f"{address}&wait=0")
    assert (began.status, began.json["kind"]) == (202, "answer") and not list(
        faults(began.json, SCHEMAS["Job"])
    )
    again = service.ask("GET", f"{address}&wait=0&seed=1")  # what is left out is 1: but another address
    same = service.ask("GET", f"{address}&wait=0")
    assert same.json["job"] == began.json["job"] != again.json["job"]
    for wrong in ("communities?method=none", "communities/bridges?from=1", "network/figures?names=none"):
        assert service.ask("GET", f"/api/{wrong}", timeout_s=5).status == 400
    assert service.ask("GET", "/livez", timeout_s=5).status == 200
    go_on(service)
    whole = service.ask("GET", f"{address}&wait=30")
    assert whole.status == 200 and len(whole.json["stability"]["seeds"]) == 3
    assert service.ask("GET", f"{address}&wait=0").body == whole.body


def test_each_asker_is_led_to_the_answer_asked_for(service: Served) -> None:
    """If it failed: who asked for three rows of CSV would be sent to fifty of JSON, or to what another asked for."""
    asked = [
        f"/api/centrality/closeness?min_weight=0.45{more}&wait=0"
        for more in ("&limit=3&format=csv", "&limit=1")
    ]
    held(service)
    first = service.ask("GET", asked[0])
    second = service.ask("GET", asked[1])
    assert [answer.json["result"] for answer in (first, second)] == asked
    places = [answer.headers["location"] for answer in (first, second)]
    assert places[0].rpartition("/")[2] + "?asked=1" == places[1].rpartition("/")[2]
    go_on(service)
    for place, address in zip(places, asked, strict=True):
        led = until(lambda place=place: (seen := service.ask("GET", place)).status == 303 and seen)
        assert led.headers["location"] == address == led.json["result"]
    assert service.ask("GET", asked[0]).body.count(b"\n") == 4
