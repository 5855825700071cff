"""Where an answer is not what the OpenAPI document says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collegium.server.openapi import SCHEMAS

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Yield where a value is not of a schema: the part of JSON Schema that the document uses."""
    if "$ref" in schema:
        yield from faults(value, SCHEMAS[schema["$ref"].rpartition("/")[2]], at)
        return
    if "anyOf" in schema:
        if all(list(faults(value, option, at)) for option in schema["anyOf"]):
            yield f"{at}: {value!r} fits none of {schema['anyOf']}"
        return
    kinds = schema.get("type", list(_TYPES))
    allowed = tuple(kind for name in ([kinds] if isinstance(kinds, str) else kinds) for kind in _TYPES[name])
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        yield f"{at}: {value!r} is not {kinds}"
        return
    if isinstance(value, dict):
        yield from (f"{at}: no {name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from faults(value[name], inner, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from faults(item, schema["items"], f"{at}[{number}]")
