"""Reader of networks in GEXF, the form of Gephi.

    <gexf><graph>
      <attributes class="node"><attribute id="0" title="orcid"/></attributes>
      <nodes><node id="0" label="Ada Lovelace"><attvalues><attvalue for="0" value="…"/></attvalues></node></nodes>
      <edges><edge id="0" source="0" target="1" weight="3"/></edges>

Source: gexf.net/schema.html (1.1 to 1.3). How nodes are drawn (`viz:…`) and when they are there (`spells`) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from ..errors import shorten
from ..records import Problem, Record
from .networks import TOO_MANY_KEYS, WEIGHTS, Network, ending, named
from .record_limits import MOST_NETWORK_KEYS
from .xml_records import Found, elements, local_name
from .xml_stream import root

NAME = "gexf"
TITLE = "Network in GEXF, of Gephi"

_TAGS: Final = ("attribute", "node", "edge")
_CONTEXTS: Final = ("attributes",)
_OF_THE_FORM: Final = frozenset({"id", "label", "source", "target", "type", "weight", "kind", "pid"})
_TIME: Final = frozenset({"spells", "start", "end", "startopen", "endopen", "timestamp"})

_Titles = dict[tuple[str, str], str]  # (class, id) of an attribute -> its title


def sniff(head: str) -> bool:
    """Return whether the root of an XML file is `gexf`."""
    found = root(head)
    return found is not None and found.name == "gexf"


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each node and the tie of each edge, in the order of the file.

    Raises:
        UnreadableFile: nothing of it can be read.
    """
    network = Network()
    yield from ending(_records(stream, path, network), network)


def _records(stream: IO[bytes], path: str, network: Network) -> Iterator[Record]:
    titles: _Titles = {}
    for found in elements(stream, path, _TAGS, _CONTEXTS):
        if isinstance(found, Problem):
            yield found
            continue
        tag = local_name(found.element)
        if tag == "attribute":
            parent = found.element.getparent()
            kind = parent.get("class", "node") if parent is not None else "node"
            key = found.element.get("id", "")
            if len(titles) < MOST_NETWORK_KEYS:
                titles[kind, key] = found.element.get("title") or key
            else:
                yield Problem(found.lines, f"attribute {shorten(key)!r}", TOO_MANY_KEYS, True)
        elif tag == "node":
            yield from _node(found, titles, network)
        elif tag == "edge":
            yield from _edge(found, titles, network)


def _node(found: Found, titles: _Titles, network: Network) -> Iterator[Record]:
    said = _said(found, "node", titles, network)
    label = found.element.get("label")
    name = label if label and label.strip() else named(said)
    yield from network.node(found.element.get("id", ""), name, found.lines, said)


def _edge(found: Found, titles: _Titles, network: Network) -> Iterator[Record]:
    element, said = found.element, _said(found, "edge", titles, network)
    if weight := element.get("weight"):
        said = {"weight": weight, **{key: text for key, text in said.items() if key.lower() not in WEIGHTS}}
    label = element.get("label") or element.get("kind")
    yield from network.edge_of(element.get("source"), element.get("target"), found.lines, label, said)


def _said(found: Found, kind: str, titles: _Titles, network: Network) -> dict[str, str]:
    """The attributes by title: those of `attvalues`, then those of the element that the form does not know."""
    said: dict[str, str] = {}
    for inside in found.element.iter():
        if local_name(inside) == "attvalue":
            key = inside.get("for") or inside.get("id") or ""
            value = inside.get("value") or ""
            title = titles.get((kind, key), key)
            if title not in said:
                said[title] = value
            elif said[title] != value:
                network.left_out(f"{title} at another time", found.lines, value)
        elif local_name(inside) == "spell":
            network.left_out(f"time of a {kind}", found.lines, str(dict(inside.items())))
    for key, value in found.element.attrib.items():
        if key in _TIME:
            network.left_out(f"time of a {kind}", found.lines, f"{key} {value}")
        elif key not in _OF_THE_FORM:
            said.setdefault(key, value)
    return said
