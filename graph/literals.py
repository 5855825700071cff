"""Python values as RDF literals, and addresses as nodes."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from .vocabulary import XSD_BOOLEAN, XSD_DATE_TIME, XSD_DECIMAL, XSD_INTEGER


def integer(number: int) -> Literal:
    """Return a whole number."""
    return Literal(str(number), datatype=XSD_INTEGER)


def number(value: Decimal) -> Literal:
    """Return a number: an xsd:integer where it is whole, else an xsd:decimal."""
    is_whole = value == value.to_integral_value()
    return integer(int(value)) if is_whole else Literal(f"{value:f}", datatype=XSD_DECIMAL)


def boolean(answer: bool) -> Literal:
    """Return true or false."""
    return Literal("true" if answer else "false", datatype=XSD_BOOLEAN)


@lru_cache(maxsize=64)  # a source bears one date, told of each of its figures
def date_time(moment: datetime) -> Literal:
    """Return a moment, in UTC and to the second."""
    return Literal(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD_DATE_TIME)


def web_node(address: str) -> NamedNode | None:
    """Return the node of an address on the web, characters that no IRI holds as %XX; None for another text.

    Example:
        >>> web_node("https://example.org/a b").value, web_node("see the appendix")
        ('https://example.org/a%20b', None)
    """
    if not address.startswith(("http://", "https://")):
        return None
    for text in (address, quote(address, safe="%/:@!$&'()*+,;=~?#", errors="replace")):
        try:
            return NamedNode(text)
        except ValueError:
            continue
    return None
