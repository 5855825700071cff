"""Whether a name is written out: initials tell too many people together to make anybody one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ..words import folded

_PARTS: Final = re.compile(r"[\s.,]+")
_LONGEST_INITIALS: Final = 3  # "JRR Tolkien", as PubMed prints names
# Han, kana, hangul: family and given name stand together. Source: https://www.unicode.org/Public/UNIDATA/Blocks.txt
_TOGETHER: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]{2,}")


def is_full(name: str) -> bool:
    """Return whether a name has a given and a family name, both written out.

    Example:
        >>> [is_full(name) for name in ("Jun Zhang", "J. Zhang", "J.-P. Sartre", "JRR Tolkien", "Zhang", "王小明")]
        [True, False, False, False, False, True]
    """
    return bool(_TOGETHER.search(name)) or sum(map(_is_word, _PARTS.split(name))) >= 2


def _is_word(part: str) -> bool:
    letters = [c for c in part if c.isalpha()]
    if part.isupper() and len(letters) <= _LONGEST_INITIALS:
        return False
    return any(len([c for c in piece if c.isalpha()]) > 1 for piece in part.split("-"))


# "Müller" is also written "Mueller".
_DIGRAPHS: Final = re.compile("(?<=[aou])e")
_AFTER_NAMES: Final = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv"})
# For which initials leave no letter.
_PARTICLES: Final = frozenset(
    {"da", "das", "de", "del", "der", "di", "do", "dos", "du", "la", "le", "van", "von"}
)


def go_together(one: str, other: str) -> bool:
    """Return whether two names can be spellings of one: a part of both is the same, and the others begin alike.

    Example:
        >>> [go_together("Olesya Mryglod", name) for name in ("O. Mryglod", "Olésya A. Mryglod", "A. Mryglod")]
        [True, True, False]
    """
    ours, theirs = _words(one), _words(other)
    common = {word for word in ours if word in theirs}
    left, right = ([w for w in words if w not in common | _PARTICLES] for words in (ours, theirs))
    is_a_part = any(len(word) > 1 for word in common)
    return is_a_part and all(a.startswith(b) or b.startswith(a) for a, b in zip(left, right, strict=False))


def are_equal(one: str, other: str) -> bool:
    """Return whether two names are full ones of the same words, accents and their order aside.

    Example:
        >>> are_equal("Staša Milojević", "Milojevic, Stasa"), are_equal("S. Milojević", "S. Milojevic")
        (True, False)
    """
    return is_full(one) and is_full(other) and sorted(_words(one)) == sorted(_words(other))


def _words(name: str) -> list[str]:
    """The words of a name, folded; of initials written together, each."""
    parts = _PARTS.split(name)
    if not name.isupper():
        parts = [
            " ".join(part) if part.isupper() and len(part) <= _LONGEST_INITIALS else part for part in parts
        ]
    words = _DIGRAPHS.sub("", folded(" ".join(parts))).split()
    return [word for word in words if word not in _AFTER_NAMES] or words


def are_alike(one: str, other: str) -> bool:
    """Return whether two names can be one person's: they share a part of two letters or more, accents aside.

    Names of which one holds other letters than Latin ones cannot be compared, and pass.

    Example:
        >>> are_alike("Martin Moeller", "Martin Möller"), are_alike("Jian-Xin Tang", "Yan-Qing Li")
        (True, False)
    """
    a, b = _folded(one), _folded(other)
    return not a or not b or not a.isdisjoint(b)


def _folded(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    if any(c.isalpha() and not c.isascii() for c in letters):
        return set()
    return {part for part in re.split(r"[^a-z]+", letters) if len(part) > 1}
