"""Values of Semantic Scholar written as JSON, and what the reader makes of them."""

from __future__ import annotations

import io
import json
from typing import Any

from collegium.graph.readers import semantic_scholar
from collegium.graph.records import Problem, Record

SHA, OTHER = "a" * 40, "b" * 40
ADA: dict[str, Any] = {"authorId": "1", "name": "Ada Lovelace"}
PAPER: dict[str, Any] = {"paperId": SHA, "title": "T", "authors": [ADA]}


def read(*values: Any) -> list[Record]:
    """The records of values written as JSON, one a line."""
    text = "\n".join(value if isinstance(value, str) else json.dumps(value) for value in values)
    return list(semantic_scholar.read(io.BytesIO(text.encode()), "x"))


def parted(*values: Any) -> tuple[list[Any], list[tuple[str, bool]]]:
    """The records of values, and what was found wrong with them."""
    records = read(*values)
    problems = [(p.found, p.is_refused) for p in records if isinstance(p, Problem)]
    return [record for record in records if not isinstance(record, Problem)], problems
