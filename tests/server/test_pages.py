"""Pages: readable by people, screen readers and phones; and inert whatever names they hold."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from collegium.graph.measures import MEASURES
from collegium.queries.catalogue import CATALOGUE
from drawing_pages import rows_of
from page_check import BROWSER, Page, page, shown

FOAF = "http://xmlns.com/foaf/0.1/"
EMPTY = [
    "/",
    "/search?q=x",
    "/authors",
    "/sources",
    "/about",
    "/identity",
    "/identity?show=doubts",
    "/centrality",
    "/query",
    "/network",
    "/network/path",
]
PAGES = [
    "/",
    "/search",
    "/search?q=ning",
    "/search?q=nothing+of+the+kind",
    "/authors",
    "/papers?limit=5&offset=5",
    "/institutions",
    "/categories?q=cs",
    "/author/xingtai-lv",
    "/author/ning-ding",
    "/institution/tsinghua",
    "/category/cs.CL",
    "/category/cs",
    "/sources",
    "/centrality",
    "/centrality?measure=h_index",
    "/centrality?measure=degree&from=2024&complete_only=false&limit=5&offset=5",
    "/centrality?complete_only=true",
    "/centrality/series?measure=papers&slices=2y",
    "/centrality/series?complete_only=true",
    "/network/series",
    "/network/series?slices=2y&cumulative=true&from=2024",
    "/about",
    "/identity",
    "/query",
    "/sparql?query=SELECT+*+{?s+?p+?o}+LIMIT+3",
    "/sparql?query=CONSTRUCT+WHERE+{?s+a+?o}",
    "/sparql?query=ASK{}",
    "/sparql?query=SELEKT",
    "/query/view?query=SELECT+?p+?a+{?p+dcterms:creator+?a}",
    "/query?example=author_coauthors",
    "/queries/author_coauthors",
    "/ns",
    "/api/docs",
    "/network",
    "/network?projection=coinstitutions&size=degree&colour=community",
    "/network?colour=institution&size=betweenness&from=2024",
    "/network?complete_only=true",
    "/network/ego/xingtai-lv",
    "/network/path",
    "/network/path?from=Ning+Ding&to=li-sheng",
    "/problems/not-found",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_made(client: FlaskClient, path: str) -> None:
    """If it failed: a heading is skipped, a field has no label, or something is not allowed by our own policy."""
    assert Page(page(client, path)).faults() == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=x",
        "/authors",
        "/sources",
        "/about",
        "/centrality",
        "/query",
        "/network",
        "/network/path",
        "/network/series",
        "/centrality/series",
    ],
)
def test_an_empty_store_has_pages(empty: FlaskClient, path: str) -> None:
    """If it failed: the first thing a newcomer sees would be an error."""
    assert Page(page(empty, path)).faults() == []


def test_home_says_what_to_do_first(empty: FlaskClient) -> None:
    """If it failed: an empty service would leave people alone."""
    assert "collegium load" in page(empty, "/")


def test_no_link_leads_nowhere(client: FlaskClient) -> None:
    """If it failed: a page would offer what is not there."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code in (200, 303), (path, answer.status_code)
        if answer.mimetype != "text/html" or path.startswith("/sparql"):
            continue
        for link in Page(answer.text).links:
            target = link.partition("#")[0]
            shape = re.sub(r"(/(author|paper)/)[^/?]+", r"\1x", re.sub(r"=[^&]*", "=", target))
            if target.startswith("/") and not target.startswith("//") and shape not in seen:
                seen.add(shape)
                waiting.append(target)
    assert len(seen) > 60


def test_the_author_page_shows_what_the_source_shows(client: FlaskClient) -> None:
    """If it failed: the page would know less than the file that it comes from."""
    text = shown(page(client, "/author/xingtai-lv"))
    for figure in ("35 h-index", "17 papers", "1,150 citations", "44% novelty", "60 AI score"):
        number, _, label = figure.partition(" ")
        assert f"{label} {number}" in text
    assert "Reported by Author page of Xingtai Lv (xingtai-lv.txt) as of 2026-11-23" in text
    assert "An h-index of 35 is larger than the number of papers that the source lists (17)" in text
    assert "is shown in the author list of 6 and stands behind “et al.” on 11" in text
    assert "May 18 year inferred: 2026" in text
    assert text.count("et al.") >= 17
    assert "At least: 17 of 17 author lists are cut." in text
    assert "Betweenness 0.75 1" in text
    assert "Degree ≥ 24 1" in text


def test_reported_and_computed_never_share_a_table(client: FlaskClient) -> None:
    """If it failed: a page's word would look like our count."""
    text = page(client, "/author/xingtai-lv")
    computed = text.partition('id="ranks"')[2].partition("</table>")[0]
    assert "Betweenness" in computed
    assert "h-index" not in computed and "1,150" not in computed


def test_an_author_without_a_profile_has_no_reported_figures(client: FlaskClient) -> None:
    """If it failed: a figure of one would be shown for another."""
    assert "Reported by" not in shown(page(client, "/author/ning-ding"))


def test_the_paper_page_tells_who_is_hidden(client: FlaskClient) -> None:
    """If it failed: the owner of the page would vanish, or stand at a place that nobody knows."""
    found = (client.get("/api/papers?q=opendelta").json or {})["results"][0]["id"]
    text = shown(page(client, f"/paper/{found}"))
    assert "The source cuts the list here" in text
    assert "Xingtai Lv is one of them, since the paper stands on this author's own page" in text
    assert "Code marked by the source, without a link" in text


def test_the_source_page_leads_to_lines(client: FlaskClient) -> None:
    """If it failed: nobody could check a record against its file."""
    path = re.search(r"/source/[^\"?]+", page(client, "/sources"))
    assert path
    text = shown(page(client, path.group()))
    assert "18 records" in text and "19–24" in text
    assert "ea34e91775" in text or "SHA-256" in text


def test_the_measures_are_all_defined(client: FlaskClient) -> None:
    """If it failed: a number could be shown that nobody explains."""
    text = page(client, "/about")
    assert all(f'id="{name}"' in text for name in MEASURES)


def test_a_leaderboard_links_to_its_data(client: FlaskClient) -> None:
    """If it failed: the table on the page and the file behind it would differ."""
    text = page(client, "/centrality?measure=pagerank&from=2024&to=&weight=full")
    link = html.unescape(re.search(r'href="(/api/centrality/pagerank[^"]*format=csv)"', text).group(1))  # type: ignore[union-attr]
    assert "from=2024" in link and "to=" not in link
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_named_query_has_a_page(client: FlaskClient, name: str) -> None:
    """If it failed: a query of the catalogue would break its form."""
    assert Page(page(client, f"/queries/{name}")).faults() == []


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/network/path?from=Nobody&to=Ning+Ding", 404, "No author in the store is called “Nobody”"),
        ("/network/path?from=ning-ding&to=li-sheng&complete_only=true", 404, "network"),
        ("/network/ego/nobody", 404, "no author 'nobody' in the store"),
        ("/network?size=beauty", 400, "one of papers, links"),
        ("/centrality?measure=beauty", 400, "one of"),
        ("/centrality?from=2025&to=2020", 400, "a year not after"),
        ("/queries/author_coauthors?author=Nobody+Here", 404, "Nobody Here"),
        ("/author/ning", 404, "alike are: Ning Ding"),
        ("/problems/none", 404, "There is no such page"),
        ("/assets/vis/..%2f..%2f__init__.py", 404, ""),
        ("/assets/vis/nothing.js", 404, ""),
    ],
)
def test_what_cannot_be_shown_says_why(client: FlaskClient, path: str, status: int, word: str) -> None:
    """If it failed: a reader would be left with a code."""
    text = page(client, path, status)
    assert Page(text).faults() == []
    assert word in shown(text)


def test_no_path_is_said_on_a_page(hostile: FlaskClient) -> None:
    """If it failed: two unconnected people would look like an error of ours."""
    text = page(hostile, "/network/path?from=h0&to=h4&shown_only=true", 404)
    assert "No chain of joint papers links" in shown(text)


def test_a_name_that_several_bear_is_asked_back(app: object) -> None:
    """If it failed: one of two people would be taken, and nobody told which."""
    import pyoxigraph as ox

    from collegium.graph.store import Store
    from collegium.server.app import create_app
    from collegium.server.config import Settings
    from collegium.server.service import KnowledgeGraph

    store = Store.memory()
    with store.write() as writer:
        for number in (1, 2):
            text = f'<{store.base}author/li-{number}> a <{FOAF}Person> ; <{FOAF}name> "J. Li" .'
            writer.engine.load(text.encode(), format=ox.RdfFormat.TURTLE)
        writer.changed = True
    client = create_app(Settings(), KnowledgeGraph(store)).test_client()
    text = page(client, "/network/path?from=J.+Li&to=li-1", 400)
    assert "Who is “J. Li”?" in shown(text) and "from=li-2" in html.unescape(text)


def test_a_picture_can_be_kept(client: FlaskClient) -> None:
    """If it failed: the saved file would be a page that asks our server."""
    answer = client.get("/network/ego/xingtai-lv?download=1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="circle-xingtai-lv.html"'
    assert 'src="/' not in answer.text


def test_a_picture_sized_by_a_measure_shows_what_the_api_says(client: FlaskClient) -> None:
    """If it failed: the same measure of the same network would have two values."""
    for weight, title in (("", "Betweenness"), ("&weight=full", "Betweenness (weighted by joint papers)")):
        nodes = re.search(r'id="nodes">(.*?)</script>', client.get(f"/network?size=betweenness{weight}").text)
        assert nodes is not None
        drawn = {node["iri"]: node["values"][2] for node in rows_of(nodes[1])}
        rows = (client.get(f"/api/centrality/betweenness?limit=1000{weight}").json or {})["results"]
        assert drawn == {row["iri"]: row["value"] for row in rows}
        assert f">{title}</option>" in client.get(f"/network?size=betweenness{weight}").text


def test_only_values_that_can_only_grow_are_called_bounds(client: FlaskClient) -> None:
    """If it failed: a betweenness that may fall would be called a lower bound."""
    degree, between = (shown(page(client, f"/centrality?measure={m}")) for m in ("degree", "betweenness"))
    assert "At least: 17 of 17 author lists are cut" in degree and "≥ 24" in degree
    assert "At least" not in between and "≥" not in between
    assert "17 of 17 author lists are cut (“et al.”): values may go up or down" in between
    # The store holds no complete list: to ask for these alone would give nothing.
    assert "Complete lists only" not in between


def test_papers_in_lists_have_authors_and_year(client: FlaskClient) -> None:
    """If it failed: two papers of one title could not be told apart in a list."""
    text = shown(page(client, "/papers"))
    assert "Kaiyan Zhang, Yuxin Zuo, Bingxiang He et al. · 2025" in text
    assert "2026, inferred" in text


def test_a_path_counts_its_own_papers(client: FlaskClient) -> None:
    """If it failed: the picture of nine papers would speak of the seventeen in the store."""
    text = shown(page(client, "/network/path?from=ganqu-cui&to=kaiyan-zhang"))
    assert "9 of 9 author lists are cut" in text and "2026, inferred" in text


def test_the_table_of_a_named_query_is_read_like_a_table(client: FlaskClient) -> None:
    """If it failed: dates would break across lines, heads would be spelled as variables, few rows would scroll."""
    text = client.get("/queries/author_papers?author=xingtai-lv").text
    assert '<td class="nowrap">2025-09-18</td>' in text and "scroll tall" not in text
    text = client.get("/queries/author_coauthors?author=xingtai-lv").text
    assert re.search(r"<th [^>]*>first year</th>", text)
