"""A machine that has no process left."""

from __future__ import annotations

import pytest

from collegium.graph.errors import Overloaded
from collegium.server.workers.nest import Nest
from collegium.server.workers.question import WorkLimits
from processes_seen import Runs, needs_linux

pytestmark = needs_linux
LIMITS = WorkLimits(memory_bytes=500 << 20, stack_bytes=16 << 20)


def test_no_nursery_at_all_is_overload(run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a machine without processes would answer with a fault of ours, or not at all."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")

    async def refused() -> None:
        nest = Nest(LIMITS, 1)
        with pytest.raises(Overloaded, match="could be started"):
            await nest.start()
        with pytest.raises(Overloaded):
            await nest.take()
        await nest.stop()

    run(refused())
