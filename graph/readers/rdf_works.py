"""A work in RDF → a paper, by the rows of the vocabularies that describe it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from ..errors import shorten
from ..identifiers import by_address
from ..records import Category, Identifier, Lines, Paper, Problem, Published, Record, Reported
from ..vocabulary import RDF_TYPE, term
from .kinds import OPENALEX_KINDS
from .languages import language_of
from .networks import decimal
from .rdf_authors import authors_of
from .rdf_things import Thing, follow, text_of
from .rdf_vocabularies import VOCABULARIES
from .remarks import remark_on_gaps, remark_on_twins

_PREF_LABEL: Final = term("skos:prefLabel")


# Words of Crossref and OpenAlex for what a work is; others are "other". Source: api.crossref.org/types
def described(work: Thing, lines: Lines) -> Iterator[Record]:
    """Yield the paper that a work is, and what of it was left out; without title and identifier it is refused."""
    authorships, is_cut = authors_of(work)
    identifiers = work.identifiers("paper")
    title = work.text("title", "title") or ""
    if not title and not identifiers:
        yield Problem(
            lines, f"a work without title: {shorten(work.node.value)}", "a title or identifier", True
        )
        return
    count = _count(work)
    is_cut = is_cut or (count is not None and count > len(authorships))
    paper = Paper(
        title=title,
        authorships=authorships,
        is_truncated=is_cut,
        lines=lines,
        issued=work.issued(),
        abstract=work.text("abstract", "abstract"),
        reported=reported_of(work),
        identifiers=identifiers,
        kind=_kind(work),
        published=_published(work),
        categories=tuple(_categories(work)),
        keywords=tuple(dict.fromkeys(text for row in work.rows for text in work.texts(row.keywords))),
        references=tuple(_references(work)),
        language=_language(work),
        author_count=count if count is not None and count != len(authorships) else None,
    )
    remark_on_twins(authorships, work.remarks)
    remark_on_gaps(paper, 0, work.remarks)
    yield paper
    yield from work.remarks.problems(lines)


def _kind(work: Thing) -> str | None:
    """The kind of the first class that has one; else what a word of its type says."""
    classes = work.of.objects(work.node, RDF_TYPE, take=False)
    kinds = [
        row.works[c] for row in work.rows for c in classes if isinstance(c, NamedNode) and c in row.works
    ]
    words = [
        text_of(value).rpartition("/")[2]
        for row in work.rows
        for predicate in row.types
        for value in work.of.objects(work.node, predicate)
    ]
    return next(filter(None, (*kinds, *(OPENALEX_KINDS.get(word, "other") for word in words))), None)


def _categories(work: Thing) -> Iterator[Category]:
    for row in work.rows:
        for predicate, scheme in row.subjects.items():
            for value in work.of.objects(work.node, predicate, take=False):
                label = next((text_of(v) for v in follow(work.of, value, (_PREF_LABEL,))), None)
                if label and isinstance(value, NamedNode):
                    work.of.take(work.node, predicate, value)
                    yield Category(label, value.value.rpartition("/")[2], scheme, label=label)


def _count(work: Thing) -> int | None:
    """How many authors there are by the source's own word; what stands for that in its place is remarked."""
    for row in work.rows:
        for value in work.of.objects(work.node, row.count) if row.count else ():
            text = text_of(value)
            if text.isascii() and text.isdigit() and len(text) < 7:
                return int(text)
            work.remarks.add(f"number of authors {text!r}", "a number")
    return None


def reported_of(thing: Thing) -> tuple[Reported, ...]:
    """Return the figures that are stated of a thing, one a measure; what is no number is remarked."""
    found: dict[str, Reported] = {}
    for row in VOCABULARIES:
        for predicate, measure in row.reported.items():
            for value in thing.of.objects(thing.node, predicate):
                text = text_of(value)
                number = decimal(text)
                if number is None or number < 0:
                    thing.remarks.add(f"{measure} {text!r}", "a number, not negative")
                else:
                    found.setdefault(measure, Reported(measure, number, text))
    return tuple(found.values())


def _published(work: Thing) -> Published | None:
    pages = work.text("pages", "")
    for row in work.rows:
        if pages is None and row.page_ends:
            ends = [text for path in row.page_ends for text in work.texts((path,))[:1]]
            pages = "-".join(ends) or None
    venue, volume, issue, publisher = (work.text(n, "") for n in ("venue", "volume", "issue", "publisher"))
    published = Published(venue, volume, issue, pages, publisher)
    return published if published != Published() else None


def _references(work: Thing) -> Iterator[Identifier]:
    for row in work.rows:
        if row.references is None:
            continue
        for value in work.of.objects(work.node, row.references, take=False):
            if isinstance(value, NamedNode) and (known := by_address(value.value, "paper")):
                work.of.take(work.node, row.references, value)
                yield known


def _language(work: Thing) -> str | None:
    """The tag of the language, which may stand there as an address that ends in its code."""
    printed = work.text("language", "language") or ""
    return language_of(printed.rpartition("/")[2], work.remarks.add)
