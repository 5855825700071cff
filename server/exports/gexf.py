"""A network as GEXF 1.3, with the years in which its nodes and links are there, as Gephi's timeline shows them.

Source: https://gexf.net/schema.html. An interval holds both of its ends; what has no printed year is always there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from ..files import Output
from .networks import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Facts,
    edge_facts,
    graph_facts,
    node_facts,
    schemes_of,
    text_of,
)

if TYPE_CHECKING:
    import networkx

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
"""
_TYPES: Final = {str: "string", int: "integer", float: "double"}
_OF_THE_FORM: Final = frozenset({"label", "weight"})  # which have attributes of their own


def write_gexf(network: networkx.Graph, output: Output) -> None:
    """Write nodes and links with their facts and years; what the network was made of stands in the description."""
    output.file.writelines(line.encode() for line in _lines(network))


def _lines(network: networkx.Graph) -> Iterator[str]:
    made_of = "; ".join(f"{name}: {text_of(value)}" for name, value in graph_facts(network).items())
    nodes = {**NODE_COLUMNS, **dict.fromkeys(schemes_of(network), str)}
    yield f"{_HEAD}<meta>\n<creator>Collegium</creator>\n<description>{made_of}</description>\n</meta>\n"
    yield f'<graph defaultedgetype="undirected" idtype="string"{_span(network)}>\n'
    yield from _attributes("node", nodes)
    yield from _attributes("edge", EDGE_COLUMNS)
    yield f'<nodes count="{network.number_of_nodes()}">\n'
    for node, facts in node_facts(network):
        yield f'<node id="{text_of(node)}" label="{text_of(facts["label"])}"{_years(facts)}>{_values(facts)}</node>\n'
    yield f'</nodes>\n<edges count="{network.number_of_edges()}">\n'
    for number, (one, other, facts) in enumerate(edge_facts(network)):
        ends = f'source="{text_of(one)}" target="{text_of(other)}" weight="{text_of(facts["weight"])}"'
        yield f'<edge id="{number}" {ends}{_years(facts)}>{_values(facts)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _span(network: networkx.Graph) -> str:
    """The mode of the graph: with time where any node has a year, from the first to the last."""
    years: list[int] = []
    for _, facts in network.nodes(data=True):
        years += (year for year in (facts["from_year"], facts["to_year"]) if _is_dated(year))
    if not years:
        return ' mode="static"'
    ends = f' start="{_first(min(years))}" end="{_last(max(years))}"'
    return f' mode="dynamic" timeformat="date" timerepresentation="interval"{ends}'


def _years(facts: Facts) -> str:
    first, last = facts.get("from_year"), facts.get("to_year")
    return f' start="{_first(first)}" end="{_last(last)}"' if _is_dated(first) and _is_dated(last) else ""


def _is_dated(year: int | None) -> bool:
    return year is not None and 1 <= year <= 9999


def _first(year: int | None) -> str:
    return f"{year:04}-01-01"


def _last(year: int | None) -> str:
    return f"{year:04}-12-31"


def _attributes(of: str, columns: Mapping[str, type]) -> Iterable[str]:
    yield f'<attributes class="{of}">\n'
    for name, kind in columns.items():
        if name not in _OF_THE_FORM:
            yield f'<attribute id="{name}" title="{name}" type="{_TYPES[kind]}"/>\n'
    yield "</attributes>\n"


def _values(facts: Facts) -> str:
    said = (
        f'<attvalue for="{name}" value="{text_of(value)}"/>'
        for name, value in facts.items()
        if name not in _OF_THE_FORM
    )
    return f"<attvalues>{''.join(said)}</attvalues>"
