"""The table of organisations on the command line: made, tried, and used by loads, also by those of a service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collegium.graph.store import Store
from collegium.server.service import KnowledgeGraph
from commands import Run, on, one_line
from pages import entry, page, put
from writers import kept

PAGE = page(
    entry(authors="Charles Babbage, Ada Lovelace · TU Delft"),
    entry(title="Notes", authors="Mary Somerville, Ada Lovelace · Delft University of Technology"),
)


def record(
    ror: str, country: str, *names: str, acronym: str = "", status: str = "active"
) -> dict[str, object]:
    said = [
        {"value": name, "types": ["ror_display" if at == 0 else "alias"]} for at, name in enumerate(names)
    ]
    said += [{"value": acronym, "types": ["acronym"]}] if acronym else []
    where = [{"geonames_details": {"country_code": country, "lat": 1.5, "lng": 2.5}}]
    return {"id": f"https://ror.org/{ror}", "status": status, "names": said, "locations": where}


DUMP = json.dumps(
    [
        record("02e2c7k09", "NL", "Delft University of Technology", "TU Delft", acronym="TUD"),
        record("00789fa95", "IT", "Ministry of Health"),
        record("04qyzam39", "FR", "Ministry of Health"),
        record("00000000a", "FR", "Ministry of Trade", status="withdrawn"),
    ]
)


@pytest.fixture
def run(store_dir: Path) -> Run:
    """Return the command on a store of this test. Prevents: a test writes to another."""
    return on(store_dir)


@pytest.fixture
def table(run: Run, tmp_path: Path) -> Path:
    """Return a table that the command made. Prevents: each test makes it anew."""
    made = run("ror", "build", put(tmp_path, "dump.json", DUMP), "--out", tmp_path / "ror.gz")
    assert made.exit_code == 0, made.output
    told = made.output
    assert "ror.gz: 3 organisations (1 that ended are left out), 4 names, " in told
    assert f"set COLLEGIUM_ROR={tmp_path / 'ror.gz'} for loads" in told
    return tmp_path / "ror.gz"


def test_names_are_tried(run: Run, table: Path) -> None:
    """If it failed: nobody could see what a table makes of a name before it stands in a store."""
    found = run("ror", "match", "TU Delft", "Ministry of Health", "ETH", "--table", table, "--format", "json")
    assert found.exit_code == 1
    rows = json.loads(found.output)
    assert rows[0] == {
        "name": "TU Delft",
        "ror": "https://ror.org/02e2c7k09",
        "organisation": "Delft University of Technology",
        "country": "NL",
        "may be": "",
    }
    assert rows[1]["ror"] is None
    assert rows[1]["may be"] == "Ministry of Health (IT); Ministry of Health (FR)"
    assert (rows[2]["ror"], rows[2]["may be"]) == (None, "")
    there = run("ror", "match", "Ministry of Health", "--country", "it", "--table", table, "--format", "tsv")
    assert there.exit_code == 0
    assert "https://ror.org/00789fa95" in there.output


def test_a_load_looks_names_up(
    run: Run, table: Path, store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: the setting would be there and do nothing."""
    path = put(tmp_path, "page.txt", PAGE)
    monkeypatch.setenv("COLLEGIUM_ROR", str(table))
    assert "one with things under other addresses: 2 institutions:" in run("load", path).output
    listed = json.loads(run("identity", "list", "--kind", "institution", "--format", "json").output)
    assert [(row["rule"], row["state"]) for row in listed] == [("ror-name", "holds")] * 2
    kg = KnowledgeGraph(Store.open(store_dir))
    assert [one.id for one in kg.edition().mirror.institutions] == ["ror-02e2c7k09"]
    split = run("identity", "split", "tu-delft", "ror-02e2c7k09", "--kind", "institution", "--reason", "so")
    assert split.exit_code == 0, split.output
    assert [one.id for one in kg.edition().mirror.institutions] == ["ror-02e2c7k09", "tu-delft"]


def test_a_service_that_owns_the_store_looks_names_up(
    table: Path, store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: what is recognised would depend on whether a service runs, or on where it was started."""
    path = put(tmp_path, "page.txt", PAGE)
    with kept(store_dir):
        monkeypatch.chdir(table.parent)
        kg = KnowledgeGraph(Store.open(store_dir, create=True), ror=table.name)
        kg.load(path)
        assert [one.id for one in kg.edition().mirror.institutions] == ["ror-02e2c7k09"]
        kg.unload("page.txt")
        assert [one.id for one in kg.edition().mirror.institutions] == []


def test_bad_calls_end_as_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a slip would show a traceback, or a load end after an hour."""
    other = put(tmp_path, "other.json", '[{"id": "1", "name": "x"}]')
    out = tmp_path / "out.gz"
    one_line(run("ror", "build", tmp_path / "none.zip", "--out", out), "none.zip: cannot be read")
    one_line(run("ror", "build", other, "--out", out), "other.json", "expected ROR's data dump")
    assert not out.exists()
    dump = put(tmp_path, "dump.json", DUMP)
    one_line(
        run("ror", "build", dump, "--out", tmp_path / ("a-long-name-" * 12) / "nowhere" / "out.gz"),
        "nowhere",
        "expected a file that can be written (No such file",
    )
    one_line(run("ror", "match", "TU Delft"), "table", "COLLEGIUM_ROR")
    one_line(
        run("ror", "match", "X", "--table", other), "other.json", "expected a table made by collegium ror"
    )
    one_line(run("ror", "match", "X", "--country", "Italy", "--table", "none"), "two letters")
    monkeypatch.setenv("COLLEGIUM_ROR", str(tmp_path / "missing.gz"))
    one_line(run("load", put(tmp_path, "page.txt", PAGE)), "missing.gz: cannot be read", "ror build")
