"""What a picture saves, clicked in a browser and read by other programs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

import networkx
from lxml import etree

FORMS = ("SVG", "GEXF", "GraphML", "VOSviewer JSON", "CSV of nodes", "CSV of links")


@dataclass(frozen=True)
class Saved:
    """Names and links (sets of two names) of a file, as its reader gives them."""

    names: list[str]
    links: set[frozenset[str]]


def saved(page: Any, title: str) -> bytes:
    """Return the file behind a button of the menu."""
    page.evaluate("document.getElementById('save').open = true")
    with page.expect_download() as download:
        page.get_by_role("button", name=title, exact=True).click()
    content: bytes = download.value.path().read_bytes()
    return content


def read(title: str, content: bytes) -> Saved:
    """Return what stands in a file: by networkx, by parsers of JSON, XML and CSV."""
    match title:
        case "GEXF" | "GraphML":
            graph = (networkx.read_gexf if title == "GEXF" else networkx.read_graphml)(io.BytesIO(content))
            names = dict(graph.nodes(data="label"))
            return Saved(sorted(names.values()), {frozenset((names[a], names[b])) for a, b in graph.edges})
        case "VOSviewer JSON":
            network = json.loads(content)["network"]
            label = {item["id"]: item["label"] for item in network["items"]}
            links = {frozenset((label[a["source_id"]], label[a["target_id"]])) for a in network["links"]}
            return Saved(sorted(label.values()), links)
        case "CSV of nodes":
            return Saved(sorted(row["name"] for row in _rows(content)), set())
        case "CSV of links":
            return Saved([], {frozenset((row["source_name"], row["target_name"])) for row in _rows(content)})
    root = etree.fromstring(content)
    assert not root.findall(".//{*}script")
    return Saved(sorted(root.xpath("//*[local-name()='circle']/*[local-name()='title']/text()")), set())


def _rows(content: bytes) -> list[dict[str, str]]:
    csv.field_size_limit(10**6)
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
