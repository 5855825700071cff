"""Answer one question from one snapshot: guard, form, engine, bytes. Runs in a worker."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from collegium.graph import vocabulary as v
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.quads import BELIEF
from collegium.queries.formats import graph_format, opened
from collegium.queries.strangers import admit

from ..editions import Edition
from ..negotiation import GRAPHS, RESULTS, Choice, choose
from ..network_facts import EditionFacts
from .question import Question, WorkLimits
from .sink import Sink

OpenSink = Callable[[dict[str, Any]], Sink]

_PREFIXES: Final = dict(v.PREFIXES)
# A row has at least this many bytes in any form; so many rows are worth the look whether there are more.
_LEAST_ROW_BYTES: Final = 2


def answer(edition: Edition, question: Question, limits: WorkLimits, open_sink: OpenSink) -> Sink:
    """Write the answer to a question into a sink, and return that, unfinished.

    Raises:
        CollegiumError: it cannot be answered, or not further; the sink tells whether it had begun.
    """
    return _KINDS[question.kind](edition, question, limits, open_sink)


def _query(edition: Edition, question: Question, limits: WorkLimits, open_sink: OpenSink) -> Sink:
    asked = admit(question.text, edition.base, services=frozenset(limits.services))
    choice = _chosen(question, is_graph=asked.is_graph)
    rows = min(question.at_most or limits.answer_rows, limits.answer_rows)
    is_cut = asked.form not in ("ASK", "DESCRIBE")
    found = asked.answer(
        edition.engine,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
        at_most=rows if is_cut else None,
        network=EditionFacts(edition),
        search=edition.matches,
    )
    sink = open_sink(
        {"type": choice.content_type, "form": asked.form, "steady": asked.is_steady, "truncated": False}
    )
    found.serialize(choice.form.media_type, sink.file)
    if is_cut and sink.written >= rows * _LEAST_ROW_BYTES and found.truncated:
        sink.cut_at(rows)
    return sink


def _chosen(question: Question, is_graph: bool) -> Choice:
    """Return the form of the answer. Raises: NotAcceptable, ParameterError."""
    return choose(GRAPHS if is_graph else RESULTS, question.accept, question.format)


def _graph(edition: Edition, question: Question, limits: WorkLimits, open_sink: OpenSink) -> Sink:
    """The statements of one graph."""
    choice = _chosen(question, is_graph=True)
    graph = _node(question.text)
    if isinstance(graph, ox.NamedNode) and not edition.engine.contains_named_graph(graph):
        raise NotFound("graph", question.text)
    sink = open_sink({"type": choice.content_type, "form": "GRAPH", "steady": True, "truncated": False})
    row = graph_format(choice.form.media_type)
    triples = (quad.triple for quad in edition.engine.quads_for_pattern(None, None, None, graph))
    output = opened(row, sink.file)
    ox.serialize(triples, output, format=row.engine, prefixes=_PREFIXES if row.has_prefixes else None)
    return sink


def _node(iri: str) -> ox.NamedNode | ox.DefaultGraph:
    try:
        return ox.NamedNode(iri) if iri else BELIEF
    except ValueError:
        raise ParameterError("graph", iri, "an absolute IRI") from None


def _dump(edition: Edition, question: Question, limits: WorkLimits, open_sink: OpenSink) -> Sink:
    """All statements as N-Quads, packed with gzip, in the engine's own order: 9-12 MB of N-Quads a second."""
    sink = open_sink({"type": "application/gzip", "form": "DUMP", "steady": True, "truncated": False})
    with gzip.GzipFile("", "wb", compresslevel=1, fileobj=sink.file, mtime=0) as packed:
        edition.engine.dump(cast(IO[bytes], packed), format=ox.RdfFormat.N_QUADS)
    return sink


_KINDS: Final[Mapping[str, Callable[[Edition, Question, WorkLimits, OpenSink], Sink]]] = {
    "query": _query,
    "graph": _graph,
    "dump": _dump,
}
