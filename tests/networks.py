"""Tiny named networks with numbers worked out by hand, and belief written as Turtle to make mirrors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx
import pyoxigraph

from collegium.graph.store import Store
from collegium.graph.vocabulary import DEFAULT_BASE, PREFIXES

BASE = DEFAULT_BASE


def author(identifier: str) -> str:
    """Return the IRI of an author."""
    return f"{BASE}author/{identifier}"


def paper(identifier: str) -> str:
    """Return the IRI of a paper."""
    return f"{BASE}paper/{identifier}"


def believed(*turtle: str) -> Store:
    """Return a store in memory whose belief is these pieces of Turtle."""
    store = Store.memory()
    add(store.engine, *turtle)
    return store


def add(engine: pyoxigraph.Store, *turtle: str) -> None:
    """Add pieces of Turtle to belief, with all our prefixes."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    engine.load(
        (head + "\n".join(turtle)).encode(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=DEFAULT_BASE
    )


def written(
    identifier: str,
    shown: Iterable[str] = (),
    *,
    hidden: Iterable[str] = (),
    issued: str | None = None,
    inferred: str | None = None,
    institutions: Iterable[str] = (),
    categories: Iterable[str] = (),
    cites: Iterable[str] = (),
    cut: bool | None = False,
    title: str = "",
) -> str:
    """Return a paper as Turtle: authors shown in this order, authors hidden behind "et al.", and the rest.

    `cites`: IDs of papers, or IRIs of works elsewhere.
    """
    lines = [f'<paper/{identifier}> a soa:Work ; dcterms:title "{title or identifier}" .']
    authorships = [(who, f"a/{at}-{who}", f"; soa:position {at} ") for at, who in enumerate(shown, start=1)]
    authorships += [(who, f"a/owner-{who}", "; ck:basis ck:ProfileOwner ") for who in hidden]
    for who, tail, more in authorships:
        node = f"<paper/{identifier}/{tail}>"
        lines.append(f'<author/{who}> a foaf:Person ; foaf:name "{who.title()}" .')
        lines.append(f"<paper/{identifier}> dcterms:creator <author/{who}> ; soa:hasAuthorship {node} .")
        lines.append(f"{node} a soa:Authorship ; soa:hasAuthor <author/{who}> {more}.")
    if issued:
        lines.append(f'<paper/{identifier}> dcterms:issued "{issued}"^^xsd:{_date_type(issued)} .')
    if inferred:
        lines.append(f'<paper/{identifier}> ck:issuedInferred "{inferred}"^^xsd:{_date_type(inferred)} .')
    for place in institutions:
        lines.append(f'<institution/{place}> a org:Organization ; skos:prefLabel "{place}" .')
        lines.append(f"<paper/{identifier}> schema:sourceOrganization <institution/{place}> .")
    for at, category in enumerate(categories):
        lines.append(f'<category/{category}> a skos:Concept ; skos:notation "{category}" .')
        if "." in category:
            lines.append(f"<category/{category}> skos:broader <category/{category.split('.')[0]}> .")
        primary = f"fabio:hasPrimarySubjectTerm <category/{category}> ;" if at == 0 else ""
        lines.append(f"<paper/{identifier}> {primary} dcterms:subject <category/{category}> .")
    for cited in cites:
        lines.append(f"<paper/{identifier}> cito:cites <{cited if ':' in cited else f'paper/{cited}'}> .")
    if cut is not None:
        lines.append(f"<paper/{identifier}> ck:authorListTruncated {'true' if cut else 'false'} .")
    return "\n".join(lines)


def _date_type(lexical: str) -> str:
    return {4: "gYear", 7: "gYearMonth"}.get(len(lexical), "date")


def seed_papers(truth: Mapping[str, Any]) -> list[str]:
    """Return the papers of the hand-checked content of the author page, as Turtle, without the reader."""
    owner = _identifier(truth["profile"]["name"])
    made = []
    for entry in truth["papers"]:
        shown = [_identifier(name) for name in entry["shown_authors"]]
        made.append(
            written(
                f"p{entry['n']}",
                shown,
                hidden=[] if owner in shown else [owner],
                issued=entry["date"],
                inferred=entry.get("implied_date"),
                institutions=entry["institution_tags"],
                categories=[entry["category_arxiv"]],
                cut=entry["authors_truncated"],
            )
        )
    return made


def _identifier(name: str) -> str:
    return name.lower().replace(" ", "-")


def weighted(links: Iterable[tuple[str, str, float]]) -> networkx.Graph:
    """Return a network as `project` would carry it: weight and distance on every link."""
    graph = networkx.Graph(weight="full")
    for one, other, weight in links:
        graph.add_edge(one, other, weight=weight, distance=1 / weight)
    return graph


def path_of_three() -> networkx.Graph:
    """a - b - c."""
    return weighted([("a", "b", 1), ("b", "c", 1)])


def star() -> networkx.Graph:
    """m in the middle of a, b, c, d."""
    return weighted([("m", leaf, 1) for leaf in "abcd"])


def complete_five() -> networkx.Graph:
    """Everyone of a to e with everyone."""
    return weighted([(a, b, 1) for a in "abcde" for b in "abcde" if a < b])


def kite() -> networkx.Graph:
    """Krackhardt's kite: Diane has most links, Heather is between, Fernando and Garth are closest."""
    names = dict(enumerate("Andre Beverly Carol Diane Ed Fernando Garth Heather Ike Jane".split()))
    return weighted((names[a], names[b], 1) for a, b in networkx.krackhardt_kite_graph().edges())
