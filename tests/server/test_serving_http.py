"""The service as people start it: `collegium serve`, over real HTTP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a served store. Prevents: what works in the test client only, not behind the server."""
    store = tmp_path_factory.mktemp("served") / "store"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COLLEGIUM_")}
    command = [sys.executable, "-c", "from collegium.server.cli import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--store", str(store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    try:
        yield _told(process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _told(process: subprocess.Popen[str]) -> str:
    """Return the address that the service prints, once it answers there."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        found = re.search(r"at (http://[\d.:]+)/", line)
        if found:
            transport = httpx.HTTPTransport(retries=20)
            with httpx.Client(transport=transport, timeout=20) as client:
                assert client.get(found.group(1) + "/readyz").status_code == 200
            return found.group(1)
    pytest.fail("the service ended: " + "".join(said))


def test_a_newcomer_sees_the_author_page(address: str) -> None:
    """If it failed: the first minute of a newcomer would end in an error."""
    home = httpx.get(address, headers={"Accept": "text/html"})
    assert home.status_code == 200 and "Xingtai Lv" in home.text
    answer = httpx.get(f"{address}/api/centrality/betweenness?limit=1").json()
    assert answer["results"][0]["name"] == "Xingtai Lv"


def test_queries_by_get_and_post(address: str) -> None:
    """If it failed: bodies would be read in the test client only."""
    query = "SELECT (COUNT(*) AS ?n) { ?p a soa:Work }"
    by_get = httpx.get(f"{address}/sparql", params={"query": query})
    by_post = httpx.post(
        f"{address}/sparql", content=query, headers={"Content-Type": "application/sparql-query"}
    )
    by_form = httpx.post(f"{address}/sparql", data={"query": query})
    assert by_get.json() == by_post.json() == by_form.json()
    assert httpx.post(f"{address}/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert httpx.post(f"{address}/sparql", data={"query": "#" * 2_000_000}).status_code == 413


def test_things_negotiate(address: str) -> None:
    """If it failed: headers would be lost on the way."""
    turtle = httpx.get(f"{address}/author/xingtai-lv", headers={"Accept": "text/turtle"})
    assert turtle.headers["Content-Type"].startswith("text/turtle") and "@prefix" in turtle.text
    head = httpx.head(f"{address}/author/xingtai-lv")
    assert head.status_code == 200 and head.content == b""
    again = httpx.get(
        f"{address}/author/xingtai-lv",
        headers={"Accept": "text/turtle", "If-None-Match": turtle.headers["ETag"]},
    )
    assert again.status_code == 304


def test_many_ask_at_once(address: str) -> None:
    """If it failed: an answer of the engine would be read in another thread than its own, which kills the process."""
    paths = [
        "/",
        "/author/xingtai-lv",
        "/api/centrality/closeness",
        "/sparql?query=SELECT+*+{?s+?p+?o}",
        "/api/queries/author_coauthors?author=xingtai-lv",
        "/network",
        "/author/ning-ding?format=jsonld",
    ]
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(12) as pool:
        found = list(
            pool.map(lambda n: client.get(f"{address}{paths[n % len(paths)]}").status_code, range(140))
        )
    assert set(found) == {200}


def test_static_files_of_the_picture_are_ours(address: str) -> None:
    """If it failed: the network would not draw without an outside address."""
    page = httpx.get(f"{address}/network", headers={"Accept": "text/html"}).text
    sources = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"', page)
    assert len(sources) >= 5
    for source in sources:
        assert source.startswith("/")
        assert httpx.get(address + source).status_code == 200
