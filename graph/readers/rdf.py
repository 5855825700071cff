"""Reader of RDF in the vocabularies of others: SemOpenAlex, dblp, OpenCitations (SPAR), VIVO, schema.org, Dublin Core.

Any syntax will do. All statements are read first, since a name may stand behind the paper: up to 50,000 are held in
memory (about 1 kB each), more on disk (about 0.5 kB each; memory stays at some 160 MB). `rdf_vocabularies` says what
means what; statements that it has no place for are given out as they are. A record's number is its place in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from pyoxigraph import Quad

from ..errors import UnreadableFile, shorten
from ..quads import BELIEF
from ..records import Institution, Lines, Problem, Profile, Record
from ..vocabulary import CK_SOURCE, RDF_TYPE, term
from .rdf_authors import institution_at
from .rdf_kept import Graphs, Kept
from .rdf_own import OWN_CLASSES, is_ours, own_records
from .rdf_own_rest import own_rest
from .rdf_statements import Statements
from .rdf_syntax import statements, syntax_of
from .rdf_things import Thing
from .rdf_vocabularies import CONTAINERS, UNTYPED, VOCABULARIES
from .rdf_works import described, reported_of
from .record_limits import MOST_STATEMENTS_OF_ONE

NAME = "rdf"
TITLE = "RDF of ours, SemOpenAlex, dblp, OpenCitations, VIVO, schema.org or Dublin Core, in any syntax"

_CREATORS: Final = (term("dcterms:creator"), term("dc:creator"), term("foaf:maker"))
_CLASSES: Final = frozenset(
    cls for row in VOCABULARIES for cls in (*row.works, *row.persons, *row.institutions)
)
_OUR_DUMP: Final = (
    "found the graphs of a store of Collegium, expected such a dump as N-Quads and no other format asked for: export "
    "it as nquads, and load it without --format"
)
_KNOWN: Final = "papers, authors or institutions in a vocabulary that we read"
_FIRST: Final = Lines(1, 1)
# What a record of a person or institution says in itself.
_SAID: Final = frozenset(cls for row in VOCABULARIES for cls in (*row.persons, *row.institutions))


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is RDF, in any syntax."""
    return syntax_of(head) is not None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield papers, and what is said of authors and institutions as such, in the order of the file; then what is left.

    Raises:
        UnreadableFile: nothing of it can be read, or it is a dump of a store of ours, with its graphs.
    """
    problems: list[Problem] = []
    broken: list[UnreadableFile] = []
    graphs = Graphs()

    def quads() -> Iterator[Quad]:
        try:
            for found in statements(stream, path):
                if isinstance(found, Problem):
                    problems.append(found)
                    continue
                if found.graph_name != BELIEF:
                    if found.object == CK_SOURCE and found.predicate == RDF_TYPE:
                        raise UnreadableFile(path, _OUR_DUMP)
                    graphs.add(str(found.graph_name))
                yield found
        except UnreadableFile as error:
            broken.append(error)

    with Statements(quads()) as held:
        if broken and (held.count == 0 or broken[0].reason == _OUR_DUMP):
            raise broken[0]
        if problems and held.count == 0:
            first = problems[0]
            raise UnreadableFile(path, f"found {first.found}, expected {first.expected}", first.lines.first)
        yield from problems
        for error in broken:
            line = error.line or 1
            found, _, expected = error.reason.removeprefix("found ").partition(", expected ")
            expected = f"{expected or 'RDF'}; the rest of the file is not read"
            yield Problem(Lines(line, line), shorten(found, 200), expected, True)
        yield from _records(held)
        yield from own_rest(held)
        kept = Kept(held, _SAID)
        yield from kept.statements()
        yield from kept.remarks()
        if kept.count:
            yield from graphs.remarks()


def _records(held: Statements) -> Iterator[Record]:
    """The records of a file. What of a thing was looked at is left where no record of it was made."""
    number = 0
    for thing in _things(held):
        held.begin()
        records = list(_described(thing, number + 1))
        number += any(not isinstance(record, Problem) or record.is_refused for record in records)
        # A person of ours without a record is told with a paper; of others, a name alone may stand there by itself.
        is_nothing = all(isinstance(record, Problem) for record in records)
        if is_nothing and (records or not is_ours(held, thing.node)):
            held.give_back()
        yield from records
    yield from _too_large(held, Lines(number + 1, number + 1, "record"))
    if number == 0:
        found = f"{held.count:,} statements, none of which is about what we know"
        yield Problem(_FIRST, found, _KNOWN, held.count == 0)


def _too_large(held: Statements, lines: Lines) -> Iterator[Problem]:
    for node in held.too_large:
        found = f"over {MOST_STATEMENTS_OF_ONE:,} statements about {shorten(str(node))}"
        yield Problem(lines, found, "fewer of one thing; it is left out", True)


def _things(held: Statements) -> Iterator[Thing]:
    """The things of classes that we know, then those without a class that have a creator; in the order of the file."""
    for number in held.numbers(RDF_TYPE, _CLASSES | OWN_CLASSES):
        node = held.subject(number)
        if held.first(node, RDF_TYPE, _CLASSES | OWN_CLASSES) == number:
            classes = held.objects(node, RDF_TYPE, take=False)
            rows = [r for r in VOCABULARIES if any(c in r.works for c in classes)]
            if not CONTAINERS.intersection(classes):
                yield Thing(node, rows, held)
    for creator in _CREATORS:
        for number in held.numbers(creator, (None,)):
            node = held.subject(number)
            is_first = held.first(node, creator) == number
            earlier = _CREATORS[: _CREATORS.index(creator)]
            is_first = is_first and all(held.first(node, other) < 0 for other in earlier)
            if is_first and held.first(node, RDF_TYPE) < 0:
                yield Thing(node, (UNTYPED,), held)


def _described(thing: Thing, number: int) -> Iterator[Record]:
    """The record of a thing, and what of it was left out."""
    lines = Lines(number, number, "record")
    own = own_records(thing.of, thing.node, lines)
    if own is not None:
        yield from own
        return
    classes = thing.of.objects(thing.node, RDF_TYPE, take=False)
    for cls in _CLASSES.intersection(classes):
        thing.of.take(thing.node, RDF_TYPE, cls)
    if thing.rows:
        yield from described(thing, lines)
    elif any(cls in row.persons for row in VOCABULARIES for cls in classes):
        yield from _profile(thing, lines)
    elif _CLASSES.intersection(classes):
        yield from _institution(thing, lines)


def _profile(person: Thing, lines: Lines) -> Iterator[Record]:
    """What is said of a person beyond the name; a person of whom nothing else is said is known from the papers."""
    named = person.named()
    identifiers, reported = person.identifiers("author"), reported_of(person)
    institutions = tuple(dict.fromkeys(_employers(person)))
    if named is None:
        if identifiers or reported:
            found = f"an author without a name: {shorten(person.node.value)}"
            yield Problem(lines, found, "a name in the same file", True)
    elif identifiers or reported or institutions or named.others:
        printed = (named.printed,) if named.printed != named.name else ()
        yield Profile(named.name, lines, None, reported, identifiers, (*printed, *named.others), institutions)
        yield from person.remarks.problems(lines)


def _employers(person: Thing) -> Iterator[Institution]:
    for row in VOCABULARIES:
        for predicate in row.employers:
            for value in person.of.objects(person.node, predicate):
                if found := institution_at(person.of, value):
                    yield found


def _institution(thing: Thing, lines: Lines) -> Iterator[Record]:
    named = thing.named()
    identifiers = thing.identifiers("institution")
    if named is None:
        found = f"an institution without a name: {shorten(thing.node.value)}"
        yield Problem(lines, found, "a name in the same file", True)
        return
    yield Institution(named.printed, identifiers, named.others, None, lines)
    yield from thing.remarks.problems(lines)
