"""What a measure is: one row of `MEASURES`, and what its engines give back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx

Value = int | float | None

COMPUTED: Final = "computed"
REPORTED: Final = "reported"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value per node (None: not defined there), and what else must be said of the run."""

    values: Mapping[str, Value]
    facts: Mapping[str, object] = field(default_factory=dict)


def numbered(graph: networkx.Graph) -> networkx.Graph:
    """Return a network with numbers for nodes, in their order, for algorithms that sum over sets.

    A set of texts has another order in each process, and the last digit of a sum follows the order.
    """
    import networkx

    return networkx.convert_node_labels_to_integers(graph)


# Takes the network and the edge attribute to use (None: every link counts 1).
Engine = Callable[["networkx.Graph", "str | None"], Outcome]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number per node.

    - `unit`, `range`: of the value, n nodes
    - `weight`: the edge attribute it takes when weighted, "strength" (`weight`), "distance", or "none"
    - `default_weight`: "none", or "full" for a measure that means nothing without weights
    - `cost`: in nodes n and links m
    - `source`: DOI of the definition
    - `basis`: "computed" from the network, or "reported" by a source
    - `engines`: name -> function, the first is the default; empty for reported measures
    - `grows`: whether a value can only grow when hidden authors become known (then a cut list makes it a
      lower bound)
    - `most_nodes`: of the largest network that it is computed on; None for any
    - `settings`: parameters fixed by us, part of every answer
    """

    name: str
    title: str
    definition: str
    unit: str
    range: str
    weight: str
    default_weight: str
    cost: str
    source: str
    basis: str
    engines: Mapping[str, Engine]
    grows: bool = False
    most_nodes: int | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
