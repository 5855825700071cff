"""The network as a file over HTTP: the file of the command, under the filters of the address."""

from __future__ import annotations

import io

import networkx
import pytest
from flask.testing import FlaskClient

from collegium.graph.selection import Filter
from collegium.server import api_export
from collegium.server.api_export import FORMS
from collegium.server.editions import Wanted
from collegium.server.negotiation import Form
from collegium.server.service import KnowledgeGraph
from exported import exported


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_file_is_that_of_the_command(client: FlaskClient, service: KnowledgeGraph, form: Form) -> None:
    """If it failed: the same network would be two files, or a filter be lost on the way."""
    name = form.name
    answer = client.get(
        "/api/network/export", query_string={"format": name, "from": 2025, "projection": "coauthors"}
    )
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment;")
    wanted = Wanted("coauthors", "full", Filter(from_year=2025))
    assert answer.data == exported(service.edition(), name, wanted)


def test_what_is_no_file_of_a_network_is_refused(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a mistake would be answered with another file, a huge network with the end of the service."""
    for asked, said in (({"format": "pdf"}, "format"), ({"most": 3}, "most"), ({"from": "x"}, "from")):
        answer = client.get("/api/network/export", query_string=asked)
        assert answer.status_code == 400 and answer.get_json()["detail"].startswith(said)
    monkeypatch.setattr(api_export, "_MOST_NODES", 24)
    answer = client.get("/api/network/export?format=gexf&weight=fractional")
    assert answer.status_code == 400 and "at most 24 nodes" in answer.get_json()["detail"]


def test_the_page_links_the_whole_network_that_it_asks_for(client: FlaskClient, hostile: FlaskClient) -> None:
    """If it failed: a link beside a filtered picture would give the unfiltered network."""
    page = client.get("/network/explore?from=2025&most=10&size=links").get_data(as_text=True)
    assert 'href="/api/network/export?from=2025&amp;format=gexf"' in page
    assert 'href="/api/network/export?from=2025&amp;format=gexf"' in client.get(
        "/network?from=2025&colour=institution"
    ).get_data(as_text=True)
    graph = networkx.read_gexf(io.BytesIO(hostile.get("/api/network/export?format=gexf").data))
    assert "<img src=x onerror=alert(1)>" in dict(graph.nodes(data="label")).values()
