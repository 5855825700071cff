"""The whole store as one file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph


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


def test_it_takes_no_parameters(client: FlaskClient) -> None:
    """If it failed: somebody who asks for a part would take the whole for it."""
    answer = client.get("/dump.nq.gz?graph=belief")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert client.post("/dump.nq.gz").status_code == 405


def test_a_store_larger_than_any_answer_comes_whole(tmp_path: Path) -> None:
    """If it failed: the caps of queries would cut the copy of a store."""
    store = Store.open(tmp_path / "s", create=True, base="http://x/")
    with store.write() as writer:
        # Titles that do not pack: more than is kept back before an answer begins.
        writer.engine.bulk_extend(
            ox.Quad(ox.NamedNode(f"http://x/{n}"), ox.NamedNode("http://x/p"), ox.Literal(str(n**97)))
            for n in range(2, 20_000)
        )
        writer.changed = True
    settings = Settings(store=tmp_path / "s", answer_bytes=1 << 16, answer_rows=10)
    answer = create_app(settings).test_client().get("/dump.nq.gz", buffered=True)
    assert len(answer.data) > 1 << 20
    assert gzip.decompress(answer.data).count(b"\n") == 19_998
    assert "X-Collegium-At-Most-Rows" not in answer.headers


def test_a_version_stays_while_it_is_sent(store: Store, seed_page: Path) -> None:
    """If it failed: a load in the middle of a download would take the files away from under it."""
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
