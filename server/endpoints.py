"""What an endpoint is: its address, its typed parameters, its forms, and the function that answers it.

The tables of `api.py` are made of these. The same rows register the routes, check the parameters and write the
OpenAPI document, so none of the three can drift from the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from flask import Response
from werkzeug.datastructures import MultiDict

from collegium.graph.errors import ParameterError
from collegium.queries.run import Answer

from .editions import Edition
from .negotiation import CSV, JSON, SVG, TSV, Choice, Form

Kind: TypeAlias = Literal["string", "integer", "number", "boolean", "year"]

_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off"})
_LONGEST = 2000  # characters of a text parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an endpoint.

    `choices`, when given, are all values there are. `many` parameters may stand several times in an address, and
    take lists with commas. A filter (`is_filter`) says which things are counted.
    """

    name: str
    kind: Kind
    description: str
    default: Any = None
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    many: bool = False
    example: Any = None
    is_filter: bool = False

    def read(self, text: str) -> Any:
        """Return the value of `text`. Raises: ParameterError."""
        if self.choices and text not in self.choices:
            raise ParameterError(self.name, text, "one of " + ", ".join(self.choices))
        match self.kind:
            case "integer" | "year":
                return self._within(text, self._integer(text))
            case "number":
                return self._within(text, self._number(text))
            case "boolean":
                return self._boolean(text)
            case _:
                if len(text) > _LONGEST:
                    raise ParameterError(self.name, text, f"at most {_LONGEST} characters")
                return text

    def _integer(self, text: str) -> int:
        digits = text[1:] if text[:1] == "-" else text
        if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
            raise ParameterError(
                self.name, text, "a year, like 2024" if self.kind == "year" else "a whole number"
            )
        return int(text)

    def _number(self, text: str) -> float:
        try:
            value = math.nan if "_" in text else float(text)  # Python alone reads 1_0 as ten
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise ParameterError(self.name, text, "a number")
        return value

    def _boolean(self, text: str) -> bool:
        word = text.lower()
        if word not in _TRUE | _FALSE:
            raise ParameterError(self.name, text, "true or false")
        return word in _TRUE

    def _within(self, text: str, value: Any) -> Any:
        if self.minimum is not None and value < self.minimum:
            raise ParameterError(self.name, text, f"at least {self.minimum}")
        if self.maximum is not None and value > self.maximum:
            raise ParameterError(self.name, text, f"at most {self.maximum}")
        return value


def paging(default: int = 50, most: int = 1000) -> tuple[Parameter, Parameter]:
    """Return the two parameters of every list: `limit` and `offset`."""
    return (
        Parameter("limit", "integer", "Rows to return.", default, minimum=1, maximum=most),
        Parameter("offset", "integer", "Rows to leave out first.", 0, minimum=0, maximum=10**12),
    )


def read_parameters(
    known: Sequence[Parameter], given: MultiDict[str, str], *, is_form: bool = True
) -> dict[str, Any]:
    """Return every parameter of `known` with its value out of `given`, or its default.

    An empty value counts as not given: browsers send the empty fields of a form. Where no form is sent, a filter that
    chooses nothing is an error: a program that has lost its list must not be told of everybody.

    Raises:
        ParameterError: A name that is not in `known`, a value of the wrong type or out of range, one value too
            many, a required one that is missing, or an empty filter.
    """
    names = {parameter.name for parameter in known}
    for name in given:
        if name not in names:
            raise ParameterError(
                name, given[name], "a parameter named " + (", ".join(sorted(names)) or "nothing")
            )
    for parameter in known:
        texts = given.getlist(parameter.name)
        if parameter.is_filter and not is_form and texts and not any(map(str.strip, texts)):
            raise ParameterError(parameter.name, "nothing", "a value; leave it out to choose all")
    return {parameter.name: _value(parameter, given.getlist(parameter.name)) for parameter in known}


def _value(parameter: Parameter, texts: list[str]) -> Any:
    texts = [text for text in (text.strip() for text in texts) if text]
    if parameter.many:
        pieces = [piece for text in texts for piece in map(str.strip, text.split(",")) if piece]
        if texts and not pieces:
            raise ParameterError(parameter.name, ", ".join(texts), "values between the commas")
        return tuple(map(parameter.read, pieces)) or parameter.default
    if len(texts) > 1:
        raise ParameterError(parameter.name, ", ".join(texts), "one value")
    if texts:
        return parameter.read(texts[0])
    if parameter.required:
        raise ParameterError(parameter.name, "nothing", parameter.description.rstrip("."))
    return parameter.default


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an endpoint: the store at one version, the parameters read, the form chosen.

    `root`: what addresses of this service begin with, without the slash.
    """

    edition: Edition
    values: Mapping[str, Any]
    choice: Choice
    at_most_rows: int
    root: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Table:
    """A list as an answer: `rows` are those of this page, `facts` say what it was made of.

    `total` counts all rows; None when counting would mean to run a query to its end, then `has_more` tells whether
    rows follow.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    total: int | None
    limit: int
    offset: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    has_more: bool = False

    @property
    def truncated(self) -> bool:
        """Whether this answer leaves rows out behind its last one."""
        return self.has_more if self.total is None else self.offset + len(self.rows) < self.total

    def to_document(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            **self.facts,
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "truncated": self.truncated,
            "results": self.rows,
        }


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture as an answer: SVG, and the policy that a browser which opens it by itself must keep."""

    svg: str
    policy: str


Document: TypeAlias = dict[str, Any]
Result: TypeAlias = Table | Document | Answer | Plot | Response
TABLE_FORMS: Final = (JSON, CSV, TSV)
SERIES_FORMS: Final = (*TABLE_FORMS, SVG)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the API.

    `method`: GET, or what is done instead. `path` is a Flask rule; `in_path` describes its variables. `schema` names
    the JSON schema of the answer (or, of a list, of one result) in `openapi.SCHEMAS`. `own` gives further parameters
    and the forms for the values in the address, where these decide (each named query has its own); `each` then gives
    a row for every such value, for OpenAPI only.
    """

    path: str
    name: str
    tag: str
    summary: str
    answer: Callable[[Call], Result]
    schema: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    in_path: tuple[Parameter, ...] = ()
    forms: tuple[Form, ...] = (JSON,)
    is_list: bool = False
    method: str = "GET"
    own: Callable[[Mapping[str, str]], tuple[tuple[Parameter, ...], tuple[Form, ...]]] | None = None
    each: Callable[[], Iterable[Endpoint]] | None = None

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the query string, `format` among them."""
        return (*self.parameters, format_of(self.forms))


def format_of(forms: Sequence[Form]) -> Parameter:
    """Return the parameter `format` of an answer that has these forms."""
    choices = tuple(dict.fromkeys(form.name for form in forms))
    return Parameter(
        "format", "string", "Form of the answer; wins over the `Accept` header.", choices=choices
    )
