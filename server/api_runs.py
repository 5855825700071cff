"""Endpoints of kept runs: list, keep, read, compare with now, remove."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from flask import Response, request

from collegium.graph import runs as kept
from collegium.graph.errors import NameTaken
from collegium.graph.measures import MEASURES
from collegium.graph.runs import Run, check_name

from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Parameter, Table, paging
from .hooks import room
from .runs import compared, made
from .tokens import check_token
from .wanted import FILTERS, PROJECTION, SAMPLE, WAIT, WEIGHT, sample_by, wanted_by

RUN_COLUMNS: Final = (
    "name",
    "measure",
    "made_at",
    "version",
    "nodes",
    "edges",
    "engine",
    "exact",
    "software",
    "input_digest",
    "values_digest",
    "parameters",
    "graph",
    "location",
)
ROW_COLUMNS: Final = ("rank", "iri", "name", "value")
MOVED_COLUMNS: Final = ("iri", "name", "rank_then", "rank_now", "value_then", "value_now")
_NAME: Final = (Parameter("name", "string", "Name of a kept run.", required=True, example="spring"),)


def run_row(run: Run, base: str, root: str) -> dict[str, Any]:
    """Return a run as JSON, without its rows."""
    told = run.facts
    return {
        "name": run.name,
        "measure": run.measure,
        "made_at": run.made_at,
        "version": told.get("version"),
        "nodes": told.get("nodes"),
        "edges": told.get("edges"),
        "engine": told.get("engine"),
        "exact": told.get("exact"),
        "software": run.software,
        "input_digest": run.input_digest,
        "values_digest": run.values_digest,
        "parameters": run.question,
        "graph": kept.graph_of(base, run.name).value,
        "location": f"{root}/api/runs/{run.name}",
    }


def _runs(call: Call) -> Table:
    rows = [run_row(run, call.edition.base, call.root) for run in kept.runs(call.edition.store)]
    return Table(RUN_COLUMNS, rows, len(rows), len(rows), 0, {"version": call.edition.version})


def _run(call: Call) -> Table:
    run = kept.run_named(call.edition.store, call["name"])
    limit, offset = call["limit"], call["offset"]
    rows = [row._asdict() for row in run.rows[offset : offset + limit]]
    facts = {**run.facts, "run": run_row(run, call.edition.base, call.root)}
    return Table(ROW_COLUMNS, rows, len(run.rows), limit, offset, facts)


def _diff(call: Call) -> Table:
    run = kept.run_named(call.edition.store, call["name"])
    found = compared(run, call.edition, wait_s=call["wait"])
    limit, offset = call["limit"], call["offset"]
    rows = [
        {"iri": moved.iri, "name": moved.name}
        | dict(zip(("rank_then", "value_then"), moved.then or (None, None), strict=True))
        | dict(zip(("rank_now", "value_now"), moved.now or (None, None), strict=True))
        for moved in found.moved[offset : offset + limit]
    ]
    facts = {
        "run": run_row(run, call.edition.base, call.root),
        "version": found.version,
        "unchanged": found.is_unchanged,
        "same_network": run.input_digest == found.input_digest,
        "input_digest": found.input_digest,
        "values_digest": found.values_digest,
    }
    return Table(MOVED_COLUMNS, rows, len(found.moved), limit, offset, facts)


def _authorise() -> None:
    check_token(room().settings.token, request.headers.get("Authorization", ""))


def _keep(call: Call) -> Response:
    _authorise()
    name = check_name(call["name"])
    if any(run.name == name for run in kept.runs(call.edition.store)):  # before it is computed
        raise NameTaken("name", name, f"one that no run has; remove it first: DELETE /api/runs/{name}")
    wanted, sample = wanted_by(call.values), sample_by(call.values)
    run = made(name, call.edition, call["measure"], wanted, sample, datetime.now(UTC), wait_s=call["wait"])
    done = room().writer.order({"do": "keep"}, json.dumps(kept.to_data(run)).encode())
    body = json.dumps(run_row(run, call.edition.base, call.root) | {"kept_in_version": done["version"]})
    response = Response(body, 201, content_type="application/json")
    response.headers["Location"] = f"{call.root}/api/runs/{name}"
    return response


def _remove(call: Call) -> Document:
    _authorise()
    kept.check_name(call["name"])
    done = room().writer.order({"do": "forget", "name": call["name"]})
    return {"removed": call["name"], "version": done["version"]}


ENDPOINTS: Final = (
    Endpoint(
        path="/api/runs",
        name="api_runs",
        tag="Kept runs",
        summary="The kept runs",
        description="Rankings that somebody kept, by name: each with what it was made of, and the graph it stands in.",
        forms=TABLE_FORMS,
        answer=_runs,
        schema="Run",
        is_list=True,
    ),
    Endpoint(
        path="/api/runs",
        name="api_run_keep",
        tag="Kept runs",
        summary="Keep a ranking",
        description=(
            "Needs the token. Parameters as for `/api/centrality/MEASURE`, in the address, a form or a JSON object. "
            "201 with `Location`; 202 while the ranking is being computed: send it again; 409 where a run has "
            "that name."
        ),
        parameters=(
            Parameter("name", "string", "What the run is to be called.", required=True, example="spring"),
            Parameter("measure", "string", "Name of a measure.", required=True, choices=tuple(MEASURES)),
            PROJECTION,
            WEIGHT,
            *FILTERS,
            *SAMPLE,
            WAIT,
        ),
        answer=_keep,
        schema="Run",
        method="POST",
    ),
    Endpoint(
        path="/api/runs/<name>",
        name="api_run",
        tag="Kept runs",
        summary="One kept run",
        description="Its rows as they were, with what the answer said of itself.",
        in_path=_NAME,
        parameters=paging(),
        forms=TABLE_FORMS,
        answer=_run,
        schema="RunRow",
        is_list=True,
    ),
    Endpoint(
        path="/api/runs/<name>",
        name="api_run_end",
        tag="Kept runs",
        summary="Remove a kept run",
        description="Needs the token. Its graph is gone; sources are as they were.",
        in_path=_NAME,
        answer=_remove,
        schema="RunRemoved",
        method="DELETE",
    ),
    Endpoint(
        path="/api/runs/<name>/diff",
        name="api_run_diff",
        tag="Kept runs",
        summary="A kept run and now",
        description=(
            "The same question on the store as it is: `unchanged`, whether the network is the same, and each node "
            "whose rank or value is another one, in the order of the kept ranks; `then` or `now` is null where it is "
            "missing."
        ),
        in_path=_NAME,
        parameters=(WAIT, *paging()),
        forms=TABLE_FORMS,
        answer=_diff,
        schema="Moved",
        is_list=True,
    ),
)
