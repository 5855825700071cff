"""Cards of papers, institutions, categories and sources; `author_cards.py` holds those of authors."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from collegium.graph import vocabulary as v
from collegium.graph.errors import NotFound
from collegium.graph.former_versions import former_versions
from collegium.graph.quads import BELIEF, Statement, statements
from collegium.graph.reading_counts import COUNTS

from .author_cards import PaperLine, Reported, labelled, paper_line
from .directory import Directory, Ref, directory_of, printed_year
from .editions import Edition
from .facts import by_predicate, first, values
from .imprint import Imprint, imprint_of
from .mentions import Mention, mentions, source_title
from .naming import used_for


@dataclass(frozen=True, slots=True)
class Byline:
    """One author of a paper as the source prints them; `position` is None behind “et al.”."""

    author: Ref
    position: int | None
    name_as_given: str | None
    is_profile_owner: bool


@dataclass(frozen=True, slots=True)
class PaperCard:
    """What is known of a paper."""

    id: str
    iri: str
    paper: PaperLine
    byline: tuple[Byline, ...]
    mentions: tuple[Mention, ...]
    categories: tuple[Ref, ...]
    imprint: Imprint


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What is known of an institution or a category: its papers, and who and what stands on them."""

    kind: str
    id: str
    iri: str
    name: str
    notation: str | None
    scheme: str | None
    broader: tuple[Ref, ...]
    narrower: tuple[Ref, ...]
    possibly_means: tuple[Ref, ...]
    papers: tuple[PaperLine, ...]
    papers_total: int
    papers_offset: int
    authors: tuple[Ref, ...]
    institutions: tuple[Ref, ...]
    categories: tuple[Ref, ...]
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """A piece of a source: its lines (or records) and what it describes, or what was not understood there."""

    first_line: int
    last_line: int
    describes: tuple[Ref, ...] = ()
    found: str | None = None
    expected: str | None = None
    unit: str = "line"


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What is known of one loaded file or page; `former` counts the versions of it that it replaced.

    `problems` are those that the store names, `problem_count` counts all. `kept_as_given` counts statements of RDF that
    we make nothing of.
    """

    id: str
    iri: str
    title: str
    file_name: str | None
    reader: str | None
    sha256: str | None
    size_bytes: int | None
    date: str | None
    date_is_given: bool
    loaded_at: str | None
    topic: Ref | None
    claims: int
    records: tuple[Record, ...]
    problems: tuple[Record, ...]
    reported: tuple[Reported, ...] = ()
    former: int = 0
    kept_as_given: int = 0
    problem_count: int = 0


def paper_card(known: Edition, identifier: str) -> PaperCard:
    """Return what is known of a paper. Raises: NotFound."""
    directory = directory_of(known)
    number = directory.number("paper", identifier)
    paper = directory.mirror.papers[number]
    line = paper_line(known, number)
    names: dict[str, tuple[str | None, bool]] = {}
    said = values(known.engine, NamedNode(paper.iri))
    for authorship in said.get(v.SOA_HAS_AUTHORSHIP.value, ()):
        facts = values(known.engine, NamedNode(authorship))
        for author in facts.get(v.SOA_HAS_AUTHOR.value, ()):
            is_owner = v.CK_PROFILE_OWNER.value in facts.get(v.CK_BASIS.value, ())
            given = first(facts, v.CK_NAME_AS_GIVEN)
            before = names.get(author, (None, False))
            names[author] = (given or before[0], is_owner or before[1])
    byline = []
    for at, position in zip(paper.authors, paper.positions, strict=True):
        ref = directory.ref("author", at)
        given, is_owner = names.get(ref.iri, (None, False))
        byline.append(Byline(ref, position, given, is_owner and position is None))
    categories = tuple(directory.ref("category", at) for at in paper.categories)
    mentioned = mentions(known, paper.iri)
    return PaperCard(paper.id, paper.iri, line, tuple(byline), mentioned, categories, imprint_of(said))


def place_card(known: Edition, kind: str, identifier: str, limit: int, offset: int) -> PlaceCard:
    """Return what is known of an institution or category, with a page of its papers. Raises: NotFound."""
    directory = directory_of(known)
    number = directory.number(kind, identifier)
    thing = directory.things(kind)[number]
    facts = values(known.engine, NamedNode(thing.iri))
    numbers = directory.papers_of(kind, number)
    papers = [directory.mirror.papers[paper] for paper in numbers]
    years = [year for paper in papers if (year := printed_year(paper)) is not None]
    return PlaceCard(
        kind=kind,
        id=thing.id,
        iri=thing.iri,
        name=thing.name,
        notation=first(facts, v.SKOS_NOTATION),
        scheme=first(facts, v.SKOS_IN_SCHEME),
        broader=_categories(directory, facts.get(v.SKOS_BROADER.value, [])),
        narrower=_below(known, thing.iri),
        possibly_means=tuple(labelled(known, iri) for iri in facts.get(v.CK_POSSIBLY_MEANS.value, ())),
        papers=tuple(paper_line(known, paper) for paper in numbers[offset : offset + limit]),
        papers_total=len(numbers),
        papers_offset=offset,
        authors=directory.counted("author", (paper.authors for paper in papers)),
        institutions=directory.counted("institution", (paper.institutions for paper in papers)),
        categories=directory.counted("category", (paper.categories for paper in papers)),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
    )


def _categories(directory: Directory, iris: list[str]) -> tuple[Ref, ...]:
    numbers = {category.iri: at for at, category in enumerate(directory.mirror.categories)}
    return tuple(directory.ref("category", numbers[iri]) for iri in iris if iri in numbers)


def _below(known: Edition, iri: str) -> tuple[Ref, ...]:
    found = statements(known.engine, None, v.SKOS_BROADER, NamedNode(iri))
    return _categories(directory_of(known), sorted(below.value for below, _, _ in found))


def source_card(known: Edition, identifier: str) -> SourceCard:
    """Return what is known of a source. Raises: NotFound."""
    node = known.node("source", identifier)
    facts: dict[str, list[str]] = {}
    for graph in (node, v.provenance_graph(node), BELIEF):
        for _, predicate, value in statements(known.engine, node, graph=graph):
            if isinstance(value, Literal | NamedNode):
                facts.setdefault(predicate.value, []).append(value.value)
    if v.CK_SOURCE.value not in facts.get(v.RDF_TYPE.value, ()):
        raise NotFound("source", identifier, "/sources lists all")
    records, problems = _records(known, node)
    size = first(facts, v.CK_SIZE_BYTES)
    topic = first(facts, v.FOAF_PRIMARY_TOPIC)
    return SourceCard(
        id=identifier,
        iri=node.value,
        title=source_title(known, node.value),
        file_name=first(facts, v.CK_FILE_NAME),
        reader=first(facts, v.CK_READER),
        sha256=first(facts, v.CK_SHA256),
        size_bytes=int(size) if size else None,
        date=first(facts, v.PROV_GENERATED_AT),
        date_is_given=first(facts, v.CK_DATE_BASIS) != v.CK_DATE_OF_LOAD.value,
        loaded_at=first(facts, v.CK_LOADED_AT),
        topic=reference(known, topic) if topic else None,
        claims=sum(1 for _ in statements(known.engine, graph=node)),
        former=len(former_versions(known.engine, node)),
        problem_count=max(
            len(problems), sum(int(first(facts, COUNTS[name]) or 0) for name in ("refused", "remarks"))
        ),
        kept_as_given=int(first(facts, COUNTS["kept"]) or 0),
        records=records,
        problems=problems,
    )


def _records(known: Edition, source: NamedNode) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """Return what a source's provenance says: (records, problems), each by line."""
    nodes: dict[str, list[Statement]] = {}
    for statement in statements(known.engine, graph=v.provenance_graph(source)):
        nodes.setdefault(statement.subject.value, []).append(statement)
    records, problems = [], []
    for said in nodes.values():
        facts = by_predicate(said)
        kinds = facts.get(v.RDF_TYPE.value, ())
        begin = first(facts, v.CK_FIRST_LINE) or first(facts, v.CK_FIRST_RECORD)
        end = first(facts, v.CK_LAST_LINE) or first(facts, v.CK_LAST_RECORD)
        lines = int(begin or 0), int(end or 0)
        unit = "record" if v.CK_FIRST_RECORD.value in facts else "line"
        if v.CK_RECORD.value in kinds:
            refs = (_described(known, iri) for iri in facts.get(v.CK_DESCRIBES.value, ()))
            records.append(Record(*lines, describes=tuple(ref for ref in refs if ref), unit=unit))
        elif v.CK_PROBLEM.value in kinds:
            problems.append(
                Record(
                    *lines, found=first(facts, v.CK_FOUND), expected=first(facts, v.CK_EXPECTED), unit=unit
                )
            )
    return tuple(sorted(records, key=_lines)), tuple(sorted(problems, key=_lines))


def _described(known: Edition, iri: str) -> Ref | None:
    """What a record describes: also a thing for which belief uses another IRI."""
    if (found := reference(known, iri)) is not None:
        return found
    used = used_for(known.engine, known.base, "", iri)
    return reference(known, used) if used else None


def _lines(record: Record) -> tuple[int, int, str]:
    return record.first_line, record.last_line, record.found or ""


def reference(known: Edition, iri: str) -> Ref | None:
    """Return the reference to a thing of ours by its IRI; None for anything else."""
    kind, _, identifier = iri.removeprefix(known.base).partition("/")
    if not iri.startswith(known.base) or kind not in v.KINDS or not identifier:
        return None
    if kind == "source":
        return Ref(kind, identifier, iri, source_title(known, iri), 0)
    try:
        return directory_of(known).ref(kind, directory_of(known).number(kind, identifier))
    except NotFound:
        return None
