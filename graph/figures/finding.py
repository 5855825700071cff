"""What a figure finds: a number with what must be said of it, or None with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

NO_NODES: Final = "the network has no nodes"
NO_LINKS: Final = "the network has no links"


@dataclass(frozen=True, slots=True)
class Finding:
    """One number, or None with the reason why there is none.

    - `exact`: False where it was sampled or is a bound; `facts` then say which
    - `error`: standard error of a value that was sampled or fitted
    - `facts`: what else must be said, ready for JSON
    """

    value: int | float | None
    exact: bool = True
    error: float | None = None
    reason: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def nothing(reason: str, **facts: object) -> Finding:
    """Return that there is no such number here, and why."""
    return Finding(None, reason=reason, facts=facts)
