"""Pages of change over years, of co-authorship and of a measure: a picture of lines, and the table beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from flask import Response, request, url_for

from collegium.graph.errors import ParameterError
from collegium.graph.measures import MEASURES, measure_named
from collegium.graph.projections import LINK_WEIGHTS, PROJECTIONS
from collegium.graph.slice_figures import FIGURES

from .api_series import FITTING, asked_series
from .endpoints import Parameter, paging, read_parameters
from .hooks import edition
from .pages import filter_choices, is_filtered, render
from .problems import status_of
from .sliced import DRAWN, label, series_picture, sliced_ranking
from .wanted import CUMULATIVE, FILTERS, PROJECTION, WEIGHT, wanted_by, width_given

if TYPE_CHECKING:
    from .editions import Edition

_WHOLE: Final = ("papers", "authors", "new_authors", "links", "components")
_MEASURE: Final = Parameter("measure", "string", "Which measure.", "degree")


def series() -> Response:
    """Return the figures of each slice; where such slices are refused, the form with what is said of them."""
    values = read_parameters((FITTING, CUMULATIVE, *FILTERS), request.args)
    found = edition()
    try:
        made = asked_series(found, values)
    except ParameterError as error:
        return _refused("series.html", found, values, error)
    return render(
        "series.html",
        found,
        values=values | {"slices": made.asked["slices"]},
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
    """Return a measure in each slice, of those who lead over all slices; a refusal as on the page above."""
    known = (_MEASURE, PROJECTION, WEIGHT, FITTING, CUMULATIVE, *FILTERS, *paging(20))
    values = read_parameters(known, request.args)
    found, row = edition(), measure_named(values["measure"])
    offset, limit = values["offset"], values["limit"]
    choices = {
        "measure": row,
        "measures": [each for each in MEASURES.values() if each.basis == "computed"],
        "projections": [each for each in PROJECTIONS.values() if each.of_papers],
        "weights": ("none", *LINK_WEIGHTS),
    }
    try:
        made = sliced_ranking(found, row.name, wanted_by(values), width_given(values), values["cumulative"])
    except ParameterError as error:
        return _refused("centrality_series.html", found, values, error, **choices)
    slices = made.slices.facts["slices"]
    return render(
        "centrality_series.html",
        found,
        values=values | {"slices": slices},
        is_filtered=is_filtered(values),
        facts=made.facts,
        labels=made.labels,
        rows=made.rows(offset, limit),
        total=len(made.whole.rows),
        limit=limit,
        offset=offset,
        picture=made.picture(offset, limit, by_itself=False) if made.slices.all else None,
        api_link=_api_link("api_centrality", measure=row.name, slices=str(slices)),
        **choices,
        **filter_choices(found),
    )


def _refused(
    template: str, found: Edition, values: Mapping[str, Any], error: ParameterError, **choices: Any
) -> Response:
    """Return the form alone with what is wrong with the slices. Raises: `error`, where it is about something else."""
    if error.parameter != "slices":
        raise error
    page = render(template, found, values=values, refused=str(error), **choices, **filter_choices(found))
    page.status_code = status_of(error)
    return page


def _api_link(endpoint: str, **fixed: str) -> Callable[..., str]:
    """Return what gives the address of the same figures for programs."""

    def link(**more: str) -> str:
        given = {name: texts for name, texts in request.args.lists() if any(map(str.strip, texts))}
        asked: dict[str, Any] = {**given, **fixed, **more}
        return url_for(endpoint, **asked)

    return link
