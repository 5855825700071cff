"""A pool over the small store, and what is asked of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from collegium.server.workers.pool import Pool, Reply, whole
from collegium.server.workers.question import Question
from processes_seen import children

LIGHT = "SELECT ?n { VALUES ?n { 1 2 3 } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"  # 27 million rows
DOUBLING = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
BOMBS = [
    f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('0123456789' AS ?a0) {DOUBLING} }}",
    LARGE + " ORDER BY ?c ?f ?i",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
]
GUARDS = {"memory_bytes": 200 << 20, "stack_bytes": 64 << 20}


class Room:
    """A pool, and the questions that are put to it."""

    def __init__(self, pool: Pool, snapshot: dict[str, Any]) -> None:
        self.pool, self._snapshot = pool, snapshot

    async def reply(self, text: str, asker: str = "", **more: Any) -> Reply:
        """Return the reply to a query, as it begins."""
        return await self.pool.ask(Question(self._snapshot, text, accept="text/csv", **more), asker)

    async def body(self, text: str, asker: str = "", **more: Any) -> bytes:
        """Return the whole answer."""
        return await whole(await self.reply(text, asker, **more))

    def later(self, text: str, asker: str = "") -> asyncio.Task[bytes]:
        """Return a task that asks."""
        return asyncio.ensure_future(self.body(text, asker))

    def workers(self) -> list[int]:
        """Return the process ids of all workers."""
        nurse = self.pool.nest.nurse
        return children(nurse.pid) if nurse and nurse.pid else []


async def ended(task: asyncio.Task[bytes]) -> None:
    """Cancel, as the service does when its client goes."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
