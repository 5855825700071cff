"""Who is whom, on the command line, in Python, through a running service, and at the addresses of old IRIs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bibliographies import entry_of, work
from collegium.graph.errors import NotFound
from collegium.graph.load import load
from collegium.graph.report import Count
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from commands import Run, on, one_line
from pages import loaded, put
from writers import kept

ORCID = "orcid-0000-0002-1825-0097"
BIB = entry_of("Grids and Multigrids Revisited", "Jun Zhang and J. Dai", year=2020) + entry_of(
    "Trust in Recommender Systems", "Ruxin Dai", doi="10.1000/t"
)
WORKS = work("Grids and Multigrids Revisited", "Jun Zhang 0000-0002-1825-0097", "Ruxin Dai", doi="10.1000/g")


@pytest.fixture
def two(store: Store, tmp_path: Path) -> Store:
    """Return a store with two files of which a paper and an author are the same. Prevents: each test loads anew."""
    loaded(store, put(tmp_path, "a.bib", BIB))
    loaded(store, put(tmp_path, "b.json", WORKS))
    return store


@pytest.fixture
def run(two: Store, store_dir: Path) -> Run:
    """Return the command on that store. Prevents: a test writes to another."""
    return on(store_dir)


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(run("identity", "list", "--format", "json", *arguments).output)
    return found


def test_a_load_tells_what_was_recognised(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: two things would become one without a word."""
    run = on(store_dir)
    run("load", put(tmp_path, "a.bib", BIB))
    told = run("load", put(tmp_path, "b.json", WORKS)).output
    assert "one with things under other addresses: 1 paper, 1 author: collegium identity list" in told
    as_json = json.loads(run("load", put(tmp_path, "c.json", WORKS + "\n"), "--json").output)
    assert as_json["files"][0]["recognised"] == {"papers": 1, "authors": 1}
    assert as_json["counts"]["papers"] == {"new": 0, "merged": 1, "unchanged": 0}


def test_what_is_recognised_counts_as_merged(tmp_path: Path) -> None:
    """If it failed: the table would call a paper new that the store has under another IRI."""
    store = Store.memory()
    loaded(store, put(tmp_path, "a.bib", BIB))
    (file,) = loaded(store, put(tmp_path, "b.json", WORKS)).files
    assert (file.counts["papers"].new, file.counts["papers"].merged) == (0, 1)
    assert (file.counts["authors"].new, file.counts["authors"].merged) == (0, 2)


LISTED = work("One", "Ada Lovelace 0000-0002-1694-233X", "Charles Babbage", doi="10.1000/1") + work(
    "Two", "Ada Lovelace", doi="10.1000/2"
)
TABLE = "title,authors,year,doi\nOne,Ada Lovelace; Mary Somerville,1843,10.1000/1\nOne!,Ada Lovelace,1850,\n"


@pytest.mark.parametrize("policy", ["names", "evidence", "strict"])
def test_counts_are_those_of_belief(tmp_path: Path, policy: str) -> None:
    """If it failed: the table would count people whom the store does not have, or miss those kept apart."""
    files = [put(tmp_path, "a.json", LISTED), put(tmp_path, "b.csv", TABLE), put(tmp_path, "c.bib", BIB)]
    files += [put(tmp_path, "d.json", WORKS)]
    one_by_one, at_once = Store.memory(), Store.memory()
    reports = [load(one_by_one, [file], identity=policy) for file in files]
    whole = load(at_once, files, identity=policy)
    for kind, cls in (
        ("papers", "soa:Work"),
        ("authors", "foaf:Person"),
        ("institutions", "org:Organization"),
    ):
        (row,) = at_once.refreshed().select(f"SELECT (COUNT(?it) AS ?n) {{ ?it a {cls} }}")
        assert row["n"] and int(row["n"].value) == whole.counts[kind].new
        assert sum(report.counts[kind].new for report in reports) == whole.counts[kind].new


def test_one_person_twice_in_a_file_counts_once(tmp_path: Path) -> None:
    """If it failed: a file of one author would report two."""
    (file,) = loaded(Store.memory(), put(tmp_path, "a.json", LISTED)).files
    assert file.counts["authors"] == Count(new=2) and file.recognised == {"authors": 2}


def test_decisions_are_listed_with_their_reasons(run: Run) -> None:
    """If it failed: nobody could see why two are one."""
    (paper,) = rows(run, "--kind", "paper")
    assert (paper["rule"], paper["state"], paper["policy"]) == ("title", "holds", "names")
    assert paper["reason"] == "same title, year 2020, 1 author in common"
    assert [row["rule"] for row in rows(run)] == ["name", "title"]
    assert "jun-zhang" in run("identity", "list").output


def test_merge_split_and_undo(run: Run) -> None:
    """If it failed: a decision could not be made, refused or taken back by hand."""
    result = run("identity", "merge", "j-dai", "Ruxin Dai", "--reason", "his own page")
    assert result.exit_code == 0, result.stderr
    told = result.output
    identifier = told.rsplit(" ", 1)[1].strip()
    assert told.startswith("j-dai and ruxin-dai are one")
    assert run("identity", "undo", identifier).output == f"{identifier} undone: j-dai and ruxin-dai\n"
    told = run("identity", "split", "jun-zhang", f"author/{ORCID}", "--reason", "two people").output
    assert "are kept apart" in told
    states = {row["id"]: row["state"] for row in rows(run, "--kind", "author")}
    assert states.pop(identifier) == "undone"
    assert sorted(states.values()) == ["holds", "undone"]


def test_an_author_is_parted_by_papers(run: Run, tmp_path: Path) -> None:
    """If it failed: two people of one name could not be told apart on the command line, nor who wrote what be seen."""
    more = put(tmp_path, "more.bib", entry_of("Parallel Preconditioning", "Ruxin Dai"))
    run("load", more)
    told = run(
        "identity", "split", "ruxin-dai", "--paper", "Parallel Preconditioning", "--reason", "two people"
    )
    assert "are kept apart, 1 paper now of ruxin-dai~" in told.output, told.stderr
    identifier = told.output.rsplit(" ", 1)[1].strip()
    (row,) = [row for row in rows(run, "--kind", "author") if row["id"] == identifier]
    assert "ruxin-dai~" in row["given_to"] and row["papers"].rpartition("/")[2].startswith("parallel-precond")
    new = row["given_to"].rpartition("/")[2]
    merged = run("identity", "merge", new, "j-dai", "--reason", "her list")
    assert f"j-dai and {new} are one" in merged.output, merged.stderr
    assert "undone" in run("identity", "undo", identifier).output
    again = run("identity", "split", "ruxin-dai", "--source", "more.bib", "--reason", "two people")
    assert again.output == told.output
    one_line(run("identity", "split", "ruxin-dai", "--reason", "so"), "a second thing, or papers or sources")
    one_line(
        run("identity", "split", "j-dai", "ruxin-dai", "--paper", "x", "--reason", "so"), "a second thing"
    )
    one_line(
        run("identity", "split", "ruxin-dai", "--paper", "Nothing", "--reason", "so"), "no paper 'Nothing'"
    )


def test_a_refused_merge_is_listed_as_such(run: Run) -> None:
    """If it failed: a merge that a split keeps from holding would look as if it held."""
    run("identity", "split", "j-dai", "jun-zhang", "--reason", "two people")
    run("identity", "merge", "j-dai", ORCID, "--reason", "a mistake")
    assert sorted(row["state"] for row in rows(run, "--kind", "author")) == ["holds", "holds", "refused"]


def test_doubts_are_listed(run: Run, tmp_path: Path) -> None:
    """If it failed: nobody would learn of whom it is not known who they are."""
    run(
        "load",
        put(tmp_path, "c.json", work("Another One of Theirs", "Jun Zhang 0000-0001-5109-3700", doi="10.1/x")),
    )
    found = json.loads(run("identity", "list", "--doubts", "--format", "json").output)
    assert {row["may be"] for row in found} == {ORCID, "orcid-0000-0001-5109-3700"}


def test_bad_calls_end_as_one_line(run: Run) -> None:
    """If it failed: a slip would show a traceback, or decide something."""
    one_line(run("identity", "merge", "nobody", ORCID, "--reason", "so"), "no author 'nobody'")
    one_line(run("identity", "merge", ORCID, ORCID, "--reason", "so"), "two different things")
    one_line(run("identity", "merge", "ruxin-dai", "j-dai", "--reason", " "), "a reason in words")
    one_line(run("identity", "undo", "merge-author-0"), "no decision", "identity list")
    one_line(run("load", "--identity", "guess", "x"), "--identity")


def test_a_service_that_owns_the_store_decides(two: Store, store_dir: Path) -> None:
    """If it failed: the service would have to be stopped to join two authors."""
    kg = KnowledgeGraph(Store.open(store_dir))
    with kept(store_dir):
        made = kg.identity.merge("j-dai", "ruxin-dai", reason="so")
        assert (made.rule, made.evidence) == ("user", ())
        assert kg.identity.undo(made.id).id == made.id
        split = kg.identity.split("j-dai", "ruxin-dai", reason="so")
        with pytest.raises(NotFound):
            kg.identity.undo(made.id)
        parted = kg.identity.split("ruxin-dai", papers=["Trust in Recommender Systems"], reason="so")
        assert parted.new and len(parted.papers) == len(parted.authorships) == 1
        assert kg.identity.undo(parted.id).id == parted.id
    assert [state for one, state in kg.identity.list("author") if one.rule == "user" and not one.new] == [
        "undone",
        "holds",
    ]
    assert not split.is_merge


def test_the_policy_goes_with_a_handed_over_load(store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a load would follow another policy because a service runs."""
    path = put(tmp_path, "a.bib", BIB)
    loaded(Store.open(store_dir, create=True), path)
    with kept(store_dir):
        kg = KnowledgeGraph(Store.open(store_dir), identity="strict")
        kg.load(put(tmp_path, "b.json", WORKS))
    ids = {author.id for author in kg.edition().mirror.authors}
    assert {"jun-zhang", ORCID} <= ids
    assert len([one for one in ids if one.startswith("ruxin-dai~")]) == 2


def test_an_old_address_leads_to_the_new_one(two: Store, store_dir: Path) -> None:
    """If it failed: a link to an author would be dead after a merge."""
    kg = KnowledgeGraph(Store.open(store_dir))
    client = create_app(Settings(store=store_dir), kg).test_client()
    for address in ("/author/jun-zhang", "/author/jun-zhang?format=ttl"):
        response = client.get(address)
        assert response.status_code == 303
        assert response.headers["Location"] == address.replace("jun-zhang", ORCID)
        assert client.get(response.headers["Location"]).status_code == 200
    assert kg.find("author", "jun-zhang") == kg.find("author", ORCID)
    (paper,) = [one.other for one, _ in kg.identity.list("paper")]
    assert client.get(f"/paper/{paper.rpartition('/')[2]}").status_code == 303
    assert client.get(f"/api/authors/{ORCID}").status_code == 200
    assert client.get("/author/nobody").status_code == 404


def test_a_merge_that_a_split_forbids_is_not_said_to_hold(run: Run) -> None:
    """If it failed: the command would say that two are one, and the network another thing."""
    run("identity", "split", "J. Dai", "Ruxin Dai", "--reason", "two people")
    run("identity", "merge", "J. Dai", "Jun Zhang", "--reason", "a pen name")
    told = run("identity", "merge", "Jun Zhang", "Ruxin Dai", "--reason", "another").output
    assert "would be one, but another decision keeps them apart; it is listed as refused" in told
    assert sorted(row["state"] for row in rows(run) if row["rule"] == "user") == ["holds", "holds", "refused"]


def test_an_author_with_an_identifier_is_not_known_by_name_only(two: Store, run: Run) -> None:
    """If it failed: a list of doubts would hold the people whom an ORCID tells apart, and a path warn of them."""
    doubts = json.loads(run("query", "authors_identified_by_name", "--format", "json").output)
    named = [row["name"]["value"] for row in doubts["results"]["bindings"]]
    assert sorted(named) == ["J. Dai", "Ruxin Dai"]
    client = create_app(Settings(store=Path(str(two.path)))).test_client()
    page = client.get("/quality").get_data(as_text=True)
    assert re.search(r'Known by name only</th><td[^>]*>2 <span class="soft">of 3', page)
    path = {"from": ORCID, "to": "j-dai"}
    assert client.get("/api/path", query_string=path).json["known_by_name"] == ["j-dai"]
    said = "nown by name only, which two people may share: J. Dai"
    assert said in client.get("/network/path", query_string=path).text
    assert said in run("path", ORCID, "j-dai").output
