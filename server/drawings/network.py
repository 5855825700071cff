"""Draw a network, the surroundings of one node, or a path: networkx graph in, `Drawing` out; the graph is only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from collegium.graph.errors import NotFound, ParameterError

from .build import Build, Extras
from .colourings import by_institution, by_place
from .drawing import Drawing
from .layout import components, find_hub, place_ego, place_network, place_path
from .notes import left_out_of_communities
from .picture import PAPERS_TIE, Picture, clean, noun_of
from .threshold import Cut, cut_ego, cut_network

AT_MOST_NODES = 300


def draw_network(
    graph: Any,
    *,
    title: str,
    papers: Mapping[str, Mapping[str, Any]] | None = None,
    institutions: Mapping[str, str] | None = None,
    values: Mapping[str, float | None] | None = None,
    values_title: str = "Measure",
    size_by: str = "papers",
    colour_by: str = "community",
    highlight: str | None = None,
    remarks: Sequence[str] = (),
    at_most_nodes: int = AT_MOST_NODES,
    seed: int = 1,
) -> Drawing:
    """Return the drawing of a projection.

    Above `at_most_nodes` nodes, links of few joint papers and the nodes without any other link are hidden;
    the drawing says so.

    Args:
        graph: as `project` gives it; not changed. Where links count something else than joint papers, the graph's
            `tie` names it, one and many ("statement", "statements"), an edge's `what` says what it is, and
            there is no size "papers".
        size_by: "papers", "links", or "values" (needs `values`).
        colour_by: "community", or "institution" (needs `institutions`).
        highlight: IRI of the node that is selected at first.
        remarks: sentences to go before those that the drawing says by itself.

    Raises: ParameterError.
    Cost: O(m + iterations · k²), k the nodes drawn.
    """
    if at_most_nodes < 2:
        raise ParameterError("at_most_nodes", at_most_nodes, "a whole number from 2")
    extras = Extras(papers or {}, institutions, values, values_title)
    tie = graph.graph.get("tie", PAPERS_TIE)
    cut = cut_network(graph, at_most=at_most_nodes, noun=_noun(graph), tie=tie)
    build = Build(graph, cut.nodes, cut.least_joint_papers, extras)
    hubs = [find_hub(build.network, members) for members in components(build.network)]
    found = frozenset(build.nodes[hub] for hub in hubs if hub is not None)
    coloured, community = build.coloured(found, seed)
    points = place_network(build.network, community, build.boxes, seed=seed)
    single = build.index[next(iter(found))] if len(found) == 1 and len(hubs) == 1 else None
    selected = build.index.get(highlight) if highlight is not None else None
    notes = [*remarks, *_notes(cut, build, sorted(found))]
    picture = build.picture("network", points, coloured, centre=single, selected=selected, notes=notes)
    return _drawn(title, picture, size_by, colour_by)


def draw_ego(
    graph: Any,
    centre: str,
    *,
    title: str,
    papers: Mapping[str, Mapping[str, Any]] | None = None,
    institutions: Mapping[str, str] | None = None,
    values: Mapping[str, float | None] | None = None,
    values_title: str = "Measure",
    size_by: str = "papers",
    colour_by: str = "community",
    at_most_nodes: int = AT_MOST_NODES,
    seed: int = 1,
) -> Drawing:
    """Return the drawing of a node and its neighbours, nearer to it with more joint papers.

    Parameters as `draw_network`.

    Raises: ParameterError, NotFound (the centre is not in the graph).
    """
    if at_most_nodes < 2:
        raise ParameterError("at_most_nodes", at_most_nodes, "a whole number from 2")
    _check_in(graph, [centre])
    extras = Extras(papers or {}, institutions, values, values_title)
    cut = cut_ego(graph, centre, at_most=at_most_nodes, noun=_noun(graph))
    build = Build(graph, cut.nodes, 1, extras)
    coloured, community = build.coloured(frozenset([centre]), seed)
    at = build.index[centre]
    points = place_ego(build.network, at, community, build.boxes)
    others = [f"Communities are found without {clean(build.names[centre])}, who links them all."]
    notes = [*_notes(cut, build, []), *(others if len(build.nodes) > 2 else [])]
    picture = build.picture("ego", points, coloured, centre=at, selected=None, notes=notes)
    return _drawn(title, picture, size_by, colour_by)


def draw_path(
    graph: Any,
    path: Sequence[str],
    *,
    title: str,
    papers: Mapping[str, Mapping[str, Any]] | None = None,
    institutions: Mapping[str, str] | None = None,
) -> Drawing:
    """Return the drawing of a chain of nodes, each linked to the next, with the joint papers of each step.

    Raises: ParameterError (neighbours on the path that the graph does not link), NotFound.
    """
    _check_in(graph, path)
    for a, b in pairwise(path):
        if not graph.has_edge(a, b):
            raise ParameterError("path", f"{a} next to {b}", "neighbours that share a paper")
    chain = graph.__class__()
    chain.graph.update(graph.graph)
    chain.add_nodes_from((node, graph.nodes[node]) for node in path)
    chain.add_edges_from((a, b, graph.edges[a, b]) for a, b in pairwise(path))
    build = Build(chain, tuple(path), 1, Extras(papers or {}, institutions))
    coloured = [by_place(len(build.nodes))]
    if institutions is not None:
        coloured.append(by_institution(build.nodes, institutions))
    # The papers on the path say nothing of a link elsewhere that would make it shorter.
    is_at_least = graph.graph.get("at_least") and len(path) > 2
    notes = ["Cut author lists can hide a shorter path."] if is_at_least else []
    if known_by_name := graph.graph.get("known_by_name"):
        names = ", ".join(clean(name) for name in known_by_name)
        notes.append(f"Known by name only, which two people may share: {names}.")
    picture = build.picture(
        "path", place_path(build.boxes), coloured, centre=None, selected=None, notes=notes
    )
    return _drawn(title, picture, "papers", "place")


def _check_in(graph: Any, nodes: Sequence[str]) -> None:
    for node in nodes:
        if node not in graph:
            raise NotFound("node", node, "it is not in this network; a filter may have left it out")


def _notes(cut: Cut, build: Build, hubs: Sequence[str]) -> list[str]:
    kind = str(build.graph.nodes[hubs[0]].get("kind", "author")) if hubs else ""
    hidden = [cut.note] if cut.note else []
    return [*hidden, *left_out_of_communities([build.names[hub] for hub in hubs], kind)]


def _noun(graph: Any) -> tuple[str, str]:
    return noun_of(str(kind) for _, kind in graph.nodes(data="kind"))


def _drawn(title: str, picture: Picture, size_by: str, colour_by: str) -> Drawing:
    sizes = [size.name for size in picture.sizes]
    colours = [colouring.name for colouring in picture.colourings]
    if size_by not in sizes:
        raise ParameterError("size_by", size_by, f"one of {', '.join(sizes)}")
    if colour_by not in colours:
        raise ParameterError("colour_by", colour_by, f"one of {', '.join(colours)}")
    return Drawing(clean(title), picture, sizes.index(size_by), colours.index(colour_by))
