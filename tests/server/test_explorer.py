"""The explorer's document: who is shown, where, and what stands behind each link."""

from __future__ import annotations

from typing import Any

import networkx
import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.columns import NO_YEAR
from collegium.graph.compact import compact, membership
from collegium.graph.link_years import link_years
from collegium.graph.mirror import mirror
from collegium.graph.network import network_of
from collegium.graph.selection import Filter
from collegium.server.explorer.cutting import cut
from collegium.server.explorer.placing import place
from networks import believed, written


def test_years_and_cut_lists_behind_links() -> None:
    """If it failed: a slider would show links before they were; completed years count, as in a filter."""
    found = mirror(
        believed(
            written("p", ["a", "b"], issued="2019", cut=True),
            written("q", ["b", "a", "c"], issued="2021-05"),
            written("r", ["a", "c"], inferred="1999", cut=None),
            written("s", ["b", "d"], cut=True),
        )
    )
    net = compact(found, "coauthors")
    papers, rows = membership(found, "author", Filter())
    years = link_years(found.columns, papers, rows, net.pairs, most=100)
    assert [[net.nodes[at].id for at in pair] for pair in net.pairs] == [
        ["a", "b"],
        ["a", "c"],
        ["b", "c"],
        ["b", "d"],
    ]
    assert years.first.tolist() == [2019, 1999, 2021, NO_YEAR]
    assert years.last.tolist() == [2021, 2021, 2021, NO_YEAR]
    assert years.cut.tolist() == [False, False, False, True]
    assert link_years(found.columns, papers, rows, net.pairs, most=1).cut.all()


def weighted(*links: tuple[str, str, int]) -> Any:
    """Return a network of these links, and of a node without any."""
    graph = networkx.Graph()
    graph.add_node("z", name="Z", papers=9)
    for one, other, weight in links:
        graph.add_edge(one, other, weight=weight)
    return network_of(graph)


def test_the_bound_is_the_lowest_that_fits() -> None:
    """If it failed: more would be hidden than is said, or the picture would not open."""
    net = weighted(("a", "b", 5), ("b", "c", 3), ("c", "d", 1))
    assert cut(net, 5).why == "" and len(cut(net, 5).net) == 5
    four = cut(net, 4)  # only the one without links has to go
    assert (four.least, len(four.net), four.net.size) == (1, 4, 3)
    assert four.why == "those with links; with the others they are more than 4"
    three = cut(net, 3)
    assert [three.net.nodes[at].iri for at in range(3)] == ["a", "b", "c"]
    assert (three.least, three.net.weights.tolist()) == (2, [5, 5, 3, 3])
    assert three.why == "links of at least 2 joint papers, the lowest bound that leaves at most 3"


def test_where_no_bound_fits_the_strongest_stay() -> None:
    """If it failed: a network of equal links would be drawn as nothing."""
    net = weighted(("a", "b", 1), ("c", "d", 1), ("e", "f", 1))
    kept = cut(net, 3)
    assert [kept.net.nodes[at].iri for at in range(len(kept.net))] == ["a", "b", "c"]
    assert "no bound" in kept.why and kept.net.size == 1


@given(st.integers(0, 25), st.integers(0, 40), st.integers(0, 99))
def test_places_are_the_same_for_a_seed_and_apart(nodes: int, edges: int, seed: int) -> None:
    """If it failed: a shared link would show another picture, or dots that hide each other."""
    net = network_of(networkx.gnm_random_graph(nodes, edges, seed=seed))
    groups, radii = np.zeros(nodes, np.int64), np.full(nodes, 3.0)
    points, unit = place(net, groups, radii, seed)
    again, _ = place(net, groups, radii, seed)
    assert (points == again).all() and points.shape == (nodes, 2)
    assert nodes < 2 or (points.min() == 0 and points.max() == 20_000)
    away = np.hypot(*(points[:, None] - points[None]).T.astype(float)) + np.eye(nodes) * 1e9
    assert nodes < 2 or away.min() > 1.5 * 3.0 * unit  # half of a dot covered at most


def columns(client: FlaskClient, **asked: Any) -> Any:
    """Return the document that a request gets."""
    return client.get("/api/network/columns", query_string=asked).get_json()


def ends(document: Any) -> list[tuple[str, str]]:
    """Return the two ids of each link, as the page reads them."""
    ids, links, at = document["nodes"]["id"], document["links"], 0
    found = []
    for node, count in enumerate(links["counts"]):
        end = node
        for step in links["steps"][at : at + count]:
            end += step
            found.append((ids[node], ids[end]))
        at += count
    return found


def test_the_document_is_the_network(client: FlaskClient) -> None:
    """If it failed: the explorer would show another network than the API."""
    document = columns(client)
    whole = client.get("/api/network").get_json()
    names = {node["iri"]: node["id"] for node in whole["nodes"]}
    years = {row["iri"]: row["year"] for row in client.get("/api/papers?limit=1000").get_json()["results"]}
    wanted = {
        frozenset((names[link["source"]], names[link["target"]])): (
            link["weight"],
            min(years[paper] for paper in link["papers"]),
            max(years[paper] for paper in link["papers"]),
        )
        for link in whole["edges"]
    }
    links = document["links"]
    found = {
        frozenset(pair): (weight, first, first + span)
        for pair, weight, first, span in zip(
            ends(document), links["weight"], links["from"], links["span"], strict=True
        )
    }
    assert found == wanted and len(found) == 57
    assert links["cut"] == list(range(57))  # no list of the page is known to be whole
    papers = {node["id"]: node["papers"] for node in whole["nodes"]}
    assert dict(zip(document["nodes"]["id"], document["nodes"]["papers"], strict=True)) == papers
    assert document["names"]["institution"][document["nodes"]["institution"][0]] == "tsinghua"


def test_a_measure_stands_beside_the_nodes(client: FlaskClient) -> None:
    """If it failed: dots would be sized by another's rank."""
    document = columns(client, size="betweenness")
    ranked = client.get("/api/centrality/betweenness").get_json()["results"]
    found = dict(zip(document["nodes"]["id"], document["nodes"]["value"], strict=True))
    assert found == {row["id"]: row["value"] for row in ranked}
    assert "value" not in columns(client)["nodes"]


@pytest.mark.parametrize("projection", ["coauthors", "coinstitutions", "author-category", "ties"])
def test_each_projection_can_be_explored(client: FlaskClient, projection: str) -> None:
    """If it failed: one of the choices of the page would be an error."""
    document = columns(client, projection=projection, most=10)
    assert len(document["nodes"]["id"]) <= 10
    assert client.get("/network/explore", query_string={"projection": projection}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"most": 1}, "most"),
        ({"most": 10**9}, "most"),
        ({"size": "betweeness"}, "size"),
        ({"seed": -1}, "seed"),
        ({"from": 2025, "to": 2020}, "from"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_drawn_is_refused(client: FlaskClient, asked: dict[str, Any], said: str) -> None:
    """If it failed: a request could take the service's memory, or be answered with something else."""
    answer = client.get("/api/network/columns", query_string=asked)
    assert answer.status_code == 400 and answer.get_json()["detail"].startswith(said)


def test_filters_that_leave_nobody(client: FlaskClient) -> None:
    """If it failed: an empty picture would be an error."""
    document = columns(client, **{"from": 1901, "to": 1902})
    assert document["nodes"]["id"] == [] and document["links"]["steps"] == []


def test_hostile_names_stay_text(hostile: FlaskClient) -> None:
    """If it failed: a name would run as script in the page."""
    page = hostile.get("/network/explore?category=<script>alert(1)</script>", headers={"Accept": "text/html"})
    assert page.status_code == 404 and b"<script>alert" not in page.data
    assert len(columns(hostile)["nodes"]["name"]) == 8
