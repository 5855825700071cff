"""What programs that walk through the service read first: `/robots.txt`, and the map of all pages.

Source: https://www.sitemaps.org/protocol.html (at most 50,000 addresses a file), RFC 9309.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotFound as NoSuchPage

from collegium.graph.sources import sources
from collegium.queries.catalogue import CATALOGUE

from .directory import PLURALS
from .editions import Edition
from .endpoints import read_parameters
from .hooks import edition

MOST: Final = 50_000
_PAGES: Final = (
    "",
    "about",
    *PLURALS.values(),
    "sources",
    "measures",
    "centrality",
    "network",
    "query",
    "api/docs",
    "ns",
)
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Kept as they are in an address; the rest is percent-encoded, so that nothing is left for XML to escape but "&".
_SAFE: Final = "%/:?#[]@!$()*+,;=~-._"


def robots() -> Response:
    """Return which addresses are not worth a walk: those that compute, and whose number has no end."""
    read_parameters((), request.args)
    lines = ["User-agent: *", "Allow: /api/docs"]  # first: some readers take the first rule that fits
    lines += [
        f"Disallow: {path}" for path in ("/api/", "/sparql", "/search", "/network/path", "/query?query=")
    ]
    lines += ["", f"Sitemap: {edition().base}sitemap.xml"]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap() -> Response:
    """Return the list of the maps."""
    read_parameters((), request.args)
    found = edition()
    at = found.store.committed_at
    changed = f"<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
    numbers = range(1, -(-_size(found) // MOST) + 1)
    entries = (
        f"<sitemap><loc>{_escaped(f'{found.base}sitemap/{number}.xml')}</loc>{changed}</sitemap>\n"
        for number in numbers
    )
    return _xml("sitemapindex", entries)


def part(number: int) -> Response:
    """Return one of the maps, numbered from 1."""
    read_parameters((), request.args)
    found = edition()
    first = (number - 1) * MOST
    if not 0 <= first < _size(found):
        raise NoSuchPage
    addresses = islice(_addresses(found), first, first + MOST)
    return _xml("urlset", (f"<url><loc>{_escaped(address)}</loc></url>\n" for address in addresses))


def _addresses(found: Edition) -> Iterator[str]:
    """Yield the address of every page, in a stable order: what stands first stays first while things are added."""
    yield from (found.base + page for page in _PAGES)
    yield from (f"{found.base}queries/{name}" for name in CATALOGUE)
    yield from (source.iri for source in sources(found.store))
    mirror = found.mirror
    for things in (mirror.categories, mirror.institutions, mirror.authors, mirror.papers):
        yield from (thing.iri for thing in things)


def _size(found: Edition) -> int:
    mirror = found.mirror
    things = (mirror.categories, mirror.institutions, mirror.authors, mirror.papers)
    return len(_PAGES) + len(CATALOGUE) + found.info.sources + sum(map(len, things))


def _escaped(address: str) -> str:
    return quote(address, safe=_SAFE)


def _xml(name: str, entries: Iterable[str]) -> Response:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_NAMESPACE}">\n'
    return Response(chain((head,), entries, (f"</{name}>\n",)), content_type="application/xml")
