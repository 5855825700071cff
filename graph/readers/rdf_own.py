"""Belief of a store of ours as RDF → the records that it came from, as far as a record can say it.

What a record has no place for stays out: which source said what, years that we inferred, what only a source says of
itself. An institution that a paper has, but none of its authors, comes back under its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..errors import shorten
from ..identifiers import by_address
from ..record_words import PAPER_KINDS
from ..records import Institution, Lines, Paper, Problem, Profile, Record, Tie
from .networks import decimal
from .rdf_own_values import (
    addresses_of,
    authorships_of,
    categories_of,
    category_at,
    identifiers_of,
    institution_at,
    institutions_of,
    issued_of,
    longest_of,
    name_of,
    places_of,
    published_of,
    reported_of,
    texts_of,
)
from .rdf_statements import Node, Statements

OWN_CLASSES: Final = frozenset({v.ORG_ORGANIZATION, v.CK_TIE})
_INFERRED: Final = (v.CK_ISSUED_INFERRED, v.CK_INFERENCE_REASON)  # a load infers the year anew
_KINDS: Final = {cls: kind for kind, cls in PAPER_KINDS.items()}


def own_records(of: Statements, node: Node, lines: Lines) -> Iterator[Record] | None:
    """Return the records of a thing as our stores describe it; None for a thing of anybody else."""
    made = _way(of, node)
    if made is None or not isinstance(node, NamedNode):
        return None
    of.objects(node, v.RDF_TYPE)
    return made(of, node, lines)


def is_ours(of: Statements, node: Node) -> bool:
    """Return whether our stores describe a thing so."""
    return _way(of, node) is not None


def _way(of: Statements, node: Node) -> _Made | None:
    """What makes the records of a thing of ours."""
    says, classes = of.says(node), of.objects(node, v.RDF_TYPE, take=False)
    found = (made for mark, cls, made in _WAYS if mark in says and cls in classes)
    return next(found, None) if isinstance(node, NamedNode) else None


def _paper(of: Statements, node: NamedNode, lines: Lines) -> Iterator[Record]:
    title = longest_of(of, node, v.DCTERMS_TITLE)
    known = identifiers_of(of, node, "paper", title)
    if not title and not known:
        yield Problem(lines, f"a paper without title: {shorten(node.value)}", "a title or identifier", True)
        return
    classes = of.objects(node, v.RDF_TYPE)
    kinds = [_KINDS[c] for c in classes if isinstance(c, NamedNode) and c in _KINDS]
    main, others = categories_of(of, node)
    counts = [int(text) for text in texts_of(of, node, v.CK_COUNT_AS_GIVEN) if text.isdecimal()]
    authorships = authorships_of(of, node)
    codes = texts_of(of, node, v.CK_HAS_CODE)
    for told in (v.DCTERMS_CREATOR, v.DCTERMS_CONTRIBUTOR, v.DBLP_NUMBER_OF_CREATORS, *_INFERRED):
        of.objects(node, told)
    yield Paper(
        title=title,
        authorships=authorships,
        is_truncated="false" not in texts_of(of, node, v.CK_TRUNCATED),
        lines=lines,
        issued=issued_of(of, node),
        category=main,
        institutions=places_of(of, node, authorships),
        abstract=longest_of(of, node, v.DCTERMS_ABSTRACT) or None,
        has_code="true" in codes if codes else None,
        code_links=tuple(addresses_of(of, node, v.SCHEMA_CODE_REPOSITORY)),
        reported=reported_of(of, node),
        identifiers=known,
        kind=next((kind for kind in kinds if kind != "other"), kinds[0] if kinds else None),
        published=published_of(of, node),
        categories=others,
        keywords=tuple(texts_of(of, node, v.SCHEMA_KEYWORDS)),
        references=tuple(
            found for a in addresses_of(of, node, v.CITO_CITES) if (found := by_address(a, "paper"))
        ),
        language=next(iter(texts_of(of, node, v.DCTERMS_LANGUAGE)), None),
        author_count=counts[0] if counts else None,
    )


def _person(of: Statements, node: NamedNode, lines: Lines) -> Iterator[Record]:
    """The profile of a person of whom more is known than papers and ties say."""
    found = _profile(of, node, lines)
    if found is None:
        yield Problem(lines, f"an author without a name: {shorten(node.value)}", "a name in the file", True)
    elif any(
        (
            *(found.primary_category, found.reported, found.names, found.full_names, found.institutions),
            found.is_node,
        )
    ) or not (of.numbers(v.SOA_HAS_AUTHOR, (node,)) or of.numbers(v.CK_MEMBER, (node,))):
        yield found


def _profile(of: Statements, node: NamedNode, lines: Lines) -> Profile | None:
    name = name_of(of, node)
    known = identifiers_of(of, node, "author", name)
    concepts = of.objects(node, v.CK_PRIMARY_CATEGORY)
    if not name:
        return None
    of.objects(node, v.CK_IDENTIFIED_BY)
    return Profile(
        name=name,
        lines=lines,
        primary_category=next((category_at(of, c, ()) for c in concepts if isinstance(c, NamedNode)), None),
        reported=reported_of(of, node),
        identifiers=known,
        names=tuple(texts_of(of, node, v.SKOS_ALT_LABEL)),
        institutions=institutions_of(of, node, v.ORG_MEMBER_OF),
        full_names=tuple(other for other in texts_of(of, node, v.FOAF_NAME) if other != name),
        is_node=v.CK_NODE in of.objects(node, v.RDF_TYPE, take=False),
    )


def _organization(of: Statements, node: NamedNode, lines: Lines) -> Iterator[Record]:
    found = institution_at(of, node)
    if found is not None:
        yield Institution(found.name, found.identifiers, found.names, found.country, lines)


def _tie(of: Statements, node: NamedNode, lines: Lines) -> Iterator[Record]:
    ends = [_profile(of, end, lines) for end in of.objects(node, v.CK_MEMBER) if isinstance(end, NamedNode)]
    known = [end for end in ends if end is not None]
    weights = [w for text in texts_of(of, node, v.CK_WEIGHT_AS_GIVEN) if (w := decimal(text)) is not None]
    if len(known) == 2 and weights:
        one, other = (Profile(end.name, lines, identifiers=end.identifiers) for end in known)
        yield Tie(one, other, weights[0], lines)
    else:
        yield Problem(lines, f"a tie: {shorten(node.value)}", "two authors with names, and a weight", True)


_Made = Callable[[Statements, NamedNode, Lines], Iterator[Record]]
# What tells a thing of ours from one of others in the same class: property, class, and what is made of it.
_WAYS: Final[tuple[tuple[NamedNode, NamedNode, _Made], ...]] = (
    (v.CK_TRUNCATED, v.SOA_WORK, _paper),
    (v.CK_IDENTIFIED_BY, v.FOAF_PERSON, _person),
    (v.SKOS_PREF_LABEL, v.ORG_ORGANIZATION, _organization),
    (v.CK_WEIGHT_AS_GIVEN, v.CK_TIE, _tie),
)
