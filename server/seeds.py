"""The author page that comes with the product, and when it was taken."""

from __future__ import annotations

from datetime import date
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collegium.graph.report import LoadReport

    from .service import KnowledgeGraph

TAKEN: Final = date(2026, 11, 23)


def load_seeds(graph: KnowledgeGraph) -> LoadReport:
    """Load the bundled pages under their own date."""
    with as_file(files("collegium") / "seeds") as folder:
        return graph.load(folder, source_date=TAKEN)
