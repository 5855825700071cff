"""The back-test of suggestions: made from the papers up to a year, held against the new pairs of the years after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .candidates import FEWEST, best_first, check_filter, ordered
from .columns import NO_YEAR
from .communities import check_seed
from .compact import compact, membership
from .errors import MeasureError, ParameterError
from .link_scores import DIGITS, SCORES, Traits, combined, scores_from
from .network import Network
from .resampled import of_papers
from .selection import Filter
from .snapshot import Mirror
from .walks import pagerank_from, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SAMPLE: Final = 1000  # authors, new pairs and other pairs that are looked at, where that takes no minute
MOST_SAMPLE: Final = 100_000
AT: Final = 10  # suggestions that an author is given
_AFTER: Final = 0.2  # of the papers, that stand after the default year
_AT_ONCE: Final = 100_000  # numbers of a block of walks: with more, they leave the cache
_MOST_WORK: Final = 2e10  # steps of all walks: half a minute to a minute
_ALL: Final = ("combined", *SCORES)
_DEFINITION: Final = "docs/how-to/suggest-collaborators.md"


def backtest(
    mirror: Mirror,
    *,
    until: int | None = None,
    seed: int = 1,
    sample: int | None = None,
    where: Filter | None = None,
) -> dict[str, Any]:
    """Return how well suggestions made from the papers up to a year fit the years after, ready for JSON.

    `precision` says for each score the mean share of new co-authors among the first ten candidates, over authors with
    a new pair, with its standard error, `auc` the probability that a new pair outranks one that stays without a paper.

    Args:
        until: last year of training; None for `default_year`.
        seed: of what is sampled.
        sample: of authors, new pairs and other pairs, at most so many each; None for 1000, or as many as a minute
            bears.
        where: which papers count; `authors` and `min_weight` cannot be asked for.

    Raises:
        ParameterError: a year, seed, sample or filter that cannot be used.
        MeasureError: there is nothing to test: no paper, author or new pair; or it would take too long.
        NotFound, AmbiguousName: of the filter.
    Cost: O(m) times 50 for each author and pair sampled.
    Source: D. Liben-Nowell and J. Kleinberg, 10.1002/asi.20591; E. R. DeLong et al., 10.2307/2531595.
    """
    where = Filter() if where is None else where
    _check(until, seed, sample, where)
    split = _Split.of(mirror, where, until)
    sample = _affordable(split.net, sample, len(split.new_pairs))
    tested, precision = _precision(split, seed, sample)
    pairs, auc = _auc(split, seed, sample)
    return {
        "version": mirror.version,
        "parameters": {
            "until": split.until,
            "seed": seed,
            "sample": sample,
            "at": AT,
            "where": where.given,
            "fewest_candidates": FEWEST,
        },
        "definition": _DEFINITION,
        "papers_before": split.before,
        "papers_after": split.after,
        "papers_left_out": split.left_out,
        "authors": len(split.net),
        "edges": split.net.size,
        "new_pairs": len(split.new_pairs),
        **tested,
        **pairs,
        "precision": precision,
        "auc": auc,
        "coverage": split.net.facts["coverage"],
        "at_least": split.net.facts["at_least"],
    }


def default_year(years: NDArray[Any]) -> int:
    """Return the last year that leaves at least a fifth of the papers after it; the first year where none does.

    Example:
        >>> default_year(np.array([2020, 2021, 2021, 2022, 2023]))
        2022
    """
    found, counts = np.unique(years, return_counts=True)
    after = counts.sum() - np.cumsum(counts)
    return int(found[max(int((after >= _AFTER * counts.sum()).sum()) - 1, 0)])


def _check(until: int | None, seed: int, sample: int | None, where: Filter) -> None:
    check_seed(seed)
    check_filter(where)
    try:
        Filter(to_year=until)
    except ParameterError as error:
        raise ParameterError("until", until, error.expected) from None
    if sample is None:
        return
    if isinstance(sample, bool) or not isinstance(sample, int) or not 1 <= sample <= MOST_SAMPLE:
        raise ParameterError("sample", sample, f"a whole number from 1 to {MOST_SAMPLE}")


@dataclass(frozen=True, slots=True, eq=False)
class _Split:
    """The network up to a year, and the pairs of its nodes (smaller number first) that are new after it."""

    until: int
    before: int
    after: int
    left_out: int
    net: Network
    traits: Traits
    new_pairs: NDArray[np.int64]

    @staticmethod
    def of(mirror: Mirror, where: Filter, until: int | None) -> _Split:
        columns, taken = mirror.columns, np.zeros(len(mirror.columns), np.bool_)
        taken[membership(mirror, "author", where)[0]] = True
        printed = taken & (columns.years != NO_YEAR) & ~columns.year_inferred
        if not printed.any():
            raise MeasureError("back-test", "found no paper with a printed year; load some, or filter less")
        until = default_year(columns.years[printed]) if until is None else until
        before, after = printed & (columns.years <= until), printed & (columns.years > until)
        if not (before.any() and after.any()):
            found = f"found {before.sum()} papers up to {until} and {after.sum()} after it"
            years = columns.years[printed]
            raise MeasureError(
                "back-test",
                f"{found}, expected some of both: take a year from {years.min()} to {years.max() - 1}",
            )
        past = of_papers(mirror, np.flatnonzero(before))
        net = compact(past, "coauthors", where=where)
        later = compact(of_papers(mirror, np.flatnonzero(after)), "coauthors", where=where)
        new = _new_pairs(mirror, net, later)
        if not len(new):
            raise MeasureError(
                "back-test",
                f"no two authors of papers up to {until} write together for the first time after it",
            )
        left_out = int(taken.sum() - printed.sum())
        traits = Traits.of(past, where, net)
        return _Split(until, int(before.sum()), int(after.sum()), left_out, net, traits, new)

    def key(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = pairs[:, 0] * len(self.net) + pairs[:, 1]
        return found


def _new_pairs(mirror: Mirror, net: Network, later: Network) -> NDArray[np.int64]:
    number = np.full(len(mirror.authors), -1, np.int64)
    number[net.nodes.groups[0].ids] = np.arange(len(net))
    pairs: NDArray[np.int64] = number[later.nodes.groups[0].ids[later.pairs]]
    pairs = pairs[(pairs >= 0).all(axis=1)]
    known = net.pairs @ np.array([len(net), 1])
    new: NDArray[np.int64] = pairs[~np.isin(pairs @ np.array([len(net), 1]), known)]
    return new


def steps_walked(edges: int, sample: int, new_pairs: int) -> float:
    """Return how many steps over links a back-test takes, which is what it costs: 1.5 to 3 ns each."""
    return 100.0 * edges * (min(sample, 2 * new_pairs) + min(sample, new_pairs) + sample)


def _affordable(net: Network, sample: int | None, new_pairs: int) -> int:
    wanted = SAMPLE if sample is None else sample
    steps = steps_walked(net.size, wanted, new_pairs)
    if steps <= _MOST_WORK:
        return wanted
    most = max(int(wanted * _MOST_WORK / steps), 1)
    if sample is None:
        return most
    raise MeasureError(
        "back-test",
        f"a sample of {sample:,} of a network of {net.size:,} links takes too long; take one of {most:,}",
    )


def _walks(net: Network, starts: NDArray[Any]) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield each start with the PageRank from it, made a block at a time."""
    steps, block = steps_of(net), max(_AT_ONCE // max(len(net), 1), 8)
    for first in range(0, len(starts), block):
        part = starts[first : first + block]
        walks = pagerank_from(steps, part)
        yield from ((one, walks[:, at]) for at, one in enumerate(part.tolist()))


def _precision(split: _Split, seed: int, sample: int) -> tuple[dict[str, Any], dict[str, Any]]:
    new = split.new_pairs
    with_new = np.unique(new)
    tested = _sampled(with_new, sample, np.random.default_rng([seed, 0]))
    partners = {
        one: np.union1d(new[new[:, 0] == one, 1], new[new[:, 1] == one, 0]) for one in tested.tolist()
    }
    rows = {name: np.zeros(len(tested)) for name in (*_ALL, "chance", "chance_anyone")}
    reached = total = 0
    for at, (one, walk) in enumerate(_walks(split.net, tested)):
        found, hoped = ordered(split.net, split.traits, one, walk), partners[one]
        is_new = np.isin(found.numbers, hoped)
        by_number = np.argsort(found.numbers)
        for name in _ALL:
            values = found.score if name == "combined" else found.scores[name]
            first = by_number[best_first(values[by_number])][:AT]
            rows[name][at] = is_new[first].sum() / AT
        drawn = min(AT, len(found.numbers)) / max(len(found.numbers), 1)
        rows["chance"][at] = is_new.sum() * drawn / AT
        others = len(split.net) - 1 - len(split.net.links[one])
        rows["chance_anyone"][at] = len(hoped) * min(AT, others) / others / AT
        reached, total = reached + int(is_new.sum()), total + len(hoped)
    facts = {
        "authors_with_new_pairs": len(with_new),
        "authors_tested": len(tested),
        "candidates_hold": reached / total,
    }
    return facts, {name: _mean(values) for name, values in rows.items()}


def _mean(values: NDArray[np.float64]) -> dict[str, float | None]:
    error = None if len(values) < 2 else float(values.std(ddof=1) / np.sqrt(len(values)))
    return {"value": float(values.mean()), "standard_error": error}


def _sampled(rows: NDArray[Any], most: int, chance: np.random.Generator) -> NDArray[Any]:
    """At most so many rows, in their order."""
    if len(rows) <= most:
        return rows
    return rows[np.sort(chance.choice(len(rows), most, replace=False))]


def _auc(split: _Split, seed: int, sample: int) -> tuple[dict[str, Any], dict[str, Any]]:
    new = _sampled(split.new_pairs, sample, np.random.default_rng([seed, 1]))
    other = _other_pairs(split, sample, np.random.default_rng([seed, 2]))
    facts = {"new_pairs_tested": len(new), "other_pairs_tested": len(other)}
    if not len(other):
        return facts, {name: {"value": None, "standard_error": None} for name in (*_ALL, "chance")}
    scores = _pair_scores(split, np.concatenate((new, other)))
    scores = {"combined": combined(scores), **scores}
    auc = {name: _outranks(values[: len(new)], values[len(new) :]) for name, values in scores.items()}
    return facts, auc | {"chance": {"value": 0.5, "standard_error": 0.0}}


def _other_pairs(split: _Split, sample: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """Pairs without a paper before or after, drawn with replacement; all of them where they are few."""
    count, known = len(split.net), np.concatenate((split.key(split.net.pairs), split.key(split.new_pairs)))
    if count * (count - 1) // 2 <= 10 * sample:
        pairs = np.column_stack(np.triu_indices(count, 1)).astype(np.int64)
        return _sampled(pairs[~np.isin(split.key(pairs), known)], sample, chance)
    found = np.zeros((0, 2), np.int64)
    while len(found) < sample:
        drawn = np.sort(chance.integers(count, size=(2 * sample, 2)), axis=1)
        drawn = drawn[drawn[:, 0] < drawn[:, 1]]
        found = np.concatenate((found, drawn[~np.isin(split.key(drawn), known)]))
    return found[:sample]


def _pair_scores(split: _Split, pairs: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """The scores of pairs: those from both ends, halved, which are one for all but PageRank and recency."""
    net, recency = split.net, split.traits.recency()
    found = {name: np.zeros(len(pairs)) for name in SCORES}
    starts, of = np.unique(pairs[:, 0], return_inverse=True)
    for at, (one, walk) in enumerate(_walks(net, starts)):
        rows = np.flatnonzero(of == at)
        others = pairs[rows, 1]
        for name, values in scores_from(net, split.traits, one, others, walk).items():
            found[name][rows] = values
        # On an undirected network the walk back is the same, but for the degrees of its ends.
        back = walk[others] * net.degrees[one] / np.maximum(net.degrees[others], 1)
        found["pagerank"][rows] = np.round((walk[others] + back) / 2, DIGITS)
    found["recency"] = np.round(recency[pairs].mean(axis=1), DIGITS)
    return found


def _outranks(new: NDArray[Any], other: NDArray[Any]) -> dict[str, float | None]:
    """How often a new pair stands above another, ties half, with DeLong's standard error."""
    above = (np.searchsorted(np.sort(other), new, "left") + np.searchsorted(np.sort(other), new, "right")) / 2
    below = (np.searchsorted(np.sort(new), other, "left") + np.searchsorted(np.sort(new), other, "right")) / 2
    value = float(above.mean() / len(other))
    if min(len(new), len(other)) < 2:
        return {"value": value, "standard_error": None}
    spread = (above / len(other)).var(ddof=1) / len(new) + (below / len(new)).var(ddof=1) / len(other)
    return {"value": value, "standard_error": float(np.sqrt(spread))}
