"""What pictures cost: layouts and documents on the server, first paint and frames in a browser.

CPU seconds are those of the process, as `time.process_time` has them. In the browser the explorer and the least page
that draws the same document with sigma are opened in turn; the ratio of the middle times is the figure, since software
WebGL on a busy machine says little by itself. A frame is what the page does for it, without what WebGL does after.
Networks are generated (`made_network.py`). Needs chromium and playwright.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.drawings import draw_ego, draw_network
from collegium.server.editions import Edition, Wanted
from collegium.server.explorer.document import document
from collegium.server.service import KnowledgeGraph
from made_network import made_mirror

CHROMIUM = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync".split()
# The least that draws the same data: sigma as it comes, nodes in one colour, no reducers, no page around it.
BARE = """<!doctype html><meta charset="utf-8"><title>bare</title><link rel="stylesheet" href="/bare.css">
<div id="picture"></div><script src="/static/vendor/sigma.js"></script><script src="/bare.js"></script>"""
BARE_STYLE = "#picture { width: 878px; height: 480px; }"  # as large as the picture of the page
BARE_SCRIPT = """
(async () => {
  const { nodes, links } = await (await fetch("/api/network/columns?most=50000")).json();
  const graph = new Sigma.UndirectedGraph();
  nodes.name.forEach((label, node) => graph.addNode(node, { x: nodes.x[node], y: nodes.y[node], size: 4, label }));
  let at = 0;
  links.counts.forEach((count, node) => {
    let end = node;
    for (let i = 0; i < count; i += 1, at += 1) {
      end += links.steps[at];
      graph.addEdgeWithKey(at, node, end, { size: 1.25 });
    }
  });
  window.renderer = new Sigma.Renderer(graph, document.getElementById("picture"), { minEdgeThickness: 1.25 });
  requestAnimationFrame(() => requestAnimationFrame(() => { window.paintedMs = performance.now(); }));
})();
"""
PAINTED = """() => { if (window.paintedMs) return window.paintedMs;
  if (!window.collegiumExplorer?.ready || window.waiting) return null;
  window.waiting = true;
  requestAnimationFrame(() => requestAnimationFrame(() => { window.paintedMs = performance.now(); }));
  return null; }"""
PANNED = """async () => {
  const { renderer } = collegiumExplorer.picture;
  const camera = renderer.getCamera();
  camera.setState({ ratio: 0.5 });
  const drawn = [];
  let began = 0;
  renderer.on("beforeRender", () => { began = performance.now(); });
  renderer.on("afterRender", () => drawn.push(performance.now() - began));
  for (let step = 0; step < 40; step += 1) {
    camera.setState({ x: 0.5 + 0.2 * Math.sin(step / 15) });
    await new Promise(requestAnimationFrame);
  }
  drawn.sort((a, b) => a - b);
  return [0.5, 0.95].map((share) => drawn[Math.floor(drawn.length * share)]);
}"""


def made(authors: int) -> KnowledgeGraph:
    """Return a service over a generated network that stands in no store."""
    graph = KnowledgeGraph(Store.memory())
    graph.edition().memory.get("mirror", lambda: made_mirror(authors))
    return graph


def cpu_s(work: Callable[[], Any]) -> float:
    """Return the CPU seconds that a piece of work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def fresh(edition: Edition) -> Edition:
    """Return an edition that knows the mirror and the networks of another, and no picture."""
    found = Edition(edition.store)
    found.memory.get("mirror", lambda: edition.mirror)
    found.memory.get(("compact", "coauthors", "full", Wanted().where), lambda: edition.compact(Wanted()))
    return found


def documents(sizes: list[int], rounds: int) -> Iterator[str]:
    """Yield the table of the explorer's document: its making, its size, and the answer once it is kept."""
    yield "| explorer: authors | links | new, CPU s | gzipped bytes a link | page kept, ms | document kept, ms |"
    yield "|---|---|---|---|---|---|"
    for size in sizes:
        kg = made(size)
        edition = kg.edition()
        links = edition.compact(Wanted()).size
        times = [cpu_s(lambda e=edition: document(fresh(e), Wanted(), most=50_000)) for _ in range(rounds)]
        with tempfile.TemporaryDirectory() as folder:
            client = create_app(Settings(store=Path(folder) / "store"), kg).test_client()
            whole = client.get("/api/network/columns?most=50000").data
            kept = [
                kept_ms(client, f"/{address}?most=50000")
                for address in ("network/explore", "api/network/columns")
            ]
        packed = len(gzip.compress(whole, 6)) / links
        cells = f"{statistics.median(times):.2f} | {packed:.1f} | {kept[0]:.1f} | {kept[1]:.1f}"
        yield f"| {size:,} | {links:,} | {cells} |"


def kept_ms(client: FlaskClient, address: str, rounds: int = 15) -> float:
    """Return the milliseconds of an answer that was given before, the middle of some."""
    client.get(address)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def drawings(sizes: list[int], rounds: int) -> Iterator[str]:
    """Yield the table of pyvis pictures: whole networks, and circles of so many."""
    yield "| pyvis picture | nodes | links | new, CPU s | page, KB | gzipped, KB |\n|---|---|---|---|---|---|"
    for size in sizes:
        graph = made(size).edition().network(Wanted())
        hub = max(graph, key=lambda node: (graph.degree[node], node))
        for title, nodes, draw in (
            ("network", size, lambda n, g=graph: draw_network(g, title="All", at_most_nodes=n)),
            ("circle", 200, lambda n, g=graph, h=hub: draw_ego(g, h, title="Circle", at_most_nodes=n)),
        ):
            times = [cpu_s(lambda d=draw, n=nodes: d(n).page()) for _ in range(rounds)]
            drawing = draw(nodes)
            page = drawing.page().encode()
            counts = f"{len(drawing.picture.nodes):,} | {len(drawing.picture.links):,}"
            sizes_kb = f"{len(page) / 1000:.0f} | {len(gzip.compress(page, 6)) / 1000:.0f}"
            yield f"| {title} | {counts} | {statistics.median(times):.2f} | {sizes_kb} |"


class Quiet(WSGIRequestHandler):
    """Answers without a line for each on standard error."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(authors: int) -> Iterator[str]:
    """Give the address of a service with a generated network and the bare page, until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(store=Path(folder) / "store"), made(authors))
        bare_pages(app)
        app.test_client().get("/api/network/columns?most=50000")
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def bare_pages(app: Flask) -> None:
    """Give an app the pages of bare sigma."""
    for path, text, kind in (
        ("/bare", BARE, "text/html"),
        ("/bare.css", BARE_STYLE, "text/css"),
        ("/bare.js", BARE_SCRIPT, "text/javascript"),
    ):
        app.add_url_rule(path, path, lambda text=text, kind=kind: Response(text, content_type=kind))


def in_browser(sizes: list[int], rounds: int) -> Iterator[str]:
    """Yield the table of first paint against bare sigma, and of frames while the picture is moved."""
    from playwright.sync_api import sync_playwright

    yield "| browser: authors | first paint, ms | bare sigma, ms | ratio | a frame, ms: median, 95 % |"
    yield "|---|---|---|---|---|"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        for size in sizes:
            with serving(size) as address:
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                ours, bare = [], []
                for number in range(-1, rounds):  # the first pair fills the browser's cache
                    pair = [
                        painted_ms(page, f"{address}/{tail}")
                        for tail in ("network/explore?most=50000", "bare")
                    ]
                    if number >= 0:
                        ours.append(pair[0])
                        bare.append(pair[1])
                page.goto(f"{address}/network/explore?most=50000")
                page.wait_for_function("() => window.collegiumExplorer?.ready")
                drawn, slow = page.evaluate(PANNED)
                page.close()
            first = f"{statistics.median(ours):.0f} | {statistics.median(bare):.0f}"
            ratio = statistics.median(ours) / statistics.median(bare)
            yield f"| {size:,} | {first} | {ratio:.2f} | {drawn:.1f}, {slow:.1f} |"
        browser.close()


def painted_ms(page: Any, address: str) -> float:
    """Return the milliseconds from opening an address to its first painted picture."""
    page.goto(address)
    return float(page.wait_for_function(PAINTED, timeout=60_000).json_value())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[2_000, 5_000, 10_000], help="authors, explorer"
    )
    parser.add_argument("--drawn", type=int, nargs="+", default=[300, 2_000], help="authors, pyvis pictures")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-browser", action="store_true")
    given = parser.parse_args()
    parts = [documents(given.sizes, given.rounds), drawings(given.drawn, given.rounds)]
    if not given.no_browser:
        parts.append(in_browser([size for size in given.sizes if size <= 5_000], given.rounds))
    for part in parts:
        for line in part:
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
