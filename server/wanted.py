"""Which network a request asks for: the parameters that all network endpoints and pages share, and their `Filter`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from collegium.graph.errors import ParameterError
from collegium.graph.measures import Sample
from collegium.graph.measures.sample import MOST
from collegium.graph.projections import LINK_WEIGHTS, PROJECTIONS
from collegium.graph.selection import Filter

from .editions import Wanted
from .endpoints import Parameter
from .naming import in_order

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
# Where `from` and `to` are the ends of something else, years cannot be called so.
YEARS: Final = ("from_year", "to_year")
ENDS_FILTERS: Final = (
    Parameter("from_year", "year", "First year.", minimum=1, maximum=9999),
    Parameter("to_year", "year", "Last year.", minimum=1, maximum=9999),
    *(parameter for parameter in FILTERS if parameter.name not in ("from", "to")),
)

SLICES: Final = Parameter(
    "slices",
    "string",
    "Slices of so many years, like `3y`, from `from` or else the first printed year.",
    example="3y",
)
CUMULATIVE: Final = Parameter("cumulative", "boolean", "Each slice with all before it.", False)


def width_given(values: Mapping[str, Any]) -> int | None:
    """Return the years of a slice; None where those are wanted that fit. Raises: ParameterError."""
    if values["slices"] is None:
        return None
    from collegium.graph.slices import width_of

    return width_of(values["slices"])


def width_asked(values: Mapping[str, Any]) -> int | None:
    """Return the years of a slice; None where no slices are asked for. Raises: ParameterError."""
    if values["slices"] is None and values["cumulative"]:
        raise ParameterError("cumulative", "true", "slices to add up, like slices=3y")
    return width_given(values)


SAMPLE: Final = (
    Parameter(
        "sample",
        "integer",
        "Start from so many nodes only, where a measure walks from each: the answer says its error. "
        "Above 20,000 nodes 500 are taken without being asked for.",
        minimum=1,
        maximum=MOST,
        example=500,
    ),
    Parameter(
        "seed",
        "integer",
        "What a sample, or draws for `firmness`, follow from; else 1.",
        minimum=0,
        maximum=MOST,
    ),
)
AROUND: Final = Parameter(
    "around",
    "string",
    "IDs of nodes that the walker jumps back to, instead of anywhere: PageRank around them.",
    (),
    many=True,
)
WAIT: Final = Parameter(
    "wait",
    "integer",
    "Seconds to wait for an answer that is not there yet; then 202 says where to ask for it.",
    10,
    minimum=0,
    maximum=30,
)
_IN_ADDRESS: Final = {"from_year": "from", "to_year": "to"}


def where(values: Mapping[str, Any], years: tuple[str, str] = ("from", "to")) -> Filter:
    """Return the filter of a request's values; `years` are the names that it gives its first and last year.

    Raises: ParameterError, by the names of the request.
    """
    first, last = (values[name] for name in years)
    if first is not None and last is not None and first > last:
        raise ParameterError(years[0], first, f"a year not after `{years[1]}`, which is {last}")
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


def sample_by(values: Mapping[str, Any]) -> Sample | None:
    """Return the sample that a request's values ask for. Raises: ParameterError."""
    if values["sample"] is None:
        if values["seed"] is not None and values.get("firmness") is None:
            raise ParameterError(
                "seed", values["seed"], "something to draw with it: sample=500, firmness=200"
            )
        return None
    return Sample(values["sample"], 1 if values["seed"] is None else values["seed"])


def ranking_parameters(wanted: Wanted, sample: Sample | None) -> dict[str, str]:
    """Return what an address asks for that gives this ranking: sorted, each only once, nothing left to a default."""
    where = wanted.where
    given = {
        **where.given,
        "complete_only": where.complete_only,
        "shown_only": where.shown_only,
        "min_weight": where.min_weight,
    }
    authors = given.pop("authors", None)
    told = {_IN_ADDRESS.get(name, name): _as_text(value) for name, value in given.items()}
    told["projection"] = wanted.projection
    if wanted.weight is not None:
        told["weight"] = wanted.weight
    if isinstance(authors, list):
        told["authors"] = ",".join(authors)
    if wanted.around:
        told["around"] = ",".join(wanted.around)
    if sample is not None:
        told |= {"sample": str(sample.size), "seed": str(sample.seed)}
    return dict(sorted(told.items()))


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def wanted_by(values: Mapping[str, Any], years: tuple[str, str] = ("from", "to")) -> Wanted:
    """Return the network that a request's values ask for; `years` as `where` has it. Raises: ParameterError."""
    return Wanted(values["projection"], values["weight"], where(values, years), around_by(values))


def around_by(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the nodes that a request puts in the middle. Raises: ParameterError."""
    if "around" not in values:
        return ()
    asked = [text.strip() for text in values["around"]]
    if not all(asked):
        raise ParameterError("around", ",".join(asked), "IDs with commas between them")
    return in_order(asked)
