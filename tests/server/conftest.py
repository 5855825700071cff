"""The service over the bundled page, and over a store of hostile names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from browsers import Pages, launched, served
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from hostile_names import hostile_quads

DAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def service(seed_page: Path) -> KnowledgeGraph:
    """Return the service over the bundled page. Prevents: an inferred year changes with the day of the test."""
    kg = KnowledgeGraph(Store.memory(), clock=lambda: DAY)
    kg.load(seed_page)
    return kg


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return settings of their own. Prevents: a test opens the store of whoever runs it."""
    return Settings(store=tmp_path_factory.mktemp("stores") / "store", request_bytes=50_000)


@pytest.fixture(scope="session")
def app(service: KnowledgeGraph, settings: Settings) -> Flask:
    """Return the application. Prevents: tests share what `create_app` was never asked to make."""
    return create_app(settings, service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client without cookies. Prevents: one test's headers reach the next."""
    return app.test_client()


@pytest.fixture(scope="session")
def hostile_app(settings: Settings) -> Flask:
    """Return the application over names that are code. Prevents: escaping that holds only for well-meant names."""
    store = Store.memory()
    with store.write() as writer:
        writer.engine.extend(hostile_quads(store.base))
        writer.changed = True
    return create_app(settings, KnowledgeGraph(store))


@pytest.fixture
def hostile(hostile_app: Flask) -> FlaskClient:
    """Return a client of the hostile store. Prevents: see `hostile_app`."""
    return hostile_app.test_client()


@pytest.fixture
def empty(settings: Settings) -> Iterator[FlaskClient]:
    """Return a client of an empty store. Prevents: pages that divide by the number of papers."""
    yield create_app(settings, KnowledgeGraph(Store.memory())).test_client()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser. Prevents: each test waits for one of its own."""
    yield from launched()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Return the address of the bundled page. Prevents: pages opened without the headers of the service."""
    yield from served(app)


@pytest.fixture(scope="module")
def hostile_address(hostile_app: Flask) -> Iterator[str]:
    """Return the address of hostile names. Prevents: names that are inert in a parser and run in a browser."""
    yield from served(hostile_app)


@pytest.fixture
def open_page(browser: Any) -> Iterator[Pages]:
    """Return a way to open pages. Prevents: an error, a dialog or an outside request that no test looked at."""
    pages = Pages(browser)
    yield pages
    pages.close()
    assert pages.complaints == []
