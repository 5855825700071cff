"""`KnowledgeGraph`: the one object behind command line, HTTP and Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from collegium.graph.describe import Info, info
from collegium.graph.progress import Progress
from collegium.graph.replacing import MODES
from collegium.graph.ror import NO_TABLE
from collegium.graph.snapshot import MOST_AUTHORS
from collegium.graph.source_problems import SourceProblem, problems_of
from collegium.graph.sources import SourceInfo, find_source, sources
from collegium.graph.store import Store
from collegium.graph.vocabulary import DEFAULT_BASE

from . import changing
from .analytics import Analytics
from .by_years import ByYears
from .collaborators import Collaborators, wanted_of
from .draws import Draws
from .suggester import Suggester

if TYPE_CHECKING:
    import networkx
    from rdflib import Dataset

    from collegium.graph.backend.graph import CompactGraph
    from collegium.graph.conformance import CheckReport
    from collegium.graph.measures import Ranking
    from collegium.graph.report import LoadReport
    from collegium.graph.source_diff import Difference
    from collegium.graph.text_search import Found
    from collegium.queries.run import Answer
    from collegium.queries.terms import IRI

    from .editions import Edition
    from .identities import Identities
    from .newest import Editions
    from .runs import Runs


class KnowledgeGraph(Collaborators, ByYears, Suggester, Analytics, Draws):
    """A store and all that is read from it; always the newest committed version.

    Filters (`from_year`, `to_year`, `category`, `institution`, `authors`, `complete_only`, `shown_only`, `min_weight`)
    are those of `graph.selection.Filter`.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        pairs: bool = True,
        most_authors: int = MOST_AUTHORS,
        identity: str | None = None,
        ror: str | Path | None = None,
    ) -> None:
        """`pairs`: whether loading writes the graph of coauthor pairs; `most_authors`: a paper with more makes none;
        `identity`: the policy that loading sets; `ror`: the table in which it looks up institutions, or "none"."""
        self._store, self._clock, self._most_authors, self._policy = store, clock, most_authors, identity
        self._network: dict[str, Any] = {"pairs": pairs, "most_authors": most_authors}
        # A service that owns the store stands in another folder.
        table = str(ror if str(ror) == NO_TABLE else Path(ror).absolute()) if ror else None
        self._loading = {"ror": table, **self._network}
        self._lock = Lock()
        self._editions: Editions | None = None

    def __repr__(self) -> str:
        store = self.store
        return f"<KnowledgeGraph in {store.path or 'memory'}, version {store.version}, {len(store.engine)} statements>"

    @property
    def store(self) -> Store:
        """The newest version of the store."""
        with self._lock:
            self._store = self._store.refreshed()
            return self._store

    @property
    def version(self) -> int:
        """The newest version's number; it grows by one with each change."""
        return self.store.version

    def edition(self) -> Edition:
        """Return the newest version with all that is derived from it; take one a request."""
        if self._editions is None:
            from .newest import Editions

            with self._lock:
                self._editions = self._editions or Editions(lambda: self._store, self._most_authors)
        found = self._editions.current()
        self._store = found.store  # a lease on the version before would keep it on disk
        return found

    def load(
        self,
        *paths: str | Path,
        format: str | None = None,
        source_date: date | None = None,
        identity: str | None = None,
        progress: Progress | None = None,
        dry_run: bool = False,
        replacing: str = MODES[0],
        replaces: str | None = None,
    ) -> LoadReport:
        """Load files, folders and patterns; see `graph.load.load`. `replaces`: ID, IRI or file name of a source.

        A store that a running service owns is written by that service, which goes on answering meanwhile.
        """
        told = {"identity": identity or self._policy, "replacing": replacing, **self._loading}
        return changing.load(
            self.store,
            paths,
            format,
            source_date,
            progress,
            clock=self._clock,
            dry_run=dry_run,
            replaces=replaces,
            told=told,
        )

    def unload(self, source: str) -> int:
        """Take out a source (ID, IRI or file name) exactly; return the new version."""
        return changing.unload(self.store, source, clock=self._clock, told=self._loading)

    @property
    def identity(self) -> Identities:
        """Who is whom: list, merge, split and undo."""
        from .identities import Identities

        return Identities(lambda: self.store, self.find, self._clock, self._network)

    @property
    def runs(self) -> Runs:
        """Rankings that are kept: list, keep, compare with now, remove."""
        from .runs import Runs

        return Runs(lambda: self.store, self.edition, self._clock)

    def sources(self) -> list[SourceInfo]:
        """Return what was loaded, by IRI."""
        return sources(self.store)

    def problems(self, source: str, *, is_refused: bool | None = None) -> list[SourceProblem]:
        """Return what was not understood of a source (ID, IRI or file name), in the order of its file.

        `is_refused`: only what was lost, or only remarks on what was kept.
        """
        store = self.store
        node = NamedNode(find_source(store, source).iri)
        return list(problems_of(store.engine, node, is_refused=is_refused))

    def diff(self, one: str, other: str | None = None) -> list[Difference]:
        """Return what differs between two versions of a source, or two sources.

        Each is a source (ID, IRI or file name), alone or with "@old", "@new" or "@NUMBER" for one of its versions.
        One source alone is its last change.
        """
        from collegium.graph.source_diff import differences
        from collegium.graph.source_versions import compared, facts_named

        store = self.store
        old, new = (facts_named(store, name) for name in compared(one, other))
        return differences(old, new, self._most_authors)

    def info(self) -> Info:
        """Return the figures of the store."""
        return info(self.store, self._most_authors)

    def check(self) -> CheckReport:
        """Compare the files with their seal, run the SHACL shapes, and compare belief with the claims."""
        from collegium.graph.conformance import check

        return check(self.store)

    def query(self, text: str, *, at_most: int | None = None, **bindings: Any) -> Answer:
        """Return the answer to a SPARQL query; keyword arguments bind its variables as terms, never as text."""
        from collegium.queries.guard import check
        from collegium.queries.terms import to_term

        from .asking import ask

        check(text)
        bound = {name: to_term(name, value) for name, value in bindings.items()}
        return ask(self.edition(), text, bound, at_most)

    def named(
        self,
        name: str,
        parameters: Mapping[str, object] | None = None,
        *,
        at_most: int | None = None,
        offset: int = 0,
        **given: object,
    ) -> Answer:
        """Return the answer to a query of the catalogue; authors, papers … by ID, IRI or name.

        Parameters come as keywords, or in `parameters` where their names are words of Python ("from").
        """
        from collegium.queries.catalogue import CATALOGUE

        from .asking import ask

        edition, query = self.edition(), CATALOGUE.named(name)
        bound = query.bind({**(parameters or {}), **given}, edition.find)
        return ask(edition, query.text, bound, at_most, offset)

    @property
    def dataset(self) -> Dataset:
        """The same store as an rdflib Dataset; read-only, and of the version there is now."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self.store.engine))

    def find(self, kind: str, text: str) -> IRI:
        """Return the IRI of an author, paper, institution, category or source by ID, IRI or name."""
        from collegium.queries.terms import IRI

        return IRI(self.edition().find(kind, text))

    def search(
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
        as_typed: bool = False,
    ) -> Found:
        """Return the papers, authors, institutions and categories whose words fit a text, best first."""
        return self.edition().search(text, kinds=kinds, limit=limit, offset=offset, as_typed=as_typed)

    def network(
        self, projection: str = "coauthors", *, weight: str = "full", **where: Any
    ) -> networkx.Graph | CompactGraph:
        """Return a projection as a networkx Graph of your own; of more than 20,000 nodes as a `CompactGraph`."""
        return self.edition().graph(wanted_of(projection, weight, where))

    def typed_network(self) -> networkx.Graph | CompactGraph:
        """Return all papers, authors, institutions and categories as one network, as `network` does."""
        from collegium.graph.typed_network import typed_network

        return typed_network(self.edition().mirror)

    def centrality(
        self,
        measure: str,
        *,
        projection: str = "coauthors",
        weight: str | None = None,
        sample: int | None = None,
        seed: int = 1,
        around: Sequence[str] = (),
        **where: Any,
    ) -> Ranking:
        """Return the nodes of a projection ranked by a measure, from all nodes or from `sample` of them by a seed.

        `around`: nodes (ID, IRI or name) that the walker of PageRank jumps back to.
        """
        from collegium.graph.measures.sample import drawn

        wanted = wanted_of(projection, weight, where, around)
        return self.edition().ranking(measure, wanted, drawn(sample, seed))


def open_graph(path: str | Path | None = None, *, base: str | None = None) -> KnowledgeGraph:
    """Return the knowledge graph in a folder, made there when there is none; one in memory without a path.

    Raises: StoreTooNew, StoreDamaged: the folder holds a store that cannot be used.
    """
    if path is None:
        return KnowledgeGraph(Store.memory(base=base or DEFAULT_BASE))
    return KnowledgeGraph(Store.open(path, create=True, base=base))
