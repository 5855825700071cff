"""What readers yield, in short: identifiers written as texts."""

from __future__ import annotations

from collegium.graph.records import Identifier


def ids(*pairs: str) -> tuple[Identifier, ...]:
    """Identifiers of "scheme value"."""
    return tuple(Identifier(*pair.split(" ", 1)) for pair in pairs)
