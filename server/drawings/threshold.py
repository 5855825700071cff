"""How much of a large network is drawn: the bound on joint papers is raised until it fits, and it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .picture import PAPERS_TIE, counted


@dataclass(frozen=True)
class Cut:
    """Which nodes stay (sorted IRIs), the least joint papers of a link, and a sentence when any is hidden."""

    nodes: tuple[str, ...]
    least_joint_papers: int
    note: str | None


def joint_papers(attributes: Any) -> int:
    """Return the joint papers of an edge: as many as it lists, or its weight where it lists none."""
    papers = attributes.get("papers")
    return len(papers) if papers else max(1, round(attributes.get("weight", 1)))


def cut_network(graph: Any, *, at_most: int, noun: tuple[str, str], tie: tuple[str, str] = PAPERS_TIE) -> Cut:
    """Return what to draw of `graph`: all of it up to `at_most` nodes.

    Above, the bound on joint papers is raised until at most that many nodes keep a link. When every bound leaves
    fewer than two nodes, the strongest `at_most` nodes (joint papers summed, then IRI) of the bound before stay.
    `tie` is what a link counts, one and many.

    Cost: O(m log m).
    """
    whole = len(graph)
    if whole <= at_most:
        return Cut(tuple(sorted(graph)), 1, None)
    best = _strongest_link(graph)
    # The bound that just fits: one more than the best link of the first node beyond the limit.
    # A bound of 1 hides the unlinked only.
    bound = sorted(best.values(), reverse=True)[at_most] + 1
    kept = sorted(node for node, strongest in best.items() if strongest >= bound)
    least = counted(bound, *tie)
    why = f"shown are links of at least {least}, the lowest bound that leaves at most {at_most:,}"
    if len(kept) < 2:
        bound -= 1
        strength = dict.fromkeys(graph, 0)
        for a, b, attributes in graph.edges(data=True):
            strength[a] += joint_papers(attributes)
            strength[b] += joint_papers(attributes)
        kept = sorted(sorted(graph, key=lambda node: (-strength[node], node))[:at_most])
        why = f"no bound on {tie[1]} leaves between 2 and {at_most:,}, so shown are those with most {tie[1]}"
    hidden = whole - len(kept)
    verb = "is" if hidden == 1 else "are"
    return Cut(tuple(kept), bound, f"{hidden:,} of {counted(whole, *noun)} {verb} hidden: {why}.")


def _strongest_link(graph: Any) -> dict[str, int]:
    """Return node -> joint papers of its strongest link, 0 without a link."""
    best = dict.fromkeys(graph, 0)
    for a, b, attributes in graph.edges(data=True):
        count = joint_papers(attributes)
        best[a], best[b] = max(best[a], count), max(best[b], count)
    return best


def cut_ego(graph: Any, centre: str, *, at_most: int, noun: tuple[str, str]) -> Cut:
    """Return the centre and its neighbours; above `at_most` nodes those with most joint papers, then by IRI."""
    near = sorted(graph[centre], key=lambda node: (-joint_papers(graph[centre][node]), node))
    near = [node for node in near if node != centre]
    kept, hidden = near[: at_most - 1], max(0, len(near) - (at_most - 1))
    note = None
    if hidden:
        verb = "is" if hidden == 1 else "are"
        note = f"{hidden:,} of {len(near):,} linked {noun[1]} {verb} hidden: shown are those with most joint papers."
    return Cut((centre, *sorted(kept)), 1, note)
