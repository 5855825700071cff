"""Suggestions of one edition, with how well such suggestions have turned out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NoReturn

from collegium.graph.errors import MeasureError
from collegium.graph.selection import Filter

from .editions import Edition, Wanted

if TYPE_CHECKING:
    from collegium.graph.suggestions import Suggestions

_CHEAP: Final = 5e7  # steps of walks that are taken in passing: below half a second
_HOW: Final = "not made of this version: collegium suggest --backtest, or GET /api/suggestions/backtest"
# What of a back-test stands beside suggestions.
_TOLD: Final = ("parameters", "definition", "authors_tested", "new_pairs", "precision", "auc", "at_least")


class _NotMade(Exception):
    """Nobody has made the back-test yet. Never leaves this file."""


def suggested(edition: Edition, iri: str, where: Filter, limit: int = 10, offset: int = 0) -> Suggestions:
    """Return with whom an author could write next, and what the back-test says of it.

    Raises: NotFound, AmbiguousName, ParameterError.
    """
    from collegium.graph.candidates import check_filter
    from collegium.graph.link_scores import Traits
    from collegium.graph.suggestions import suggestions

    check_filter(where)
    net = edition.compact(Wanted(where=where))
    traits = edition.made(("traits", where), lambda: Traits.of(edition.mirror, where, net), 3)
    found = suggestions(edition.mirror, net, traits, iri, limit=limit, offset=offset)
    return replace(found, facts={**found.facts, "backtest": _known_test(edition)})


def backtested(
    edition: Edition,
    until: int | None = None,
    seed: int = 1,
    sample: int | None = None,
    where: Filter | None = None,
) -> dict[str, Any]:
    """Return the back-test of suggestions; see `graph.backtest.backtest`."""
    from collegium.graph.backtest import backtest

    chosen = Filter() if where is None else where
    key = _key(until, seed, sample, chosen)
    return edition.document(
        key,
        lambda: backtest(edition.mirror, until=until, seed=seed, sample=sample, where=chosen),
        work=0 if _is_cheap(edition, sample) else math.inf,
    )


def _key(until: int | None, seed: int, sample: int | None, where: Filter) -> dict[str, Any]:
    # The types stand there too: True would find what 1 has made.
    given = {"until": until, "seed": seed, "sample": sample}
    return {"kind": "backtest", "given": repr(given), "where": where.given}


def _known_test(edition: Edition) -> Mapping[str, Any]:
    """The back-test of all papers as it stands, made in passing where that is cheap; else how to have it."""
    try:
        if not _is_cheap(edition):
            edition.document(_key(None, 1, None, Filter()), _not_made)
        found = backtested(edition)
    except MeasureError as error:
        return {"reason": error.reason}
    except _NotMade:
        return {"reason": _HOW}
    return {name: found[name] for name in _TOLD}


def _is_cheap(edition: Edition, sample: int | None = None) -> bool:
    from collegium.graph.backtest import SAMPLE, steps_walked

    net = edition.compact(Wanted())
    return steps_walked(net.size, min(sample or SAMPLE, len(net)), net.size) <= _CHEAP


def _not_made() -> NoReturn:
    raise _NotMade
