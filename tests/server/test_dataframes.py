"""Answers as DataFrames: each kind has its columns, with rows or without, and says what is missing."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from collegium.graph.errors import LibraryMissing
from collegium.graph.store import Store
from collegium.server.service import KnowledgeGraph


def _answers(kg: KnowledgeGraph) -> dict[str, Any]:
    return {
        "ranking": kg.centrality("degree"),
        "communities": kg.communities(),
        "figures": kg.figures(),
        "series": kg.series("1y"),
        "by years": kg.centrality_by_years("degree"),
        "query": kg.query("SELECT ?author WHERE { ?author a foaf:Person }"),
    }


def test_each_answer_becomes_a_dataframe(service: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a notebook would have to take answers apart by hand, or an empty one would have no columns."""

    def taken(rows: list[dict[str, Any]], columns: list[str]) -> tuple[int, list[str]]:
        assert all(set(row) <= set(columns) for row in rows)
        return len(rows), columns

    # pandas itself is not needed to see what it is given.
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=taken))
    frames = {name: each.to_dataframe() for name, each in _answers(service).items()}
    assert {name: rows for name, (rows, _) in frames.items()} == {
        "ranking": 25,
        "communities": 25,
        "figures": len(service.figures()),
        "series": 4,
        "by years": 25,
        "query": 25,
    }
    assert frames["communities"][1][0] == "community" and "papers" in frames["series"][1]
    assert service.suggest("Ning Ding").to_dataframe()[1][:2] == ["rank", "id"]
    assert service.centrality("h_index").to_dataframe()[1][-2:] == ["source", "when"]
    empty = _answers(KnowledgeGraph(Store.memory()))
    assert all(empty[name].to_dataframe()[1] for name in ("ranking", "communities", "figures", "query"))


def test_a_missing_library_is_one_line(service: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a notebook without pandas would show a traceback of an import."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    for each in _answers(service).values():
        with pytest.raises(LibraryMissing, match=r"^to_dataframe needs pandas, which is not installed"):
            each.to_dataframe()
