"""Values of a thing in belief of ours: names, identifiers, authorships, institutions, categories, dates, figures."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from .. import vocabulary as v
from ..categories import ARXIV, resolve
from ..identifiers import by_address
from ..names import author_id, identifier_of, own_identifier
from ..record_words import REPORTED_MEASURES
from ..records import Authorship, Category, Identifier, Institution, PartialDate, Published, Reported
from .networks import decimal
from .partial_dates import from_iso
from .rdf_own_rest import take_concept
from .rdf_statements import Node, Statements

_MEASURES: Final = {cls: measure for measure, cls in REPORTED_MEASURES.items()}


def texts_of(of: Statements, node: Node, predicate: NamedNode) -> list[str]:
    """Return the literals behind a predicate, sorted."""
    return sorted(value.value for value in of.objects(node, predicate) if isinstance(value, Literal))


def longest_of(of: Statements, node: Node, predicate: NamedNode) -> str:
    """Return the longest literal behind a predicate, of equals the first; "" where there is none."""
    return min(texts_of(of, node, predicate), key=lambda text: (-len(text), text), default="")


def addresses_of(of: Statements, node: Node, predicate: NamedNode) -> list[str]:
    """Return the addresses behind a predicate, sorted."""
    return sorted(value.value for value in of.objects(node, predicate) if isinstance(value, NamedNode))


def identifiers_of(of: Statements, node: NamedNode, kind: str, name: str) -> tuple[Identifier, ...]:
    """Return the identifier that names the thing, then those by whose addresses it is known.

    Where there is none, and the address was not made from the name, it is the ID of the address itself.
    """
    own = identifier_of(node.value.rpartition("/")[2])
    known = [by_address(address, kind) for address in addresses_of(of, node, v.OWL_SAME_AS)]
    found = tuple(dict.fromkeys(found for found in (own, *known) if found is not None))
    ours = None if found else own_identifier(node.value, kind, name)
    return (ours,) if ours else found


def name_of(of: Statements, node: NamedNode) -> str:
    """Return a person's name; of several the one that the address was made from, else the longest."""
    names = texts_of(of, node, v.FOAF_NAME)
    id = node.value.rpartition("/")[2]
    return min(names, key=lambda n: (author_id(Authorship(n, 1)) != id, -len(n), n), default="")


def authorships_of(of: Statements, paper: NamedNode) -> tuple[Authorship, ...]:
    """Return the authorships of a paper by position, those without one last."""
    found: list[tuple[int, str, Authorship]] = []
    for node in of.objects(paper, v.SOA_HAS_AUTHORSHIP):
        if not isinstance(node, NamedNode):
            continue
        person = next((p for p in of.objects(node, v.SOA_HAS_AUTHOR) if isinstance(p, NamedNode)), None)
        if person is None:
            continue
        printed = texts_of(of, node, v.CK_NAME_AS_GIVEN)
        name = name_of(of, person) or (printed[0] if printed else "")
        places = [int(text) for text in texts_of(of, node, v.SOA_POSITION) if text.isdecimal()]
        of.objects(node, v.RDF_TYPE), of.objects(node, v.CK_BASIS)
        if name:
            authorship = Authorship(
                name=name,
                position=places[0] if places else None,
                identifiers=identifiers_of(of, person, "author", name),
                institutions=institutions_of(of, node, v.SOA_HAS_ORGANIZATION),
                affiliations=tuple(texts_of(of, node, v.CK_AFFILIATION_AS_GIVEN)),
                as_given=printed[0] if printed and printed[0] != name else None,
                is_collective=v.FOAF_GROUP in of.objects(person, v.RDF_TYPE),
            )
            found.append((places[0] if places else 1 << 30, node.value, authorship))
    return tuple(authorship for _, _, authorship in sorted(found, key=lambda row: row[:2]))


def institutions_of(of: Statements, node: Node, predicate: NamedNode) -> tuple[Institution, ...]:
    """Return the institutions behind a predicate, by address."""
    ends = [end for end in of.objects(node, predicate) if isinstance(end, NamedNode)]
    return tuple(found for end in sorted(ends, key=str) if (found := institution_at(of, end)))


def institution_at(of: Statements, node: NamedNode) -> Institution | None:
    """Return the institution at an address; None where it has no name."""
    name = longest_of(of, node, v.SKOS_PREF_LABEL)
    names = tuple(texts_of(of, node, v.SKOS_ALT_LABEL))
    country = next(iter(texts_of(of, node, v.SCHEMA_COUNTRY)), None)
    return Institution(name, identifiers_of(of, node, "institution", name), names, country) if name else None


def places_of(of: Statements, paper: NamedNode, authorships: tuple[Authorship, ...]) -> tuple[str, ...]:
    """Return the names of the institutions that the paper has, but none of its authors."""
    of_authors = {place for authorship in authorships for place in authorship.institutions}
    found = institutions_of(of, paper, v.SCHEMA_SOURCE_ORGANIZATION)
    return tuple(place.name for place in found if place not in of_authors)


def categories_of(of: Statements, paper: NamedNode) -> tuple[Category | None, tuple[Category, ...]]:
    """Return the main category of a paper, and the others."""
    printed = tuple(texts_of(of, paper, v.CK_CATEGORY_AS_GIVEN))
    main = of.objects(paper, v.FABIO_PRIMARY_SUBJECT)
    rest = [concept for concept in of.objects(paper, v.DCTERMS_SUBJECT) if concept not in main[:1]]
    made = [
        category_at(of, concept, printed) for concept in (*main[:1], *rest) if isinstance(concept, NamedNode)
    ]
    return (made[0], tuple(made[1:])) if main and made else (None, tuple(made))


def category_at(of: Statements, concept: NamedNode, printed: tuple[str, ...]) -> Category:
    """Return the category at an address; `printed` are forms in which sources print categories."""
    notation = next(iter(texts_of(of, concept, v.SKOS_NOTATION)), concept.value.rpartition("/")[2])
    scheme = next((a.rpartition("/scheme/")[2] for a in addresses_of(of, concept, v.SKOS_IN_SCHEME)), ARXIV)
    labels, known = texts_of(of, concept, v.SKOS_PREF_LABEL), resolve(notation)
    as_given = next(
        (t for t in printed if t in labels or notation in (t.rpartition("/")[2], resolve(t).notation)),
        notation,
    )
    if known.scheme == scheme:
        made = Category(as_given, notation, scheme, known.possible)
    else:
        made = Category(as_given, notation, scheme, label=labels[0] if labels else None)
    take_concept(of, concept, made)
    return made


def issued_of(of: Statements, paper: NamedNode) -> PartialDate | None:
    """Return the earliest year, as precise as it is stated; a date without a year where that is all there is."""
    printed = texts_of(of, paper, v.CK_DATE_AS_GIVEN)
    dates = [found for text in texts_of(of, paper, v.DCTERMS_ISSUED) if (found := from_iso(text))]
    partial = texts_of(of, paper, v.CK_ISSUED_PARTIAL)
    if dates:
        best = min(dates, key=lambda d: (d.year or 0, d.month is None, d.day is None, d.month, d.day))
        return PartialDate(
            printed[0] if len(printed) == 1 else best.as_given, best.year, best.month, best.day
        )
    if partial:  # --05 or --05-18
        numbers = [int(part) for part in partial[0].split("-") if part.isdecimal()]
        return PartialDate(printed[0] if printed else partial[0], None, *numbers[:2])
    return PartialDate(printed[0], None) if printed else None


def published_of(of: Statements, paper: NamedNode) -> Published | None:
    """Return where a paper came out; None where nothing is said of it."""
    parts = (v.PRISM_NAME, v.PRISM_VOLUME, v.PRISM_NUMBER, v.PRISM_PAGES, v.DCTERMS_PUBLISHER)
    found = Published(*(longest_of(of, paper, predicate) or None for predicate in parts))
    return found if found != Published() else None


def reported_of(of: Statements, thing: NamedNode) -> tuple[Reported, ...]:
    """Return the figures that sources report; of several sources the latest."""
    latest: dict[str, tuple[tuple[str, str], Reported]] = {}
    for held in of.objects(thing, v.BIDO_HOLDS):
        if not isinstance(held, NamedNode):
            continue
        when = (longest_of(of, held, v.PROV_GENERATED_AT), held.value)
        of.objects(held, v.BIDO_ACCORDING_TO), of.objects(held, v.RDF_TYPE)
        for datum in of.objects(held, v.BIDO_WITH_DATA):
            if not isinstance(datum, NamedNode):
                continue
            measures = [
                m
                for m in of.objects(datum, v.BIDO_HAS_MEASURE)
                if isinstance(m, NamedNode) and m in _MEASURES
            ]
            printed, values = (
                texts_of(of, datum, v.CK_VALUE_AS_GIVEN),
                texts_of(of, datum, v.BIDO_NUMERIC_VALUE),
            )
            value = decimal(values[0]) if values else None
            of.objects(datum, v.RDF_TYPE)
            if measures and value is not None:
                made = Reported(_MEASURES[measures[0]], value, printed[0] if printed else values[0])
                latest[made.measure] = max(
                    latest.get(made.measure, (when, made)), (when, made), key=lambda row: row[0]
                )
    return tuple(made for _, made in latest.values())
