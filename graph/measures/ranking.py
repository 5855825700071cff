"""Values made into a ranked table that carries what it was made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from collegium.graph.errors import ParameterError

from .row import Value

# Values that differ only behind this many significant digits share a rank: sums of floats taken in another
# order do.
TIE_DIGITS: Final = 12


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


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows by value descending, then name, then IRI; undefined values last. `facts` is ready for JSON.

    Ranks are competition ranks (1, 2, 2, 4); values equal in their first 12 significant digits tie.
    """

    rows: tuple[RankedRow, ...]
    facts: Mapping[str, object]

    def top(self, most: int) -> tuple[RankedRow, ...]:
        """Return the first rows, at most `most`. Raises: ParameterError for a negative number."""
        if isinstance(most, bool) or not isinstance(most, int) or most < 0:
            raise ParameterError("top", most, "a whole number, 0 or more")
        return self.rows[:most]

    def to_dicts(self) -> list[dict[str, object]]:
        """Return all rows for JSON, in order."""
        return [row.to_dict() for row in self.rows]

    @property
    def values(self) -> dict[str, Value]:
        """IRI -> value, in order of rank."""
        return {row.iri: row.value for row in self.rows}

    def __iter__(self) -> Iterator[RankedRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def ranked(rows: Iterable[RankedRow]) -> tuple[RankedRow, ...]:
    """Return the rows in order, each with its rank.

    Example:
        >>> rows = [RankedRow(None, x, x, x, v) for x, v in (("a", 1), ("b", 3), ("c", 3), ("d", None))]
        >>> [(row.rank, row.iri) for row in ranked(rows)]
        [(1, 'b'), (1, 'c'), (3, 'a'), (None, 'd')]
    """
    keyed = sorted(((_key(row.value), row.name, row.iri, row) for row in rows), key=lambda k: k[:3])
    made: list[RankedRow] = []
    rank, last = 0, math.nan
    for at, (key, _, _, row) in enumerate(keyed, start=1):
        if key != last:
            rank, last = at, key
        made.append(_with_rank(row, None if row.value is None else rank))
    return tuple(made)


def _key(value: Value) -> float:
    """Sorts ascending: the largest value first, undefined at the end."""
    return math.inf if value is None else -float(f"{value:.{TIE_DIGITS - 1}e}")


def _with_rank(row: RankedRow, rank: int | None) -> RankedRow:
    return RankedRow(rank, row.iri, row.id, row.name, row.value, row.kind, row.source, row.when)
