"""What is printed of a paper beside who wrote it: where it stands, what kind it is, and by which identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from collegium.graph import vocabulary as v
from collegium.graph.identifiers import SCHEMES, by_address
from collegium.graph.record_words import PAPER_KINDS

_KINDS: Final = {node.value: kind for kind, node in PAPER_KINDS.items()}
_FIELDS: Final = {
    "venues": v.PRISM_NAME,
    "volumes": v.PRISM_VOLUME,
    "issues": v.PRISM_NUMBER,
    "pages": v.PRISM_PAGES,
    "publishers": v.DCTERMS_PUBLISHER,
    "languages": v.DCTERMS_LANGUAGE,
    "keywords": v.SCHEMA_KEYWORDS,
    "abstracts": v.DCTERMS_ABSTRACT,
}


@dataclass(frozen=True, slots=True)
class Identified:
    """An identifier of a scheme that we know, and the address where the scheme shows the thing."""

    scheme: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """What sources print of a paper; of what they differ in, all, sorted."""

    kinds: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    abstracts: tuple[str, ...] = ()
    identifiers: tuple[Identified, ...] = ()


def imprint_of(facts: Mapping[str, list[str]]) -> Imprint:
    """Return what belief says of a paper, by predicate, as its imprint."""
    said = {name: tuple(sorted(set(facts.get(node.value, ())))) for name, node in _FIELDS.items()}
    kinds = {_KINDS[cls].replace("-", " ") for cls in facts.get(v.RDF_TYPE.value, ()) if cls in _KINDS}
    return Imprint(kinds=tuple(sorted(kinds)), identifiers=identifiers_of(facts, "paper"), **said)


def identifiers_of(facts: Mapping[str, list[str]], kind: str) -> tuple[Identified, ...]:
    """Return the identifiers among the addresses that a thing is the same as, by scheme."""
    found = set()
    for address in facts.get(v.OWL_SAME_AS.value, ()):
        if (known := by_address(address, kind)) is not None:
            found.add((SCHEMES[known.scheme].title, known.value, address))
    return tuple(Identified(*one) for one in sorted(found))
