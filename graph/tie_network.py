"""The network that network files give, as they give it: authors linked by ties, which no paper stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .errors import ParameterError
from .items import Entity, Tie
from .selection import Filter, find
from .snapshot import Mirror

if TYPE_CHECKING:
    import networkx

_WEIGHT: Final = ("unit of weight", "units of weight")  # what a link counts, in words for a picture
_CHOOSING: Final = ("authors", "min_weight")  # what can choose among ties; all else chooses among papers


def tie_network(mirror: Mirror, name: str, weight: str, where: Filter) -> networkx.Graph:
    """Return the ties of a mirror as a network, with the facts that `projections.project` gives of any.

    Nodes of the files are nodes also without a tie. A tie whose weight is not above 0 gives nodes and no link, and
    `ties_without_weight` says how many these are.

    Raises:
        ParameterError: the filter asks for something of papers.
        NotFound, AmbiguousName: an author that is asked for.
    Cost: O(ties).
    """
    import networkx

    for given, value in where.given.items():
        if given not in _CHOOSING:
            raise ParameterError(
                given, value, "nothing: ties have no papers, so that only their authors can be chosen"
            )
    chosen = {find("author", mirror.authors, author) for author in where.authors} if where.authors else None
    ties = [tie for tie in mirror.ties if chosen is None or {tie.one, tie.other} <= chosen]
    graph = networkx.Graph(projection=name, weight=weight, where=where.given, **_facts(mirror, ties))
    alone = {at for at in mirror.ties.nodes.tolist() if chosen is None or at in chosen}
    for at in sorted(alone.union(*((tie.one, tie.other) for tie in ties))):
        graph.add_node(mirror.authors[at].iri, **_node_facts(mirror.authors[at]))
    for tie in ties:
        strength = 1 if weight == "none" else tie.weight
        if tie.weight > 0 and tie.weight >= where.min_weight:
            ends = mirror.authors[tie.one].iri, mirror.authors[tie.other].iri
            graph.add_edge(
                *ends, weight=strength, distance=1 / strength, papers=(), from_year=None, to_year=None
            )
    return graph


def _node_facts(author: Entity) -> dict[str, object]:
    return {
        "kind": "author",
        "name": author.name,
        "id": author.id,
        "papers": 0,
        "fractional_papers": 0.0,
        "from_year": None,
        "to_year": None,
    }


def _facts(mirror: Mirror, ties: list[Tie]) -> dict[str, object]:
    counts = ("seen", "truncated", "without_year", "year_inferred", "without_members", "without_pairs")
    return {
        "version": mirror.version,
        **{f"papers_{count}": 0 for count in counts},
        "most_authors": None,
        "coverage": None,
        "at_least": False,
        "ties": len(ties),
        "tie": _WEIGHT,
        "ties_without_weight": sum(tie.weight <= 0 for tie in ties),
    }
