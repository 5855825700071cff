"""One version of the store, read: mirror, networks, rankings, each made once and shared by all who ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import Store as Engine

from collegium.graph.communities import Communities, communities
from collegium.graph.errors import NotFound
from collegium.graph.measures import Ranking, measure, measure_named
from collegium.graph.mirror import mirror
from collegium.graph.names import name_key
from collegium.graph.paths import CollaborationPath, shortest_path
from collegium.graph.projections import project, projection_named
from collegium.graph.selection import Filter, find
from collegium.graph.snapshot import Mirror
from collegium.graph.sources import find_source
from collegium.graph.store import Store

if TYPE_CHECKING:
    import networkx

_KEPT = 64  # networks and rankings of one version that are kept; the least used goes first
T = TypeVar("T")


class Reading:
    """Everything read from one store version. Immutable to its readers, safe from many threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = RLock()
        self._made: OrderedDict[Hashable, Any] = OrderedDict()

    @property
    def engine(self) -> Engine:
        """The read-only engine of this version."""
        return self.store.engine

    @property
    def base(self) -> str:
        """What IRIs begin with."""
        return self.store.base

    @property
    def version(self) -> int:
        """The store version."""
        return self.store.version

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gives, made once a version and key; the result must not be changed by anybody."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            else:
                self._made[key] = make()
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
            made: T = self._made[key]
            return made

    @property
    def mirror(self) -> Mirror:
        """The network snapshot of this version."""
        return self.cached("mirror", lambda: mirror(self.store))

    def network(self, projection: str, weight: str, where: Filter) -> networkx.Graph:
        """Return a projection, frozen: for one to change see `KnowledgeGraph.network`."""

        def make() -> networkx.Graph:
            import networkx

            return networkx.freeze(project(self.mirror, projection, weight=weight, where=where))

        return self.cached(("network", projection_named(projection).name, weight, where), make)

    def ranking(self, name: str, projection: str, weight: str | None, where: Filter) -> Ranking:
        """Return a measure over a projection. `weight` None is the measure's own default."""
        row = measure_named(name)
        # The network is drawn with the weight asked for, so that the projection and the measure agree on it.
        drawn = "fractional" if weight == "fractional" else "full"

        def make() -> Ranking:
            graph = self.network(projection, drawn, where)
            return measure(graph, row.name, weight=weight, mirror=self.mirror)

        return self.cached(("ranking", row.name, projection_named(projection).name, weight, where), make)

    def communities(self, projection: str, weight: str, where: Filter, seed: int = 1) -> Communities:
        """Return the communities of a projection."""
        key = ("communities", projection_named(projection).name, weight, where, seed)
        return self.cached(key, lambda: communities(self.network(projection, weight, where), seed=seed))

    def path(self, start: str, end: str, where: Filter, by: str = "steps") -> CollaborationPath:
        """Return a shortest collaboration path between two authors, each an IRI, ID or name."""
        ends = self.find("author", start), self.find("author", end)
        return shortest_path(self.network("coauthors", "full", where), *ends, by=by)

    def find(self, kind: str, text: str) -> str:
        """Return the IRI of a thing by IRI, ID, notation, or name (case, full stops and white space aside).

        Raises:
            NotFound: nothing fits.
            AmbiguousName: several do; names their IDs.
        """
        if kind == "source":
            return find_source(self.store, text).iri
        things: Any = {
            "author": self.mirror.authors,
            "paper": self.mirror.papers,
            "institution": self.mirror.institutions,
            "category": self.mirror.categories,
        }[kind]
        try:
            return str(things[find(kind, things, text)].iri)
        except NotFound:
            wanted = name_key(text)
            alike = [thing for thing in things if name_key(thing.name) == wanted]
            if wanted and len(alike) == 1:
                return str(alike[0].iri)
            raise
