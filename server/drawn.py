"""A drawing as an answer: a page of this service around it, or one file to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, render_template, request
from markupsafe import Markup

from .drawings import Drawing
from .editions import Edition
from .endpoints import Parameter
from .links import static

DOWNLOAD: Final = Parameter("download", "boolean", "Send one file that works offline.", False)


def drawn(
    found: Edition, drawing: Drawing, bar: str, values: Mapping[str, Any], name: str, form: Mapping[str, Any]
) -> Response:
    """Return a drawing as a page, under the template `bar`; with `download` among the values as a file of that name."""
    if values["download"]:
        response = Response(drawing.html(), content_type="text/html; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.html"'
        return response
    masthead = Markup(render_template(bar, version=found.version, values=values, **form))  # noqa: S704
    root = request.script_root
    page = drawing.page(
        asset_root=f"{root}/static",
        address_of=static,
        vis_root=f"{root}/assets/vis",
        home=f"{root}/",
        masthead=masthead,
        stylesheets=(static("site.css"),),
        scripts=(static("site.js"), static("elements.js"), static("suggest.js")),
        icon=static("favicon.svg"),
    )
    return Response(page, content_type="text/html; charset=utf-8")


def _file_name(text: str) -> str:
    """Return `text` as a name of a file: letters, digits and hyphens of ASCII."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "-" for c in text)[:80]
