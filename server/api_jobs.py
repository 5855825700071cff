"""Endpoints of jobs: which rankings are being computed, how far one is, and its end."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, json, redirect, render_template, request

from .endpoints import Call, Document, Endpoint, Parameter, Table
from .hooks import edition, room
from .jobs.desk import Desk
from .jobs.job import Job
from .negotiation import prefers_html
from .served import BeingComputed
from .wanted import ranking_parameters

JOB_COLUMNS: Final = (
    "job",
    "state",
    "stage",
    "measure",
    "parameters",
    "version",
    "since",
    "started",
    "ended",
    "nodes",
    "edges",
    "elapsed_seconds",
    "estimated_seconds",
    "ahead",
    "waiting_requests",
    "problem",
    "location",
    "result",
)
_RELOAD_S: Final = 2


def document_of(job: Job, ahead: int = 0) -> dict[str, Any]:
    """Return a job as JSON, with its own address and that of its answer."""
    query = urlencode(ranking_parameters(job.task.wanted, job.task.sample))
    return {
        **job.to_document(ahead),
        "location": f"{request.script_root}/api/jobs/{job.id}",
        "result": f"{request.script_root}/api/centrality/{job.task.measure}?{query}",
    }


def being_computed(pending: BeingComputed) -> Response:
    """Return what is said where there is no answer yet: 202, a page for browsers and a job for others."""
    document = document_of(pending.job)
    if prefers_html(request.headers.get("Accept")):
        page = render_template("computing.html", job=document, reload_s=_RELOAD_S, version=edition().version)
        response = Response(page, 202, content_type="text/html; charset=utf-8")
    else:
        response = Response(json.dumps(document), 202, content_type="application/json")
    response.headers["Location"] = document["location"]
    response.headers["Retry-After"] = str(_RELOAD_S)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept"
    return response


def _jobs(call: Call) -> Table:
    async def told(desk: Desk) -> list[tuple[Job, int]]:
        return [(job, desk.ahead(job)) for job in desk.jobs()]

    rows = [document_of(job, ahead) for job, ahead in room().run(told(room().desk))]
    return Table(JOB_COLUMNS, rows, len(rows), len(rows), 0, {"version": call.edition.version})


def _job(call: Call) -> Document | Response:
    async def seen(desk: Desk) -> tuple[Job, int]:
        job = desk.job(call["id"])
        job.look()
        return job, desk.ahead(job)

    job, ahead = room().run(seen(room().desk))
    document = document_of(job, ahead)
    if job.state != "done":
        return document
    response = redirect(document["result"], 303)
    return Response(json.dumps(document), 303, response.headers, content_type="application/json")


def _cancel(call: Call) -> Document:
    async def cancelled(desk: Desk) -> Job:
        return desk.cancel(call["id"])

    return document_of(room().run(cancelled(room().desk)))


_ID: Final = (Parameter("id", "string", "ID of a job.", required=True, example="0f9c2b7d61a84e35"),)

ENDPOINTS: Final = (
    Endpoint(
        path="/api/jobs",
        name="api_jobs",
        tag="Jobs",
        summary="What is being computed",
        description="Rankings that wait, run, or ended not long ago; the newest first.",
        answer=_jobs,
        schema="Job",
        is_list=True,
    ),
    Endpoint(
        path="/api/jobs/<id>",
        name="api_job",
        tag="Jobs",
        summary="One computation",
        description=(
            "How far it is. When it is done: 303, to its answer. `state` is queued, running, done, failed or "
            "cancelled; `problem` says why there is no answer."
        ),
        in_path=_ID,
        answer=_job,
        schema="Job",
    ),
    Endpoint(
        path="/api/jobs/<id>",
        name="api_job_end",
        tag="Jobs",
        summary="Cancel a computation",
        description="Its process is killed. 409 when it is over, or when another request waits for its answer.",
        in_path=_ID,
        answer=_cancel,
        schema="Job",
        method="DELETE",
    ),
)
