"""Months and seasons by the names and abbreviations that sources print → their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from unicodedata import combining, normalize

ENGLISH: Final = tuple(
    "january february march april may june july august september october november december".split()
)
SHORT: Final = tuple(name[:3] for name in ENGLISH)  # also the macros of BibTeX
# Whole names in English, French, German, Spanish, Portuguese, Italian and Dutch, then abbreviations that are no other
# month's and no common word in one of the others ("set", "out", "ago" are).
_NAMES: Final = """
january janvier januar enero janeiro gennaio januari jan janv jänner ene
february février februar febrero fevereiro febbraio februari feb févr fév fev
march mars märz marzo março maart mar mär mrz
april avril abril aprile apr avr abr
may mai mayo maio maggio mei
june juin juni junio junho giugno jun
july juillet juli julio julho luglio jul juil
august août agosto augustus aug
september septembre septiembre setembro settembre setiembre sep sept
october octobre oktober octubre outubro ottobre oct okt
november novembre noviembre novembro nov
december décembre dezember diciembre dezembro dicembre dec dez déc dic
"""
_SEASONS: Final = frozenset(
    "spring summer autumn fall winter christmas easter printemps été automne hiver frühling frühjahr sommer herbst "
    "primavera verano otoño invierno verão outono inverno estate autunno lente zomer herfst quarter".split()
)


def _without_accents(word: str) -> str:
    return "".join(c for c in normalize("NFD", word) if not combining(c))


_MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        form: number
        for number, row in enumerate(_NAMES.strip().splitlines(), 1)
        for word in row.split()
        for form in (word, _without_accents(word))
    }
)


def month_of(word: str) -> int | None:
    """Return the number of a month by its name, abbreviation or number; None for another word.

    Example:
        >>> month_of("Sept."), month_of("März"), month_of("08"), month_of("Spring")
        (9, 3, 8, None)
    """
    plain = word.strip().removesuffix(".").lower()
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) < 3 and 1 <= int(plain) <= 12 else None
    return _MONTHS.get(plain)


def is_season(word: str) -> bool:
    """Return whether a word names a part of the year that is no month."""
    return word.strip().lower() in _SEASONS
