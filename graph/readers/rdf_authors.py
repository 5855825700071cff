"""The authors of a work in RDF, and their order where it is stated: by number, by word, by what comes next, by list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from ..identifiers import by_address, identifier
from ..person_names import stands_for_others
from ..records import Authorship, Identifier, Institution
from .rdf_rows import Way
from .rdf_statements import Node, Statements, Term
from .rdf_things import Thing, called, text_of, without_number

_WORDS: Final[Mapping[str, int]] = MappingProxyType({"first": 0, "middle": 1, "last": 2})


class Author(NamedTuple):
    """An author of a work: the node between them, if there is one, and the person (None: only named on that node)."""

    between: Node | None
    person: Term | None
    way: Way


def authors_of(work: Thing) -> tuple[tuple[Authorship, ...], bool]:
    """Return the authorships of a work by the first way that leads to any, and whether the list is cut."""
    for row in work.rows:
        for way in row.ways:
            found = _found(work, way)
            if found:
                return _authorships(work, way, found)
    return (), False


def _found(work: Thing, way: Way) -> list[Author]:
    ends = work.of.objects(work.node, way.link)
    if way.to is None and way.order == "list":
        if len(ends) != 1 or isinstance(ends[0], Literal):
            return []
        items = work.of.items(ends[0])
        return [Author(None, item, way) for item in items or ()]
    if way.to is None:
        return [Author(None, end, way) for end in ends]
    found = []
    for node in ends:
        if not isinstance(node, Node):
            continue
        if way.only is not None and way.only[1] not in work.of.objects(node, way.only[0]):
            continue
        persons = [one for one in work.of.objects(node, way.to) if one != work.node]
        found.append(Author(node, persons[0] if persons else None, way))
    return found


def _authorships(work: Thing, way: Way, found: list[Author]) -> tuple[tuple[Authorship, ...], bool]:
    placed = _ORDERS[way.order](work, found) if len(found) > 1 or way.order == "numbers" else [(1, found[0])]
    authorships = []
    is_cut = False
    for position, author in placed:
        authorship = _authorship(work, author, position)
        if authorship is None or stands_for_others(authorship.name):
            is_cut = True
        else:
            authorships.append(authorship)
    return tuple(authorships), is_cut


def _authorship(work: Thing, author: Author, position: int) -> Authorship | None:
    """The authorship of an author; None, with a remark, where there is no name."""
    of, way, node = work.of, author.way, author.between
    person = Thing(author.person, (), of, work.remarks) if isinstance(author.person, Node) else None
    named = person.named() if person else None
    printed = next((text_of(v) for v in of.objects(node, way.name)), "") if node and way.name else ""
    if not printed and isinstance(author.person, Literal):
        printed = text_of(author.person)
    known: dict[Identifier, None] = dict.fromkeys(person.identifiers("author") if person else ())
    if node and way.orcid:
        for value in of.objects(node, way.orcid):
            if orcid := by_address(text_of(value), "author") or identifier("orcid", text_of(value)):
                known[orcid] = None
            else:
                work.remarks.add(f"orcid {text_of(value)!r}", "an ORCID")
    if printed and without_number(printed) != printed and (number := identifier("dblp-name", printed)):
        known[number] = None
    is_group = person is not None and person.is_group()
    name = called(printed, is_group=is_group) if printed else named.name if named else ""
    if not name:
        shown = author.person.value if isinstance(author.person, NamedNode) else "a blank node"
        work.remarks.add(
            f"author {position}, {shown}, without a name", "a name in the same file; the list counts as cut"
        )
        return None
    as_given = printed or (named.printed if named else "")
    return Authorship(
        name=name,
        position=position,
        identifiers=tuple(known),
        institutions=_institutions(of, node, way),
        affiliations=tuple(text_of(v) for v in of.objects(node, way.text)) if node and way.text else (),
        as_given=as_given if as_given != name else None,
        is_collective=is_group,
    )


def _institutions(of: Statements, node: Node | None, way: Way) -> tuple[Institution, ...]:
    if node is None or way.institution is None:
        return ()
    return tuple(
        institution
        for value in of.objects(node, way.institution)
        if (institution := institution_at(of, value))
    )


def institution_at(of: Statements, value: Term) -> Institution | None:
    """Return an institution that something points at; None where nothing names it."""
    if isinstance(value, Literal):
        return Institution(text_of(value)) if text_of(value) else None
    if not isinstance(value, Node):
        return None
    thing = Thing(value, (), of)
    named = thing.named()
    return Institution(named.printed, thing.identifiers("institution")) if named else None


def _in_order_of_file(work: Thing, found: list[Author]) -> list[tuple[int, Author]]:
    work.remarks.add(f"{len(found)} authors in no order", "their order; they stand in that of the file")
    return list(enumerate(found, 1))


def _as_listed(_: Thing, found: list[Author]) -> list[tuple[int, Author]]:
    return list(enumerate(found, 1))


def _ranks(work: Thing, found: Sequence[Author]) -> list[str]:
    ranks = []
    for author in found:
        values = (
            work.of.objects(author.between, author.way.rank) if author.between and author.way.rank else []
        )
        ranks.append(text_of(values[0]).strip().lower() if values else "")
    return ranks


def _by_number(work: Thing, found: list[Author]) -> list[tuple[int, Author]]:
    ranks = _ranks(work, found)
    numbers = [int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 7 else 0 for rank in ranks]
    if len(found) == 1 and not ranks[0]:
        return [(1, found[0])]
    if 0 in numbers or len(set(numbers)) < len(numbers):
        shown = ", ".join(rank or "none" for rank in ranks[:10])
        work.remarks.add(f"positions {shown}", "one for each author, from 1; those without one stand last")
        order = sorted(range(len(found)), key=lambda i: (numbers[i] or 1 << 30, i))
        return [(position, found[i]) for position, i in enumerate(order, 1)]
    return sorted(zip(numbers, found, strict=True), key=lambda row: row[0])


def _by_word(work: Thing, found: list[Author]) -> list[tuple[int, Author]]:
    """First, middle, last: the order of several in the middle is not stated."""
    ranks = _ranks(work, found)
    if ranks.count("first") != 1 or ranks.count("last") > 1 or any(rank not in _WORDS for rank in ranks):
        return _in_order_of_file(work, found)
    order = sorted(range(len(found)), key=lambda i: (_WORDS[ranks[i]], i))
    if ranks.count("middle") > 1:
        count = ranks.count("middle")
        work.remarks.add(f"{count} authors in the middle", "their order; they stand in that of the file")
    return [(position, found[i]) for position, i in enumerate(order, 1)]


def _by_next(work: Thing, found: list[Author]) -> list[tuple[int, Author]]:
    """Each node names the next one; a chain that is not whole is no order."""
    by_node = {author.between: author for author in found}
    following: dict[object, object] = {}
    for author in found:
        values = (
            work.of.objects(author.between, author.way.rank) if author.between and author.way.rank else []
        )
        for value in values:
            if value in by_node:
                following[author.between] = value
    starts = set(by_node) - set(following.values())
    at: Any = next(iter(starts)) if len(starts) == 1 else None
    chain: list[Author] = []
    while at is not None and len(chain) <= len(found):
        chain.append(by_node[at])
        at = following.get(at)
    if len(chain) != len(found):
        return _in_order_of_file(work, found)
    return list(enumerate(chain, 1))


_Order = Callable[[Thing, list[Author]], list[tuple[int, Author]]]
_ORDERS: Final[Mapping[str, _Order]] = MappingProxyType(
    {
        "chain": _by_next,
        "list": _as_listed,
        "none": _in_order_of_file,
        "numbers": _by_number,
        "words": _by_word,
    }
)
