"""Identifiers that others give: printed text → the plain form of its scheme, and its address.

A plain form is what two sources that mean the same thing both come to: without address, prefix or version, in lower
case where the scheme does not tell capitals apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from .identifier_schemes import SCHEMES, Scheme
from .records import Identifier

__all__ = ["SCHEMES", "Scheme", "address", "by_address", "by_form", "identifier", "in_own_scheme"]

_LONGEST: Final = 2_048  # characters of a printed identifier
_INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PLAIN: Final = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._-]*")
_START: Final = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9.-]+)[:/]", re.IGNORECASE)


def _by_start() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(kind of thing, host or word) -> the schemes whose addresses begin so."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, row in SCHEMES.items():
        for start in row.starts:
            found.setdefault((row.of, start), []).append(name)
    return MappingProxyType({key: tuple(names) for key, names in found.items()})


_BY_START: Final = _by_start()


def identifier(scheme: str, printed: str | None) -> Identifier | None:
    """Return an identifier in its plain form; None where nothing stands, or what stands is not of the scheme.

    Example:
        >>> identifier("doi", "https://doi.org/10.1000/ABC")
        Identifier(scheme='doi', value='10.1000/abc')
        >>> identifier("arxiv", "arXiv:2301.00001v2").value, identifier("orcid", "0000000218250097").value
        ('2301.00001', '0000-0002-1825-0097')
        >>> identifier("orcid", "0000-0002-1825-0098") is None
        True
    """
    return _identified(scheme, printed or "", needs_home=False)


def by_address(printed: str, of: str) -> Identifier | None:
    """Return the identifier of a "paper", "author" or "institution" that an address or a text like "doi:…" is.

    Example:
        >>> by_address("https://semopenalex.org/author/A5", "author"), by_address("10.1000/182", "paper")
        (Identifier(scheme='openalex-author', value='A5'), None)
    """
    found = _START.match(printed.lstrip())
    schemes = _BY_START.get((of, found[1].lower()), ()) if found else ()
    return next((known for name in schemes if (known := _identified(name, printed, needs_home=True))), None)


def by_form(printed: str, of: str) -> Identifier | None:
    """Return the identifier that a text is by an address, a prefix, or a form that no other text has.

    Example:
        >>> by_form("10.1000/182", "paper"), by_form("12345", "paper")
        (Identifier(scheme='doi', value='10.1000/182'), None)
    """
    bare = (name for name, row in SCHEMES.items() if row.of == of and row.is_telling)
    found = by_address(printed, of)
    return found or next((known for name in bare if (known := identifier(name, printed))), None)


def in_own_scheme(of: Identifier) -> Identifier:
    """Return an identifier of the scheme whose number it holds: the arXiv number of a DOI of arXiv's; else itself.

    Source: info.arxiv.org/help/doi.html

    Example:
        >>> in_own_scheme(Identifier("doi", "10.48550/arxiv.2301.00001"))
        Identifier(scheme='arxiv', value='2301.00001')
    """
    return (identifier("arxiv", of.value) if of.scheme == "doi" else None) or of


def address(of: Identifier) -> str:
    """Return the address of a thing where the scheme's own home shows it; characters that no IRI holds stand as %XX.

    Example:
        >>> address(Identifier("doi", "10.1002/(sici)1097<3>"))
        'https://doi.org/10.1002/(sici)1097%3C3%3E'
    """
    value = of.value
    if not _PLAIN.fullmatch(value):
        value = quote(value, safe="/:@!$&'()*+,;=~", errors="replace")
    return SCHEMES[of.scheme].address.replace("{}", value)


def _identified(scheme: str, printed: str, *, needs_home: bool) -> Identifier | None:
    text = printed.strip()
    if not text.isascii():
        text = text.strip(_INVISIBLE).strip()
    if len(text) > _LONGEST:
        return None
    row = SCHEMES[scheme]
    if "%" in text and (scheme == "doi" or "://" in text):
        text = unquote(text)
    found = row.form.fullmatch(text)
    if found is None or (needs_home and found["home"] is None):
        return None
    value = row.plain(found["value"])
    return Identifier(scheme, value) if value is not None else None
