"""Endpoints of jobs: what is being computed, how far it is, and its end."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlencode

from flask import Response, json, redirect, render_template, request

from .endpoints import Call, Document, Endpoint, Parameter, Table
from .hooks import edition, room
from .jobs.desk import Desk
from .jobs.job import Job
from .jobs.task import ForAnswer, ForRanking, Wants
from .negotiation import prefers_html
from .replies import address_of_this
from .served import BeingComputed
from .wanted import ranking_parameters

JOB_COLUMNS: Final = (
    "job",
    "state",
    "stage",
    "kind",
    "title",
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


def document_of(job: Job, ahead: int = 0, asked: int | None = 0) -> dict[str, Any]:
    """Return a job as JSON, with its own address and that of its answer, as the asker of that number asked for it."""
    root = request.script_root
    known = asked is not None and asked < len(job.addresses)
    return {
        **job.to_document(ahead),
        "location": f"{root}/api/jobs/{job.id}{f'?asked={asked}' if asked and known else ''}",
        "result": job.addresses[asked or 0] if known else root + _address_of(job.task.wants),
    }


def _address_of(wants: Wants) -> str:
    """Return where the answer of a job stands that nobody has asked for by an address, or not any more."""
    match wants:
        case ForRanking():
            query = urlencode(ranking_parameters(wants.wanted, wants.sample))
            return f"/api/centrality/{wants.measure}?{query}"
        case ForAnswer():
            return quote(wants.path) + (f"?{wants.encoded}" if wants.query else "")
        case _:
            return "/"


def being_computed(pending: BeingComputed) -> Response:
    """Return what is said where there is no answer yet: 202, a page for browsers and a job for others."""
    # What is posted has its answer nowhere: then it is what it takes that is led to.
    asked = None if request.method == "POST" else pending.job.place_of(address_of_this())
    document = document_of(pending.job, asked=asked)
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
    document = document_of(job, ahead, call["asked"])
    if job.state != "done":
        return document
    response = redirect(document["result"], 303)
    return Response(json.dumps(document), 303, response.headers, content_type="application/json")


def _cancel(call: Call) -> Document:
    async def cancelled(desk: Desk) -> Job:
        return desk.cancel(call["id"])

    return document_of(room().run(cancelled(room().desk)))


_ID: Final = (Parameter("id", "string", "ID of a job.", required=True, example="0f9c2b7d61a84e35"),)

_ASKED: Final = Parameter(
    "asked",
    "integer",
    "Whose answer: several may wait for one job, each at an address of their own; `location` has it.",
    0,
    minimum=0,
    maximum=1000,
)

ENDPOINTS: Final = (
    Endpoint(
        path="/api/jobs",
        name="api_jobs",
        tag="Jobs",
        summary="What is being computed",
        description="Rankings, networks and answers that wait, run, or ended not long ago; the newest first.",
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
            "cancelled; `problem` says why there is no answer. `kind` is ranking, network or answer."
        ),
        in_path=_ID,
        parameters=(_ASKED,),
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
        parameters=(_ASKED,),
        answer=_cancel,
        schema="Job",
        method="DELETE",
    ),
)
