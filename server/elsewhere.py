"""Answers that a job makes: where something is missing that takes a while, the whole request is left to a process."""

from __future__ import annotations

from typing import Final

from flask import Response, g, request
from werkzeug.datastructures import MultiDict

from collegium.graph.errors import CollegiumError, JobStopped
from collegium.graph.selection import Filter

from . import finished
from .api_jobs import being_computed
from .askable import check_askable
from .editions import Wanted
from .endpoints import read_parameters
from .finished import Finished
from .hooks import edition, room
from .jobs.task import ForAnswer, Task
from .negotiation import prefers_html
from .problems import problem
from .served import NOT_KEPT, PAGE_WAIT_S, BeingComputed, Dear
from .wanted import FILTERS, PROJECTION, SLICES, WEIGHT
from .workers.question import Snapshot

WAIT: Final = "wait"  # the one parameter that decides nothing of an answer
_READ: Final = ("GET", "HEAD")
_NAMED: Final = (*(row for row in FILTERS if row.is_filter), PROJECTION, WEIGHT, SLICES)


def left_to_a_job(dear: Dear) -> Response:
    """Return the answer to this request as a job has made it, or what is said while it is made."""
    try:
        made = _made(dear)
    except BeingComputed as pending:
        return being_computed(pending)
    except CollegiumError as error:
        return problem(error)
    return Response(made.body, made.status, made.headers)


def _made(dear: Dear) -> Finished:
    """Raises: BeingComputed, Overloaded, JobStopped; as whoever answers in the job."""
    if request.method not in _READ:
        raise JobStopped(request.path, f"the {dear.what} that it takes is not there; ask for that first")
    here, wants = room(), _wanted()
    at, limits = Snapshot.from_data(here.snapshot(edition())), here.job_limits
    found = finished.find(at, wants, limits)
    if found is None:
        _check_names()
        job = here.result(Task(at, wants), g.get("wait_s", PAGE_WAIT_S), is_quick=dear.is_quick)
        if job.error is not None:
            raise job.error
        if not job.is_over:
            raise BeingComputed(job)
        found = finished.find(at, wants, limits)
    if found is None:
        raise JobStopped(wants.title, NOT_KEPT)
    return found


def _check_names() -> None:
    """As `check_askable`: what is missing may not have been the network. Raises: also of the slices."""
    from collegium.graph.slices import width_of

    given = MultiDict((row.name, text) for row in _NAMED for text in request.args.getlist(row.name))
    values = read_parameters(_NAMED, given)
    names = {name: values[name] for name in ("category", "institution")}
    where = Filter(**names, authors=frozenset(values["authors"]))
    check_askable(edition(), Wanted(values["projection"], values["weight"], where))
    if values["slices"] is not None:
        width_of(values["slices"])


def _wanted() -> ForAnswer:
    accept = request.headers.get("Accept", "")
    by_accept = "text/html" if prefers_html(accept) else accept
    given = sorted(
        (name, value) for name, value in request.args.items(multi=True) if value.strip() and name != WAIT
    )
    return ForAnswer(request.path, tuple(given), g.get("media_type", by_accept), request.script_root)
