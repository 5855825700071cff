"""A network as GraphML. Source: http://graphml.graphdrawing.org/specification.html"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_TYPES: Final = {str: "string", bool: "boolean", int: "int", float: "double"}


def write_graphml(network: networkx.Graph, output: Output) -> None:
    """Write nodes and links with their facts, and what the network was made of as facts of the graph."""
    output.file.writelines(line.encode() for line in _lines(network))


def _lines(network: networkx.Graph) -> Iterator[str]:
    made_of = graph_facts(network)
    columns: dict[str, Mapping[str, type]] = {
        "graph": {name: type(value) for name, value in made_of.items()},
        "node": {**NODE_COLUMNS, **dict.fromkeys(schemes_of(network), str)},
        "edge": EDGE_COLUMNS,
    }
    yield _HEAD
    for of, named in columns.items():
        for name, kind in named.items():
            yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'
    yield '<graph edgedefault="undirected">\n'
    yield from _data("graph", made_of)
    for node, facts in node_facts(network):
        yield f'<node id="{text_of(node)}">\n'
        yield from _data("node", facts)
        yield "</node>\n"
    for one, other, facts in edge_facts(network):
        yield f'<edge source="{text_of(one)}" target="{text_of(other)}">\n'
        yield from _data("edge", facts)
        yield "</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(of: str, facts: Facts) -> Iterator[str]:
    for name, value in facts.items():
        yield f'  <data key="{of}-{name}">{text_of(value)}</data>\n'
