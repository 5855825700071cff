"""How mirrors and networks become columns in a flat file, and come back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from .columns import Columns
from .counted import Counted
from .items import Category
from .network import Network
from .nodes import Group, Nodes
from .packed import Texts
from .projections import things_of
from .rows import Rows
from .shelf import Form
from .snapshot import Mirror
from .things import Entities, Figures, Papers, Ties


def mirror_form(version: int) -> Form[Mirror]:
    """Return how the mirror of a version is kept."""

    def unpack(found: Any) -> Mirror:
        base, papers = found["base"], found["papers"]
        return Mirror(
            papers=Papers(
                base, _texts(papers["iris"]), _texts(papers["titles"]), papers["primary"], _columns(papers)
            ),
            authors=_entities(base, found["authors"]),
            institutions=_entities(base, found["institutions"]),
            categories=tuple(map(_category, found["categories"])),
            reported=_figures(found["reported"]),
            base=base,
            version=version,
            most_authors=found["most_authors"],
            ties=Ties(*found["ties"]),
            cited=_texts(found["cited"]),
        )

    return Form(_pack_mirror, unpack)


def network_form(mirror: Mirror) -> Form[Network]:
    """Return how networks of a mirror's things are kept: their nodes by number."""

    def unpack(found: Any) -> Network:
        groups = (Group(kind, things_of(mirror, kind), ids) for kind, ids in found["groups"])
        names = ("weights", "papers", "fractional_papers", "facts", "lengths")
        rest: dict[str, Any] = {name: found[name] for name in names}
        # It may have been counted of a version before that believed the same; see `shelf.carry_over`.
        rest["facts"] |= {"version": mirror.version} if "version" in rest["facts"] else {}
        counted = None if found["counted"] is None else Counted(mirror.columns, *found["counted"])
        return Network(nodes=Nodes(tuple(groups)), links=Rows(*found["links"]), counted=counted, **rest)

    return Form(_pack_network, unpack)


def _pack_mirror(mirror: Mirror) -> Any:
    papers, columns = mirror.papers, mirror.columns
    return {
        "base": mirror.base,
        "most_authors": mirror.most_authors,
        "papers": {
            "iris": _held(papers.iris),
            "titles": _held(papers.titles),
            "primary": papers.primary,
            **{field.name: _held(getattr(columns, field.name)) for field in fields(Columns)},
        },
        "authors": [_held(mirror.authors.iris), _held(mirror.authors.names)],
        "institutions": [_held(mirror.institutions.iris), _held(mirror.institutions.names)],
        "categories": [[c.iri, c.id, c.name, c.notation, c.broader] for c in mirror.categories],
        "reported": [_held(getattr(mirror.reported, field.name)) for field in fields(Figures)],
        "ties": [getattr(mirror.ties, field.name) for field in fields(Ties)],
        "cited": _held(mirror.cited),
    }


def _pack_network(network: Network) -> Any:
    return {
        "groups": [[group.kind, group.ids] for group in network.nodes.groups],
        "links": _held(network.links),
        "weights": network.weights,
        "papers": network.papers,
        "fractional_papers": network.fractional_papers,
        "facts": dict(network.facts),
        "lengths": network.lengths,
        "counted": network.counted and [network.counted.chosen, network.counted.shown_only],
    }


def _held(column: Any) -> Any:
    """The arrays of rows and texts, or an array as it is."""
    if isinstance(column, Rows):
        return [column.starts, column.ends]
    return [column.starts, column.content] if isinstance(column, Texts) else column


def _texts(found: Any) -> Texts:
    return Texts(*found)


def _entities(base: str, found: Any) -> Entities:
    return Entities(base, _texts(found[0]), _texts(found[1]))


def _category(found: Any) -> Category:
    iri, identifier, name, notation, broader = found
    return Category(iri, identifier, name, notation, tuple(broader))


def _columns(found: Any) -> Columns:
    rows = ("authors", "institutions", "categories", "references", "cites")
    held: dict[str, Any] = {field.name: found[field.name] for field in fields(Columns)}
    return Columns(**held | {name: Rows(*found[name]) for name in rows})


def _figures(found: Any) -> Figures:
    authors, measures, sources, dates, values = found
    return Figures(authors, _texts(measures), _texts(sources), _texts(dates), values)
