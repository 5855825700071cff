"""What the service says of itself: API document and page, vocabulary, data set, problem types."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, json, redirect, render_template, request, url_for
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import NotFound as NoSuchPage

from collegium.graph import vocabulary as v
from collegium.graph.own_terms import OWN_TERMS

from .api import ENDPOINTS
from .endpoints import Endpoint, Parameter, format_of, read_parameters
from .entities import serialised
from .hooks import edition, license_iri
from .negotiation import GRAPHS, HTML, JSON, choose
from .openapi import document, shown_path
from .pages import render
from .problems import PROBLEMS, Row
from .service_description import void

_LABELS: Final = {
    "class": "Classes",
    "property": "Properties",
    "measure": "Reported measures",
    "function": "SPARQL functions",
    "individual": "Individuals",
}
_TYPES: Final = {
    "class": "rdfs:Class",
    "property": "rdf:Property",
    "measure": "owl:NamedIndividual",
    "function": "sd:Function",
    "individual": "owl:NamedIndividual",
}


def openapi() -> Response:
    """Return the OpenAPI document."""
    read_parameters((), request.args)
    choose((JSON,), request.headers.get("Accept"))
    return Response(json.dumps(document(ENDPOINTS), sort_keys=False), content_type="application/json")


def api_docs() -> Response:
    """Return the page of the API: each endpoint with a form that tries it."""
    read_parameters((), request.args)
    found = edition()
    tags = dict.fromkeys(endpoint.tag for endpoint in ENDPOINTS)
    groups = [(tag, [_shown(endpoint) for endpoint in ENDPOINTS if endpoint.tag == tag]) for tag in tags]
    return render("api_docs.html", found, groups=groups, problems=_problem_rows().values())


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    examples = _examples(endpoint)
    in_path = [_with_example(parameter, examples) for parameter in endpoint.in_path]
    action = shown_path(endpoint)
    for parameter in in_path:
        action = action.replace(f"{{{parameter.name}}}", str(parameter.example or ""))
    return {
        "name": endpoint.name,
        "shown": shown_path(endpoint),
        "action": request.script_root + action,
        "summary": endpoint.summary,
        "description": endpoint.description,
        "in_path": in_path,
        "parameters": endpoint.all_parameters,
    }


def _examples(endpoint: Endpoint) -> dict[str, str]:
    """Return an ID of a thing that the store holds, for the address of an endpoint."""
    mirror = edition().mirror
    things: dict[str, Any] = {
        "authors": mirror.authors,
        "papers": mirror.papers,
        "institutions": mirror.institutions,
        "categories": mirror.categories,
    }
    found = things.get(endpoint.path.split("/")[2], ())
    return {"id": found[0].id} if found else {}


def _with_example(parameter: Parameter, examples: dict[str, str]) -> Parameter:
    example = parameter.example or examples.get(parameter.name)
    return Parameter(parameter.name, parameter.kind, parameter.description, required=True, example=example)


def well_known_void() -> Response:
    """Return the VoID description of the data set. Source: https://www.w3.org/TR/void/#well-known"""
    values = read_parameters((format_of(GRAPHS),), request.args)
    choice = choose(GRAPHS, request.headers.get("Accept") if not _is_browser() else None, values["format"])
    return Response(
        serialised(void(edition(), license_iri()), choice.form.media_type), content_type=choice.content_type
    )


def part_of_dataset(rest: str) -> Response:
    """Return the way to the description from the IRI of a part of it: a partition, a prefix."""
    found = redirect(url_for("dataset"), 303)
    return Response(found.get_data(), 303, found.headers)


def _is_browser() -> bool:
    return "text/html" in request.headers.get("Accept", "")


def namespace() -> Response:
    """Return our own vocabulary, as a page or as RDF."""
    forms = (*GRAPHS[:4], HTML)
    values = read_parameters((format_of(forms),), request.args)
    choice = choose(forms, request.headers.get("Accept"), values["format"])
    if choice.form != HTML:
        return Response(serialised(vocabulary(), choice.form.media_type), content_type=choice.content_type)
    groups = [
        (kind, [(name, text) for name, (of, text) in sorted(OWN_TERMS.items()) if of == kind])
        for kind in _LABELS
    ]
    page = render_template(
        "namespace.html", namespace=v.PREFIXES["ck"], groups=groups, label_of=_LABELS, prefixes=v.PREFIXES
    )
    return Response(page, content_type=choice.content_type)


def vocabulary() -> list[Triple]:
    """Return our own terms as RDF, from the table of `graph/vocabulary.py`."""
    whole = NamedNode(v.PREFIXES["ck"].removesuffix("#"))
    triples = [
        Triple(whole, v.RDF_TYPE, v.term("owl:Ontology")),
        Triple(whole, v.DCTERMS_TITLE, Literal("Terms of Collegium", language="en")),
    ]
    for name, (kind, text) in sorted(OWN_TERMS.items()):
        node = v.term(f"ck:{name}")
        triples += [
            Triple(node, v.RDF_TYPE, v.term(_TYPES[kind])),
            Triple(node, v.term("rdfs:label"), Literal(name, language="en")),
            Triple(node, v.term("rdfs:comment"), Literal(text, language="en")),
            Triple(node, v.term("rdfs:isDefinedBy"), whole),
        ]
    return triples


def _problem_rows() -> dict[str, Row]:
    """Slug -> row; the first of two with one slug."""
    rows: dict[str, Row] = {}
    for row in PROBLEMS.values():
        rows.setdefault(row.slug, row)
    return rows


def problem_page(slug: str) -> Response:
    """Return what a problem type means."""
    row = _problem_rows().get(slug)
    if row is None:
        raise NoSuchPage
    return Response(render_template("problem_kind.html", row=row), content_type="text/html; charset=utf-8")
