"""Bad input on the command line: one line, the exit code of the manual, the store as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from collegium.graph.manifest import FORMAT
from collegium.graph.store import Store
from commands import Run, on, one_line
from pages import dump, entry, page, put


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


PAGE = page(entry(), entry(title="Another"))
BAD = {
    "empty": (b"", "found an empty file", "expected one of acl_anthology"),
    "binary": (bytes(range(256)) * 50, ":1: found a binary file", "expected text"),
    "cut heading only": (b"CLNov 20, 2023\n", ":1: found", "expected"),
    "cut inside a character": (
        PAGE.encode()[: PAGE.encode().index(b"\xc2") + 1],
        ":15: found byte 0xc2",
        "expected UTF-8",
    ),
    "latin-1": (PAGE.encode("latin-1"), ":15: found byte 0xb7", "expected UTF-8"),
    "utf-16": (PAGE.encode("utf-16"), ":1: found UTF-16 text", "save the file as UTF-8"),
    "another format": (b"Dear Ada,\n  thank you.\n", ":1: found text of no format", "profile_page"),
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
        (["load", "/dev/null"], ["/dev/null: found no regular file", "- for standard input"]),
        (["load", "nothing.txt"], ["nothing.txt: found no such file", "expected a path"]),
        (
            ["load", "{seed}", "--format", "bibtek"],
            ["format: found 'bibtek'", "did you mean 'bibtex'"],
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
        (["centrality", "degree", "--around", "xingtai-lv"], ["around: found", "pagerank as the measure"]),
        (["communities", "--slices", "3y", "--stability", "2"], ["--stability: found '2'", "no --slices"]),
        (["communities", "--min-size", "2"], ["--min-size: found '2'", "--slices beside it"]),
        (["distances", "xingtai-lv", "--top", "3"], ["--top: found '3'", "--at beside it"]),
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
    holder = """if True:
        import sys
        from collegium.graph.store import Store
        with Store.open(sys.argv[1]).write():
            print("ready", flush=True)
            sys.stdin.read()
    """
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
    assert len(done.stderr) < 700
    assert not store_dir.exists()
