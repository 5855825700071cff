"""A finished drawing and its forms: a page for the web, one file that works offline, a frame for notebooks."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from collegium.graph.errors import ParameterError
from collegium.server.files import write_file

from .addresses import Links
from .columns import columns
from .inlined import Inlined
from .picture import NodeShown, PaperShown, Picture

STATIC_FOLDER = Path(__file__).resolve().parent.parent / "static"
SCRIPTS = (
    "elements.js",
    "drawing-model.js",
    "drawing-names.js",
    "drawing-picture.js",
    "drawing-panel.js",
    "drawing.js",
    "network-files.js",
    "drawing-files.js",
)
STYLES = ("theme.css", "drawing.css")
VIS_SCRIPT = "vis-network.min.js"


def vis_folder() -> Path:
    """Return the folder of vis-network inside the pyvis package, for the server to serve; pyvis is not imported.

    Raises: ParameterError when pyvis is not installed.
    """
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise ParameterError("pyvis", "not installed", "pip install pyvis")
    return Path(spec.origin).parent / "templates" / "lib" / "vis-9.1.2"


@dataclass(frozen=True)
class Drawing:
    """A picture with its title, ready to be shown; `size_by` and `colour_by` count its sizes and colourings."""

    title: str
    picture: Picture
    size_by: int = 0
    colour_by: int = 0

    def page(
        self,
        *,
        asset_root: str = "/static",
        address_of: Callable[[str], str] | None = None,
        vis_root: str = "/assets/vis",
        home: str = "/",
        masthead: str = "",
        stylesheets: Sequence[str] = (),
        scripts: Sequence[str] = (),
        icon: str = "data:,",
        whole: Sequence[tuple[str, str]] = (),
        file: str = "",
    ) -> str:
        """Return the page for the web: data in it, code and style outside it, as a strict policy wants them.

        Args:
            asset_root: address of `server/static`.
            address_of: file of `server/static` -> its address, where that is more than asset_root and name.
            vis_root: address of the folder `vis_folder()`.
            home: address of the service, ends with "/": links go to home + "author/ID".
            masthead: what stands on top. Escaped, unless it is `markupsafe.Markup`.
            stylesheets, scripts: addresses of what the masthead needs; the scripts run in the head.
            icon: address of the icon; "data:," asks for none.
            whole: title and address of each file that holds the whole network.
            file: address of the same as a file that works offline; "" for none.
        """
        links = Links(home)
        address = address_of or (lambda name: f"{asset_root}/{name}")
        code = [f"{vis_root}/{VIS_SCRIPT}", *map(address, SCRIPTS)]
        context = {
            # The site's own sheet first: what a drawing says of its parts comes last and wins.
            "styles": [address("theme.css"), *stylesheets, address("drawing.css")],
            "scripts": [script for script in code if script not in scripts],
            "masthead": masthead,
            "head_scripts": list(scripts),
            "icon": icon,
            "whole": whole,
            "file": file,
            "home": home,
        }
        return self._render("served.html", links, context, new_window=False)

    def html(self, *, home: str | None = None) -> str:
        """Return one HTML document with everything in it: works offline, asks for nothing from outside.

        Its own Content-Security-Policy allows the code in it, by hash, and no other.

        Args:
            home: where links go. Without it they go to the things' own IRIs, and nowhere when those name this machine:
                a file that is passed on must not send its reader to a service that runs elsewhere.
        """
        return self._render(
            "file.html", Links(home), {**_inlined().context, "whole": (), "file": ""}, new_window=True
        )

    def save(self, path: str | os.PathLike[str], *, home: str | None = None) -> Path:
        """Write the offline document as UTF-8 and return its path; an existing file is replaced whole or not at all.

        Raises: ParameterError (the folder is missing, or cannot be written).
        """
        return write_file(path, self.html(home=home).encode("utf-8"), "path")

    def _repr_html_(self) -> str:
        """Return a frame that holds the offline document: what Jupyter shows."""
        may = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
        return (
            f'<iframe srcdoc="{html.escape(self.html(), quote=True)}" sandbox="{may}" width="100%" height="680" '
            f'style="border:0" title="{html.escape(self.title, quote=True)}"></iframe>'
        )

    def _render(self, template: str, links: Links, context: Mapping[str, Any], *, new_window: bool) -> str:
        from .safe_network import SafeNetwork

        picture = self.picture
        nodes = [self._node(number, node, links) for number, node in enumerate(picture.nodes)]
        edges = [
            {
                "id": number,
                "from": link.a,
                "to": link.b,
                "width": picture.width_of(link.strength),
                "joint": link.joint_papers,
                "what": link.what,
                "weight": link.strength if picture.weighing else None,
                "papers": list(link.papers),
                "years": [link.from_year, link.to_year],
            }
            for number, link in enumerate(picture.links)
        ]
        papers = [_paper(paper, links) for paper in picture.papers]
        network = SafeNetwork(
            nodes,
            edges,
            heading=self.title,
            template=template,
            context={
                **context,
                "picture": picture,
                "data": {
                    "nodes": columns([_unnumbered(node) for node in nodes]),
                    "edges": columns([_unnumbered(edge) for edge in edges]),
                    "papers": columns(papers),
                },
                "facts": self._facts(new_window),
                "rows": nodes if picture.form == "path" else sorted(nodes, key=self._rank),
                "steps": self._steps(links),
            },
        )
        return network.generate_html()

    def _node(self, number: int, node: NodeShown, links: Links) -> dict[str, Any]:
        return {
            "id": number,
            "label": node.label,
            "name": node.name,
            "iri": node.iri,
            "kind": node.kind,
            "href": links.to_node(node),
            "x": node.x,
            "y": node.y,
            "size": node.radii[self.size_by],
            "values": list(node.values),
            "radii": list(node.radii),
            "groups": list(node.groups),
        }

    def _rank(self, node: Mapping[str, Any]) -> tuple[float, str]:
        """Where a node stands in the list: larger dots first, then by name."""
        return (-node["values"][self.size_by], node["name"])

    def _facts(self, new_window: bool) -> dict[str, Any]:
        picture = self.picture
        return {
            "title": self.title,
            "form": picture.form,
            "noun": list(picture.noun),
            "tie": list(picture.tie),
            "hasPapers": picture.has_papers,
            "centre": picture.centre,
            "selected": picture.selected,
            "least": picture.least_joint_papers,
            "most": picture.most_joint_papers,
            "notes": list(picture.notes),
            "colourBy": self.colour_by,
            "sizeBy": self.size_by,
            "sizes": [size.title for size in picture.sizes],
            "newWindow": new_window,
            "colourings": [
                {
                    "title": colouring.title,
                    "groups": [{"name": g.name, "size": g.size, "hue": g.hue} for g in colouring.groups],
                }
                for colouring in picture.colourings
            ],
        }

    def _steps(self, links: Links) -> list[dict[str, Any]]:
        """The steps of a path, for the list under the picture; none in other forms."""
        picture = self.picture
        if picture.form != "path":
            return []
        return [
            {
                "from": picture.nodes[link.a].name,
                "to": picture.nodes[link.b].name,
                "joint": link.joint_papers,
                "papers": [_paper(picture.papers[number], links) for number in link.papers],
            }
            for link in picture.links
        ]


def _unnumbered(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without what the page knows: its number, and a label that is the name."""
    return {
        key: None if key == "label" and value == row["name"] else value
        for key, value in row.items()
        if key != "id"
    }


def _paper(paper: PaperShown, links: Links) -> dict[str, Any]:
    return {
        "title": paper.title,
        "year": paper.year,
        "yearText": paper.year_text,
        "href": links.to_paper(paper),
    }


@cache
def _inlined() -> Inlined:
    """Return style and code of a drawing. Read once a process: the files are part of the package."""
    scripts = [vis_folder() / VIS_SCRIPT, *(STATIC_FOLDER / name for name in SCRIPTS)]
    return Inlined.of([STATIC_FOLDER / name for name in STYLES], scripts)
