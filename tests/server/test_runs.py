"""Kept runs: what is kept comes back, is asked in SPARQL, outlives loads, and is compared with now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collegium.graph.errors import NameTaken, NotFound, ParameterError
from collegium.graph.runs import RunRow
from collegium.graph.store import Store
from collegium.server.cli import main
from collegium.server.openapi import SCHEMAS
from collegium.server.service import KnowledgeGraph
from schema_faults import faults
from served import TOKEN, WRITING, Served, served

OTHER = """@article{one, title={A paper by two}, author={Lovelace, Ada and Lv, Xingtai}, year={2025}}"""


@pytest.fixture(params=["disk", "memory"])
def kg(request: pytest.FixtureRequest, tmp_path: Path, seed_page: Path) -> KnowledgeGraph:
    """Return a store with the bundled page. Prevents: what holds on disk only, or in memory only."""
    store = Store.open(tmp_path / "store", create=True) if request.param == "disk" else Store.memory()
    found = KnowledgeGraph(store)
    found.load(seed_page)
    return found


def test_what_is_kept_comes_back(kg: KnowledgeGraph) -> None:
    """If it failed: the figures that were cited would be others than those that were seen."""
    window = {"weight": "fractional", "from_year": 2020, "authors": frozenset({"xingtai-lv"})}
    for name, measure, options in (
        ("by-degree", "degree", {}),
        ("by.strength_2", "strength", window),
        ("sampled", "betweenness", {"sample": 10, "seed": 3}),
        ("reported", "h_index", {}),
        ("undefined", "constraint", {"min_weight": 2}),
    ):
        ranking = kg.centrality(measure, **options)  # type: ignore[arg-type]
        kg.runs.keep(name, measure, **options)  # type: ignore[arg-type]
        run = kg.runs.named(name)
        assert run.rows == [RunRow(row.iri, row.name, row.rank, row.value) for row in ranking]
        assert run.facts == {**ranking.facts, "version": run.facts["version"]}
        found = kg.runs.compare(name)
        assert found.is_unchanged and found.moved == () and found.input_digest == run.input_digest
    assert [run.name for run in kg.runs.list()] == [
        "by-degree",
        "by.strength_2",
        "reported",
        "sampled",
        "undefined",
    ]


def test_a_run_is_asked_in_sparql(kg: KnowledgeGraph) -> None:
    """If it failed: a kept figure could be looked at, and not worked with."""
    kg.runs.keep("spring", "degree")
    text = """SELECT ?name ?rank ?value { GRAPH ?run { ?run a ck:Run, prov:Activity ; ck:measure "degree" ;
        ck:isExact true ; prov:endedAtTime ?when . ?row ck:inRun ?run ; ck:rankedNode ?a ; ck:rankInRun ?rank ;
        ck:valueInRun ?value } ?a foaf:name ?name } ORDER BY ?rank ?name"""
    rows = kg.query(text).rows()
    expected = [{"name": row.name, "rank": row.rank, "value": row.value} for row in kg.centrality("degree")]
    assert rows == sorted(expected, key=lambda row: (row["rank"], row["name"]))


def test_loads_do_not_touch_it_and_the_difference_is_told(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """If it failed: a run would change with the store, or its comparison hide what moved. Lv gets one more by hand."""
    kg.runs.keep("before", "degree")
    kept = kg.runs.named("before")
    (tmp_path / "other.bib").write_text(OTHER)
    kg.load(tmp_path / "other.bib")
    assert kg.runs.named("before") == kept
    found = kg.runs.compare("before")
    assert not found.is_unchanged and found.input_digest != kept.input_digest
    by_name = {moved.name: moved for moved in found.moved}
    then, now = by_name["Xingtai Lv"].then, by_name["Xingtai Lv"].now
    assert then and now and now[1] == (then[1] or 0) + 1
    assert by_name["Ada Lovelace"].then is None and by_name["Ada Lovelace"].now is not None
    source = next(source for source in kg.sources() if "other" in source.file_name)
    kg.unload(source.id)
    assert kg.runs.compare("before").is_unchanged
    for source in kg.sources():
        kg.unload(source.id)
    assert kg.runs.named("before") == kept
    gone = kg.runs.compare("before")
    assert {moved.now for moved in gone.moved} == {None} and len(gone.moved) == len(kept.rows)


def test_a_run_is_removed_whole(kg: KnowledgeGraph) -> None:
    """If it failed: something of it would stay in the store, or of a source go with it."""
    before = sorted(map(str, kg.store.engine))
    kg.runs.keep("spring", "degree")
    kg.runs.remove("spring")
    assert sorted(map(str, kg.store.engine)) == before and not kg.runs.list()
    for act in (kg.runs.remove, kg.runs.named, kg.runs.compare):
        with pytest.raises(NotFound, match="no run 'spring'"):
            act("spring")


@pytest.mark.parametrize("name", ["", "a/b", "../a", " a", "a b", "-a", ".a", "ä", "a" * 81, "a\n", 'a"'])
def test_a_name_that_is_none_is_refused(kg: KnowledgeGraph, name: str) -> None:
    """If it failed: its graph would have a name that leads elsewhere."""
    for act in (
        lambda: kg.runs.keep(name, "degree"),
        lambda: kg.runs.named(name),
        lambda: kg.runs.remove(name),
    ):
        with pytest.raises(ParameterError, match="name: found"):
            act()


def test_a_name_is_given_once(kg: KnowledgeGraph) -> None:
    """If it failed: a citation would lead to another run."""
    kg.runs.keep("spring", "degree")
    with pytest.raises(NameTaken, match="one that no run has"):
        kg.runs.keep("spring", "papers")
    assert kg.runs.named("spring").measure == "degree"


@pytest.fixture
def command(tmp_path: Path, seed_page: Path) -> Callable[..., Any]:
    """Return what runs a command on a store of its own. Prevents: a test changes the store of another."""
    store = tmp_path / "store"
    KnowledgeGraph(Store.open(store, create=True)).load(seed_page)

    def run(*words: str) -> Any:
        return CliRunner().invoke(main, [*words, "--store", str(store)])

    return run


def test_the_command_line_keeps_lists_shows_compares_and_removes(command: Callable[..., Any]) -> None:
    """If it failed: a run could be kept by program only."""
    kept = command("centrality", "degree", "--keep", "spring", "--format", "json")
    assert kept.exit_code == 0 and "kept as spring" in kept.stderr
    listed = json.loads(command("runs", "list", "--format", "json").stdout)
    assert [(row["name"], row["measure"], row["from"]) for row in listed] == [
        ("spring", "degree", "all nodes")
    ]
    assert "spring" in command("runs").stdout
    shown = json.loads(command("runs", "show", "spring", "--top", "2", "--format", "json").stdout)
    assert [row["name"] for row in shown] == [row["name"] for row in json.loads(kept.stdout)[:2]]
    same = command("runs", "diff", "spring")
    assert same.exit_code == 0 and "unchanged" in same.stdout
    assert command("runs", "remove", "spring").exit_code == 0
    assert json.loads(command("runs", "list", "--format", "json").stdout) == []


@pytest.mark.parametrize(
    "words",
    [
        ("runs", "show", "nobody"),
        ("runs", "diff", "nobody"),
        ("runs", "remove", "a/b"),
        ("centrality", "degree", "--keep", "a/b"),
        ("centrality", "betweenness", "--sample", "0"),
        ("centrality", "betweenness", "--sample", "99999"),
        ("centrality", "betweenness", "--sample", "5", "--seed", "-1"),
        ("centrality", "betweenness", "--seed", "2"),
        ("centrality", "degree", "--sample", "5"),
    ],
)
def test_a_wrong_command_is_one_line(command: Callable[..., Any], words: tuple[str, ...]) -> None:
    """If it failed: whoever mistyped would see a traceback, or something would be kept."""
    found = command(*words)
    assert found.exit_code == 2 and found.stderr.startswith("collegium: ") and found.stderr.count("\n") == 1


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, seed_page: Path) -> Iterator[Served]:
    """Return a service over the bundled page, with a token. Prevents: a service for each test."""
    store = tmp_path_factory.mktemp("runs") / "store"
    KnowledgeGraph(Store.open(store, create=True)).load(seed_page)
    with served(store, token=TOKEN) as found:
        yield found


def test_over_http_a_run_lives_and_ends(service: Served) -> None:
    """If it failed: a run could be kept on the machine of the store only."""
    made = service.ask(
        "POST", "/api/runs?name=web&measure=strength&weight=fractional&from=2020&wait=30", WRITING, b""
    )
    assert made.status == 201 and made.headers["location"] == "/api/runs/web"
    assert not list(faults(made.json, SCHEMAS["Run"]))
    listed = service.ask("GET", "/api/runs").json["results"]
    assert [run["name"] for run in listed] == ["web"] and not list(faults(listed[0], SCHEMAS["Run"]))
    run = service.ask("GET", "/api/runs/web?limit=3").json
    ranking = service.ask("GET", "/api/centrality/strength?weight=fractional&from=2020&limit=3").json
    told = [[row[key] for key in ("rank", "iri", "value")] for row in run["results"]]
    assert told == [[row[key] for key in ("rank", "iri", "value")] for row in ranking["results"]]
    assert not list(faults(run["results"][0], SCHEMAS["RunRow"]))
    assert service.ask("GET", "/api/runs/web?format=csv").body.startswith(b"rank,iri,name,value\r\n1,")
    diff = service.ask("GET", "/api/runs/web/diff").json
    assert (diff["unchanged"], diff["same_network"], diff["results"]) == (True, True, [])
    assert service.ask("GET", "/run/web").headers["location"] == "/api/runs/web"
    graph = service.ask("GET", f"/graphs?graph={run['run']['graph']}", {"Accept": "text/turtle"})
    assert graph.status == 200 and b"prov:Activity" in graph.body
    taken = service.ask("POST", "/api/runs?name=web&measure=degree", WRITING, b"")
    assert (taken.status, taken.problem) == (409, "name-taken")
    gone = service.ask("DELETE", "/api/runs/web", WRITING)
    assert gone.status == 200 and not list(faults(gone.json, SCHEMAS["RunRemoved"]))
    for method, address in (
        ("GET", "/api/runs/web"),
        ("DELETE", "/api/runs/web"),
        ("GET", "/api/runs/web/diff"),
    ):
        assert service.ask(method, address, WRITING).status == 404


def test_a_body_says_the_same_as_the_address(service: Served) -> None:
    """If it failed: a program that sends JSON, or a form, would have to spell addresses."""
    asked = {"name": "as-json", "measure": "degree", "complete_only": False, "authors": ["xingtai-lv"]}
    headers = WRITING | {"Content-Type": "application/json"}
    made = service.ask("POST", "/api/runs", headers, json.dumps(asked).encode())
    assert made.status == 201 and made.json["parameters"]["where"] == {"authors": ["xingtai-lv"]}
    headers = WRITING | {"Content-Type": "application/x-www-form-urlencoded"}
    assert service.ask("POST", "/api/runs", headers, b"name=as-form&measure=degree").status == 201
    headers = WRITING | {"Content-Type": "application/json"}
    for body in (b"[]", b"{", b"3"):
        assert service.ask("POST", "/api/runs", headers, body).status == 400


def test_writing_needs_the_token(service: Served) -> None:
    """If it failed: any stranger could fill the store, or remove what others cite."""
    for method, address in (("POST", "/api/runs?name=x&measure=degree"), ("DELETE", "/api/runs/x")):
        assert service.ask(method, address, {}, b"").status == 401
        assert service.ask(method, address, {"Authorization": "Bearer no"}, b"").status == 401


@pytest.mark.parametrize(
    "query",
    [
        "measure=degree",
        "name=x",
        "name=a/b&measure=degree",
        "name=x&measure=nope",
        "name=x&measure=degree&sample=3",
    ],
)
def test_a_wrong_run_is_refused_over_http(service: Served, query: str) -> None:
    """If it failed: something else would be kept than was asked for."""
    assert service.ask("POST", f"/api/runs?{query}", WRITING, b"").status == 400


def test_another_process_hands_a_run_to_the_service(service: Served) -> None:
    """If it failed: to keep a run from the command line, the service would have to be stopped."""
    path = service.said[0].split(" at http")[0].removeprefix("Collegium serves ")
    kg = KnowledgeGraph(Store.open(path))
    kg.runs.keep("handed", "degree")
    assert service.ask("GET", "/api/runs/handed").status == 200
    kg.runs.remove("handed")
    assert service.ask("GET", "/api/runs/handed").status == 404
