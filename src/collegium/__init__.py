"""Collegium: a knowledge graph of who writes with whom.

import collegium
kg = collegium.open("collegium-store")
kg.load("seeds/")
kg.centrality("betweenness").top(10)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from collegium.server.service import KnowledgeGraph

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | Path | None = None, *, base: str | None = None) -> KnowledgeGraph:
    """Return the knowledge graph stored in a folder (made when there is none), or one in memory without a path.

    Args:
        base: what IRIs begin with, for a new store; http(s), ends in a slash.

    Example:
        >>> open().info().papers
        0
    """
    from collegium.server.service import open_graph

    return open_graph(path, base=base)
