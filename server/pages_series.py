"""The page of co-authorship by years: a picture of lines, and the table beside it."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request, url_for

from collegium.graph.slice_figures import FIGURES

from .api_series import EVERY_YEAR, asked_series
from .endpoints import read_parameters
from .hooks import edition
from .pages import filter_choices, is_filtered, render
from .sliced import DRAWN, label, series_picture
from .wanted import CUMULATIVE, FILTERS

_WHOLE: Final = ("papers", "authors", "new_authors", "links", "components")


def series() -> Response:
    """Return the figures of each slice."""
    values = read_parameters((EVERY_YEAR, CUMULATIVE, *FILTERS), request.args)
    found = edition()
    made = asked_series(found, values)

    def api_link(**more: str) -> str:
        given: dict[str, Any] = {
            name: texts for name, texts in request.args.lists() if any(map(str.strip, texts))
        }
        return url_for("api_series", **{**given, **more})

    return render(
        "series.html",
        found,
        values=values,
        is_filtered=is_filtered(values),
        facts=made.facts,
        figures=FIGURES,
        whole=_WHOLE,
        rows=[(label(row["from_year"], row["to_year"]), row) for row in made.to_dicts()],
        picture=series_picture(made, DRAWN, by_itself=False) if made.slices else None,
        api_link=api_link,
        **filter_choices(found),
    )
