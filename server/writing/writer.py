"""The writer: the one process that owns the store of a running service.

It listens at `writer.sock` in the store's folder, which only its own user can open, and takes one order at a time from
whoever connects: the web process, `collegium load`, Python programs. It says "ready" on its standard output once it
owns the store, and ends when its standard input closes: then the service is gone.

An update that takes too long ends this process by the kernel's clock, and with it all that was not committed; the
service starts it anew. The clock is stopped before the commit: killed in it, nobody could say whether the change is
there.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from werkzeug.exceptions import NotAcceptable

from collegium.graph.errors import (
    CollegiumError,
    StoreBusy,
    StoreDamaged,
    StoreError,
    UnknownName,
    shorten,
)
from collegium.graph.manifest import holds_store, manifest_of
from collegium.graph.store import Store
from collegium.graph.versions import SOCKET, check_sealed, own

from ..workers.frames import ASK, BODY, FAIL, pack_json, pack_whole, receive
from ..workers.jail import confine
from ..workers.told import told
from .address import address_of
from .caller import Abandoned, Caller
from .orders import ORDERS

_WAITING: Final = 64
_STACK_BYTES: Final = 256 << 20
_TIMED: Final = frozenset({"update", "put", "delete", "keep", "forget"})  # the orders that come over HTTP
_PATIENCE_S: Final = 20.0  # that these wait for another order to end: a client's own patience is often 30 s
_LAST_WORDS_S: Final = 1.0  # for answers on their way when the service ends
_BREATH_S: Final = 0.1


def main(path: str, base: str, seconds: float) -> None:
    """Own the store, say so, and carry out orders until standard input closes."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the service says when to end, not the terminal
        signal.signal(number, signal.SIG_IGN)
    os.chdir("/")  # where we were started may be removed
    confine()
    try:
        with own(Path(path), os.getppid()):
            if holds_store(Path(path)):
                check_sealed(Path(path), manifest_of(Path(path)).version)
            with _listening(Path(path)) as server:
                print("ready", flush=True)
                threading.stack_size(_STACK_BYTES)
                _Writer(path, base, seconds, server).run(sys.stdin.fileno())
    except StoreError as error:
        print(json.dumps(told(error)), flush=True)


@contextlib.contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    """Yield a socket in the store's folder that only our own user can open; one that a killed writer left is replaced.

    Raises:
        StoreError: none can be made there.
    """
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with address_of(path) as address:
            Path(address).unlink(missing_ok=True)
            old = os.umask(0o177)
            try:
                server.bind(address)
            finally:
                os.umask(old)
        server.listen(_WAITING)
    except OSError as error:
        server.close()
        reason = f"no socket for orders can be made in it: {error.strerror or error}"
        raise StoreError(str(path), reason) from None
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)  # wakes who waits in `accept`
        server.close()
        (path / SOCKET).unlink(missing_ok=True)


class _Writer:
    def __init__(self, path: str, base: str, seconds: float, server: socket.socket) -> None:
        self._path, self._base, self._seconds, self._server = path, base, seconds, server
        self._turn = threading.Lock()  # one order at a time
        self._is_ending = False
        self._serving: set[threading.Thread] = set()

    def run(self, life: int) -> None:
        """Serve until a file closes; an order that is being carried out is ended first, and told of."""
        threading.Thread(target=self._accept, daemon=True).start()
        while os.read(life, 4096):
            pass
        with self._turn:
            self._is_ending = True
        until = time.monotonic() + _LAST_WORDS_S
        for thread in list(self._serving):
            thread.join(max(0.0, until - time.monotonic()))

    def _accept(self) -> None:
        while self._server.fileno() >= 0:
            try:
                channel, _ = self._server.accept()
            except OSError:  # closed, or as many files are open as can be
                time.sleep(_BREATH_S)
                continue
            try:
                threading.Thread(target=self._serve, args=(channel,), daemon=True).start()
            except RuntimeError:  # no memory for its stack: whoever it was may ask again
                channel.close()

    def _serve(self, channel: socket.socket) -> None:
        """Carry out the orders of one connection, until it closes."""
        self._serving.add(threading.current_thread())
        try:
            with channel, contextlib.suppress(OSError):
                while not self._is_ending and (asked := _asked(channel)) is not None:
                    channel.sendall(self._done(Caller(channel), *asked))
        finally:
            self._serving.discard(threading.current_thread())

    def _done(self, caller: Caller, order: dict[str, Any], payload: bytes) -> bytes:
        """Carry out an order when its turn comes; return the frame that tells of it, nothing when it was not begun."""
        name = str(order.get("do"))
        if name not in ORDERS:
            return pack_json(FAIL, told(UnknownName("order", name, ORDERS)))
        is_timed = name in _TIMED
        if not self._turn.acquire(timeout=_PATIENCE_S if is_timed else -1):
            return self._failed(StoreBusy(self._path, "a long change is being made; ask again later"))
        try:
            if self._is_ending:
                return b""
            caller.begin()
            signal.setitimer(signal.ITIMER_REAL, self._seconds if is_timed else 0)
            store = Store.open(self._path, create=True, base=self._base)
            return pack_whole(ORDERS[name](store, order, payload, caller.note), b"")
        except (CollegiumError, NotAcceptable) as error:
            return self._failed(error)
        except Abandoned:
            return self._failed(StoreBusy(self._path, "who asked has hung up; the store is as it was"))
        except OSError as error:
            return self._failed(StoreError(self._path, f"it cannot be written: {error.strerror or error}"))
        except RuntimeError as error:
            if not str(error).startswith(
                "Corruption"
            ):  # the engine's word for files whose bytes have changed
                raise
            return self._failed(StoreDamaged(self._path, f"its files cannot be read ({shorten(str(error))})"))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._turn.release()

    def _failed(self, error: CollegiumError | NotAcceptable) -> bytes:
        return pack_json(FAIL, told(error))


def _asked(channel: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Return the next order and its payload; None when the other side is gone, or does not speak as we do."""
    frame = receive(channel)
    if frame is None or frame.kind != ASK:
        return None
    payload = receive(channel)
    if payload is None or payload.kind != BODY:
        return None
    with contextlib.suppress(ValueError):
        order = frame.json()
        if isinstance(order, dict):
            return order, bytes(payload.data)
    return None


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
