"""A store whose every name is code, or is very long, or turns the direction of writing."""

from __future__ import annotations

import pyoxigraph as ox

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    '" onmouseover="alert(3)" x="',
    "Robert'); DROP TABLE authors;-- href",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(4)",
    "\u202eevil\u202c ‮ ابن سينا",
    "x" * 5000,
)


def hostile_quads(base: str) -> list[ox.Quad]:
    """Return papers 0 … n, each by hostile authors n and n + 1, with hostile everything."""
    turtle = [
        "@prefix ck: <https://w3id.org/collegium/ns#> . @prefix soa: <https://semopenalex.org/ontology/> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .",
        "@prefix schema: <https://schema.org/> . @prefix org: <http://www.w3.org/ns/org#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix fabio: <http://purl.org/spar/fabio/> .",
        "@prefix prov: <http://www.w3.org/ns/prov#> .",
        f"@base <{base}> .",
    ]
    for number, name in enumerate(HOSTILE):
        text, other = str(ox.Literal(name)), (number + 1) % len(HOSTILE)
        turtle.append(
            f"""<author/h{number}> a foaf:Person ; foaf:name {text} ; ck:primaryCategory <category/h{number}> .
            <institution/h{number}> a org:Organization ; skos:prefLabel {text} .
            <category/h{number}> a skos:Concept ; skos:notation {text} ; skos:prefLabel {text} ;
              ck:possiblyMeans <category/h{other}> .
            <source/h{number}> a ck:Source ; dcterms:title {text} ; ck:fileName {text} ; ck:reader {text} ;
              ck:sha256 {text} ; prov:generatedAtTime "2026-11-23T00:00:00Z" .
            <paper/h{number}> a soa:Work ; dcterms:title {text} ; dcterms:abstract {text} ; ck:dateAsGiven {text} ;
              dcterms:issued "2024" ; ck:authorListTruncated true ; ck:hasCode true ;
              schema:codeRepository <javascript:alert(5)> ; dcterms:creator <author/h{number}>, <author/h{other}> ;
              soa:hasAuthorship <paper/h{number}/a/1> ; schema:sourceOrganization <institution/h{number}> ;
              fabio:hasPrimarySubjectTerm <category/h{number}> ; dcterms:subject <category/h{number}> .
            <paper/h{number}/a/1> a soa:Authorship ; soa:hasAuthor <author/h{number}> ; soa:position 1 ;
              ck:nameAsGiven {text} ."""
        )
    found = ox.parse("\n".join(turtle).encode(), format=ox.RdfFormat.TURTLE)
    return [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found]
