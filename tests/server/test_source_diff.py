"""What changed in a source, on the command line and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from commands import Run, on, one_line
from pages import put

HEAD = "title,authors,year\n"
OLD = HEAD + "Engines,Ada Lovelace; Charles Babbage,2020\nNotes,Ada Lovelace,2021\n"
NEW = HEAD + "Engines,Ada Lovelace; Charles Babbage,2020\nCards & <3,Ada Lovelace; Mary Somerville,2021\n"


@pytest.fixture
def run(store_dir: Path, tmp_path: Path) -> Run:
    """Return `collegium` on a store with two versions of a source. Prevents: a test writes into ./collegium-store."""
    call = on(store_dir)
    call("load", put(tmp_path, "lab.csv", OLD))
    told = call("load", put(tmp_path, "lab.csv", NEW)).stdout
    assert "replaced lab-" in told and "papers 1 added, 1 gone, 0 changed" in told
    return call


def test_the_last_change_is_listed(run: Run) -> None:
    """If it failed: the line of the report would be all that can be had."""
    rows = json.loads(run("diff", "lab.csv", "--format", "json").stdout)
    assert [(row["kind"], row["change"], row["name"]) for row in rows] == [
        ("paper", "added", "Cards & <3"),
        ("paper", "gone", "Notes"),
        ("author", "added", "Mary Somerville"),
        ("pair", "added", "Ada Lovelace – Mary Somerville"),
    ]
    back = json.loads(run("diff", "lab.csv@new", "lab.csv@1", "--summary", "--format", "json").stdout)
    assert back[0] == {"kind": "papers", "added": 1, "gone": 1, "changed": 0}
    assert "Mary Somerville" in run("diff", "lab.csv").stdout


def test_two_sources_are_compared(run: Run, tmp_path: Path) -> None:
    """If it failed: two libraries could not be compared but by hand."""
    run("load", put(tmp_path, "other.csv", OLD))
    rows = json.loads(run("diff", "other.csv", "lab.csv", "--format", "json").stdout)
    assert {row["name"] for row in rows if row["kind"] == "paper"} == {"Notes", "Cards & <3"}


def test_what_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    """If it failed: a typing error would end in a traceback."""
    one_line(run("diff", "lab.csv@9"), "no version 'lab-")
    one_line(run("diff", "nothing.csv"), "no source 'nothing.csv'")
    run("load", put(tmp_path, "other.csv", OLD))
    one_line(run("diff", "other.csv"), "the source has no former version to compare with")


def test_the_page_shows_it_and_is_linked(run: Run, store_dir: Path) -> None:
    """If it failed: readers of the service would see no change, or a title could be script."""
    client = create_app(Settings(store=store_dir), KnowledgeGraph(Store.open(store_dir))).test_client()
    (source,) = json.loads(run("sources", "--format", "json").stdout)
    address = f"/source/{source['id']}/diff"
    assert f'href="{address}"' in client.get(f"/source/{source['id']}").text
    shown = client.get(address)
    assert shown.status_code == 200
    assert "Cards &amp; &lt;3" in shown.text and "Cards & <3" not in shown.text
    assert "4 differences" in shown.text
    told = client.get(address, query_string={"format": "json", "from": "2", "to": "1"}).json
    assert told["changes"]["papers"] == {"added": 1, "gone": 1, "changed": 0}
    assert len(told["results"]) == 4
    assert client.get(address, query_string={"from": "7"}).status_code == 404
    assert client.get("/source/nothing/diff").status_code == 404


def test_a_source_without_former_version_says_so(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a reader of the page would take the source itself for missing."""
    on(store_dir)("load", put(tmp_path, "lab.csv", OLD))
    client = create_app(Settings(store=store_dir), KnowledgeGraph(Store.open(store_dir))).test_client()
    (source,) = json.loads(on(store_dir)("sources", "--format", "json").stdout)
    for accept in ("text/html", "application/json"):
        told = client.get(f"/source/{source['id']}/diff", headers={"Accept": accept})
        assert told.status_code == 404
        assert (
            "the source has no former version to compare with: no newer file has taken its place" in told.text
        )


def test_a_way_of_replacing_can_be_chosen(run: Run, tmp_path: Path) -> None:
    """If it failed: the options would be taken and do nothing."""
    run("load", put(tmp_path, "lab.csv", OLD), "--beside")
    assert len(json.loads(run("sources", "--format", "json").stdout)) == 2
    (tmp_path / "new").mkdir()
    newer = put(tmp_path / "new", "archive.csv", HEAD + "Tables,Charles Babbage,2022\n")
    (old, _) = json.loads(run("sources", "--format", "json").stdout)
    assert f"replaced {old['id']}" in run("load", newer, "--replaces", old["id"]).stdout
    one_line(run("load", newer, "--replace", str(tmp_path / "lab.csv"), "--replaces", "nothing"), "no source")


TITLES = ("Wheels", "Cards", "Mills", "Notes")


def test_a_corrected_year_is_a_change(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: who mends a year or a first author would be told of a paper lost and another found."""
    call = on(store_dir)
    first = HEAD + "".join(
        f"{title} of analytical engines,Ada Lovelace; Charles Babbage,2020\n" for title in TITLES
    )
    call("load", put(tmp_path, "lab.csv", first))
    told = call(
        "load",
        put(
            tmp_path,
            "lab.csv",
            first.replace("2020", "2019", 1).replace(
                "Notes of analytical engines,Ada", "Notes of analytical engines,A. L.; Ada"
            ),
        ),
    )
    assert "papers 0 added, 0 gone, 2 changed" in told.stdout
    rows = json.loads(call("diff", "lab.csv", "--format", "json").stdout)
    assert {(row["name"], row["change"], row["what"]) for row in rows if row["kind"] == "paper"} == {
        ("Wheels of analytical engines", "changed", "other"),
        ("Notes of analytical engines", "changed", "authors, other"),
    }


def test_whom_one_source_numbers_another_only_names(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: two sources of the same papers would be said to have nobody in common."""
    call, item = (
        on(store_dir),
        {
            "DOI": "10.1000/1",
            "title": ["Engines of Difference and Analysis"],
            "issued": {"date-parts": [[2020]]},
        },
    )
    people = [{"given": "Ada", "family": "Lovelace", "ORCID": "https://orcid.org/0000-0002-1825-0097"}]
    item |= {"author": [*people, {"given": "Charles", "family": "Babbage"}]}
    answer = {"status": "ok", "message-type": "work-list", "message": {"items": [item]}}
    call("load", put(tmp_path, "works.json", json.dumps(answer)))
    call(
        "load",
        put(
            tmp_path,
            "lab.csv",
            HEAD + "Engines of Difference and Analysis,Ada Lovelace; Charles Babbage,2020\n",
        ),
    )
    rows = json.loads(call("diff", "works.json", "lab.csv", "--format", "json").stdout)
    assert {(row["kind"], row["change"]) for row in rows} <= {("paper", "changed"), ("author", "changed")}


def test_other_identifiers_are_other_people(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: two people of one name would be told as one who has changed, with co-authors they never had."""
    call = on(store_dir)
    for name, orcid in (("a.json", "0000-0002-1825-0097"), ("b.json", "0000-0001-5109-3700")):
        person = {"given": "Jun", "family": "Zhang", "ORCID": f"https://orcid.org/{orcid}"}
        item = {"DOI": f"10.1000/{name}", "title": ["The same long title of two"], "author": [person]}
        answer = {"status": "ok", "message-type": "work-list", "message": {"items": [item]}}
        call("load", put(tmp_path, name, json.dumps(answer)))
    rows = json.loads(call("diff", "a.json", "b.json", "--format", "json").stdout)
    assert [row["change"] for row in rows] == ["added", "gone"] * 2
