"""Records to statements, and back again by a small reader that knows only the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from collegium.graph import vocabulary as v
from collegium.graph.dates import Taken
from collegium.graph.names import name_id
from collegium.graph.origin import Source
from collegium.graph.own_terms import OWN_TERMS
from collegium.graph.record_words import REPORTED_MEASURES
from collegium.graph.records import Authorship, Category, Lines, Paper, PartialDate, Profile, Record, Reported
from collegium.graph.triples import claims, provenance, subject
from pages import ENTRY, page, records
from strategies import pages_of_records

BASE = v.DEFAULT_BASE
TAKEN = Taken(date(2026, 11, 23), True)
LOADED = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def source(taken: Taken = TAKEN, loaded: datetime = LOADED) -> Source:
    return Source(BASE, "ada.txt", "ab" * 32, 123, "profile_page", taken, loaded)


class Statements:
    """What stands in RDF, asked by prefixed name; goes through N-Quads, so that nothing is only in memory."""

    def __init__(self, found: Iterable[Record], of: Source) -> None:
        first = ox.Store()
        found = list(found)
        graph, beside = of.iri, v.provenance_graph(of.iri)
        first.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in claims(found, of))
        first.extend(ox.Quad(t.subject, t.predicate, t.object, beside) for t in provenance(found, of))
        self.store = ox.Store()
        self.store.load(first.dump(format=ox.RdfFormat.N_QUADS) or b"", format=ox.RdfFormat.N_QUADS)

    def all(self, thing: str, curie: str) -> list[str]:
        found = self.store.quads_for_pattern(ox.NamedNode(thing), v.term(curie), None, None)
        return sorted(quad.object.value for quad in found)  # type: ignore[union-attr]

    def one(self, thing: str, curie: str) -> str | None:
        (value,) = self.all(thing, curie) or [None]
        return value

    def having(self, curie: str, value: ox.NamedNode | ox.Literal) -> list[str]:
        found = self.store.quads_for_pattern(None, v.term(curie), value, None)
        return sorted({quad.subject.value for quad in found})  # type: ignore[union-attr]


def category(found: Statements, iri: str, as_given: str) -> Category:
    notation = found.one(iri, "skos:notation")
    scheme = found.one(iri, "skos:inScheme")
    assert notation and scheme
    possible = (found.one(meant, "skos:notation") or "" for meant in found.all(iri, "ck:possiblyMeans"))
    return Category(as_given, notation, scheme.rpartition("/")[2], tuple(sorted(possible)))


def reported(found: Statements, iri: str) -> tuple[Reported, ...]:
    words = {node.value: word for word, node in REPORTED_MEASURES.items()}
    values = []
    for node in found.all(iri, "bido:holdsBibliometricDataInTime"):
        data = found.one(node, "bido:withBibliometricData") or ""
        number = found.one(data, "bido:hasNumericValue")
        as_given = found.one(data, "ck:valueAsGiven")
        assert number and as_given
        assert found.one(node, "bido:accordingTo")
        values.append(Reported(words[found.one(data, "bido:hasMeasure") or ""], Decimal(number), as_given))
    return tuple(values)


def issued(found: Statements, iri: str) -> PartialDate | None:
    as_given = found.one(iri, "ck:dateAsGiven")
    if as_given is None:
        return None
    whole, partial = found.one(iri, "dcterms:issued"), found.one(iri, "ck:issuedPartial")
    if whole:
        return PartialDate(as_given, *(int(part) for part in whole.split("-")))
    if partial:
        return PartialDate(as_given, None, *(int(part) for part in partial.removeprefix("--").split("-")))
    return PartialDate(as_given, None)


def authorships(found: Statements, iri: str) -> tuple[Authorship, ...]:
    shown, behind = [], []
    for node in found.all(iri, "soa:hasAuthorship"):
        position = found.one(node, "soa:position")
        person = found.one(node, "soa:hasAuthor") or ""
        assert person in found.all(iri, "dcterms:creator")
        if position is None:
            assert found.one(node, "ck:basis") == v.CK_PROFILE_OWNER.value
            behind.append(Authorship(found.one(person, "foaf:name") or "", None))
        else:
            shown.append(Authorship(found.one(node, "ck:nameAsGiven") or "", int(position)))
    return (*sorted(shown, key=lambda a: a.position or 0), *behind)


def lines(found: Statements, iri: str) -> Lines:
    (record,) = found.having("ck:describes", ox.NamedNode(iri))
    first, last = found.one(record, "ck:firstLine"), found.one(record, "ck:lastLine")
    return Lines(int(first or 0), int(last or 0))


def paper(found: Statements, iri: str) -> Paper:
    subject_term = found.one(iri, "fabio:hasPrimarySubjectTerm")
    given_code = found.one(iri, "ck:categoryAsGiven") or ""
    has_code = found.one(iri, "ck:hasCode")
    places = found.all(iri, "schema:sourceOrganization")
    return Paper(
        title=found.one(iri, "dcterms:title") or "",
        authorships=authorships(found, iri),
        is_truncated=found.one(iri, "ck:authorListTruncated") == "true",
        lines=lines(found, iri),
        issued=issued(found, iri),
        category=category(found, subject_term, given_code) if subject_term else None,
        institutions=tuple(sorted(name_id(found.one(place, "skos:prefLabel") or "") for place in places)),
        abstract=found.one(iri, "dcterms:abstract"),
        has_code=None if has_code is None else has_code == "true",
        code_links=tuple(found.all(iri, "schema:codeRepository")),
        reported=reported(found, iri),
    )


def profile(found: Statements, iri: str) -> Profile:
    field = found.one(iri, "ck:primaryCategory")
    name = found.one(iri, "foaf:name")
    assert name is not None
    return Profile(
        name, lines(found, iri), category(found, field, "") if field else None, reported(found, iri)
    )


def in_rdf(record: Paper | Profile) -> Paper | Profile:
    """The record without what RDF does not keep: the order of sets, the code that a profile prints, and
    which of two spellings of one institution ("MIT", "Mit") a paper used."""
    figures = tuple(sorted(record.reported, key=lambda r: r.measure.replace("_", "-")))
    if isinstance(record, Profile):
        field = record.primary_category and replace(record.primary_category, as_given="")
        return replace(record, primary_category=field, reported=figures)
    places = sorted({name_id(place) for place in record.institutions})
    links = sorted(record.code_links)
    return replace(record, institutions=tuple(places), code_links=tuple(links), reported=figures)


@settings(max_examples=80, deadline=None)
@given(pages_of_records())
def test_records_written_as_rdf_are_read_back_equal(drawn: tuple[Profile, list[Paper]]) -> None:
    """If it failed: the store would hold less, or something else, than the source says."""
    owner, papers = drawn
    found = Statements([owner, *papers], source())
    assert profile(found, subject(owner, BASE).value) == in_rdf(owner)
    works = found.having("rdf:type", v.SOA_WORK)
    assert len(works) == len({subject(p, BASE).value for p in papers})
    for one in papers:
        assert paper(found, subject(one, BASE).value) == in_rdf(one)


@settings(max_examples=30, deadline=None)
@given(pages_of_records())
def test_the_same_records_make_the_same_statements(drawn: tuple[Profile, list[Paper]]) -> None:
    """If it failed: loading twice would change something."""
    once = set(claims([drawn[0], *drawn[1]], source()))
    again = set(claims(iter([drawn[0], *drawn[1]]), source(loaded=datetime(2030, 1, 1, tzinfo=UTC))))
    assert once == again, "with a date given, the clock does not count"


def test_no_node_is_blank_and_every_own_term_is_explained(seed_page: object) -> None:
    """If it failed: statements could not be named, or /ns would not say what they mean."""
    for triple in [*claims(records(page(ENTRY)), source()), *provenance(records(page(ENTRY)), source())]:
        for term in (triple.subject, triple.predicate, triple.object):
            assert not isinstance(term, ox.BlankNode)
            if isinstance(term, ox.NamedNode) and term.value.startswith(v.PREFIXES["ck"]):
                assert term.value.removeprefix(v.PREFIXES["ck"]) in OWN_TERMS


ADA = Authorship("Ada Lovelace", 1)
MAY = Paper("T", (ADA,), True, Lines(12, 17), PartialDate("May 18", None, 5, 18))
OLD = Paper("Old", (ADA,), False, Lines(19, 24), PartialDate("2025", 2025))


def test_a_missing_year_is_inferred_beside_what_the_source_says() -> None:
    """If it failed: the inferred date would stand where only the source may speak."""
    found = Statements([MAY, OLD], source())
    iri = subject(MAY, BASE).value
    assert found.one(iri, "dcterms:issued") is None
    assert found.one(iri, "ck:issuedPartial") == "--05-18"
    assert found.one(iri, "ck:issuedInferred") == "2026-05-18"
    assert "2026-11-23" in (found.one(iri, "ck:inferenceReason") or "")


def test_without_a_ground_no_year_is_inferred() -> None:
    """If it failed: the day of loading would make a date."""
    found = Statements([MAY], source(Taken(date(2026, 11, 23), False)))
    iri = subject(MAY, BASE).value
    assert found.one(iri, "ck:issuedPartial") == "--05-18"
    assert found.one(iri, "ck:issuedInferred") is found.one(iri, "ck:inferenceReason") is None


def test_the_id_of_a_paper_does_not_hang_on_an_inferred_year() -> None:
    """If it failed: the same page would make other papers next year."""
    assert subject(MAY, BASE) == subject(replace(MAY, issued=PartialDate("May 18", None, 5, 18)), BASE)
    nodes = [set(Statements([MAY, OLD], source(Taken(day, True))).having("rdf:type", v.SOA_WORK))
             for day in (date(2026, 6, 1), date(2027, 6, 1))]  # fmt: skip
    assert nodes[0] == nodes[1]


def test_only_whole_lists_are_counted() -> None:
    """If it failed: a cut list would say how many authors a paper has."""
    found = Statements([MAY, OLD], source())
    assert found.one(subject(MAY, BASE).value, "dblp:numberOfCreators") is None
    assert found.one(subject(OLD, BASE).value, "dblp:numberOfCreators") == "1"


def test_a_hidden_owner_has_no_position_and_a_reason() -> None:
    """If it failed: we would make up a place in the byline."""
    hidden = replace(MAY, authorships=(Authorship("Charles Babbage", 1), Authorship("Ada Lovelace", None)))
    found = Statements([hidden], source())
    node = f"{subject(hidden, BASE).value}/a/owner-ada-lovelace"
    assert found.one(node, "soa:position") is None
    assert found.one(node, "ck:nameAsGiven") is None
    assert found.one(node, "ck:basis") == v.CK_PROFILE_OWNER.value


@pytest.mark.parametrize(
    ("number", "text", "kind"),
    [
        ("35", "35", "integer"),
        ("1E+3", "1000", "integer"),
        ("44.5", "44.5", "decimal"),
        ("44.0", "44", "integer"),
    ],
)
def test_figures_are_integers_where_they_are_whole(number: str, text: str, kind: str) -> None:
    """If it failed: 1E+3 would not be a number in SPARQL."""
    owner = Profile("Ada Lovelace", Lines(1, 1), None, (Reported("h_index", Decimal(number), "as printed"),))
    values = [t.object for t in claims([owner], source()) if t.predicate == v.BIDO_NUMERIC_VALUE]
    assert values == [ox.Literal(text, datatype=v.term(f"xsd:{kind}"))]


def test_a_reported_figure_has_its_source_and_the_date_of_the_source() -> None:
    """If it failed: a figure could not be told from a computed one, nor an old one from a new one."""
    owner = Profile("Ada Lovelace", Lines(1, 1), None, (Reported("h_index", Decimal(35), "35"),))
    found = Statements([owner], source())
    node = f"{BASE}author/ada-lovelace/metric/{source().id}/h-index"
    assert found.one(node, "bido:accordingTo") == source().iri.value
    assert found.one(node, "prov:generatedAtTime") == "2026-11-23T00:00:00Z"
    undated = source(Taken(date(2026, 11, 23), False))
    assert Statements([owner], undated).one(node, "prov:generatedAtTime") == "2026-11-24T08:30:00Z"


def test_each_author_of_a_hostile_name_has_an_address_of_their_own() -> None:
    """If it failed: a name could break out of its IRI."""
    for name in ("a/../b", "x?y#z", "<script>", "} UNION {", "%41"):
        iri = subject(Profile(name, Lines(1, 1)), BASE).value
        assert iri == f"{BASE}author/{name_id(name)}"
        assert "/" not in iri.removeprefix(f"{BASE}author/")
