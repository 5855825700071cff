"""Endpoint of the figures of a whole network."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .endpoints import TABLE_FORMS, Call, Endpoint, Parameter, Table
from .wanted import FILTERS, LINK_WEIGHT, PROJECTION, WAIT, wanted_by
from .whole_network import figures_of

FIGURE_COLUMNS: Final = (
    "name",
    "title",
    "value",
    "unit",
    "exact",
    "error",
    "reason",
    "definition",
    "exactness",
    "source",
    "facts",
)
_WEIGHT: Final = replace(
    LINK_WEIGHT,
    description="What `min_weight` is compared with: `fractional` the sum of 1/(k-1), else joint papers.",
    choices=("none", "full", "fractional"),
)


def _figures(call: Call) -> Table:
    found = figures_of(
        call.edition, wanted_by(call.values), call["names"], seed=call["seed"], degrees=call["degrees"]
    )
    return Table(FIGURE_COLUMNS, found.to_dicts(), len(found), len(found), 0, found.facts)


ENDPOINTS: Final = (
    Endpoint(
        path="/api/network/figures",
        name="api_figures",
        tag="Collaboration",
        summary="Figures of the whole network",
        description=(
            "Each with its definition, whether it is exact, and its source. Where there is no such number `value` is "
            "null and `reason` says why. What is sampled has its standard error as `error` and its seed in `facts`; a "
            "bound is said to be one. `at_least`: an author list is cut, so links may be missing."
        ),
        parameters=(
            PROJECTION,
            _WEIGHT,
            Parameter("names", "string", "Only these figures.", (), many=True, example="diameter"),
            Parameter(
                "seed",
                "integer",
                "Of what is sampled: same seed, same answer.",
                1,
                minimum=0,
                maximum=2**32 - 1,
            ),
            Parameter(
                "degrees",
                "integer",
                "Degrees at which the rich club is told; without, 1, 2, 5, 10, …",
                (),
                many=True,
                minimum=0,
                maximum=10**9,
            ),
            WAIT,
            *FILTERS,
        ),
        forms=TABLE_FORMS,
        answer=_figures,
        schema="Figure",
        is_list=True,
    ),
)
