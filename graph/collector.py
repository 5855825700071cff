"""Python's collector of garbage, kept from looking often where next to nothing is left for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_AFTER: Final = (
    20_000  # new objects; Python's 700 are those of two requests or ten papers, and these leave next to none
)


def collect_seldom() -> None:
    """Keep the collector away from what is there now, which also workers share, and let it look seldom from now on."""
    gc.freeze()
    gc.set_threshold(_AFTER)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let it look seldom for as long as the block runs."""
    before = gc.get_threshold()
    gc.set_threshold(_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
