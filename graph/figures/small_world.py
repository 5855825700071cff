"""Whether a network is clustered like neighbours and short like chance."""

from __future__ import annotations

from math import log
from typing import Final

from .distances import average_path_length
from .finding import NO_NODES, Finding, nothing
from .row import Figure
from .study import Study, found_in


def small_world(study: Study) -> Finding:
    """Clustering and path length of the largest component, each over what a random graph would have."""
    if not len(study.net):
        return nothing(NO_NODES)
    giant = study.giant
    count = len(giant)
    degree = 2 * giant.size / count
    if count < 3 or degree <= 1:
        return nothing("the largest component has fewer than three nodes", **giant.facts)
    path = found_in(study, "average_path_length", average_path_length)
    length = float(path.value or 0)
    clustering = float(giant.igraph.transitivity_avglocal_undirected(mode="zero"))
    by_chance, length_by_chance = degree / (count - 1), log(count) / log(degree)
    gamma, ratio = clustering / by_chance, length / length_by_chance
    facts = {
        **giant.facts,
        "clustering": clustering,
        "clustering_by_chance": by_chance,
        "path_length": length,
        "path_length_by_chance": length_by_chance,
        "compared_with": "random graph of as many nodes and links: clustering <k>/(n-1), path length ln n / ln <k>",
        **({} if path.exact else {"seed": study.seed, "sample": path.facts["sample"]}),
    }
    sigma = gamma / ratio
    error = None if path.error is None else sigma * path.error / length
    return Finding(sigma, exact=path.exact, error=error, facts=facts)


ROWS: Final = (
    Figure(
        name="small_world",
        title="Small-world sigma",
        definition=(
            "Average clustering over that of a random graph, divided by average path length over that of a random "
            "graph, in the largest component; well above 1: a small world. What chance gives is computed, not drawn."
        ),
        unit="ratio of ratios",
        exactness="as the average path length",
        cost="that of the average path length",
        source="10.1371/journal.pone.0002051",
        compute=small_world,
    ),
)
