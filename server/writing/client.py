"""Hand an order to the writer of a running service, from another process."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from collegium.graph.errors import StoreBusy

from ..workers.frames import ASK, BODY, FAIL, NOTE, Frame, pack, pack_json, receive
from ..workers.told import recalled
from .address import address_of

Note = Callable[[dict[str, Any]], None]


class NotBegun(StoreBusy):
    """No writer has begun with the order; the store is as it was."""


class CutOff(StoreBusy):
    """The writer went in the middle of the order; whether it was carried out is not known."""


def has_writer(path: Path) -> bool:
    """Return whether a running service owns the store in a folder, be it one that we may not speak to."""
    try:
        with _connected(path):
            return True
    except PermissionError:
        return True
    except OSError:
        return False


def order(
    path: Path, content: dict[str, Any], payload: bytes = b"", note: Note | None = None
) -> dict[str, Any]:
    """Return what the writer says when an order is carried out.

    Raises:
        CollegiumError: as the writer found; the store is as it was.
        NotBegun: no writer there, or it ended before it began.
        CutOff: it ended in the middle.
        KeyboardInterrupt: while we waited; the order was dropped and the store is as it was.
    """
    try:
        with _connected(path) as channel:
            call = _Call(channel, note)
            frame = call.answer(pack_json(ASK, content) + pack(BODY, payload))
    except PermissionError:
        reason = "a service of another user has it; do this as that user"
        raise StoreBusy(str(path), reason) from None
    except OSError:
        raise NotBegun(str(path), "no process takes orders for it; try again") from None
    if frame is None and not call.is_begun:
        raise NotBegun(str(path), "the process that writes to it ended before it began; try again")
    if frame is None:
        raise CutOff(
            str(path), "the process that writes to it ended in the middle; look whether the change is there"
        )
    if frame.kind == FAIL:
        raise recalled(frame.json())
    done: dict[str, Any] = frame.split()[0]
    return done


class _Call:
    """One order on its way."""

    def __init__(self, channel: socket.socket, note: Note | None) -> None:
        self._channel, self._note = channel, note
        self.is_begun = False  # whether the writer said so

    def answer(self, asked: bytes) -> Frame | None:
        """Send the order and return the frame that ends it; None when the writer is gone."""
        try:
            with contextlib.suppress(OSError):
                self._channel.sendall(asked)
            return self._last()
        except KeyboardInterrupt:
            # The writer drops what it has not committed, and says which it was.
            with contextlib.suppress(OSError):
                self._channel.shutdown(socket.SHUT_WR)
            self._note = None
            try:
                frame = self._last()
            except KeyboardInterrupt:  # not even that is waited for
                return None
            if frame is not None and frame.kind == FAIL:
                raise
            return frame

    def _last(self) -> Frame | None:
        """Return the first frame that is no note."""
        while (frame := self._next()) is not None and frame.kind == NOTE:
            content = frame.json()
            if "begun" in content:
                self.is_begun = True
            elif self._note is not None:
                self._note(content)
        return frame

    def _next(self) -> Frame | None:
        try:
            return receive(self._channel)
        except OSError:
            return None


@contextlib.contextmanager
def _connected(path: Path) -> Iterator[socket.socket]:
    """Raises: OSError: nobody listens there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel, address_of(path) as address:
        channel.connect(address)
        yield channel
