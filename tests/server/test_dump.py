"""The whole store as one file."""

from __future__ import annotations

import gzip
import threading
import time
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server import dump as dumping
from collegium.server.dump import gzip_nquads
from collegium.server.service import KnowledgeGraph


def large() -> ox.Store:
    """Return a store that does not fit into the chunks that may wait: titles that do not pack."""
    engine = ox.Store()
    engine.bulk_extend(
        ox.Quad(ox.NamedNode(f"http://x/{n}"), ox.NamedNode("http://x/p"), ox.Literal(str(n**97)))
        for n in range(2, 40_000)
    )
    return engine


def dumps() -> list[threading.Thread]:
    """Return the threads that write dumps."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("dump")]


def test_the_file_holds_every_statement(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: a copy of the store would lack a graph, or a statement."""
    answer = client.get("/dump.nq.gz", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/gzip")
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="collegium-{service.version}.nq.gz"'
    )
    read = set(ox.parse(gzip.decompress(answer.data), format=ox.RdfFormat.N_QUADS))
    assert read == set(service.store.engine) and len({quad.graph_name for quad in read}) == 5


def test_it_follows_the_version(client: FlaskClient) -> None:
    """If it failed: mirrors would fetch the whole store each night, changed or not."""
    head = client.head("/dump.nq.gz")
    assert (head.status_code, head.data) == (200, b"") and head.headers["Content-Disposition"]
    again = client.get("/dump.nq.gz", headers={"If-None-Match": head.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert not dumps()


def test_a_large_store_comes_in_chunks_and_whole() -> None:
    """If it failed: the last chunk would be lost, or all be one."""
    engine = large()
    chunks = list(gzip_nquads(engine))
    assert len(chunks) > 10 and all(chunks)
    assert gzip.decompress(b"".join(chunks)).count(b"\n") == len(engine)


def test_an_empty_store_is_a_file_too() -> None:
    """If it failed: a tool that unpacks the file would report damage."""
    assert gzip.decompress(b"".join(gzip_nquads(ox.Store()))) == b""


def test_a_reader_that_hangs_up_ends_the_work() -> None:
    """If it failed: each broken download would leave a thread that waits for ever."""
    stream = gzip_nquads(large())
    assert next(stream)
    assert dumps()
    started = time.monotonic()
    stream.close()
    assert not dumps() and time.monotonic() - started < 5


def test_what_breaks_off_never_looks_whole() -> None:
    """If it failed: a disk error half way would give a file that unpacks without a word."""

    class Broken:
        def dump(self, output: IO[bytes], **how: object) -> None:
            output.write(b"x" * dumping._CHUNK)
            raise OSError("the disk is gone")

    stream, got = gzip_nquads(cast(ox.Store, Broken())), b""
    with pytest.raises(OSError, match="the disk is gone"):
        for chunk in stream:
            got += chunk
    assert got
    with pytest.raises(EOFError):
        gzip.decompress(got)


def test_no_more_than_two_at_once(client: FlaskClient) -> None:
    """If it failed: a handful of slow downloads would take every thread of the service."""
    first, second = client.get("/dump.nq.gz", buffered=False), client.get("/dump.nq.gz", buffered=False)
    refused = client.get("/dump.nq.gz")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    assert (refused.json or {})["type"] == "/problems/overloaded"
    first.close()
    third = client.get("/dump.nq.gz", buffered=False)
    assert third.status_code == 200
    second.close()
    third.close()
    assert client.get("/dump.nq.gz", buffered=True).status_code == 200


def test_a_version_stays_while_it_is_sent(store: Store, seed_page: Path) -> None:
    """If it failed: a load in the middle of a download would take the files away from under it."""
    from collegium.server.app import create_app
    from collegium.server.config import Settings

    assert store.path is not None
    kg = KnowledgeGraph(store)
    kg.load(seed_page)
    held = len(kg.store.engine)
    client = create_app(Settings(store=store.path), kg).test_client()
    answer = client.get("/dump.nq.gz", buffered=False)
    del store
    for _ in range(2):
        kg.unload(kg.sources()[0].id)
        kg.load(seed_page)
    client.get("/")
    assert gzip.decompress(answer.data).count(b"\n") == held
