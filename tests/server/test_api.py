"""The JSON API: known answers of the bundled page, and the manners of lists."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.graph.measures import MEASURES
from collegium.queries.catalogue import CATALOGUE
from collegium.server.api import ENDPOINTS


def get(client: FlaskClient, path: str, **query: Any) -> Any:
    """Return the JSON of an address that must be answered."""
    answer = client.get(path, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.mark.parametrize(
    ("path", "total"), [("/api/authors", 25), ("/api/papers", 17), ("/api/institutions", 3)]
)
def test_lists_count(client: FlaskClient, path: str, total: int | None) -> None:
    """If it failed: a list would drop or invent things."""
    if total is not None:
        assert get(client, path)["total"] == total


def test_pages_of_a_list_make_the_whole(client: FlaskClient) -> None:
    """If it failed: something would stand on two pages, or on none."""
    whole = [row["id"] for row in get(client, "/api/authors")["results"]]
    assert len(whole) == 25
    seen: list[str] = []
    address = "/api/authors?limit=7"
    while address:
        answer = client.get(address)
        told = answer.json or {}
        seen += [row["id"] for row in told["results"]]
        links = {
            part.partition("; ")[2]: part.partition(">")[0].strip(" <")
            for part in answer.headers.get("Link", "").split(",")
        }
        address = links.get('rel="next"', "")
        assert told["truncated"] is bool(address)
        assert answer.headers["X-Collegium-Truncated"] == str(bool(address)).lower()
    assert seen == whole


@pytest.mark.parametrize(
    ("question", "first"), [("ning", "ning-ding"), ("DING", "dinghuai-zhang"), ("xingtai lv", "xingtai-lv")]
)
def test_search_finds_by_words(client: FlaskClient, question: str, first: str) -> None:
    """If it failed: case would decide who is found."""
    assert get(client, "/api/authors", q=question)["results"][0]["id"] == first


def test_one_author(client: FlaskClient) -> None:
    """If it failed: the page's facts would not come through, or reported and computed figures would be mixed."""
    author = get(client, "/api/authors/xingtai-lv")
    assert (author["name"], author["primary_category"]["id"]) == ("Xingtai Lv", "cs.CL")
    reported = {row["measure"]: (row["value"], row["as_given"]) for row in author["reported"]}
    assert reported == {
        "h_index": (35, "35"),
        "papers": (17, "17"),
        "citations": (1150, "1,150"),
        "novelty_percent": (44, "44%"),
        "ai_score": (60, "60%"),
    } or reported["citations"] == (1150, "1,150")
    assert all(row["source"] and row["date"] for row in author["reported"])
    assert (len(author["papers"]), author["papers_shown"], author["papers_hidden"]) == (17, 6, 11)
    assert author["papers_truncated"] == 17
    assert len(author["coauthors"]) == 24


def test_a_paper_without_a_year_keeps_what_the_page_says(client: FlaskClient) -> None:
    """If it failed: a guess would stand where the source is silent."""
    found = get(client, "/api/papers", q="skip half experts")["results"][0]
    paper = get(client, f"/api/papers/{found['id']}")
    assert paper["published"]["as_given"] == "May 18"
    assert paper["published"]["issued"] is None
    assert paper["published"]["partial"] == "--05-18"
    assert paper["year_inferred"] is True
    assert [author["name"] for author in paper["authors"]] == ["Xingtai Lv", "Li Sheng", "Kaiyan Zhang"]
    assert paper["authors_truncated"] is True


def test_code_without_a_link_is_still_code(client: FlaskClient) -> None:
    """If it failed: the flag of paper 1 would be lost, since no address stands beside it."""
    found = get(client, "/api/papers", q="opendelta")["results"][0]
    paper = get(client, f"/api/papers/{found['id']}")
    assert (paper["has_code"], paper["code"]) == (True, [])


def test_coauthors_say_that_they_are_a_lower_bound(client: FlaskClient) -> None:
    """If it failed: counts from cut lists would look exact."""
    told = get(client, "/api/authors/xingtai-lv/coauthors")
    assert (told["total"], told["at_least"], told["papers_truncated"], told["coverage"]) == (
        24,
        True,
        17,
        0.0,
    )
    assert [(row["name"], row["joint_papers"]) for row in told["results"][:3]] == [
        ("Kaiyan Zhang", 7),
        ("Ning Ding", 7),
        ("Ermo Hua", 3),
    ]


def test_betweenness_of_the_page(client: FlaskClient) -> None:
    """If it failed: the known answers of the issue would not come over HTTP."""
    told = get(client, "/api/centrality/betweenness", limit=3)
    values = [(row["rank"], row["name"], round(row["value"], 3)) for row in told["results"]]
    assert values == [(1, "Xingtai Lv", 0.75), (2, "Ning Ding", 0.058), (3, "Kaiyan Zhang", 0.055)]
    assert (told["total"], told["nodes"], told["edges"], told["truncated"]) == (25, 25, 57, True)
    assert (told["at_least"], told["exact"], told["version"]) == (True, True, 1)
    assert told["parameters"]["projection"] == "coauthors"


@pytest.mark.parametrize("name", list(MEASURES))
def test_every_measure_answers_with_what_it_was_made_of(client: FlaskClient, name: str) -> None:
    """If it failed: a number would come without its origin."""
    told = get(client, f"/api/centrality/{name}")
    for fact in ("measure", "parameters", "version", "engine", "exact", "at_least"):
        assert fact in told
    assert told["measure"] == name


@pytest.mark.parametrize(
    ("query", "nodes", "edges"),
    [
        ({"shown_only": "true"}, 25, 41),
        ({"from": "2025"}, None, None),
        ({"complete_only": "true"}, 0, 0),
        ({"category": "cs.CL"}, None, None),
        ({"institution": "tsinghua"}, None, None),
        ({"authors": "xingtai-lv,ning-ding"}, 2, 1),
        ({"min_weight": "2"}, 25, None),
        ({"projection": "coinstitutions"}, 3, None),
        ({"projection": "author-category"}, None, None),
        ({"projection": "category-cooccurrence"}, None, None),
        ({"weight": "fractional"}, 25, 57),
    ],
)
def test_filters_reach_the_network(
    client: FlaskClient, query: dict[str, str], nodes: int | None, edges: int | None
) -> None:
    """If it failed: a filter would be read and dropped."""
    told = get(client, "/api/network", **query)
    ranked = get(client, "/api/centrality/degree", **query)
    assert (told["nodes_in_network"], told["edges_in_network"]) == (ranked["nodes"], ranked["edges"])
    if nodes is not None:
        assert len(told["nodes"]) == nodes
    if edges is not None:
        assert len(told["edges"]) == edges


def test_years_that_end_before_they_begin(client: FlaskClient) -> None:
    """If it failed: an impossible window would give an empty network, as if nobody had written."""
    answer = client.get("/api/centrality/degree?from=2025&to=2020")
    assert answer.status_code == 400 and (answer.json or {})["parameter"] == "from"


def test_the_network_says_when_it_is_cut(client: FlaskClient) -> None:
    """If it failed: a part would look like the whole."""
    told = get(client, "/api/network", limit=5)
    kept = {node["iri"] for node in told["nodes"]}
    assert (len(kept), told["truncated"], told["nodes_in_network"]) == (5, True, 25)
    assert all({edge["source"], edge["target"]} <= kept for edge in told["edges"])


def test_a_path_is_proven_by_papers(client: FlaskClient) -> None:
    """If it failed: a chain would be a claim without evidence."""
    told = get(client, "/api/path", **{"from": "Ning Ding", "to": "li-sheng"})
    assert told["found"] and told["length"] == 2
    assert [step["to"]["name"] for step in told["steps"]] == ["Kaiyan Zhang", "Li Sheng"]
    assert all(step["papers"] for step in told["steps"])
    alone = get(client, "/api/path", **{"from": "Ning Ding", "to": "Li Sheng", "shown_only": "true"})
    assert alone["found"] in (True, False)


def test_no_path_is_an_answer(hostile: FlaskClient) -> None:
    """If it failed: being unconnected would be an error."""
    told = get(hostile, "/api/path", **{"from": "h0", "to": "h3", "shown_only": "true"})
    assert told["found"] is False and told["length"] is None and told["steps"] == []


def test_an_author_who_is_filtered_out_is_said_to_be(client: FlaskClient) -> None:
    """If it failed: "not in the store" would be said of someone who is."""
    answer = client.get(
        "/api/path", query_string={"from": "ning-ding", "to": "li-sheng", "complete_only": "true"}
    )
    assert answer.status_code == 404 and "filters" in (answer.json or {})["detail"]


def test_communities_hold_everybody_once(client: FlaskClient) -> None:
    """If it failed: a community would lose or double people."""
    told = get(client, "/api/communities")
    members = [member["id"] for group in told["results"] for member in group["members"]]
    assert len(members) == len(set(members)) == 25
    assert told == get(client, "/api/communities")


def test_tables_come_as_csv_and_tsv(client: FlaskClient) -> None:
    """If it failed: a spreadsheet would show other rows than the API."""
    rows = get(client, "/api/centrality/degree")["results"]
    text = client.get("/api/centrality/degree", headers={"Accept": "text/csv"}).text
    table = list(csv.DictReader(io.StringIO(text)))
    assert [(row["id"], float(row["value"])) for row in table] == [(row["id"], row["value"]) for row in rows]
    lines = client.get("/api/papers?format=tsv").text.splitlines()
    assert len(lines) == 18 and len({line.count("\t") for line in lines}) == 1


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_every_query_of_the_catalogue_runs(client: FlaskClient, name: str) -> None:
    """If it failed: an example that we print would not work."""
    query = CATALOGUE[name]
    answer = client.get(f"/api/queries/{name}", query_string=dict(query.example))
    told = answer.json or {}
    assert answer.status_code == 200 or told["type"] == "/problems/not-found", answer.text
    page = client.get(f"/queries/{name}", headers={"Accept": "text/html"})
    assert page.status_code == 200


def test_a_query_is_cut_and_says_so(client: FlaskClient) -> None:
    """If it failed: half an answer would look whole."""
    first = client.get("/api/queries/author_coauthors?author=xingtai-lv&limit=10")
    told = first.json or {}
    assert (len(told["results"]), told["truncated"], told["total"]) == (10, True, None)
    assert 'rel="next"' in first.headers["Link"]
    rest = get(client, "/api/queries/author_coauthors", author="xingtai-lv", limit=100, offset=10)
    assert (len(rest["results"]), rest["truncated"]) == (14, False)


def test_values_of_a_query_stay_values(client: FlaskClient) -> None:
    """If it failed: a quote and a brace in a value would change the query."""
    for text in ('"', "} UNION {", "'\\", "\n"):
        answer = client.get("/api/queries/authors_search", query_string={"text": text})
        if text.strip():
            assert (answer.status_code, (answer.json or {})["results"]) == (200, [])
        else:
            assert answer.status_code == 400


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_a_query_in_the_standards_own_forms(client: FlaskClient, accept: str) -> None:
    """If it failed: SPARQL tools could not read the catalogue."""
    answer = client.get("/api/queries/author_coauthors?author=xingtai-lv", headers={"Accept": accept})
    assert answer.mimetype == accept and b"Ning Ding" in answer.data


def test_every_endpoint_is_known_by_one_name() -> None:
    """If it failed: two rows would fight for one route."""
    assert (
        len({endpoint.name for endpoint in ENDPOINTS})
        == len({(endpoint.path, endpoint.method) for endpoint in ENDPOINTS})
        == len(ENDPOINTS)
    )


def test_names_in_json_are_as_they_are(hostile: FlaskClient) -> None:
    """If it failed: the API would escape what only pages must."""
    from hostile_names import HOSTILE

    names = {row["name"] for row in get(hostile, "/api/authors")["results"]}
    assert names == set(HOSTILE)
