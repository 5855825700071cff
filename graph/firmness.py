"""How firm ranks are: what they become when other papers had been written, or cut lists were whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .communities import check_seed
from .compact import compact, membership
from .errors import MeasureError, ParameterError, UnknownName
from .hidden_authors import MODEL, HiddenAuthors
from .measures import measure_named
from .measures.cited import ROWS as CITED
from .measures.ranking import places
from .measures.row import COMPUTED, Measure
from .network import Network
from .nodes import Group, Nodes
from .occasions import PAPERS
from .projections import projection_named
from .resampled import of_papers
from .rows import Rows
from .selection import Filter
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS: Final = 200
MOST_DRAWS: Final = 2000
LEVEL: Final = 0.95
_MOST_S: Final = 90.0  # that all draws may take, as estimated
_NOTE: Final = (
    "a paper that a draw leaves out takes its links along, so that values which count different co-authors are lower "
    "in draws than they are; ranks are compared among nodes to which that happens alike"
)


@dataclass(frozen=True, slots=True)
class FirmRow:
    """Between what the rank and the value of one node lie; None where the measure is defined in no draw."""

    rank_low: int
    rank_high: int
    value_low: float | None
    value_high: float | None

    def to_dict(self) -> dict[str, float | None]:
        """Return the row for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Firmness:
    """A row for each node asked for, in that order, and what it was made of, ready for JSON."""

    rows: tuple[FirmRow, ...]
    facts: Mapping[str, Any]


def firmness(
    mirror: Mirror,
    net: Network,
    name: str,
    numbers: NDArray[Any],
    *,
    where: Filter | None = None,
    weight: str = "none",
    draws: int = DRAWS,
    seed: int = 1,
    by: str = "papers",
) -> Firmness:
    """Return between which ranks and values some nodes lie in 95 of 100 networks that might as well have been.

    The network is counted anew in each draw. Every node of `net` stays one, without links where no paper of it is left,
    and ranks count these nodes only.

    Args:
        net: a projection of that mirror and filter, from `compact`.
        name: of a computed measure.
        numbers: of nodes.
        weight: that the measure takes: "none", or what the network carries.
        draws: 1 to 2000.
        by: "papers" draws as many papers as there are, with replacement: one drawn twice counts twice. "lists" fills in
            the hidden authors of cut lists; see `hidden_authors.MODEL`.

    Raises:
        ParameterError: a number of draws or a seed that cannot be used, or a network or measure that is not made so.
        UnknownName: `by`, or the measure.
        MeasureError: it would take too long, or no list tells how long others are; as the measure.
    Cost: `draws` times that of the projection and of the measure.
    Source: B. Efron, Bootstrap methods, 10.1214/aos/1176344552 (the percentile interval).
    """
    row, where = measure_named(name), Filter() if where is None else where
    _check(row, net, where, draws, seed, by)
    taken = of_papers(mirror, membership(mirror, "author", where)[0])
    # Of the filter remains what chooses among links and nodes: the papers are chosen, and finding names takes a while.
    still = Filter(authors=where.authors, shown_only=where.shown_only, min_weight=where.min_weight)
    _check_cost(taken, net, row, weight, draws, still)
    drawn, told = BY[by].draws(taken, mirror, draws, seed)
    projection, carried = str(net.facts["projection"]), str(net.facts["weight"])
    networks = (onto(net, compact(other, projection, weight=carried, where=still)) for other in drawn)
    rows = spread(net, row, networks, numbers, is_weighted=weight != "none")
    return Firmness(rows, _facts(net, draws, seed, by) | told)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of drawing: `draws` takes the papers that count, all of the store, how many draws and a seed.

    It also gives what must be said of them.
    """

    definition: str
    draws: Callable[[Mirror, Mirror, int, int], tuple[Iterator[Mirror], dict[str, Any]]]


def _by_papers(taken: Mirror, _: Mirror, draws: int, seed: int) -> tuple[Iterator[Mirror], dict[str, Any]]:
    count = len(taken.columns)

    def drawn(at: int) -> Mirror:
        return of_papers(taken, np.random.default_rng([seed, at]).integers(count, size=count))

    return map(drawn, range(draws)), {"papers_drawn": count, "note": _NOTE}


def _by_lists(taken: Mirror, store: Mirror, draws: int, seed: int) -> tuple[Iterator[Mirror], dict[str, Any]]:
    hidden = HiddenAuthors.of(taken, store)
    told = {
        "lists_filled": len(hidden.cut),
        "lists_complete": len(hidden.lengths),
        "new_author_share": hidden.new_share,
    }
    return (hidden.filled(np.random.default_rng([seed, at])) for at in range(draws)), told


BY: Final[Mapping[str, Way]] = MappingProxyType(
    {
        "papers": Way(
            "as many papers as there are, drawn with replacement; each counts as often as drawn", _by_papers
        ),
        "lists": Way(MODEL, _by_lists),
    }
)


def spread(
    net: Network, row: Measure, drawn: Iterable[Network], numbers: NDArray[Any], *, is_weighted: bool
) -> tuple[FirmRow, ...]:
    """Return the interval of each number over networks that hold the nodes of `net` first.

    An end is the smallest rank (value) that 2.5 % (97.5 %) of the draws do not exceed: one that was drawn.
    """
    ranks, values, is_whole = [], [], False
    engine = next(iter(row.engines.values()))
    for other in drawn:
        sizes = {"strength": other.weights, "distance": other.distances}[row.weight] if is_weighted else None
        made = engine(other, sizes).values[: len(net)]
        is_whole, found = made.dtype.kind in "iu", made.astype(float)
        if np.isinf(found).any():
            raise MeasureError(row.name, "a value is not a finite number; weights lie too far apart")
        ranks.append(places(found)[numbers])
        values.append(found[numbers])
    rows = []
    for of_rank, of_value in zip(np.array(ranks).T, np.array(values).T, strict=True):
        low, high = _ends(of_rank)
        rows.append(FirmRow(int(low), int(high), *_values(of_value, is_whole)))
    return tuple(rows)


def _ends(drawn: NDArray[Any]) -> tuple[Any, Any]:
    in_order, beyond = np.sort(drawn), (1 - LEVEL) / 2
    low, high = (max(math.ceil(round(share * len(drawn), 9)), 1) - 1 for share in (beyond, 1 - beyond))
    return in_order[low], in_order[high]


def _values(drawn: NDArray[np.float64], is_whole: bool) -> tuple[float | None, float | None]:
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return None, None
    low, high = _ends(defined)
    return (int(low), int(high)) if is_whole else (float(low), float(high))


def onto(net: Network, drawn: Network) -> Network:
    """Return a network drawn out of the same things on all nodes of `net`, then those that are only in itself."""
    at, first, groups, new = [], 0, [], 0
    for group, other in zip(net.nodes.groups, drawn.nodes.groups, strict=True):
        is_known = np.isin(other.ids, group.ids)
        place = first + np.searchsorted(group.ids, other.ids)
        place[~is_known] = len(net) + new + np.arange((~is_known).sum())
        at.append(place)
        new, first = new + int((~is_known).sum()), first + len(group.ids)
        groups.append(Group(group.kind, other.things, np.concatenate((group.ids, other.ids[~is_known]))))
    number = np.concatenate(at)
    sizes = np.zeros(len(net) + new, np.int64)
    sizes[number] = drawn.links.sizes
    rows = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    papers, fractional = np.zeros(len(sizes), np.int64), np.zeros(len(sizes))
    papers[number], fractional[number] = drawn.papers, drawn.fractional_papers
    return Network(
        nodes=Nodes(tuple(groups)),
        links=Rows(rows, number[drawn.links.ends].astype(np.int32)),
        weights=drawn.weights,
        papers=papers,
        fractional_papers=fractional,
        facts=drawn.facts,
        counted=drawn.counted,
    )


def _check(row: Measure, net: Network, where: Filter, draws: int, seed: int, by: str) -> None:
    if isinstance(draws, bool) or not isinstance(draws, int) or not 1 <= draws <= MOST_DRAWS:
        raise ParameterError("firmness", draws, f"a whole number of draws from 1 to {MOST_DRAWS}")
    check_seed(seed)
    if by not in BY:
        raise UnknownName("firmness_by", str(by), BY)
    if row.basis != COMPUTED:
        raise ParameterError(
            "firmness", row.name, "a computed measure: papers do not make what sources report"
        )
    projection = projection_named(str(net.facts["projection"]))
    if row in CITED:
        raise ParameterError("firmness", row.name, "a measure without citations: drawn papers do not cite")
    if projection.made_of != PAPERS:
        raise ParameterError("firmness", projection.name, "a network whose nodes papers name")
    if by == "lists":
        if projection.name != "coauthors":
            raise ParameterError(
                "firmness_by", by, f"papers: of {projection.name} no list says how long it is"
            )
        if net.facts["weight"] not in ("none", "full", "fractional"):
            raise ParameterError("firmness_by", by, "papers: hidden authors have no place in a byline")
        if where.shown_only:
            raise ParameterError("firmness_by", by, "papers: shown_only leaves hidden authors out")


def _check_cost(taken: Mirror, net: Network, row: Measure, weight: str, draws: int, where: Filter) -> None:
    """Raise MeasureError where all draws would take longer than about a minute and a half."""
    found = 4e-6 * len(taken.authors) * len(where.authors)  # each name is looked for twice in a draw
    each = _seconds(net, row, weight) + found + 2e-7 * len(taken.columns.authors.ends) + 3e-7 * net.size
    if draws * each <= _MOST_S:
        return
    most = int(_MOST_S / each)
    instead = f"take {most} draws at most, " if most else ""
    raise MeasureError(
        row.name,
        f"{draws:,} draws of a network of {len(net):,} nodes and {net.size:,} links take about {draws * each:,.0f} s, "
        f"expected at most {_MOST_S:.0f}; {instead}filter by years or category, or take degree or pagerank",
    )


def _seconds(net: Network, row: Measure, weight: str) -> float:
    """About what a measure takes, by the words of its cost: as measured at 10,000 nodes, not better than by half."""
    nodes, links = len(net), net.size
    if row.cost.startswith("O(n)") or row.cost == "O(n + m)":
        return 1e-7 * (nodes + links)
    if row.cost.startswith("O(k (n + m))"):
        return 3e-6 * (nodes + links)
    if row.cost == "O(sum of degree²)":
        return 5e-8 * float((net.degrees.astype(float) ** 2).sum())
    return (1e-7 if weight != "none" else 3e-8) * nodes * max(links, 1)


def _facts(net: Network, draws: int, seed: int, by: str) -> dict[str, Any]:
    return {
        "by": by,
        "method": BY[by].definition,
        "draws": draws,
        "seed": seed,
        "level": LEVEL,
        "interval": "percentile: an end is the smallest that 2.5 % (97.5 %) of the draws do not exceed",
        "nodes": len(net),
        "coverage": net.facts["coverage"],
        "at_least": net.facts["at_least"],
    }
