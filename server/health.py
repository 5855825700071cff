"""Whether the service lives, whether it can answer, and its figures for Prometheus."""

from __future__ import annotations

from typing import Final

from flask import Response, current_app

from collegium import __version__
from collegium.graph.errors import StoreDamaged, StoreError

from .hooks import Counts, edition
from .problems import problem

_TEXT: Final = "text/plain; charset=utf-8"


def livez() -> Response:
    """Return ok: the process answers. Says nothing of the store."""
    return Response("ok\n", content_type=_TEXT, headers={"Cache-Control": "no-store"})


def readyz() -> Response:
    """Return ok when the store can be read; a problem when it cannot."""
    try:
        found = edition()
        next(iter(found.engine.quads_for_pattern(None, None, None, None)), None)
    except (StoreError, OSError) as error:
        failed = error if isinstance(error, StoreError) else StoreDamaged("", str(error.strerror or error))
        response = problem(failed)
        response.status_code = 503
        return response
    return Response(
        f"ok, store version {found.version}\n", content_type=_TEXT, headers={"Cache-Control": "no-store"}
    )


def metrics() -> Response:
    """Return the figures of this process in the text format of Prometheus.

    Source: https://prometheus.io/docs/instrumenting/exposition_formats/
    """
    counts: Counts = current_app.extensions["collegium.counts"]
    requests, seconds = counts.copy()
    found = edition()
    lines = [
        "# HELP collegium_build_info Version of Collegium.",
        "# TYPE collegium_build_info gauge",
        f'collegium_build_info{{version="{__version__}"}} 1',
        "# HELP collegium_store_version Version of the store that answers.",
        "# TYPE collegium_store_version gauge",
        f"collegium_store_version {found.version}",
        "# HELP collegium_store_statements Statements in the store, claims and provenance included.",
        "# TYPE collegium_store_statements gauge",
        f"collegium_store_statements {found.memory.get('statements', lambda: found.store.statements)}",
        "# HELP collegium_requests_total Requests answered by this process.",
        "# TYPE collegium_requests_total counter",
        *(
            f'collegium_requests_total{{endpoint="{endpoint}",status="{status}"}} {count}'
            for (endpoint, status), count in sorted(requests.items())
        ),
        "# HELP collegium_request_seconds_total Seconds spent on requests by this process.",
        "# TYPE collegium_request_seconds_total counter",
        f"collegium_request_seconds_total {seconds:.6f}",
    ]
    return Response(
        "\n".join(lines) + "\n",
        content_type="text/plain; version=0.0.4; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
