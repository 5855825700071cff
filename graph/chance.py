"""igraph's chance, seeded: equal seeds give equal answers, in whatever thread."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_DRAWING: Final = Lock()


@contextmanager
def igraph_seeded(seed: int) -> Iterator[None]:
    """Let igraph draw what follows from a seed; one thread at a time.

    What igraph draws from is set per thread and kept for the process: a seed set at import would not hold in a web
    server's threads, and one thread must not set its own while another draws (7 of 600 answers were wrong so).

    Raises:
        ImportError: igraph is not installed.
    """
    import igraph

    with _DRAWING:
        igraph.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
