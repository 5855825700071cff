"""`collegium serve` as a process: it fills an empty store, says where it listens, answers, and stops when told."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from asgi_calls import Client, call, scope_of
from collegium.graph.errors import ParameterError
from collegium.graph.store import Store
from collegium.server.config import Settings
from collegium.server.seeds import TAKEN, load_seeds
from collegium.server.service import KnowledgeGraph
from collegium.server.serving import _is_news, application, serve


@pytest.fixture
def serving(store_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a running service and its address. Prevents: a test leaves a process behind."""
    command = [
        sys.executable,
        "-m",
        "collegium.server.cli",
        "serve",
        "--port",
        "0",
        "--store",
        str(store_dir),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            said = [process.stdout.readline(), process.stdout.readline()]
            found = re.search(r"http://\S+/", said[1])
            assert "was empty: the bundled author page was loaded" in said[0] and found, said
            yield process, found.group()
        finally:
            process.kill()


def answered(address: str, tries: int = 100) -> str:
    """Return the answer of an address as soon as there is one."""
    for _ in range(tries):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            pass
        subprocess.run([sys.executable, "-c", "import time; time.sleep(0.1)"], check=True)
    raise AssertionError(f"{address} did not answer")


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_the_bundled_page_and_stops(
    serving: tuple[subprocess.Popen[str], str], word: signal.Signals
) -> None:
    """If it failed: a newcomer would see an empty service, or could not stop it."""
    process, address = serving
    assert "Xingtai Lv" in answered(address + "author/xingtai-lv")
    process.send_signal(word)
    assert process.wait(timeout=20) is not None


def test_a_port_in_use_is_one_line(store_dir: Path) -> None:
    """If it failed: the second service on a machine would end in a traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ParameterError, match=f"127.0.0.1:{port}"):
            serve(Settings(store=store_dir, port=port))


def test_the_bundled_page_is_loaded_under_its_own_date(store: Store) -> None:
    """If it failed: the figures of the page would bear the day somebody started the service."""
    graph = KnowledgeGraph(store)
    load_seeds(graph)
    (source,) = graph.sources()
    assert source.generated_at.startswith(TAKEN.isoformat()) and source.date_is_given


def test_the_application_takes_its_settings_from_the_environment(
    store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: the server's own process would serve another store than the one named."""
    load_seeds(KnowledgeGraph(Store.open(store_dir, create=True)))
    monkeypatch.setitem(os.environ, "COLLEGIUM_STORE", str(store_dir))
    service = application()
    client = asyncio.run(call(service, scope_of("GET", "/api/authors/xingtai-lv"), Client()))
    assert client.answer.status == 200 and service.room.settings.store == store_dir


def test_only_what_we_broke_off_is_left_out_of_the_log() -> None:
    """If it failed: an error of ours would leave no trace, or each broken answer would look like one."""
    for text, is_news in (
        ("ASGI callable returned without completing response.", False),
        ("Exception in ASGI application\n", True),
    ):
        assert _is_news(logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, text, (), None)) is is_news
