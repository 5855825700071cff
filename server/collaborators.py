"""What `KnowledgeGraph` answers on paths, distances, links and communities."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from collegium.graph.errors import UnknownName
from collegium.graph.selection import Filter

if TYPE_CHECKING:
    from collegium.graph.communities import Communities, Stability, Way
    from collegium.graph.community_bridges import Bridges
    from collegium.graph.community_history import History
    from collegium.graph.community_topics import Topics
    from collegium.graph.pair_links import PairLink
    from collegium.graph.paths import CollaborationPath, CollaborationPaths
    from collegium.graph.reach import Reach

    from .editions import Edition, Wanted


def wanted_of(
    projection: str, weight: str | None, where: dict[str, Any], around: Sequence[str] = ()
) -> Wanted:
    """Return the network that keyword arguments ask for. Raises: ParameterError."""
    from .editions import Wanted
    from .naming import in_order

    return Wanted(projection, weight, Filter(**where), in_order(around))


def linked_by(projection: str, weight: str, where: dict[str, Any]) -> Wanted:
    """Return the network that keyword arguments ask for, whose links have weights.

    Raises: UnknownName for a weight that is none of a link; ParameterError.
    """
    from collegium.graph.projections import WEIGHTS

    known = [name for name in WEIGHTS if name != "none"]
    if weight not in known:
        raise UnknownName("weight", str(weight), known)
    return wanted_of(projection, weight, where)


class Collaborators:
    """The part of `KnowledgeGraph` that asks who is how far from whom, and who belongs together.

    `where` are the filters of `graph.selection.Filter`. Authors are given by ID, IRI or name; of a name that is none,
    `NotFound` names those alike.
    """

    @abstractmethod
    def edition(self) -> Edition:
        """Return the newest version with all that is derived from it."""

    @overload
    def path(
        self,
        start: str,
        end: str,
        *,
        by: str = ...,
        as_of: int | None = ...,
        all: Literal[False] = ...,
        **where: Any,
    ) -> CollaborationPath: ...
    @overload
    def path(
        self,
        start: str,
        end: str,
        *,
        by: str = ...,
        as_of: int | None = ...,
        all: Literal[True],
        most: int = ...,
        **where: Any,
    ) -> CollaborationPaths: ...
    def path(
        self,
        start: str,
        end: str,
        *,
        by: str = "steps",
        weight: str = "full",
        as_of: int | None = None,
        all: bool = False,
        most: int = 100,
        **where: Any,
    ) -> CollaborationPath | CollaborationPaths:
        """Return a shortest collaboration path between two authors; with `all` all of them, at most `most` listed.

        `by`: fewest "steps", or least "distance" (1/weight). `as_of`: only papers up to that year.
        """
        from . import collaboration as ask

        edition = self.edition()
        wanted = ask.as_of(linked_by("coauthors", weight, where), as_of)
        ends = ask.two_authors(edition, start, end)
        return (
            ask.paths_of(edition, *ends, wanted, by, most) if all else ask.path_of(edition, *ends, wanted, by)
        )

    def distances(self, author: str, *, as_of: int | None = None, **where: Any) -> Reach:
        """Return how many steps everybody is from an author: an Erdős number for anyone."""
        from . import collaboration as ask

        edition = self.edition()
        wanted = ask.as_of(wanted_of("coauthors", None, where), as_of)
        return ask.reach_of(edition, ask.author_of(edition, author), wanted)

    def link(self, one: str, other: str, *, as_of: int | None = None, **where: Any) -> PairLink:
        """Return why two authors are linked: joint papers, weights by each scheme, what is cut."""
        from . import collaboration as ask

        edition = self.edition()
        wanted = ask.as_of(wanted_of("coauthors", None, where), as_of)
        return ask.link_of(edition, *ask.two_authors(edition, one, other), wanted)

    def communities(
        self,
        *,
        projection: str = "coauthors",
        weight: str = "full",
        seed: int = 1,
        method: str = "leiden",
        objective: str | None = None,
        resolution: float | None = None,
        **where: Any,
    ) -> Communities:
        """Return the communities of a projection; see `graph.communities.Way` for how they are found."""
        from collegium.graph.communities import Way

        way = Way(method, objective, resolution, seed)
        return self.edition().communities(linked_by(projection, weight, where), way=way)

    def community_topics(
        self, found: Communities, *, projection: str = "coauthors", weight: str = "full", **where: Any
    ) -> list[Topics]:
        """Return what each of the communities that `communities` found with these arguments is about, in order."""
        from . import collaboration as ask

        topics = ask.topics_of(self.edition(), linked_by(projection, weight, where), found.way)
        return [topics.of_group(at) for at in range(len(found))]

    def community_stability(
        self,
        found: Communities,
        more: int,
        *,
        projection: str = "coauthors",
        weight: str = "full",
        **where: Any,
    ) -> Stability | None:
        """Return how much the communities of so many further seeds agree with those found with these arguments."""
        from . import collaboration as ask

        return ask.stability_of(self.edition(), linked_by(projection, weight, where), found.way, more)

    def community_history(
        self,
        slices: str = "3y",
        *,
        projection: str = "coauthors",
        weight: str = "full",
        way: Way | None = None,
        threshold: float = 0.3,
        min_size: int = 3,
        **where: Any,
    ) -> History:
        """Return the communities of each slice of years, and which continue, split, merge, end or are born."""
        from collegium.graph.communities import Way

        from . import collaboration as ask

        wanted = linked_by(projection, weight, where)
        return ask.history_of(self.edition(), wanted, slices, way or Way(), threshold, min_size)

    def bridges(
        self,
        one: int,
        other: int,
        *,
        projection: str = "coauthors",
        weight: str = "full",
        way: Way | None = None,
        **where: Any,
    ) -> Bridges:
        """Return the links and members between two communities, by their numbers."""
        from collegium.graph.communities import Way

        from . import collaboration as ask

        return ask.bridges_of(self.edition(), linked_by(projection, weight, where), way or Way(), one, other)
