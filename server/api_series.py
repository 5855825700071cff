"""The endpoint of the network by slices of years."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.slice_figures import FIGURES, SliceFigures

from .charts import POLICY
from .endpoints import SERIES_FORMS, Call, Endpoint, Parameter, Plot, Table
from .negotiation import SVG
from .sliced import DRAWN, series_in, series_picture
from .wanted import CUMULATIVE, FILTERS, SLICES, WAIT, where, width_given

if TYPE_CHECKING:
    from collegium.graph.series import Series

COLUMNS: Final = tuple(field.name for field in fields(SliceFigures))
# What can be drawn.
FIGURE: Final = Parameter(
    "figures",
    "string",
    "What a picture shows; by default the main ones.",
    (),
    choices=tuple(FIGURES),
    many=True,
    example="papers",
)
FITTING: Final = replace(
    SLICES,
    description=f"{SLICES.description} By default the first of 1, 2, 5, 10, 20 … years that makes at most 40.",
)


def _series(call: Call) -> Table | Plot:
    found = asked_series(call.edition, call.values)
    if call.choice.form is SVG:
        return Plot(series_picture(found, call["figures"] or DRAWN, by_itself=True), POLICY)
    rows = found.to_dicts()
    return Table(COLUMNS, rows, len(rows), len(rows), 0, found.facts)


def asked_series(edition: Any, values: Any) -> Series:
    """Return the series that a request's values ask for. Raises: ParameterError, NotFound."""
    return series_in(edition, width_given(values), values["cumulative"], where(values))


ENDPOINTS: Final = (
    Endpoint(
        path="/api/network/series",
        name="api_series",
        tag="Collaboration",
        summary="Co-authorship by slices of years",
        description=(
            "Per slice: papers, authors, who of them is new, links, density, components, giant share; "
            "`collaboration_index` (mean authors of papers with two or more), `degree_of_collaboration` (share of "
            "papers with two or more), `collaboration_coefficient` (1 less the mean of 1/authors); coverage. Papers "
            "without a year are left out and counted. `at_least`: a list is cut, hidden authors are not counted."
        ),
        parameters=(FITTING, CUMULATIVE, WAIT, *FILTERS, FIGURE),
        forms=SERIES_FORMS,
        answer=_series,
        schema="SliceRow",
        is_list=True,
    ),
)
