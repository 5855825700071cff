"""The caller as the writer sees it: nothing here may wait for it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from collegium.server.workers.frames import NOTE, pack_json, receive
from collegium.server.writing.caller import Abandoned, Caller

NEWS = {"path": "a", "number": 1, "files": 2}


@pytest.fixture
def ends() -> Iterator[tuple[Caller, socket.socket]]:
    """Return a caller as the writer has it, and its own end. Prevents: a test needs a whole writer."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.settimeout(10)
        yield Caller(ours), theirs


def test_what_it_is_told(ends: tuple[Caller, socket.socket]) -> None:
    """If it failed: who asked would not know that the order is begun, or how far it is."""
    caller, theirs = ends
    caller.begin()
    caller.note(NEWS)
    assert [frame.json() for _ in range(2) if (frame := receive(theirs))] == [{"begun": True}, NEWS]


@pytest.mark.parametrize("way", ["close", "half"])
def test_who_has_hung_up_is_noticed(ends: tuple[Caller, socket.socket], way: str) -> None:
    """If it failed: work would go on that nobody wants."""
    caller, theirs = ends
    theirs.close() if way == "close" else theirs.shutdown(socket.SHUT_WR)
    for tell in (caller.begin, lambda: caller.note(NEWS)):
        with pytest.raises(Abandoned):
            tell()


def test_a_further_order_is_no_hanging_up(ends: tuple[Caller, socket.socket]) -> None:
    """If it failed: who sends the next order early would lose the first."""
    caller, theirs = ends
    theirs.sendall(b"next")
    caller.begin()
    assert (frame := receive(theirs)) and frame.kind == NOTE


def test_a_caller_that_takes_nothing_loses_notes_and_begins_nothing(
    ends: tuple[Caller, socket.socket],
) -> None:
    """If it failed: the writer would wait for it, or begin what it cannot know of."""
    caller, theirs = ends
    for number in range(5_000):
        caller.note({"path": "x" * 1_000, "number": number, "files": 5_000})
    with pytest.raises(Abandoned):
        caller.begin()
    seen = 0
    theirs.settimeout(0.2)
    with pytest.raises(TimeoutError):
        while (frame := receive(theirs)) is not None:
            assert frame.json()["number"] == seen, "whole notes only, in their order"
            seen += 1
    caller.begin()


def test_half_a_note_ends_the_connection() -> None:
    """If it failed: what follows half a note would be read as the rest of it."""
    note = pack_json(NOTE, NEWS)

    class Full:
        closed = False

        def recv(self, *_: object) -> bytes:
            raise BlockingIOError

        def send(self, data: bytes, _: int) -> int:
            assert data == note
            return len(data) - 1

        def shutdown(self, _: int) -> None:
            self.closed = True

    channel: Any = Full()
    with pytest.raises(Abandoned):
        Caller(channel).note(NEWS)
    assert channel.closed
