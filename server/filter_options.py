"""The filters of a network as options of a command."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

# Option, name of the filter, type, help: the same filters as over HTTP.
_FILTERS: Final = (
    ("--from", "from_year", int, "First year counted."),
    ("--to", "to_year", int, "Last year counted."),
    ("--category", "category", str, "Papers of this category, or of one below it."),
    ("--institution", "institution", str, "Papers of this institution."),
    ("--min-weight", "min_weight", float, "Links of at least this weight."),
)


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters; they arrive as keyword arguments of `Filter`, only those that were given."""

    @wraps(function)  # the options that the function has already come along
    def command(**options: Any) -> Any:
        names = [name for _, name, _, _ in _FILTERS] + ["complete_only", "shown_only", "authors"]
        given = {name: options.pop(name) for name in names}
        where = {
            name: value for name, value in given.items() if value not in (None, ()) and value is not False
        }
        if "authors" in where:
            where["authors"] = frozenset(where["authors"])
        return function(where=where, **options)

    for option, name, kind, text in _FILTERS:
        command = click.option(option, name, type=kind, help=text)(command)
    command = click.option(
        "--author",
        "authors",
        multiple=True,
        help="Papers of this author, and only those named as nodes (may be repeated).",
    )(command)
    command = click.option("--complete-only", is_flag=True, help="Leave out papers with a cut author list.")(
        command
    )
    return click.option("--shown-only", is_flag=True, help="Leave out authors hidden behind “et al.”.")(
        command
    )
