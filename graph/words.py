"""How text is cut into words for search: no case, no accents, one word for each character where words have no spaces.

The same function folds what is indexed and what is asked, so nothing can be found in one spelling only. It works
character by character; so the place of a word in the folded text leads back to its place in the text (`spans`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

# Letters that Unicode does not take apart, though people type them as others, and marks that print as apostrophes.
_LETTERS: Final = {
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    **dict(zip("øđðħıĸłŋŧƀɓƈɖɗɠɨƙŀɫƥƭʉƴƶəɛɔ", "oddhiklntbbcddgikllptuyzeeo", strict=True)),
    **dict.fromkeys("ʼʻʹʺˈ", " "),
}
# Accents of the alphabets in which they do not make another letter: Latin, Greek, Cyrillic; Hebrew and Arabic points.
# Not so the marks of Indian scripts (vowels) and of kana (another syllable).
_ACCENTS: Final = (
    *((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670)),
    *((0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)),
)
# Scripts without spaces between words, or (Hangul) between the parts of a name: Thai, Lao, Myanmar, Khmer, kana and
# bopomofo, Han, Hangul.
_UNSPACED: Final = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x312F)),
    *((0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF)),
    (0x20000, 0x3FFFF),
)


class Span(NamedTuple):
    """A word of a text, folded, and where it stands there."""

    word: str
    start: int
    end: int


def shown(text: str) -> str:
    """Return the text in the form whose characters `spans` counts (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return the words of a text, parted by single spaces.

    Example:
        >>> folded("Łukasz Müller-Strauß: O’Neil"), folded("王小明 et al.")
        ('lukasz muller strauss o neil', '王 小 明 et al')
    """
    return " ".join(shown(text).translate(_FOLDING).split())


def spans(text: str) -> Iterator[Span]:
    """Yield the words of a text that is in the form of `shown`, each with its place there.

    Example:
        >>> [text[s.start : s.end] for text in ["Łódź, 王明"] for s in spans(text)]
        ['Łódź', '王', '明']
    """
    word, start, end = "", 0, 0
    for at, character in enumerate(text):
        for piece in _FOLDING[ord(character)]:
            if piece != " ":
                start = start if word else at
                word, end = word + piece, at + 1
            elif word:
                yield Span(word, start, end)
                word = ""
    if word:
        yield Span(word, start, end)


class _Folding(dict[int, str]):
    """Code point -> what it becomes; filled as characters are met, at most one entry for each there is."""

    def __missing__(self, code: int) -> str:
        made = self[code] = _fold(chr(code))
        return made


_FOLDING: Final = _Folding()


def _fold(character: str) -> str:
    """Return letters, marks and digits folded; "" for what only steers layout, a space for all else."""
    if unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = "".join(_LETTERS.get(c, c) for c in plain if not _within(c, _ACCENTS))
    return "".join(_piece(c) for c in unicodedata.normalize("NFC", kept))


def _piece(character: str) -> str:
    if unicodedata.category(character)[0] not in "LMN":
        return " "
    return f" {character} " if _within(character, _UNSPACED) else character


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)
