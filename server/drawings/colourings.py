"""How nodes fall into groups that share a colour: nine hues by size of group, grey for the rest, ink for the centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collegium.graph.communities import communities

from .picture import CENTRE_HUE, REST_HUE, Colouring, Group, clean

_HUES = 9


@dataclass(frozen=True)
class Coloured:
    """A colouring and, for each node in order, the number of its group."""

    colouring: Colouring
    group_of: tuple[int, ...]


def find_communities(graph: Any, hubs: frozenset[str], seed: int) -> dict[str, int]:
    """Return IRI -> number of its community, from 1, the largest first; hubs have none and count for nothing.

    A node linked to all others pulls the groups it joins together: they are looked for without it.
    """
    others = graph.subgraph([node for node in graph if node not in hubs]) if hubs else graph
    return communities(others, seed=seed).number_of


def by_community(
    nodes: Sequence[str],
    names: Mapping[str, str],
    strength: Mapping[str, float],
    community: Mapping[str, int],
) -> Coloured:
    """Return the colouring by community, each named by its leading member (greatest `strength`, then name).

    Communities beyond the ninth and those of one member are grey, a row each; nodes without a community take the ink.
    """
    members: dict[int, list[str]] = {}
    for node in nodes:
        if node in community:
            members.setdefault(community[node], []).append(node)
    groups: list[Group] = []
    number_of: dict[int, int] = {}
    for number, inside in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(inside) > 1 and len(groups) < _HUES:
            number_of[number] = len(groups)
            lead = min(inside, key=lambda node: (-strength[node], names[node], node))
            groups.append(
                Group(f"{clean(names[lead])} and {len(inside) - 1} more", len(inside), str(len(groups)))
            )
    for title, sizes in (("smaller groups", range(2, len(nodes) + 1)), ("in no group", range(1, 2))):
        left = [number for number in members if number not in number_of and len(members[number]) in sizes]
        if left:
            groups.append(Group(title, sum(len(members[number]) for number in left), REST_HUE))
            number_of |= dict.fromkeys(left, len(groups) - 1)
    centre = [node for node in nodes if node not in community]
    hub = len(groups)
    if centre:
        title = clean(names[centre[0]]) if len(centre) == 1 else "linked to nearly all around"
        groups.append(Group(title, len(centre), CENTRE_HUE))
    found = tuple(number_of[community[node]] if node in community else hub for node in nodes)
    return Coloured(Colouring("community", "Community", tuple(groups)), found)


def by_institution(nodes: Sequence[str], institutions: Mapping[str, str]) -> Coloured:
    """Return the colouring by institution: the nine with most nodes (then by name), others grey, unknown grey."""
    sizes = Counter(institutions[node] for node in nodes if node in institutions)
    ranked = sorted(sizes, key=lambda label: (-sizes[label], label))
    groups = [Group(clean(label), sizes[label], str(hue)) for hue, label in enumerate(ranked[:_HUES])]
    number_of = {label: number for number, label in enumerate(ranked[:_HUES])}
    if ranked[_HUES:]:
        number_of |= dict.fromkeys(ranked[_HUES:], len(groups))
        groups.append(Group("other institutions", sum(sizes[label] for label in ranked[_HUES:]), REST_HUE))
    unknown = len(groups)
    without = sum(1 for node in nodes if node not in institutions)
    if without:
        groups.append(Group("institution not known", without, REST_HUE))
    found = tuple(number_of[institutions[node]] if node in institutions else unknown for node in nodes)
    return Coloured(Colouring("institution", "Institution", tuple(groups)), found)


def by_place(count: int) -> Coloured:
    """Return the colouring of a path: its two ends, and those between. Groups of co-authors say nothing on a chain."""
    ends = min(count, 2)
    groups = [Group("ends", ends, "0")] if ends else []
    if count > 2:
        groups.append(Group("between", count - 2, "1"))
    found = tuple(0 if number in (0, count - 1) else 1 for number in range(count))
    return Coloured(Colouring("place", "Place on the path", tuple(groups)), found)
