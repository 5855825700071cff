"""Values made into a ranked table that carries what it was made of."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Protocol

from collegium.graph.errors import ParameterError
from collegium.graph.frames import frame
from collegium.graph.made import Made

from .row import Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.nodes import Nodes

# Values that differ only behind this many significant digits share a rank: sums of floats taken in another
# order do.
TIE_DIGITS: Final = 12
_WHOLE: Final = (
    2**31
)  # whole numbers below are told apart by all digits, and times nodes they stay in 64 bits


class Placed(Protocol):
    """A node with its place: what a digest is made of."""

    @property
    def rank(self) -> int | None:
        """From 1."""

    @property
    def iri(self) -> str:
        """Whose place it is."""

    @property
    def value(self) -> Value:
        """What the place follows from."""


def digest_of(rows: Iterable[Placed]) -> str:
    """Return what tells rows from others: of rank, IRI and the first twelve digits of the value, in their order.

    The digits behind those follow the order of a sum, which another version of an engine may change.
    """
    digits = TIE_DIGITS - 1
    told = [[row.rank, row.iri, None if row.value is None else f"{row.value:.{digits}e}"] for row in rows]
    return blake2b(json.dumps(told).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One node. `rank` and `value` are None where the measure is not defined.

    `source` (IRI) and `when` (xsd:dateTime) say who reports the value; None when it was computed.
    """

    rank: int | None
    iri: str
    id: str
    name: str
    value: Value
    kind: str = ""
    source: str | None = None
    when: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the row for JSON; `source` and `when` only when a source reports the value."""
        row: dict[str, object] = {
            "rank": self.rank,
            "iri": self.iri,
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "value": self.value,
        }
        return row if self.source is None else row | {"source": self.source, "when": self.when}


@dataclass(frozen=True, eq=False)
class RankedRows(Made[RankedRow]):
    """Rows in order, each made when it is looked at.

    `order` holds numbers of nodes; `values` (nan: not defined) and `ranks` (from 1) stand beside it. `sources` says
    for the number of a node who reports its value, and when.
    """

    nodes: Nodes
    order: NDArray[Any]
    values: NDArray[Any]
    ranks: NDArray[Any]
    sources: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.order)

    def of(self, iri: str) -> RankedRow | None:
        """Return the row of a node; None when it is not among them. Cost: O(n) at first, then a look-up."""
        number = self.nodes.number_of(iri)
        return None if number is None else self[int(self._places[number])]

    @cached_property
    def _places(self) -> NDArray[Any]:
        import numpy as np

        places = np.empty(len(self.order), np.int32)
        places[self.order] = np.arange(len(self.order))
        return places

    def _made(self, at: int) -> RankedRow:
        number = int(self.order[at])
        node, value = self.nodes[number], _plain(self.values[at].item())
        rank = None if value is None else int(self.ranks[at])
        source, when = self.sources.get(number, (None, None))
        return RankedRow(rank, node.iri, node.id, node.name, value, node.kind, source, when)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows by value descending, then name, then IRI; undefined values last. `facts` is ready for JSON.

    Ranks are competition ranks (1, 2, 2, 4); values equal in their first 12 significant digits tie.
    """

    rows: RankedRows
    facts: Mapping[str, object]

    def top(self, most: int) -> tuple[RankedRow, ...]:
        """Return the first rows, at most `most`. Raises: ParameterError for a negative number."""
        if isinstance(most, bool) or not isinstance(most, int) or most < 0:
            raise ParameterError("top", most, "a whole number, 0 or more")
        return self.rows[:most]

    def to_dicts(self) -> list[dict[str, object]]:
        """Return all rows for JSON, in order."""
        return [row.to_dict() for row in self.rows]

    def to_dataframe(self) -> Any:
        """Return all rows as a pandas DataFrame, in order. Raises: LibraryMissing."""
        names = ("rank", "iri", "id", "name", "kind", "value")
        return frame(self.to_dicts(), (*names, "source", "when") if self.rows.sources else names)

    @property
    def values(self) -> dict[str, Value]:
        """IRI -> value, in order of rank."""
        iris, values = self.rows.nodes.iris, map(_plain, self.rows.values.tolist())
        return {iris[at]: value for at, value in zip(self.rows.order.tolist(), values, strict=True)}

    def __iter__(self) -> Iterator[RankedRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def ranked(
    nodes: Nodes, values: NDArray[Any], sources: Mapping[int, tuple[str, str]] | None = None
) -> RankedRows:
    """Return nodes ranked by their values. Cost: O(n log n).

    Example:
        >>> import networkx, numpy
        >>> from collegium.graph.network import network_of
        >>> nodes = network_of(networkx.empty_graph("abcd")).nodes
        >>> [(row.rank, row.iri) for row in ranked(nodes, numpy.array([1, 3, 3, numpy.nan]))]
        [(1, 'b'), (1, 'c'), (3, 'a'), (None, 'd')]
    """
    import numpy as np

    keys = _keys(values)
    is_whole = keys.dtype.kind == "i"
    # Of whole numbers one sort of one number: the value above, the place below.
    order = np.argsort(keys * len(nodes) + nodes.places_by_name) if is_whole else np.argsort(keys)
    in_order = keys[order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = in_order[1:] != in_order[:-1]
    if not is_whole:
        _sort_ties(nodes, order, is_new)
    ranks = np.maximum.accumulate(np.where(is_new, np.arange(1, len(order) + 1), 0))
    return RankedRows(nodes, order.astype(np.int32), values[order], ranks.astype(np.int32), sources or {})


def places(values: NDArray[Any]) -> NDArray[Any]:
    """Return the rank of each value, from 1, ties as in `ranked`; undefined ones stand behind all others.

    Example:
        >>> import numpy
        >>> places(numpy.array([1, 3, 3, numpy.nan])).tolist()
        [3, 1, 1, 4]
    """
    import numpy as np

    keys = _keys(values)
    return np.searchsorted(np.sort(keys), keys) + 1


def _sort_ties(nodes: Nodes, order: NDArray[Any], is_new: NDArray[Any]) -> None:
    """Put those of one rank in the order of their names, in place."""
    import numpy as np

    is_tied = ~is_new
    is_tied[:-1] |= ~is_new[1:]
    tied = np.flatnonzero(is_tied)
    if len(tied):
        group = np.cumsum(is_new)[tied]
        # One number for both: the rank above, the place below.
        order[tied] = order[tied][np.argsort(group * len(nodes) + nodes.places_by_name[order[tied]])]


def _keys(values: NDArray[Any]) -> NDArray[Any]:
    """Sorts ascending: the largest value first, undefined at the end; equal where the first digits are."""
    import numpy as np

    if values.dtype.kind == "i" and (not len(values) or np.abs(values).max() < _WHOLE):
        return -values
    size = np.abs(values.astype(float))
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = TIE_DIGITS - 1 - np.floor(np.log10(size))
        scale = 10.0 ** np.clip(digits, -300, 300)
        rounded = np.round(values * scale) / scale
    return np.where(np.isnan(values), np.inf, -np.where(size > 0, rounded, 0.0))


def _plain(value: Any) -> Value:
    return None if isinstance(value, float) and math.isnan(value) else value
