"""What stands behind a link over HTTP: in every network, under the same filters, and in the file that is saved."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.graph.compact import compact
from collegium.graph.evidence import Evidence
from collegium.graph.link_works import LinkWorks, link_works
from collegium.graph.mirror import mirror
from collegium.graph.projections import PROJECTIONS
from collegium.graph.selection import Filter
from collegium.server.explorer import behind as saving
from networks import author, believed, paper, written

NETWORKS = [name for name, row in PROJECTIONS.items() if row.of_papers]


def behind(projection: str, one: str, other: str, *papers: str) -> tuple[LinkWorks, list[str]]:
    """Return what stands behind a link of these papers, and the IRIs of the works."""
    found = mirror(believed(*papers))
    net = compact(found, projection)
    ends = [net.nodes.number_of(iri) for iri in (one, other)]
    assert ends[0] is not None and ends[1] is not None
    works = link_works(Evidence.of(found, net, Filter()), ends[0], ends[1])
    return works, [found.works[at].iri for at in works.works]


def test_works_stand_by_year_and_are_counted() -> None:
    """If it failed: a panel would tell of other papers than make the line, or count them twice."""
    told, works = behind(
        "coauthors",
        author("a"),
        author("b"),
        written("q", ["a", "b"], issued="2021", institutions=["x", "y"], categories=["cs.CL"]),
        written("p", ["b", "c", "a"], issued="2021", institutions=["y"], categories=["cs.CL", "cs.AI"]),
        written("r", ["a", "b"]),
        written("s", ["a", "b"], inferred="2019"),
        written("t", ["a", "c"], issued="2018", institutions=["z"]),
    )
    assert works == [paper(one) for one in "spqr"]
    assert told.years == {2019: 1, 2021: 2}
    assert [count for _, count in told.institutions] == [2, 1]
    assert [count for _, count in told.categories] == [2, 1]


def test_behind_a_coupling_stand_the_works_that_both_cite() -> None:
    """If it failed: a link of two papers would be told by the papers themselves, of which nothing is joint."""
    elsewhere = "https://doi.org/10.1000/182"
    told, works = behind(
        "bibliographic-coupling",
        paper("p"),
        paper("q"),
        written("p", ["a"], cites=["r", elsewhere]),
        written("q", ["b"], cites=[elsewhere, "r", "s"]),
        written("r", ["c"], issued="1999"),
        written("s", ["c"]),
    )
    assert works == [paper("r"), elsewhere] and told.years == {1999: 1}


def asked(client: FlaskClient, **query: Any) -> Any:
    """Return the JSON that says what stands behind a link."""
    answer = client.get("/api/network/link", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.mark.parametrize("filters", [{}, {"from": 2025}, {"min_weight": 2, "category": "cs.CL"}], ids=str)
@pytest.mark.parametrize("projection", NETWORKS)
def test_it_is_what_the_network_says(
    client: FlaskClient, projection: str, filters: Mapping[str, Any]
) -> None:
    """If it failed: a click on a line of 2 joint papers would list 5, or nothing."""
    given = {"projection": projection, **filters}
    network = client.get("/api/network", query_string=given).json
    for edge in network["edges"][:25]:
        told = asked(client, one=edge["source"], other=edge["target"], **given)
        assert {work["iri"] for work in told["papers"]} == set(edge["papers"])
        assert (told["total"], told["weight"]) == (len(edge["papers"]), edge["weight"])
        assert told["parameters"]["where"] == network["parameters"]["where"]
        assert sum(row["papers"] for row in told["years"]) == sum(
            work["year"] is not None for work in told["papers"]
        )


def test_ends_go_by_id_or_name_and_pages_follow(client: FlaskClient) -> None:
    """If it failed: only who knows addresses could ask; or half of many papers would look like all."""
    whole = asked(client, one="xingtai-lv", other="Ning Ding")
    first = asked(client, one="Xingtai Lv", other="ning-ding", limit=1)
    second = asked(client, one="Xingtai Lv", other="ning-ding", limit=1, offset=1)
    assert whole["total"] == len(whole["papers"]) == first["total"] > 2 and first["truncated"]
    assert first["papers"] + second["papers"] == whole["papers"][:2]
    assert whole["categories"] and whole["institutions"] and whole["tie"] == ["joint paper", "joint papers"]


def test_two_that_nothing_links_have_nothing_between_them(client: FlaskClient) -> None:
    """If it failed: no link would be an error, or a paper of one of them would stand there."""
    network = client.get("/api/network").json
    linked = {frozenset((edge["source"], edge["target"])) for edge in network["edges"]}
    nodes = [node["iri"] for node in network["nodes"]]
    one, other = next((a, b) for a in nodes for b in nodes if a < b and frozenset((a, b)) not in linked)
    told = asked(client, one=one, other=other)
    assert (told["total"], told["weight"], told["papers"], told["years"]) == (0, None, [], [])


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ({"one": "ning-ding"}, 400, "other"),
        ({"one": "ning-ding", "other": "ning-ding"}, 400, "another node"),
        ({"one": "ning-ding", "other": "nobody-at-all"}, 404, "nobody-at-all"),
        ({"one": "ning-ding", "other": "xingtai-lv", "from": 1900, "to": 1901}, 404, "filter"),
        ({"one": "ning-ding", "other": "xingtai-lv", "projection": "coauthorship"}, 400, "coauthors"),
        ({"one": "ning-ding", "other": "xingtai-lv", "limit": -1}, 400, "limit"),
        ({"one": "ning-ding", "other": "xingtai-lv", "size": "papers"}, 400, "size"),
    ],
    ids=str,
)
def test_what_cannot_be_said_is_refused(
    client: FlaskClient, query: Mapping[str, Any], status: int, said: str
) -> None:
    """If it failed: a wrong question would have an answer."""
    answer = client.get("/api/network/link", query_string=query)
    assert answer.status_code == status and said in answer.json["detail"]


@pytest.mark.parametrize("projection", NETWORKS)
def test_a_saved_page_holds_the_same(client: FlaskClient, projection: str) -> None:
    """If it failed: a line would have other papers offline than online."""
    page = client.get("/network/explore", query_string={"projection": projection, "download": "true"}).text
    block = re.search(r'<script type="application/json" id="columns">([^<]*)</script>', page)
    assert block
    document = json.loads(block[1])
    held, nodes, links = document["behind"], document["nodes"], document["links"]
    assert len(held["of"]) == len(links["steps"]) <= saving.MOST_LINKS
    at = 0
    for node, count in enumerate(links["counts"]):
        end = node
        for step in links["steps"][at : at + min(count, 3)]:
            end += step
            told = asked(client, one=nodes["id"][node], other=nodes["id"][end], projection=projection)
            assert [held["works"]["id"][work] for work in held["of"][at]] == [
                work["id"] for work in told["papers"]
            ]
            at += 1
        at += max(0, count - 3)


def test_a_saved_page_that_cannot_hold_the_papers_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a click on a line of a large saved page would show nothing, and nobody would know why."""
    monkeypatch.setattr(saving, "MOST_LINKS", 5)
    page = client.get("/network/explore", query_string={"download": "true"}).text
    block = re.search(r'<script type="application/json" id="columns">([^<]*)</script>', page)
    assert block
    assert json.loads(block[1])["behind"] == {"most": 5}


def test_ties_of_network_files_have_no_papers_behind_them(client: FlaskClient) -> None:
    """If it failed: a page would ask for what cannot be there."""
    page = client.get(
        "/network/explore", query_string={"projection": "ties"}, headers={"Accept": "text/html"}
    )
    assert 'data-link=""' in page.text
