"""Rows of a picture as columns: what JSON repeats in each row stands once, and a page is half as long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

_LEAST_SHARED: Final = 4  # characters; a shorter beginning is not worth its name


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return rows of the same keys, which `drawing-model.js` makes of it again.

    `same`: key -> the value of all; `begin`: key -> how all texts begin; `columns`: key -> values, without `begin`.

    Example:
        >>> columns([{"a": 1, "b": "paper/x", "c": 0}, {"a": 2, "b": "paper/yy", "c": 0}])
        {'count': 2, 'same': {'c': 0}, 'begin': {'b': 'paper/'}, 'columns': {'a': [1, 2], 'b': ['x', 'yy']}}
    """
    same: dict[str, Any] = {}
    begin: dict[str, str] = {}
    several: dict[str, list[Any]] = {}
    for key in rows[0] if rows else ():
        values = [row[key] for row in rows]
        if all(value == values[0] for value in values):
            same[key] = values[0]
            continue
        shared = _beginning(values) if all(isinstance(value, str) for value in values) else ""
        if len(shared) >= _LEAST_SHARED:
            begin[key] = shared
            values = [value[len(shared) :] for value in values]
        several[key] = values
    return {"count": len(rows), "same": same, "begin": begin, "columns": several}


def _beginning(texts: Sequence[str]) -> str:
    low, high = min(texts), max(texts)
    differs = (at for at, (one, other) in enumerate(zip(low, high, strict=False)) if one != other)
    return low[: next(differs, len(low))]
