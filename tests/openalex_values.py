"""Values of OpenAlex written as JSON, and what the reader makes of them."""

from __future__ import annotations

import io
import json
from typing import Any

from collegium.graph.readers import openalex
from collegium.graph.records import Problem, Record


def read(value: Any) -> list[Record]:
    """The records of a value written as JSON, or of text."""
    text = value if isinstance(value, str) else json.dumps(value)
    return list(openalex.read(io.BytesIO(text.encode()), "x"))


def one(value: Any) -> tuple[Any, list[tuple[str, bool]]]:
    """The one record of a value, and what was found wrong with it."""
    records = read(value)
    problems = [(p.found, p.is_refused) for p in records if isinstance(p, Problem)]
    others = [record for record in records if not isinstance(record, Problem)]
    assert len(others) <= 1
    return (others[0] if others else None), problems
