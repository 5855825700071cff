"""Which thing a text means: an IRI, an ID, a notation, or a name that one thing alone bears."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Engine

from collegium.graph.errors import AmbiguousName, NotFound
from collegium.graph.items import Thing, index_of
from collegium.graph.names import name_key
from collegium.graph.quads import BELIEF
from collegium.graph.selection import find
from collegium.graph.snapshot import Mirror
from collegium.graph.vocabulary import (
    CK_IDENTIFIED_BY,
    CK_IDENTIFIER,
    CK_NORMALISED_NAME,
    DCTERMS_IS_REPLACED_BY,
    FOAF_NAME,
    RDF_TYPE,
    SKOS_ALT_LABEL,
    entity,
)

if TYPE_CHECKING:
    from collegium.graph.network import Network

# Of the names of a thing the mirror holds one; these are where belief has the others.
_NAMES: Final = {"author": FOAF_NAME, "institution": SKOS_ALT_LABEL}


def node_named(net: Network, text: str, find: Callable[[str, str], str]) -> str:
    """Return the IRI of a node by IRI, ID or name, of several kinds the first that has it; `find` looks up a kind.

    Raises: NotFound, AmbiguousName.
    """
    kinds = [group.kind for group in net.nodes.groups] or ["author"]
    iri = text if net.nodes.number_of(text) is not None else _of_kinds(kinds, text, find)
    if net.nodes.number_of(iri) is None:
        raise NotFound(f"{kinds[0]} in this network", text, "the filters leave it out")
    return iri


def _of_kinds(kinds: Sequence[str], text: str, find: Callable[[str, str], str]) -> str:
    missed: NotFound | None = None
    for kind in kinds:
        try:
            return find(kind, text)
        except NotFound as error:
            missed = missed or error
    raise missed or NotFound("node", text)


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
        if used := used_for(engine, mirror.base, kind, text) or borne_by(engine, kind, text):
            return used
        check_one(engine, mirror.base, kind, text)
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
    node = _node(base, kind, text)
    used = _replacing(engine, node) if node else []
    return used[0] if len(used) == 1 else None  # of a name that sources have apart there are several


def check_one(engine: Engine, base: str, kind: str, text: str) -> None:
    """Raises: AmbiguousName: an ID (or IRI) is a name that sources have apart, so that it means several people."""
    node = _node(base, kind, text)
    used = sorted(_replacing(engine, node)) if node else []
    if len(used) > 1:
        raise AmbiguousName(kind, text, (iri.rpartition("/")[2] for iri in used))


def _node(base: str, kind: str, text: str) -> NamedNode | None:
    """What an ID (or IRI) names; None for a text that is neither."""
    try:
        return NamedNode(text if text.startswith(base) else entity(base, kind, text).value)
    except ValueError:
        return None


def former(engine: Engine, iri: str) -> list[NamedNode]:
    """Return the IRIs under which sources know a thing, and of which belief uses this one alone instead."""
    found = engine.quads_for_pattern(None, DCTERMS_IS_REPLACED_BY, NamedNode(iri), BELIEF)
    names = [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]
    return [name for name in names if len(_replacing(engine, name)) == 1]


def used_in_belief(engine: Engine, iri: str) -> set[str]:
    """Return the IRIs that belief uses for a thing of the claims: itself, or those that replace it, or both."""
    node = NamedNode(iri)
    used = set(_replacing(engine, node))
    is_itself = next(iter(engine.quads_for_pattern(node, RDF_TYPE, None, BELIEF)), None) is not None
    return used | {iri} if is_itself or not used else used


def _replacing(engine: Engine, node: NamedNode) -> list[str]:
    """What belief uses instead of an IRI."""
    found = engine.quads_for_pattern(node, DCTERMS_IS_REPLACED_BY, None, BELIEF)
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]


def known_by_name(mirror: Mirror, engine: Engine, authors: Iterable[str]) -> list[Thing]:
    """Return those of some authors (IRIs) whom no identifier tells from others of their name."""

    def is_by(author: str, basis: NamedNode) -> bool:
        return Quad(NamedNode(author), CK_IDENTIFIED_BY, basis, BELIEF) in engine

    return [
        mirror.author(iri)
        for iri in authors
        if is_by(iri, CK_NORMALISED_NAME) and not is_by(iri, CK_IDENTIFIER)
    ]


def borne_by(engine: Engine, kind: str, name: str) -> str | None:
    """Return the IRI of the one thing that belief also knows by exactly this name; None unless there is one."""
    if kind not in _NAMES:
        return None
    found = engine.quads_for_pattern(None, _NAMES[kind], Literal(name), BELIEF)
    bearers = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
    return bearers.pop() if len(bearers) == 1 else None
