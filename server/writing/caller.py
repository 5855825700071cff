"""Who asked for an order, as the writer sees it: whether it is still there, and telling it how far the order is."""

from __future__ import annotations

import socket
from typing import Any

from ..workers.frames import NOTE, pack_json


class Abandoned(Exception):
    """Who asked has hung up and nothing is committed yet: the order is dropped."""


class Caller:
    """The other end of a channel. Nothing here waits for it: a caller that was stopped must not stop the writer."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def begin(self) -> None:
        """Say that the order is being carried out: before this, whoever asked may ask again.

        Raises:
            Abandoned: it has hung up, or takes nothing.
        """
        if not self._tell({"begun": True}):
            raise Abandoned

    def note(self, content: dict[str, Any]) -> None:
        """Tell of progress; lost where the caller does not keep up.

        Raises:
            Abandoned: it has hung up.
        """
        self._tell(content)

    def _tell(self, content: dict[str, Any]) -> bool:
        """Send a note when there is room for it; return whether there was. Raises: Abandoned."""
        note = pack_json(NOTE, content)
        try:
            if self._has_hung_up():
                raise Abandoned
            sent = self._channel.send(note, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            raise Abandoned from None
        if sent < len(note):  # half a note cannot be taken back
            self._channel.shutdown(socket.SHUT_RDWR)
            raise Abandoned
        return True

    def _has_hung_up(self) -> bool:
        """Whether it closed its end, or the way to us: nothing is asked while an order is carried out."""
        try:
            return not self._channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
