"""What it costs a browser to show a network: one HTML file of ours against one of stock pyvis, of the same graph.

CPU seconds of all processes of Chromium, from opening the file to the picture: ours when it says that it is drawn,
that of pyvis when its bar of progress is gone. Both files hold all they need; stock pyvis lays out in the browser
(physics), as it does by default. Each is opened in a new browser, in turn. Networks are generated (`made_network.py`).
Needs chromium and playwright.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
from pyvis.network import Network

from collegium.server.drawings import draw_network
from collegium.server.editions import Wanted
from views import CHROMIUM, made

OURS = "() => window.collegiumDrawing?.ready"
STOCK = "() => document.getElementById('loadingBar')?.style.display === 'none'"


def files(folder: Path, nodes: int) -> Iterator[tuple[Path, str]]:
    """Yield our file and that of stock pyvis of one network, each with what says that it is drawn."""
    graph = made(nodes).edition().network(Wanted())
    drawing = draw_network(graph, title="All", at_most_nodes=nodes)
    yield drawing.save(folder / "ours.html"), OURS
    plain = networkx.Graph()
    plain.add_nodes_from((number, {"label": str(node)}) for number, node in enumerate(graph))
    numbers = {node: number for number, node in enumerate(graph)}
    plain.add_edges_from((numbers[a], numbers[b]) for a, b in graph.edges)
    stock = Network(cdn_resources="in_line")
    stock.from_nx(plain)
    path = folder / "stock.html"
    path.write_text(stock.generate_html(), "utf-8")
    yield path, STOCK


def shown_s(driver: Any, path: Path, is_drawn: str) -> float:
    """Return the CPU seconds of a new browser from opening a file to its picture."""
    browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
    try:
        page, told = browser.new_page(), browser.new_browser_cdp_session()

        def spent() -> float:
            found = told.send("SystemInfo.getProcessInfo")["processInfo"]
            return float(sum(process["cpuTime"] for process in found))

        before = spent()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function(is_drawn, timeout=180_000)
        return spent() - before
    finally:
        browser.close()


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=[200, 500])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print("| nodes | ours, CPU s | stock pyvis, CPU s | stock / ours |\n|---|---|---|---|")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        for nodes in given.nodes:
            pair = list(files(Path(folder), nodes))
            taken = [[shown_s(driver, *file) for file in pair] for _ in range(given.rounds)]
            ours, stock = (statistics.median(column) for column in zip(*taken, strict=True))
            print(f"| {nodes} | {ours:.2f} | {stock:.1f} | {stock / ours:.0f} |", flush=True)


if __name__ == "__main__":
    main()
