"""What a network says of itself, and every answer made of it repeats."""

from __future__ import annotations

from typing import Final

ANSWER_FACTS: Final = (
    "papers_seen",
    "papers_truncated",
    "papers_without_year",
    "papers_year_inferred",
    "papers_without_members",
    "papers_without_pairs",
    "papers_without_byline",
    "papers_without_references",
    "most_authors",
    "coverage",
    "at_least",
)
