"""The JSON Schema of columns that several tables have, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

COLUMN_TYPES: Final[Mapping[str, dict[str, Any]]] = {
    "papers": {"type": "integer"},
    "year": {"type": ["integer", "null"]},
    "year_inferred": {"type": "boolean"},
    "authors_truncated": {"type": "boolean"},
    "authors": {"type": "array", "items": {"type": "string"}},
    "authors_hidden": {"type": "array", "items": {"type": "string"}},
    "institutions": {"type": "array", "items": {"type": "string"}},
    "engines": {"type": "array", "items": {"type": "string"}},
    "category": {"type": ["string", "null"]},
    "rank": {"type": ["integer", "null"]},
    "distance": {"type": "integer"},
    "value": {"type": ["number", "null"]},
    "rank_low": {"type": "integer"},
    "rank_high": {"type": "integer"},
    "value_low": {"type": ["number", "null"]},
    "value_high": {"type": ["number", "null"]},
    "source": {"type": "string"},
    "when": {"type": "string"},
    "exact": {"type": ["boolean", "null"]},
    "error": {"type": ["number", "null"]},
    "reason": {"type": ["string", "null"]},
    "facts": {"type": "object"},
    "score": {"type": "number"},
    "common": {"type": "integer"},
    "adamic_adar": {"type": "number"},
    "resource_allocation": {"type": "number"},
    "pagerank": {"type": "number"},
    "category_overlap": {"type": "number"},
    "recency": {"type": "number"},
    "last_year": {"type": ["integer", "null"]},
    "steps": {"type": ["integer", "null"]},
    "joint_papers": {"type": "integer"},
    "common_coauthors": {"type": "array", "items": {"type": "object"}},
    "shared_categories": {"type": "array", "items": {"type": "object"}},
    "parameters": {"type": "object"},
    "version": {"type": "integer"},
    "waiting_requests": {"type": "integer"},
    **{name: {"type": ["integer", "null"]} for name in ("nodes", "edges", "ahead", "rank_then", "rank_now")},
    **{
        name: {"type": ["number", "null"]}
        for name in ("elapsed_seconds", "estimated_seconds", "value_then", "value_now")
    },
    **{name: {"type": ["string", "null"]} for name in ("stage", "started", "ended", "problem")},
    "marks": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
}
