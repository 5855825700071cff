"""What every request goes through: the edition it is answered from, caching, and the headers of every answer."""

from __future__ import annotations

import time
from threading import Lock
from typing import Final

from flask import Flask, Response, current_app, g, request

from .editions import Edition
from .engine_room import EngineRoom
from .kept import Answers, tag_of
from .negotiation import prefers_html
from .served import PAGE_WAIT_S, ServedEdition
from .service import KnowledgeGraph

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
_EXPOSED: Final = (
    "ETag, Link, Location, X-Collegium-Version, X-Collegium-Total, X-Collegium-Truncated, "
    "X-Collegium-At-Most-Rows, X-Collegium-At-Most-Bytes, Retry-After"
)
# What every answer of ours says, whatever it holds.
ALWAYS: Final = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", _EXPOSED),
)
ALLOWED_HEADERS: Final = "Accept, Authorization, Content-Type, If-None-Match"
# Endpoints whose answer does not follow from the store's version and the address alone.
_UNCACHED: Final = frozenset(
    {"livez", "readyz", "metrics", "static", "vis_asset", "sparql", "graphs", "graph", "api_jobs", "api_job"}
)
# Endpoints that answer every method themselves (`server/sparql.py`).
_OWN_METHODS: Final = frozenset({"sparql", "graphs", "graph"})
_READ: Final = ("GET", "HEAD")
_PATIENCE_S: Final = (
    10.0  # that a program waits for belief to be read; a browser shows a page that loads itself anew
)


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
        patience_s = PAGE_WAIT_S if prefers_html(request.headers.get("Accept")) else _PATIENCE_S
        if (asked := request.args.get("wait", "")).isdecimal():
            patience_s = min(patience_s, float(asked))
        g.edition = ServedEdition(kg.edition(), room(), patience_s)
    found: Edition = g.edition
    return found


def room() -> EngineRoom:
    """Return the processes behind this service."""
    found: EngineRoom = current_app.extensions["collegium.room"]
    return found


def keep_not() -> None:
    """Say that the answer to this request is not yet what it will be: nobody is to keep it."""
    g.tag = ""


def license_iri() -> str:
    """Return the IRI of the licence that the data are under; "" when whoever runs the service names none."""
    found: str = current_app.extensions["collegium.license"]
    return found


def _before() -> Response | None:
    g.started = time.perf_counter()
    if request.method == "OPTIONS" and request.endpoint not in _OWN_METHODS:
        return _preflight()
    if request.method not in _READ or request.endpoint is None or request.endpoint in _UNCACHED:
        return None
    accept = request.headers.get("Accept", "")
    g.key = (edition().version, request.full_path, accept)
    g.tag = tag_of(g.key)
    if holds_tag(g.tag):
        return _headed(Response(status=304))
    answers: Answers = current_app.extensions["collegium.answers"]
    found = answers.get(g.key)
    g.is_kept = found is not None
    return Response(found[0], headers=found[1]) if found else None


def holds_tag(tag: str) -> bool:
    """Return whether the asker holds the answer of that tag; weak ones count (RFC 9110, 13.1.2).

    "*" has to wait: whether there is anything at the address is known only once it was answered.
    """
    held = request.if_none_match
    return not held.star_tag and held.contains_weak(tag)


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
    response.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
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
            answers.put(g.key, response.get_data(), response.headers.items())
        if request.if_none_match.star_tag:
            response = _headed(Response(status=304))
    if "edition" in g and "X-Collegium-Version" not in response.headers:
        response.headers["X-Collegium-Version"] = str(g.edition.version)
    response.headers.setdefault("Cache-Control", "no-cache")
    own_policy = response.headers.get("Content-Security-Policy")  # of a picture by itself, which is stricter
    response.headers.update(ALWAYS)
    if own_policy:
        response.headers["Content-Security-Policy"] = own_policy
    counts: Counts = current_app.extensions["collegium.counts"]
    counts.add(request.endpoint or "unknown", response.status_code, time.perf_counter() - g.get("started", 0))
    return response
