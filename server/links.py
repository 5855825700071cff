"""Addresses of pages inside this service, and what templates need to write them."""

from __future__ import annotations

import math
import zlib
from typing import Any, Final
from urllib.parse import quote, urlsplit

from flask import request, url_for
from markupsafe import Markup, escape

from collegium.graph.items import label_of
from collegium.graph.occasions import PAPER

from .assets import ours

_SEGMENT: Final = "-._~!$&'()*+,;=:@"
_WEB: Final = ("http", "https")
_HUES: Final = 9


def path(kind: str, identifier: str) -> str:
    """Return the address of a thing's page; a work that is only cited has none here, and is found where it is."""
    if kind == PAPER and urlsplit(identifier).scheme in _WEB:
        return identifier
    return f"{request.script_root}/{kind}/{quote(identifier, safe=_SEGMENT)}"


def web_only(address: str) -> str:
    """Return an address that a page may link to: http or https, else "#". A source may print `javascript:…`."""
    try:
        return address if urlsplit(address.strip()).scheme.lower() in _WEB else "#"
    except ValueError:
        return "#"


def figure(value: float | int | None) -> str:
    """Return a number for reading: whole numbers whole, others to four significant digits.

    Example:
        >>> figure(1150), figure(0.7499999), figure(0.0000312), figure(2.0)
        ('1,150', '0.75', '3.12e-05', '2')
    """
    if value is None:
        return "–"
    if isinstance(value, int) or (math.isfinite(value) and value == int(value) and abs(value) < 1e15):
        return f"{int(value):,}"
    return f"{value:,.4g}"


def with_code(text: str) -> Markup:
    """Return text with what stands between back quotes marked as code; everything in it escaped.

    Example:
        >>> with_code("`a` < b")
        Markup('<code>a</code> &lt; b')
    """
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def hue(text: str) -> int:
    """Return the number of a hue for a name: the same name has the same hue everywhere."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % _HUES


def badge(identifier: str, name: str) -> str:
    """Return what the badge of a category shows: its code, if that is one for people, else its name.

    The ID of a scheme's category begins with the scheme, so it ends with its name where it has no code.

    Example:
        >>> badge("cs.CL", "Computation and Language"), badge("mesh-Aged", "Aged")
        ('cs.CL', 'Aged')
    """
    return name if identifier.endswith(f"-{name}") else label_of(identifier, name)


def static(name: str) -> str:
    """Return the address of a static file, with a mark of its content: it may then be kept for a year."""
    asset = ours().get(name)
    return url_for("static", filename=name, v=asset.mark if asset else None)


def context() -> dict[str, Any]:
    """Return what every template can use."""
    from .replies import address_of_this

    return {"path": path, "static": static, "hue": hue, "badge": badge, "same_page": address_of_this}
