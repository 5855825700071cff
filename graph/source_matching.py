"""The same paper or author under two addresses, in two versions of a source or in two sources, by title and name.

Not where both bear identifiers of one scheme: these tell them apart.

An address made of a title holds the year and the first author too, and one source numbers whom another only names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from .names import id_rank, name_key, title_key
from .rubrics import is_rubric
from .source_facts import AuthorSaid, Facts, PaperSaid


def under_addresses_of(new: Facts, old: Facts) -> Facts:
    """Return `old` with the addresses that `new` has for what both have; what stands alone keeps its own."""
    papers = _matched(_called(old.papers, new.papers, _title), _called(new.papers, old.papers, _title))
    authors = _matched(
        _called(old.authors, _everybody(new), _name), _called(new.authors, _everybody(old), _name)
    )
    if not papers and not authors:
        return old

    def with_authors(paper: PaperSaid) -> PaperSaid:
        return replace(paper, authors=tuple(authors.get(iri, iri) for iri in paper.authors))

    return Facts(
        {papers.get(iri, iri): with_authors(paper) for iri, paper in old.papers.items()},
        {authors.get(iri, iri): author for iri, author in old.authors.items()},
    )


def _everybody(facts: Facts) -> set[str]:
    return {iri for paper in facts.papers.values() for iri in paper.authors} | facts.authors.keys()


def _called(here: Mapping[str, Any], there: Collection[str], key_of: Callable[[Any], str]) -> dict[str, str]:
    """Return title or name → address of what stands here alone, and is the only one here that is called so."""
    found: dict[str, str] = {}
    for iri, said in here.items():
        key = key_of(said)
        found[key] = iri if key not in found else ""
    return {key: iri for key, iri in found.items() if key and iri and iri not in there}


def _matched(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    pairs = ((old[key], new[key]) for key in old.keys() & new.keys())
    return {one: other for one, other in pairs if not _contradict(one, other)}


def _contradict(one: str, other: str) -> bool:
    """Whether two addresses hold different identifiers of one scheme."""
    *_, kind, identifier = one.split("/")
    rank = id_rank(kind, identifier)
    return rank != id_rank(kind, "") and rank == id_rank(kind, other.rpartition("/")[2])


def _title(paper: PaperSaid) -> str:
    key = title_key(paper.title)
    return "" if is_rubric(key) else key


def _name(author: AuthorSaid) -> str:
    return name_key(author.name)
