"""Whether a name is written out: initials tell too many people together to make anybody one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

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
