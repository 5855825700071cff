"""A little server that shows drawings under the strict policy of the service, and a page that notes what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, send_from_directory

from browsers import served
from collegium.server.drawings import Drawing, draw_ego, draw_network, draw_path, vis_folder
from collegium.server.drawings.drawing import STATIC_FOLDER
from pictures_to_draw import HOSTILE, chain, hostile, network, papers_of, star, who

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
READY = "window.collegiumDrawing && window.collegiumDrawing.ready"


def drawings() -> dict[str, Drawing]:
    """Return what the little server serves, by address."""
    graph = star()
    papers = papers_of(graph)
    titles = {
        iri: {"title": HOSTILE[n], "year": None, "id": f"q{n}"} for n, iri in enumerate(papers_of(hostile()))
    }
    values = {node: 1 / (number + 1) for number, node in enumerate(graph)}
    institutions = {who("ann"): "tsinghua", who("bob"): "pku"}
    return {
        "network": draw_network(graph, title="All", papers=papers, institutions=institutions, values=values),
        "ego": draw_ego(graph, who("hub"), title="Hub", papers=papers),
        "path": draw_path(graph, [who("ann"), who("hub"), who("cy")], title="Path", papers=papers),
        "chain": draw_path(chain(), list(chain()), title="Long names"),
        "hostile": draw_network(
            hostile(), title=HOSTILE[1], papers=titles, institutions=dict.fromkeys(hostile(), HOSTILE[0])
        ),
        "empty": draw_network(network({}), title="Nothing"),
    }


def rows_of(block: str) -> list[dict[str, Any]]:
    """Return the rows behind the columns of a data block, as the page makes them."""
    told = json.loads(block)
    columns = {
        key: [told["begin"].get(key, "") + value if key in told["begin"] else value for value in values]
        for key, values in told["columns"].items()
    }
    rows = [
        {**told["same"], **{key: values[at] for key, values in columns.items()}}
        for at in range(told["count"])
    ]
    return rows


@dataclass
class Watched:
    """A page and all that went wrong on it."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        """Open a drawing and wait until it is drawn."""
        self.page.goto(f"{self.address}/d/{name}" if "://" not in name else name)
        self.page.wait_for_function(READY)

    def point_at(self, iri: str) -> tuple[float, float]:
        """Return where a node is on the screen."""
        place = self.page.evaluate("iri => collegiumDrawing.positionOf(iri)", iri)
        return place["x"], place["y"]


@contextmanager
def serving() -> Iterator[str]:
    """Give the address of a server that shows `drawings()` at /d/NAME, until the block ends."""
    app = Flask("drawings", static_folder=None)
    made = drawings()
    app.add_url_rule("/d/<name>", "drawing", lambda name: made[name].page(icon="data:,"))
    app.add_url_rule("/static/<name>", "static", lambda name: send_from_directory(STATIC_FOLDER, name))
    app.add_url_rule("/assets/vis/<name>", "vis", lambda name: send_from_directory(vis_folder(), name))
    app.add_url_rule("/author/<name>", "author", lambda name: "<!doctype html><title>An author</title>")

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    yield from served(app)
