"""The table of organisations that a load is given, and by which table the institutions of a store were looked at.

The store remembers the digest of the table. Another one looks at all institutions anew; without one, names that came
stay what they are, and the digest is forgotten, so that the next table looks at all again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, Quad

from .. import vocabulary as v
from ..quads import statements
from ..ror import Organisation, RorTable, only
from ..writer import Writer
from .claims import Claims, claims_graphs
from .decisions import Link
from .same_organisation import RULE, Meant, is_organisation

TABLE: Final = v.term("ck:rorTable")


class Register:
    """What names of institutions are looked up in; None where no table was given."""

    def __init__(self, table: RorTable | None) -> None:
        self._table = table

    def note(self, writer: Writer) -> None:
        """Tell a writer that it makes a new version, where the table is news for the institutions that are there."""
        if self._is_news(writer.engine, writer.base) and claims_graphs(writer.engine, writer.base):
            writer.changed, writer.is_described = True, False

    def meant(self, engine: ox.Store, base: str, links: Iterable[Link], *, has_come: bool) -> Meant | None:
        """Return by what institutions are to be looked at now, and remember it; None where nothing can have changed.

        Args:
            has_come: whether institutions came or went.
        """
        is_news = self._is_news(engine, base)
        if not is_news and not has_come:
            return None
        if self._table is not None:
            if is_news:
                _remember(engine, base, self._table.digest)
            return by_table(self._table)
        _remember(engine, base, "")
        return as_held(links, base)

    def _is_news(self, engine: ox.Store, base: str) -> bool:
        return self._table is not None and self._table.digest != table_of(engine, base)


def by_table(table: RorTable) -> Meant:
    """Return what a table says of names, by the country that sources give; nothing where they give several."""

    def meant(claims: Claims, iri: str, name: str) -> Organisation | None:
        found = table.bearers(name)
        countries = claims.values(iri, v.SCHEMA_COUNTRY) if found else set()
        return only(found, min(countries, default=None)) if len(countries) < 2 else None

    return meant


def as_held(links: Iterable[Link], base: str) -> Meant:
    """Return what was found with a table that is not here: of each institution the organisation it was held to be."""
    held: dict[str, Organisation] = {}
    for link in links:
        if link.rule == RULE:
            ror, bare = (link.one, link.other) if is_organisation(link.one, base) else (link.other, link.one)
            held[bare] = Organisation(ror.rpartition("-")[2], "", "", "", "")
    return lambda _claims, iri, _name: held.get(iri)


def table_of(engine: ox.Store, base: str) -> str:
    """Return the digest of the table by which all institutions of a store were looked at; "" for none."""
    graph = v.identity_graph(base)
    return min((s.object.value for s in statements(engine, graph, TABLE, None, graph)), default="")


def _remember(engine: ox.Store, base: str, digest: str) -> None:
    """Remember the digest of a table; "" forgets the one before."""
    graph = v.identity_graph(base)
    for quad in list(engine.quads_for_pattern(graph, TABLE, None, graph)):
        engine.remove(quad)
    if digest:
        engine.add(Quad(graph, TABLE, Literal(digest), graph))
