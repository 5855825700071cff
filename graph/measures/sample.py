"""A sample of nodes to start from, where starting from all of them would take too long."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Final

from collegium.graph.errors import ParameterError

USUAL_SIZE: Final = 500
MOST: Final = 10**9  # nodes, and seeds
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Sample:
    """How many pivots, drawn without replacement, and the seed they follow from.

    Raises: ParameterError for a size that is not a whole number from 1, a seed that is not one from 0 to 10^9.
    """

    size: int = USUAL_SIZE
    seed: int = 1

    def __post_init__(self) -> None:
        _check("sample", self.size, 1)
        _check("seed", self.seed, 0)

    def pivots(self, nodes: int) -> list[int]:
        """Return the numbers of the pivots among so many nodes, in the order they are drawn: as networkx draws them.

        Raises:
            ParameterError: there are fewer nodes.

        Example:
            >>> Sample(2, seed=1).pivots(5)
            [1, 0]
        """
        if self.size > nodes:
            raise ParameterError("sample", self.size, f"at most the {nodes:,} nodes of this network")
        return Random(self.seed).sample(range(nodes), self.size)


def drawn(size: int | None, seed: int = 1) -> Sample | None:
    """Return a sample of that size; None where none is asked for. Raises: ParameterError."""
    if size is None and seed != 1:
        raise ParameterError("seed", seed, "a sample to draw with it: sample=500")
    return None if size is None else Sample(size, seed)


def _check(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
        raise ParameterError(name, value, f"a whole number from {least} to {MOST:,}")


def hoeffding(nodes: int, size: int, values: int) -> float:
    """Return how far the mean of `size` numbers in [0, 1], drawn without replacement, lies from that of all at most.

    For all of `values` such means at the same time, in 95 of 100 samples. 0 when all nodes were taken.

    Source: Hoeffding 1963, 10.1080/01621459.1963.10500830, theorem 2 and section 6, with the union bound.

    Example:
        >>> round(hoeffding(10_000, 500, 1), 4), hoeffding(3, 3, 3)
        (0.0607, 0.0)
    """
    return 0.0 if size >= nodes else math.sqrt(math.log(2 * values / (1 - CONFIDENCE)) / (2 * size))
