"""What a load prints, and how a source's problems are listed afterwards."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from collegium.graph import problem_kinds
from commands import Run, on, one_line
from pages import ENTRY, page, put


@pytest.fixture
def run(store_dir: Path) -> Run:
    return on(store_dir)


def table(rows: int) -> str:
    """Return a table of which every second row has no authors."""
    return "title,authors,year\n" + "".join(
        f"Paper number {at},{'Ada Lovelace' if at % 2 else ''},2020\n" for at in range(rows)
    )


def test_many_alike_are_one_line(run: Run, tmp_path: Path) -> None:
    """If it failed: a load of a large file would print a thousand lines that say the same."""
    result = run("load", put(tmp_path, "many.csv", table(300)))
    assert "300 records read, 0 refused, 150 remarks" in result.stdout
    (line,) = [line for line in result.stdout.splitlines() if "more like it" in line]
    assert "many.csv:2: found" in line and "149 more like it (lines 4, 6 …)" in line
    assert "all 150 of these: collegium problems many-" in result.stdout


def test_each_file_has_its_row(run: Run, tmp_path: Path) -> None:
    """If it failed: of several files nobody could see which one lost records."""
    files = [put(tmp_path, f"{name}.txt", page(ENTRY.replace("Engine", name))) for name in "ab"]
    rows = run("load", *files).stdout.splitlines()
    assert any("a.txt" in row and "profile_page" in row for row in rows)
    assert any("b.txt" in row and "profile_page" in row for row in rows)


def test_json_has_the_counts_and_the_kinds(run: Run, tmp_path: Path) -> None:
    """If it failed: a program would take the first thousand problems for all."""
    told = json.loads(run("load", "--json", put(tmp_path, "many.csv", table(3_000))).stdout)
    (file,) = told["files"]
    assert file["records"] == {"read": 3_000, "kept": 3_000, "refused": 0, "remarks": 1_500}
    assert [kind["count"] for kind in file["kinds"]] == [1_500]
    assert len(file["problems"]) == 1_000


def test_problems_are_listed_in_every_form(run: Run, tmp_path: Path) -> None:
    """If it failed: what the report leaves out could not be had."""
    run("load", put(tmp_path, "many.csv", table(40)))
    rows = list(csv.DictReader(io.StringIO(run("problems", "many.csv", "--format", "csv").stdout)))
    assert [row["first"] for row in rows] == [str(at) for at in range(2, 42, 2)]
    assert {(row["outcome"], row["unit"]) for row in rows} == {("remark", "line")}
    kinds = json.loads(run("problems", "many.csv", "--kinds", "--format", "json").stdout)
    assert [(kind["count"], kind["at"]) for kind in kinds] == [(20, 2)]
    assert json.loads(run("problems", "many.csv", "--refused", "--format", "json").stdout) == []
    assert len(json.loads(run("problems", "many.csv", "--remarks", "--format", "json").stdout)) == 20
    one_line(run("problems", "other.csv"), "no source 'other.csv'")


def test_what_is_counted_only_is_said_and_listed_by_kind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: whoever reads the list would take the first ten thousand for all."""
    monkeypatch.setattr(problem_kinds, "MOST_NAMED", 20)
    printed = run("load", put(tmp_path, "many.csv", table(300))).stdout
    assert "… and 130 more of the kind “" in printed
    rows = json.loads(run("problems", "many.csv", "--format", "json").stdout)
    assert (len(rows), rows[-1]["count"], rows[-1]["found"]) == (21, 130, "130 more of the kind")
    (kind,) = json.loads(run("problems", "many.csv", "--kinds", "--format", "json").stdout)
    assert kind["count"] == 150
    (source,) = json.loads(run("sources", "--format", "json").stdout)
    assert source["problems"] == 150


def test_what_is_kept_as_given_is_said(run: Run, tmp_path: Path) -> None:
    """If it failed: whoever loads a file without papers would take it for lost."""
    result = run("load", put(tmp_path, "friends.ttl", "@prefix f: <f:> . f:a f:knows f:b, f:c ."))
    assert result.exit_code == 0
    assert (
        "kept as given: 2 statements of which we make nothing, in the graph …/source/friends-"
        in result.stdout
    )


@pytest.mark.parametrize("count", [20, 23])
def test_of_many_files_it_says_how_many_are_not_shown(tmp_path: Path, count: int) -> None:
    """If it failed: a file that stands in no row would be thought not to have been loaded."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(count):
        (folder / f"f{number}.csv").write_text(
            f"title,authors,year,doi\nPaper {number},Ada Lovelace,1843,\n", "utf-8"
        )
    run = on(tmp_path / "store")
    for options, where in (
        (("--dry-run",), "--json has all"),
        ((), "collegium sources lists all, --json too"),
    ):
        printed = run("load", folder, *options).output
        assert printed.count("paper_table") == 20
        assert (f"and {count - 20} more of {count} files: {where}" in printed) == (count > 20)
    assert len(json.loads(run("sources", "--format", "json").output)) == count
