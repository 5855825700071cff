"""The writer: the one process that owns the store of a running service.

It listens at `writer.sock` in the store's folder, which only its own user can open, and takes one order at a time from
whoever connects: the web process, `collegium load`, Python programs. It says "ready" on its standard output once it
owns the store, and ends when its standard input closes: then the service is gone.

An update that takes too long ends this process by the kernel's clock, and with it all that was not committed; the
service starts it anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any, Final

from werkzeug.exceptions import NotAcceptable

from collegium.graph.errors import CollegiumError, StoreError
from collegium.graph.manifest import holds_store, manifest_of
from collegium.graph.store import Store
from collegium.graph.versions import SOCKET, check_sealed, own

from ..workers.frames import ASK, BODY, FAIL, NOTE, pack_json, pack_whole, receive
from ..workers.jail import confine
from ..workers.told import told
from .orders import ORDERS

_WAITING: Final = 64
_STACK_BYTES: Final = 256 << 20
_TIMED: Final = frozenset({"update", "put", "delete"})  # the orders that come over HTTP


def main(path: str, base: str, seconds: float) -> None:
    """Own the store, say so, and carry out orders until standard input closes."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the service says when to end, not the terminal
        signal.signal(number, signal.SIG_IGN)
    confine()
    try:
        with own(Path(path), os.getppid()):
            _refuse_damaged(Path(path))
            with _listening(path) as server:
                print("ready", flush=True)
                threading.stack_size(_STACK_BYTES)
                _Writer(path, base, seconds, server).run()
    except StoreError as error:
        print(json.dumps(told(error)), flush=True)


def _refuse_damaged(path: Path) -> None:
    """Raises: StoreDamaged: the files are not those that were committed."""
    if holds_store(path):
        check_sealed(path, manifest_of(path).version)


@contextlib.contextmanager
def _listening(path: str) -> Any:
    """A socket in the store's folder. Bound from inside the folder: an address has room for 100 letters or so."""
    here = os.getcwd()
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    os.chdir(path)
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(SOCKET)
        old = os.umask(0o177)
        server.bind(SOCKET)
        os.umask(old)
        server.listen(_WAITING)
    finally:
        os.chdir(here)
    try:
        yield server
    finally:
        server.close()
        (Path(path) / SOCKET).unlink(missing_ok=True)


class _Writer:
    def __init__(self, path: str, base: str, seconds: float, server: socket.socket) -> None:
        self._path, self._base, self._seconds, self._server = path, base, seconds, server
        self._turn = threading.Lock()  # one order at a time
        self._is_ending = False

    def run(self) -> None:
        """Serve until standard input closes; an order that is being carried out is ended first."""
        threading.Thread(target=self._accept, daemon=True).start()
        while os.read(sys.stdin.fileno(), 4096):
            pass
        with self._turn:
            self._is_ending = True

    def _accept(self) -> None:
        while True:
            try:
                channel, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(channel,), daemon=True).start()

    def _serve(self, channel: socket.socket) -> None:
        """Carry out the orders of one connection, until it closes."""
        with channel, contextlib.suppress(ConnectionError, OSError):
            while (frame := receive(channel)) is not None:
                if frame.kind != ASK:
                    return
                payload = receive(channel)
                if payload is None or payload.kind != BODY:
                    return
                channel.sendall(self._done(channel, frame.json(), payload.data))

    def _done(self, channel: socket.socket, order: dict[str, Any], payload: bytes) -> bytes:
        """Carry out an order and return the frame that tells of it."""

        def note(content: dict[str, Any]) -> None:
            with contextlib.suppress(OSError):  # who asked is gone; the order stands
                channel.sendall(pack_json(NOTE, content))

        carry_out = ORDERS.get(order.get("do", ""))
        if carry_out is None:
            return pack_whole({"pid": os.getpid()}, b"")
        with self._turn:
            if self._is_ending:
                return b""
            if order["do"] in _TIMED:
                signal.setitimer(signal.ITIMER_REAL, self._seconds)
            try:
                store = Store.open(self._path, create=True, base=self._base)
                return pack_whole(carry_out(store, order, payload, note), b"")
            except (CollegiumError, NotAcceptable) as error:
                return pack_json(FAIL, told(error))
            except OSError as error:
                reason = f"it cannot be written: {error.strerror or error}"
                return pack_json(FAIL, told(StoreError(self._path, reason)))
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
