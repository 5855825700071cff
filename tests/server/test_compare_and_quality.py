"""Authors side by side, and what the data do not say."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from collegium.server.app import create_app
from collegium.server.comparison import compared, together
from collegium.server.config import Settings
from collegium.server.directory import Ref, directory_of
from collegium.server.editions import Edition
from collegium.server.quality import quality
from collegium.server.service import KnowledgeGraph
from networks import believed, written

PAPERS = (
    written("p", ["ann", "bob", "cat"], issued="2020", categories=["cs.CL"], cut=False),
    written("q", ["bob", "ann"], issued="2022-01", cut=True),
    written("r", ["ann", "dan"], inferred="2021", cut=False),
    written("s", ["bob", "dan", "cat"], cut=False),
    written("t", cut=False),
)


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    """Return what a reader sees of a page."""
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_what_each_has_and_what_they_share() -> None:
    """If it failed: two people would be given each other's papers."""
    directory = directory_of(Edition(believed(*PAPERS)))
    ann, bob = (compared(directory, directory.number("author", name)) for name in ("ann", "bob"))
    assert (len(ann.papers), ann.papers_cut, ann.first_year, ann.last_year) == (3, 1, 2020, 2022)
    assert [(other.name, other.joint_papers) for other in ann.coauthors] == [
        ("Bob", 2),
        ("Cat", 1),
        ("Dan", 1),
    ]
    (pair,) = together(directory, [ann, bob])
    assert [paper.id for paper in pair.papers] == ["q", "p"]
    assert [ref.name for ref in pair.shared] == ["Cat", "Dan"]


def test_the_page_compares_by_name_and_by_id(client: FlaskClient) -> None:
    """If it failed: nobody could set two people side by side."""
    page = text(client, "/compare?author=xingtai-lv&author=Ning+Ding")
    assert "Xingtai Lv and Ning Ding" in page and "7 joint papers" in page
    assert "co-authors of both" in page
    assert text(client, "/compare").count("Compare authors") >= 1


def test_ranks_that_are_not_there_yet(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the page of a large store would be an error until all is computed."""
    monkeypatch.setattr("collegium.server.pages_compare.ranks_of", lambda *_: None)
    page = text(client, "/compare?author=xingtai-lv&author=ning-ding")
    assert "Their ranks are being computed." in page and "Side by side" in page


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/compare?author=nobody&author=ning-ding", 404, "No author in the store is called “nobody”."),
        ("/compare?author=a&author=b&author=c&author=d&author=e", 400, "two to 4"),
        ("/compare?who=a", 400, "a parameter named author"),
        ("/compare?author=ning-ding&author=ning-ding", 200, "Side by side"),
    ],
)
def test_who_cannot_be_compared_is_said(client: FlaskClient, address: str, status: int, said: str) -> None:
    """If it failed: a slip would be answered with somebody else."""
    assert said in text(client, address, status)


def test_each_doubt_is_counted() -> None:
    """If it failed: a reader would trust data that are not there."""
    found = quality(Edition(believed(*PAPERS, "<author/other> a foaf:Person ; foaf:name 'ANN' .")))
    assert {doubt.name: (doubt.count, doubt.of) for doubt in found.doubts} == {
        "Cut author lists": (1, 5),
        "No author": (1, 5),
        "Two authors at one place": (0, 5),
        "No year": (2, 5),
        "Year completed by us": (1, 5),
        "Too many authors for pairs": (0, 5),
        "Known by name only": (0, 5),
        "Joined by their name": (0, 5),
    }
    assert found.shared == 1
    assert [identifier for identifier, _ in found.names[0].authors] == ["ann", "other"]


def test_the_page_of_doubts(client: FlaskClient, hostile: FlaskClient) -> None:
    """If it failed: the page would say nothing, or run what a name says."""
    page = text(client, "/quality")
    assert "Cut author lists 17 of 17 papers" in page and "Known by name only" in page
    assert "Of these there is none: No author," in page and "0 of" not in page
    assert "<script>alert" not in hostile.get("/quality").get_data(as_text=True)


def test_all_shared_names_can_be_seen(settings: Settings) -> None:
    """If it failed: the page would count names that nobody can look at."""
    twice = [f"<author/{at}-{n}> a foaf:Person ; foaf:name 'Name{n:02}' ." for n in range(23) for at in "ab"]
    page = text(create_app(settings, KnowledgeGraph(believed(*twice))).test_client(), "/quality")
    assert "23 names." in page and "and 3 more" in page and page.count("Name22") == 2


def test_counts_are_written_one_way(client: FlaskClient) -> None:
    """If it failed: 3890 would stand beside 1,150."""
    places = client.application.jinja_env.get_template("parts.html").make_module(
        {"path": lambda kind, id: f"/{kind}/{id}"}
    )
    refs = [Ref("author", f"a{at}", "", "Ann", 3890) for at in range(1100)]
    for shown in (places.chips(refs), places.in_line(refs, 24)):
        assert "3890" not in shown and "3,890" in shown and "and 1,076 more" in shown
