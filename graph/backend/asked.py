"""What a call asks for that we do not do, and the sizes of links that it names."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .graph import CompactGraph

# Function -> argument -> the only value of it that we honour.
ONLY: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "betweenness_centrality": {"k": None, "endpoints": False},
        "closeness_centrality": {"u": None},
        "clustering": {"nodes": None},
        "constraint": {"nodes": None},
        "degree_assortativity_coefficient": {"nodes": None, "weight": None},
        "effective_size": {"nodes": None, "weight": None},  # weighted, NetworkX has two answers
        "harmonic_centrality": {"nbunch": None, "sources": None},
        "pagerank": {"personalization": None, "nstart": None, "dangling": None},
        "shortest_path_length": {"weight": None},
        "triangles": {"nodes": None},
    }
)
_NUMBERS: Final = ("beta",)  # NetworkX takes a dict too
_NAMES: Final = ("weight", "distance")  # of what links carry; NetworkX takes a function too


def reason_against(name: str, given: Mapping[str, Any]) -> str | None:
    """Return why a call is not done here; None where it is."""
    for argument, value in given.items():
        only = ONLY.get(name, {})
        if argument in only and value is not only[argument]:
            return f"{name} is done for {argument}={only[argument]} alone"
        if argument in _NAMES and not (value is None or isinstance(value, str)):
            return f"{name} takes {argument} by name"
        if argument in _NUMBERS and isinstance(value, Mapping):
            return f"{name} takes {argument} as one number"
    return None


def refuse(name: str, graph: CompactGraph, **given: Any) -> None:
    """Raise NotImplementedError where a call is not done here; of an empty graph none is."""
    reason = reason_against(name, given) or (f"{name} of an empty graph" if not len(graph) else None)
    if reason:
        raise NotImplementedError(reason)


def sizes_of(graph: CompactGraph, name: str | None) -> NDArray[Any] | None:
    """Return what links carry under a name, beside `links.ends`; None where they all count 1."""
    return None if name is None else graph.sizes.get(name)


def lengths_of(graph: CompactGraph, name: str | None) -> NDArray[Any] | None:
    """Return lengths of links. Raises: NotImplementedError unless all are whole numbers.

    Two ways of one length are told from two of nearly one length by exact sums, which fractions do not have.
    """
    found = sizes_of(graph, name)
    if found is not None and not (np.all(found == np.floor(found)) and found.sum() < 2**53):
        raise NotImplementedError(f"{name} that is no whole number")
    return found


def by_node(graph: CompactGraph, values: NDArray[Any]) -> dict[Hashable, Any]:
    """Return node -> value."""
    return dict(zip(graph.labels, values.tolist(), strict=True))
