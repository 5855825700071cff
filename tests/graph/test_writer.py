"""What is done beside the rest of a write: before the commit, or not at all."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph.errors import StoreUnwritable
from collegium.graph.store import Store
from collegium.graph.writer import Writer

NODE = ox.NamedNode("http://example.org/n")


def add(writer: Writer, text: str) -> None:
    time.sleep(0.2)  # whoever waits for nothing is done by then
    writer.engine.add(ox.Quad(NODE, NODE, ox.Literal(text)))


@pytest.mark.parametrize("where", ["memory", "disk"])
def test_what_is_done_meanwhile_is_in_the_version(where: str, store_dir: Path) -> None:
    """If it failed: a version would be sealed, or read, before it is whole."""
    store = Store.memory() if where == "memory" else Store.open(store_dir, create=True)
    with store.write() as writer:
        for text in ("one", "two"):
            writer.meanwhile(partial(add, writer, text))
        writer.changed = True
    assert store.refreshed().statements == 2


def test_what_fails_meanwhile_keeps_the_version_that_was(store_dir: Path) -> None:
    """If it failed: half of what follows from belief would be committed."""
    store = Store.open(store_dir, create=True)

    def fail() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreUnwritable, match="its disk is full"), store.write() as writer:
        writer.meanwhile(fail)
        writer.changed = True
    assert store.refreshed().version == 0 and not [*store_dir.glob("v*")]


def test_who_breaks_off_waits_for_what_is_done_meanwhile(store_dir: Path) -> None:
    """If it failed: a thread would write into a folder that is being removed."""
    store, ended = Store.open(store_dir, create=True), threading.Event()

    def work() -> None:
        time.sleep(0.3)
        ended.set()

    with pytest.raises(KeyboardInterrupt), store.write() as writer:
        writer.meanwhile(work)
        writer.changed = True
        raise KeyboardInterrupt
    assert ended.is_set() and store.refreshed().version == 0
