"""Data and engines that all tests of queries share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph.errors import NotFound
from collegium.graph.vocabulary import DEFAULT_BASE
from sparql_engines import ENGINES, Engine

SMALL = Path(__file__).parent / "data" / "small.trig"


@pytest.fixture(scope="session")
def small() -> ox.Store:
    """Return the hand-made data. Prevents: a query that is right only on the bundled page, where much is missing."""
    store = ox.Store()
    store.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, small: ox.Store) -> Engine:
    """Return an engine over the hand-made data. Prevents: a query leans on what one engine does beyond the standard."""
    return ENGINES[request.param](small)


@pytest.fixture(scope="session")
def resolve() -> Callable[[str, str], str]:
    """Return a finder that takes IDs and IRIs. Prevents: tests of queries need a service."""

    def find(kind: str, text: str) -> str:
        if "//" in text:
            return text
        if not text or " " in text:
            raise NotFound(kind, text)
        return f"{DEFAULT_BASE}{kind}/{text}"

    return find
