"""Handing over an order: the answer, and what is known when there is none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.errors import QueryError, StoreBusy
from collegium.graph.versions import SOCKET
from collegium.server.workers.frames import ASK, BODY, FAIL, NOTE, pack_json, pack_whole, receive
from collegium.server.workers.told import told
from collegium.server.writing import client
from collegium.server.writing.client import CutOff, NotBegun, has_writer, order

BEGUN = pack_json(NOTE, {"begun": True})
DONE = pack_whole({"version": 7}, b"")


@contextmanager
def answering(path: Path, answer: Callable[[socket.socket], None]) -> Iterator[None]:
    """Listen where a writer does and answer one connection so."""
    path.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path / SOCKET))
        server.listen()

        def serve() -> None:
            channel, _ = server.accept()
            with channel, suppress(OSError):  # who ordered may be gone
                answer(channel)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join(20)


def sends(*frames: bytes) -> Callable[[socket.socket], None]:
    """Return an answer that takes the order and sends these frames."""

    def answer(channel: socket.socket) -> None:
        assert (frame := receive(channel)) and frame.kind == ASK
        assert (frame := receive(channel)) and frame.kind == BODY
        channel.sendall(b"".join(frames))

    return answer


def test_notes_come_before_the_answer(tmp_path: Path) -> None:
    """If it failed: a load of an hour would show nothing, or progress would be taken for the answer."""
    note = {"path": "a", "number": 1, "files": 2}
    for wanted in ([note, note], []):
        seen: list[dict[str, Any]] = []
        folder = tmp_path / str(len(wanted))
        with answering(folder, sends(BEGUN, pack_json(NOTE, note), pack_json(NOTE, note), DONE)):
            done = order(folder, {"do": "load"}, b"body", seen.append if wanted else None)
        assert done == {"version": 7} and seen == wanted


def test_an_error_is_raised_as_it_was(tmp_path: Path) -> None:
    """If it failed: the line of a mistake in an update would be lost on the way."""
    with (
        answering(tmp_path, sends(BEGUN, pack_json(FAIL, told(QueryError("no WHERE", 3, 1))))),
        pytest.raises(QueryError) as found,
    ):
        order(tmp_path, {"do": "update"})
    assert (found.value.line, found.value.column) == (3, 1)


def test_nobody_there(tmp_path: Path) -> None:
    """If it failed: it would not be known that the order can be given again."""
    assert not has_writer(tmp_path)
    with pytest.raises(NotBegun, match="no process takes orders"):
        order(tmp_path, {"do": "update"})
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(tmp_path / SOCKET))
    with pytest.raises(NotBegun, match="no process takes orders"):
        order(tmp_path, {"do": "update"})


@pytest.mark.parametrize("sent", [b"", BEGUN[:3], BEGUN[:-1]])
def test_a_writer_that_ends_before_it_begins_changed_nothing(tmp_path: Path, sent: bytes) -> None:
    """If it failed: an update that nobody had begun with would be told as lost, and not be sent again."""
    with answering(tmp_path, sends(sent)), pytest.raises(NotBegun, match="before it began"):
        order(tmp_path, {"do": "update"})


def test_a_writer_that_ends_while_it_reads_changed_nothing(tmp_path: Path) -> None:
    """If it failed: a large update would be told as lost when the writer was killed while it was sent."""
    with answering(tmp_path, lambda channel: None), pytest.raises(NotBegun):
        order(tmp_path, {"do": "update"}, b"x" * 10_000_000)


@pytest.mark.parametrize("rest", [b"", DONE[:3], DONE[:-1]])
def test_a_writer_that_ends_in_the_middle_may_have_changed_something(tmp_path: Path, rest: bytes) -> None:
    """If it failed: an update could be carried out twice, or be told as undone that stands."""
    with (
        answering(tmp_path, sends(BEGUN, rest)),
        pytest.raises(CutOff, match="look whether the change is there"),
    ):
        order(tmp_path, {"do": "update"})


def test_a_service_of_another_user_is_told_from_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the advice would be to wait, for ever."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert has_writer(tmp_path)
    with pytest.raises(StoreBusy, match="a service of another user") as found:
        order(tmp_path, {"do": "load"})
    assert not isinstance(found.value, (NotBegun, CutOff))


def test_a_folder_with_a_long_name_is_reached(tmp_path: Path) -> None:
    """If it failed: a store deep in somebody's folders could be read and not be written."""
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    short = tmp_path / "s"
    short.symlink_to(deep)
    with answering(short, sends(BEGUN, DONE)):
        assert order(deep, {"do": "update"}) == {"version": 7}


class Interrupting:
    """A `receive` that is interrupted, as by Ctrl-C, once or twice; then as it is."""

    def __init__(self, times: int, after: int) -> None:
        self.times, self.after = times, after

    def __call__(self, channel: socket.socket) -> Any:
        if self.after:
            self.after -= 1
        elif self.times:
            self.times -= 1
            raise KeyboardInterrupt
        return receive(channel)


def waits_for_the_end(*last: bytes) -> Callable[[socket.socket], None]:
    """Return an answer that begins, waits until the caller hangs up, and sends the rest."""

    def answer(channel: socket.socket) -> None:
        sends(BEGUN)(channel)
        assert receive(channel) is None
        channel.sendall(b"".join(last))

    return answer


def test_interrupted_and_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: "the store is as it was" would be said of a load that goes on."""
    monkeypatch.setattr(client, "receive", Interrupting(1, after=1))
    note = pack_json(NOTE, {"path": "a", "number": 1, "files": 2})
    dropped = pack_json(FAIL, told(StoreBusy("s", "who asked has hung up")))
    with answering(tmp_path, waits_for_the_end(note, dropped)), pytest.raises(KeyboardInterrupt):
        order(tmp_path, {"do": "load"}, b"", lambda content: pytest.fail("no progress is shown any more"))


def test_interrupted_and_committed_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a load that came to its end would be told as undone."""
    monkeypatch.setattr(client, "receive", Interrupting(1, after=1))
    with answering(tmp_path, waits_for_the_end(DONE)):
        assert order(tmp_path, {"do": "load"}) == {"version": 7}


def test_interrupted_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the second Ctrl-C would be answered with something that nobody knows."""
    monkeypatch.setattr(client, "receive", Interrupting(2, after=1))
    with answering(tmp_path, waits_for_the_end()), pytest.raises(CutOff, match="look whether"):
        order(tmp_path, {"do": "load"})
