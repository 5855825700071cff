"""Tables as statements."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.plugins.sparql.results.rdfresults import RDFResult

from collegium.queries.resultset import boolean_of, statements_of

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def test_the_other_engine_reads_the_same_table() -> None:
    """If it failed: a reader of the vocabulary would get other rows, another order, or values that are not there."""
    rows = [
        (Literal("b", language="en"), Literal(1)),
        (NamedNode("http://example.org/a"), None),
        (None, None),
        (BlankNode("x"), Literal("</rs:value>")),
    ]
    data = ox.serialize(statements_of(("one", "two"), rows), format=ox.RdfFormat.TURTLE)
    found = RDFResult(rdflib.Graph().parse(data=data, format="turtle"))
    assert found.vars == [rdflib.Variable("one"), rdflib.Variable("two")]
    read = [
        [str(row.get(name)) if row.get(name) is not None else None for name in found.vars]
        for row in found.bindings
    ]
    read[3][0] = "x"  # the name of a blank node is nobody's business
    assert read == [["b", "1"], ["http://example.org/a", None], [None, None], ["x", "</rs:value>"]]


@pytest.mark.parametrize("answer", [True, False])
def test_yes_and_no(answer: bool) -> None:
    """If it failed: the answer to ASK would be turned around."""
    data = ox.serialize(boolean_of(answer), format=ox.RdfFormat.TURTLE)
    assert (
        RDFResult(rdflib.Graph().parse(data=data, format="turtle")).askAnswer is rdflib.Literal(answer).value
    )
