"""Pages with interactive pictures: the network, an author's circle, the path between two authors."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request

from collegium.graph.errors import AmbiguousName, NotFound
from collegium.graph.measures import MEASURES
from collegium.graph.projections import PROJECTIONS

from .directory import directory_of
from .drawn import DOWNLOAD, drawn, whole_files
from .editions import Edition, Wanted
from .endpoints import Parameter, read_parameters
from .hooks import edition
from .naming import check_one
from .pages import filter_choices, is_filtered, render
from .views import COLOURS, OF_CIRCLE, ego_view, network_view, path_view
from .wanted import DRAWN_WEIGHT, ENDS_FILTERS, FILTERS, PROJECTION, YEARS, wanted_by, where

SIZE: Final = Parameter(
    "size", "string", "What the size of a node shows.", "papers", choices=("papers", "links", *MEASURES)
)
_COLOUR: Final = Parameter(
    "colour", "string", "What the colour of a node shows.", "community", choices=COLOURS
)
_MOST_NAMES: Final = 5_000
_WORK: Final = 30.0  # of a drawing, counting the network being 1
_ENDS: Final = (
    Parameter("from", "string", "ID or name of an author."),
    Parameter("to", "string", "ID or name of an author."),
)


def network() -> Response:
    """Return the picture of a projection."""
    known = (PROJECTION, DRAWN_WEIGHT, SIZE, _COLOUR, *FILTERS, DOWNLOAD)
    values = read_parameters(known, request.args)
    found, wanted = edition(), wanted_by(values)
    if values["size"] in MEASURES and values["size"] != SIZE.default:  # first: its job is one for all who ask
        found.ranking(values["size"], wanted)
    key = ("network page", wanted, values["size"], values["colour"])
    drawing = found.made(
        key, lambda: network_view(found, wanted, size=values["size"], colour=values["colour"]), _WORK
    )
    return drawn(
        found,
        drawing,
        "network_bar.html",
        values,
        "network",
        form=network_form(found, values),
        whole=whole_files(),
    )


def network_form(found: Edition, values: dict[str, Any]) -> dict[str, Any]:
    """Return what the form above a picture offers."""
    sizes = [("papers", "papers"), ("links", "links")]
    sizes += [(row.name, row.title) for row in MEASURES.values() if row.name not in ("papers",)]
    return {
        "projections": PROJECTIONS.values(),
        "sizes": sizes,
        "is_filtered": is_filtered(values),
        **filter_choices(found),
    }


def ego(id: str) -> Response:
    """Return the picture of an author and their co-authors."""
    values = read_parameters((DRAWN_WEIGHT, SIZE, _COLOUR, *FILTERS, DOWNLOAD), request.args)
    found = edition()
    check_one(found.engine, found.base, "author", id)
    author = found.mirror.authors[directory_of(found).number("author", id)]
    wanted = wanted_by(values | {"projection": "coauthors"})
    if found.compact(wanted).nodes.number_of(author.iri) is None:
        raise NotFound("author in this network", id, "the filters leave this author out")
    key = ("ego page", author.iri, wanted, values["size"], values["colour"])
    drawing = found.made(
        key,
        lambda: ego_view(found, author.iri, wanted, size=values["size"], colour=values["colour"]),
        OF_CIRCLE,
    )
    return drawn(found, drawing, "ego_bar.html", values, f"circle-{id}", form={"author": author})


def path() -> Response:
    """Return the picture of the shortest path between two authors, or the form that asks for them."""
    values = read_parameters((*_ENDS, *ENDS_FILTERS, DOWNLOAD), request.args)
    found = edition()
    if not (values["from"] and values["to"]):
        return _ask(found, values, None)
    choices, ends = [], {}
    for side in ("from", "to"):
        try:
            ends[side] = found.find("author", values[side])
        except AmbiguousName as error:
            directory = directory_of(found)
            refs = [directory.ref("author", directory.number("author", id)) for id in error.candidates]
            choices.append((side, refs))
        except NotFound:
            return _ask(found, values, f"No author in the store is called “{values[side]}”.", status=404)
    if choices:
        return _ask(found, values, "More than one author bears that name.", choices=choices, status=400)
    wanted = Wanted("coauthors", None, where(values, YEARS))
    try:
        drawing = path_view(found, ends["from"], ends["to"], wanted)
    except NotFound:
        return _ask(found, values, _no_path(found, ends), status=404)
    return drawn(found, drawing, "path_bar.html", values, "path", form={})


def _no_path(found: Edition, ends: dict[str, str]) -> str:
    names = [found.mirror.author(ends[side]).name for side in ("from", "to")]
    return f"No chain of joint papers links {names[0]} and {names[1]} in this network."


def _names(found: Edition) -> list[str]:
    return [author.name for author in found.mirror.authors[:_MOST_NAMES]]


def _ask(
    found: Edition,
    values: dict[str, Any],
    message: str | None,
    choices: list[tuple[str, Any]] | None = None,
    status: int = 200,
) -> Response:
    page = render(
        "network_path.html", found, values=values, message=message, choices=choices or [], names=_names(found)
    )
    page.status_code = status
    return page
