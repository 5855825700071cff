"""The search page: things of that ID or IRI, then what fits the words, kind by kind or one kind page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, request

from collegium.graph.items import index_of
from collegium.graph.text_documents import TEXT_KINDS
from collegium.graph.text_search import Hit

from .api_search import KIND
from .directory import PLURALS, Directory, Ref, byline, directory_of
from .editions import Edition
from .endpoints import Parameter, paging, read_parameters
from .hooks import edition
from .pages import QUESTION, render

_OF_EACH: Final = 10  # hits of each kind where all kinds stand on one page
_CHOSEN: Final = Parameter("kind", "string", KIND.description, choices=TEXT_KINDS)


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as the page shows it: `pieces` are the text that fits, in turn as it is and to be marked."""

    ref: Ref
    by: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind; `plural` is the word for them."""

    kind: str
    plural: str
    total: int
    results: tuple[Result, ...]


def search() -> Response:
    """Return what fits a question; a page without a question asks for one."""
    values = read_parameters((QUESTION, _CHOSEN, *paging(50)), request.args)
    question, chosen = values["q"], values["kind"]
    limit, offset = (values["limit"], values["offset"]) if chosen else (_OF_EACH, 0)
    found = edition()
    kinds = (chosen,) if chosen else tuple(PLURALS)
    direct = directory_of(found).called(question) if question else []
    groups = _groups(found, question, kinds, limit, offset)
    # Whole words first, as everywhere; where they are nowhere, the last may go on, and the page says so.
    is_begun = bool(question) and not groups
    if is_begun:
        groups = _groups(found, question, kinds, limit, offset, as_typed=True)
    return render(
        "search.html",
        found,
        question=question,
        chosen=chosen,
        direct=direct,
        groups=groups,
        is_begun=is_begun and bool(groups),
        total=sum(group.total for group in groups),
        limit=limit,
        offset=offset,
    )


def _groups(
    found: Edition, question: str, kinds: Sequence[str], limit: int, offset: int, *, as_typed: bool = False
) -> list[Group]:
    """Return what fits a question, by kind; nothing fits none."""
    groups = []
    for kind in kinds if question else ():
        hits = found.search(question, kinds=(kind,), limit=limit, offset=offset, as_typed=as_typed)
        if hits.total:
            results = tuple(_result(directory_of(found), hit) for hit in hits.hits)
            groups.append(Group(kind, PLURALS[kind], hits.total, results))
    return groups


def _result(directory: Directory, hit: Hit) -> Result:
    number = index_of(hit.kind, directory.things(hit.kind), hit.iri)
    mirror = directory.mirror
    by = byline(mirror, mirror.papers[number]) if hit.kind == "paper" else ""
    return Result(directory.ref(hit.kind, number), by, () if hit.field == "name" else _pieces(hit))


def _pieces(hit: Hit) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    place = 0
    for start, end in hit.marks:
        pieces += [(hit.snippet[place:start], False), (hit.snippet[start:end], True)]
        place = end
    return (*pieces, (hit.snippet[place:], False))
