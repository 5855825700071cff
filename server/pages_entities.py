"""Pages of things: author, paper, institution, category, source; the same addresses answer RDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from flask import Response, redirect, render_template, request, url_for

from collegium.graph.errors import NotFound
from collegium.graph.quads import BELIEF
from collegium.graph.selection import Filter
from collegium.graph.vocabulary import CK_DATE_BASIS, CK_DATE_OF_LOAD, KINDS

from .author_cards import AuthorCard, Reported, author_card
from .author_panels import author_panels
from .author_ranks import SMALL, ranks_of
from .cards import paper_card, place_card, source_card
from .collaboration import reach_of
from .directory import PLURALS
from .drawings.picture import counted
from .editions import Edition, Wanted
from .endpoints import Parameter, format_of, paging, read_parameters
from .entities import MOST_NEIGHBOURS, description, serialised
from .hooks import edition
from .identity_rows import Row, decided_on, of_decision
from .linked_data import alternates, author_data, link_header, paper_data, place_data
from .links import path
from .naming import check_one
from .negotiation import GRAPHS, HTML, Choice, choose
from .pictures import ego_picture
from .place_panels import citation_panels, place_panels, worked_at
from .replies import paged
from .suggesting import suggested

if TYPE_CHECKING:
    from collegium.graph.reach import Reach
    from collegium.graph.suggestions import Suggestions

_FORMS: Final = (HTML, *GRAPHS)
# The words that people use: each is one of the forms above, but "json", which is the card that the API gives.
_FORMAT: Final = replace(
    format_of(_FORMS),
    choices=(
        *format_of(_FORMS).choices,
        *(
            "turtle",
            "n-triples",
            "ntriples",
            "n-quads",
            "nquads",
            "json-ld",
            "rdfxml",
            "rdf/xml",
            "xml",
            "json",
        ),
    ),
)
_PAGING: Final = paging(50)
_MOST_PAPERS: Final = 300  # on an author's page
_FIRST_PAPERS: Final = 50  # of them shown at once
_MOST_COAUTHORS: Final = 100
_MOST_SUGGESTED: Final = 5
_LABELS: Final = {
    "h_index": "h-index",
    "novelty_percent": "novelty",
    "ai_score": "AI score",
}


def entity(kind: str, id: str) -> Response:
    """Return a thing as a page or as RDF, as the client likes."""
    parameters: tuple[Parameter, ...] = () if kind == "paper" else _PAGING
    values = read_parameters((*parameters, _FORMAT), request.args)
    if (values["format"] or "").lower() == "json" and kind in PLURALS:
        return _to(url_for(f"api_{kind}", id=id))
    if used := edition().used_for(kind, id):
        there = path(kind, used.rpartition("/")[2])
        return _to(f"{there}?{request.query_string.decode('ascii', 'replace')}".rstrip("?"))
    choice = choose(_FORMS, request.headers.get("Accept"), values["format"])
    if choice.form != HTML:
        return _described(kind, id, values, choice)
    check_one(edition().engine, edition().base, kind, id)
    page = _PAGES[kind](edition(), kind, id, values)
    response = Response(page, content_type=choice.content_type)
    response.headers["Link"] = link_header(kind, id)
    return response


def _described(kind: str, id: str, values: dict[str, Any], choice: Choice) -> Response:
    """Return a thing as RDF; of a hub a page of its neighbours, and in headers where the others are."""
    # The default of a page made for reading is not that of data.
    limit = values["limit"] if request.args.get("limit") else MOST_NEIGHBOURS
    found = description(edition(), kind, id, limit=limit, offset=values.get("offset", 0))
    body = serialised(found.triples, choice.form.media_type)
    response = Response(body, content_type=choice.content_type)
    return paged(response, found.is_cut, found.limit, found.offset)


def part_of_entity(kind: str, id: str, rest: str) -> Response:
    """Return the way to the page of a thing from the IRI of a part of it (an authorship, a metric, a record)."""
    return _to(path(kind, id))


def _to(address: str) -> Response:
    found = redirect(address, 303)
    return Response(found.get_data(), 303, found.headers)


def _author_page(found: Edition, kind: str, id: str, values: dict[str, Any]) -> str:
    card = author_card(found, id)
    reach = _reach(found, card.iri)  # first: where it is dear, the whole page is left to one job
    ranks = ranks_of(found, card.iri)
    return render_template(
        "author.html",
        version=found.version,
        card=card,
        decisions=_decisions(found, card.iri),
        panels=author_panels(found, id, card.name) if card.papers else [],
        reported=reported_groups(card),
        undated=[row.source for row in card.reported if _is_undated(found, row.source)],
        ranks=ranks,
        reach=reach,
        ranks_at_least=any(rank.at_least for rank in ranks or ()),
        suggested=_suggested(found, card.iri),
        picture=ego_picture(found, card.iri) if card.coauthors else None,
        most_papers=_MOST_PAPERS,
        first_papers=_FIRST_PAPERS,
        most_coauthors=_MOST_COAUTHORS,
        alternates=alternates(kind, id),
        linked_data=author_data(card),
    )


def _decisions(found: Edition, iri: str) -> list[Row]:
    return [of_decision(found, *one) for one in decided_on(found, iri)]


def _reach(found: Edition, author: str) -> Reach | None:
    """How far everybody is from an author; nothing for somebody who stands on no paper."""
    try:
        return reach_of(found, author, Wanted())
    except NotFound:
        return None


def _suggested(found: Edition, author: str) -> Suggestions | None:
    """Whom the author could write with next; nothing in a large network, where that takes a while."""
    if len(found.mirror.authors) > SMALL:
        return None
    try:
        return suggested(found, author, Filter(), _MOST_SUGGESTED)
    except NotFound:  # an author of no paper
        return None


def _paper_page(found: Edition, kind: str, id: str, values: dict[str, Any]) -> str:
    card = paper_card(found, id)
    return render_template(
        "paper.html",
        version=found.version,
        card=card,
        decisions=_decisions(found, card.iri),
        panels=citation_panels(found, id),
        worked_at=worked_at(found, id),
        alternates=alternates(kind, id),
        linked_data=paper_data(card),
    )


def _place_page(found: Edition, kind: str, id: str, values: dict[str, Any]) -> str:
    card = place_card(found, kind, id, values["limit"], values["offset"])
    return render_template(
        "place.html",
        version=found.version,
        card=card,
        decisions=_decisions(found, card.iri),
        panels=place_panels(found, kind, id, card.name, card.papers_total),
        limit=values["limit"],
        alternates=alternates(kind, id),
        linked_data=place_data(card),
    )


def _source_page(found: Edition, kind: str, id: str, values: dict[str, Any]) -> str:
    card = source_card(found, id)
    papers = sum(ref.kind == "paper" for record in card.records for ref in record.describes)
    return render_template(
        "source.html",
        version=found.version,
        card=card,
        panels=place_panels(found, kind, id, card.title, papers),
        alternates=alternates(kind, id),
    )


_PAGES: Final[dict[str, Callable[[Edition, str, str, dict[str, Any]], str]]] = {
    "author": _author_page,
    "paper": _paper_page,
    "institution": _place_page,
    "category": _place_page,
    "source": _source_page,
}
if set(_PAGES) != set(KINDS):
    raise RuntimeError("each kind of thing needs a page")


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure as the page shows it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportedGroup:
    """What one source reports of an author."""

    source: str
    title: str
    date: str
    rows: tuple[Figure, ...]
    remarks: tuple[str, ...]


def _is_undated(found: Edition, source: str) -> bool:
    """Whether nobody said when a source was taken: then its date is that of its load."""
    node = found.node("source", source)
    return any(found.engine.quads_for_pattern(node, CK_DATE_BASIS, CK_DATE_OF_LOAD, BELIEF))


def reported_groups(card: AuthorCard) -> list[ReportedGroup]:
    """Return what sources report of an author, source by source."""
    by_source: dict[str, list[Reported]] = {}
    for row in card.reported:
        by_source.setdefault(row.source, []).append(row)
    groups = []
    for source, rows in by_source.items():
        figures = tuple(Figure(_label(row), _as_given(row)) for row in rows)
        known = {row.measure: row.value for row in rows}
        groups.append(
            ReportedGroup(source, rows[0].source_title, rows[0].date, figures, _remarks(known, card))
        )
    return groups


def _label(row: Reported) -> str:
    if row.measure in ("papers", "citations"):
        return row.measure if row.value != 1 else row.measure.removesuffix("s")
    return _LABELS.get(row.measure, row.measure)


def _as_given(row: Reported) -> str:
    """Return the figure as the source prints it; a percentage shows its sign."""
    return f"{row.as_given.rstrip('%')}%" if row.measure == "novelty_percent" else row.as_given


def _remarks(known: dict[str, float], card: AuthorCard) -> tuple[str, ...]:
    """Return what a reader would stumble over."""
    remarks = []
    if known.get("h_index", 0) > known.get("papers", float("inf")):
        remarks.append(
            f"An h-index of {known['h_index']} is larger than the number of papers that the source lists "
            f"({known['papers']}): "
            "it must count papers that the source does not show."
        )
    if "papers" in known and known["papers"] != len(card.papers):
        remarks.append(f"The store holds {counted(len(card.papers), 'paper', 'papers')} of this author.")
    return tuple(remarks)
