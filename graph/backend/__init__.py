"""Our networks for NetworkX: `networkx.pagerank(graph)` and others run on compressed rows.

NetworkX finds this by the entry points `collegium` in `pyproject.toml`. A graph of ours dispatches by itself; one of
NetworkX with `backend="collegium"`. `functions.py` is what runs, `graph.py` the class; nothing of them is imported
before a function is called, for NetworkX asks every backend for its description when it is imported itself.
"""

from __future__ import annotations

from typing import Final

# The names that `functions.py` holds.
FUNCTIONS: Final = (
    "betweenness_centrality",
    "closeness_centrality",
    "clustering",
    "connected_components",
    "constraint",
    "core_number",
    "degree_assortativity_coefficient",
    "effective_size",
    "eigenvector_centrality",
    "harmonic_centrality",
    "katz_centrality",
    "number_connected_components",
    "pagerank",
    "shortest_path_length",
    "transitivity",
    "triangles",
)


def get_info() -> dict[str, object]:
    """Return what NetworkX is told of us."""
    return {
        "backend_name": "collegium",
        "project": "collegium",
        "package": "collegium",
        "short_summary": "Networks of papers and authors as compressed sparse rows, by scipy and igraph.",
        "functions": {name: {} for name in FUNCTIONS},
    }
