"""The options of `centrality` that ask how firm a rank is, and the columns that answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from collegium.graph.errors import ParameterError

if TYPE_CHECKING:
    from .service import KnowledgeGraph

_BY = ("papers", "lists")  # as `graph.firmness.BY`, which is too dear to import before it is used


@dataclass(frozen=True, slots=True)
class Asked:
    """How firm the ranks shall be told to be; nothing of it when `draws` is None."""

    draws: int | None
    seed: int | None
    by: str | None

    def rows(
        self,
        graph: KnowledgeGraph,
        rows: list[dict[str, Any]],
        measure: str,
        given: dict[str, Any],
        format: str,
    ) -> tuple[list[dict[str, Any]], str]:
        """Return rows of a ranking with their intervals, and how these were made, in words."""
        if self.draws is None:
            return rows, ""
        from .firm import between

        ends, facts = graph.firmness(
            measure, top=len(rows), draws=self.draws, seed=self.seed or 0, by=self.by or _BY[0], **given
        )
        made = [row | end for row, end in zip(rows, ends, strict=True)]
        if format == "table":
            made = [row | {"rank": between(row)} for row in made]
        cut = f", coverage {facts['coverage']:.0%}" if facts["at_least"] else ""
        how = "papers drawn anew" if facts["by"] == "papers" else "cut lists filled in"
        return made, f"; 95 % intervals of {facts['draws']} draws, {how}, seed {facts['seed']}{cut}"


def firmness_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; they arrive as `firm`."""

    @wraps(function)
    def command(
        firmness: int | None, firmness_by: str | None, firmness_seed: int | None, **options: Any
    ) -> Any:
        if firmness is None and (firmness_by, firmness_seed) != (None, None):
            raise ParameterError("--firmness", "nothing", "a number of draws, like --firmness 200")
        seed = 1 if firmness_seed is None else firmness_seed
        return function(firm=Asked(firmness, seed, firmness_by), **options)

    command = click.option(
        "--firmness-seed", type=click.IntRange(min=0), help="Seed of the draws.  [default: 1]"
    )(command)
    command = click.option(
        "--firmness-by", type=click.Choice(_BY), help="Draw papers, or fill in cut lists.  [default: papers]"
    )(command)
    return click.option(
        "--firmness",
        type=click.IntRange(min=1),
        help="Say between what ranks lie, by so many draws, like 200.",
    )(command)
