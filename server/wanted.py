"""Which network a request asks for: the parameters that all network endpoints and pages share, and their `Filter`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from collegium.graph.errors import ParameterError
from collegium.graph.projections import LINK_WEIGHTS, PROJECTIONS
from collegium.graph.selection import Filter

from .editions import Wanted
from .endpoints import Parameter

PROJECTION: Final = Parameter(
    "projection", "string", "Which network.", "coauthors", choices=tuple(PROJECTIONS), example="coauthors"
)
WEIGHT: Final = Parameter(
    "weight",
    "string",
    "What a link weighs: `none` 1, `full` joint papers, `fractional` the sum of 1/(k-1), `harmonic` and `first-last` "
    "by places in the byline (co-authors only). Default: the measure's own.",
    choices=("none", *LINK_WEIGHTS),
)
LINK_WEIGHT: Final = Parameter(
    "weight",
    "string",
    "What a link weighs: `full` joint papers, `fractional` the sum of 1/(k-1), `harmonic` and `first-last` by places "
    "in the byline (co-authors only).",
    "full",
    choices=LINK_WEIGHTS,
)
# For pictures: without a word on weights links show joint papers, and a measure takes its own default.
DRAWN_WEIGHT: Final = replace(LINK_WEIGHT, default=None)
FILTERS: Final = (
    Parameter(
        "from", "year", "First year; papers without a year are then left out.", minimum=1, maximum=9999
    ),
    Parameter("to", "year", "Last year; papers without a year are then left out.", minimum=1, maximum=9999),
    Parameter("category", "string", "ID or notation of a category; narrower ones count too.", is_filter=True),
    Parameter("institution", "string", "ID or name of an institution.", is_filter=True),
    Parameter(
        "authors",
        "string",
        "IDs of authors: papers by one of them, and only these nodes.",
        (),
        many=True,
        is_filter=True,
    ),
    Parameter(
        "min_weight", "number", "Least weight of a link (joint papers when links weigh 1).", 0.0, minimum=0
    ),
    Parameter("complete_only", "boolean", "Only papers whose author list is complete.", False),
    Parameter("shown_only", "boolean", "Only authors that a source prints.", False),
)

SLICES: Final = Parameter(
    "slices",
    "string",
    "Slices of so many years, like `3y`, from `from` or else the first printed year.",
    example="3y",
)
CUMULATIVE: Final = Parameter("cumulative", "boolean", "Each slice with all before it.", False)


def width_asked(values: Mapping[str, Any]) -> int | None:
    """Return the years of a slice; None where no slices are asked for. Raises: ParameterError."""
    if values["slices"] is not None:
        from collegium.graph.slices import width_of

        return width_of(values["slices"])
    if values["cumulative"]:
        raise ParameterError("cumulative", "true", "slices to add up, like slices=3y")
    return None


def where(values: Mapping[str, Any]) -> Filter:
    """Return the filter of a request's values. Raises: ParameterError, by the names of the request."""
    first, last = values["from"], values["to"]
    if first is not None and last is not None and first > last:
        raise ParameterError("from", first, f"a year not after `to`, which is {last}")
    return Filter(
        from_year=first,
        to_year=last,
        category=values["category"],
        institution=values["institution"],
        authors=frozenset(values["authors"]),
        complete_only=values["complete_only"],
        shown_only=values["shown_only"],
        min_weight=values["min_weight"],
    )


def wanted_by(values: Mapping[str, Any]) -> Wanted:
    """Return the network that a request's values ask for. Raises: ParameterError."""
    return Wanted(values["projection"], values["weight"], where(values))
