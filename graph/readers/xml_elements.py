"""Elements of lxml: opened again, and emptied when they were read."""

from __future__ import annotations

from typing import Any, Final

_UNDECLARED: Final = (
    "xml"  # the one prefix that needs no declaration. Source: https://www.w3.org/TR/xml-names/#ns-decl
)
_ESCAPED: Final = {ord(mark): f"&#{ord(mark)};" for mark in "&<>\"'\t\n\r"}


def start_tag(element: Any) -> bytes:
    """Return the start tag of an element, with its attributes and the namespaces that it is in.

    Written as text: lxml builds no element with a name or namespace that it has parsed itself and finds wrong
    (`xmlns="]ttp://x"`, an undeclared prefix).
    """
    namespaces = element.nsmap
    prefixes = {uri: prefix for prefix, uri in namespaces.items() if prefix}
    name = element.tag.rpartition("}")[2]
    parts = [f"{element.prefix}:{name}" if element.prefix else name]
    for prefix, uri in namespaces.items():
        parts.append(f"{f'xmlns:{prefix}' if prefix else 'xmlns'}={_quoted(uri)}")
    for key, value in element.attrib.items():
        uri, _, name = key.rpartition("}")
        prefix = f"{prefixes.get(uri[1:], _UNDECLARED)}:" if uri else ""
        parts.append(f"{prefix}{name}={_quoted(value)}")
    return f"<{' '.join(parts)}>".encode("utf-8", "replace")


def forget(element: Any) -> None:
    """Empty an element, and take away what lies before it and before its ancestors."""
    element.clear(keep_tail=False)
    for node in (element, *element.iterancestors()):
        parent = node.getparent()
        while parent is not None and node.getprevious() is not None:
            del parent[0]


def _quoted(value: str) -> str:
    return f'"{value.translate(_ESCAPED)}"'
