"""Ask as a stranger does: admitted first, then answered."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from collegium.queries.run import Answer
from collegium.queries.strangers import admit


def answer_stranger(engine: ox.Store, text: str, *, base_iri: str | None = None, **asked: Any) -> Answer:
    """Return the answer to a query that came from outside. Raises: as `admit` and `Admitted.answer`."""
    return admit(text, base_iri).answer(engine, **asked)
