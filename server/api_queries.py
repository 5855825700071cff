"""Endpoints of the catalogue: which named queries there are, and one of them, run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from collegium.graph.errors import ParameterError
from collegium.queries import parameters as typed
from collegium.queries.catalogue import CATALOGUE, NamedQuery
from collegium.queries.run import Answer
from collegium.queries.run import answer as run

from .editions import Edition
from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Parameter, Table, paging
from .negotiation import CSV, GRAPHS, JSON, RESULTS_XML, TSV, Form
from .network_facts import EditionFacts

# The standard's own JSON, beside ours that says what was cut.
SPARQL_JSON: Final = Form("srj", "application/sparql-results+json")
TABLES: Final = (JSON, CSV, TSV, SPARQL_JSON, RESULTS_XML)
_COLUMNS: Final = ("name", "title", "description", "form", "parameters", "example")
PAGING: Final = paging(1000, 100_000)


def query_row(query: NamedQuery) -> dict[str, Any]:
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
        "example": dict(query.example),
    }


def _queries(call: Call) -> Table:
    rows = [query_row(query) for query in CATALOGUE.values()]
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
    own = parameters_of(query)
    taken = {parameter.name for parameter in own}
    pages = () if query.form in ("CONSTRUCT", "DESCRIBE", "ASK") else PAGING
    forms = GRAPHS if query.form in ("CONSTRUCT", "DESCRIBE") else TABLES
    return (*own, *(parameter for parameter in pages if parameter.name not in taken)), forms


def bound_answer(
    edition: Edition, query: NamedQuery, given: Mapping[str, Any], at_most: int | None, offset: int
) -> Answer:
    """Return the answer to a named query. Raises: ParameterError, NotFound, AmbiguousName, QueryError."""
    bound = query.bind(given, edition.find)
    return run(
        edition.engine,
        query.text,
        bindings=bound,
        base_iri=edition.base,
        at_most=at_most,
        offset=offset,
        network=EditionFacts(edition),
    )


def _run(call: Call) -> Table | Document | Answer:
    query = CATALOGUE.named(call["name"])
    names = {parameter.name for parameter in query.parameters}
    given = {name: call.values.get(name) for name in names}
    is_table = query.form == "SELECT"
    # A query may have a `limit` of its own; that one is then its business, and the answer comes whole.
    limit = call["limit"] if is_table and "limit" not in names else call.at_most_rows if is_table else None
    offset = call["offset"] if is_table and "offset" not in names else 0
    if call.choice.form in (JSON, CSV, TSV) and is_table and limit is not None:
        answer = bound_answer(call.edition, query, given, limit + 1, offset)
        rows = answer.rows()
        shown, has_more = rows[:limit], len(rows) > limit
        total = None if has_more or offset else len(rows)
        return Table(answer.variables, shown, total, limit, offset, _facts(call, query, given), has_more)
    answer = bound_answer(call.edition, query, given, limit, offset)
    if call.choice.form == JSON:
        return {**_facts(call, query, given), "boolean": answer.boolean}
    if query.form == "ASK" and call.choice.form in (CSV, TSV):
        raise ParameterError(
            "format", call.choice.form.name, "json, srj or xml: the answer is yes or no, no table"
        )
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
            "Its parameters go into the query string, beside `limit` and `offset` for tables. Queries that give a "
            "graph are answered in RDF."
        ),
        in_path=(Parameter("name", "string", "Name of a query.", required=True, example="author_coauthors"),),
        parameters=PAGING,
        forms=(*TABLES, *GRAPHS),
        answer=_run,
        schema="Row",
        is_list=True,
        own=_own,
    ),
)
