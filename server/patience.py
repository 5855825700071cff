"""How long a client is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Patience:
    """An end to a wait. One alarm serves many waits: of most the end comes before it would ring."""

    def __init__(self, loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
        self._loop, self._call = loop, call
        self._until: float | None = None
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def is_running(self) -> bool:
        """Whether somebody is waited for."""
        return self._until is not None

    def begin(self, seconds: float) -> None:
        """Wait so long from now on, in place of what was waited for."""
        self._until = self._loop.time() + seconds
        if self._alarm is not None and self._alarm.when() > self._until:
            self._alarm.cancel()
            self._alarm = None
        if self._alarm is None:
            self._alarm = self._loop.call_at(self._until, self._ring)

    def end(self) -> None:
        """Wait no more: what was waited for has come."""
        self._until = None

    def close(self) -> None:
        """Wait for nothing on this connection again."""
        self._until = None
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _ring(self) -> None:
        self._alarm = None
        if self._until is None:
            return
        if self._loop.time() < self._until:
            self._alarm = self._loop.call_at(self._until, self._ring)
            return
        self._until = None
        self._call()
