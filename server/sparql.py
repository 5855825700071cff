"""The SPARQL 1.1 Protocol for queries: GET and both POSTs, four forms, the dataset from the request.

Answers are the engine's own bytes. Updates are refused, and said to be off.
Source: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, redirect, request, url_for
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from collegium.graph import vocabulary as v
from collegium.graph.errors import ParameterError, QueryError
from collegium.queries.binding import form_of
from collegium.queries.run import answer_stranger

from .editions import Edition
from .entities import serialised
from .hooks import edition
from .negotiation import GRAPHS, RESULTS, Form, choose, prefers_html
from .problems import UpdatesOff
from .query_page import answered, query_page

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: the query, and the dataset it names (None: the store's own)."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format: str | None


def sparql() -> Response:
    """Return the answer to a SPARQL request."""
    if request.method in ("GET", "HEAD") and not request.args:
        return _self_description()
    asked = _asked()
    if request.method != "POST" and not asked.format and prefers_html(request.headers.get("Accept")):
        return query_page(edition(), asked.query, answered(edition(), asked.query))
    forms = forms_of(asked.query)
    choice = choose(forms, request.headers.get("Accept"), asked.format)
    found = answer_stranger(
        edition().engine,
        asked.query,
        base_iri=edition().base,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        search=edition().matches,
    )
    response = Response(found.serialize(choice.form.media_type), content_type=choice.content_type)
    response.headers["Vary"] = "Accept"
    return response


def forms_of(query: str) -> tuple[Form, ...]:
    """Return the forms that the answer to a query can take, the usual one first."""
    return GRAPHS if form_of(query) in ("CONSTRUCT", "DESCRIBE") else RESULTS


def _asked() -> Asked:
    """Return what the request asks for.

    Raises:
        BadRequest: no query, or several; a body that is no UTF-8.
        UnsupportedMediaType: a POST of another type.
        UpdatesOff: an update.
    """
    if request.method != "POST":
        return _from_values(request.args)
    if request.mimetype == _FORM:
        both = MultiDict([*request.args.items(multi=True), *request.form.items(multi=True)])
        return _from_values(both)
    if request.mimetype in (_QUERY, _UPDATE):
        charset = request.mimetype_params.get("charset", "utf-8").lower()
        if charset not in ("utf-8", "utf8"):
            raise UnsupportedMediaType(f"Content-Type: found charset {charset!r}, expected utf-8")
        if request.mimetype == _UPDATE:
            raise UpdatesOff
        return _from_values(request.args, _decoded(request.get_data()))
    raise UnsupportedMediaType(f"Content-Type: found {request.mimetype!r}, expected {_QUERY} or {_FORM}")


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"body: found byte {error.start} that is not UTF-8, expected UTF-8 text") from error


def _from_values(values: MultiDict[str, str], body: str | None = None) -> Asked:
    if "update" in values:
        if request.method != "POST":
            raise BadRequest(
                "update: found in the address, expected in the body of a POST; and updates are off"
            )
        raise UpdatesOff
    queries = [*values.getlist("query"), *([body] if body is not None else [])]
    if len(queries) != 1:
        raise ParameterError("query", f"{len(queries)} of them", "exactly one query")
    if not queries[0].strip():
        raise QueryError("it is empty")
    return Asked(
        queries[0],
        tuple(values.getlist("default-graph-uri")) or None,
        tuple(values.getlist("named-graph-uri")) or None,
        values.get("format") or None,
    )


def _self_description() -> Response:
    """Return what stands behind this address: the service and its data set, or the query page for a browser."""
    if prefers_html(request.headers.get("Accept")):
        response = redirect(url_for("query_page"), 303)
        response.headers["Vary"] = "Accept"
        return Response(response.get_data(), 303, response.headers)
    choice = choose(GRAPHS, request.headers.get("Accept"))
    about = serialised(service_description(edition()), choice.form.media_type)
    return Response(about, content_type=choice.content_type)


def service_description(found: Edition) -> list[Triple]:
    """Return the SPARQL service description and, with it, the VoID description of the data set.

    Source: https://www.w3.org/TR/sparql11-service-description/
    """
    service, whole = NamedNode(found.base + "sparql"), v.dataset(found.base)
    default = NamedNode(whole.value + "/belief")
    triples = [
        Triple(service, v.RDF_TYPE, v.term("sd:Service")),
        Triple(service, v.term("sd:endpoint"), service),
        Triple(service, v.term("sd:supportedLanguage"), v.term("sd:SPARQL11Query")),
        Triple(service, v.term("sd:defaultDataset"), whole),
        Triple(whole, v.RDF_TYPE, v.term("sd:Dataset")),
        Triple(whole, v.term("sd:defaultGraph"), default),
        Triple(default, v.RDF_TYPE, v.term("sd:Graph")),
        Triple(default, v.DCTERMS_TITLE, Literal("Belief: the union of all claims", language="en")),
    ]
    for form in (*RESULTS, *GRAPHS):
        triples.append(
            Triple(
                service, v.term("sd:resultFormat"), NamedNode(v.W3C_FORMATS + _FORMAT_NAMES[form.media_type])
            )
        )
    return triples + void(found)


def void(found: Edition) -> list[Triple]:
    """Return the description of the data set as it stands in the store."""
    quads = found.engine.quads_for_pattern(None, None, None, v.void_graph(found.base))
    return sorted((quad.triple for quad in quads), key=str)


# The W3C's own names of formats. https://www.w3.org/ns/formats/
_FORMAT_NAMES: Final = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
}
