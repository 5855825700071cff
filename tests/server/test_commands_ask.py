"""Commands that ask: the list of the catalogue."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from collegium.queries.catalogue import CATALOGUE
from commands import on


def test_the_list_of_queries_tells_their_parameters(tmp_path: Path) -> None:
    """If it failed: one would have to run a query to learn what it needs."""
    run = on(tmp_path / "store")
    shown = run("query", "--list")
    assert shown.exit_code == 0 and "author* (author), from (year), to (year)" in shown.output
    listed = json.loads(run("query", "--list", "--format", "json").output)
    coauthors = next(row for row in listed if row["name"] == "author_coauthors")
    assert [(p["name"], p["type"], p["required"]) for p in coauthors["parameters"]] == [
        ("author", "author", True),
        ("from", "year", False),
        ("to", "year", False),
    ]
    rows = list(csv.DictReader(io.StringIO(run("query", "--list", "--format", "csv").output)))
    assert [row["name"] for row in rows] == list(CATALOGUE)
    assert not (tmp_path / "store").exists()
