"""Starts the writer of this service, and starts it anew when it has ended."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from collegium.graph.errors import QueryTimeout, StoreBusy

from ..workers.told import recalled
from .client import CutOff, NotBegun, order

_DYING_S: Final = 1.0  # between the end of a connection and that of the process behind it
_STOP_S: Final = 10.0  # for what is being carried out when the service ends


class Keeper:
    """The writer process of one store. Safe to use from several threads."""

    def __init__(self, path: Path, base: str, seconds: float) -> None:
        self.path, self._base, self._seconds = path, base, seconds
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def start(self) -> subprocess.Popen[str]:
        """Start the writer when it does not run; return it once it owns the store.

        Raises:
            StoreBusy: another process owns it; names that.
            StoreDamaged: its files are not those that were committed.
        """
        with self._lock:
            if self._process is not None:
                if self._process.poll() is None:
                    return self._process
                _close(self._process)
            self._process = None
            process = self._begun()
            said = process.stdout.readline().strip() if process.stdout else ""
            if said != "ready":
                process.kill()
                _close(process)
                if said:
                    raise recalled(json.loads(said))
                raise StoreBusy(str(self.path), "no process that writes to it could be started")
            self._process = process
            return process

    def _begun(self) -> subprocess.Popen[str]:
        # -P: no file of the folder that the service was started in is taken for a module.
        # A process group of its own: Ctrl-C is for the service, which then ends us in order.
        command = [sys.executable, "-P", "-m", "collegium.server.writing.writer"]
        return subprocess.Popen(
            [*command, str(self.path.absolute()), self._base, str(self._seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,
        )

    def order(self, content: dict[str, Any], payload: bytes = b"") -> dict[str, Any]:
        """Have an order carried out, and return what the writer says.

        Raises:
            CollegiumError: as the writer found; the store is as it was.
            QueryTimeout: it took too long; the store is as it was.
            StoreBusy: the writer ended in the middle, or cannot be started.
        """
        process = self.start()
        try:
            return self._ask(process, content, payload)
        except NotBegun:  # it was killed, and this order is the first to notice
            _see_off(process)
        return self._ask(self.start(), content, payload)

    def _ask(self, process: subprocess.Popen[str], content: dict[str, Any], payload: bytes) -> dict[str, Any]:
        try:
            return order(self.path, content, payload)
        except CutOff:
            with contextlib.suppress(subprocess.TimeoutExpired):
                if process.wait(_DYING_S) == -signal.SIGALRM:  # the kernel's clock: see `writer.py`
                    raise QueryTimeout(self._seconds) from None
            raise

    def stop(self) -> None:
        """Let the writer end what it does, and end it."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_S)
        process.kill()
        _close(process)


def _see_off(process: subprocess.Popen[str]) -> None:
    """Wait until a writer that takes no orders has ended; tell it to where it lives on without its socket."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_DYING_S)
        return
    if process.stdin:
        process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_STOP_S)


def _close(process: subprocess.Popen[str]) -> None:
    """Close the pipes of a process that has ended, or will in a moment."""
    with process:
        pass
