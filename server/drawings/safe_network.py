"""pyvis without its dangers: own template with autoescape, no code and no markup out of data, no outside address.

Stock pyvis 0.3.2 runs script from titles, headings and options, calls two CDNs in every mode, and writes files in the
encoding of the machine. Importing pyvis imports IPython: import this module only where something is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.network import Network

_TEMPLATES = Path(__file__).parent / "templates"

# Physics off: positions come from the server. Nothing here comes from data.
_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot", "borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {"smooth": False, "hoverWidth": 0, "selectionWidth": 0, "color": {"inherit": False}},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 3_600_000,
        "navigationButtons": False,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
    },
}


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    return made


class SafeNetwork(Network):  # type: ignore[misc]  # pyvis ships no types
    """A pyvis network whose nodes and edges are whole lists, and whose page is our template.

    `context` holds what our template needs beside nodes, edges and options.
    """

    def __init__(
        self,
        nodes: Sequence[Mapping[str, Any]],
        edges: Sequence[Mapping[str, Any]],
        *,
        heading: str,
        template: str,
        context: Mapping[str, Any],
    ) -> None:
        # "in_line" is the one mode in which pyvis copies no files beside the page; its own template is never used.
        super().__init__(heading=heading, cdn_resources="in_line")
        # Assigned whole: add_edge compares with every edge before it, which is quadratic.
        self.nodes = [dict(node) for node in nodes]
        self.edges = [dict(edge) for edge in edges]
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = {node["id"]: node for node in self.nodes}
        many = len(self.edges) > 1500
        interaction = {**_OPTIONS["interaction"], "hideEdgesOnDrag": many, "hideEdgesOnZoom": many}
        self.options = {**_OPTIONS, "interaction": interaction}
        self.path = template
        self.template_dir = str(_TEMPLATES)
        self.templateEnv = _environment()
        self.context = dict(context)

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Return the page. The parameters are pyvis's own and change nothing: there is one template, without CDN."""
        template = self.templateEnv.get_template(self.path)
        self.html = template.render(
            nodes=self.nodes, edges=self.edges, options=self.options, heading=self.heading, **self.context
        )
        return str(self.html)

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Write the page as UTF-8, whatever the locale. Opens no browser."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")
