"""Records → statements: what one source claims, and which of its pieces say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from . import vocabulary as v
from .concepts import concept, concept_statements
from .dates import infer_year, issued, without_year
from .errors import shorten
from .identity.full_names import are_alike
from .literals import boolean, date_time, integer, number
from .names import author_id, institution_id, name_id, paper_id
from .origin import Source, place_statements, problem_statements, reading_statements, source_statements
from .paper_facts import facts_of, same_as
from .paper_names import PaperNames
from .record_words import PAPER_KINDS, REPORTED_MEASURES
from .records import (
    Authorship,
    Category,
    Identifier,
    Institution,
    Lines,
    Paper,
    PartialDate,
    Problem,
    Profile,
    Record,
    Reported,
    Statement,
    Tie,
)

_MOST_SAID: Final = 200_000  # things whose description is not repeated within a source; then it begins anew


def claims(records: Iterable[Record], source: Source) -> Iterator[Triple]:
    """Yield what the source says, each statement possibly more than once; nothing about lines or files."""
    teller = Teller(source)
    for record in records:
        yield from teller.claims(record)
    yield from teller.last_claims()


def provenance(records: Iterable[Record], source: Source) -> Iterator[Triple]:
    """Yield which lines each record came from, what was not understood, and how the source was read."""
    teller = Teller(source)
    for record in records:
        yield from teller.places(record)
    yield from reading_statements(source)


class Teller:
    """Tells what the records of one source say, one at a time: memory does not grow with the file.

    Only papers whose date lacks the year wait for the end: it follows from the others.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._base, self._iri = source.base, source.iri
        self._said: set[str] = set()
        self._records = self._problems = self._profiles = self._ties = 0
        self._owner: tuple[NamedNode, str] | None = None
        self._latest_year: int | None = None
        self._without_year: list[tuple[NamedNode, PartialDate]] = []
        self.paper_names = PaperNames(self._base)
        self._last: tuple[Record, NamedNode] | None = None
        self._twin: Problem | None = None  # the remark on the paper that was named last
        self._names: dict[str, str] = {}  # author with an identifier -> the name that was told first
        self._strangers: list[tuple[str, str]] = []

    def subject(self, record: Paper | Profile | Institution) -> NamedNode:
        """Return the thing that a record describes; asked several times a record."""
        if self._last is None or self._last[0] is not record:
            if isinstance(record, Paper):
                iri, self._twin = self.paper_names.name(record)
                self._last = record, NamedNode(iri)
            else:
                self._last = record, subject(record, self._base)
        return self._last[1]

    def twin(self, paper: Paper) -> Problem | None:
        """Return a remark on a paper that shares its name with an earlier paper of the source."""
        self.subject(paper)
        return self._twin

    def strangers(self, lines: Lines | None) -> Iterator[Problem]:
        """Yield a remark on each author of the record told last who bears the identifier of another name."""
        for known, name in self._strangers:
            expected = f"another identifier than that of {shorten(known)}; held as one author with it"
            yield Problem(lines or Lines(1, 1), shorten(name), expected, False)
        self._strangers.clear()

    def claims(self, record: Record) -> Iterator[Triple]:
        """Yield what a record says."""
        if isinstance(record, Paper):
            return self._paper(record)
        if isinstance(record, Profile):
            return self._profile(record)
        if isinstance(record, Institution):
            return self._institution(record, self.subject(record))
        return self._tie(record) if isinstance(record, Tie) else iter(())

    def last_claims(self) -> Iterator[Triple]:
        """Yield what can be said once all records were told."""
        yield from source_statements(self.source, self._owner if self._profiles == 1 else None)
        for iri, partial in self._without_year:
            yield from _completed(iri, partial, self._latest_year, self.source)

    def places(self, record: Record) -> Iterator[Triple]:
        """Yield where in the source a record stands."""
        if isinstance(record, Problem):
            self._problems += 1
            return problem_statements(self._iri, self._problems, record)
        if isinstance(record, Tie | Statement) or record.lines is None:
            return iter(())
        self._records += 1
        return place_statements(self._iri, self._records, record.lines, self.subject(record))

    def _node(self, kind: str, identifier: str) -> NamedNode:
        return NamedNode(f"{self._base}{kind}/{identifier}")

    def _is_news(self, iri: NamedNode) -> bool:
        """Whether a thing that many records name has not been described yet."""
        if iri.value in self._said:
            return False
        if len(self._said) >= _MOST_SAID:
            self._said.clear()
            self._names.clear()
        self._said.add(iri.value)
        return True

    def _profile(self, profile: Profile) -> Iterator[Triple]:
        person = self.subject(profile)
        self._profiles += 1
        if self._owner is None:
            self._owner = person, profile.name
        yield from self._person(person, profile.name, profile.identifiers)
        if profile.is_node:
            yield Triple(person, v.RDF_TYPE, v.CK_NODE)
        for name in profile.names:
            yield Triple(person, v.SKOS_ALT_LABEL, Literal(name))
        for name in profile.full_names:
            yield Triple(person, v.FOAF_NAME, Literal(name))
        for place in profile.institutions:
            iri = self._node("institution", institution_id(place))
            yield Triple(person, v.ORG_MEMBER_OF, iri)
            yield from self._institution(place, iri)
        if profile.primary_category:
            yield Triple(person, v.CK_PRIMARY_CATEGORY, concept(profile.primary_category, self._base))
            yield from self._category(profile.primary_category)
        yield from _reported(person, profile.reported, self.source)

    def _person(self, person: NamedNode, name: str, identifiers: tuple[Identifier, ...]) -> Iterator[Triple]:
        if identifiers:
            known = self._names.setdefault(person.value, name)
            if known != name and not are_alike(known, name):
                self._strangers.append((known, name))
        if not self._is_news(person):
            return
        yield Triple(person, v.RDF_TYPE, v.FOAF_PERSON)
        yield Triple(person, v.FOAF_NAME, Literal(name))
        yield Triple(person, v.CK_IDENTIFIED_BY, v.CK_IDENTIFIER if identifiers else v.CK_NORMALISED_NAME)
        yield from same_as(person, identifiers)

    def _paper(self, paper: Paper) -> Iterator[Triple]:
        iri = self.subject(paper)
        if paper.kind:
            yield Triple(iri, v.RDF_TYPE, PAPER_KINDS[paper.kind])
        for cls in (v.SCHEMA_ARTICLE, v.SOA_WORK):
            yield Triple(iri, v.RDF_TYPE, cls)
        if paper.title:
            yield Triple(iri, v.DCTERMS_TITLE, Literal(paper.title))
        yield Triple(iri, v.CK_TRUNCATED, boolean(paper.is_truncated))
        if not paper.is_truncated:
            yield Triple(iri, v.DBLP_NUMBER_OF_CREATORS, integer(len(paper.authorships)))
        yield from same_as(iri, paper.identifiers)
        yield from facts_of(iri, paper)
        if paper.issued:
            yield from self._dates(iri, paper.issued)
        if paper.category:
            yield Triple(iri, v.FABIO_PRIMARY_SUBJECT, concept(paper.category, self._base))
            yield from self._subject_of(iri, paper.category)
        for category in paper.categories:
            yield from self._subject_of(iri, category)
        for name in paper.institutions:
            place = self._node("institution", name_id(name))
            yield Triple(iri, v.SCHEMA_SOURCE_ORGANIZATION, place)
            yield from self._institution(Institution(name), place)
        for authorship in paper.authorships:
            yield from self._authorship(iri, authorship)
        yield from _reported(iri, paper.reported, self.source)

    def _dates(self, iri: NamedNode, partial: PartialDate) -> Iterator[Triple]:
        yield Triple(iri, v.CK_DATE_AS_GIVEN, Literal(partial.as_given))
        if (full := issued(partial)) is not None:
            yield Triple(iri, v.DCTERMS_ISSUED, full)
        if partial.year is not None:
            self._latest_year = max(partial.year, self._latest_year or partial.year)
        if (rest := without_year(partial)) is not None:
            yield Triple(iri, v.CK_ISSUED_PARTIAL, rest)
            self._without_year.append((iri, partial))

    def _authorship(self, paper: NamedNode, authorship: Authorship) -> Iterator[Triple]:
        identifier = author_id(authorship)
        person = self._node("author", identifier)
        place = "owner" if authorship.position is None else str(authorship.position)
        node = NamedNode(f"{paper.value}/a/{place}-{identifier}")
        if authorship.is_collective:
            yield Triple(person, v.RDF_TYPE, v.FOAF_GROUP)
            yield Triple(person, v.FOAF_NAME, Literal(authorship.name))
            yield Triple(paper, v.DCTERMS_CONTRIBUTOR, person)
        else:
            yield from self._person(person, authorship.name, authorship.identifiers)
            yield Triple(paper, v.DCTERMS_CREATOR, person)
        yield Triple(paper, v.SOA_HAS_AUTHORSHIP, node)
        yield Triple(node, v.RDF_TYPE, v.SOA_AUTHORSHIP)
        yield Triple(node, v.SOA_HAS_AUTHOR, person)
        if authorship.position is None:
            yield Triple(node, v.CK_BASIS, v.CK_PROFILE_OWNER)
        else:
            yield Triple(node, v.SOA_POSITION, integer(authorship.position))
            yield Triple(node, v.CK_NAME_AS_GIVEN, Literal(authorship.as_given or authorship.name))
        for institution in authorship.institutions:
            iri = self._node("institution", institution_id(institution))
            yield Triple(node, v.SOA_HAS_ORGANIZATION, iri)
            yield Triple(paper, v.SCHEMA_SOURCE_ORGANIZATION, iri)
            yield from self._institution(institution, iri)
        for text in authorship.affiliations:
            yield Triple(node, v.CK_AFFILIATION_AS_GIVEN, Literal(text))

    def _institution(self, institution: Institution, iri: NamedNode) -> Iterator[Triple]:
        if not self._is_news(iri):
            return
        yield Triple(iri, v.RDF_TYPE, v.ORG_ORGANIZATION)
        yield Triple(iri, v.SKOS_PREF_LABEL, Literal(institution.name))
        for name in institution.names:
            yield Triple(iri, v.SKOS_ALT_LABEL, Literal(name))
        if institution.country:
            yield Triple(iri, v.SCHEMA_COUNTRY, Literal(institution.country))
        yield from same_as(iri, institution.identifiers)

    def _subject_of(self, paper: NamedNode, category: Category) -> Iterator[Triple]:
        yield Triple(paper, v.DCTERMS_SUBJECT, concept(category, self._base))
        yield Triple(paper, v.CK_CATEGORY_AS_GIVEN, Literal(category.as_given))
        yield from self._category(category)

    def _category(self, category: Category) -> Iterator[Triple]:
        if self._is_news(concept(category, self._base)):
            yield from concept_statements(category, self._base)

    def _tie(self, tie: Tie) -> Iterator[Triple]:
        self._ties += 1
        node = NamedNode(f"{self._iri.value}/tie/{self._ties}")
        yield Triple(node, v.RDF_TYPE, v.CK_TIE)
        yield Triple(node, v.CK_WEIGHT_AS_GIVEN, number(tie.weight))
        for end in (tie.one, tie.other):
            person = self._node("author", author_id(end))
            yield Triple(node, v.CK_MEMBER, person)
            yield from self._person(person, end.name, end.identifiers)


def subject(record: Paper | Profile | Institution, base: str) -> NamedNode:
    """Return the thing that a record describes."""
    if isinstance(record, Paper):
        return v.entity(base, "paper", paper_id(record))
    if isinstance(record, Institution):
        return v.entity(base, "institution", institution_id(record))
    return v.entity(base, "author", author_id(record))


def _completed(iri: NamedNode, partial: PartialDate, latest: int | None, source: Source) -> Iterator[Triple]:
    if inferred := infer_year(partial, latest, source.taken):
        year, why = inferred
        day = issued(PartialDate(partial.as_given, year, partial.month, partial.day))
        if day is not None:
            yield Triple(iri, v.CK_ISSUED_INFERRED, day)
            yield Triple(iri, v.CK_INFERENCE_REASON, Literal(why))


def _reported(thing: NamedNode, values: Iterable[Reported], source: Source) -> Iterator[Triple]:
    for value in values:
        node = NamedNode(f"{thing.value}/metric/{source.id}/{value.measure.replace('_', '-')}")
        data = NamedNode(node.value + "/value")
        yield Triple(thing, v.BIDO_HOLDS, node)
        yield Triple(node, v.RDF_TYPE, v.BIDO_DATA_IN_TIME)
        yield Triple(node, v.BIDO_ACCORDING_TO, source.iri)
        yield Triple(node, v.PROV_GENERATED_AT, date_time(source.generated_at))
        yield Triple(node, v.BIDO_WITH_DATA, data)
        yield Triple(data, v.RDF_TYPE, v.BIDO_NUMERIC_DATA)
        yield Triple(data, v.BIDO_HAS_MEASURE, REPORTED_MEASURES[value.measure])
        yield Triple(data, v.BIDO_NUMERIC_VALUE, number(value.value))
        yield Triple(data, v.CK_VALUE_AS_GIVEN, Literal(value.as_given))
