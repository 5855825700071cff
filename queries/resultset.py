"""A table as statements, for those who ask for one in an RDF format: the result set vocabulary of the W3C's tests.

Source: https://www.w3.org/2001/sw/DataAccess/tests/README.html (rs:ResultSet), https://www.w3.org/2001/sw/DataAccess/tests/result-set#
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from collegium.graph.vocabulary import PREFIXES, RDF_TYPE, RESULT_SET

from .binding import Term


def _rs(name: str) -> NamedNode:
    return NamedNode(RESULT_SET + name)


def statements_of(variables: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> Iterator[Triple]:
    """Yield a table as an rs:ResultSet: its variables, and a solution a row with its place from 1 as rs:index.

    Example:
        >>> [str(t.object) for t in statements_of(("x",), [(Literal("a"),)]) if t.predicate == _rs("value")]
        ['"a"']
    """
    whole = BlankNode("results")
    yield Triple(whole, RDF_TYPE, _rs("ResultSet"))
    for variable in variables:
        yield Triple(whole, _rs("resultVariable"), Literal(variable))
    for index, row in enumerate(rows, 1):
        solution = BlankNode(f"row{index}")
        yield Triple(whole, _rs("solution"), solution)
        yield Triple(solution, _rs("index"), Literal(index))
        for number, (variable, value) in enumerate(zip(variables, row, strict=True)):
            if value is None:
                continue
            binding = BlankNode(f"row{index}v{number}")
            yield Triple(solution, _rs("binding"), binding)
            yield Triple(binding, _rs("variable"), Literal(variable))
            yield Triple(binding, _rs("value"), value)


def boolean_of(answer: bool) -> Iterator[Triple]:
    """Yield yes or no as an rs:ResultSet."""
    whole = BlankNode("results")
    yield Triple(whole, RDF_TYPE, _rs("ResultSet"))
    yield Triple(
        whole,
        _rs("boolean"),
        Literal("true" if answer else "false", datatype=NamedNode(PREFIXES["xsd"] + "boolean")),
    )
