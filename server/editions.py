"""One version of the store as the service shows it, with all that is derived from it remembered.

A request takes the current edition once and uses nothing else, so its answer never mixes two versions. What is
derived lives and dies with its edition: nothing has to be told that it is stale.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pyoxigraph import NamedNode
from pyoxigraph import Store as Engine

from collegium.graph.communities import Communities, Way, communities
from collegium.graph.describe import INFO, Info, info
from collegium.graph.distances import Links, links_of
from collegium.graph.errors import NotFound
from collegium.graph.measures import Ranking, Sample, check_around, measure, measure_named
from collegium.graph.projections import check_weight, project, projection_named
from collegium.graph.selection import Filter
from collegium.graph.shelf import Form
from collegium.graph.shelved import DOCUMENT, LINKS, communities_form, ranking_form
from collegium.graph.snapshot import MOST_AUTHORS, Mirror
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from collegium.graph.text_index import TextIndex, open_index
from collegium.graph.text_search import Found, ranked, search
from collegium.graph.vocabulary import entity
from collegium.queries.magic import AT_MOST

from .memory import Memory
from .naming import find_iri, node_named, used_for

if TYPE_CHECKING:
    import networkx

    from collegium.graph.backend.graph import CompactGraph
    from collegium.graph.network import Network

_T = TypeVar("_T")
# What things cost, counting the co-author network being 1.
_AS_GRAPH: Final = 20.0
_AS_GROUPS: Final = 8.0
_AS_INFO: Final = 2.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which network is asked for. `weight`: None for a measure's own; `around`: nodes in the middle of a measure."""

    projection: str = "coauthors"
    weight: str | None = None
    where: Filter = Filter()
    around: tuple[str, ...] = ()

    @property
    def drawn_weight(self) -> str:
        """The weight that links are drawn with: a measure that takes none still needs the joint papers."""
        return "full" if self.weight in (None, "none") else self.weight


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

        def make() -> Mirror:
            form = mirror_form(self.version)
            return self.kept_flat(self._mirror_key, form, lambda: mirror(self.store, self._most_authors))

        return self.memory.get("mirror", make)

    @property
    def _mirror_key(self) -> dict[str, Any]:
        return {"kind": "mirror", "most_authors": self._most_authors}

    @property
    def info(self) -> Info:
        """The figures of the store."""
        key = {"kind": "info", "most_authors": self._most_authors, "path": str(self.store.path)}
        make = partial(info, self.store, self._most_authors)
        return self.memory.get("info", lambda: self._kept(key, INFO, make, _AS_INFO))

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
        return find_iri(self.mirror, self.engine, kind, text)

    def used_for(self, kind: str, text: str) -> str | None:
        """Return the IRI that belief uses instead of that of an ID (or IRI); None where it uses this one."""
        return used_for(self.engine, self.base, kind, text)

    def network(self, wanted: Wanted) -> networkx.Graph:
        """Return a projection, frozen: it is shared by all who ask."""

        def make() -> networkx.Graph:
            import networkx

            drawn = project(self.mirror, wanted.projection, weight=wanted.drawn_weight, where=wanted.where)
            return networkx.freeze(drawn)

        key = ("network", wanted.projection, wanted.drawn_weight, wanted.where)
        return self.made(key, make, _AS_GRAPH)

    def compact(self, wanted: Wanted) -> Network:
        """Return a projection as compressed rows: for measures, at any size."""
        from collegium.graph.kept_columns import network_form

        def make() -> Network:
            key, form = self._network_key(wanted), network_form(self.mirror)
            return self.kept_flat(key, form, lambda: self._counted(wanted))

        return self.memory.get(("compact", wanted.projection, wanted.drawn_weight, wanted.where), make)

    def counted(self, wanted: Wanted, *, wait_s: float = 0) -> Network:
        """The same; `wait_s` as `ranking` has it."""
        return self.compact(wanted)

    def has_network(self, wanted: Wanted) -> bool:
        """Return whether a projection is remembered, or on the shelf."""
        shelf, place = self.store.shelf, ("compact", wanted.projection, wanted.drawn_weight, wanted.where)
        if self.memory.known(place) is not None:
            return True
        return shelf is not None and shelf.has_flat(self._network_key(wanted))

    def _network_key(self, wanted: Wanted) -> dict[str, Any]:
        return {"kind": "network", **self._told(wanted, wanted.drawn_weight)}

    def graph(self, wanted: Wanted) -> networkx.Graph | CompactGraph:
        """Return a projection as a graph of one's own: up to `MOST_FOR_NETWORKX` nodes networkx's."""
        from collegium.graph.backend.graph import MOST_FOR_NETWORKX, CompactGraph

        rows = self.compact(wanted)
        return CompactGraph(rows) if len(rows) > MOST_FOR_NETWORKX else self.network(wanted).copy()

    def _counted(self, wanted: Wanted) -> Network:
        from collegium.graph.compact import compact

        return compact(self.mirror, wanted.projection, weight=wanted.drawn_weight, where=wanted.where)

    def ranking(
        self,
        name: str,
        wanted: Wanted,
        sample: Sample | None = None,
        *,
        wait_s: float = 0,
        is_slice: bool = False,
    ) -> Ranking:
        """Return the nodes of a projection ranked by a measure, from all nodes or from a sample of them.

        `wait_s`: for editions that have it computed elsewhere (`served.py`); here it is computed. The network of a
        slice is not remembered: a hundred of them may be asked for at once.

        Raises: UnknownName, MeasureError, ParameterError, NotFound.
        """
        row = measure_named(name)
        check_around(row, wanted.around)
        check_weight(projection_named(wanted.projection), wanted.drawn_weight)
        # What takes no weights must not lose the links that a weight by bylines leaves out, unless it is the weights
        # that say which links there are.
        unweighted = row.weight == "none" and not wanted.where.min_weight
        drawn = replace(wanted, weight=None) if unweighted else wanted

        def make() -> Ranking:
            net = self._counted(drawn) if is_slice else self.compact(drawn)
            middle = [node_named(net, text, self.find) for text in wanted.around]
            asked: dict[str, Any] = {"weight": wanted.weight, "sample": sample, "around": middle}
            return measure(net, row.name, **asked, mirror=self.mirror)

        def kept() -> Ranking:
            return self._kept(self.ranking_key(row.name, wanted, sample), ranking_form(self.mirror), make)

        return self.memory.get(("ranking", row.name, wanted, sample), kept)

    def ranking_key(self, name: str, wanted: Wanted, sample: Sample | None) -> dict[str, Any]:
        """Return what tells a ranking from others on the shelf."""
        drawn = {} if sample is None else {"sample": [sample.size, sample.seed]}
        around = {"around": list(wanted.around)} if wanted.around else {}
        return {"kind": "ranking", "measure": name, **drawn, **around, **self._told(wanted, wanted.weight)}

    def communities(self, wanted: Wanted, seed: int = 1, way: Way | None = None) -> Communities:
        """Return the communities of a projection; `way` stands for `seed`.

        Raises: ParameterError, UnknownName, NotFound.
        """
        asked = Way(seed=seed) if way is None else way

        def make() -> Communities:
            return communities(self.compact(wanted), **asked.facts)

        key = {"kind": "communities", **asked.facts, **self._told(wanted, wanted.drawn_weight)}
        return self.memory.get(
            ("communities", replace(wanted, weight=wanted.drawn_weight), asked),
            lambda: self._kept(key, communities_form(self.mirror), make, _AS_GROUPS),
        )

    def links(self, wanted: Wanted) -> Links:
        """Return who is linked to whom in a projection."""
        key = {"kind": "links", **self._told(wanted, wanted.drawn_weight)}
        return self._kept(key, LINKS, lambda: links_of(self.compact(wanted)))

    def document(
        self, key: dict[str, Any], make: Callable[[], dict[str, Any]], work: float = 1
    ) -> dict[str, Any]:
        """Return a document as it was made of this version, by whichever process, else make it; all ready for JSON."""
        told = key | {"most_authors": self._most_authors}
        return self.memory.get(
            json.dumps(told, sort_keys=True), lambda: self._kept(told, DOCUMENT, make, work)
        )

    def made(self, key: Hashable, make: Callable[[], _T], work: float = 1) -> _T:
        """Return what is remembered under a key, else what `make` gives.

        `work` is what that costs, counting the co-author network being 1: for editions that have what is dear made
        elsewhere (`served.py`).
        """
        return self.memory.get(key, make)

    def _kept(self, key: dict[str, Any], form: Form[_T], make: Callable[[], _T], work: float = 1) -> _T:
        """Return what another process has made of this version, else make it and put it there for others."""
        shelf = self.store.shelf
        return make() if shelf is None else shelf.keep(key, form, make)

    def kept_flat(self, key: dict[str, Any], form: Form[_T], make: Callable[[], _T]) -> _T:
        """The same for columns of any kind."""
        shelf = self.store.shelf
        return make() if shelf is None else shelf.keep_flat(key, form, make)

    def _told(self, wanted: Wanted, weight: str | None) -> dict[str, Any]:
        """Return what tells networks apart, ready for JSON."""
        told = {"projection": wanted.projection, "weight": weight, "where": wanted.where.given}
        return told | {"most_authors": self._most_authors}
