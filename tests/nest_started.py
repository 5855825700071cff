"""A nest with real workers, and what to ask of it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from collegium.server.workers.nest import Nest
from collegium.server.workers.question import WorkLimits
from processes_seen import children, is_there, until

LIMITS = WorkLimits(memory_bytes=500 << 20, stack_bytes=16 << 20)


@asynccontextmanager
async def started(idle: int = 2) -> AsyncIterator[Nest]:
    """Yield a nest with its workers; afterwards nothing of it may be left."""
    nest = Nest(LIMITS, idle)
    before = children(os.getpid())
    await nest.start()
    nursery = nursery_of(nest)
    brood = children(nursery)
    try:
        yield nest
        brood = [*brood, *children(nursery), *(children(nest.nurse.pid or 0) if nest.nurse else [])]
    finally:
        await nest.stop()
    await until(lambda: not any(map(is_there, brood)))
    assert children(os.getpid()) == before


def nursery_of(nest: Nest) -> int:
    """Return the process id of its nursery."""
    assert nest.nurse is not None and nest.nurse.pid is not None
    return nest.nurse.pid
