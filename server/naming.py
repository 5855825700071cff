"""Which thing a text means: an IRI, an ID, a notation, or a name that one thing alone bears."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode
from pyoxigraph import Store as Engine

from collegium.graph.errors import NotFound
from collegium.graph.items import Thing, index_of
from collegium.graph.names import name_key
from collegium.graph.quads import BELIEF
from collegium.graph.selection import find
from collegium.graph.snapshot import Mirror
from collegium.graph.vocabulary import DCTERMS_IS_REPLACED_BY, entity

if TYPE_CHECKING:
    from collegium.graph.network import Network


def node_named(net: Network, text: str, find: Callable[[str, str], str]) -> str:
    """Return the IRI of a node by IRI, ID or name; `find` looks up a kind. Raises: NotFound, AmbiguousName."""
    kind = net.nodes.groups[0].kind if net.nodes.groups else "author"
    iri = text if net.nodes.number_of(text) is not None else find(kind, text)
    if net.nodes.number_of(iri) is None:
        raise NotFound(f"{kind} in this network", text, "the filters leave it out")
    return iri


def in_order(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return names of nodes, or one alone, each once and sorted: their order tells nothing."""
    return (names,) if isinstance(names, str) else tuple(sorted(set(names)))


def find_iri(mirror: Mirror, engine: Engine, kind: str, text: str) -> str:
    """Return the IRI of a thing of the mirror; see `Edition.find`. Raises: NotFound, AmbiguousName."""
    things: Any = {
        "author": mirror.authors,
        "paper": mirror.papers,
        "institution": mirror.institutions,
        "category": mirror.categories,
    }[kind]
    if kind != "category" and (known := _known(mirror.base, kind, things, text)):
        return known
    try:
        return str(things[find(kind, things, text)].iri)
    except NotFound:
        wanted = name_key(text)
        alike = [thing for thing in things if name_key(thing.name) == wanted]
        if wanted and len(alike) == 1:
            return str(alike[0].iri)
        if used := used_for(engine, mirror.base, kind, text):
            return used
        raise


def _known(base: str, kind: str, things: Sequence[Thing], text: str) -> str | None:
    """Return the IRI of an ID or IRI at once, for things are sorted by it; None for a text that is neither."""
    try:
        iri = text if text.startswith(base) else entity(base, kind, text).value
        return things[index_of(kind, things, iri)].iri
    except (NotFound, ValueError):
        return None


def used_for(engine: Engine, base: str, kind: str, text: str) -> str | None:
    """Return the IRI that belief uses instead of that of an ID (or IRI); None where it uses this one."""
    try:
        node = NamedNode(text if text.startswith(base) else entity(base, kind, text).value)
    except ValueError:
        return None
    found = engine.quads_for_pattern(node, DCTERMS_IS_REPLACED_BY, None, BELIEF)
    used = [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]
    return used[0] if len(used) == 1 else None  # of a name that sources have apart there are several
