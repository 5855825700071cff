"""Whether a name is written out: initials tell too many people together to make anybody one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from ..words import folded

_PARTS: Final = re.compile(r"[\s.,]+")
_LONGEST_INITIALS: Final = 3  # "JRR Tolkien", as PubMed prints names
# For which initials leave no letter.
_PARTICLES: Final = frozenset(
    {"da", "das", "de", "del", "der", "di", "do", "dos", "du", "la", "le", "van", "von"}
)
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


# German and Nordic letters that are also written as two.
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_AFTER_NAMES: Final = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
}


class _Word(NamedTuple):
    """A part of a name, folded; `spelled` with letters written as two. `is_short`: an initial, or what has a stop."""

    plain: str
    spelled: str
    is_short: bool

    def is_same(self, other: _Word) -> bool:
        """Whether both are one part, in whichever spelling."""
        return not {self.plain, self.spelled}.isdisjoint((other.plain, other.spelled))

    def goes_with(self, other: _Word) -> bool:
        """Whether one may stand for the other: the same, or the beginning of it, shortened."""
        if self.is_same(other):
            return True
        short, whole = sorted((self.plain, other.plain), key=len)
        return whole.startswith(short) and (self if self.plain == short else other).is_short


def go_together(one: str, other: str) -> bool:
    """Return whether two names can be spellings of one: the last part of one is in both, the others begin alike.

    Example:
        >>> [go_together("Olesya Mryglod", name) for name in ("O. Mryglod", "Olésya A. Mryglod", "A. Mryglod")]
        [True, True, False]
    """
    (ours, our_suffix), (theirs, their_suffix) = _parts(one), _parts(other)
    if (our_suffix and their_suffix and our_suffix != their_suffix) or not ours or not theirs:
        return False
    left = [word for word in ours if not any(map(word.is_same, theirs))]
    right = [word for word in theirs if not any(map(word.is_same, ours))]
    ends = [words[-1] for words, rest in ((ours, left), (theirs, right)) if words[-1] not in rest]
    is_family = any(len(end.plain) > 1 for end in ends)
    return is_family and all(a.goes_with(b) for a, b in zip(left, right, strict=False))


def are_equal(one: str, other: str) -> bool:
    """Return whether two names are full ones of the same words, accents and their order aside.

    Example:
        >>> are_equal("Staša Milojević", "Milojevic, Stasa"), are_equal("S. Milojević", "S. Milojevic")
        (True, False)
    """
    (ours, our_suffix), (theirs, their_suffix) = _parts(one), _parts(other)
    return (
        is_full(one)
        and is_full(other)
        and our_suffix == their_suffix
        and len(ours) == len(theirs)
        and all(any(map(word.is_same, theirs)) for word in ours)
        and all(any(map(word.is_same, ours)) for word in theirs)
    )


def _parts(name: str) -> tuple[list[_Word], str]:
    """The words of a name, initials written together each by itself, without particles; and what follows it."""
    words: list[_Word] = []
    suffix = ""
    for part in name.replace(",", " ").split():
        initials = part.isupper() and len(part) <= _LONGEST_INITIALS and not name.isupper()
        text = " ".join(part) if initials else part
        plainly = folded(text).split()
        spelled = folded(text.casefold().translate(_SPELLED)).split()
        for plain, other in zip(plainly, spelled if len(spelled) == len(plainly) else plainly, strict=True):
            if plain in _AFTER_NAMES and words:
                suffix = _AFTER_NAMES[plain]
            elif not (part.islower() and part in _PARTICLES):
                words.append(_Word(plain, other, len(plain) == 1 or part.endswith(".")))
    return words, suffix


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
