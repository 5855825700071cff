"""The head of a `.rq` file: what the query answers, and its parameters.

A head stands first in the file, in comment lines, as TOML between two lines `# ---`:

    # ---
    # title = "Co-authors of an author"
    # description = "Who wrote with the author, and how often."
    #
    # [parameters.author]
    # type = "author"
    # description = "ID, IRI or name of the author"
    # required = true
    #
    # [example]
    # author = "xingtai-lv"
    # ---
    SELECT …

`title`, `description` and, where a parameter is required, its value in `example` must be there. A parameter has
`type`, `description`, and may have `required`, `default`, `minimum`, `maximum`. Any other key is an error.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any, Final

from collegium.graph.errors import QueryError

from .parameters import TYPES, Parameter

_FENCE: Final = "# ---"
_TOML_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_KEYS: Final[dict[str, type]] = {"title": str, "description": str, "parameters": dict, "example": dict}
_PARAMETER_KEYS: Final[dict[str, type]] = {
    "type": str,
    "description": str,
    "required": bool,
    "default": str,
    "minimum": int,
    "maximum": int,
}


@dataclass(frozen=True)
class FrontMatter:
    """What the head of one file says."""

    title: str
    description: str
    parameters: tuple[Parameter, ...]
    example: dict[str, str]


def read(file_name: str, text: str) -> FrontMatter:
    """Return what the head of a file says.

    Raises:
        QueryError: names the file and the line: no head, not TOML, a key missing, unknown or of the wrong type.
    """
    lines = text.splitlines()
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(ends) < 2 or ends[0] != 0:
        raise QueryError(
            f"{file_name}: expected a head between two lines '{_FENCE}', the first on line 1", 1, 1
        )
    head = lines[1 : ends[1]]
    for number, line in enumerate(head, start=2):
        if not line.startswith("#"):
            raise QueryError(f"{file_name}: expected '# ' before each line of the head", number, 1)
    found = _toml(file_name, "\n".join(line[1:].removeprefix(" ") for line in head))
    return _Head(file_name, head).matter(found)


def _toml(file_name: str, head: str) -> dict[str, Any]:
    try:
        return tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_LINE.search(str(error))
        line = int(place[1]) + 1 if place else head.count("\n") + 2
        raise QueryError(f"{file_name}: the head is not TOML: {error}", line, 1) from None


class _Head:
    """Checks one head; errors name the line of the key they are about."""

    def __init__(self, file_name: str, lines: list[str]) -> None:
        self._file_name, self._lines = file_name, lines

    def matter(self, found: dict[str, Any]) -> FrontMatter:
        """Return the head, checked."""
        self._check(found, _KEYS, "", ("title", "description"))
        given = found.get("parameters", {})
        parameters = tuple(self._parameter(name, facts) for name, facts in given.items())
        example = found.get("example", {})
        for name, value in example.items():
            if name not in given or not isinstance(value, str):
                raise self._error(
                    f"example.{name}: expected a parameter of the query, and a text value", name
                )
        for parameter in parameters:
            if parameter.required and parameter.name not in example:
                raise self._error(f"example.{parameter.name} is missing", "[example]")
        return FrontMatter(found["title"], found["description"].strip(), parameters, dict(example))

    def _parameter(self, name: str, facts: object) -> Parameter:
        if not isinstance(facts, dict):
            raise self._error(f"parameters.{name}: expected a table [parameters.{name}]", name)
        self._check(facts, _PARAMETER_KEYS, f"parameters.{name}.", ("type", "description"))
        if facts["type"] not in TYPES:
            known = ", ".join(sorted(TYPES))
            raise self._error(f"parameters.{name}.type: found '{facts['type']}', expected {known}", name)
        if facts.get("required") and "default" in facts:
            raise self._error(f"parameters.{name}: required, so it has no default", name)
        return Parameter(name=name, **facts)

    def _check(
        self, found: dict[str, Any], known: dict[str, type], path: str, needed: tuple[str, ...]
    ) -> None:
        for key, value in found.items():
            if key not in known:
                raise self._error(f"{path}{key}: expected one of {', '.join(known)}", key)
            if type(value) is not known[key]:
                raise self._error(f"{path}{key}: expected a value of type {known[key].__name__}", key)
        for key in needed:
            if not found.get(key):
                raise self._error(f"{path}{key} is missing", path.rstrip("."))

    def _error(self, reason: str, key: str) -> QueryError:
        places = [number for number, line in enumerate(self._lines, start=2) if key and key in line]
        return QueryError(f"{self._file_name}: {reason}", places[0] if places else 1, 1)
