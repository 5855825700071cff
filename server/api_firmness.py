"""The parameters of a ranking that ask how firm a rank is, and the columns that answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from collegium.graph.errors import ParameterError

from .endpoints import Call, Parameter, Table
from .firm import COLUMNS, firm_rows
from .wanted import wanted_by

FIRMNESS: Final = (
    Parameter(
        "firmness",
        "integer",
        "Say between what ranks and values lie, by so many draws (200 are enough).",
        minimum=1,
        maximum=2000,
    ),
    Parameter(
        "firmness_by",
        "string",
        "`papers` draws as many papers anew, `lists` fills in the hidden authors of cut lists. Default: `papers`.",
        choices=("papers", "lists"),
    ),
)


def with_firmness(call: Call, measure: str, table: Table) -> Table:
    """Return a page of a ranking with the intervals of its rows, where they are asked for."""
    draws, by, seed = call["firmness"], call["firmness_by"], call["seed"]
    if draws is None:
        if by is not None:
            raise ParameterError("firmness_by", by, "firmness beside it, like firmness=200")
        return table
    ends, facts = firm_rows(
        call.edition,
        measure,
        wanted_by(call.values),
        first=table.offset,
        count=table.limit,
        draws=draws,
        seed=1 if seed is None else seed,
        by=by or "papers",
    )
    rows = [row | end for row, end in zip(table.rows, ends, strict=True)]
    return replace(
        table, columns=(*table.columns, *COLUMNS), rows=rows, facts={**table.facts, "firmness": facts}
    )
