"""Our own SPARQL functions: what the network says of a node, asked inside a query.

`FUNCTIONS` is the table. A call costs a look-up: what is asked of the network is a whole column, once a query. Nothing
of the network is made before the first call.

Facts of the engine (pyoxigraph 0.5.13), each seen in a test:

- Whatever a function raises, `KeyboardInterrupt` too, becomes "no value" and the query goes on. `Calls` keeps the
  first error, answers the rest with nothing at once, and `check` raises it when the answer has been read.
- An unbound argument means "no value": the function is not called.
- `custom_functions=` costs every query 11 µs, a quarter of a light one: `may_call` says which need them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

import pyoxigraph as ox

from collegium.graph.errors import ParameterError, UnknownName
from collegium.graph.measures import measure_named
from collegium.graph.own_terms import OWN_TERMS
from collegium.graph.projections import LINK_WEIGHTS, PROJECTIONS, WEIGHTS, projection_named
from collegium.graph.vocabulary import term

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = int | float | None
Column = Mapping[str, Value]  # IRI -> what is known of it, one entry a node
Ask = Callable[..., Value]  # takes the terms of one call
_NOBODY: Final[Column] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words of a call say, by the names of our tables; `weight` None: what the API takes without one."""

    measure: str = ""
    weight: str | None = None
    projection: str = "coauthors"


class NetworkFacts(Protocol):
    """What the functions ask of the network."""

    def values(self, asked: Asked) -> Column:
        """Return the values of a measure."""

    def ranks(self, asked: Asked) -> Column:
        """Return the ranks by a measure, from 1."""

    def communities(self, asked: Asked) -> Column:
        """Return the numbers of the communities, from 1."""

    def steps(self, one: str, other: str) -> int | None:
        """Return the steps between two authors (IRIs); None without a path."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    - `nodes`: its first arguments, by what they are called
    - `has_measure`: whether the name of a measure follows
    - `weights`: the weights it knows; if any, the name of one and of a projection may follow, in any order
    - `returns`: what comes back, and when nothing does
    - `example`: a call with things of the bundled page
    - `asks`: makes what answers the calls of one run of a query
    """

    name: str
    nodes: tuple[str, ...]
    has_measure: bool
    weights: tuple[str, ...]
    returns: str
    example: str
    asks: Callable[[Function, NetworkFacts], Ask]

    @property
    def iri(self) -> ox.NamedNode:
        """What a query calls it by."""
        return term(f"ck:{self.name}")

    @property
    def description(self) -> str:
        """What it tells, in one sentence."""
        return OWN_TERMS[self.name][1]

    @property
    def least(self) -> int:
        """How many arguments must be given."""
        return len(self.nodes) + self.has_measure

    @property
    def most(self) -> int:
        """How many arguments may be given."""
        return self.least + (2 if self.weights else 0)

    @property
    def signature(self) -> str:
        """How it is called, for people.

        Example:
            >>> FUNCTIONS["rank"].signature
            'ck:rank(?node, measure [, weight] [, projection])'
        """
        given = ", ".join([f"?{node}" for node in self.nodes] + ["measure"] * self.has_measure)
        return f"ck:{self.name}({given}{' [, weight] [, projection]' if self.weights else ''})"

    def read(self, words: Sequence[str]) -> Asked:
        """Return what the words after the nodes say. Raises: UnknownName, ParameterError."""
        measure = measure_named(words[0]).name if self.has_measure else ""
        return self.read_network(words[self.has_measure :], measure)

    def read_network(self, words: Sequence[str], measure: str = "") -> Asked:
        """Return what the words after the measure say. Raises: UnknownName, ParameterError."""
        weights = [word for word in words if word in WEIGHTS]
        others = [self._projection(word) for word in words if word not in WEIGHTS]
        if len(weights) > 1 or len(others) > 1 or not set(weights) <= set(self.weights):
            expected = f"at most one weight ({', '.join(self.weights)}) and one projection"
            raise ParameterError(f"ck:{self.name}", ", ".join(words), expected)
        return Asked(measure, weights[0] if weights else None, others[0] if others else "coauthors")

    def _projection(self, word: str) -> str:
        try:
            return projection_named(word).name
        except UnknownName:
            raise UnknownName("weight or projection", word, (*self.weights, *PROJECTIONS)) from None


def _by_column(column: Callable[[NetworkFacts, Asked], Column]) -> Callable[[Function, NetworkFacts], Ask]:
    """Return what looks nodes up in a column of the network, each column taken once a query."""

    def asks(function: Function, facts: NetworkFacts) -> Ask:
        columns: dict[tuple[str, ...], Column] = {}

        def taken(words: tuple[str, ...]) -> Column:
            try:
                asked = function.read(words)
            except ParameterError:  # no such measure; where the name stands in the query, `check` has said so
                return _NOBODY
            return column(facts, asked)

        def ask(node: object, *terms: object) -> Value:
            words = tuple([word.value if isinstance(word, ox.Literal) else "" for word in terms])
            if words not in columns:
                columns[words] = taken(words)
            return columns[words].get(node.value) if isinstance(node, ox.NamedNode) else None

        return ask

    return asks


def _steps(_: Function, facts: NetworkFacts) -> Ask:
    def ask(one: object, other: object) -> Value:
        if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode):
            return facts.steps(one.value, other.value)
        return None

    return ask


FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        row.name: row
        for row in (
            Function(
                name="centrality",
                nodes=("node",),
                has_measure=True,
                weights=WEIGHTS,
                returns="The number of `/api/centrality`; unbound for a node outside the network, or without a value.",
                example='ck:centrality(<author/xingtai-lv>, "betweenness")',
                asks=_by_column(lambda facts, asked: facts.values(asked)),
            ),
            Function(
                name="rank",
                nodes=("node",),
                has_measure=True,
                weights=WEIGHTS,
                returns="An integer from 1, equal values share one; unbound as `ck:centrality` is.",
                example='ck:rank(<author/xingtai-lv>, "pagerank", "fractional")',
                asks=_by_column(lambda facts, asked: facts.ranks(asked)),
            ),
            Function(
                name="distance",
                nodes=("author", "author"),
                has_measure=False,
                weights=(),
                returns="An integer, 0 from an author to themselves; unbound without a path or for an unknown author.",
                example="ck:distance(<author/xingtai-lv>, <author/ning-ding>)",
                asks=_steps,
            ),
            Function(
                name="community",
                nodes=("node",),
                has_measure=False,
                weights=LINK_WEIGHTS,
                returns="The `number` of `/api/communities`, 1 for the largest; unbound outside the network.",
                example="ck:community(<author/xingtai-lv>)",
                asks=_by_column(lambda facts, asked: facts.communities(asked)),
            ),
        )
    }
)


class Calls:
    """Our functions for one run of a query, and the first error in one of them."""

    def __init__(self, network: NetworkFacts) -> None:
        self._error: BaseException | None = None
        self.functions: dict[ox.NamedNode, Callable[..., Term | None]] = {
            row.iri: self._guarded(row, row.asks(row, network)) for row in FUNCTIONS.values()
        }

    def check(self) -> None:
        """Return when all calls went well. Raises: what the first one that did not raised."""
        if self._error is not None:
            raise self._error

    def _guarded(self, function: Function, ask: Ask) -> Callable[..., ox.Literal | None]:
        least, most = function.least, function.most

        def call(*terms: object) -> ox.Literal | None:
            if self._error is not None or not least <= len(terms) <= most:
                return None
            try:
                value = ask(*terms)
                return None if value is None else ox.Literal(value)
            except BaseException as error:
                self._error = error
                raise

        return call


# An escape may hide a name: the engine undoes \uXXXX inside IRIs.
_SIGNS: Final = (*FUNCTIONS, "\\u", "\\U")


def may_call(text: str) -> bool:
    """Return False when the query surely calls none of our functions. Cost: a scan of the text."""
    return any(map(text.__contains__, _SIGNS))
