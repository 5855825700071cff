"""Python values as RDF literals."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from pyoxigraph import Literal

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


def date_time(moment: datetime) -> Literal:
    """Return a moment, in UTC and to the second."""
    return Literal(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD_DATE_TIME)
