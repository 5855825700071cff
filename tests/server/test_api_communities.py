"""Communities over HTTP: every method, stability, topics, history and bridges; and what cannot be asked."""

from __future__ import annotations

from typing import Any

import networkx
import pytest
from flask.testing import FlaskClient

from collegium.graph.communities import Way
from collegium.server.service import KnowledgeGraph

WAYS = (
    "",
    "objective=modularity&resolution=2",
    "objective=cpm&resolution=0.3",
    "method=label-propagation&seed=4",
    "projection=coinstitutions",
    "projection=author-category&weight=fractional",
)


def get(client: FlaskClient, address: str) -> Any:
    """Return the JSON of an address that answers."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.mark.parametrize("way", WAYS)
def test_each_way_parts_everybody_once_and_tells_its_modularity(
    client: FlaskClient, service: KnowledgeGraph, way: str
) -> None:
    """If it failed: a method would lose people, or print a figure of another partition."""
    told = get(client, f"/api/communities?{way}")
    asked = told["parameters"]
    graph = service.network(asked["projection"], weight=asked["weight"])
    parts = [{member["iri"] for member in group["members"]} for group in told["results"]]
    assert sum(map(len, parts)) == len(graph) and set.union(*parts) == set(graph)
    resolution = asked["resolution"] if asked["objective"] == "modularity" else 1
    expected = networkx.community.modularity(graph, parts, resolution=resolution)
    assert told["modularity"] == pytest.approx(expected, abs=1e-10)
    assert [group["size"] for group in told["results"]] == sorted(map(len, parts), reverse=True)
    assert (told["total"], told["truncated"], told["stability"]) == (len(parts), False, None)
    if asked["projection"] == "coauthors":
        found = service.communities(**{name: asked[name] for name in Way().facts})
        assert [set(group.members) for group in found] == parts


def test_stability_tells_its_seeds(client: FlaskClient) -> None:
    """If it failed: the figure could not be made again."""
    told = get(client, "/api/communities?stability=3&seed=7")["stability"]
    assert told["seeds"] == [8, 9, 10]
    assert 0 <= told["least_normalised_mutual_information"] <= told["normalised_mutual_information"] <= 1
    assert told["least_adjusted_rand"] <= told["adjusted_rand"] <= 1


def test_groups_are_paged_and_their_members_cut(client: FlaskClient) -> None:
    """If it failed: a part would look like the whole."""
    whole = get(client, "/api/communities")
    told = get(client, "/api/communities?limit=1&offset=1&members=2")
    (group,) = told["results"]
    assert (told["total"], told["truncated"], group["number"]) == (whole["total"], True, 2)
    assert group["members"] == whole["results"][1]["members"][:2] and group["members_truncated"]
    none = get(client, "/api/communities?members=0")["results"][0]
    assert (none["members"], none["leader"]) == ([], whole["results"][0]["leader"])
    assert not whole["results"][0]["members_truncated"]


def test_a_group_has_a_label_with_its_figures(client: FlaskClient) -> None:
    """If it failed: a name would stand there without what it rests on."""
    told = get(client, "/api/communities")
    group = next(group for group in told["results"] if group["leader"] == "ning-ding")
    for topic in group["words"]:
        assert topic["score"] >= 3.84 and topic["papers"] <= group["papers"]
    assert group["label"] == ", ".join(topic["name"] for topic in group["words"][:3])
    assert "3.84" in told["topics_score"]


def test_a_history_tells_slices_and_events(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: the events would speak of groups that the slices do not list."""
    told = get(client, "/api/communities/history?slices=1y&min_size=2")
    assert [(part["from"], part["to"]) for part in told["slices"]] == [(y, y) for y in range(2023, 2027)]
    for event in told["results"]:
        parts = [told["slices"][event[side] - 1] for side in ("from_slice", "to_slice")]
        for part, numbers in zip(parts, (event["before"], event["after"]), strict=True):
            assert set(numbers) <= {group["number"] for group in part["communities"]}
        assert all(link["jaccard"] >= 0.3 for link in event["links"])
    assert sum(told["counts"].values()) == told["total"] == len(told["results"])
    for part in told["slices"]:
        year = f"from={part['from']}&to={part['to']}"
        alone = get(client, f"/api/communities?{year}")
        assert (alone["total"], alone["modularity"]) == (part["communities_total"], part["modularity"])
    cut = get(client, "/api/communities/history?slices=1y&min_size=2&limit=2&offset=1")
    assert cut["results"] == told["results"][1:3] and cut["truncated"]
    found = service.community_history("1y", min_size=2)
    assert [event.event for event in found.events] == [event["event"] for event in told["results"]]


def test_bridges_are_of_the_communities_that_are_listed(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: the numbers of one answer would mean other groups in the next."""
    groups = get(client, "/api/communities")["results"]
    members = [{member["id"] for member in group["members"]} for group in groups[:2]]
    told = get(client, "/api/communities/bridges?from=1&to=2")
    graph = service.network("coauthors")
    names = {iri: known["id"] for iri, known in graph.nodes(data=True)}
    across = {
        frozenset((names[a], names[b])): link["weight"]
        for a, b, link in graph.edges(data=True)
        if {names[a] in members[0], names[b] in members[0]} == {True, False}
        and {names[a] in members[1], names[b] in members[1]} == {True, False}
    }
    listed = {frozenset((row["from"]["id"], row["to"]["id"])): row["weight"] for row in told["links"]}
    assert listed == across and told["weight"] == sum(across.values())
    assert all(row["joint_papers"] == row["weight"] for row in told["links"])
    assert told["members"][0]["id"] == "xingtai-lv" and told["pairs_joined"] == 1
    assert {row["community"] for row in told["members"]} == {1, 2}
    ranked = get(client, "/api/communities/bridges?from=1&to=2&by=weight")["members"]
    weights = [row["weight"] for row in ranked]
    assert weights == sorted(weights, reverse=True) and len(ranked) == len(told["members"])
    assert service.bridges(1, 2).weight == told["weight"]


@pytest.mark.parametrize(
    ("address", "status", "part"),
    [
        ("/api/communities?method=louvain", 400, "leiden"),
        ("/api/communities?objective=cut", 400, "modularity"),
        ("/api/communities?method=label-propagation&objective=cpm", 400, "has none"),
        ("/api/communities?method=label-propagation&resolution=1", 400, "has none"),
        ("/api/communities?resolution=0", 400, "above 0"),
        ("/api/communities?resolution=nan", 400, "resolution"),
        ("/api/communities?seed=-1", 400, "seed"),
        ("/api/communities?stability=21", 400, "at most 20"),
        ("/api/communities?limit=0", 400, "limit"),
        ("/api/communities?projection=friends", 400, "projection"),
        ("/api/communities/history?slices=never", 400, "like 3y"),
        ("/api/communities/history?slices=0y", 400, "like 3y"),
        ("/api/communities/history?slices=1y&from=1&to=9999", 400, "at most 100"),
        ("/api/communities/history?threshold=0", 400, "above 0"),
        ("/api/communities/history?threshold=2", 400, "at most 1"),
        ("/api/communities/history?min_size=0", 400, "min_size"),
        ("/api/communities/history?projection=ties", 400, "no years"),
        ("/api/communities/bridges?from=1", 400, "to"),
        ("/api/communities/bridges?from=1&to=1", 400, "another community"),
        ("/api/communities/bridges?from=1&to=99", 404, "numbers go from 1 to"),
        ("/api/communities/bridges?from=0&to=1", 400, "at least 1"),
        ("/api/communities/bridges?from=1&to=2&from_year=2025&to_year=2020", 400, "from_year"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(
    client: FlaskClient, address: str, status: int, part: str
) -> None:
    """If it failed: a traceback, or groups of another method, for a slip of the pen."""
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    detail = (answer.json or {})["detail"]
    assert part in detail and "\n" not in detail


def test_an_empty_store_has_no_groups(empty: FlaskClient) -> None:
    """If it failed: a new store would answer with an error of ours."""
    told = get(empty, "/api/communities?stability=2")
    assert (told["results"], told["modularity"], told["stability"]) == ([], None, None)
    told = get(empty, "/api/communities/history")
    assert (told["slices"], told["results"], told["total"]) == ([], [], 0)
    assert empty.get("/api/communities/bridges?from=1&to=2").status_code == 404


def test_hostile_names_are_text(hostile: FlaskClient) -> None:
    """If it failed: a title or a name would break the answer."""
    told = get(hostile, "/api/communities?stability=1")
    assert sum(group["size"] for group in told["results"]) == told["nodes_in_network"]
    assert get(hostile, "/api/communities/history?slices=10y")["slices"] is not None
