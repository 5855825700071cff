"""What is known of one thing, gathered for its page and for `/api/…/ID`: frozen records, no web in them.

Reported figures carry the source that reports them and never stand beside computed ones in one field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from collegium.graph import vocabulary as v
from collegium.graph.record_words import REPORTED_MEASURES
from collegium.graph.snapshot import Mirror

from .directory import Directory, Ref, directory_of, printed_year
from .editions import Edition
from .facts import first, values
from .imprint import Identified, identifiers_of
from .mentions import Mention, mentions, source_title


@dataclass(frozen=True, slots=True)
class Published:
    """When a paper appeared, exactly as far as it is known.

    `issued` is as precise as the source. When the source leaves the year out, `partial` holds what it says and
    `inferred` a date completed by us, with its `reason`; the two are never the same field.
    """

    as_given: str | None = None
    issued: str | None = None
    partial: str | None = None
    inferred: str | None = None
    reason: str | None = None

    @property
    def text(self) -> str:
        """What a reader sees."""
        return self.as_given or self.issued or self.partial or ""

    @property
    def inferred_year(self) -> str:
        """The year completed by us, or nothing."""
        return self.inferred[:4] if self.inferred and not self.issued else ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as lists show it. `authors` are those a source prints, in order; `hidden` stand behind “et al.”."""

    id: str
    iri: str
    title: str
    published: Published
    year: int | None
    year_inferred: bool
    category: Ref | None
    category_as_given: str | None
    authors: tuple[Ref, ...]
    hidden: tuple[Ref, ...]
    authors_truncated: bool
    institutions: tuple[Ref, ...]
    has_code: bool | None
    code: tuple[str, ...]
    abstract: str | None


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure that a source reports: whose word it is, and of when."""

    measure: str
    value: float
    as_given: str
    source: str
    source_title: str
    date: str


@dataclass(frozen=True, slots=True)
class Coauthor:
    """Someone who stands on the same papers; years are printed ones, None when no joint paper has one."""

    id: str
    iri: str
    name: str
    joint_papers: int
    fractional_weight: float
    first_year: int | None
    last_year: int | None
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorCard:
    """What is known of an author."""

    id: str
    iri: str
    name: str
    identified_by: str | None
    primary_category: Ref | None
    reported: tuple[Reported, ...]
    papers: tuple[PaperLine, ...]
    coauthors: tuple[Coauthor, ...]
    institutions: tuple[Ref, ...]
    categories: tuple[Ref, ...]
    papers_shown: int
    papers_hidden: int
    papers_truncated: int
    papers_without_pairs: int
    mentions: tuple[Mention, ...]
    identifiers: tuple[Identified, ...]


def published(facts: Mapping[str, list[str]]) -> Published:
    """Return the date of a paper from what belief says of it."""
    return Published(
        as_given=first(facts, v.CK_DATE_AS_GIVEN),
        issued=first(facts, v.DCTERMS_ISSUED),
        partial=first(facts, v.CK_ISSUED_PARTIAL),
        inferred=first(facts, v.CK_ISSUED_INFERRED),
        reason=first(facts, v.CK_INFERENCE_REASON),
    )


def paper_line(known: Edition, number: int) -> PaperLine:
    """Return a paper, by its number in the mirror, as lists show it."""
    directory, paper = directory_of(known), known.mirror.papers[number]
    facts = values(known.engine, NamedNode(paper.iri))
    placed = list(zip(paper.authors, paper.positions, strict=True))
    code = first(facts, v.CK_HAS_CODE)
    return PaperLine(
        id=paper.id,
        iri=paper.iri,
        title=paper.name,
        published=published(facts),
        year=paper.year,
        year_inferred=paper.year_inferred,
        category=None if paper.category is None else directory.ref("category", paper.category),
        category_as_given=first(facts, v.CK_CATEGORY_AS_GIVEN),
        authors=tuple(directory.ref("author", at) for at, position in placed if position is not None),
        hidden=tuple(directory.ref("author", at) for at, position in placed if position is None),
        authors_truncated=paper.truncated,
        institutions=tuple(directory.ref("institution", at) for at in paper.institutions),
        has_code=None if code is None else code == "true",
        code=tuple(facts.get(v.SCHEMA_CODE_REPOSITORY.value, ())),
        abstract=first(facts, v.DCTERMS_ABSTRACT),
    )


def author_card(known: Edition, identifier: str) -> AuthorCard:
    """Return what is known of an author. Raises: NotFound."""
    directory = directory_of(known)
    number = directory.number("author", identifier)
    author = directory.mirror.authors[number]
    numbers = directory.papers_of("author", number)
    facts = values(known.engine, NamedNode(author.iri))
    lines = tuple(paper_line(known, paper) for paper in numbers)
    papers = [directory.mirror.papers[paper] for paper in numbers]
    primary = first(facts, v.CK_PRIMARY_CATEGORY)
    hidden = sum(any(ref.id == author.id for ref in line.hidden) for line in lines)
    basis = first(facts, v.CK_IDENTIFIED_BY)
    return AuthorCard(
        id=author.id,
        iri=author.iri,
        name=author.name,
        identified_by=basis.rpartition("#")[2] if basis else None,
        primary_category=_category_of(known, primary),
        reported=reported(known, author.iri),
        papers=lines,
        coauthors=coauthors(directory, number),
        institutions=directory.counted("institution", (paper.institutions for paper in papers)),
        categories=directory.counted(
            "category", (() if paper.category is None else (paper.category,) for paper in papers)
        ),
        papers_shown=len(lines) - hidden,
        papers_hidden=hidden,
        papers_truncated=sum(line.authors_truncated for line in lines),
        papers_without_pairs=sum(len(p.authors) > directory.mirror.most_authors for p in papers),
        mentions=mentions(known, author.iri),
        identifiers=identifiers_of(facts, "author"),
    )


def _category_of(known: Edition, iri: str | None) -> Ref | None:
    """Return the category of an IRI; also one that stands on no paper."""
    if iri is None:
        return None
    for at, category in enumerate(known.mirror.categories):
        if category.iri == iri:
            return directory_of(known).ref("category", at)
    return labelled(known, iri)


def labelled(known: Edition, iri: str) -> Ref:
    """Return a category that need not stand on any paper, with its label where the store has one."""
    identifier = iri.rpartition("/")[2]
    label = first(values(known.engine, NamedNode(iri)), v.SKOS_PREF_LABEL)
    return Ref("category", identifier, iri, label or identifier, 0)


def coauthors(directory: Directory, number: int) -> tuple[Coauthor, ...]:
    """Return the co-authors of an author: most joint papers first, then by name, then by IRI.

    Joint papers count also those on which one of the two stands behind “et al.”; a cut list can hide a joint
    paper, so a count can only grow. A paper of more than `Mirror.most_authors` makes no
    co-authors. `fractional_weight` is the sum of 1/(k-1) over joint papers, k known authors.
    """
    mirror: Mirror = directory.mirror
    joint: dict[int, list[int]] = {}
    for paper in directory.papers_of("author", number):
        if len(mirror.papers[paper].authors) > mirror.most_authors:
            continue
        for other in mirror.papers[paper].authors:
            if other != number:
                joint.setdefault(other, []).append(paper)
    found = []
    for other, papers in joint.items():
        years = [year for paper in papers if (year := printed_year(mirror.papers[paper])) is not None]
        entity = mirror.authors[other]
        weight = sum(1 / (len(mirror.papers[paper].authors) - 1) for paper in papers)
        ids = tuple(mirror.papers[paper].id for paper in papers)
        found.append(
            Coauthor(
                id=entity.id,
                iri=entity.iri,
                name=entity.name,
                joint_papers=len(papers),
                fractional_weight=round(weight, 10),
                first_year=min(years, default=None),
                last_year=max(years, default=None),
                papers=ids,
            )
        )
    return tuple(sorted(found, key=lambda c: (-c.joint_papers, c.name, c.iri)))


def reported(known: Edition, author: str) -> tuple[Reported, ...]:
    """Return the figures that sources report of an author, by source, then in the order of the vocabulary."""
    names = {node.value: name for name, node in REPORTED_MEASURES.items()}
    order = {name: at for at, name in enumerate(REPORTED_MEASURES)}
    found = []
    facts = values(known.engine, NamedNode(author))
    for figure in facts.get(v.BIDO_HOLDS.value, ()):
        held = values(known.engine, NamedNode(figure))
        source = first(held, v.BIDO_ACCORDING_TO) or ""
        for datum in held.get(v.BIDO_WITH_DATA.value, ()):
            value = values(known.engine, NamedNode(datum))
            measure, number = first(value, v.BIDO_HAS_MEASURE) or "", first(value, v.BIDO_NUMERIC_VALUE)
            if number is None:
                continue
            found.append(
                Reported(
                    measure=names.get(measure, measure),
                    value=int(number) if number.lstrip("-").isdigit() else float(number),
                    as_given=first(value, v.CK_VALUE_AS_GIVEN) or number,
                    source=source.rpartition("/")[2],
                    source_title=source_title(known, source),
                    date=(first(held, v.PROV_GENERATED_AT) or "")[:10],
                )
            )
    return tuple(sorted(found, key=lambda r: (r.source, order.get(r.measure, 99), r.measure)))
