"""Figures that sources report are ranked as reported: with who and when, never mixed with computed ones."""

from __future__ import annotations

import json

import pytest

from collegium.graph.errors import ParameterError
from collegium.graph.measures import measure
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.selection import Filter
from networks import (
    believed,
    star,
    written,
)

REPORTS = """
<author/ann> bido:holdsBibliometricDataInTime <m/1>, <m/2>, <m/3> .
<author/bob> bido:holdsBibliometricDataInTime <m/4> .
<m/1> bido:accordingTo <source/s> ; prov:generatedAtTime "2024-01-01T00:00:00Z"^^xsd:dateTime ;
    bido:withBibliometricData <v/1> . <v/1> bido:hasMeasure bido:h-index ; bido:hasNumericValue 40 .
<m/2> bido:accordingTo <source/t> ; prov:generatedAtTime "2025-01-01T00:00:00Z"^^xsd:dateTime ;
    bido:withBibliometricData <v/2> . <v/2> bido:hasMeasure bido:h-index ; bido:hasNumericValue 35 .
<m/3> bido:accordingTo <source/a> ; prov:generatedAtTime "2025-01-01T00:00:00Z"^^xsd:dateTime ;
    bido:withBibliometricData <v/3> . <v/3> bido:hasMeasure bido:h-index ; bido:hasNumericValue 34 .
<m/4> bido:accordingTo <source/s> ; prov:generatedAtTime "2024-01-01T00:00:00Z"^^xsd:dateTime ;
    bido:withBibliometricData <v/4> . <v/4> bido:hasMeasure ck:citationCount ; bido:hasNumericValue 9 .
"""


def test_reported_figures_are_ranked_with_who_says_so_and_only_where_one_does() -> None:
    """Wrong: who has no reported h-index would get 0, or one computed from the few papers here."""
    found = mirror(believed(written("p", ["ann", "bob", "cat"], cut=True), REPORTS))
    graph = project(found, "coauthors")
    ranking = measure(graph, "h-index", mirror=found)
    (row,) = ranking.to_dicts()
    assert (row["rank"], row["id"], row["value"], row["source"]) == (
        1,
        "ann",
        35,
        "http://localhost:8000/source/t",
    )
    assert str(row["when"]).startswith("2025-01-01")
    facts = ranking.facts
    assert (facts["basis"], facts["authors"], facts["authors_reported"], facts["figures"]) == (
        "reported",
        3,
        1,
        3,
    )
    assert facts["at_least"] is False
    assert [row.id for row in measure(graph, "citations", mirror=found)] == ["bob"]
    json.dumps(dict(facts))


def test_reported_figures_are_of_the_authors_in_the_network() -> None:
    """Wrong: a filter would not hold for them."""
    found = mirror(believed(written("p", ["ann", "bob"]), written("q", ["bob"], issued="2024"), REPORTS))
    late = project(found, "coauthors", where=Filter(from_year=2024))
    assert measure(late, "h_index", mirror=found).rows == ()
    assert len(measure(late, "citations", mirror=found)) == 1
    assert measure(project(found, "coinstitutions"), "h_index", mirror=found).rows == ()


def test_a_reported_measure_needs_the_mirror() -> None:
    """Wrong: it would be computed from the network in silence."""
    with pytest.raises(ParameterError, match="mirror"):
        measure(star(), "h_index")
