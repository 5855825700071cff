"""The writer over its socket: turns, callers that are gone or silent, the end, and what it refuses to own."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from collegium.graph import versions
from collegium.graph.errors import (
    NotFound,
    StoreDamaged,
    StoreError,
    UnknownName,
)
from collegium.graph.versions import SOCKET
from collegium.server.workers.frames import ASK, BODY, END, NOTE, WHOLE, pack, pack_json, receive
from collegium.server.writing import orders
from collegium.server.writing import writer as module
from collegium.server.writing.client import CutOff, NotBegun, has_writer, order
from collegium.server.writing.writer import _listening
from writers import INSERT, X, asked, connected, filled, statements, writer_here


def test_orders_are_carried_out_one_after_the_other_on_one_connection(store_dir: Path) -> None:
    """If it failed: a client that stays would get one answer."""
    with writer_here(store_dir), connected(store_dir) as channel:
        for version in (1, 2):
            channel.sendall(asked("update", INSERT))
            frames = [receive(channel), receive(channel)]
            assert [frame.kind for frame in frames if frame] == [NOTE, WHOLE]
            assert frames[0] and frames[0].json() == {"begun": True}
            assert frames[1] and frames[1].split()[0] == {"version": version}
    assert statements(store_dir) == 1


def test_only_our_own_user_may_ask(store_dir: Path) -> None:
    """If it failed: any user of the machine could write without the token."""
    old = os.umask(0)
    try:
        with writer_here(store_dir):
            assert stat.S_IMODE((store_dir / SOCKET).stat().st_mode) == 0o600
    finally:
        assert os.umask(old) == 0, "what else this process makes is as before"
    assert not (store_dir / SOCKET).exists()


@pytest.mark.parametrize("left", ["socket", "file", "link"])
def test_what_a_killed_writer_left_is_replaced(store_dir: Path, tmp_path: Path, left: str) -> None:
    """If it failed: after a power cut nobody could write until somebody removed a file by hand."""
    filled(store_dir)
    if left == "socket":
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(str(store_dir / SOCKET))
    elif left == "file":
        (store_dir / SOCKET).write_text("x")
    else:
        (store_dir / SOCKET).symlink_to(tmp_path / "elsewhere")
    assert not has_writer(store_dir)
    with writer_here(store_dir):
        assert has_writer(store_dir)
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 2}
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_takes_no_socket_is_told(store_dir: Path) -> None:
    """If it failed: the service would say only that no writer could be started."""
    filled(store_dir)
    (store_dir / SOCKET).mkdir()
    with pytest.raises(StoreError, match="no socket for orders can be made"), _listening(store_dir):
        pass


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\0" * 100,
        pack(ASK, b"{"),
        pack(ASK, b"[]") + pack(BODY, b""),
        pack(ASK, b"\xff") + pack(BODY, b""),
        pack(END, b"") + pack(BODY, b""),
        pack_json(ASK, {"do": "update"}) + pack(END, b""),
        pack_json(ASK, {"do": "update"})[:-3],
        pack_json(ASK, {"do": "update"}) + b"B\xff\xff\xff\xff",
    ],
)
def test_who_does_not_speak_as_we_do_is_hung_up_on(store_dir: Path, sent: bytes) -> None:
    """If it failed: a stray program could end the writer, or hold it up."""
    with writer_here(store_dir), connected(store_dir) as stray:
        stray.sendall(sent)
        stray.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):  # what it sent was not even read
            assert receive(stray) is None
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 1}


@pytest.mark.parametrize("do", ["updat", "", None, ["update"]])
def test_an_unknown_order_is_refused(store_dir: Path, do: object) -> None:
    """If it failed: an older service would answer a newer program as if the work were done."""
    with (
        writer_here(store_dir),
        pytest.raises(
            UnknownName, match="one of delete, forget, keep, load, merge, part, put, split, undo, unload, up"
        ),
    ):
        order(store_dir, {"do": do})


def test_errors_come_as_they_are(store_dir: Path) -> None:
    """If it failed: every refusal would be told as a failure of the service."""
    with writer_here(store_dir):
        with pytest.raises(NotFound, match="no graph"):
            order(store_dir, {"do": "delete", "graph": f"{X}none"})
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 1}


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StoreError, "cannot be written: No space left"),
        (OSError("IO error: While appending"), StoreError, "cannot be written: IO error"),
        (RuntimeError("Corruption: block checksum mismatch"), StoreDamaged, "cannot be read .Corruption"),
    ],
)
def test_a_failing_disk_is_told_as_that(
    store_dir: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[StoreError], words: str
) -> None:
    """If it failed: the sender would not learn that it is the disk, or the writer would end."""

    def fail(*_: object) -> dict[str, Any]:
        raise error

    monkeypatch.setattr(module, "ORDERS", {"load": fail, "update": orders.ORDERS["update"]})
    with writer_here(store_dir):
        with pytest.raises(kind, match=words):
            order(store_dir, {"do": "load"})
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 1}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_ends_one_connection_only(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: one fault would hold the turn for ever, or be told as done."""

    def fail(*_: object) -> dict[str, Any]:
        raise RuntimeError("a fault")

    monkeypatch.setattr(module, "ORDERS", {"load": fail, "update": orders.ORDERS["update"]})
    with writer_here(store_dir):
        with pytest.raises(CutOff, match="look whether the change is there"):
            order(store_dir, {"do": "load"})
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 1}


def test_after_a_failed_accept_the_next_one_is_taken(
    store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a moment without file numbers would leave a writer that lives and hears nobody."""
    with writer_here(store_dir) as writer:
        order(store_dir, {"do": "update"}, INSERT)

        class Failing:
            left = 3

            def fileno(self) -> int:
                return server.fileno()

            def accept(self) -> Any:
                if self.left:
                    self.left -= 1
                    raise OSError(errno.EMFILE, "Too many open files")
                return server.accept()

        server = writer._server
        monkeypatch.setattr(module, "_BREATH_S", 0.01)
        writer._server = Failing()  # type: ignore[assignment]
        for version in (2, 3):  # the first is taken by the `accept` that waits already
            assert order(store_dir, {"do": "update"}, INSERT) == {"version": version}
        writer._server = server


def test_a_connection_without_a_thread_is_closed(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a machine without memory for one more thread would have a writer that hears nobody."""
    with writer_here(store_dir):
        with monkeypatch.context() as patched:

            def no_start(_: threading.Thread) -> None:
                raise RuntimeError("can't start new thread")

            patched.setattr(threading.Thread, "start", no_start)
            with pytest.raises(NotBegun, match="try again"):
                order(store_dir, {"do": "update"}, INSERT)
        assert order(store_dir, {"do": "update"}, INSERT) == {"version": 1}


def test_the_clock_does_not_run_in_the_commit(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: an update could be killed after it was committed, and its sender told that nothing changed."""
    clocks: list[tuple[str, float]] = []
    true_commit = versions.write_manifest

    def commit(*given: Any) -> None:
        clocks.append(("commit", signal.getitimer(signal.ITIMER_REAL)[0]))
        true_commit(*given)

    true_update = orders.update

    def update(*given: Any, **named: Any) -> Any:
        clocks.append(("update", signal.getitimer(signal.ITIMER_REAL)[0]))
        return true_update(*given, **named)

    monkeypatch.setattr(versions, "write_manifest", commit)
    monkeypatch.setattr(orders, "update", update)
    with writer_here(store_dir, seconds=200.0):
        order(store_dir, {"do": "update"}, INSERT)
    assert [name for name, _ in clocks] == ["update", "commit"]
    assert 100 < clocks[0][1] <= 200 and clocks[1][1] == 0
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
