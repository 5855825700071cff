"""Errors on their way from a worker to the web process."""

from __future__ import annotations

from typing import Any

from werkzeug.exceptions import NotAcceptable

from collegium.graph.errors import CollegiumError, from_facts, to_facts

_NOT_ACCEPTABLE = (
    "NotAcceptable"  # the one error of HTTP that a worker finds: it knows the form of the answer
)


def told(error: CollegiumError | NotAcceptable) -> dict[str, Any]:
    """Return an error as plain data that JSON can hold."""
    if isinstance(error, NotAcceptable):
        return {"error": _NOT_ACCEPTABLE, "text": str(error.description), "facts": {}}
    return to_facts(error)


def recalled(data: dict[str, Any]) -> CollegiumError | NotAcceptable:
    """Return the error that `told` described."""
    return NotAcceptable(data["text"]) if data["error"] == _NOT_ACCEPTABLE else from_facts(data)
