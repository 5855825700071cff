"""A browser for tests: how it is started, when there is none, and pages that note what goes wrong on them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium")
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
_HEARD = "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective))"


def served(app: Flask) -> Iterator[str]:
    """Yield the address of an application that is served as long as the fixture lives."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def launched() -> Iterator[Any]:
    """Yield a browser."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Pages:
    """Opens pages that may reach one address only; `complaints` holds what went wrong on any of them."""

    def __init__(self, browser: Any) -> None:
        self.complaints: list[str] = []
        self._browser, self._contexts = browser, list[Any]()

    def __call__(self, address: str, *, expected: str = "", **options: Any) -> Any:
        """Return a new page; what the console says of an answer that the test asks for is `expected`."""
        context = self._browser.new_context(**{"viewport": {"width": 1280, "height": 820}, **options})
        self._contexts.append(context)
        page = context.new_page()

        def hear(message: Any) -> None:
            if message.type in ("error", "warning") and not (expected and expected in message.text):
                self.complaints.append(message.text)

        def refuse(dialog: Any) -> None:
            self.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def guard(route: Any) -> None:
            if route.request.url.startswith((address, "data:", "blob:")):
                route.continue_()
            else:
                self.complaints.append(f"outside: {route.request.url}")
                route.abort()

        page.on("console", hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", refuse)
        page.route("**/*", guard)
        page.add_init_script(_HEARD)
        return page

    def close(self) -> None:
        """Close all pages."""
        for context in self._contexts:
            context.close()
