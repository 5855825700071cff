"""The service's end of a process that computes: started, asked, killed and buried. Belongs to an event loop."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

from ..workers.frames import ASK, FAIL, NOTE, WHOLE, Line, pack_json
from ..workers.told import recalled

# No business of a process that computes what strangers ask for.
_KEPT_BACK: Final = frozenset({"COLLEGIUM_TOKEN"})


class Ended(Exception):
    """The process is gone. `has_begun`: whether it had taken the task; `by`: the signal that ended it, where known."""

    def __init__(self, has_begun: bool, by: int | None) -> None:
        self.has_begun, self.by = has_begun, by
        super().__init__(f"signal {by}")

    @property
    def told(self) -> str:
        """How it ended, for people."""
        if self.by is None:
            return "its process ended"
        return f"its process was ended from outside ({signal.Signals(self.by).name})"


class Process:
    """One process and the line to it."""

    def __init__(self, process: subprocess.Popen[bytes], line: Line) -> None:
        self._process, self._line = process, line

    @classmethod
    async def start(cls, memory_bytes: int) -> Process:
        """Start one: a program of its own, no copy of this process with all its threads. Raises: OSError."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            # -P: what lies in the folder that the service was started in is not ours to import.
            # A process group of its own: Ctrl-C is for the service, which then ends it in order.
            command = [sys.executable, "-P", "-m", "collegium.server.computing"]
            try:
                process = subprocess.Popen(
                    [*command, str(theirs.fileno()), str(os.getpid()), str(memory_bytes)],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    process_group=0,
                    env={name: value for name, value in os.environ.items() if name not in _KEPT_BACK},
                )
            except OSError:
                ours.close()
                raise
        _, line = await asyncio.get_running_loop().create_connection(Line, sock=ours)
        return cls(process, line)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_well(self) -> bool:
        """Whether it waits for a task, as far as the kernel knows."""
        return self._line.is_quiet and self._process.poll() is None

    async def ask(self, content: dict[str, Any], noted: Callable[[dict[str, Any]], None]) -> None:
        """Return when the task is done; `noted` hears what it is at.

        Raises:
            CollegiumError: as the process found.
            Ended: the process is gone.
        """
        has_begun = False
        self._line.send(pack_json(ASK, content))
        while (frame := await self._line.next()) is not None:
            has_begun = True
            if frame.kind == NOTE:
                noted(frame.json())
            elif frame.kind == WHOLE:
                return
            elif frame.kind == FAIL:
                raise recalled(frame.json())
        code = await asyncio.to_thread(self._process.wait)
        raise Ended(has_begun, -code if code < 0 else None)

    def kill(self) -> None:
        """End it, whatever it does; `end` has still to bury it."""
        self._process.kill()

    async def end(self) -> None:
        """End it and bury it."""
        self._line.close()
        self._process.kill()
        try:
            await asyncio.to_thread(self._process.wait)
        except RuntimeError:  # the interpreter ends and starts no threads any more
            self._process.wait()
