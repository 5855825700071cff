"""Starts the writer of this service, and starts it anew when it has ended."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from collegium.graph.errors import QueryTimeout, StoreBusy

from ..workers.told import recalled
from .client import order


class Keeper:
    """The writer process of one store. Safe to use from several threads."""

    def __init__(self, path: Path, base: str, seconds: float) -> None:
        self.path, self._base, self._seconds = path, base, seconds
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the writer when it does not run; return once it owns the store.

        Raises:
            StoreBusy: another process owns it; names that.
            StoreDamaged: its files are not those that were committed.
        """
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            command = [sys.executable, "-m", "collegium.server.writing.writer"]
            self._process = process = subprocess.Popen(
                [*command, str(self.path.absolute()), self._base, str(self._seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            said = process.stdout.readline().strip() if process.stdout else ""
            if said != "ready":
                self._process = None
                with process:  # waits, and closes the pipes
                    process.kill()
                if said:
                    raise recalled(json.loads(said))
                raise StoreBusy(str(self.path), "no process that writes to it could be started")

    def order(self, content: dict[str, Any], payload: bytes = b"") -> dict[str, Any]:
        """Have an order carried out, and return what the writer says.

        Raises:
            CollegiumError: as the writer found; the store is as it was.
            QueryTimeout: it took too long; the store is as it was.
            StoreBusy: the writer ended in the middle.
        """
        self.start()
        process = self._process
        try:
            return order(self.path, content, payload)
        except StoreBusy:
            if process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    if process.wait(1.0) == -14:  # SIGALRM: the kernel's clock
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
        try:
            process.wait(10.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
