"""Titles that tell too little to say which paper is meant: rubrics of journals, and what is very short."""

from __future__ import annotations

import re
from typing import Final

_LEAST_WORDS: Final = 3
# Scripts written without spaces, and how many of their characters make about a word: two of Chinese ones, four of the
# syllables of Japanese, six letters and marks of Thai, Lao, Burmese and Khmer.
_UNSPACED: Final = (
    (re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), 2),
    (re.compile(r"[\u3041-\u30ff\u31f0-\u31ff]"), 4),
    (re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 6),
)
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
        >>> is_rubric("編集後記"), is_rubric("量子计算的研究进展综述")
        (True, False)
    """
    return _words(key) < _LEAST_WORDS or key in _WHOLE or key.startswith(_BEGINNINGS)


def _words(key: str) -> float:
    """How many words a title has; about as many where its script does not part them."""
    unspaced = 0.0
    if not key.isascii():  # most are, and need no search
        for characters, of_a_word in _UNSPACED:
            key, found = characters.subn(" ", key)
            unspaced += found / of_a_word
    return len(key.split()) + unspaced
