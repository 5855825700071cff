"""A drawing as an answer: a page of this service around it, or one file to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Response, render_template, request, url_for
from markupsafe import Markup

from .drawings import Drawing
from .editions import Edition
from .endpoints import Parameter
from .links import static
from .replies import address_of_this

DOWNLOAD: Final = Parameter("download", "boolean", "Send one file that works offline.", False)


def drawn(
    found: Edition,
    drawing: Drawing,
    bar: str,
    values: Mapping[str, Any],
    name: str,
    form: Mapping[str, Any],
    whole: Sequence[tuple[str, str]] = (),
) -> Response:
    """Return a drawing as a page, under the template `bar`; with `download` among the values as a file of that name.

    `whole`: title and address of each file that holds the whole network behind it.
    """
    if values["download"]:
        return file_of(drawing.html(), name)
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
        whole=whole,
        file=address_of_this(download="true") if request.method == "GET" else "",
    )
    return Response(page, content_type="text/html; charset=utf-8")


def file_of(html: str, name: str) -> Response:
    """Return a document as a file of that name, to keep."""
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.html"'
    return response


def _file_name(text: str) -> str:
    """Return `text` as a name of a file: letters, digits and hyphens of ASCII."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "-" for c in text)[:80]


_FILES: Final = (
    ("gexf", "GEXF"),
    ("graphml", "GraphML"),
    ("vosviewer", "VOSviewer JSON"),
    ("pajek", "Pajek"),
    ("csv.zip", "CSV of nodes and links"),
)
# What stands in an address and says how a network is drawn, not which.
OF_THE_PICTURE: Final = ("size", "colour", "most", "download")


def whole_files() -> list[tuple[str, str]]:
    """Return title and address of each file of the network that this request asks for, not cut."""
    given = {name: each for name, each in request.args.to_dict(flat=False).items() if any(each)}
    asked: dict[str, Any] = {name: each for name, each in given.items() if name not in OF_THE_PICTURE}
    return [(title, url_for("api_network_export", **asked, format=name)) for name, title in _FILES]
