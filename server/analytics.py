"""What `KnowledgeGraph` tells of networks as a whole: a part of it, in a file of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from collegium.graph.selection import Filter

if TYPE_CHECKING:
    from collegium.graph.figures import Figures

    from .editions import Edition


class Analytics(ABC):
    """Questions to the network of the newest version."""

    @abstractmethod
    def edition(self) -> Edition:
        """Return the newest version with all that is derived from it."""

    def figures(
        self,
        *names: str,
        projection: str = "coauthors",
        weight: str = "full",
        seed: int = 1,
        degrees: Sequence[int] = (),
        **where: Any,
    ) -> Figures:
        """Return figures of a whole projection (density, diameter …), all of them without names.

        `seed` is of what is sampled; `degrees` are those at which the rich club is told.
        """
        from .editions import Wanted
        from .whole_network import figures_of

        wanted = Wanted(projection, weight, Filter(**where))
        return figures_of(self.edition(), wanted, names, seed=seed, degrees=degrees)
