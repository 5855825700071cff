"""What every request goes through: the edition it is answered from, caching, and the headers of every answer."""

from __future__ import annotations

import time
from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import Final

from flask import Flask, Response, current_app, g, request

from collegium import __version__

from .editions import Edition
from .service import KnowledgeGraph

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
_EXPOSED: Final = "ETag, Link, X-Collegium-Version, X-Collegium-Total, X-Collegium-Truncated, Retry-After"
# Endpoints whose answer does not follow from the store's version and the address alone.
_UNCACHED: Final = frozenset({"livez", "readyz", "metrics", "static", "vis_asset"})
_READ: Final = ("GET", "HEAD")


class Answers:
    """Finished answers by version, address and `Accept`, bounded in bytes; the least recently used go first."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._lock = Lock()
        self._answers: OrderedDict[tuple[int, str, str], tuple[bytes, list[tuple[str, str]]]] = OrderedDict()

    def get(self, key: tuple[int, str, str]) -> Response | None:
        """Return a fresh copy of an answer."""
        with self._lock:
            found = self._answers.get(key)
            if found is None:
                return None
            self._answers.move_to_end(key)
        return Response(found[0], headers=found[1])

    def put(self, key: tuple[int, str, str], response: Response) -> None:
        """Keep an answer, unless it would take more than an eighth of the room."""
        body, headers = response.get_data(), list(response.headers.items())
        if len(body) > self._most // 8:
            return
        with self._lock:
            old = self._answers.pop(key, None)
            self._answers[key] = (body, headers)
            self._held += _size(key, body) - (_size(key, old[0]) if old else 0)
            while self._held > self._most:
                gone, (content, _) = self._answers.popitem(last=False)
                self._held -= _size(gone, content)


def _size(key: tuple[int, str, str], body: bytes) -> int:
    return len(body) + len(key[1]) + len(key[2]) + 1024  # headers and bookkeeping, roughly


class Counts:
    """Requests by endpoint and status, and the seconds they took; read by `/metrics`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.requests: dict[tuple[str, int], int] = {}
        self.seconds = 0.0

    def add(self, endpoint: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            self.requests[endpoint, status] = self.requests.get((endpoint, status), 0) + 1
            self.seconds += seconds

    def copy(self) -> tuple[dict[tuple[str, int], int], float]:
        """Return requests and seconds as of now."""
        with self._lock:
            return dict(self.requests), self.seconds


def install(app: Flask, kg: KnowledgeGraph, cache_bytes: int, license: str = "") -> None:
    """Give an app its knowledge graph, caches and headers, and the licence that its data are under."""
    app.extensions["collegium.license"] = license
    app.extensions["collegium.graph"] = kg
    app.extensions["collegium.answers"] = Answers(cache_bytes)
    app.extensions["collegium.counts"] = Counts()
    app.before_request(_before)
    app.after_request(_after)


def edition() -> Edition:
    """Return the store version that this request is answered from; the same for the whole request."""
    if "edition" not in g:
        kg: KnowledgeGraph = current_app.extensions["collegium.graph"]
        g.edition = kg.edition()
    found: Edition = g.edition
    return found


def license_iri() -> str:
    """Return the IRI of the licence that the data are under; "" when whoever runs the service names none."""
    found: str = current_app.extensions["collegium.license"]
    return found


def _before() -> Response | None:
    g.started = time.perf_counter()
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in _READ or request.endpoint is None or request.endpoint in _UNCACHED:
        return None
    accept = request.headers.get("Accept", "")
    g.key = (edition().version, request.full_path, accept)
    g.tag = _tag(g.key)
    if holds_tag(g.tag):
        return _headed(Response(status=304))
    answers: Answers = current_app.extensions["collegium.answers"]
    found = answers.get(g.key)
    g.is_kept = found is not None
    return found


def holds_tag(tag: str) -> bool:
    """Return whether the asker holds the answer of that tag; weak ones count (RFC 9110, 13.1.2).

    "*" is left alone: whether there is anything at the address is known only once it was answered.
    """
    held = request.if_none_match
    return not held.star_tag and held.contains_weak(tag)


def _tag(key: tuple[int, str, str]) -> str:
    """Return the entity tag of an answer: it follows from version, address, `Accept` and our own version alone."""
    version, path, accept = key
    digest = sha256(f"{__version__}\n{path}\n{accept}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{version}-{digest}"


def _preflight() -> Response:
    """Return the answer to OPTIONS: what may be asked from pages of other origins."""
    methods = (
        sorted({*(request.url_rule.methods or ()), "OPTIONS"})
        if request.url_rule
        else ["GET", "HEAD", "OPTIONS"]
    )
    response = Response(status=204)
    response.headers["Allow"] = ", ".join(methods)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _headed(response: Response) -> Response:
    """Set the headers of an answer that follows from the store's version."""
    response.headers["ETag"] = f'"{g.tag}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept"
    return response


def _after(response: Response) -> Response:
    if response.status_code == 200 and g.get("tag"):
        _headed(response)
        if not (g.get("is_kept") or response.is_streamed):
            answers: Answers = current_app.extensions["collegium.answers"]
            answers.put(g.key, response)
    if "edition" in g:
        response.headers["X-Collegium-Version"] = str(g.edition.version)
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    counts: Counts = current_app.extensions["collegium.counts"]
    counts.add(request.endpoint or "unknown", response.status_code, time.perf_counter() - g.get("started", 0))
    return response
