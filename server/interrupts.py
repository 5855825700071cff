"""Ctrl-C and SIGTERM in a command that writes: one line that says what the store holds now, and exit code 130."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it


@contextmanager
def interruptible(told: Callable[[], str]) -> Iterator[None]:
    """End the process in order when the block is interrupted; `told` then gives what stands in the store."""
    is_main = threading.current_thread() is threading.main_thread()  # only there can signals be taken
    before = signal.signal(signal.SIGTERM, _interrupt) if is_main else None
    try:
        yield
    except KeyboardInterrupt:
        if is_main:  # whoever is impatient now must not end in a traceback
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        click.echo(f"collegium: interrupted; {told()}", err=True)
        sys.exit(INTERRUPTED)
    finally:
        if is_main:
            signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
