"""Paths and reasons over HTTP: all shortest paths, as of a year, distances, links; and what cannot be asked."""

from __future__ import annotations

import csv
import io
from typing import Any

import networkx
import pytest
from flask.testing import FlaskClient

from collegium.server.editions import Edition
from collegium.server.service import KnowledgeGraph


def get(client: FlaskClient, address: str, **query: Any) -> Any:
    """Return the JSON of an address that answers."""
    answer = client.get(address, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


def drawn(service: KnowledgeGraph) -> networkx.Graph:
    """Return the co-author network with IDs as nodes, for networkx to measure."""
    graph = service.network("coauthors")
    return networkx.relabel_nodes(graph, {iri: known["id"] for iri, known in graph.nodes(data=True)})


@pytest.mark.parametrize("by", ["steps", "distance"])
def test_all_paths_are_those_of_networkx(client: FlaskClient, service: KnowledgeGraph, by: str) -> None:
    """If it failed: a way between two people would be missing, or one told that is longer."""
    graph, weight = drawn(service), None if by == "steps" else "distance"
    for end in ("ning-ding", "hengli-li", "ganqu-cui"):
        told = get(client, "/api/path", **{"from": "li-sheng", "to": end, "all": "true", "by": by})
        expected = {tuple(path) for path in networkx.all_shortest_paths(graph, "li-sheng", end, weight)}
        assert {tuple(node["id"] for node in path["nodes"]) for path in told["paths"]} == expected
        assert (told["total"], told["truncated"]) == (len(expected), False)
        for path in told["paths"]:
            for step in path["steps"]:
                link = graph.edges[step["from"]["id"], step["to"]["id"]]
                assert [paper["iri"] for paper in step["papers"]] == list(link["papers"])
                assert (step["weight"], step["distance"]) == (link["weight"], link["distance"])


def test_a_cut_list_of_paths_tells_all_there_are(client: FlaskClient) -> None:
    """If it failed: two of many would look like two."""
    told = get(client, "/api/path", **{"from": "li-sheng", "to": "ning-ding", "all": "true", "limit": 1})
    assert (len(told["paths"]), told["total"], told["truncated"]) == (1, 2, True)
    assert told["paths"][0]["nodes"] == told["nodes"]
    alone = get(client, "/api/path", **{"from": "li-sheng", "to": "ning-ding"})
    assert "paths" not in alone and alone["nodes"] == told["nodes"]


def test_as_of_a_year_the_network_is_that_of_then(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: a path of 2024 would rest on papers of 2026."""
    told = get(client, "/api/path", **{"from": "kaiyan-zhang", "to": "ning-ding", "as_of": 2024})
    years = [paper["year"] for step in told["steps"] for paper in step["papers"]]
    assert told["found"] and years and max(years) <= 2024
    assert told["parameters"]["as_of"] == 2024 and told["parameters"]["where"] == {"to_year": 2024}
    later = get(client, "/api/path", **{"from": "kaiyan-zhang", "to": "ning-ding", "to_year": 2024})
    assert later["steps"] == told["steps"]
    path = service.path("Kaiyan Zhang", "Ning Ding", as_of=2024)
    assert path.iris == tuple(node["iri"] for node in told["nodes"])


def test_one_author_at_both_ends_is_said_to_be(client: FlaskClient) -> None:
    """If it failed: a path of no steps would look like an error, or like two people."""
    told = get(client, "/api/path", **{"from": "li-sheng", "to": "Li Sheng"})
    assert (told["found"], told["length"], told["steps"]) == (True, 0, [])
    assert "both ends" in told["text"]


def test_distances_count_everybody_once(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: an Erdős number would be another than the length of the path."""
    lengths = networkx.single_source_shortest_path_length(drawn(service), "li-sheng")
    told = get(client, "/api/authors/li-sheng/distances")
    assert {row["id"]: row["distance"] for row in told["results"]} == {
        who: steps for who, steps in lengths.items() if steps
    }
    assert told["distribution"] == [
        {"distance": at, "authors": list(lengths.values()).count(at)} for at in range(3)
    ]
    assert (told["reached"], told["unreachable"], told["farthest"], told["at_least"]) == (24, 0, 2, True)
    assert told["mean"] == pytest.approx(sum(lengths.values()) / 24)
    page = get(client, "/api/authors/li-sheng/distances", at=2, limit=3, offset=1)
    assert (page["total"], page["truncated"], {row["distance"] for row in page["results"]}) == (22, True, {2})
    text = client.get("/api/authors/li-sheng/distances?at=1&format=csv").text
    assert [row["distance"] for row in csv.DictReader(io.StringIO(text))] == ["1", "1"]
    reach = service.distances("Li Sheng")
    assert list(reach.counts) == [row["authors"] for row in told["distribution"]]


def test_the_page_of_an_author_tells_who_is_within_reach(client: FlaskClient, hostile: FlaskClient) -> None:
    """If it failed: the page would tell other figures than the API, or break for somebody who writes alone."""
    page = " ".join(client.get("/author/li-sheng", headers={"Accept": "text/html"}).text.split())
    assert "24 authors within reach: 2 in 1 step, 22 in 2 steps; 0 without a path" in page
    for row in get(hostile, "/api/authors")["results"]:
        assert hostile.get(f"/author/{row['id']}", headers={"Accept": "text/html"}).status_code == 200


def test_a_link_is_told_with_its_reasons(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: "they write together" could not be checked."""
    told = get(client, "/api/authors/ning-ding/links/kaiyan-zhang")
    graph = drawn(service)
    link = graph.edges["ning-ding", "kaiyan-zhang"]
    assert [paper["iri"] for paper in sorted(told["papers"], key=lambda row: row["iri"])] == list(
        link["papers"]
    )
    assert (told["linked"], told["joint_papers"], told["weights"]["full"]) == (True, 2, 2)
    fractional = service.network("coauthors", weight="fractional")
    base = service.edition().base
    ends = [f"{base}author/{who}" for who in ("ning-ding", "kaiyan-zhang")]
    assert told["weights"]["fractional"] == pytest.approx(fractional.edges[ends[0], ends[1]]["weight"])
    assert told["years"] == [{"year": 2024, "papers": 2}] and told["papers_truncated"] == 2
    assert [(row["id"], row["papers"]) for row in told["categories"]] == [("cs.CL", 2)]
    assert told["steps"] == 1
    both = set(graph["ning-ding"]) & set(graph["kaiyan-zhang"])
    assert {row["id"] for row in told["common_coauthors"]} == both
    assert told["common_coauthors_total"] == len(both) > 0
    for row in told["common_coauthors"]:
        known = [graph.edges[end, row["id"]]["weight"] for end in ("ning-ding", "kaiyan-zhang")]
        assert row["weights"] == known
    apart = get(client, "/api/authors/li-sheng/links/ning-ding")
    assert (apart["linked"], apart["steps"], apart["papers"]) == (False, 2, [])
    early = get(client, "/api/authors/ning-ding/links/kaiyan-zhang", as_of=2020)
    assert (early["linked"], early["papers"], early["weights"]) == (False, [], {})
    assert service.link("Ning Ding", "Kaiyan Zhang").weights["full"] == 2


@pytest.mark.parametrize(
    ("address", "status", "part"),
    [
        ("/api/path?from=li-sheng&to=Ning%20Dang", 404, "alike are: "),
        ("/api/path?from=li-sheng&to=zzzzzz", 404, "no author"),
        ("/api/path?from=li-sheng", 400, "to"),
        ("/api/path?from=li-sheng&to=ning-ding&by=hops", 400, "by"),
        ("/api/path?from=li-sheng&to=ning-ding&weight=none", 400, "weight"),
        ("/api/path?from=li-sheng&to=ning-ding&as_of=0", 400, "as_of"),
        ("/api/path?from=li-sheng&to=ning-ding&as_of=10000", 400, "as_of"),
        ("/api/path?from=li-sheng&to=ning-ding&as_of=2020&to_year=2021", 400, "as_of"),
        ("/api/path?from=li-sheng&to=ning-ding&as_of=2020&from_year=2021", 400, "as_of"),
        ("/api/path?from=li-sheng&to=ning-ding&from_year=2025&to_year=2020", 400, "from_year"),
        ("/api/path?from=li-sheng&to=ning-ding&as_of=2001", 404, "filters"),
        ("/api/path?from=li-sheng&to=ning-ding&all=maybe", 400, "all"),
        ("/api/path?from=li-sheng&to=ning-ding&all=true&limit=0", 400, "limit"),
        ("/api/path?from=li-sheng&to=ning-ding&all=true&limit=1001", 400, "limit"),
        ("/api/authors/nobody/distances", 404, "nobody"),
        ("/api/authors/li-sheng/distances?at=-1", 400, "at"),
        ("/api/authors/li-sheng/distances?at=two", 400, "at"),
        ("/api/authors/li-sheng/distances?as_of=2001", 404, "filters"),
        ("/api/authors/li-sheng/distances?from=2025&to=2020", 400, "from"),
        ("/api/authors/li-sheng/distances?from=2025&as_of=2020", 400, "as_of"),
        ("/api/authors/li-sheng/links/li-sheng", 400, "another author"),
        ("/api/authors/li-sheng/links/nobody", 404, "nobody"),
        ("/api/authors/li-sheng/links/ning-ding?category=no", 404, "no"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(
    client: FlaskClient, address: str, status: int, part: str
) -> None:
    """If it failed: a traceback, or a wrong number, for a slip of the pen."""
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    detail = (answer.json or {})["detail"]
    assert part in detail and "\n" not in detail


def test_a_misspelt_name_finds_those_alike_at_any_size(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: in a large store a slip of the pen would be answered with nothing."""
    monkeypatch.setattr("collegium.server.collaboration._FEW_AUTHORS", 20)
    answer = client.get("/api/path?from=li-sheng&to=Ning%20Dang")
    assert answer.status_code == 404 and "alike are: Ning Ding" in (answer.json or {})["detail"]


def test_names_that_are_code_stay_text(hostile: FlaskClient) -> None:
    """If it failed: a name would break the answer."""
    authors = get(hostile, "/api/authors", limit=5)["results"]
    for row in authors:
        told = get(hostile, f"/api/authors/{row['id']}/distances")
        assert told["author"]["name"] == row["name"]
        assert (
            sum(one["authors"] for one in told["distribution"]) + told["unreachable"]
            == told["nodes_in_network"]
        )


def test_an_empty_store_has_nobody(empty: FlaskClient) -> None:
    """If it failed: a new store would answer with an error of ours."""
    assert empty.get("/api/path?from=a&to=b").status_code == 404
    assert empty.get("/api/authors/a/distances").status_code == 404
    assert empty.get("/api/authors/a/links/b").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/api/path?from=li-sheng&to=ning-ding&all=true&weight=fractional&as_of=2026",
        "/api/authors/li-sheng/distances?as_of=2026",
        "/api/authors/li-sheng/links/ning-ding?as_of=2026",
        "/api/communities?seed=11&stability=1",
        "/api/communities/history?slices=2y&seed=11",
        "/api/communities/bridges?from=1&to=2&seed=11",
        "/network/path?from=li-sheng&to=hengli-li&from_year=2020",
    ],
)
def test_no_graph_of_the_whole_network_is_drawn(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """If it failed: a store of 100,000 authors would take a minute and gigabytes for one question."""
    monkeypatch.setattr(Edition, "network", lambda *_: pytest.fail("a graph was drawn"))
    monkeypatch.setattr("collegium.graph.compact.project", lambda *_, **__: pytest.fail("a graph was drawn"))
    assert client.get(address).status_code == 200
