"""Open the pages of a running service in Chromium; fail on a console error or a request to elsewhere.

Run by .ci/run against the built wheel: python browser_smoke.py http://127.0.0.1:8000
"""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = {
    "/": "Xingtai Lv",
    "/author/xingtai-lv": "Process Reinforcement through Implicit Rewards",
    "/network": "Xingtai Lv",
    "/network/ego/xingtai-lv": "Xingtai Lv",
    "/centrality": "betweenness",
    "/query": "papers_by_year",
}


def complaints_of(address: str) -> list[str]:
    """Return what went wrong on the pages at `address`, one line each; nothing when all is well."""
    found: list[str] = []
    host = urlsplit(address).netloc
    path = ""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(f"{path}: console error: {message.text}")

    def watch(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != host:
            found.append(f"{path}: asked for {request.url}")

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: found.append(f"{path}: {error}"))
        page.on("request", watch)
        for path, expected in PAGES.items():
            answer = page.goto(address + path, wait_until="networkidle")
            if answer is None or answer.status != 200:
                found.append(f"{path}: answered {answer.status if answer else 'nothing'}")
            elif expected.lower() not in page.content().lower():
                found.append(f"{path}: {expected!r} is not on the page")
            print(f"opened {path}: {page.title()}")
        browser.close()
    return found


if __name__ == "__main__":
    complaints = complaints_of(sys.argv[1].rstrip("/"))
    print("\n".join(complaints) or "no console error, no outside request")
    sys.exit(bool(complaints))
