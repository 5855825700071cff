"""The typed parameters of named queries: what a caller writes, as the RDF term it binds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from collegium.graph.errors import ParameterError
from collegium.graph.measures import measure_named
from collegium.graph.vocabulary import PREFIXES

from .binding import Value

Resolve = Callable[
    [str, str], str
]  # (kind of thing, ID or IRI or name) -> IRI; raises NotFound, AmbiguousName

ENTITY_TYPES: Final = ("author", "category", "institution", "paper", "source")
_LONGEST: Final = 1000  # characters of a text parameter: titles stay far below
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")  # the engine's integers have 64 bits
_TRUTHS: Final = MappingProxyType({"true": True, "1": True, "false": False, "0": False})


@dataclass(frozen=True)
class Parameter:
    """One parameter of a named query; its name is the variable that it binds.

    A parameter that is neither required nor has a default may be left out: its variable is then unbound.
    """

    name: str
    type: str
    description: str
    required: bool = False
    default: str | None = None
    minimum: int | None = None
    maximum: int | None = None

    def read(self, given: str, resolve: Resolve) -> Value:
        """Return the term for what a caller wrote.

        Raises:
            ParameterError: not of the type, or out of range; UnknownName for a measure.
            NotFound, AmbiguousName: from `resolve`, for the types that name a thing.
        """
        if self.type in ENTITY_TYPES:
            return _node(self.name, resolve(self.type, given))
        return _READERS[self.type](self, given)


def _node(name: str, iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise ParameterError(name, iri, "an absolute IRI") from None


def _string(parameter: Parameter, given: str) -> ox.Literal:
    if len(given) > _LONGEST:
        raise ParameterError(parameter.name, given, f"at most {_LONGEST} characters")
    try:
        return ox.Literal(given)
    except ValueError:
        raise ParameterError(parameter.name, ascii(given), "text (this holds half a character)") from None


def _integer(parameter: Parameter, given: str) -> ox.Literal:
    least, most = parameter.minimum, parameter.maximum
    wanted = "a whole number" + (f" from {least}" if least is not None else "")
    wanted += f" to {most}" if most is not None else ""
    if not _WHOLE.fullmatch(given.strip()):
        raise ParameterError(parameter.name, given, wanted)
    value = int(given)
    if (least is not None and value < least) or (most is not None and value > most):
        raise ParameterError(parameter.name, given, wanted)
    return ox.Literal(value)


def _year(parameter: Parameter, given: str) -> ox.Literal:
    if not re.fullmatch(r"[0-9]{4}", given.strip()) or given.strip() == "0000":
        raise ParameterError(parameter.name, given, "a year of four digits")
    return ox.Literal(int(given))


def _boolean(parameter: Parameter, given: str) -> ox.Literal:
    value = _TRUTHS.get(given.strip().lower())
    if value is None:
        raise ParameterError(parameter.name, given, "true or false")
    return ox.Literal("true" if value else "false", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean"))


def _measure(_: Parameter, given: str) -> ox.Literal:
    return ox.Literal(measure_named(given).name)


# Type -> its reader. The types of things (`ENTITY_TYPES`) are read by the caller's `resolve`.
_READERS: Final[Mapping[str, Callable[[Parameter, str], ox.Literal]]] = MappingProxyType(
    {"string": _string, "integer": _integer, "year": _year, "boolean": _boolean, "measure": _measure}
)
TYPES: Final = frozenset((*ENTITY_TYPES, *_READERS))
