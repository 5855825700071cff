"""Endpoints of the catalogue: which named queries there are, and one of them, run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from collegium.queries import parameters as typed
from collegium.queries.catalogue import CATALOGUE, NamedQuery
from collegium.queries.examples import Examples
from collegium.queries.run import Answer

from .asking import ask
from .editions import Edition
from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Kind, Parameter, Table, paging
from .negotiation import CSV, GRAPHS, JSON, RESULTS_XML, TSV, TURTLE, Form

# The standard's own JSON, beside ours that says what was cut.
SPARQL_JSON: Final = Form("srj", "application/sparql-results+json")
TABLES: Final = (JSON, CSV, TSV, SPARQL_JSON, RESULTS_XML, TURTLE)
# Form of a query -> forms of its answer. A yes or no is no table.
_FORMS: Final[Mapping[str, tuple[Form, ...]]] = {
    "SELECT": TABLES,
    "ASK": (JSON, SPARQL_JSON, RESULTS_XML, TURTLE),
    "CONSTRUCT": GRAPHS,
    "DESCRIBE": GRAPHS,
}
_COLUMNS: Final = ("name", "title", "description", "form", "parameters", "example")
PAGING: Final = paging(1000, 100_000)
# A graph is cut by the solutions that it is made from: half of a picture is rarely wanted, so all by default.
GRAPH_PAGING: Final = tuple(
    replace(parameter, description=parameter.description.replace("Rows", "Solutions"))
    for parameter in paging(100_000, 100_000)
)
# Type of a query's parameter -> what OpenAPI calls it; the types of things are text.
_KINDS: Final[Mapping[str, Kind]] = {"integer": "integer", "year": "year", "boolean": "boolean"}


def example_of(edition: Edition, query: NamedQuery) -> dict[str, str]:
    """Return an example of a named query that this store holds; nothing where it holds none."""
    return edition.memory.get("examples", lambda: Examples(edition.engine, edition.base)).of(query)


def query_row(query: NamedQuery, example: Mapping[str, str]) -> dict[str, Any]:
    """Return a named query as JSON."""
    return {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "form": query.form,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "description": parameter.description,
                "required": parameter.required,
                "default": parameter.default,
            }
            for parameter in query.parameters
        ],
        "example": dict(example),
    }


def _queries(call: Call) -> Table:
    rows = [query_row(query, example_of(call.edition, query)) for query in CATALOGUE.values()]
    return Table(_COLUMNS, rows, len(rows), len(rows), 0, {"version": call.edition.version})


def parameters_of(query: NamedQuery) -> tuple[Parameter, ...]:
    """Return a query's parameters as an endpoint has them; `bind` reads their values, so all are text here."""
    return tuple(_parameter(parameter, query.example.get(parameter.name)) for parameter in query.parameters)


def _parameter(parameter: typed.Parameter, example: str | None) -> Parameter:
    about = parameter.description
    if parameter.type in typed.ENTITY_TYPES:
        about = f"{about} (ID, IRI or name)"
    return Parameter(parameter.name, "string", about, parameter.default, parameter.required, example=example)


def _own(path: Mapping[str, str]) -> tuple[tuple[Parameter, ...], tuple[Form, ...]]:
    query = CATALOGUE.named(path["name"])
    return (*parameters_of(query), *_pages(query)), _FORMS[query.form]


def _pages(query: NamedQuery) -> tuple[Parameter, ...]:
    """Return `limit` and `offset`, where the query has none of its own of that name."""
    if query.form == "ASK":
        return ()
    taken = {parameter.name for parameter in query.parameters}
    pages = PAGING if query.form == "SELECT" else GRAPH_PAGING
    return tuple(parameter for parameter in pages if parameter.name not in taken)


def named_endpoints() -> Iterator[Endpoint]:
    """Yield an endpoint for each named query, with the types of its parameters: what OpenAPI has of them."""
    for query in CATALOGUE.values():
        yield Endpoint(
            path=f"/api/queries/{query.name}",
            name=f"api_query_{query.name}",
            tag="Queries",
            summary=query.title,
            description=query.description,
            parameters=(*map(_typed, query.parameters, parameters_of(query)), *_pages(query)),
            forms=_FORMS[query.form],
            answer=_run,
            schema="Row",
            is_list=query.form == "SELECT",
        )


def _typed(parameter: typed.Parameter, as_text: Parameter) -> Parameter:
    kind = _KINDS.get(parameter.type)
    if kind is None:
        return as_text
    bounded = replace(as_text, kind=kind, minimum=parameter.minimum, maximum=parameter.maximum)
    values = {name: getattr(bounded, name) for name in ("default", "example")}
    return replace(bounded, **{name: bounded.read(text) for name, text in values.items() if text is not None})


def bound_answer(
    edition: Edition, query: NamedQuery, given: Mapping[str, Any], at_most: int | None, offset: int
) -> Answer:
    """Return the answer to a named query. Raises: ParameterError, NotFound, AmbiguousName, QueryError."""
    return ask(edition, query.text, query.bind(given, edition.find), at_most, offset)


def _run(call: Call) -> Table | Document | Answer:
    query = CATALOGUE.named(call["name"])
    names = [parameter.name for parameter in query.parameters]  # in order: another process must say the same
    given = {name: call.values.get(name) for name in names}
    # A query may have a `limit` of its own; that one is then its business, and the answer comes whole.
    limit = call.values.get("limit") if "limit" not in names else None
    limit = call.at_most_rows if limit is None else min(limit, call.at_most_rows)
    offset = call.values.get("offset", 0) if "offset" not in names else 0
    if call.choice.form in (JSON, CSV, TSV) and query.form == "SELECT":
        answer = bound_answer(call.edition, query, given, limit + 1, offset)
        rows = answer.rows()
        shown, has_more = rows[:limit], len(rows) > limit
        total = None if has_more or offset else len(rows)
        return Table(answer.variables, shown, total, limit, offset, _facts(call, query, given), has_more)
    answer = bound_answer(call.edition, query, given, limit, offset)
    if call.choice.form == JSON:
        return {**_facts(call, query, given), "boolean": answer.boolean}
    return answer


def _facts(call: Call, query: NamedQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "query": query.name,
        "title": query.title,
        "parameters": {name: value for name, value in given.items() if value not in (None, "")},
        "version": call.edition.version,
    }


ENDPOINTS: Final = (
    Endpoint(
        path="/api/queries",
        name="api_queries",
        tag="Queries",
        summary="The named queries",
        description="SPARQL kept with the product: title, description, typed parameters, and an example.",
        forms=TABLE_FORMS,
        answer=_queries,
        schema="NamedQuery",
        is_list=True,
    ),
    Endpoint(
        path="/api/queries/<name>",
        name="api_query",
        tag="Queries",
        summary="Run a named query",
        description=(
            "Its parameters go into the query string, beside `limit` and `offset`. Queries that give a graph are "
            "answered in RDF; a table asked for as Turtle comes in the result set vocabulary of the W3C."
        ),
        in_path=(Parameter("name", "string", "Name of a query.", required=True, example="author_coauthors"),),
        parameters=PAGING,
        forms=(*TABLES, *GRAPHS),
        answer=_run,
        schema="Row",
        is_list=True,
        own=_own,
        each=named_endpoints,
    ),
)
