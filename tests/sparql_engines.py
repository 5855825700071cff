"""The two SPARQL engines, behind one face: ours, and rdflib's own as the second opinion."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import operators
from rdflib.plugins.sparql.sparql import SPARQLError

from collegium.graph.store import Store
from collegium.graph.vocabulary import DEFAULT_BASE, PREFIXES
from collegium.queries.binding import Value, bind, page
from collegium.queries.functions import Calls, NetworkFacts
from collegium.queries.run import answer
from collegium.server.editions import Edition
from collegium.server.network_facts import EditionFacts

Row = tuple[str | None, ...]
_XSD = PREFIXES["xsd"]


class Engine:
    """Answers a query with rows of terms in N-Triples notation, numbers in canonical form; rows in order."""

    def rows(
        self,
        text: str,
        bindings: Mapping[str, Value] | None = None,
        at_most: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        """Return the rows; ASK has one of one term, graphs have one a statement, sorted."""
        raise NotImplementedError


class Oxigraph(Engine):
    """The engine of the product."""

    def __init__(self, store: ox.Store) -> None:
        self._store, self._network = store, network_of(store)

    def rows(
        self,
        text: str,
        bindings: Mapping[str, Value] | None = None,
        at_most: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        found = answer(
            self._store,
            text,
            bindings=bindings or {},
            at_most=at_most,
            offset=offset,
            network=self._network,
        )
        rows = [tuple(None if term is None else str(term) for term in row) for row in found.terms()]
        return sorted(rows, key=repr) if found.is_graph else rows


class Rdflib(Engine):
    """rdflib's pure Python engine over an in-memory Dataset of the same quads."""

    def __init__(self, store: ox.Store) -> None:
        self._data, self._network = rdflib.Dataset(), network_of(store)
        for quad in store:
            graph = quad.graph_name
            context: Any = self._data.default_graph
            if isinstance(graph, ox.NamedNode):
                context = self._data.graph(rdflib.URIRef(graph.value))
            context.add((_to_rdflib(quad.subject), _to_rdflib(quad.predicate), _to_rdflib(quad.object)))

    def rows(
        self,
        text: str,
        bindings: Mapping[str, Value] | None = None,
        at_most: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        bound = page(bind(text, bindings or {}), at_most, offset)
        calls = Calls(self._network)
        with (
            _registered(calls),
            warnings.catch_warnings(),
        ):  # rdflib's Dataset calls what rdflib itself has deprecated
            warnings.simplefilter("ignore", DeprecationWarning)
            found: Any = self._data.query(bound, initNs=dict(PREFIXES))
            if found.type == "ASK":
                return [(str(ox.Literal(bool(found.askAnswer))),)]
            rows = [tuple(map(_from_rdflib, row)) for row in found]  # it works while it is read
        calls.check()
        return rows if found.type == "SELECT" else sorted(set(rows), key=repr)


def network_of(store: ox.Store) -> NetworkFacts:
    """Return the network of the belief in a store, for our functions."""
    return EditionFacts(Edition(Store(None, DEFAULT_BASE, 1, store)))


@contextmanager
def _registered(calls: Calls) -> Iterator[None]:
    """Let rdflib know our functions while the block runs; its register is one for the whole process."""
    for iri, call in calls.functions.items():
        operators.register_custom_function(rdflib.URIRef(iri.value), _for_rdflib(call))
    try:
        yield
    finally:
        for iri in calls.functions:
            operators.unregister_custom_function(rdflib.URIRef(iri.value))


def _for_rdflib(call: Callable[..., Any]) -> Callable[..., Any]:
    def called(*terms: Any) -> Any:
        if not all(isinstance(term, rdflib.term.Identifier) for term in terms):
            raise SPARQLError("an argument has no value")
        value = call(*map(_to_engine, terms))
        if value is None:
            raise SPARQLError("no value")
        return _to_rdflib(value)

    return called


def _to_engine(term: Any) -> Any:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    return ox.Literal(
        str(term),
        datatype=None if term.datatype is None else ox.NamedNode(str(term.datatype)),
        language=term.language,
    )


def _to_rdflib(term: object) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    datatype = (
        None if term.datatype.value in (_XSD + "string", _LANGUAGE) else rdflib.URIRef(term.datatype.value)
    )
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def _from_rdflib(term: Any) -> str | None:
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return str(ox.NamedNode(str(term)))
    if isinstance(term, rdflib.BNode):
        return str(ox.BlankNode(str(term)))
    if term.datatype is None:
        return str(ox.Literal(str(term), language=term.language))
    return str(ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))))


_LANGUAGE = PREFIXES["rdf"] + "langString"

ENGINES: dict[str, Callable[[ox.Store], Engine]] = {"oxigraph": Oxigraph, "rdflib": Rdflib}
