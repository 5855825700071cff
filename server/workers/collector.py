"""The collector of garbage, in processes that answer one request after the other and stay."""

from __future__ import annotations

import gc
from typing import Final

_AFTER: Final = (
    20_000  # new objects; Python's 700 are those of two requests, and a request leaves next to none
)


def collect_seldom() -> None:
    """Keep the collector away from what is there now, which also workers share, and let it look seldom from now on."""
    gc.freeze()
    gc.set_threshold(_AFTER)
