"""RDF terms to Python values, for rows; and Python values to RDF terms, for bindings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import pyoxigraph as ox

from collegium.graph.errors import ParameterError
from collegium.graph.vocabulary import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_WHOLE: Final = "integer int long short byte nonNegativeInteger positiveInteger".split()


class IRI(str):
    """The name of a thing, apart from plain text: in rows an IRI is of this type, and it binds as an IRI."""

    __slots__ = ()


class BlankNode(str):
    """A thing without a name; its label means nothing outside one answer."""

    __slots__ = ()


Scalar = str | int | float | bool | Decimal | date | None


def _boolean(text: str) -> bool:
    return text in ("true", "1")


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _date_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


# Datatype -> how its text becomes a Python value. Years, year-months and days without a year stay text:
# Python has no type for them, and a date would say more than the source did.
_READERS: Final[Mapping[str, Callable[[str], Scalar]]] = MappingProxyType(
    {
        **dict.fromkeys((_XSD + name for name in _WHOLE), int),
        _XSD + "decimal": Decimal,
        _XSD + "double": float,
        _XSD + "float": float,
        _XSD + "boolean": _boolean,
        _XSD + "date": _date,
        _XSD + "dateTime": _date_time,
    }
)


def to_python(term: object) -> Scalar:
    """Return the Python value of a term of an answer; None where the row has none.

    Text loses its language tag. A literal that is not of the form its datatype asks for stays text.

    Example:
        >>> to_python(ox.Literal(7)), to_python(ox.NamedNode("http://example.org/a"))
        (7, 'http://example.org/a')
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return IRI(term.value)
    if isinstance(term, ox.BlankNode):
        return BlankNode(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    reader = _READERS.get(term.datatype.value)
    try:
        return term.value if reader is None else reader(term.value)
    except (ValueError, ArithmeticError):
        return term.value


def to_term(name: str, value: object) -> ox.NamedNode | ox.Literal:
    """Return the term that a Python value binds as; `name` is the parameter that an error speaks of.

    An `IRI` or rdflib URIRef becomes an IRI, any other text a plain literal: a string is never guessed to be an IRI.

    Raises:
        ParameterError: no RDF term for a value of that type, or the text is no IRI, or no text.
    """
    try:
        if isinstance(value, ox.NamedNode | ox.Literal):
            return value
        if isinstance(value, IRI) or _is_rdflib(value, "URIRef"):
            return ox.NamedNode(str(value))
        if _is_rdflib(value, "Literal"):
            return _from_rdflib(value)
        if isinstance(value, bool | int | float):
            return ox.Literal(value)
        if isinstance(value, str):
            return ox.Literal(str(value))
        if isinstance(value, datetime):
            return ox.Literal(value.isoformat(), datatype=ox.NamedNode(_XSD + "dateTime"))
        if isinstance(value, date):
            return ox.Literal(value.isoformat(), datatype=ox.NamedNode(_XSD + "date"))
        if isinstance(value, Decimal) and value.is_finite():
            return ox.Literal(f"{value:f}", datatype=ox.NamedNode(_XSD + "decimal"))
    except (ValueError, OverflowError):
        pass  # said below, in one place
    raise ParameterError(name, repr(value), "text, a number, true or false, a date, or an IRI")


def _is_rdflib(value: object, name: str) -> bool:
    """Whether a value is a term of rdflib, told without importing it: that costs more than a whole query."""
    return any(cls.__module__ == "rdflib.term" and cls.__name__ == name for cls in type(value).__mro__)


def _from_rdflib(literal: Any) -> ox.Literal:
    if literal.language:
        return ox.Literal(str(literal), language=str(literal.language))
    return ox.Literal(
        str(literal), datatype=ox.NamedNode(str(literal.datatype)) if literal.datatype else None
    )
