"""Run a query on the engine and hand back its answer, natively serialised or as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import get_ident
from types import MappingProxyType
from typing import IO, Any, Final

import pyoxigraph as ox

from collegium.graph.errors import ParameterError, QueryError
from collegium.graph.frames import frame
from collegium.graph.quads import BELIEF
from collegium.graph.vocabulary import PREFIXES

from .binding import Term, Value, bind, form_of, page
from .calls import check_calls
from .explain import explained
from .formats import GraphFormat, finished, graph_format, opened, table_format
from .functions import Calls, NetworkFacts, may_call
from .glance import glance
from .magic import Search, expand
from .terms import Scalar, to_python

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_PREFIXES: Final = dict(PREFIXES)  # of every query and every Turtle; nobody writes to it


@dataclass(frozen=True)
class Question:
    """A query with all that decides its answer; the same question on the same engine has the same answer.

    `default_graphs` and `named_graphs` stand for FROM and FROM NAMED and, when given, go before them. They
    name graphs of the store; nothing is ever fetched. `beside` are read as part of the default graph, when the
    question names none. `at_most` and `offset` count rows (solutions). `search` answers `ck:matches` from the index of
    the same version; without it that is a property nobody has.
    """

    text: str
    bindings: Mapping[str, Value] = field(default_factory=dict)
    base_iri: str | None = None
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    at_most: int | None = None
    offset: int = 0
    beside: Sequence[str] = ()
    search: Search | None = None

    def ask(
        self, engine: ox.Store, *, at_most: int | None, offset: int, calls: Calls | None = None
    ) -> Results:
        """Return the engine's own results for that page of the answer; `calls` answer our functions.

        Raises:
            ParameterError: a binding of a variable that the query does not name.
            QueryError: the query does not parse, or failed while it ran.
        """
        written = expand(self.text, self.search) if self.search else self.text
        asked = page(bind(written, self.bindings), at_most, offset)
        with explained(self.text):
            try:
                return self._ask(engine, asked, calls)
            except SyntaxError:
                if asked == self.text:
                    raise
                self._ask(engine, self.text, calls)  # says the place in the text that was given
        raise QueryError("a variable that is bound from outside is bound again by BIND, AS or a subquery")

    def _ask(self, engine: ox.Store, text: str, calls: Calls | None) -> Results:
        return engine.query(
            text,
            prefixes=_prefixes_of(text),
            base_iri=self.base_iri,
            default_graph=self._default(),
            named_graphs=_nodes(self.named_graphs),
            custom_functions=None if calls is None else calls.functions,
        )

    def _default(self) -> Any:
        if self.beside and self.default_graphs is None and self.named_graphs is None:
            return [BELIEF, *_nodes(self.beside)]
        return _nodes(self.default_graphs)


@dataclass
class Answer:
    """The answer to one question. May be read many times, and from any thread.

    The engine's results can be read once, and abort the process in another thread than their own: so each
    reading after the first, or from another thread, asks the engine again, which is read-only.
    """

    engine: ox.Store
    question: Question
    network: NetworkFacts | None = None
    form: str = field(init=False)
    variables: tuple[str, ...] = field(init=False, default=())
    _unread: tuple[int, Results, Calls | None] | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        results, calls = self._ask(self.question.at_most, self.question.offset)
        if isinstance(results, ox.QuerySolutions):
            self.form = "SELECT"
            self.variables = tuple(variable.value for variable in results.variables)
        elif isinstance(results, ox.QueryBoolean):
            self.form = "ASK"
        else:
            self.form = "DESCRIBE" if form_of(self.question.text) == "DESCRIBE" else "CONSTRUCT"
        self._unread = (get_ident(), results, calls)

    @property
    def is_graph(self) -> bool:
        """True for CONSTRUCT and DESCRIBE: the answer is statements, not a table."""
        return self.form in ("CONSTRUCT", "DESCRIBE")

    @property
    def boolean(self) -> bool | None:
        """The answer to ASK; None for the other forms."""
        with self._reading() as results:
            return bool(results) if isinstance(results, ox.QueryBoolean) else None

    @property
    def truncated(self) -> bool:
        """True when `at_most` cut rows off: there is a row after the page. Asks the engine again."""
        at_most = self.question.at_most
        if at_most is None or self.form == "ASK":
            return False
        following = self._ask(1, self.question.offset + at_most)
        with self._reading(following) as results:
            return not isinstance(results, ox.QueryBoolean) and next(iter(results), None) is not None

    def serialize(self, format: str | None = None, output: IO[bytes] | None = None) -> bytes:
        """Return the answer in a format (name or media type; without one JSON, or Turtle for graphs).

        With `output` the bytes go there as they are made, and none are returned.

        Raises:
            UnknownName: a format that is not for this form of answer.
            QueryError: the query failed while it ran.
        """
        with self._reading() as results:
            if isinstance(results, ox.QueryTriples):
                graph = graph_format(format or "ttl")
                return finished(graph, _write_graph(results, graph, opened(graph, output)))
            table = table_format(format or "json")
            return finished(table, results.serialize(opened(table, output), format=table.engine))

    def rows(self, at_most: int | None = None) -> list[dict[str, Scalar]]:
        """Return the rows as dicts variable -> Python value (None where unbound), in the query's order.

        ASK has one row {"boolean": …}; graphs have rows {"subject", "predicate", "object"}.
        """
        names = self._columns()
        found: list[dict[str, Scalar]] = []
        for values in self.terms():
            if at_most is not None and len(found) >= at_most:
                break
            found.append(dict(zip(names, map(to_python, values), strict=True)))
        return found

    def terms(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows as the engine's terms, in the order of `variables` (subject, predicate, object).

        All rows are read before the first is handed out: one that is asked for in another thread than the one before
        would abort the process.
        """
        rows: list[tuple[Term | None, ...]]
        with self._reading() as results:
            if isinstance(results, ox.QueryBoolean):
                rows = [(ox.Literal(bool(results)),)]
            elif isinstance(results, ox.QueryTriples):
                rows = [(triple.subject, triple.predicate, triple.object) for triple in results]
            else:
                rows = [tuple(solution) for solution in results]
        yield from rows

    def to_dataframe(self) -> Any:
        """Return the rows as a pandas DataFrame, a column a variable.

        Raises:
            LibraryMissing: pandas is not installed.
        """
        return frame(self.rows(), self._columns())

    def __iter__(self) -> Iterator[dict[str, Scalar]]:
        names = self._columns()
        for values in self.terms():
            yield dict(zip(names, map(to_python, values), strict=True))

    def _columns(self) -> tuple[str, ...]:
        if self.is_graph:
            return ("subject", "predicate", "object")
        return self.variables if self.form == "SELECT" else ("boolean",)

    def _ask(self, at_most: int | None, offset: int) -> tuple[Results, Calls | None]:
        network = self.network if may_call(self.question.text) else None
        calls = None if network is None else Calls(network)
        return self.question.ask(self.engine, at_most=at_most, offset=offset, calls=calls), calls

    def _take(self) -> tuple[Results, Calls | None]:
        if self._unread is None or self._unread[0] != get_ident():
            return self._ask(self.question.at_most, self.question.offset)
        (_, results, calls), self._unread = self._unread, None
        return results, calls

    @contextmanager
    def _reading(self, taken: tuple[Results, Calls | None] | None = None) -> Iterator[Results]:
        """Yield results to be read; an error of the engine, or in one of our functions, comes out as itself."""
        results, calls = taken or self._take()
        with explained(self.question.text):
            yield results
        if calls is not None:
            calls.check()


def answer(
    engine: ox.Store,
    text: str,
    *,
    bindings: Mapping[str, Value] = MappingProxyType({}),
    base_iri: str | None = None,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
    at_most: int | None = None,
    offset: int = 0,
    network: NetworkFacts | None = None,
    search: Search | None = None,
) -> Answer:
    """Return the answer to a query of our own: from the catalogue, or typed by the owner of the store.

    The well-known prefixes (`vocabulary.PREFIXES`) need not be declared. See `Question` for the parameters.
    `network` answers our functions (`FUNCTIONS`) and `search` the property `ck:matches`; without them nobody does.
    For the query of a stranger: `strangers.py`.

    Raises:
        ParameterError: a binding of a variable that the query does not name; a negative page; a wrong call of one of
            our functions.
        QueryError: the query does not parse, or failed while it ran.
    Example:
        >>> engine = ox.Store()
        >>> answer(engine, "SELECT ?x { VALUES ?x { 1 2 3 } }", at_most=2).rows()
        [{'x': 1}, {'x': 2}]
    """
    if network is not None:
        check_calls(text)
    question = Question(
        text, dict(bindings), base_iri, default_graphs, named_graphs, at_most, offset, search=search
    )
    return Answer(engine, question, network)


def _prefixes_of(text: str) -> dict[str, str]:
    """Return the well-known prefixes that a query needs: the engine reads those that it is given once a query.

    All of them where a name has another, which may be one of them behind a keyword (`FILTERfoaf:age`).
    """
    seen = glance(text)
    if seen is None or not seen.prefixes <= _PREFIXES.keys():
        return _PREFIXES
    return {prefix: _PREFIXES[prefix] for prefix in seen.prefixes}


def _write_graph(results: ox.QueryTriples, wanted: GraphFormat, output: IO[bytes] | None) -> bytes | None:
    """Write statements, with our prefixes where the format has any: the results' own writer knows none."""
    if wanted.has_prefixes:
        return ox.serialize(results, output, format=wanted.engine, prefixes=_PREFIXES)
    return results.serialize(output, format=wanted.engine)


def _nodes(iris: Sequence[str] | None) -> Any:
    """Return the nodes of graphs named by a caller: a list, or None (the engine's lists are invariant).

    Raises:
        ParameterError: not an IRI.
    """
    if iris is None:
        return None
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError:
        raise ParameterError("graph", ", ".join(iris), "absolute IRIs") from None
