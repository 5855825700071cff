"""How firm the ranks of one page of a ranking are, of one edition."""

from __future__ import annotations

from typing import Any, Final

from collegium.graph.measures import measure_named

from .editions import Edition, Wanted
from .work import ranking_work

COLUMNS: Final = ("rank_low", "rank_high", "value_low", "value_high")


def firm_rows(
    edition: Edition,
    name: str,
    wanted: Wanted,
    *,
    first: int = 0,
    count: int,
    draws: int,
    seed: int = 1,
    by: str = "papers",
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the intervals of the rows of a ranking from one on, and how they were made; see `graph.firmness`.

    Raises: ParameterError, UnknownName, MeasureError.
    """
    measure = measure_named(name).name
    key = {
        "kind": "firmness",
        "measure": measure,
        "projection": wanted.projection,
        "weight": wanted.weight,
        "where": wanted.where.given,
        # As text, for True would find what 1 has made.
        "given": repr((first, count, draws, seed, by)),
    }

    def make() -> dict[str, Any]:
        from collegium.graph.firmness import firmness

        ranking = edition.ranking(measure, wanted)
        parameters: Any = ranking.facts["parameters"]
        found = firmness(
            edition.mirror,
            edition.compact(wanted),
            measure,
            ranking.rows.order[first : first + count],
            where=wanted.where,
            weight=parameters["weight"],
            draws=draws,
            seed=seed,
            by=by,
        )
        return {"rows": [row.to_dict() for row in found.rows], "facts": dict(found.facts)}

    made = edition.document(key, make, draws * ranking_work(edition, measure, wanted))
    return made["rows"], made["facts"]


def between(row: dict[str, Any]) -> str:
    """Return a rank with its interval: "3 (2–5)"."""
    rank = "–" if row["rank"] is None else row["rank"]
    return f"{rank} ({row['rank_low']}–{row['rank_high']})"
