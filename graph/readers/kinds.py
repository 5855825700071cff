"""What Crossref and OpenAlex call a work → the kind of a paper; other sources use their words too."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Source: api.crossref.org/types; what is none of these is "other" (component, peer-review, grant …)
CROSSREF_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "book": "book",
        "book-chapter": "chapter",
        "book-part": "chapter",
        "book-section": "chapter",
        "dataset": "dataset",
        "dissertation": "thesis",
        "edited-book": "book",
        "journal-article": "article",
        "monograph": "book",
        "proceedings": "proceedings",
        "proceedings-article": "conference-paper",
        "reference-book": "book",
        "report": "report",
        "standard": "standard",
    }
)
# By docs.openalex.org, "work object"; older parts of the snapshot have the words of Crossref.
OPENALEX_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **CROSSREF_KINDS,
        **{kind: kind for kind in "article editorial letter preprint review software".split()},
        "posted-content": "preprint",
    }
)
