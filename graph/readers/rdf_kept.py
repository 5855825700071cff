"""What is left of a file's statements when all its records are made: given out as it is, and what of it cannot be kept.

A statement is left when no record has taken it in; so are those of a thing that was refused. That something is a person
or an institution is part of any record of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator
from typing import Final, TypeVar, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..errors import shorten
from ..records import WITHOUT_BASE, Lines, Problem, Statement
from ..vocabulary import RDF_TYPE
from .rdf_statements import Node, Statements

_LABELS_AT_HAND: Final = 100_000
_MOST_GRAPHS: Final = 1000  # whose names are remembered
_ONE_GRAPH: Final = "statements alone; those that are kept stand in one graph of the source"
_ALL: Final = Lines(1, 1)
_RELATIVE: Final = WITHOUT_BASE.rstrip("/")
_Term = TypeVar("_Term", bound=NamedNode | BlankNode | Literal)


class Kept:
    """Gives out what is left of a file; counts what is not kept quite as it was."""

    def __init__(self, held: Statements, known: Collection[NamedNode]) -> None:
        self._held, self._known = held, known
        self._labels: OrderedDict[BlankNode, BlankNode] = OrderedDict()
        self.count = self._relative = self._respelled = 0
        self._first_relative = self._first_respelled = ""

    def statements(self) -> Iterator[Statement]:
        """Yield what is left, each once, in the order of the file.

        `known` are the classes that say no more of a thing than the record of it does.
        """
        for number, told in self._held.untaken():
            is_said = told.predicate == RDF_TYPE and told.object in self._known
            if is_said and self._held.is_known(cast(Node, told.subject)):
                continue
            if number in self._held.respelled:
                self._respelled += 1
                self._first_respelled = self._first_respelled or str(told.object)
            self.count += 1
            yield Statement(self._renamed(told))

    def remarks(self) -> Iterator[Problem]:
        """Yield what was not kept quite as it was, once all was given out."""
        if self._relative:
            found = (
                f"{self._relative:,} addresses without a beginning, first {shorten(self._first_relative)!r}"
            )
            yield Problem(
                _ALL, found, "a base in the file; they are kept under the address of the source", False
            )
        if self._respelled:
            found = f"{self._respelled:,} numbers, times or truth values as others spell them"
            expected = f"the spelling of the store; they are kept in it, the first as {self._first_respelled}"
            yield Problem(_ALL, found, expected, False)

    def _renamed(self, told: Triple) -> Triple:
        """A statement whose blank nodes bear labels that are the same each time."""
        subject, value = told.subject, told.object
        if not any(map(_is_renamed, (subject, told.predicate, value))):
            return told
        return Triple(
            self._renamed(subject) if isinstance(subject, Triple) else self._node(subject),
            self._node(told.predicate),
            self._renamed(value) if isinstance(value, Triple) else self._node(value),
        )

    def _node(self, term: _Term) -> _Term:
        if isinstance(term, BlankNode):
            return cast(_Term, self._label(term))
        if isinstance(term, NamedNode) and term.value.startswith(_RELATIVE):
            self._relative += 1
            self._first_relative = self._first_relative or term.value.removeprefix(WITHOUT_BASE)
        return term

    def _label(self, node: BlankNode) -> BlankNode:
        known = self._labels.get(node)
        if known is None:
            known = self._labels[node] = BlankNode(self._held.label(node))
            if len(self._labels) > _LABELS_AT_HAND:
                self._labels.popitem(last=False)
        else:
            self._labels.move_to_end(node)
        return known


def _is_renamed(term: NamedNode | BlankNode | Literal | Triple) -> bool:
    """Whether a term may not be given out as it is."""
    return (
        term.value.startswith(_RELATIVE)
        if isinstance(term, NamedNode)
        else isinstance(term, (BlankNode, Triple))
    )


class Graphs:
    """The names of the graphs of a file.

    What stands in them is kept in one graph, which we name: no file writes into a graph of ours, whatever it says.
    """

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._are_more = False

    def add(self, name: str) -> None:
        """Note the name of a graph."""
        if name not in self._names:
            if len(self._names) < _MOST_GRAPHS:
                self._names[name] = None
            else:
                self._are_more = True

    def remarks(self) -> Iterator[Problem]:
        """Yield a remark on the graphs that the file has."""
        if self._names:
            many = f"over {_MOST_GRAPHS:,}" if self._are_more else f"{len(self._names):,}"
            first = ", ".join(shorten(name) for name in list(self._names)[:3])
            yield Problem(_ALL, f"statements in graphs of the file: {many}, first {first}", _ONE_GRAPH, False)
