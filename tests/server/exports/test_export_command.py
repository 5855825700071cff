"""`collegium export`: filters of papers, options that would do nothing, and a store of hostile names."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest

from collegium.graph.readers import READERS
from collegium.graph.records import Problem
from collegium.graph.store import Store
from collegium.server.editions import Edition
from commands import Run, on, one_line
from exported import exported
from hostile_names import HOSTILE, hostile_quads

FORMS = {"nquads": ox.RdfFormat.N_QUADS, "turtle": ox.RdfFormat.TURTLE}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return `collegium` on the bundled page. Prevents: each test loads it anew."""
    call = on(tmp_path_factory.mktemp("store") / "store")
    assert call("load", Path(__file__).resolve().parents[3] / "seeds").exit_code == 0
    return call


def test_papers_of_a_selection_are_written(run: Run, tmp_path: Path) -> None:
    """If it failed: a filter would be taken and have no effect."""
    file = tmp_path / "some.json"
    assert run("export", "csl-json", "--author", "Li Sheng", "-o", file).exit_code == 0
    some = json.loads(file.read_text("utf-8"))
    assert run("export", "csl-json", "-o", file).exit_code == 0
    assert 0 < len(some) < len(json.loads(file.read_text("utf-8"))) == 17


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bibtex", "--projection", "coinstitutions"], "--projection"),
        (["bibtex", "--min-weight", "2"], "--min-weight"),
        (["nquads", "--from", "2020"], "no filters"),
        (["turtle", "--weight", "fractional"], "--weight"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(run: Run, arguments: list[str], said: str) -> None:
    """If it failed: a file would be taken for what was asked, and hold something else."""
    one_line(run("export", *arguments, "-o", "-"), said)


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("csl-json", "17 papers"),
        ("graphml", "25 nodes, 57 links, made of 17 papers"),
        ("nodes.csv", "25 nodes, made of 17 papers"),
        ("csv", "57 links, made of 17 papers"),
    ],
)
def test_it_says_on_standard_error_how_much_it_wrote(
    run: Run, tmp_path: Path, format: str, said: str
) -> None:
    """If it failed: nobody would see that a filter left nothing, or get the line into the file."""
    for output in (tmp_path / "file", Path("-")):
        result = run("export", format, "-o", output)
        assert result.stderr.rstrip().endswith(f"written to {output}: {said}")
        assert "written to" not in result.stdout


@pytest.mark.parametrize("format", ["nquads", "turtle"])
def test_statements_are_counted(run: Run, format: str) -> None:
    """If it failed: a cut file would go unseen."""
    result = run("export", format, "-o", "-")
    lines = [tuple(q) for q in ox.parse(result.stdout, format=FORMS[format])]
    assert result.stderr.rstrip().endswith(f"written to -: {len(lines):,} statements, 17 papers")


def test_a_dump_is_loaded_on_the_command_line(run: Run, tmp_path: Path) -> None:
    """If it failed: what one command writes, the other would not take."""
    dump, again = tmp_path / "dump.nq", tmp_path / "again.nq"
    assert run("export", "nquads", "-o", dump).exit_code == 0
    other = on(tmp_path / "other")
    assert other("load", dump).exit_code == 0
    assert other("export", "nquads", "-o", again).exit_code == 0
    assert again.read_bytes() == dump.read_bytes()


@pytest.fixture(scope="module")
def hostile() -> Edition:
    """Return a store whose every name is code. Prevents: each test makes its own."""
    store = Store.memory()
    store.engine.extend(hostile_quads(store.base))
    return Edition(store)


def test_hostile_names_come_through_every_form_as_text(hostile: Edition, tmp_path: Path) -> None:
    """If it failed: a name could close a tag, a quote or an entry, and be read as something else."""
    for name, reader in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        (tmp_path / name).write_bytes(exported(hostile, name))
        assert {facts["label"] for _, facts in reader(tmp_path / name).nodes(data=True)} == set(HOSTILE)
    items = json.loads(exported(hostile, "vosviewer"))["network"]["items"]
    assert {item["label"] for item in items} == set(HOSTILE)
    rows = csv.DictReader(StringIO(exported(hostile, "nodes.csv").decode()))
    assert {row["name"] for row in rows} == set(HOSTILE)
    found = json.loads(exported(hostile, "csl-json"))
    assert {item["title"] for item in found} == set(HOSTILE) and len({item["id"] for item in found}) == len(
        HOSTILE
    )
    records = list(READERS["bibtex"].read(BytesIO(exported(hostile, "bibtex")), "file"))
    # What is nothing but markup is no title for our reader.
    refused = [r.found for r in records if isinstance(r, Problem) and r.is_refused]
    assert refused == ["@misc h0 without title"]
    assert sum(not isinstance(r, Problem) for r in records) == len(HOSTILE) - 1
