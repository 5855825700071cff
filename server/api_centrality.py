"""Endpoints of measures: which there are, and one of them, ranked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from collegium.graph.errors import ParameterError
from collegium.graph.measures import MEASURES, Measure, Ranking, measure_named

from .api_firmness import FIRMNESS, with_firmness
from .charts import POLICY
from .endpoints import SERIES_FORMS, TABLE_FORMS, Call, Endpoint, Parameter, Plot, Table, paging
from .negotiation import JSON, SVG
from .permalinks import CITED, citation, cited_by
from .sliced import sliced_ranking, wide
from .wanted import (
    AROUND,
    CUMULATIVE,
    FILTERS,
    PROJECTION,
    SAMPLE,
    SLICES,
    WAIT,
    WEIGHT,
    sample_by,
    wanted_by,
    width_asked,
)

MEASURE_COLUMNS: Final = (
    "name",
    "title",
    "definition",
    "unit",
    "range",
    "weight",
    "default_weight",
    "cost",
    "source",
    "basis",
    "engines",
)
COMPUTED_COLUMNS: Final = ("rank", "id", "iri", "name", "kind", "value")
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_NOT_OF_SLICES: Final = ("firmness", "firmness_by", "sample", "seed", "around", *(p.name for p in CITED))
REPORTED_COLUMNS: Final = (*COMPUTED_COLUMNS, "source", "when")


def measure_row(row: Measure) -> dict[str, Any]:
    """Return a measure as JSON: its definition, unit, range, cost, source."""
    return {name: getattr(row, name) for name in MEASURE_COLUMNS[:-1]} | {"engines": list(row.engines)}


def _measures(call: Call) -> Table:
    rows = [measure_row(row) for row in MEASURES.values()]
    return Table(MEASURE_COLUMNS, rows, len(rows), len(rows), 0, {"version": call.edition.version})


def ranking_table(ranking: Ranking, limit: int, offset: int, told: Mapping[str, Any] = _NOTHING) -> Table:
    """Return a page of a ranking, with what it was made of, and what else is `told` of it."""
    rows = [row.to_dict() for row in ranking.rows[offset : offset + limit]]
    columns = COMPUTED_COLUMNS if ranking.facts.get("basis") == "computed" else REPORTED_COLUMNS
    return Table(columns, rows, len(ranking.rows), limit, offset, {**ranking.facts, **told})


def _ranking(call: Call) -> Table | Plot:
    name = measure_named(call["measure"]).name
    width = width_asked(call.values)
    if width is not None:
        _refuse_beside("slices", call, _NOT_OF_SLICES)
        return _sliced(call, name, width)
    if call.choice.form is SVG:
        raise ParameterError("format", "svg", "slices to draw, like slices=3y")
    if call["firmness"] is not None:
        _refuse_beside("firmness", call, ("sample", "around"))
    wanted, cited = wanted_by(call.values), cited_by(call.values, call.edition.version)
    ranking = call.edition.ranking(name, wanted, sample_by(call.values), wait_s=call["wait"])
    page = call["limit"], call["offset"]
    told = citation(call.root, wanted, ranking, *page, cited)
    return with_firmness(call, name, ranking_table(ranking, *page, told))


def _refuse_beside(asked: str, call: Call, names: tuple[str, ...]) -> None:
    for name in names:
        if call.values.get(name) not in (None, ()):
            found = call[name]
            told = ",".join(found) if isinstance(found, tuple) else found
            raise ParameterError(name, told, f"no {asked} beside it")


def _sliced(call: Call, name: str, width: int) -> Table | Plot:
    found = sliced_ranking(call.edition, name, wanted_by(call.values), width, call["cumulative"])
    limit, offset = call["limit"], call["offset"]
    if call.choice.form is SVG:
        return Plot(found.picture(offset, limit, by_itself=True), POLICY)
    rows = found.rows(offset, limit)
    if call.choice.form is not JSON:
        rows = list(map(wide, rows))
    years = [f"{first}_{last}" for first, last in found.slices.all]
    columns = (*COMPUTED_COLUMNS, *(f"{what}_{of}" for of in years for what in ("value", "rank")))
    return Table(columns, rows, len(found.whole.rows), limit, offset, found.facts)


ENDPOINTS: Final = (
    Endpoint(
        path="/api/centrality",
        name="api_measures",
        tag="Centrality",
        summary="The measures",
        description="Each with definition, unit, range, what its weights mean, cost and source.",
        forms=TABLE_FORMS,
        answer=_measures,
        schema="Measure",
        is_list=True,
    ),
    Endpoint(
        path="/api/centrality/<measure>",
        name="api_centrality",
        tag="Centrality",
        summary="One measure, ranked",
        description=(
            "By value, then name, then IRI; ties share a rank. The answer says what it was made of: parameters, "
            "engine, exact or not, counts, coverage. `at_least`: an author list behind the number is cut, so links "
            "may be missing. `lower_bound`: the value can only grow when the lists become known. With `slices` rows "
            "stand by the rank over all slices together, `slices` of each: value and rank by years (null: not there). "
            "With `firmness` each row has the ends of its 95 % intervals, and `firmness` says how they were made. "
            "What takes long is computed by a job: 202 and `Location` say where to ask for it. What would not end in "
            "time is refused (422), with the sample that would. `permalink` asks for the same rows again, with every "
            "parameter, and says `unchanged`: whether ranks and the first 12 digits of all values are as they were."
        ),
        in_path=(
            Parameter(
                "measure",
                "string",
                "Name of a measure.",
                required=True,
                choices=tuple(MEASURES),
                example="betweenness",
            ),
        ),
        parameters=(
            PROJECTION,
            WEIGHT,
            *FILTERS,
            *SAMPLE,
            AROUND,
            WAIT,
            *CITED,
            SLICES,
            CUMULATIVE,
            *paging(),
            *FIRMNESS,
        ),
        forms=SERIES_FORMS,
        answer=_ranking,
        schema="RankedRow",
        is_list=True,
    ),
)
