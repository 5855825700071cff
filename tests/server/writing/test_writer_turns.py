"""One order at a time: who waits, who has hung up or was stopped meanwhile, and the end of the service."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.errors import (
    StoreBusy,
    from_facts,
)
from collegium.graph.store import Store
from collegium.server.workers.frames import FAIL, NOTE, WHOLE, receive
from collegium.server.writing import orders
from collegium.server.writing import writer as module
from collegium.server.writing.client import order
from writers import INSERT, asked, connected, statements, writer_here


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Make an order "wait" that ends once this event is set. Prevents: a test counts on how long something takes."""
    event = threading.Event()

    def wait(store: Store, order: Any, payload: bytes, note: Any) -> dict[str, Any]:
        while not event.wait(0.02):
            note({"path": "x" * 100, "number": 1, "files": 1})
        return {"waited": True}

    changed: Mapping[str, Any] = {**orders.ORDERS, "wait": wait}
    monkeypatch.setattr(module, "ORDERS", changed)
    yield event
    event.set()


def test_an_update_waits_for_a_load_but_not_for_ever(
    store_dir: Path, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: requests would pile up behind a load of an hour, each with its body in memory."""
    with writer_here(store_dir), connected(store_dir) as load:
        load.sendall(asked("wait"))
        receive(load)
        monkeypatch.setattr(module, "_PATIENCE_S", 0.1)
        with pytest.raises(StoreBusy, match="ask again later"):
            order(store_dir, {"do": "update"}, INSERT)
        monkeypatch.setattr(module, "_PATIENCE_S", 20.0)
        later = connected(store_dir)
        later.sendall(asked("update", INSERT))
        gate.set()
        assert [frame.kind for _ in range(2) if (frame := receive(later))] == [NOTE, WHOLE]
        later.close()


def test_a_caller_that_was_stopped_holds_nobody_up(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: Ctrl-Z at `collegium load` would end all writing once its socket is full of progress."""

    def flood(store: Store, order: Any, payload: bytes, note: Any) -> dict[str, Any]:
        for number in range(2_000):
            note({"path": "x" * 1_000, "number": number, "files": 2_000})
        return {"flooded": True}

    monkeypatch.setattr(module, "ORDERS", {**orders.ORDERS, "flood": flood})
    with writer_here(store_dir), connected(store_dir) as stopped:
        stopped.sendall(asked("flood"))
        assert (frame := receive(stopped)) and frame.json() == {"begun": True}
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 1}
        seen = 0
        while (frame := receive(stopped)) is not None and frame.kind == NOTE:
            seen += 1
        assert 0 < seen < 2_000, "what it has no room for is lost"
        assert frame is not None and frame.split()[0] == {"flooded": True}, (
            "its answer is there once it goes on"
        )


def test_an_order_whose_caller_hung_up_is_dropped(store_dir: Path, gate: threading.Event) -> None:
    """If it failed: what was interrupted would be carried out all the same."""
    with writer_here(store_dir):
        with connected(store_dir) as gone:
            gone.sendall(asked("wait"))
            assert (frame := receive(gone)) and frame.json() == {"begun": True}
            gone.shutdown(socket.SHUT_WR)
            while (frame := receive(gone)) is not None and frame.kind == NOTE:
                pass
            assert frame is not None and frame.kind == FAIL
            assert "the store is as it was" in str(from_facts(frame.json()))
        with connected(store_dir) as gone:
            gone.sendall(asked("wait"))
            receive(gone)
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 1}, "and the turn is free"


def test_an_order_that_waits_is_not_begun_when_its_caller_is_gone(
    store_dir: Path, gate: threading.Event
) -> None:
    """If it failed: an update that somebody gave up would be carried out an hour later."""
    with writer_here(store_dir), connected(store_dir) as first:
        first.sendall(asked("wait"))
        receive(first)
        with connected(store_dir) as second:
            second.sendall(asked("update", INSERT))
        gate.set()
        assert order(store_dir, {"do": "update"}, b"CLEAR ALL") == {"version": 1}


class Ending:
    """A writer with two connections, and what ends it."""

    def __init__(self, path: Path) -> None:
        self._running = writer_here(path)
        self._path = path

    def __enter__(self) -> tuple[Any, socket.socket, socket.socket]:
        self._running.__enter__()
        self._channels = connected(self._path), connected(self._path)
        self._ending = threading.Thread(target=self._running.__exit__, args=(None, None, None))
        return self._ending.start, *self._channels

    def __exit__(self, *_: object) -> None:
        self._ending.join(30)
        for channel in self._channels:
            channel.close()


def test_the_end_waits_for_the_order_and_its_answer(store_dir: Path, gate: threading.Event) -> None:
    """If it failed: who loads while the service is stopped would not learn what became of it."""
    with Ending(store_dir) as (end, channel, waiting):
        channel.sendall(asked("wait"))
        assert (frame := receive(channel)) and frame.kind == NOTE
        waiting.sendall(asked("update", INSERT))
        end()
        gate.set()
        while (frame := receive(channel)) is not None and frame.kind == NOTE:
            pass
        assert frame is not None and frame.kind == WHOLE
        told = []
        with contextlib.suppress(ConnectionResetError):  # its order was not even read
            told = [frame.kind for _ in range(2) if (frame := receive(waiting))]
        assert told in ([], [NOTE, WHOLE]), "not begun, or begun and done"
    assert len(told) == 2 * (store_dir.exists() and statements(store_dir))
