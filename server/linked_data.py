"""What the head of a page says to programs: where the same thing stands as RDF, and what it is in schema.org's terms.

The JSON stands in `<script type="application/ld+json">`, which no browser runs; `tojson` writes `<`, `>` and `&` as
escapes, so that no name can end the block.
"""

from __future__ import annotations

from typing import Any, Final

from collegium.graph.describe import TITLE
from collegium.graph.vocabulary import dataset, dump

from .author_cards import AuthorCard
from .cards import PaperCard, PlaceCard
from .directory import Ref
from .editions import Edition
from .hooks import license_iri
from .links import path
from .negotiation import GRAPHS, Form

_CONTEXT: Final = "https://schema.org"
_ABOUT: Final = (
    "Who writes with whom: papers with their authors in order, institutions, categories and reported figures, each "
    "traced to the source and line that says so, and merged into one graph."
)


def alternates(kind: str, identifier: str) -> list[tuple[Form, str]]:
    """Return the RDF forms of a thing with their addresses, for `<link rel="alternate">`."""
    return [(form, f"{path(kind, identifier)}?format={form.name}") for form in GRAPHS]


def link_header(kind: str, identifier: str) -> str:
    """Return the `Link` header of a page: the RDF forms, the first of them as what describes the page."""
    found = alternates(kind, identifier)
    links = [f'<{address}>; rel="alternate"; type="{form.media_type}"' for form, address in found]
    first, address = found[0]
    return ", ".join([*links, f'<{address}>; rel="describedby"; type="{first.media_type}"'])


def author_data(card: AuthorCard) -> dict[str, Any]:
    """Return an author in schema.org's terms."""
    data = {"@context": _CONTEXT, **_person(card.iri, card.name), "url": card.iri}
    if card.primary_category:
        data["knowsAbout"] = _term(card.primary_category)
    return data


def paper_data(card: PaperCard) -> dict[str, Any]:
    """Return a paper in schema.org's terms. A year completed by us stays out."""
    paper = card.paper
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "ScholarlyArticle",
        "@id": card.iri,
        "url": card.iri,
        "name": paper.title,
        "headline": paper.title,
        "author": [_person(ref.iri, ref.name) for ref in (*paper.authors, *paper.hidden)],
    }
    if paper.published.issued:
        data["datePublished"] = paper.published.issued
    if paper.abstract:
        data["abstract"] = paper.abstract
    if paper.category:
        data["about"] = _term(paper.category)
    if paper.institutions:
        data["sourceOrganization"] = [_organization(ref.iri, ref.name) for ref in paper.institutions]
    return data


def place_data(card: PlaceCard) -> dict[str, Any]:
    """Return an institution or a category in schema.org's terms."""
    if card.kind == "institution":
        return {"@context": _CONTEXT, **_organization(card.iri, card.name), "url": card.iri}
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "DefinedTerm",
        "@id": card.iri,
        "url": card.iri,
        "name": card.name,
    }
    if card.notation:
        data["termCode"] = card.notation
    if card.scheme:
        data["inDefinedTermSet"] = {"@type": "DefinedTermSet", "@id": card.scheme}
    return data


def dataset_data(found: Edition) -> dict[str, Any]:
    """Return the data set as a whole in schema.org's terms."""
    base, at = found.base, found.store.committed_at
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": dataset(base).value,
        "url": base,
        "name": TITLE,
        "description": _ABOUT,
        "version": str(found.version),
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": dump(base).value,
                "encodingFormat": ["application/n-quads", "application/gzip"],
            }
        ],
    }
    if at:
        data["dateModified"] = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    if license_iri():
        data["license"] = license_iri()
    return data


def _person(iri: str, name: str) -> dict[str, Any]:
    return {"@type": "Person", "@id": iri, "name": name}


def _organization(iri: str, name: str) -> dict[str, Any]:
    return {"@type": "Organization", "@id": iri, "name": name}


def _term(ref: Ref) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "@id": ref.iri, "name": ref.name, "termCode": ref.id}
