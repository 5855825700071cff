"""Titles that tell too little to say which paper is meant: rubrics of journals, and what is very short."""

from __future__ import annotations

from typing import Final

_LEAST_WORDS: Final = 3
# Titles that many papers bear; those of the second list with words behind them too.
_WHOLE: Final = frozenset(
    {
        "abstract of papers",
        "announcements and calls",
        "comment and reply",
        "from the editor s desk",
        "in this issue",
        "index of authors",
        "introduction to this issue",
        "list of reviewers",
        "note from the editors",
        "notes for contributors",
        "report from the chair",
    }
)
_BEGINNINGS: Final = (
    "book review",
    "call for papers",
    "correction to",
    "corrigendum",
    "editor s note",
    "editorial",
    "erratum",
    "foreword",
    "front matter",
    "guest edit",
    "in memoriam",
    "introduction to the special",
    "letter to the editor",
    "letters to the editor",
    "message from",
    "obituary",
    "preface",
    "proceedings of",
    "table of contents",
    "welcome to",
)


def is_rubric(key: str) -> bool:
    """Return whether a title alone tells too little: it is short, or what many papers are called.

    Example:
        >>> is_rubric("editorial"), is_rubric("editorial changes in wikipedia articles"), is_rubric("deep learning")
        (True, True, True)
    """
    return len(key.split()) < _LEAST_WORDS or key in _WHOLE or key.startswith(_BEGINNINGS)
