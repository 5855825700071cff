"""Pages of queries: the editor, the picture of an answer, and a page for each named query."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Response, current_app, request, url_for
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from collegium.graph.errors import ParameterError
from collegium.queries.binding import bind
from collegium.queries.catalogue import CATALOGUE, NamedQuery
from collegium.queries.parameters import ENTITY_TYPES

from .api_queries import bound_answer, example_of, parameters_of
from .directory import directory_of
from .drawn import DOWNLOAD, drawn
from .editions import Edition
from .endpoints import Parameter, read_parameters
from .hooks import edition
from .pages import render
from .query_page import MOST_ROWS, Shown, query_page, shown
from .query_view import query_view

_EXAMPLE: Final = Parameter("example", "string", "A named query to begin with.")
_MOST_NAMES: Final = 2_000  # suggested while typing


def query() -> Response:
    """Return the query page, with a query or an example in its editor. It runs nothing: the page asks `/sparql`."""
    values = read_parameters((_EXAMPLE,), _without(request.args, "query"))
    found, name = edition(), values["example"]
    if name:
        return query_page(found, _with_example(found, CATALOGUE.named(name)), example=name)
    return query_page(found, request.args.get("query"))  # a query may be longer than other parameters


def view() -> Response:
    """Return the picture of what the answer to a query links; by POST too, for a query that no address can hold."""
    given = CombinedMultiDict([request.args, request.form])
    values = read_parameters((DOWNLOAD,), _without(given, "query"))
    texts = given.getlist("query")
    if len(texts) != 1 or not texts[0].strip():
        raise ParameterError("query", f"{len(texts)} of them" if texts else "nothing", "one query")
    found = edition()
    room = current_app.extensions["collegium.room"]
    drawing = query_view(found, texts[0], room, request.remote_addr or "")
    can_link = request.method != "POST"
    form = {"query": texts[0], "can_link": can_link}
    return drawn(found, drawing, "query_view_bar.html", values, "answer", form=form)


def _without(arguments: MultiDict[str, str], name: str) -> MultiDict[str, str]:
    return MultiDict([pair for pair in arguments.items(multi=True) if pair[0] != name])


def _with_example(found: Edition, named: NamedQuery) -> str:
    """Return a named query for the editor, its parameters as comments and bound to its example."""
    lines = [f"# {named.title}"]
    lines += [f"# ?{parameter.name}: {parameter.description}" for parameter in named.parameters]
    example = example_of(found, named)
    has_none = named.example and not example  # this store holds nothing that fits
    text = named.body if has_none else bind(named.body, named.bind(example, found.find))
    return "\n".join(lines) + "\n" + text


def named_query(name: str) -> Response:
    """Return the page of a named query: form, answer, links. Without parameters the example is shown."""
    named = CATALOGUE.named(name)
    optional = tuple(replace(parameter, required=False) for parameter in parameters_of(named))
    values = read_parameters(
        optional, request.args
    )  # what is missing is told by `bind`, or filled by the example
    found = edition()
    given = {key: value for key, value in values.items() if request.args.get(key)}
    is_example = not given and bool(named.parameters)
    used = example_of(found, named) if is_example else given
    answer = _named_answer(found, named, used, is_example=is_example)
    link = {**used, "name": named.name}
    forms = (
        ("ttl", "jsonld", "nt") if named.form in ("CONSTRUCT", "DESCRIBE") else ("json", "csv", "tsv", "xml")
    )
    return render(
        "named_query.html",
        found,
        named=named,
        given={parameter.name: used.get(parameter.name, "") for parameter in named.parameters},
        is_example=is_example,
        answer=answer,
        links=[(form.upper(), url_for("api_query", format=form, **link)) for form in forms],
        lists=_suggested(found, named),
    )


def _named_answer(found: Edition, named: NamedQuery, given: dict[str, str], *, is_example: bool) -> Shown:
    if is_example and named.example and not given:
        detail = "it holds nothing that an example could be made of"
        return Shown(problem={"title": "No example in this store", "detail": detail})
    return shown(found, bound_answer(found, named, given, MOST_ROWS + 1, 0))


def _suggested(found: Edition, named: NamedQuery) -> dict[str, list[str]]:
    """Return names to choose from, for the kinds of things that the query's parameters name."""
    directory = directory_of(found)
    lists: dict[str, list[str]] = {}
    for kind in {parameter.type for parameter in named.parameters} & set(ENTITY_TYPES):
        if kind != "source":
            numbers = directory.numbers(kind)[:_MOST_NAMES]
            things = directory.things(kind)
            lists[kind] = [things[at].id if kind == "category" else things[at].name for at in numbers]
    return lists
