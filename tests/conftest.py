"""Fixtures that every folder of tests may use; each says which accident it prevents."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collegium.graph.store import Store

ROOT = Path(__file__).resolve().parents[1]
IN_MEMORY = Path("/dev/shm")
ROOM = 4 << 30  # bytes; a run has less than a tenth of it at a time

# Prevents: a test fails because the machine is busy. What takes long is measured in benchmarks/.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure() -> None:
    """Have stores written to memory where there is room. Prevents: two thirds of a run are waiting for the disk."""
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
        # It is read when the first folder is asked for.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents: a developer's COLLEGIUM_STORE is read, or written to, by a test."""
    for name in list(os.environ):
        if name.startswith("COLLEGIUM_") and name != "COLLEGIUM_DATA":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the project. Prevents: a test depends on the folder it was started in."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real files. Prevents: tests fail where they are missing."""
    named = os.environ.get("COLLEGIUM_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real data: {folder} is not there (set COLLEGIUM_DATA to the folder that holds it)")
    return folder


@pytest.fixture(scope="session")
def seed_page() -> Path:
    """Return the bundled author page. Prevents: each test spells the path anew."""
    return ROOT / "seeds" / "xingtai-lv.txt"


@pytest.fixture
def store_dir(tmp_path: Path) -> Path:
    """Return where a store may be made; nothing is there yet. Prevents: two tests share one store."""
    return tmp_path / "store"


@pytest.fixture
def store(store_dir: Path) -> Iterator[Store]:
    """Return an empty store on disk. Prevents: a test passes in memory and fails on disk."""
    from collegium.graph.store import Store

    yield Store.open(store_dir, create=True)
