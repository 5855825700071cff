"""What a network says of its nodes and links, as columns that the forms of networks have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.names import identifier_of
from collegium.queries.xml_text import holdable

if TYPE_CHECKING:
    import networkx

Facts = dict[str, Any]

# Columns of nodes and of links with their kind; identifiers of authors come behind, named for their scheme.
NODE_COLUMNS: Final[Mapping[str, type]] = {
    "label": str,
    "iri": str,
    "kind": str,
    "papers": int,
    "fractional_papers": float,
    "from_year": int,
    "to_year": int,
}
EDGE_COLUMNS: Final[Mapping[str, type]] = {
    "weight": float,
    "distance": float,
    "joint_papers": int,
    "from_year": int,
    "to_year": int,
}


def node_facts(network: networkx.Graph) -> Iterator[tuple[str, Facts]]:
    """Yield each node with what is known of it, by the names of `NODE_COLUMNS` and of identifier schemes."""
    for node, facts in network.nodes(data=True):
        said = {"label": facts["name"], "iri": node}
        said |= {name: facts[name] for name in NODE_COLUMNS if facts.get(name) is not None}
        known = identifier_of(facts["id"])
        if known is not None:
            said[known.scheme] = known.value
        yield node, said


def edge_facts(network: networkx.Graph) -> Iterator[tuple[str, str, Facts]]:
    """Yield each link with what is known of it, by the names of `EDGE_COLUMNS`."""
    for one, other, facts in network.edges(data=True):
        said = {name: facts[name] for name in EDGE_COLUMNS if facts.get(name) is not None}
        said["joint_papers"] = len(facts["papers"])
        yield one, other, said


def graph_facts(network: networkx.Graph) -> Facts:
    """Return what a network was made of: the plain values among its facts."""
    return {name: value for name, value in network.graph.items() if isinstance(value, str | int | float)}


def schemes_of(network: networkx.Graph) -> list[str]:
    """Return the schemes of the identifiers that its nodes have, sorted."""
    known = (identifier_of(facts["id"]) for _, facts in network.nodes(data=True))
    return sorted({found.scheme for found in known if found is not None})


def text_of(value: object) -> str:
    """Return a value as XML may hold it between tags or quotes: escaped, U+FFFD for what XML has no place for.

    Example:
        >>> text_of('<a "b">\\n'), text_of(True), text_of(3.0), text_of(0.5)
        ('&lt;a &quot;b&quot;&gt;&#10;', 'true', '3', '0.5')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    text = holdable(str(value))
    for plain, written in _ESCAPES:
        text = text.replace(plain, written)
    return text


_ESCAPES: Final = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\n", "&#10;"),
    ("\r", "&#13;"),
    ("\t", "&#9;"),
)
