"""The process of a job: takes tasks over a socket, one after the other, and puts each answer on the version's shelf.

Started by `jobs/process.py`. It says what it is at in `NOTE` frames, and at the end `WHOLE`, or `FAIL` with an error.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from typing import Final

from .workers.jail import confine

_NICENESS: Final = 10


def main(handle: int, parent: int, memory_bytes: int) -> None:
    """Take tasks until the other side hangs up, or nothing comes for a while."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the service, which ends us when it has ended
        signal.signal(number, signal.SIG_IGN)
    # By the thread that started us: the event loop's, which lives as long as the service.
    confine(memory_bytes=memory_bytes, network=False, parent=parent)
    os.nice(_NICENESS)
    # Only now: numpy starts threads as it is imported, and jail and niceness hold for those that come after.
    from .task_desk import TaskDesk

    desk = TaskDesk(socket.socket(fileno=handle), memory_bytes)
    while desk.serve():
        gc.collect()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
