"""The page of who is whom: each decision with reason, date, evidence and both things; doubts; paged, and safe."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from bibliographies import entry_of, work
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from page_check import Page, page
from pages import loaded, put

ORCID = "orcid-0000-0002-1825-0097"
BIB = entry_of("Grids and Multigrids Revisited", "Jun Zhang and J. Dai", year=2020)
WORKS = work("Grids and Multigrids Revisited", "Jun Zhang 0000-0002-1825-0097", "Ruxin Dai", doi="10.1000/g")
NAMESAKES = work("Other", "Wei Li 0000-0002-1694-233X", "Wei Li 0000-0001-5109-3700", doi="10.1000/o") + work(
    "Third", "Wei Li", doi="10.1000/t"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a service over two merges, one that is undone, and two doubts. Prevents: each test loads anew."""
    folder, store = tmp_path_factory.mktemp("files"), Store.memory()
    for name, text in (("a.bib", BIB), ("b.json", WORKS), ("c.json", NAMESAKES)):
        loaded(store, put(folder, name, text))
    graph = KnowledgeGraph(store.refreshed())
    made = graph.identity.merge("j-dai", "ruxin-dai", reason="<b>his</b> own page")
    graph.identity.undo(made.id)
    return create_app(Settings(store=Path("unused")), graph).test_client()


def test_decisions_stand_with_reason_date_and_evidence(client: FlaskClient) -> None:
    """If it failed: only who has the command line could see why two are one."""
    text = page(client, "/identity")
    assert Page(text).faults() == []
    for said in ("same title, year 2020", "rule: title", "rule: name", "3 decisions", "2 doubts"):
        assert said in text, said
    assert "&lt;b&gt;his&lt;/b&gt; own page" in text and "<b>his" not in text
    assert "(undone)" in text and text.count("merge-author-") == 2 and text.count("merge-paper-") == 1


def test_both_things_are_linked_and_open(client: FlaskClient) -> None:
    """If it failed: a reader could not look at the two that are said to be one."""
    told = client.get("/identity?format=json").json
    assert told["total"] == 3 and not told["truncated"] and len(told["results"]) == 3
    text = page(client, "/identity")
    for row in told["results"]:
        for end in (row["one"], row["other"]):
            path = end.removeprefix("http://localhost:8000")
            assert f'href="{path}"' in unquote(text)
            assert client.get(path, follow_redirects=True).status_code == 200
        assert row["made_at"] and row["reason"] and (row["evidence"] or row["rule"] == "user")


def test_papers_given_to_another_are_listed(tmp_path: Path) -> None:
    """If it failed: a reader could not see which papers parted two people of one name."""
    store = Store.memory()
    loaded(store, put(tmp_path, "a.bib", BIB + entry_of("Trust in Systems", "Jun Zhang")))
    graph = KnowledgeGraph(store.refreshed())
    made = graph.identity.split("jun-zhang", papers=["Trust in Systems"], reason="two people")
    client = create_app(Settings(store=Path("unused")), graph).test_client()
    (row,) = client.get("/identity?format=json").json["results"]
    assert (row["what"], row["given_to"], row["papers"]) == ("two", made.new, list(made.papers))
    text = page(client, "/identity")
    assert Page(text).faults() == [] and "1 paper of" in text and ">Trust in Systems<" in text
    for end in (made.one, made.other):
        assert "two people of one name" in page(client, end.removeprefix("http://localhost:8000"))


def test_doubts_are_listed(client: FlaskClient) -> None:
    """If it failed: nobody would be asked what no rule can tell."""
    text = page(client, "/identity?show=doubts")
    assert Page(text).faults() == [] and text.count('href="/author/wei-li"') == 2
    assert "/author/orcid-0000-0002-1694-233X" in text
    rows = client.get("/identity?show=doubts&format=json").json["results"]
    assert {row["state"] for row in rows} == {"open"} and all(row["made_at"] is None for row in rows)


def test_it_is_paged_and_narrowed(client: FlaskClient) -> None:
    """If it failed: a store with a million decisions would have no such page."""
    whole = client.get("/identity?format=json").json["results"]
    pages = [client.get(f"/identity?format=json&limit=1&offset={at}").json["results"] for at in range(3)]
    assert [one for rows in pages for one in rows] == whole
    assert 'rel="next"' in page(client, "/identity?limit=1") and 'rel="prev"' in page(
        client, "/identity?limit=1&offset=2"
    )
    assert [row["id"][:11] for row in client.get("/identity?format=json&kind=paper").json["results"]] == [
        "merge-paper"
    ]
    assert client.get("/identity?kind=source").status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(client: FlaskClient, method: str) -> None:
    """If it failed: a stranger could decide who is whom."""
    assert getattr(client, method)("/identity").status_code == 405


def test_the_footer_leads_there(client: FlaskClient) -> None:
    """If it failed: nobody would find it."""
    assert 'href="/identity"' in page(client, "/about")
