"""Endpoints of suggestions: with whom an author could write next, and how well such suggestions turn out."""

from __future__ import annotations

from typing import Any, Final

from .api_entities import in_path
from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Parameter, Table, paging
from .suggesting import backtested, suggested
from .wanted import FILTERS, WAIT, where

COLUMNS: Final = (
    "rank",
    "id",
    "iri",
    "name",
    "score",
    "reason",
    "common",
    "adamic_adar",
    "resource_allocation",
    "pagerank",
    "category_overlap",
    "recency",
    "last_year",
    "steps",
    "joint_papers",
    "common_coauthors",
    "shared_categories",
)
# Suggestions are made from all links of all authors that the other filters leave.
_FILTERS: Final = tuple(row for row in FILTERS if row.name not in ("authors", "min_weight"))


def _where(values: Any) -> Any:
    return where({**values, "authors": (), "min_weight": 0.0})


def _suggestions(call: Call) -> Table:
    edition, limit, offset = call.edition, call["limit"], call["offset"]
    author = edition.find("author", call["id"])
    found = suggested(edition, author, _where(call.values), limit, offset)
    return Table(COLUMNS, found.to_dicts(), found.total, limit, offset, found.facts)


def _backtest(call: Call) -> Document:
    return backtested(call.edition, call["until"], call["seed"], call["sample"], _where(call.values))


ENDPOINTS: Final = (
    Endpoint(
        path="/api/suggestions/backtest",
        name="api_backtest",
        tag="Collaboration",
        summary="Back-test of the suggestions",
        description=(
            "Suggestions made from the papers up to a year, held against the new pairs of the years after: precision "
            "of the first ten and AUC, for the combined score, each single one and chance. Papers count by printed "
            "years. `candidates_hold`: the share of new pairs that stand among the candidates at all."
        ),
        parameters=(
            Parameter(
                "until",
                "year",
                "Last year of training. Default: the last that leaves a fifth of the papers after it.",
                minimum=1,
                maximum=9999,
            ),
            Parameter("seed", "integer", "Same seed, same answer.", 1, minimum=0, maximum=2**32 - 1),
            Parameter(
                "sample",
                "integer",
                "Authors, new pairs and other pairs looked at, at most. Default: 1000, or what a minute bears.",
                minimum=1,
                maximum=100_000,
            ),
            WAIT,
            *_FILTERS,
        ),
        answer=_backtest,
        schema="BackTest",
    ),
    Endpoint(
        path="/api/suggestions/<id>",
        name="api_suggestions",
        tag="Collaboration",
        summary="Whom an author could write with next",
        description=(
            "Authors without a joint paper, two steps away; where these are few, authors of the same categories too. "
            "Each with the reason and all single scores; `score` is the mean of their percentiles. `backtest` says how "
            "well such suggestions turned out, or how to have that. `at_least`: an author list is cut, so that links "
            "may be missing."
        ),
        in_path=(in_path("author"),),
        parameters=(WAIT, *_FILTERS, *paging(10)),
        forms=TABLE_FORMS,
        answer=_suggestions,
        schema="Suggestion",
        is_list=True,
    ),
)
