"""Where a worker writes an answer: small ones whole or not at all, large ones in parts, and the clock meanwhile."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from collegium.graph.errors import AnswerTooLarge
from collegium.server.workers.frames import BODY, END, HEAD, WHOLE, Frame, receive
from collegium.server.workers.sink import PART_BYTES, SMALL_BYTES, Sink, stop_clock, unhurried

MOST = 8 << 20
LONG_S = 1000.0


class Channel(socket.socket):
    """A socket that notes how much time the question had left while it sent."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__(fileno=end.detach())
        self.left: list[float] = []

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send, and note the time."""
        self.left.append(signal.getitimer(signal.ITIMER_REAL)[0])
        super().sendall(data, flags)


@pytest.fixture
def channel(clock: None) -> Iterator[tuple[Channel, list[Frame]]]:
    """Return a worker's channel, and what came out at its other end. Prevents: a full channel stops the test."""
    ours, theirs = socket.socketpair()
    frames: list[Frame] = []

    def read() -> None:
        while (frame := receive(theirs)) is not None:
            frames.append(frame)

    reader = threading.Thread(target=read)
    reader.start()
    with Channel(ours) as sending, theirs:
        yield sending, frames
        sending.shutdown(socket.SHUT_WR)
        reader.join()


def all_of(channel: tuple[Channel, list[Frame]]) -> list[Frame]:
    """Return the frames once the last has come."""
    end = time.monotonic() + 20
    while not channel[1] or channel[1][-1].kind not in (END, WHOLE):
        assert time.monotonic() < end
        time.sleep(0.001)
    return channel[1]


def test_a_small_answer_is_sent_whole_and_at_its_end(channel: tuple[Channel, list[Frame]]) -> None:
    """If it failed: a query that fails late would have begun an answer, and could not be told."""
    sink = Sink(channel[0], {"type": "text/csv", "truncated": False}, MOST)
    assert sink.writable() and sink.file.write(b"a,b\r\n") == 5
    sink.write(memoryview(b"1,2\r\n"))
    assert not channel[0].left and not sink.begun
    sink.cut_at(1)
    sink.finish()
    (frame,) = all_of(channel)
    assert frame.split() == ({"type": "text/csv", "truncated": True}, b"a,b\r\n1,2\r\n")


@pytest.mark.parametrize("piece", [1000, SMALL_BYTES - 1, 3 << 20])
def test_a_large_answer_is_sent_in_parts(channel: tuple[Channel, list[Frame]], piece: int) -> None:
    """If it failed: a part would be lost or sent twice, or one large text be held whole by the web process."""
    sink = Sink(channel[0], {"type": "text/csv"}, MOST)
    data = bytes(range(250)) * 16_000
    for place in range(0, len(data), piece):
        sink.write(data[place : place + piece])
    assert sink.begun and sink.written == len(data)
    sink.finish()
    first, *parts, last = all_of(channel)
    assert first.kind == HEAD and first.json() == {"type": "text/csv"} and last.kind == END
    assert {part.kind for part in parts} == {BODY}
    assert max(len(part.data) for part in parts) <= PART_BYTES
    assert b"".join(part.data for part in parts) == data


def test_more_bytes_than_are_given_out(channel: tuple[Channel, list[Frame]]) -> None:
    """If it failed: one query could fill the line for as long as it likes."""
    sink = Sink(channel[0], {}, 2 * SMALL_BYTES)
    sink.write(bytes(SMALL_BYTES))
    with pytest.raises(AnswerTooLarge) as caught:
        sink.write(bytes(SMALL_BYTES + 1))
    assert caught.value.limit == 2 * SMALL_BYTES and sink.begun
    small = Sink(channel[0], {}, 10)
    with pytest.raises(AnswerTooLarge):
        small.write(bytes(11))
    assert not small.begun


def test_an_answer_that_has_begun_cannot_be_cut(channel: tuple[Channel, list[Frame]]) -> None:
    """If it failed: the half of an answer would be told as the whole, for its head had said so."""
    sink = Sink(channel[0], {"truncated": False}, MOST)
    sink.write(bytes(SMALL_BYTES))
    with pytest.raises(AnswerTooLarge, match="1,000 rows"):
        sink.cut_at(1000)


def test_sending_costs_a_question_no_time(channel: tuple[Channel, list[Frame]]) -> None:
    """If it failed: a client that reads slowly would have its query stopped."""
    sink = Sink(channel[0], {}, MOST)
    signal.setitimer(signal.ITIMER_REAL, LONG_S)
    sink.write(bytes(SMALL_BYTES))
    assert channel[0].left == [0.0, 0.0]
    assert LONG_S - 20 < signal.getitimer(signal.ITIMER_REAL)[0] <= LONG_S


@pytest.mark.parametrize("size", [10, SMALL_BYTES + 10])
def test_the_clock_stands_before_the_last_frame_goes(channel: tuple[Channel, list[Frame]], size: int) -> None:
    """If it failed: the alarm of a question that was answered just in time would end the one after it."""
    sink = Sink(channel[0], {}, MOST)
    signal.setitimer(signal.ITIMER_REAL, LONG_S)
    sink.write(bytes(size))
    sink.finish()
    assert channel[0].left[-1] == 0.0
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0.0


def test_the_clock_goes_on_where_sending_failed(clock: None) -> None:
    """If it failed: a worker whose reader went would have all the time there is."""
    signal.setitimer(signal.ITIMER_REAL, LONG_S)

    def send() -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        unhurried(send)
    assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    stop_clock()
    unhurried(lambda: None)
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0.0
