"""Cut author lists: where another source has the whole list of a paper, belief takes the authors from there alone.

A source that has both of one paper names the same people twice; belief takes all, and the list for whole.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from .. import vocabulary as v
from .clusters import Identity

_OF_LISTS: Final = frozenset({v.DCTERMS_CREATOR, v.DCTERMS_CONTRIBUTOR, v.SOA_HAS_AUTHORSHIP})
_CUT: Final = Literal(True)


class Lists:
    """Which sources have a list that another completes; looked up once a paper, as the claims are when it is asked."""

    def __init__(self, engine: ox.Store, base: str, identity: Identity) -> None:
        self._engine, self._base, self._identity = engine, base, identity
        # Paper, as belief has it -> sources that have its list cut, and whole.
        self._known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def is_completed(self, triple: Triple, source: str) -> bool:
        """Return whether a claim belongs to a cut list that another source has whole: belief leaves it out."""
        paper = self.paper_of(triple)
        if paper is None:
            return False
        if triple.predicate == v.CK_TRUNCATED:
            return self._is_whole(paper)
        return source in self.completed(paper)

    def concerns(self, triple: Triple) -> bool:
        """Return whether a claim is one of those that belief leaves out of a completed list."""
        return self.paper_of(triple) is not None

    def completed(self, paper: str) -> frozenset[str]:
        """Return the sources that have a cut list of a paper which another has whole."""
        cut, whole = self._sources(paper)
        return cut - whole if whole else frozenset()

    def is_cut(self, paper: str) -> bool:
        """Return whether some source has the list of a paper cut."""
        return bool(self._sources(paper)[0])

    def _is_whole(self, paper: str) -> bool:
        """Whether some source has the whole list of a paper."""
        return bool(self._sources(paper)[1])

    def _sources(self, paper: str) -> tuple[frozenset[str], frozenset[str]]:
        """The sources that have the list of a paper cut, and those that have it whole."""
        used = self._identity.one(paper)
        if used not in self._known:
            self._known[used] = self._looked_up(used)
        return self._known[used]

    def _looked_up(self, used: str) -> tuple[frozenset[str], frozenset[str]]:
        cut: set[str] = set()
        whole: set[str] = set()
        for member in self._identity.members.get(used, (used,)):
            for quad in self._engine.quads_for_pattern(NamedNode(member), v.CK_TRUNCATED, None, None):
                graph = quad.graph_name
                if isinstance(graph, NamedNode) and v.is_claims_graph(self._base, graph.value):
                    (cut if quad.object == _CUT else whole).add(graph.value)
        return frozenset(cut), frozenset(whole)

    def paper_of(self, triple: Triple) -> str | None:
        """Return the paper whose list a claim belongs to; None for a claim that belongs to none."""
        subject, predicate = triple.subject, triple.predicate
        if not isinstance(subject, NamedNode):
            return None
        if predicate in _OF_LISTS or (predicate == v.CK_TRUNCATED and triple.object == _CUT):
            return subject.value
        paper, mark, _ = subject.value.partition("/a/")
        return paper if mark and paper.startswith(self._base + "paper/") else None
