"""Elements of lxml: opened again, and emptied when they were read."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]


def start_tag(element: Any) -> bytes:
    """Return the start tag of an element, with its attributes and the namespaces that it is in."""
    shell = etree.Element(element.tag, dict(element.attrib), nsmap=element.nsmap)
    return bytes(etree.tostring(shell, encoding="utf-8"))[:-2] + b">"


def forget(element: Any) -> None:
    """Empty an element, and take away what lies before it and before its ancestors."""
    element.clear(keep_tail=False)
    for node in (element, *element.iterancestors()):
        parent = node.getparent()
        while parent is not None and node.getprevious() is not None:
            del parent[0]
