"""Hand an order to the writer of a running service, from another process."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from collegium.graph.errors import StoreBusy
from collegium.graph.versions import SOCKET

from ..workers.frames import ASK, BODY, FAIL, NOTE, pack, pack_json, receive
from ..workers.told import recalled

Note = Callable[[dict[str, Any]], None]
_LONGEST_ADDRESS: Final = 100  # of a socket; the system's own limit is 104 or 108


def has_writer(path: Path) -> bool:
    """Return whether a running service owns the store in a folder."""
    with contextlib.suppress(OSError), _connected(path):
        return True
    return False


def order(
    path: Path, content: dict[str, Any], payload: bytes = b"", note: Note | None = None
) -> dict[str, Any]:
    """Return what the writer says when an order is carried out.

    Raises:
        CollegiumError: as the writer found; the store is as it was.
        StoreBusy: the writer is gone; whether the order was carried out is not known.
    """
    try:
        with _connected(path) as channel:
            channel.sendall(pack_json(ASK, content) + pack(BODY, payload))
            while (frame := receive(channel)) is not None and frame.kind == NOTE:
                if note is not None:
                    note(frame.json())
    except OSError:
        frame = None
    if frame is None:
        raise StoreBusy(
            str(path), "the process that writes to it has ended; look whether the change is there"
        )
    if frame.kind == FAIL:
        raise recalled(frame.json())
    answer: dict[str, Any] = frame.split()[0]
    return answer


@contextlib.contextmanager
def _connected(path: Path) -> Any:
    """Raises: OSError: nobody listens there."""
    address = path / SOCKET
    folder = None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
        try:
            shown = str(address)
            if len(shown.encode()) > _LONGEST_ADDRESS:
                folder = os.open(path, os.O_RDONLY)
                shown = f"/proc/self/fd/{folder}/{SOCKET}"  # on Linux; elsewhere only the service itself can write
            channel.connect(shown)
            yield channel
        finally:
            if folder is not None:
                os.close(folder)
