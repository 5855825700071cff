"""The command line: every command in every format, bad input as one line, pipes, hostile names."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from collegium import __version__
from collegium.graph.store import Store
from collegium.graph.versions import FORMAT
from collegium.server.cli import main
from pages import HEADER, dump, entry, page, put

Run = Callable[..., Result]


@pytest.fixture
def run(store_dir: Path) -> Run:
    """Return `collegium` on a store of the test's own. Prevents: a test writes into ./collegium-store."""
    runner = CliRunner(env={"COLLEGIUM_STORE": str(store_dir)})

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        return runner.invoke(main, [str(a) for a in arguments], input=stdin)

    return call


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, seed_page: Path) -> Run:
    """Return `collegium` on a store of the bundled page, for reading. Prevents: forty loads of the same page."""
    folder = tmp_path_factory.mktemp("seeded") / "store"
    runner = CliRunner(env={"COLLEGIUM_STORE": str(folder)})
    loaded = runner.invoke(main, ["load", str(seed_page), "--source-date", "2026-11-23"])
    assert loaded.exit_code == 0, loaded.output

    def call(*arguments: str | Path) -> Result:
        return runner.invoke(main, [str(a) for a in arguments])

    return call


def one_line(result: Result, *parts: str, code: int = 2) -> None:
    """Check that a call ended as every bad call does: one line on standard error that holds these parts."""
    assert result.exit_code == code, result.output
    assert result.stderr.startswith("collegium: "), result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    for part in parts:
        assert part in result.stderr


TABLES = {
    "sources": ["xingtai-lv.txt", "17"],
    "info": ["papers", "25"],
    "check --format table": ["conforms", "9 shapes"],
    "query --list": ["author_coauthors"],
    "query author_coauthors -p author=xingtai-lv": ["Kaiyan Zhang", "rows"],
    "query -e 'SELECT ?name { ?a a foaf:Person ; foaf:name ?name } ORDER BY ?name'": ["Biqing Qi", "25 rows"],
    "centrality --list": ["betweenness", "pagerank"],
    "centrality betweenness --top 3": ["Xingtai Lv", "0.75", "lower bounds: 17 of 17"],
    "centrality degree --projection coinstitutions": ["tsinghua"],
    "centrality strength --from 2024 --to 2024 --category cs.CL --institution tsinghua": ["Ning Ding"],
    "path 'Li Sheng' 'Hengli Li'": ["Li Sheng", "Hengli Li", "Xingtai Lv"],
    "communities": ["Xingtai Lv"],
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
    assert [p["lines"] for p in told["files"][0]["problems"]] == [{"first": 17, "last": 17}]
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


PAGE = page(entry(), entry(title="Another"))
BAD = {
    "empty": (b"", "found an empty file", "expected one of: profile_page"),
    "binary": (bytes(range(256)) * 50, ":1: found content of no format", "expected"),
    "cut heading only": (b"CLNov 20, 2023\n", ":1: found", "expected"),
    "cut inside a character": (
        PAGE.encode()[: PAGE.encode().index(b"\xc2") + 1],
        ":15: found byte 0xc2",
        "expected UTF-8",
    ),
    "latin-1": (PAGE.encode("latin-1"), ":15: found byte 0xb7", "expected UTF-8"),
    "utf-16": (PAGE.encode("utf-16"), ":1: found", "expected"),
    "another format": (b"@article{x,\n  title = {y}\n}\n", ":1: found content of no format", "profile_page"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_bad_file_is_one_line_and_changes_nothing(
    run: Run, tmp_path: Path, store_dir: Path, name: str, is_first: bool
) -> None:
    """If it failed: bad input would end in a traceback, or in half a load."""
    content, found, expected = BAD[name]
    if not is_first:
        run("load", put(tmp_path, "good.txt", PAGE))
    before = [] if is_first else dump(Store.open(store_dir))
    bad = put(tmp_path, "bad.txt", content)
    one_line(run("load", bad), f"collegium: {bad}", found, expected)
    if is_first:
        assert not store_dir.exists()
    else:
        assert dump(Store.open(store_dir)) == before


def test_a_page_cut_in_the_middle_says_so(run: Run, tmp_path: Path) -> None:
    """If it failed: a broken download would pass for a whole page."""
    cut = put(tmp_path, "cut.txt", PAGE[: PAGE.index("Another") + 3])
    result = run("load", cut)
    assert result.exit_code == 1
    assert f"{cut}:19: found 'Ano', expected the rest of the paper" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["load", "nothing.txt"], ["nothing.txt: found no such file", "expected a path"]),
        (
            ["load", "{seed}", "--format", "bibtex"],
            ["format: found 'bibtex'", "expected one of profile_page"],
        ),
        (
            ["load", "{seed}", "--source-date", "23.11.2026"],
            ["--source-date: found '23.11.2026'", "YYYY-MM-DD"],
        ),
        (["load", "{folder}"], ["found a folder without files", "expected files"]),
        (["info"], ["there is no store here", "collegium load PATH"]),
        (["check"], ["there is no store here"]),
        (["centrality", "degree"], ["there is no store here"]),
        (["query"], ["found 'no query'", "a NAME, -e or --file"]),
        (["query", "x", "-e", "y"], ["found 'several'"]),
    ],
)
def test_a_bad_call_on_no_store_is_one_line(
    run: Run, seed_page: Path, tmp_path: Path, store_dir: Path, arguments: list[str], parts: list[str]
) -> None:
    """If it failed: a slip on the command line would end in a traceback, or make a store."""
    (tmp_path / "empty").mkdir()
    given = [a.format(seed=seed_page, folder=tmp_path / "empty") for a in arguments]
    one_line(run(*given), *parts)
    assert not store_dir.exists()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["query", "nope"], ["query: found 'nope'"]),
        (["query", "author_coauthor", "-p", "author=x"], ["did you mean 'author_coauthors'"]),
        (["query", "author_coauthors"], ["author"]),
        (["query", "author_coauthors", "-p", "author"], ["-p: found 'author'", "KEY=VALUE"]),
        (["query", "author_coauthors", "-p", "author=nobody"], ["no author 'nobody'"]),
        (["query", "author_coauthors", "-p", "author=xingtai-lv", "-p", "who=x"], ["who"]),
        (["query", "-e", "SELECT * {"], ["not understood at line 1"]),
        (["query", "-e", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], ["refused"]),
        (["query", "-e", "INSERT DATA { <a> <b> <c> }"], []),
        (["query", "-e", "SELECT * {}", "-p", "a=b"], ["-p"]),
        (["query", "-e", "SELECT ?s { ?s ?p ?o } LIMIT 1", "--format", "ttl"], ["format: found 'ttl'", "csv"]),
        (["query", "--file", "nothing.rq"], ["--file: found 'nothing.rq'"]),
        (["centrality", "betweeness"], ["did you mean 'betweenness'"]),
        (["centrality", "degree", "--projection", "coauthor"], ["projection"]),
        (["centrality", "degree", "--weight", "heavy"], ["weight"]),
        (["centrality", "degree", "--category", "no.CAT"], ["no.CAT"]),
        (["centrality", "degree", "--from", "2025", "--to", "2020"], ["2025"]),
        (["path", "Xingtai Lv", "nobody"], ["no author 'nobody'"]),
        (["unload", "nothing"], ["no source 'nothing'", "collegium sources"]),
        (["draw", "network", "-o", "/nonexistent/x.html"], ["/nonexistent/x.html"]),
        (["draw", "ego", "nobody", "-o", "x.html"], ["no author 'nobody'"]),
        (["draw", "network", "--size", "weight", "-o", "x.html"], ["weight"]),
        (["export", "nquad", "-o", "x"], ["did you mean 'nquads'"]),
        (["export", "nquads", "-o", "/nonexistent/x.nq"], ["/nonexistent/x.nq"]),
    ],
)  # fmt: skip
def test_a_bad_question_is_one_line(seeded: Run, arguments: list[str], parts: list[str]) -> None:
    """If it failed: a slip in a question would end in a traceback."""
    one_line(seeded(*arguments), *parts)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_line(run: Run, tmp_path: Path) -> None:
    """If it failed: a locked file would end in a traceback."""
    locked = put(tmp_path, "locked.txt", PAGE)
    locked.chmod(0)
    one_line(run("load", locked), "locked.txt: cannot be read", "denied")


def test_a_store_that_cannot_be_used_is_one_line_and_stays(run: Run, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: an old program would damage a new store."""
    good = put(tmp_path, "good.txt", PAGE)
    run("load", good)
    manifest = store_dir / "store.json"
    for content, word in ((f'{{"format": {FORMAT + 1}}}', f"found format {FORMAT + 1}"), ("{", "store.json")):
        manifest.write_text(
            content
            if content == "{"
            else json.dumps({"format": FORMAT + 1, "version": 1, "base": "http://x/"})
        )
        before = sorted((str(p), p.stat().st_size) for p in store_dir.rglob("*"))
        for command in (["load", good], ["info"], ["check"], ["unload", "good.txt"]):
            one_line(run(*command), word)
        assert sorted((str(p), p.stat().st_size) for p in store_dir.rglob("*")) == before
    one_line(run("load", good, "--store", good), "found a file, expected a folder")
    one_line(run("load", good, "--store", tmp_path), "holds other files")


def test_a_store_in_use_is_one_line_with_the_process(run: Run, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: two loads at once would end in a traceback, or wait for ever."""
    good = put(tmp_path, "good.txt", PAGE)
    run("load", good)
    holder = "import sys; from collegium.graph.store import Store\n" \
             "with Store.open(sys.argv[1]).write(): print('ready', flush=True); sys.stdin.read()"  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(store_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout and other.stdout.readline() == "ready\n"
        before = dump(Store.open(store_dir))
        one_line(run("load", good), f"process {other.pid} is writing to it", "try again")
        one_line(run("unload", "good.txt"), str(other.pid))
        assert run("info").exit_code == 0, "readers do not wait"
        assert dump(Store.open(store_dir)) == before
        other.communicate("")
    assert run("unload", "good.txt").exit_code == 0


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (300 << 20, 300 << 20))
from collegium.server.cli import main
main(["load", sys.argv[1], "--store", sys.argv[2]])
"""


@pytest.mark.parametrize("is_page", [True, False])
def test_a_line_of_50_megabytes_is_refused_in_little_memory(
    tmp_path: Path, store_dir: Path, is_page: bool
) -> None:
    """If it failed: one broken file would fill the memory of the machine."""
    long = tmp_path / "long.txt"
    with long.open("wb") as file:
        file.write(PAGE.encode() if is_page else b"")
        for _ in range(50):
            file.write(b"x" * 1_000_000)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(long), str(store_dir)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"collegium: {long}:{25 if is_page else 1}: found")
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) < 500
    assert not store_dir.exists()


@pytest.mark.parametrize("command", ["info", "centrality betweenness", "query -e 'SELECT * { ?s ?p ?o }' --format csv",
                                     "query -e 'SELECT * { ?s ?p ?o }'", "export nquads -o /dev/stdout"])  # fmt: skip
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
    for command in (["load", file], ["sources"], ["centrality", "degree"], ["communities"], ["path", "[red]Bold[/red] Name", "[b]Ada Lovelace"],
                    ["query", "-e", "SELECT ?n { ?a foaf:name ?n }"]):  # fmt: skip
        result = run(*command)
        assert result.exit_code == 0, result.output
        assert set(result.output) & {"\x1b", "\x85", "\u202e"} == set(), command
    shown = run("centrality", "degree").stdout
    assert "[red]Bold[/red] Name" in shown
    assert r"\x1b[31mRed\x1b[0m Ink" in shown
    assert "<img src=x onerror=alert(1)>" in shown


def test_a_quote_and_a_brace_in_a_parameter_stay_one_value(run: Run, tmp_path: Path) -> None:
    """If it failed: a name could be SPARQL."""
    name = '} UNION { ?s ?p "o"'
    run("load", put(tmp_path, "odd.txt", page(entry(authors=f"{name}, Charles Babbage et al."))))
    rows = run("query", "author_coauthors", "-p", f"author={name}", "--format", "csv").stdout
    assert "Charles Babbage" in rows and "Ada Lovelace" in rows
    assert len(rows.strip().splitlines()) == 3
