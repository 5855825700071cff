"""How far everybody is from one person: an "Erdős number" for anyone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .errors import ParameterError
from .shortest import UNREACHED, steps_from

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network
    from .nodes import Node


@dataclass(frozen=True, eq=False)
class Reach:
    """Steps from one node to all others.

    - `steps`: to each node, `UNREACHED` without a path
    - `counts`: how many lie 0, 1, 2 … steps away; 1 for the person
    - `unreachable`: how many no path leads to
    """

    net: Network
    start: int
    steps: NDArray[Any]
    counts: tuple[int, ...]
    unreachable: int

    @cached_property
    def order(self) -> NDArray[Any]:
        """The nodes that are reached, by steps, then name; the person first. Cost: O(n log n), once."""
        import numpy as np

        order: NDArray[Any] = np.lexsort((self.net.nodes.places_by_name, self.steps))
        return order[self.unreachable :]

    @property
    def reached(self) -> int:
        """How many others are reached."""
        return sum(self.counts[1:])

    @property
    def farthest(self) -> int:
        """The most steps; 0 for somebody without links."""
        return len(self.counts) - 1

    @property
    def mean(self) -> float | None:
        """Mean steps to the others who are reached; None when there are none."""
        steps = sum(steps * count for steps, count in enumerate(self.counts))
        return steps / self.reached if self.reached else None

    @property
    def median(self) -> int | None:
        """The fewest steps within which at least half of the others who are reached lie; None when there are none."""
        seen = 0
        for steps, count in enumerate(self.counts[1:], start=1):
            seen += count
            if 2 * seen >= self.reached:
                return steps
        return None

    def total(self, at: int | None = None) -> int:
        """Return how many lie so many steps away; of all steps, the person left out. Raises: ParameterError."""
        first, last = self._span(at)
        return last - first

    def listed(self, at: int | None, limit: int, offset: int) -> list[tuple[int, Node]]:
        """Return steps and node of those so many steps away, or of all others, nearest first, then by name.

        Raises: ParameterError.
        """
        first, last = self._span(at)
        first = min(first + offset, last)
        places = range(first, min(first + limit, last))
        return [(self._steps(place), self.net.nodes[int(self.order[place])]) for place in places]

    def _span(self, at: int | None) -> tuple[int, int]:
        if at is None:
            return 1, len(self.net) - self.unreachable
        if isinstance(at, bool) or not isinstance(at, int) or at < 0:
            raise ParameterError("at", at, "a number of steps, 0 or more")
        return sum(self.counts[:at]), sum(self.counts[: at + 1])

    def _steps(self, place: int) -> int:
        steps, seen = 0, self.counts[0]
        while place >= seen:
            steps += 1
            seen += self.counts[steps]
        return steps


def reach(net: Network, start: int) -> Reach:
    """Return how far all nodes are from one, in steps.

    Links that cut author lists hide make steps fewer, never more: with `at_least` among the network's facts, steps are
    upper bounds.

    Cost: O(n + m).
    """
    import numpy as np

    steps = steps_from(net, start)
    is_reached = steps != UNREACHED
    counts = np.bincount(steps[is_reached]).tolist()
    unreachable = int((~is_reached).sum())
    return Reach(net, start, steps, tuple(counts), unreachable)
