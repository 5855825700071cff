"""What the SPARQL endpoint says of itself, and of its data set."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from collegium.graph import vocabulary as v
from collegium.queries.functions import FUNCTIONS

from .editions import Edition
from .negotiation import GRAPHS, RESULTS


def service_description(found: Edition, endpoint: str, license: str = "") -> list[Triple]:
    """Return the SPARQL service description and, with it, the VoID description of the data set.

    Args:
        endpoint: the address that was asked, which need not be that of the store's own IRIs.
        license: the IRI of the licence that the data are under; "" when none is named.
    Source: https://www.w3.org/TR/sparql11-service-description/
    """
    service, whole = NamedNode(found.base + "sparql"), v.dataset(found.base)
    default = NamedNode(whole.value + "/belief")
    triples = [
        Triple(service, v.RDF_TYPE, v.term("sd:Service")),
        Triple(service, v.term("sd:endpoint"), NamedNode(endpoint)),
        Triple(service, v.term("sd:supportedLanguage"), v.term("sd:SPARQL11Query")),
        Triple(service, v.term("sd:supportedLanguage"), v.term("sd:SPARQL11Update")),
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
    for function in FUNCTIONS.values():
        triples.append(Triple(service, v.term("sd:extensionFunction"), function.iri))
        triples.append(Triple(function.iri, v.RDF_TYPE, v.term("sd:Function")))
    return triples + void(found, license)


def void(found: Edition, license: str = "") -> list[Triple]:
    """Return the description of the data set as it stands in the store, with the licence that the settings name."""
    quads = found.engine.quads_for_pattern(None, None, None, v.void_graph(found.base))
    triples = [quad.triple for quad in quads]
    if license:
        triples.append(Triple(v.dataset(found.base), v.term("dcterms:license"), NamedNode(license)))
    return sorted(triples, key=str)


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
