"""One version of the store as the service shows it, with all that is derived from it remembered.

A request takes the current edition once and uses nothing else, so its answer never mixes two versions. What is
derived lives and dies with its edition: nothing has to be told that it is stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pyoxigraph import NamedNode
from pyoxigraph import Store as Engine

from collegium.graph.communities import Communities, check_seed, communities
from collegium.graph.describe import Info, info
from collegium.graph.distances import Links, links_of
from collegium.graph.errors import NotFound
from collegium.graph.measures import Ranking, measure, measure_named
from collegium.graph.names import name_key
from collegium.graph.paths import CollaborationPath, shortest_path
from collegium.graph.projections import project
from collegium.graph.quads import BELIEF
from collegium.graph.selection import Filter, find
from collegium.graph.shelf import Form
from collegium.graph.shelved import COMMUNITIES, LINKS, ranking_form
from collegium.graph.snapshot import MOST_AUTHORS, Mirror
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from collegium.graph.text_index import TextIndex, open_index
from collegium.graph.text_search import Found, ranked, search
from collegium.graph.vocabulary import DCTERMS_IS_REPLACED_BY, entity
from collegium.queries.magic import AT_MOST

if TYPE_CHECKING:
    import networkx

    from collegium.graph.backend.graph import CompactGraph
    from collegium.graph.network import Network

_T = TypeVar("_T")
_REMEMBERED: Final = 256  # derived things an edition keeps: networks, rankings, pictures


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which network is asked for. `weight` is None where a measure's own default holds."""

    projection: str = "coauthors"
    weight: str | None = None
    where: Filter = Filter()

    @property
    def drawn_weight(self) -> str:
        """The weight that links are drawn with: a measure that takes none still needs the joint papers."""
        return "fractional" if self.weight == "fractional" else "full"


class Memory:
    """Remembers results by key, the least recently used forgotten first; one thread makes each, others wait."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._lock = Lock()
        self._places: OrderedDict[Hashable, tuple[Lock, list[Any]]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what `make` gave for `key`. An error is not remembered: the next one who asks makes it again."""
        with self._lock:
            lock, held = self._places.setdefault(key, (Lock(), []))
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        if not held:
            with lock:
                if not held:
                    held.append(make())
        return cast(_T, held[0])


class Edition:
    """One version of the store, its mirror and what is derived from both. Safe to share between threads."""

    def __init__(self, store: Store, most_authors: int = MOST_AUTHORS) -> None:
        """`most_authors`: a paper with more makes no pairs of co-authors."""
        self.store, self._most_authors = store, most_authors
        self.memory = Memory()

    @property
    def version(self) -> int:
        """The store's version."""
        return self.store.version

    @property
    def base(self) -> str:
        """What the IRIs of our things begin with."""
        return self.store.base

    @property
    def engine(self) -> Engine:
        """The engine over this version, for reading."""
        return self.store.engine

    @property
    def mirror(self) -> Mirror:
        """Belief as a network."""
        from collegium.graph.kept_columns import mirror_form
        from collegium.graph.mirror import mirror

        key = {"kind": "mirror", "most_authors": self._most_authors}

        def make() -> Mirror:
            return self._kept_flat(
                key, mirror_form(self.version), lambda: mirror(self.store, self._most_authors)
            )

        return self.memory.get("mirror", make)

    @property
    def info(self) -> Info:
        """The figures of the store."""
        return self.memory.get("info", lambda: info(self.store, self._most_authors))

    def node(self, kind: str, identifier: str) -> NamedNode:
        """Return the node of a thing by its ID, whether the store holds it or not.

        Raises:
            NotFound: no IRI can hold that ID.
        """
        try:
            return entity(self.base, kind, identifier)
        except ValueError:
            raise NotFound(kind, identifier) from None

    @property
    def text_index(self) -> TextIndex:
        """The index of words of this version."""
        return self.memory.get("text index", lambda: open_index(self.engine, self.store.text_file))

    def search(
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
        as_typed: bool = False,
    ) -> Found:
        """Return what fits a text by its words, best first; see `graph.text_search.search`."""
        return search(self.text_index, text, kinds=kinds, limit=limit, offset=offset, as_typed=as_typed)

    def matches(self, text: str) -> list[tuple[str, float]]:
        """Return the IRIs that fit a text, with their scores: what `ck:matches` means in a query."""
        return ranked(self.text_index, text, AT_MOST + 1)

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
            if used := self.used_for(kind, text):
                return used
            raise

    def used_for(self, kind: str, text: str) -> str | None:
        """Return the IRI that belief uses instead of that of an ID (or IRI); None where it uses this one."""
        try:
            node = NamedNode(text if text.startswith(self.base) else entity(self.base, kind, text).value)
        except ValueError:
            return None
        found = self.engine.quads_for_pattern(node, DCTERMS_IS_REPLACED_BY, None, BELIEF)
        used = [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]
        return used[0] if len(used) == 1 else None  # of a name that sources have apart there are several

    def network(self, wanted: Wanted) -> networkx.Graph:
        """Return a projection, frozen: it is shared by all who ask."""

        def make() -> networkx.Graph:
            import networkx

            drawn = project(self.mirror, wanted.projection, weight=wanted.drawn_weight, where=wanted.where)
            return networkx.freeze(drawn)

        return self.memory.get(("network", wanted.projection, wanted.drawn_weight, wanted.where), make)

    def compact(self, wanted: Wanted) -> Network:
        """Return a projection as compressed rows: for measures, at any size."""
        from collegium.graph.compact import compact
        from collegium.graph.kept_columns import network_form

        key = {"kind": "network", **self._told(wanted, wanted.drawn_weight)}

        def counted() -> Network:
            return compact(self.mirror, wanted.projection, weight=wanted.drawn_weight, where=wanted.where)

        def make() -> Network:
            return self._kept_flat(key, network_form(self.mirror), counted)

        return self.memory.get(("compact", wanted.projection, wanted.drawn_weight, wanted.where), make)

    def graph(self, wanted: Wanted) -> networkx.Graph | CompactGraph:
        """Return a projection as a graph of one's own: up to `MOST_FOR_NETWORKX` nodes networkx's."""
        from collegium.graph.backend.graph import MOST_FOR_NETWORKX, CompactGraph

        rows = self.compact(wanted)
        return CompactGraph(rows) if len(rows) > MOST_FOR_NETWORKX else self.network(wanted).copy()

    def ranking(self, name: str, wanted: Wanted) -> Ranking:
        """Return the nodes of a projection ranked by a measure. Raises: UnknownName, MeasureError, NotFound."""
        row = measure_named(name)

        def make() -> Ranking:
            return measure(self.compact(wanted), row.name, weight=wanted.weight, mirror=self.mirror)

        key = {"kind": "ranking", "measure": row.name, **self._told(wanted, wanted.weight)}
        return self.memory.get(
            ("ranking", row.name, wanted), lambda: self._kept(key, ranking_form(self.mirror), make)
        )

    def communities(self, wanted: Wanted, seed: int = 1) -> Communities:
        """Return the communities of a projection. Raises: ParameterError, UnknownName, NotFound."""
        check_seed(seed)  # before it is looked up: True would find what 1 has made

        def make() -> Communities:
            return communities(self.network(wanted), seed=seed)

        key = {"kind": "communities", "seed": seed, **self._told(wanted, wanted.drawn_weight)}
        return self.memory.get(("communities", wanted, seed), lambda: self._kept(key, COMMUNITIES, make))

    def links(self, wanted: Wanted) -> Links:
        """Return who is linked to whom in a projection."""
        key = {"kind": "links", **self._told(wanted, wanted.drawn_weight)}
        return self._kept(key, LINKS, lambda: links_of(self.network(wanted)))

    def _kept(self, key: dict[str, Any], form: Form[_T], make: Callable[[], _T]) -> _T:
        """Return what another process has made of this version, else make it and put it there for others."""
        shelf = self.store.shelf
        return make() if shelf is None else shelf.keep(key, form, make)

    def _kept_flat(self, key: dict[str, Any], form: Form[_T], make: Callable[[], _T]) -> _T:
        """The same for columns."""
        shelf = self.store.shelf
        return make() if shelf is None else shelf.keep_flat(key, form, make)

    def path(self, start: str, end: str, wanted: Wanted, by: str = "steps") -> CollaborationPath:
        """Return a shortest path between two IRIs. Raises: NotFound."""
        return shortest_path(self.network(wanted), start, end, by=by)

    def _told(self, wanted: Wanted, weight: str | None) -> dict[str, Any]:
        """Return what tells networks apart, ready for JSON."""
        told = {"projection": wanted.projection, "weight": weight, "where": wanted.where.given}
        return told | {"most_authors": self._most_authors}


class Editions:
    """The current edition: looks at the store with each request (one stat call) and moves on when it has changed."""

    def __init__(self, store: Callable[[], Store], most_authors: int = MOST_AUTHORS) -> None:
        self._store, self._most_authors = store, most_authors
        self._lock = Lock()
        self._edition: Edition | None = None

    def current(self) -> Edition:
        """Return the edition of the newest committed version. Raises: StoreError."""
        known = self._edition
        store = (self._store() if known is None else known.store).refreshed()
        if known is not None and store is known.store:
            return known
        with self._lock:
            if self._edition is None or self._edition.version != store.version:
                self._edition = Edition(store, self._most_authors)
            return self._edition
