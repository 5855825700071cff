"""Endpoints of things: lists of authors, papers, institutions, categories, and one of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from collegium.graph.items import Category, Paper

from .author_cards import author_card
from .cards import paper_card, place_card
from .directory import PLURALS, Directory, directory_of
from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Parameter, Table, paging

_QUESTION: Final = Parameter(
    "q", "string", "Words that the name or title holds; case and accents do not count."
)
COLUMNS: Final = {
    "author": ("id", "iri", "name", "papers"),
    "paper": (
        "id",
        "iri",
        "title",
        "year",
        "year_inferred",
        "category",
        "authors",
        "authors_hidden",
        "authors_truncated",
        "institutions",
    ),
    "institution": ("id", "iri", "name", "papers"),
    "category": ("id", "iri", "notation", "name", "papers"),
}


def in_path(kind: str, example: str | None = None) -> Parameter:
    """Return the parameter that names a thing in an address."""
    return Parameter(
        "id", "string", f"ID of the {kind}: the last part of its IRI.", required=True, example=example
    )


def _list(kind: str, call: Call) -> Table:
    directory = directory_of(call.edition)
    numbers = directory.numbers(kind, call["q"])
    offset, limit = call["offset"], call["limit"]
    rows = [row_of(directory, kind, at) for at in numbers[offset : offset + limit]]
    return Table(COLUMNS[kind], rows, len(numbers), limit, offset, {"version": call.edition.version})


def row_of(directory: Directory, kind: str, number: int) -> dict[str, Any]:
    """Return a thing as its list shows it."""
    thing = directory.things(kind)[number]
    if isinstance(thing, Paper):
        return _paper_row(directory, thing)
    ref = directory.ref(kind, number)
    row: dict[str, Any] = {"id": ref.id, "iri": ref.iri}
    if isinstance(thing, Category):
        row["notation"] = thing.notation
    return row | {"name": ref.name, "papers": ref.papers}


def _paper_row(directory: Directory, paper: Paper) -> dict[str, Any]:
    mirror = directory.mirror
    placed = list(zip(paper.authors, paper.positions, strict=True))
    return {
        "id": paper.id,
        "iri": paper.iri,
        "title": paper.name,
        "year": paper.year,
        "year_inferred": paper.year_inferred,
        "category": None if paper.category is None else mirror.categories[paper.category].id,
        "authors": [mirror.authors[at].name for at, position in placed if position is not None],
        "authors_hidden": [mirror.authors[at].name for at, position in placed if position is None],
        "authors_truncated": paper.truncated,
        "institutions": [mirror.institutions[at].name for at in paper.institutions],
    }


def _author(call: Call) -> Document:
    return {"version": call.edition.version, **asdict(author_card(call.edition, call["id"]))}


def _paper(call: Call) -> Document:
    card = asdict(paper_card(call.edition, call["id"]))
    paper = card.pop("paper")
    return {"version": call.edition.version, **paper, **card}


def _place(kind: str, call: Call) -> Document:
    card = place_card(call.edition, kind, call["id"], call["limit"], call["offset"])
    truncated = card.papers_offset + len(card.papers) < card.papers_total
    return {"version": call.edition.version, "truncated": truncated, **asdict(card)}


def _institution(call: Call) -> Document:
    return _place("institution", call)


def _category(call: Call) -> Document:
    return _place("category", call)


def _list_endpoint(kind: str, summary: str) -> Endpoint:
    def answer(call: Call) -> Table:
        return _list(kind, call)

    return Endpoint(
        path=f"/api/{PLURALS[kind]}",
        name=f"api_{PLURALS[kind]}",
        tag="Things",
        summary=summary,
        description="By name; with `q` the best match first.",
        parameters=(_QUESTION, *paging()),
        forms=TABLE_FORMS,
        answer=answer,
        schema=f"{kind.capitalize()}Row",
        is_list=True,
    )


ENDPOINTS: Final = (
    _list_endpoint("author", "Authors"),
    Endpoint(
        path="/api/authors/<id>",
        name="api_author",
        tag="Things",
        summary="One author",
        description="Papers, co-authors, categories, and the figures that sources report, each with its source.",
        in_path=(in_path("author"),),
        answer=_author,
        schema="Author",
    ),
    _list_endpoint("paper", "Papers"),
    Endpoint(
        path="/api/papers/<id>",
        name="api_paper",
        tag="Things",
        summary="One paper",
        description="Date, category, code, abstract, and the author list exactly as the sources give it.",
        in_path=(in_path("paper"),),
        answer=_paper,
        schema="Paper",
    ),
    _list_endpoint("institution", "Institutions"),
    Endpoint(
        path="/api/institutions/<id>",
        name="api_institution",
        tag="Things",
        summary="One institution",
        description="The papers that name it, and who stands on them.",
        in_path=(in_path("institution"),),
        parameters=paging(),
        answer=_institution,
        schema="Place",
    ),
    _list_endpoint("category", "Categories"),
    Endpoint(
        path="/api/categories/<id>",
        name="api_category",
        tag="Things",
        summary="One category",
        description="Its papers; an ambiguous code says what it may mean.",
        in_path=(in_path("category"),),
        parameters=paging(),
        answer=_category,
        schema="Place",
    ),
)
