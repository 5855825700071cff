"""The command line: every command in every format, reports, pipes, hostile names."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from collegium import __version__
from collegium.graph.store import Store
from collegium.server.cli import main
from commands import Run, on, one_line
from pages import HEADER, dump, entry, page, put


@pytest.fixture
def run(store_dir: Path) -> Run:
    """Return `collegium` on a store of the test's own. Prevents: a test writes into ./collegium-store."""
    return on(store_dir)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, seed_page: Path) -> Run:
    """Return `collegium` on a store of the bundled page, for reading. Prevents: forty loads of the same page."""
    call = on(tmp_path_factory.mktemp("seeded") / "store")
    assert call("load", seed_page, "--source-date", "2026-11-23").exit_code == 0
    return call


TABLES = {
    "sources": ["xingtai-lv.txt", "17"],
    "info": ["papers", "25"],
    "check --format table": ["conforms", "9 shapes"],
    "query --list": ["author_coauthors"],
    "query author_coauthors -p author=xingtai-lv": ["Kaiyan Zhang", "rows"],
    "query -e 'SELECT ?name { ?a a foaf:Person ; foaf:name ?name } ORDER BY ?name'": ["Biqing Qi", "25 rows"],
    "centrality --list": ["betweenness", "pagerank"],
    "centrality betweenness --top 3": [
        "Xingtai Lv",
        "0.75",
        "17 of 17 author lists are cut: links can be missing",
    ],
    "centrality degree --projection coinstitutions": ["tsinghua"],
    "centrality strength --from 2024 --to 2024 --category cs.CL --institution tsinghua": ["Ning Ding"],
    "path 'Li Sheng' 'Hengli Li'": ["Li Sheng", "Hengli Li", "Xingtai Lv"],
    "communities": ["Xingtai Lv"],
    "search language 'model*' --limit 2": ["Post-Training", "2 of 8"],
    "search '\"text data\" -proteomics' --kind paper": ["How to Synthesize", "1 of 1"],
    "search scaling": ["scaling"],
}


@pytest.mark.parametrize(("command", "parts"), TABLES.items())
def test_each_command_prints_a_table(seeded: Run, command: str, parts: list[str]) -> None:
    """If it failed: a command of the manual would not work."""
    result = seeded(*shlex.split(command))
    assert result.exit_code == 0, result.output
    for part in parts:
        assert part in result.stdout
    assert result.stderr == ""


ROWS = [
    "sources",
    "info",
    "query --list",
    "query author_coauthors -p 'author=Xingtai Lv'",
    "centrality --list",
    "centrality betweenness",
    "path 'Li Sheng' 'Hengli Li'",
    "communities",
    "search model",
]


@pytest.mark.parametrize("command", ROWS)
def test_each_command_prints_json_and_csv_of_the_same_rows(seeded: Run, command: str) -> None:
    """If it failed: programs could not read what people can."""
    as_json = seeded(*shlex.split(command), "--format", "json")
    as_csv = seeded(*shlex.split(command), "--format", "csv")
    as_tsv = seeded(*shlex.split(command), "--format", "tsv")
    assert as_json.exit_code == as_csv.exit_code == as_tsv.exit_code == 0, as_json.output
    told = json.loads(as_json.stdout)
    rows = told["results"]["bindings"] if isinstance(told, dict) else told
    read = list(csv.DictReader(io.StringIO(as_csv.stdout, newline="")))
    assert rows
    assert len(read) == len(rows) == len(as_tsv.stdout.strip().splitlines()) - 1
    if isinstance(told, list):
        assert list(read[0]) == list(rows[0])


@pytest.mark.parametrize(
    ("format", "start"), [("ttl", "@prefix"), ("nt", "<http"), ("jsonld", "["), ("table", "")]
)
def test_a_constructed_graph_is_printed_as_rdf(seeded: Run, format: str, start: str) -> None:
    """If it failed: CONSTRUCT would have no answer on the command line."""
    text = "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p a soa:Work ; dcterms:title ?t }"
    result = seeded("query", "-e", text, "--format", format)
    assert result.exit_code == 0, result.output
    assert result.stdout.lstrip().startswith(start) or format == "jsonld"
    assert "OpenDelta" in result.stdout


def test_a_query_is_read_from_a_file_and_from_standard_input(
    run: Run, seed_page: Path, tmp_path: Path
) -> None:
    """If it failed: a query of some length could not be run."""
    run("load", seed_page)
    text = "SELECT (COUNT(*) AS ?n) { ?p a soa:Work }"
    file = put(tmp_path, "q.rq", text)
    for result in (
        run("query", "--file", file, "--format", "csv"),
        run("query", "--file", "-", "--format", "csv", stdin=text.encode()),
    ):
        assert result.stdout.split() == ["n", "17"]


def test_rows_beyond_the_limit_are_told(seeded: Run) -> None:
    """If it failed: a cut answer would look whole."""
    result = seeded("query", "-e", "SELECT ?t { ?p dcterms:title ?t }", "--limit", "2")
    assert "2 rows; the answer goes on" in result.stdout


def commands(group: click.Group, *before: str) -> list[tuple[str, ...]]:
    """Return every command of a group by its words."""
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((*before, name))
        if isinstance(command, click.Group):
            found += commands(command, *before, name)
    return found


@pytest.mark.parametrize("words", [(), *commands(main)], ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_each_help_shows_an_example(run: Run, words: tuple[str, ...], flag: str) -> None:
    """If it failed: a newcomer would have to guess the arguments."""
    result = run(*words, flag)
    assert result.exit_code == 0
    if words[:1] == ("draw",) and len(words) == 2:
        result = run("draw", flag)  # its example stands with the group
    assert "Example:\n" in result.stdout
    assert f"collegium {words[0] if words else 'load'}" in result.stdout.split("Example:")[1]


def test_the_commands_of_the_manual_are_there(run: Run) -> None:
    """If it failed: a promise of the README would be broken."""
    assert {
        "load",
        "sources",
        "unload",
        "info",
        "check",
        "serve",
        "query",
        "centrality",
        "path",
        "communities",
        "draw",
    } <= set(main.commands)
    assert run("--version").stdout == f"collegium, version {__version__}\n"


@pytest.mark.parametrize("what", [["network"], ["ego", "Xingtai Lv"], ["path", "Li Sheng", "Hengli Li"]])
def test_drawings_are_written_to_one_file(seeded: Run, tmp_path: Path, what: list[str]) -> None:
    """If it failed: there would be no view without a server."""
    file = tmp_path / "view.html"
    result = seeded("draw", *what, "-o", file)
    assert result.exit_code == 0, result.output
    assert f"written to {file}" in result.stdout.replace("\n", "")
    html = file.read_text("utf-8")
    assert "Xingtai Lv" in html
    assert 'src="http' not in html and 'href="https://cdn' not in html


def test_an_export_holds_every_statement(seeded: Run, run: Run, tmp_path: Path) -> None:
    """If it failed: data could not be taken elsewhere."""
    file = tmp_path / "all.nq"
    assert seeded("export", "nquads", "-o", file).exit_code == 0
    lines = file.read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == int(
        next(csv.DictReader(io.StringIO(seeded("info", "--format", "csv").stdout)))["statements"]
    )


def test_the_report_of_a_load_as_json(run: Run, tmp_path: Path) -> None:
    """If it failed: a program could not tell what became of a load."""
    good = put(tmp_path, "good.txt", page(entry(), announced=3))
    bad = put(tmp_path, "bad.txt", "nothing\n")
    result = run("load", good, bad, "--json", "--source-date", "2026-11-23")
    told = json.loads(result.stdout)
    assert result.exit_code == told["exit_code"] == 1
    assert told["counts"]["papers"] == {"new": 1, "merged": 0, "unchanged": 0}
    assert [p["lines"] for p in told["files"][0]["problems"]] == [{"first": 17, "last": 17, "unit": "line"}]
    assert told["failures"][0]["path"] == str(bad)
    assert told["files"][0]["cut_lists"] == 1
    assert result.stderr.startswith(f"collegium: {bad}:1: found")


def test_loading_from_standard_input_and_by_pattern(run: Run, tmp_path: Path, store_dir: Path) -> None:
    """If it failed: the two other ways to name files would not work."""
    assert run("load", "-", stdin=page(entry()).encode()).exit_code == 0
    put(tmp_path, "a.txt", page(entry(title="Another")))
    assert run("load", tmp_path / "*.txt").exit_code == 0
    titles = run(
        "query", "-e", "SELECT ?t { ?p a soa:Work ; dcterms:title ?t }", "--format", "csv"
    ).stdout.splitlines()
    assert {"Another", "On the Analytical Engine"} <= set(titles)


def test_a_second_load_says_that_nothing_changed(run: Run, seed_page: Path, store_dir: Path) -> None:
    """If it failed: the user would think that facts were doubled."""
    run("load", seed_page)
    before = dump(Store.open(store_dir))
    result = run("load", seed_page)
    assert "0 files loaded, 1 " in result.stdout and "unchanged; store version 1" in result.stdout
    assert dump(Store.open(store_dir)) == before


def test_a_source_is_unloaded_by_its_file_name(run: Run, seed_page: Path) -> None:
    """If it failed: a load could not be taken back."""
    run("load", seed_page)
    assert "taken out; store version 2" in run("unload", "xingtai-lv.txt").stdout
    assert json.loads(run("sources", "--format", "json").stdout) == []
    one_line(run("unload", "xingtai-lv.txt"), "no source 'xingtai-lv.txt'")


@pytest.mark.parametrize("command", ["info", "centrality betweenness", "query -e 'SELECT * { ?s ?p ?o }' --format csv",
                                     "query -e 'SELECT * { ?s ?p ?o }'", "export nquads -o -"])  # fmt: skip
def test_a_reader_that_stops_early_is_no_error(tmp_path: Path, seed_page: Path, command: str) -> None:
    """If it failed: `collegium … | head -1` would print a traceback."""
    start = [sys.executable, "-m", "collegium.server.cli"]
    environment = os.environ | {"COLLEGIUM_STORE": str(tmp_path / "store")}
    subprocess.run([*start, "load", str(seed_page)], env=environment, check=True, capture_output=True)
    reader, writer = os.pipe()
    os.close(reader)  # nobody reads: the first byte written is one too many
    done = subprocess.run(
        [*start, *shlex.split(command)],
        env=environment,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode in (0, 1), "click ends such a call with 1"


HOSTILE = [
    "[red]Bold[/red] Name",
    "\x1b[31mRed\x1b[0m Ink",
    "<img src=x onerror=alert(1)>",
    "Zo\u202ee Q",
    "a\u0085b C",
]


def test_strangers_names_are_text_on_the_terminal(run: Run, tmp_path: Path) -> None:
    """If it failed: a name could colour, move or forge what the terminal shows."""
    file = put(
        tmp_path,
        "odd.txt",
        page(entry(authors=f"{', '.join(HOSTILE)} et al."), header=HEADER.replace("Ada", "[b]Ada")),
    )
    for command in (
        ["load", file],
        ["sources"],
        ["centrality", "degree"],
        ["communities"],
        ["path", "[red]Bold[/red] Name", "[b]Ada Lovelace"],
        ["query", "-e", "SELECT ?n { ?a foaf:name ?n }"],
    ):
        result = run(*command)
        assert result.exit_code == 0, result.output
        assert set(result.output) & {"\x1b", "\x85", "\u202e"} == set(), command
    shown = run("centrality", "degree").stdout
    assert "[red]Bold[/red] Name" in shown
    assert "[31mRed[0m Ink" in shown  # the reader keeps control characters out
    assert "<img src=x onerror=alert(1)>" in shown


def test_a_quote_and_a_brace_in_a_parameter_stay_one_value(run: Run, tmp_path: Path) -> None:
    """If it failed: a name could be SPARQL."""
    name = '} UNION { ?s ?p "o"'
    run("load", put(tmp_path, "odd.txt", page(entry(authors=f"{name}, Charles Babbage et al."))))
    rows = run("query", "author_coauthors", "-p", f"author={name}", "--format", "csv").stdout
    assert "Charles Babbage" in rows and "Ada Lovelace" in rows
    assert len(rows.strip().splitlines()) == 3
