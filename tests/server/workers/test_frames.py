"""Frames on a socket: whole or not at all, however the bytes come, and no more than can be held."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.server.workers.frames import (
    BODY,
    END,
    HEAD,
    LARGEST,
    WHOLE,
    Frame,
    Line,
    pack,
    pack_json,
    pack_whole,
    receive,
)
from processes_seen import Runs, until

# Around 64 KiB a frame gets a place of its own.
LARGE = st.integers(65_525, 65_540).map(bytes) | st.just(b"large" * 40_000)
DATA = st.binary(max_size=40) | LARGE
FRAMES = st.lists(st.tuples(st.sampled_from([BODY, HEAD, END]), DATA), max_size=8)


async def line_to() -> tuple[Line, socket.socket]:
    """Return a line and the other end of its channel."""
    ours, theirs = socket.socketpair()
    _, line = await asyncio.get_running_loop().create_connection(Line, sock=ours)
    return line, theirs


def comes_in(line: Line, data: bytes) -> None:
    """Let bytes come in, as asyncio does."""
    while data:
        place = line.get_buffer(-1)
        size = min(len(place), len(data))
        place[:size] = data[:size]
        line.buffer_updated(size)
        data = data[size:]


@given(FRAMES, st.lists(st.integers(1, 30)))
def test_frames_come_out_as_they_went_in(frames: list[tuple[bytes, bytes]], cuts: list[int]) -> None:
    """If it failed: an answer would be garbled where the kernel happens to cut it."""
    line, data, place = Line(), b"".join(pack(*frame) for frame in frames), 0
    for cut in [*cuts, len(data)]:
        comes_in(line, data[place : place + cut])
        place += cut

    async def all_of_it() -> list[Frame]:
        found = []
        while (frame := await line.next()) is not None:
            found.append(frame)
        return found

    assert asyncio.run(all_of_it()) == frames


@given(FRAMES)
def test_a_blocking_reader_gets_the_same_frames(frames: list[tuple[bytes, bytes]]) -> None:
    """If it failed: a worker would read another question than was asked."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sending = threading.Thread(target=theirs.sendall, args=[b"".join(pack(*frame) for frame in frames)])
        sending.start()
        assert [receive(ours) for _ in frames] == frames
        sending.join()
        theirs.shutdown(socket.SHUT_WR)
        assert receive(ours) is None


def test_head_and_body_travel_as_one() -> None:
    """If it failed: a small answer would lose its type, or a byte."""
    line = Line()
    comes_in(line, pack_whole({"type": "text/csv"}, b"\x00a\r\n"))
    frame = asyncio.run(line.next())
    assert frame is not None and frame.kind == WHOLE
    assert frame.split() == ({"type": "text/csv"}, b"\x00a\r\n")


@pytest.mark.parametrize("kept", [1, 4, 5, 9])
def test_a_frame_that_was_cut_is_none(kept: int) -> None:
    """If it failed: half a frame would be taken for one."""
    data = pack_json(HEAD, {"a": 1})[:kept]
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(data)
        with pytest.raises(ConnectionError):
            receive(ours)
    line = Line()
    comes_in(line, data)
    assert asyncio.run(line.next()) is None


def test_a_frame_beyond_all_sizes_ends_the_line() -> None:
    """If it failed: five bytes could make the web process wait for, and hold, 4 GiB."""
    data = BODY + (LARGEST + 1).to_bytes(4)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(data)
        with pytest.raises(ConnectionError, match="at most"):
            receive(ours)

    async def hung_up() -> None:
        line, other = await line_to()
        with other:
            other.sendall(data)
            assert await line.next() is None and not line.is_open
            assert not await asyncio.to_thread(other.recv, 1)

    asyncio.run(hung_up())


def test_a_sender_is_held_up_until_somebody_reads(run: Runs) -> None:
    """If it failed: an answer that nobody takes would pile up in the web process."""
    frames, size = 64, 256 << 10

    async def held_up() -> None:
        line, theirs = await line_to()
        with theirs:
            sending = asyncio.to_thread(
                lambda: [theirs.sendall(pack(BODY, bytes(size))) for _ in range(frames)]
            )
            task = asyncio.ensure_future(sending)
            await asyncio.sleep(0.3)
            assert not task.done(), "16 MiB were taken although nobody reads"
            got = [await line.next() for _ in range(frames)]
            await task
        assert [len(frame.data) for frame in got if frame] == [size] * frames
        assert await line.next() is None

    run(held_up())


def test_what_has_come_can_be_read_after_hanging_up(run: Runs) -> None:
    """If it failed: closing a line that holds its sender up would raise in the middle of the loop."""

    async def closed() -> None:
        line, theirs = await line_to()
        with theirs:
            frames = pack(BODY, bytes(64 << 10)) * 64
            sending = asyncio.ensure_future(asyncio.to_thread(theirs.sendall, frames))
            await until(lambda: line._is_paused)
            line.close()
            count = 0
            while await line.next() is not None:
                count += 1
            with pytest.raises(BrokenPipeError):
                await sending
        assert count > 16 and not line.is_open

    run(closed())


def test_who_waits_is_woken_when_the_line_is_closed(run: Runs) -> None:
    """If it failed: a question whose worker was ended would wait for ever."""

    async def woken() -> None:
        line, theirs = await line_to()
        with theirs:
            waiting = asyncio.ensure_future(line.next())
            await asyncio.sleep(0.01)
            line.close()
            assert await waiting is None
        line.send(b"nobody hears it")

    run(woken())


def test_a_frame_is_for_the_next_who_waits(run: Runs) -> None:
    """If it failed: a client that went would take a frame with it."""

    async def kept() -> None:
        line, theirs = await line_to()
        with theirs:
            gone = asyncio.ensure_future(line.next())
            await asyncio.sleep(0.01)
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)
            theirs.sendall(pack(END, b"{}"))
            assert await line.next() == (END, b"{}")
        line.close()

    run(kept())


def test_a_line_is_quiet_until_something_comes_or_the_other_side_goes(run: Runs) -> None:
    """If it failed: a question would be sent to a worker that has ended, for the loop had not heard of it yet."""

    async def heard() -> None:
        line, theirs = await line_to()
        with theirs:
            assert line.is_quiet and not line.has_frames
            theirs.sendall(pack(END, b"{}"))
            assert not line.is_quiet and not line.has_frames, "the loop has heard of it already"
            await until(lambda: line.has_frames)
            assert not line.is_quiet and await line.next() and line.is_quiet
        assert not line.is_quiet and line.is_open
        assert await line.next() is None and not line.is_quiet
        assert not Line().is_quiet

    run(heard())
