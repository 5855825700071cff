"""The desk of a worker, in a thread of ours: one question after the other, and the clock between them."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox
import pytest

from collegium.graph.errors import (
    AnswerTooLarge,
    NotFound,
    QueryError,
    QueryMemory,
    QueryRefused,
    StoreDamaged,
)
from collegium.graph.store import Store
from collegium.server.workers import worker
from collegium.server.workers.frames import ASK, BODY, END, FAIL, HEAD, NOTE, WHOLE, pack, pack_json, receive
from collegium.server.workers.question import Question, Snapshot, WorkLimits
from collegium.server.workers.sink import SMALL_BYTES
from collegium.server.workers.told import recalled

LIMITS = WorkLimits(seconds=1000.0, answer_bytes=1 << 20)
FIVE = "SELECT ?n { VALUES ?n { 1 2 3 4 5 } }"
CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def desk(clock: None) -> Iterator[socket.socket]:
    """Return the other end of a desk's channel. Prevents: a thread of one test answers in the next."""
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=worker._Desk(theirs, LIMITS).serve)
    thread.start()
    with theirs, ours:
        ours.settimeout(60)
        yield ours
        ours.shutdown(socket.SHUT_RDWR)
        thread.join(20)
        assert not thread.is_alive()


def asked(desk: socket.socket, question: Question) -> tuple[dict[str, Any] | None, bytes, Exception | None]:
    """Return head and body of the answer, and the error that it ended with."""
    desk.sendall(pack(ASK, question.to_json().encode()))
    head, parts = None, []
    while (frame := receive(desk)) is not None:
        if frame.kind == WHOLE:
            return (*frame.split(), None)
        if frame.kind == HEAD:
            head = frame.json()
        elif frame.kind == BODY:
            parts.append(frame.data)
        else:
            assert frame.kind in (END, FAIL)
            return head, b"".join(parts), recalled(frame.json()) if frame.kind == FAIL else None
    raise AssertionError("the desk hung up")


def test_one_answer_after_the_other(desk: socket.socket, snapshot: dict[str, Any]) -> None:
    """If it failed: a worker would be good for one question, or answer the one before."""
    head, body, _ = asked(desk, Question(snapshot, FIVE, accept="text/csv"))
    assert head == {
        "type": "text/csv; charset=utf-8",
        "form": "SELECT",
        "steady": True,
        "truncated": False,
    }
    assert body.split() == [b"n", b"1", b"2", b"3", b"4", b"5"]
    head, body, _ = asked(desk, Question(snapshot, FIVE, accept="text/csv", at_most=2))
    assert head is not None and head["truncated"] and body.split() == [b"n", b"1", b"2"]
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0.0


def test_a_large_answer_comes_in_parts(desk: socket.socket, snapshot: dict[str, Any]) -> None:
    """If it failed: an answer would have to fit into memory, twice."""
    head, body, error = asked(desk, Question(snapshot, CROSS + " LIMIT 5000", accept="text/csv"))
    assert head is not None and error is None and len(body) > SMALL_BYTES
    assert body.count(b"\r\n") == 5_001


def test_a_large_answer_of_too_many_rows_breaks_off(desk: socket.socket, snapshot: dict[str, Any]) -> None:
    """If it failed: 5,000 of 27 million rows would be told as all of them."""
    _, body, error = asked(desk, Question(snapshot, CROSS, accept="text/csv", at_most=5_000))
    assert isinstance(error, AnswerTooLarge) and error.unit == "rows"
    assert 0 < body.count(b"\r\n") <= 5_001


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ({"text": "SELECT"}, QueryError),
        ({"text": "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"}, QueryRefused),
        ({"text": "http://localhost:8000/none", "kind": "graph"}, NotFound),
        ({"text": CROSS}, AnswerTooLarge),
    ],
)
def test_an_error_is_told_and_the_desk_stays_open(
    desk: socket.socket, snapshot: dict[str, Any], question: dict[str, str], error: type[Exception]
) -> None:
    """If it failed: a wrong query would cost a worker, or its clock would end the next one."""
    assert isinstance(asked(desk, Question(snapshot, **question))[2], error)  # type: ignore[arg-type]
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0.0
    assert asked(desk, Question(snapshot, FIVE, accept="text/csv"))[1]


def test_a_version_that_is_gone_is_told(desk: socket.socket, snapshot: dict[str, Any]) -> None:
    """If it failed: a worker would answer from the version before."""
    assert asked(desk, Question(snapshot, FIVE))[1]
    assert isinstance(asked(desk, Question(snapshot | {"version": 99}, FIVE))[2], StoreDamaged)
    assert asked(desk, Question(snapshot, FIVE))[1]


def test_the_version_that_is_asked_is_the_one_that_answers(desk: socket.socket, store: Store) -> None:
    """If it failed: an update would not be in the next answer."""
    held, counts = [], []
    for number in (1, 2):
        with store.write() as writer:
            writer.engine.load(b"<a:b> <a:b> %d ." % number, format=ox.RdfFormat.TURTLE)
            writer.changed = True
        held.append(Store.open(store.path or ""))  # versions that nobody holds are removed
    for version in (1, 2, 1):
        asking = Question(asdict(Snapshot(str(store.path), version, store.base)), "SELECT ?o { ?s ?p ?o }")
        counts.append(asked(desk, asking)[1].count(b"literal"))
    assert [one.version for one in held] == [1, 2] and counts == [1, 2, 1]


def test_what_is_no_question_is_passed_over(desk: socket.socket, snapshot: dict[str, Any]) -> None:
    """If it failed: a frame that is not for workers would end one."""
    desk.sendall(pack_json(NOTE, {}))
    assert asked(desk, Question(snapshot, FIVE))[1]


def test_no_memory_left_is_told(
    desk: socket.socket, snapshot: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a query that takes too much would look like a fault of ours."""

    def no_memory(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(worker, "answer", no_memory)
        assert isinstance(asked(desk, Question(snapshot, FIVE))[2], QueryMemory)
    assert asked(desk, Question(snapshot, FIVE))[1]


def test_nobody_is_there_to_hear(snapshot: dict[str, Any], clock: None) -> None:
    """If it failed: a client that goes would leave a traceback in the log, or a worker that never ends."""
    ours, theirs = socket.socketpair()
    with theirs:
        with ours:
            ours.sendall(pack(ASK, Question(snapshot, CROSS).to_json().encode()))
        worker._Desk(theirs, LIMITS).serve()
    ours, theirs = socket.socketpair()
    with theirs:
        with ours:
            ours.sendall(pack(ASK, b"{}")[:3])
        worker._Desk(theirs, LIMITS).serve()
