"""What belief of ours says besides its things: of the sources that it came from, and of addresses that others replaced.

It follows from a load, or is of the store that was exported: no record says it, and a remark tells how much it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, cast

from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..concepts import concept, concept_statements
from ..records import Category, Lines, Problem
from .rdf_statements import Statements

_FIRST: Final = Lines(1, 1)
_WHOLE: Final = "a dump as N-Quads (export nquads), which brings them back"
_THING: Final = re.compile(r"(.+/)(paper|author|institution)/([^/]+)")
_SOURCE: Final = re.compile(r".+/source/[^/]+")


def take_concept(of: Statements, node: NamedNode, category: Category) -> None:
    """Count what a load says of a category anyway as taken."""
    base, slash, _ = node.value.rpartition("category/")
    if slash and concept(category, base) == node:
        for told in concept_statements(category, base):
            of.take(cast(NamedNode, told.subject), told.predicate, told.object)


def own_rest(of: Statements) -> Iterator[Problem]:
    """Take what is left of sources and of replaced addresses; yield a remark on each."""
    sources = [of.subject(number) for number in of.numbers(v.RDF_TYPE, (v.CK_SOURCE,))]
    count = 0
    for node in dict.fromkeys(sources):
        says = list(of.says(node))
        if isinstance(node, NamedNode) and _SOURCE.fullmatch(node.value) and v.CK_READER in says:
            count += 1
            for predicate in says:
                of.objects(node, predicate)
    if count:
        yield Problem(
            _FIRST, f"statements on {count:,} sources of the store that wrote the file", _WHOLE, False
        )
    replaced = sum(_take_replaced(of, number) for number in of.numbers(v.DCTERMS_IS_REPLACED_BY, (None,)))
    if replaced:
        yield Problem(_FIRST, f"{replaced:,} addresses that lead to others in that store", _WHOLE, False)


def _take_replaced(of: Statements, number: int) -> bool:
    """Take that an address of ours is replaced by another of the same kind; return whether it is so."""
    node = of.subject(number)
    former = _THING.fullmatch(node.value) if isinstance(node, NamedNode) else None
    is_so = False
    for used in of.objects(node, v.DCTERMS_IS_REPLACED_BY, take=False) if former else ():
        now = _THING.fullmatch(used.value) if isinstance(used, NamedNode) else None
        if former and now and former.group(1, 2) == now.group(1, 2):
            of.take(node, v.DCTERMS_IS_REPLACED_BY, used)
            is_so = True
    return is_so
