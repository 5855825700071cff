"""The statements of one file, to be joined: what a thing is said to be, in the order of the file.

RDF cannot be read as a stream: a name may stand a gigabyte behind the paper. Some ten thousand statements are
held in memory, more in a folder on disk that is removed afterwards. Each statement stands in a graph of its own, named
by its number: so order is kept, which RDF itself does not, and it can be told which statements nobody has taken.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Container, Iterable, Iterator
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Final, TypeAlias, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from ..vocabulary import term
from .rdf_terms import Numbers, Seen, blank_nodes, may_be_respelled
from .record_limits import MOST_STATEMENTS_OF_ONE

Node: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_IN_MEMORY: Final = 50_000  # statements
_BATCH: Final = 20_000  # statements: of so many the store needs 40 MB to take them in, of a million 1 GB
_AT_HAND: Final = 100_000  # statements that were asked for last
_NUMBER: Final = "n:"
_FIRST: Final = term("rdf:first")
_REST: Final = term("rdf:rest")
_NIL: Final = term("rdf:nil")
_LONGEST_LIST: Final = 100_000
_MARK: Final = NamedNode(
    f"{_NUMBER}speaks-of"
)  # from a blank node within a triple term; no statement of the file


class Statements:
    """Statements by number from 0, which is their order; to be used in a `with`."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        found = iter(quads)
        head = list(islice(found, _IN_MEMORY + 1))
        self._folder: TemporaryDirectory[str] | None = None
        if len(head) > _IN_MEMORY:
            self._folder = TemporaryDirectory(prefix="collegium-rdf-")
            self._store = Store(str(Path(self._folder.name) / "store"))
        else:
            self._store = Store()
        self.count = 0
        self._held: dict[Node, dict[NamedNode, list[tuple[int, Term]]]] = {}  # what was asked for last
        self._held_count = 0
        self.respelled, self._repeated, seen = Numbers(), Numbers(), Seen()
        self.too_large: dict[
            Node, int
        ] = {}  # of which more is said than is held -> a statement; filled when asked
        numbered = self._numbered(chain(head, found))
        while batch := list(islice(numbered, _BATCH)):
            self._store.bulk_extend(batch)
            for quad in batch:
                self._look_at(quad, seen)
        if self._folder is not None:
            self._store.optimize()
        self._taken = bytearray(self.count // 8 + 1)
        self._fresh: list[int] = []  # taken since `begin`

    def __enter__(self) -> Statements:
        """Return the statements themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Remove what was put on disk."""
        del self._store
        if self._folder is not None:
            self._folder.cleanup()

    def _numbered(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in quads:
            number = NamedNode(f"{_NUMBER}{self.count}")
            yield Quad(quad.subject, quad.predicate, quad.object, number)
            if isinstance(quad.object, Triple):
                for node in blank_nodes(quad.object):
                    yield Quad(node, _MARK, _MARK, number)
            self.count += 1

    def _look_at(self, quad: Quad, seen: Seen) -> None:
        """Note of a statement that was put in whether it is held in another spelling, and whether it came before."""
        if quad.predicate == _MARK:
            return
        held = quad
        if may_be_respelled(quad):
            held = next(self._of(_number(quad)))
            if held.object != quad.object:
                self.respelled.add(_number(quad))
        if seen.has_perhaps(held.triple):
            self._repeated.add(_number(quad))

    def objects(self, subject: Node, predicate: NamedNode, take: bool = True) -> list[Term]:
        """Return what stands behind subject and predicate, each once, in the order of the file.

        The statements count as taken; with `take` False they do not, until `take` is called for those that are.
        """
        found = self._about(subject).get(predicate, ())
        if take:
            for number, _ in found:
                self._mark(number)
        return list(dict.fromkeys(value for _, value in found)) if len(found) > 1 else [v for _, v in found]

    def take(self, subject: Node, predicate: NamedNode, value: Term) -> None:
        """Count a statement as taken."""
        for number, other in self._about(subject).get(predicate, ()):
            if other == value:
                self._mark(number)

    def _about(self, subject: Node) -> dict[NamedNode, list[tuple[int, Term]]]:
        """All that is said of a thing, by predicate, in the order of the file."""
        known = self._held.get(subject)
        if known is None:
            found = self._store.quads_for_pattern(subject, None, None)
            quads = sorted(
                (
                    (_number(q), q)
                    for q in islice((q for q in found if q.predicate != _MARK), MOST_STATEMENTS_OF_ONE + 1)
                ),
                key=itemgetter(0),
            )
            if len(quads) > MOST_STATEMENTS_OF_ONE:
                self.too_large[subject] = quads[0][0]
                quads = []
            known = {}
            for number, quad in quads:
                known.setdefault(quad.predicate, []).append((number, quad.object))
            self._held_count += len(quads)
            if self._held_count > _AT_HAND:
                self._held.clear()
                self._held_count = len(quads)
            self._held[subject] = known
        return known

    def _mark(self, number: int) -> None:
        if not self.is_taken(number):
            self._taken[number >> 3] |= 1 << (number & 7)
            self._fresh.append(number)

    def is_taken(self, number: int) -> bool:
        """Return whether somebody has taken the statement of that number."""
        return bool(self._taken[number >> 3] >> (number & 7) & 1)

    def begin(self) -> None:
        """Remember from here on which statements are taken."""
        self._fresh.clear()

    def give_back(self) -> None:
        """Count the statements that were taken first since `begin` as taken by nobody."""
        for number in self._fresh:
            self._taken[number >> 3] &= ~(1 << (number & 7))
        self._fresh.clear()

    def items(self, head: Term) -> list[Term] | None:
        """Return the items of an RDF list; None where it is none, goes in a circle or breaks off."""
        items: list[Term] = []
        seen = {head}
        while head != _NIL:
            if not isinstance(head, (NamedNode, BlankNode)) or len(items) > _LONGEST_LIST:
                return None
            first, rest = self.objects(head, _FIRST), self.objects(head, _REST)
            if len(first) != 1 or len(rest) != 1 or rest[0] in seen:
                return None
            items += first
            head = rest[0]
            seen.add(head)
        return items

    def numbers(self, predicate: NamedNode, values: Iterable[NamedNode | None]) -> array[int]:
        """Return the numbers of the statements with a predicate and one of these objects (None: any), in order."""
        found = array("Q")
        for value in values:
            found.extend(_number(quad) for quad in self._store.quads_for_pattern(None, predicate, value))
        import numpy as np  # 50 ms, for those only who read RDF; a list of Python would take 40 bytes a statement

        np.frombuffer(found, dtype=np.uint64).sort()
        return found

    def subject(self, number: int) -> Node:
        """Return the subject of the statement of that number."""
        return cast(Node, next(self._of(number)).subject)

    def first(self, subject: Node, predicate: NamedNode, values: Container[Term] | None = None) -> int:
        """Return the number of the first statement with one of these objects (None: any); -1 where there is none."""
        found = self._about(subject).get(predicate, ())
        return next((number for number, value in found if values is None or value in values), -1)

    def says(self, subject: Node) -> Collection[NamedNode]:
        """Return the predicates that stand behind a subject, in the order of the file."""
        return self._about(subject).keys()

    def untaken(self) -> Iterator[tuple[int, Triple]]:
        """Yield the statements that nobody has taken with their numbers, each once, in the order of the file."""
        known = set[Triple]()  # that came before; a statement may be repeated a million times
        for number in range(self.count):
            for quad in self._of(number) if not self.is_taken(number) else ():
                told = quad.triple
                if number not in self._repeated:
                    yield number, told
                elif told not in known:
                    same = self._store.quads_for_pattern(told.subject, told.predicate, told.object)
                    if not any(_number(other) < number for other in same):
                        yield number, told
                    if len(known) < _AT_HAND:
                        known.add(told)

    def is_known(self, subject: Node) -> bool:
        """Return whether somebody has taken a statement about a thing."""
        return any(self.is_taken(number) for said in self._about(subject).values() for number, _ in said)

    def label(self, node: BlankNode) -> str:
        """Return what tells a blank node from the others of the file each time it is read: its first statement counted
        from 1, and which of the nodes there it is."""
        about = (
            self._store.quads_for_pattern(node, None, None),
            self._store.quads_for_pattern(None, None, node),
        )
        number = min(_number(quad) for quads in about for quad in quads)
        quad = next(self._of(number))
        return f"{number + 1}-{blank_nodes(quad.triple).index(node) + 1}"

    def _of(self, number: int) -> Iterator[Quad]:
        found = self._store.quads_for_pattern(None, None, None, NamedNode(f"{_NUMBER}{number}"))
        return (quad for quad in found if quad.predicate != _MARK)


def _number(quad: Quad) -> int:
    return int(cast(NamedNode, quad.graph_name).value[len(_NUMBER) :])
