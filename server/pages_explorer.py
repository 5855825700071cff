"""The page that draws a network of thousands, and the same as one file that works offline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from flask import Response, render_template, request, url_for

from collegium.graph.projections import projection_named

from .api_explorer import MOST_NODES, columns_of
from .assets import FOLDER
from .drawings.addresses import followed
from .drawings.inlined import Inlined
from .drawings.notes import coverage
from .drawn import DOWNLOAD, OF_THE_PICTURE, file_of, whole_files
from .editions import Edition, Wanted
from .endpoints import read_parameters
from .explorer.behind import behind
from .explorer.cutting import cut
from .explorer.document import tie_of
from .hooks import edition
from .pages import render
from .pages_network import SIZE, network_form
from .wanted import DRAWN_WEIGHT, FILTERS, PROJECTION, wanted_by

_SCRIPTS: Final = (
    "elements.js",
    "vendor/sigma.js",
    "explorer-model.js",
    "explorer-compare.js",
    "explorer-picture.js",
    "explorer-link.js",
    "explorer-panel.js",
    "network-files.js",
    "explorer-files.js",
    "explorer.js",
)
_STYLES: Final = ("theme.css", "drawing.css", "explorer.css")
_SEED: Final = 1


def explore() -> Response:
    """Return the page, whose data come from `/api/network/columns`; with `download` a file that holds them."""
    known = (PROJECTION, DRAWN_WEIGHT, SIZE, MOST_NODES, *FILTERS, DOWNLOAD)
    values = read_parameters(known, request.args)
    found, wanted = edition(), wanted_by(values)
    title = f"{projection_named(wanted.projection).title} network"
    form = network_form(found, values)
    shown = {
        "title": title,
        "values": values,
        "size_title": dict(form["sizes"])[values["size"]],
        "note": _note(found, wanted, values["most"]),
        "scripts": _SCRIPTS,
    }
    if values["download"]:
        data = columns_of(found, wanted, values["most"], _SEED, values["size"])
        data = {**data, "behind": behind(found, wanted, data)}
        return file_of(_file({**shown, "data": data, "home": followed(found.base) or ""}), wanted.projection)
    return render(
        "explorer.html",
        found,
        root=f"{request.script_root}/",
        whole=whole_files(),
        **_addresses(wanted),
        **shown,
        **form,
    )


def _addresses(wanted: Wanted) -> dict[str, Any]:
    """Return where the page finds its data, what stands behind a link of papers, and itself as a file."""
    given: dict[str, Any] = {
        name: each for name, each in request.args.to_dict(flat=False).items() if any(each)
    }
    asked = {name: each for name, each in given.items() if name not in OF_THE_PICTURE}
    has_papers = projection_named(wanted.projection).of_papers
    return {
        "link": url_for("api_network_link", **asked) if has_papers else "",
        "columns": url_for("api_network_columns", **given),
        "file": url_for("network_explore", **given, download="true"),
    }


def _file(shown: Mapping[str, Any]) -> str:
    return render_template("explorer_file.html", **shown, **_inlined().context)


@cache
def _inlined() -> Inlined:
    """Return style and code of the file. Read once a process: the files are part of the package."""
    return Inlined.of([FOLDER / name for name in _STYLES], [FOLDER / name for name in _SCRIPTS])


def _note(found: Edition, wanted: Wanted, most: int) -> str:
    """Return what the reader must know: how much is hidden and by which bound, and what is cut."""
    whole = found.compact(wanted)
    kept = cut(whole, most, tie_of(whole, wanted)[1])
    hidden = len(whole) - len(kept.net)
    cut_here = [f"{hidden:,} of {len(whole):,} are hidden: shown are {kept.why}."] if hidden else []
    return " ".join([*cut_here, *coverage(whole.facts)])
