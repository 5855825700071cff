"""A network in Pajek's form (.net), UTF-8.

Source: W. de Nooy, A. Mrvar, V. Batagelj, "Exploratory Social Network Analysis with Pajek" (3rd edition, 2018).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from collegium.queries.xml_text import holdable

from ..files import Output
from .networks import text_of

if TYPE_CHECKING:
    import networkx


def write_pajek(network: networkx.Graph, output: Output) -> None:
    """Write vertices and edges; a quote in a name is written as an apostrophe, since the form has no escape for it.

    Behind a name that several bear stands the ID in brackets: many programs know vertices by their labels.
    """
    output.file.writelines(line.encode() for line in _lines(network))


def _lines(network: networkx.Graph) -> Iterator[str]:
    number = {node: at for at, node in enumerate(network, 1)}
    names = {node: _quotable(name) for node, name in network.nodes(data="name")}
    bearers = Counter(names.values())
    yield f"*Vertices {len(number)}\n"
    for node, at in number.items():
        name = names[node]
        label = f"{name} [{network.nodes[node]['id']}]" if bearers[name] > 1 else name
        yield f'{at} "{label}"\n'
    yield "*Edges\n"
    for one, other, size in network.edges(data="weight"):
        yield f"{number[one]} {number[other]} {text_of(size)}\n"


def _quotable(name: str) -> str:
    return holdable(" ".join(name.replace('"', "'").split()))
