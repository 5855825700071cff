"""The JSON API: the one table of endpoints, and how a request is led through a row of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Flask, Response, g, request
from werkzeug.datastructures import MultiDict

from collegium.graph.errors import ParameterError
from collegium.queries.run import Answer

from . import (
    api_centrality,
    api_communities,
    api_community_history,
    api_entities,
    api_explorer,
    api_export,
    api_figures,
    api_jobs,
    api_link,
    api_network,
    api_paths,
    api_queries,
    api_runs,
    api_search,
    api_series,
    api_suggestions,
    api_vocabulary,
)
from .endpoints import Call, Endpoint, Plot, Table, format_of, read_parameters
from .hooks import edition
from .negotiation import choose
from .replies import answer_reply, document_reply, plot_reply, table_reply
from .served import PAGE_WAIT_S

# All endpoints below /api, in the order of the documentation.
ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    *api_search.ENDPOINTS,
    *api_entities.ENDPOINTS,
    *api_network.ENDPOINTS,
    *api_explorer.ENDPOINTS,
    *api_link.ENDPOINTS,
    *api_export.ENDPOINTS,
    *api_series.ENDPOINTS,
    *api_paths.ENDPOINTS,
    *api_communities.ENDPOINTS,
    *api_community_history.ENDPOINTS,
    *api_suggestions.ENDPOINTS,
    *api_figures.ENDPOINTS,
    *api_centrality.ENDPOINTS,
    *api_jobs.ENDPOINTS,
    *api_runs.ENDPOINTS,
    *api_queries.ENDPOINTS,
    *api_vocabulary.ENDPOINTS,
)


def register(app: Flask, at_most_rows: int) -> None:
    """Give an app the routes of the table."""
    for endpoint in ENDPOINTS:
        app.add_url_rule(
            endpoint.path, endpoint.name, _view(endpoint, at_most_rows), methods=[endpoint.method]
        )


def _given() -> MultiDict[str, str]:
    """Return the parameters of a request: of its address, and of a form or a JSON object where it has a body."""
    if request.method != "POST":
        return request.args
    given = MultiDict(request.args)
    given.update(request.form)
    if request.is_json:
        body = request.get_json()
        if not isinstance(body, dict):
            raise ParameterError("body", type(body).__name__, "a JSON object of parameters")
        for name, value in body.items():
            given.setlist(name, [_text(one) for one in (value if isinstance(value, list) else [value])])
    return given


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _view(endpoint: Endpoint, at_most_rows: int) -> Callable[..., Response]:
    def view(**in_path: str) -> Response:
        parameters, forms = endpoint.parameters, endpoint.forms
        if endpoint.own:
            parameters, forms = endpoint.own(in_path)
        known = (*parameters, format_of(forms))
        # The form first: a broken parameter is told in the form that was asked for, if that is JSON.
        values = read_parameters(known, _given(), is_form=False)
        choice = choose(forms, request.headers.get("Accept"), values["format"])
        g.media_type, g.wait_s = choice.media_type, values.get("wait", PAGE_WAIT_S)
        call = Call(edition(), {**values, **in_path}, choice, at_most_rows, request.script_root)
        result = endpoint.answer(call)
        if isinstance(result, Response):
            return result
        if isinstance(result, Table):
            return table_reply(result, choice)
        if isinstance(result, Plot):
            return plot_reply(result, choice)
        if isinstance(result, Answer):
            return answer_reply(result, choice)
        return document_reply(result, choice)

    return view
