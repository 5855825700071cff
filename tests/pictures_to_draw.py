"""Tiny networks to draw: a star with groups, two islands, hostile names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import networkx

BASE = "http://localhost:8000/"

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "Dr. href <img src=x onerror=alert(1)>",
    "'; alert(1);//",
    "{{7*7}}{% raw %}",
    "<!--<script>",
    "javascript:alert(1)",
    "\u2028\u2029 line separators",
    "x" * 5000,
    "محمد بن موسى الخوارزمي",
    "\u202eturned around",
    "👩🏽‍🔬 Zoë é̂",
)


def who(identifier: str) -> str:
    """Return the IRI of an author."""
    return f"{BASE}author/{identifier}"


def network(
    papers: Mapping[str, Iterable[str]],
    *,
    names: Mapping[str, str] | None = None,
    years: Mapping[str, int] | None = None,
    **facts: Any,
) -> networkx.Graph:
    """Return the co-author network of papers (paper ID -> author IDs), with the attributes that `project` gives."""
    graph = networkx.Graph(**facts)
    for identifier, authors in papers.items():
        iri = f"{BASE}paper/{identifier}"
        authors = sorted(authors)
        for author in authors:
            name = (names or {}).get(author, author.title())
            graph.add_node(who(author), kind="author", id=author, name=name)
            graph.nodes[who(author)]["papers"] = graph.nodes[who(author)].get("papers", 0) + 1
        for at, one in enumerate(authors):
            for other in authors[at + 1 :]:
                before = (
                    graph.edges[who(one), who(other)]["papers"]
                    if graph.has_edge(who(one), who(other))
                    else ()
                )
                year = (years or {}).get(identifier)
                known = (*before, iri)
                graph.add_edge(who(one), who(other), weight=len(known), distance=1 / len(known), papers=known)
                graph.edges[who(one), who(other)].update(from_year=year, to_year=year)
    return graph


def star() -> networkx.Graph:
    """Return a hub on six papers with three pairs: 7 authors, 9 links; with ann it has two papers."""
    papers = {
        "p1": ["hub", "ann", "bob"],
        "p2": ["hub", "ann"],
        "p3": ["hub", "cy", "dee"],
        "p4": ["hub", "eve", "fay"],
    }
    return network(papers, years={"p1": 2023, "p3": 2025}, papers_seen=4, papers_truncated=3, at_least=True)


def papers_of(graph: networkx.Graph) -> dict[str, dict[str, Any]]:
    """Return paper IRI -> title, year, id for every paper on an edge."""
    found = {iri for _, _, papers in graph.edges(data="papers") for iri in papers}
    return {
        iri: {"title": f"Title of {iri[-2:]}", "year": 2024, "id": iri.rsplit("/", 1)[1]}
        for iri in sorted(found)
    }


def hostile() -> networkx.Graph:
    """Return a ring of authors with hostile names."""
    ids = [f"h{number}" for number in range(len(HOSTILE))]
    papers = {f"q{number}": [ids[number - 1], ids[number]] for number in range(len(ids))}
    return network(papers, names=dict(zip(ids, HOSTILE, strict=True)))


def chain() -> networkx.Graph:
    """Return seven authors in a row with names as long as a label may be."""
    ids = [f"c{number}" for number in range(7)]
    papers = {f"r{number}": [one, other] for number, (one, other) in enumerate(pairwise(ids))}
    return network(papers, names={each: f"Wilhelmina Montgomery {each}" for each in ids})
