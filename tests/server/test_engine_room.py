"""Where workers and writer live: by the settings, in a loop of their own or the server's, and gone in the end."""

from __future__ import annotations

import asyncio
from dataclasses import fields
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from collegium.graph.errors import QueryError, QueryRefused, StoreBusy, StoreMissing
from collegium.graph.store import Store
from collegium.server.config import Settings
from collegium.server.engine_room import EngineRoom, limits_of, size_of
from collegium.server.service import KnowledgeGraph

QUAD = Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal("held in memory"))


@pytest.fixture
def held() -> KnowledgeGraph:
    """Return a store in memory that holds one statement. Prevents: an empty answer passes for the right one."""
    store = Store.memory()
    with store.write() as writer:
        writer.engine.add(QUAD)
        writer.changed = True
    return KnowledgeGraph(store)


def test_every_limit_comes_from_a_setting() -> None:
    """If it failed: a setting would be read and have no effect."""
    settings = Settings(
        query_seconds=7,
        query_bytes=1 << 27,
        answer_rows=11,
        answer_bytes=13_000,
        services=("https://example.org/sparql",),
        query_workers=3,
        slow_queries=5,
        waiting_queries=17,
        queries_per_address=19,
    )
    limits, size = limits_of(settings), size_of(settings)
    assert (limits.seconds, limits.memory_bytes, limits.answer_rows, limits.answer_bytes) == (
        7,
        1 << 27,
        11,
        13_000,
    )
    assert limits.services == ("https://example.org/sparql",)
    assert (size.fast, size.slow, size.waiting, size.per_asker) == (3, 5, 17, 19)
    assert {f.name for f in fields(size)} == {"fast", "slow", "waiting", "per_asker"}


def test_a_store_in_memory_is_asked_through_a_copy_that_goes_with_the_room(held: KnowledgeGraph) -> None:
    """If it failed: workers would see nothing of it, or copies would be left on the disk."""
    room = EngineRoom(Settings(), None)
    edition = held.edition()
    head, body = room.answer(edition, "SELECT ?o { ?s ?p ?o }", format="csv")
    assert head["type"].startswith("text/csv") and body == b"o\r\nheld in memory\r\n"
    copy = Path(room.snapshot(edition)["path"])
    assert copy.is_dir() and room.snapshot(edition)["path"] == str(copy)
    room.close()
    assert not copy.exists() and not copy.parent.exists()


def test_errors_come_out_as_themselves(held: KnowledgeGraph) -> None:
    """If it failed: the pages would say that something went wrong, and not what."""
    room = EngineRoom(Settings(), None)
    with pytest.raises(QueryError):
        room.answer(held.edition(), "nonsense")
    with pytest.raises(QueryRefused, match="SERVICE"):
        room.answer(held.edition(), "ASK { SERVICE <http://example.org/> {} }")
    room.close()


def test_a_store_in_memory_has_no_writer() -> None:
    """If it failed: an update would be taken and lost."""
    with pytest.raises(StoreMissing, match="memory"):
        _ = EngineRoom(Settings(), None).writer


def test_a_room_that_nobody_entered_has_started_nothing() -> None:
    """If it failed: each application of a test, or of a script, would start processes."""
    room = EngineRoom(Settings(), None)
    room.close()
    assert room._thread is None and room._pool is None


def test_a_room_that_was_closed_can_be_entered_again(held: KnowledgeGraph) -> None:
    """If it failed: an application could be used once only."""
    room = EngineRoom(Settings(), None)
    for _ in range(2):
        assert (
            room.answer(held.edition(), "ASK { ?s ?p ?o }", format="json")[1] == b'{"head":{},"boolean":true}'
        )
        room.close()


def test_in_the_loop_of_a_server_workers_and_writer_stand_ready(store_dir: Path) -> None:
    """If it failed: the first question would wait for processes, or a store would have two writers."""
    Store.open(store_dir, create=True)

    async def life() -> None:
        room, other = (EngineRoom(Settings(store=store_dir), store_dir) for _ in range(2))
        await room.attach()
        assert room.loop is asyncio.get_running_loop()
        assert room.pool.nest.idle == Settings().query_workers
        assert room.writer.order({"do": "update"}, b"INSERT DATA { <urn:a> <urn:b> 1 }") == {"version": 1}
        with pytest.raises(StoreBusy):
            await other.attach()
        await room.detach()
        await other.attach()
        await other.detach()

    asyncio.run(life())
