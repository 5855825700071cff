"""Problems and counts of a source, asked of the store after its load."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from collegium.graph import problem_kinds
from collegium.graph.reading_counts import counts_of
from collegium.graph.records import Lines, Problem
from collegium.graph.source_problems import problems_of
from collegium.graph.sources import sources
from collegium.graph.store import Store
from collegium.graph.vocabulary import CK_PROBLEM, RDF_TYPE, provenance_graph
from pages import ENTRY, TODAY, loaded, page, put

# Reader by reader the same: one entry too few, so one remark; and a heading without its paper, which is lost.
ODD = page(ENTRY, "CLNov 21, 2023\n", ENTRY.replace("Analytical", "Difference"), announced=3)


def table(rows: int) -> str:
    """Return a table of which every second row has no authors."""
    return "title,authors,year\n" + "".join(
        f"Paper number {at},{'Ada Lovelace' if at % 2 else ''},2020\n" for at in range(rows)
    )


def test_all_problems_can_be_had_after_the_load(store: Store, tmp_path: Path) -> None:
    """If it failed: of a file with 1,200 problems the last 200 could be seen by nobody."""
    report = loaded(store, put(tmp_path, "many.csv", table(2_400)))
    (file,) = report.files
    assert (file.lost + file.remarked, len(file.problems) + len(file.remarks)) == (1_200, 1_000)
    store = store.refreshed()
    found = list(problems_of(store.engine, NamedNode(sources(store)[0].iri)))
    assert len(found) == 1_200
    assert [p.first for p in found] == sorted(p.first for p in found)
    assert {p.expected for p in found} == {p.expected for p in (*file.problems, *file.remarks)}


def test_of_very_many_the_first_are_named_and_all_are_counted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a file of a million bad records would fill the store, or their number be lost."""
    monkeypatch.setattr(problem_kinds, "MOST_NAMED", 20)
    rows = table(200) + "".join(f",Ada Lovelace,20{at}\n" for at in range(10, 30))
    (file,) = loaded(store, put(tmp_path, "many.csv", rows)).files
    store, all_of_them = store.refreshed(), file.lost + file.remarked
    (source,) = sources(store)
    node = NamedNode(source.iri)
    found = list(problems_of(store.engine, node))
    named, counted = [p for p in found if p.count == 1], [p for p in found if p.count > 1]
    assert all_of_them >= 120 and sum(p.count for p in found) == all_of_them == source.problems
    # Twenty of each outcome, and the first three of each kind.
    assert len(named) <= 2 * 20 + 3 * len(file.kinds) and counted
    assert {p.expected for p in counted} <= {kind.expected for kind in file.kinds}
    assert {p.expected for p in named} >= {kind.first[0].expected for kind in file.kinds}
    assert sum(kind.unnamed for kind in file.kinds) == sum(p.count for p in counted)
    refused = problems_of(store.engine, node, is_refused=True)
    assert sum(p.count for p in refused) == file.lost
    stored = store.engine.quads_for_pattern(None, RDF_TYPE, CK_PROBLEM, provenance_graph(node))
    assert sum(1 for _ in stored) == len(named)


def test_a_late_kind_has_its_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: what is wrong at the end of a bad file would stand nowhere."""
    monkeypatch.setattr(problem_kinds, "MOST_NAMED", 2)
    counter = problem_kinds.KindCounter()
    early = [counter.add(Problem(Lines(at, at), "x", "a year", True)) for at in range(1, 9)]
    late = [counter.add(Problem(Lines(at, at), "y", "a title", True)) for at in range(9, 14)]
    assert (early, late) == ([True] * 3 + [False] * 5, [True] * 3 + [False] * 2)
    assert [(k.expected, k.count, k.unnamed) for k in counter.kinds()] == [
        ("a year", 8, 5),
        ("a title", 5, 2),
    ]


def test_a_lost_record_and_a_remark_are_told_apart(store: Store, tmp_path: Path) -> None:
    """If it failed: who looks for what is missing would have to read all remarks."""
    (file,) = loaded(store, put(tmp_path, "odd.txt", ODD)).files
    store = store.refreshed()
    node = NamedNode(sources(store)[0].iri)
    refused = list(problems_of(store.engine, node, is_refused=True))
    remarks = list(problems_of(store.engine, node, is_refused=False))
    assert [p.first for p in refused] == [p.lines.first for p in file.problems]
    assert [p.first for p in remarks] == [p.lines.first for p in file.remarks]
    assert len(list(problems_of(store.engine, node))) == len(refused) + len(remarks) > 0


def test_problems_of_a_file_without_lines_have_their_record(store: Store, tmp_path: Path) -> None:
    """If it failed: a problem of a JSON file would stand at line 0."""
    items = [{"id": "a", "title": "One", "author": [{"family": "A"}], "type": "article"}, {"id": "b"}]
    (file,) = loaded(store, put(tmp_path, "items.json", json.dumps(items))).files
    store = store.refreshed()
    found = list(problems_of(store.engine, NamedNode(sources(store)[0].iri)))
    told = [(p.lines.first, p.lines.unit) for p in (*file.problems, *file.remarks)]
    assert sorted((p.first, p.unit) for p in found) == sorted(told) != []


def test_the_counts_of_a_reading_are_statements_on_its_source(store: Store, tmp_path: Path) -> None:
    """If it failed: nobody could ask in SPARQL which sources lost records."""
    (file,) = loaded(store, put(tmp_path, "odd.txt", ODD)).files
    store = store.refreshed()
    counts = counts_of(store.engine, NamedNode(sources(store)[0].iri))
    assert (counts["records"], counts["refused"], counts["remarks"]) == (
        file.records,
        file.lost,
        file.remarked,
    )
    assert counts["papers"] == file.counts["papers"].new == 2
    rows = store.select("SELECT ?n { GRAPH ?g { ?s ck:recordsKept ?n } }")
    assert [row["n"].value for row in rows if row["n"]] == [str(file.records)]


def test_a_source_of_before_there_were_counts_is_counted(store: Store, tmp_path: Path) -> None:
    """If it failed: a second load into an older store would say that nothing stands in it."""
    path = put(tmp_path, "page.txt", page(ENTRY))
    loaded(store, path)
    with store.write() as writer:
        for quad in list(writer.engine.quads_for_pattern(None, None, None, None)):
            if "Described" in quad.predicate.value:
                writer.engine.remove(quad)
        writer.changed = True
    again = loaded(store, path, source_date=TODAY)
    assert again.files[0].counts["papers"].unchanged == 1
