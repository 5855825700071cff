"""Records → statements: what one source claims, and which of its lines say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from pyoxigraph import Literal, NamedNode, Triple

from . import vocabulary as v
from .categories import ARXIV, taxonomy
from .dates import Taken, infer_year, issued, without_year
from .names import category_id, name_id, paper_id, source_id
from .records import Authorship, Category, Lines, Paper, PartialDate, Problem, Profile, Record, Reported


@dataclass(frozen=True, slots=True)
class Source:
    """One loaded file: what names it, and when its content was taken."""

    base: str
    file_name: str
    sha256: str
    size_bytes: int
    reader: str
    taken: Taken
    loaded_at: datetime

    @property
    def id(self) -> str:
        """The ID: file name and head of the digest, so that the same content is the same source."""
        return source_id(self.file_name, self.sha256)

    @property
    def iri(self) -> NamedNode:
        """The source, and the name of its claims graph."""
        return v.entity(self.base, "source", self.id)

    @property
    def generated_at(self) -> datetime:
        """The given date at midnight UTC, else the time of loading."""
        if self.taken.is_given:
            return datetime.combine(self.taken.day, time(), UTC)
        return self.loaded_at


def claims(records: Iterable[Record], source: Source) -> Iterator[Triple]:
    """Yield what the source says, each statement possibly more than once; nothing about lines or files."""
    records = list(records)
    years = [r.issued.year for r in records if isinstance(r, Paper) and r.issued and r.issued.year]
    latest = max(years, default=None)
    owner = next((r for r in records if isinstance(r, Profile)), None)
    yield from _source(source, owner)
    for record in records:
        if isinstance(record, Paper):
            yield from _paper(record, source, latest)
        elif isinstance(record, Profile):
            yield from _profile(record, source)


def provenance(records: Iterable[Record], source: Source) -> Iterator[Triple]:
    """Yield which lines each record came from, what was not understood, and how the source was read."""
    iri = source.iri
    yield Triple(iri, v.CK_LOADED_AT, _date_time(source.loaded_at))
    yield Triple(iri, v.CK_SIZE_BYTES, _integer(source.size_bytes))
    basis = v.CK_DATE_GIVEN if source.taken.is_given else v.CK_DATE_OF_LOAD
    yield Triple(iri, v.CK_DATE_BASIS, basis)
    problems = 0
    for record in records:
        if isinstance(record, Problem):
            problems += 1
            node = NamedNode(f"{iri.value}/problem/{problems}")
            yield Triple(node, v.RDF_TYPE, v.CK_PROBLEM)
            yield Triple(node, v.CK_FOUND, Literal(record.found))
            yield Triple(node, v.CK_EXPECTED, Literal(record.expected))
        elif isinstance(record, Paper | Profile):
            node = NamedNode(f"{iri.value}/record/{record.lines.first}")
            yield Triple(node, v.RDF_TYPE, v.CK_RECORD)
            yield Triple(node, v.CK_DESCRIBES, subject(record, source.base))
        else:
            continue
        yield Triple(node, v.PROV_DERIVED_FROM, iri)
        yield from _lines(node, record.lines)


def subject(record: Paper | Profile, base: str) -> NamedNode:
    """Return the thing that a record describes."""
    if isinstance(record, Paper):
        return v.entity(base, "paper", paper_id(record))
    return v.entity(base, "author", name_id(record.name))


def _lines(node: NamedNode, lines: Lines) -> Iterator[Triple]:
    yield Triple(node, v.CK_FIRST_LINE, _integer(lines.first))
    yield Triple(node, v.CK_LAST_LINE, _integer(lines.last))


def _source(source: Source, owner: Profile | None) -> Iterator[Triple]:
    iri = source.iri
    for kind in (v.PROV_ENTITY, v.PROV_AGENT, v.CK_SOURCE):
        yield Triple(iri, v.RDF_TYPE, kind)
    title = f"Author page of {owner.name} ({source.file_name})" if owner else source.file_name
    yield Triple(iri, v.DCTERMS_TITLE, Literal(title))
    yield Triple(iri, v.CK_FILE_NAME, Literal(source.file_name))
    yield Triple(iri, v.CK_READER, Literal(source.reader))
    yield Triple(iri, v.CK_SHA256, Literal(source.sha256))
    yield Triple(iri, v.PROV_GENERATED_AT, _date_time(source.generated_at))
    if owner:
        yield Triple(iri, v.FOAF_PRIMARY_TOPIC, subject(owner, source.base))


def _profile(profile: Profile, source: Source) -> Iterator[Triple]:
    person = subject(profile, source.base)
    yield from _person(person, profile.name)
    if profile.primary_category:
        yield Triple(
            person,
            v.CK_PRIMARY_CATEGORY,
            v.entity(source.base, "category", category_id(profile.primary_category)),
        )
        yield from _category(profile.primary_category, source.base)
    yield from _reported(person, profile.reported, source)


def _person(person: NamedNode, name: str) -> Iterator[Triple]:
    yield Triple(person, v.RDF_TYPE, v.FOAF_PERSON)
    yield Triple(person, v.FOAF_NAME, Literal(name))
    yield Triple(person, v.CK_IDENTIFIED_BY, v.CK_NORMALISED_NAME)


def _paper(paper: Paper, source: Source, latest_year: int | None) -> Iterator[Triple]:
    iri = subject(paper, source.base)
    for kind in (v.FABIO_PREPRINT, v.SCHEMA_ARTICLE, v.SOA_WORK):
        yield Triple(iri, v.RDF_TYPE, kind)
    yield Triple(iri, v.DCTERMS_TITLE, Literal(paper.title))
    yield Triple(iri, v.CK_TRUNCATED, _boolean(paper.is_truncated))
    if paper.abstract is not None:
        yield Triple(iri, v.DCTERMS_ABSTRACT, Literal(paper.abstract))
    if paper.has_code is not None:
        yield Triple(iri, v.CK_HAS_CODE, _boolean(paper.has_code))
    for link in paper.code_links:
        yield Triple(iri, v.SCHEMA_CODE_REPOSITORY, NamedNode(link))
    if paper.issued:
        yield from _dates(iri, paper.issued, latest_year, source.taken)
    if paper.category:
        yield from _subject_of(iri, paper.category, source.base)
    for name in paper.institutions:
        yield from _institution(iri, name, source.base)
    if not paper.is_truncated:
        yield Triple(iri, v.DBLP_NUMBER_OF_CREATORS, _integer(len(paper.authorships)))
    for authorship in paper.authorships:
        yield from _authorship(iri, authorship, source.base)
    yield from _reported(iri, paper.reported, source)


def _dates(iri: NamedNode, partial: PartialDate, latest_year: int | None, taken: Taken) -> Iterator[Triple]:
    yield Triple(iri, v.CK_DATE_AS_GIVEN, Literal(partial.as_given))
    if (full := issued(partial)) is not None:
        yield Triple(iri, v.DCTERMS_ISSUED, full)
    if (rest := without_year(partial)) is None:
        return
    yield Triple(iri, v.CK_ISSUED_PARTIAL, rest)
    if inferred := infer_year(partial, latest_year, taken):
        year, why = inferred
        day = issued(PartialDate(partial.as_given, year, partial.month, partial.day))
        if day is not None:
            yield Triple(iri, v.CK_ISSUED_INFERRED, day)
            yield Triple(iri, v.CK_INFERENCE_REASON, Literal(why))


def _authorship(paper: NamedNode, authorship: Authorship, base: str) -> Iterator[Triple]:
    identifier = name_id(authorship.name)
    person = v.entity(base, "author", identifier)
    place = "owner" if authorship.position is None else str(authorship.position)
    node = NamedNode(f"{paper.value}/a/{place}-{identifier}")
    yield from _person(person, authorship.name)
    yield Triple(paper, v.DCTERMS_CREATOR, person)
    yield Triple(paper, v.SOA_HAS_AUTHORSHIP, node)
    yield Triple(node, v.RDF_TYPE, v.SOA_AUTHORSHIP)
    yield Triple(node, v.SOA_HAS_AUTHOR, person)
    if authorship.position is None:
        yield Triple(node, v.CK_BASIS, v.CK_PROFILE_OWNER)
    else:
        yield Triple(node, v.SOA_POSITION, _integer(authorship.position))
        yield Triple(node, v.CK_NAME_AS_GIVEN, Literal(authorship.name))


def _institution(paper: NamedNode, name: str, base: str) -> Iterator[Triple]:
    iri = v.entity(base, "institution", name_id(name))
    yield Triple(paper, v.SCHEMA_SOURCE_ORGANIZATION, iri)
    yield Triple(iri, v.RDF_TYPE, v.ORG_ORGANIZATION)
    yield Triple(iri, v.SKOS_PREF_LABEL, Literal(name))


def _subject_of(paper: NamedNode, category: Category, base: str) -> Iterator[Triple]:
    iri = v.entity(base, "category", category_id(category))
    yield Triple(paper, v.FABIO_PRIMARY_SUBJECT, iri)
    yield Triple(paper, v.DCTERMS_SUBJECT, iri)
    yield Triple(paper, v.CK_CATEGORY_AS_GIVEN, Literal(category.as_given))
    yield from _category(category, base)


def _category(category: Category, base: str) -> Iterator[Triple]:
    iri = v.entity(base, "category", category_id(category))
    if category.scheme == ARXIV:
        yield from _arxiv_category(iri, category.notation, base)
        return
    yield from _concept(iri, category.notation, category.scheme, base)
    for notation in category.possible:
        meant = v.entity(base, "category", notation)
        yield Triple(iri, v.CK_POSSIBLY_MEANS, meant)
        yield from _arxiv_category(meant, notation, base)


def _arxiv_category(iri: NamedNode, notation: str, base: str) -> Iterator[Triple]:
    entry = taxonomy()[notation]
    yield from _concept(iri, notation, ARXIV, base)
    yield Triple(iri, v.SKOS_PREF_LABEL, Literal(entry.name, language="en"))
    if entry.archive:
        archive = v.entity(base, "category", entry.archive)
        yield Triple(iri, v.SKOS_BROADER, archive)
        yield from _arxiv_category(archive, entry.archive, base)
    else:
        yield Triple(iri, v.SKOS_TOP_CONCEPT_OF, v.scheme(base, ARXIV))


def _concept(iri: NamedNode, notation: str, scheme: str, base: str) -> Iterator[Triple]:
    yield Triple(iri, v.RDF_TYPE, v.SKOS_CONCEPT)
    yield Triple(iri, v.RDF_TYPE, v.FABIO_SUBJECT_TERM)
    yield Triple(iri, v.SKOS_NOTATION, Literal(notation))
    yield Triple(iri, v.SKOS_IN_SCHEME, v.scheme(base, scheme))
    yield Triple(v.scheme(base, scheme), v.RDF_TYPE, v.SKOS_CONCEPT_SCHEME)


def _reported(thing: NamedNode, values: Iterable[Reported], source: Source) -> Iterator[Triple]:
    for value in values:
        node = NamedNode(f"{thing.value}/metric/{source.id}/{value.measure.replace('_', '-')}")
        data = NamedNode(node.value + "/value")
        yield Triple(thing, v.BIDO_HOLDS, node)
        yield Triple(node, v.RDF_TYPE, v.BIDO_DATA_IN_TIME)
        yield Triple(node, v.BIDO_ACCORDING_TO, source.iri)
        yield Triple(node, v.PROV_GENERATED_AT, _date_time(source.generated_at))
        yield Triple(node, v.BIDO_WITH_DATA, data)
        yield Triple(data, v.RDF_TYPE, v.BIDO_NUMERIC_DATA)
        yield Triple(data, v.BIDO_HAS_MEASURE, v.REPORTED_MEASURES[value.measure])
        yield Triple(data, v.BIDO_NUMERIC_VALUE, _number(value))
        yield Triple(data, v.CK_VALUE_AS_GIVEN, Literal(value.as_given))


def _number(value: Reported) -> Literal:
    is_whole = value.value == value.value.to_integral_value()
    return _integer(int(value.value)) if is_whole else Literal(f"{value.value:f}", datatype=v.XSD_DECIMAL)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=v.XSD_INTEGER)


def _boolean(answer: bool) -> Literal:
    return Literal("true" if answer else "false", datatype=v.XSD_BOOLEAN)


def _date_time(moment: datetime) -> Literal:
    return Literal(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=v.XSD_DATE_TIME)
