"""The drawings of `KnowledgeGraph`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .collaborators import wanted_of

if TYPE_CHECKING:
    from .drawings import Drawing
    from .editions import Edition


class Draws:
    """What can be drawn of a store; `KnowledgeGraph` says of which."""

    def edition(self) -> Edition:
        """Return the newest version."""
        raise NotImplementedError

    def find(self, kind: str, text: str) -> str:
        """Return the IRI of a thing."""
        raise NotImplementedError

    def draw_network(self, *, projection: str = "coauthors", size: str = "papers", **where: Any) -> Drawing:
        """Return an interactive view of a projection; it shows itself in a notebook."""
        from .views import network_view

        return network_view(self.edition(), wanted_of(projection, None, where), size=size)

    def draw_ego(self, who: str, *, size: str = "papers", **where: Any) -> Drawing:
        """Return an interactive view of an author (ID, IRI or name) and their co-authors."""
        from .views import ego_view

        author, wanted = self.find("author", who), wanted_of("coauthors", None, where)
        return ego_view(self.edition(), author, wanted, size=size)

    def draw_path(self, start: str, end: str, **where: Any) -> Drawing:
        """Return an interactive view of a shortest path between two authors (ID, IRI or name)."""
        from .views import path_view

        return path_view(self.edition(), start, end, wanted_of("coauthors", None, where))
