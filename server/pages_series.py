"""Pages of change over years, of co-authorship and of a measure: a picture of lines, and the table beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Response, request, url_for

from collegium.graph.measures import MEASURES, measure_named
from collegium.graph.projections import LINK_WEIGHTS, PROJECTIONS
from collegium.graph.slice_figures import FIGURES

from .api_series import EVERY_YEAR, asked_series
from .endpoints import Parameter, paging, read_parameters
from .hooks import edition
from .pages import filter_choices, is_filtered, render
from .sliced import DRAWN, label, series_picture, sliced_ranking
from .wanted import CUMULATIVE, FILTERS, PROJECTION, WEIGHT, wanted_by, width_asked

_WHOLE: Final = ("papers", "authors", "new_authors", "links", "components")
_MEASURE: Final = Parameter("measure", "string", "Which measure.", "degree")


def series() -> Response:
    """Return the figures of each slice."""
    values = read_parameters((EVERY_YEAR, CUMULATIVE, *FILTERS), request.args)
    found = edition()
    made = asked_series(found, values)
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
        api_link=_api_link("api_series"),
        **filter_choices(found),
    )


def centrality() -> Response:
    """Return a measure in each slice, of those who lead over all slices."""
    known = (_MEASURE, PROJECTION, WEIGHT, EVERY_YEAR, CUMULATIVE, *FILTERS, *paging(20))
    values = read_parameters(known, request.args)
    found, row = edition(), measure_named(values["measure"])
    offset, limit = values["offset"], values["limit"]
    made = sliced_ranking(found, row.name, wanted_by(values), width_asked(values) or 1, values["cumulative"])
    return render(
        "centrality_series.html",
        found,
        values=values,
        is_filtered=is_filtered(values),
        measure=row,
        measures=[each for each in MEASURES.values() if each.basis == "computed"],
        projections=[each for each in PROJECTIONS.values() if each.of_papers],
        weights=("none", *LINK_WEIGHTS),
        facts=made.facts,
        labels=made.labels,
        rows=made.rows(offset, limit),
        total=len(made.whole.rows),
        limit=limit,
        offset=offset,
        picture=made.picture(offset, limit, by_itself=False) if made.slices.all else None,
        api_link=_api_link("api_centrality", measure=row.name, slices=values["slices"]),
        **filter_choices(found),
    )


def _api_link(endpoint: str, **fixed: str) -> Callable[..., str]:
    """Return what gives the address of the same figures for programs."""

    def link(**more: str) -> str:
        given = {name: texts for name, texts in request.args.lists() if any(map(str.strip, texts))}
        asked: dict[str, Any] = {**given, **fixed, **more}
        return url_for(endpoint, **asked)

    return link
