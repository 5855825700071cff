"""The OpenAPI 3.1 document, written from the table of endpoints and from the records that answers are made of."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from collegium import __version__
from collegium.graph.slice_figures import SliceFigures

from .api_centrality import MEASURE_COLUMNS, REPORTED_COLUMNS
from .api_entities import COLUMNS
from .api_figures import FIGURE_COLUMNS
from .api_jobs import JOB_COLUMNS
from .api_runs import MOVED_COLUMNS, ROW_COLUMNS, RUN_COLUMNS
from .api_search import COLUMNS as SEARCH_COLUMNS
from .api_suggestions import COLUMNS as SUGGESTION_COLUMNS
from .api_vocabulary import Vocabulary
from .author_cards import AuthorCard, Coauthor
from .cards import PaperCard, PlaceCard
from .column_types import COLUMN_TYPES
from .endpoints import Endpoint, Parameter
from .firm import COLUMNS as FIRM_COLUMNS
from .negotiation import Form

_PLAIN: Final[Mapping[type, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
# Types of columns that are no text.
_OBJECT: Final = {"type": "object"}
_KIND_TYPES: Final = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "year": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
}


_HEADERS: Final[Mapping[str, dict[str, Any]]] = {
    "X-Collegium-Version": {"description": "Version of the store.", "schema": {"type": "integer"}},
    "X-Collegium-Truncated": {
        "description": "Whether rows follow the last one; not on documents.",
        "schema": {"type": "boolean"},
    },
    "Link": {"description": "The pages beside this one (next, prev).", "schema": {"type": "string"}},
    "ETag": {
        "description": "Follows from the store's version and the address.",
        "schema": {"type": "string"},
    },
}


def schema_of(kind: Any) -> dict[str, Any]:
    """Return the JSON schema of a type: plain types, tuples, dicts, unions with None, and dataclasses of these."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, inner = get_origin(kind), get_args(kind)
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(inner[1])}
    if origin is tuple:
        return {"type": "array", "items": schema_of(inner[0])}
    if origin in (Union, types.UnionType):
        options = [schema_of(option) for option in inner if option is not type(None)]
        nothing = [{"type": "null"}] if type(None) in inner else []
        return {"anyOf": [*options, *nothing]}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        return {
            "type": "object",
            "properties": {name: schema_of(hints[name]) for name in names},
            "required": names,
        }
    raise TypeError(f"no schema for {kind!r}")


def _row_schema(columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column: dict(COLUMN_TYPES.get(column, {"type": "string"})) for column in columns},
        "required": [column for column in columns if column not in optional],
    }


def _or_null(schema: dict[str, Any], column: str) -> dict[str, Any]:
    kind = {"type": [schema["properties"][column]["type"], "null"]}
    return schema | {"properties": schema["properties"] | {column: kind}}


def _with_version(schema: dict[str, Any]) -> dict[str, Any]:
    return schema | {"properties": {"version": {"type": "integer"}, **schema["properties"]}}


def _paper_schema() -> dict[str, Any]:
    """Return the schema of one paper: the card with its line unfolded, as the endpoint sends it."""
    card = schema_of(PaperCard)
    line = card["properties"].pop("paper")
    names = [name for name in card["required"] if name != "paper"]
    properties = {**line["properties"], **card["properties"]}
    return {"type": "object", "properties": properties, "required": sorted({*line["required"], *names})}


def _objects(*names: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {} for name in names}, "required": list(names)}


PROBLEM: Final = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "parameter": {"type": "string"},
        "found": {"type": "string"},
        "expected": {"type": "string"},
        "candidates": {"type": "array", "items": {"type": "string"}},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
    },
    "required": ["type", "title", "status", "detail", "instance"],
}

# Name -> JSON schema; the names are those of `Endpoint.schema`.
SCHEMAS: Final[Mapping[str, dict[str, Any]]] = {
    "Problem": PROBLEM,
    "AuthorRow": _row_schema(COLUMNS["author"]),
    "PaperRow": _row_schema(COLUMNS["paper"]),
    "InstitutionRow": _row_schema(COLUMNS["institution"]),
    "CategoryRow": _row_schema(COLUMNS["category"]),
    "SearchRow": _row_schema(SEARCH_COLUMNS),
    "Author": _with_version(schema_of(AuthorCard)),
    "Paper": _with_version(_paper_schema()),
    "Place": _with_version(schema_of(PlaceCard)),
    "Coauthor": schema_of(Coauthor),
    "Path": _objects("version", "from", "to", "found", "length", "at_least", "nodes", "steps"),
    "Reached": _row_schema(("distance", "id", "iri", "name")),
    "Link": _objects("version", "from", "to", "linked", "joint_papers", "weights", "at_least", "papers"),
    "CommunityHistory": _objects(
        "version", "parameters", "slices", "counts", "total", "truncated", "results"
    ),
    "CommunityBridges": _objects("version", "parameters", "from", "to", "weight", "links", "members"),
    "Communities": _objects("version", "parameters", "method", "seed", "modularity", "results"),
    "Network": _objects("version", "parameters", "truncated", "at_least", "nodes", "edges"),
    "NetworkColumns": _objects(
        "version", "parameters", "base", "least", "why", "kinds", "nodes", "links", "names"
    ),
    "NetworkLink": _objects("version", "parameters", "one", "other", "weight", "tie", "years", "papers"),
    "NetworkFile": _objects("config", "network"),
    "SliceRow": schema_of(SliceFigures),
    "Suggestion": _row_schema(SUGGESTION_COLUMNS),
    "BackTest": _objects("version", "parameters", "definition", "precision", "auc", "coverage", "at_least"),
    "Measure": _row_schema(MEASURE_COLUMNS),
    "Figure": _row_schema(FIGURE_COLUMNS),
    "Job": _or_null(_row_schema(JOB_COLUMNS), "measure"),
    "Run": _row_schema(RUN_COLUMNS),
    "RunRow": _row_schema(ROW_COLUMNS),
    "RunRemoved": _objects("removed", "version"),
    "Moved": _row_schema(MOVED_COLUMNS),
    "RankedRow": _row_schema((*REPORTED_COLUMNS, *FIRM_COLUMNS), ("source", "when", *FIRM_COLUMNS)),
    "Vocabulary": _with_version(schema_of(Vocabulary)),
    "NamedQuery": _objects("name", "title", "description", "form", "parameters", "example"),
    "Row": {"type": "object", "description": "Variable → value; null where the row has none."},
}


def document(endpoints: tuple[Endpoint, ...]) -> dict[str, Any]:
    """Return the OpenAPI document of a table of endpoints."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Collegium",
            "version": __version__,
            "summary": "Who writes with whom: papers, authors, centrality, paths, named queries.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(endpoint.tag for endpoint in endpoints)],
        "paths": _paths(endpoints),
        "components": {
            "schemas": dict(SCHEMAS),
            "responses": {
                "Problem": {
                    "description": "What went wrong (RFC 9457).",
                    "content": {"application/problem+json": {"schema": _reference("Problem")}},
                }
            },
        },
    }


def _paths(endpoints: tuple[Endpoint, ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        for row in _rows(endpoint):
            found.setdefault(shown_path(row), {})[row.method.lower()] = _operation(row)
    return found


def _rows(endpoint: Endpoint) -> Iterator[Endpoint]:
    """Yield the endpoint, and before it those that it stands for: a fixed path wins over one with a variable."""
    if endpoint.each:
        yield from endpoint.each()
    yield endpoint


def shown_path(endpoint: Endpoint) -> str:
    """Return the address as OpenAPI writes it: `/api/authors/{id}`."""
    return endpoint.path.replace("<", "{").replace(">", "}")


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_LATER: Final = {
    "202": {
        "description": "It is being computed; `Location` is the job.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}},
    }
}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    problems = {"400": "Problem", "404": "Problem", "406": "Problem"}
    return {
        "operationId": endpoint.name,
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "description": endpoint.description,
        "parameters": [
            *(_parameter(parameter, "path") for parameter in endpoint.in_path),
            *(_parameter(parameter, "query") for parameter in endpoint.all_parameters),
        ],
        "responses": {
            "200": {
                "description": endpoint.summary,
                "headers": {name: dict(header) for name, header in _HEADERS.items()},
                "content": {form.media_type: {"schema": _schema(endpoint, form)} for form in endpoint.forms},
            },
            **(_LATER if any(parameter.name == "wait" for parameter in endpoint.parameters) else {}),
            "304": {"description": "The asker holds this answer: `If-None-Match` names its `ETag`."},
            **{status: {"$ref": f"#/components/responses/{name}"} for status, name in problems.items()},
        },
    }


def _schema(endpoint: Endpoint, form: Form) -> dict[str, Any]:
    if form.media_type != "application/json":
        return {"type": "string"} if form.media_type.startswith("text/") else {}
    if not endpoint.is_list:
        return _reference(endpoint.schema)
    return {
        "type": "object",
        "properties": {
            "version": {"type": "integer"},
            "total": {"type": ["integer", "null"]},
            "limit": {"type": "integer"},
            "offset": {"type": "integer"},
            "truncated": {"type": "boolean"},
            "results": {"type": "array", "items": _reference(endpoint.schema)},
        },
        "required": ["total", "limit", "offset", "truncated", "results"],
    }


def _parameter(parameter: Parameter, where: str) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_KIND_TYPES[parameter.kind])
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.minimum is not None:
        schema["minimum"] = parameter.minimum
    if parameter.maximum is not None:
        schema["maximum"] = parameter.maximum
    if parameter.default is not None and parameter.default != ():
        schema["default"] = parameter.default
    if parameter.many:
        schema = {"type": "array", "items": schema}
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": where,
        "description": parameter.description,
        "required": where == "path" or parameter.required,
        "schema": schema,
    }
    if parameter.example is not None:
        found["example"] = parameter.example
    return found
