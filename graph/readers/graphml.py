"""Reader of networks in GraphML, as networkx, igraph, Gephi and yEd write it.

    <graphml><key id="d0" for="node" attr.name="name"/>
      <graph edgedefault="undirected">
        <node id="n0"><data key="d0">Ada Lovelace</data></node>
        <edge source="n0" target="n1"><data key="d1">3</data></edge>

Source: graphml.graphdrawing.org/specification.html; for yEd's labels, yworks.com/xml/graphml (`y:NodeLabel`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from ..errors import shorten
from ..records import Problem, Record
from .networks import TOO_MANY_KEYS, Network, ending, named
from .record_limits import MOST_NETWORK_KEYS
from .xml_records import Element, Found, elements, local_name
from .xml_stream import root

NAME = "graphml"
TITLE = "Network in GraphML"

_TAGS: Final = ("key", "node", "edge", "hyperedge")
_LABELS: Final = frozenset(
    {"NodeLabel", "EdgeLabel"}
)  # of yEd, deep in the data that says how a thing is drawn


def sniff(head: str) -> bool:
    """Return whether the root of an XML file is `graphml`."""
    found = root(head)
    return found is not None and found.name == "graphml"


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each node and the tie of each edge, in the order of the file.

    Raises:
        UnreadableFile: nothing of it can be read.
    """
    network = Network()
    yield from ending(_records(stream, path, network), network)


def _records(stream: IO[bytes], path: str, network: Network) -> Iterator[Record]:
    keys: dict[str, str] = {}  # id of a key -> the name of the attribute
    for found in elements(stream, path, _TAGS):
        if isinstance(found, Problem):
            yield found
            continue
        tag = local_name(found.element)
        if tag == "key":
            key = found.element.get("id", "")
            if len(keys) < MOST_NETWORK_KEYS:
                keys[key] = found.element.get("attr.name") or key
            else:
                yield Problem(found.lines, f"key {shorten(key)!r}", TOO_MANY_KEYS, True)
        elif tag == "hyperedge":
            yield Problem(found.lines, "a hyperedge", "an edge of two nodes", True)
        else:
            yield from (_node if tag == "node" else _edge)(found, keys, network)


def _node(found: Found, keys: dict[str, str], network: Network) -> Iterator[Record]:
    said = _data(found.element, keys)
    name = named(said) or _drawn_label(found.element)
    yield from network.node(found.element.get("id", ""), name, found.lines, said)


def _edge(found: Found, keys: dict[str, str], network: Network) -> Iterator[Record]:
    element, said = found.element, _data(found.element, keys)
    label = said.pop("label", None) or _drawn_label(element)
    yield from network.edge_of(element.get("source"), element.get("target"), found.lines, label, said)


def _data(element: Element, keys: dict[str, str]) -> dict[str, str]:
    """The attributes of a node or edge by name; of those that are elements themselves, nothing."""
    said: dict[str, str] = {}
    for child in element:
        if local_name(child) == "data" and child.text and child.text.strip():
            key = child.get("key", "")
            said.setdefault(keys.get(key, key), child.text.strip())
    return said


def _drawn_label(element: Element) -> str | None:
    for inside in element.iter():
        if local_name(inside) in _LABELS and inside.text and inside.text.strip():
            return " ".join(inside.text.split())
    return None
