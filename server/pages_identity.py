"""The page of who is whom: decisions, each with reason, date and evidence, and doubts; to read, nothing can be made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import Response, request

from collegium.graph import deciding
from collegium.graph.identity.decisions import KINDS, Decision, kind_of

from .cards import reference
from .editions import Edition
from .endpoints import Parameter, paging, read_parameters
from .hooks import edition
from .pages import render

_DOUBT: Final = (
    "one is known by no more than this name, which the other bears too; nothing tells whether they are one"
)
_PARAMETERS: Final = (
    Parameter(
        "show", "string", "Decisions that were made, or doubts.", "decisions", choices=("decisions", "doubts")
    ),
    Parameter("kind", "string", "Decisions on this kind of thing only.", choices=KINDS),
    Parameter("format", "string", "json gives the rows for programs.", choices=("json",)),
    *paging(100),
)


@dataclass(frozen=True, slots=True)
class _End:
    """A thing, or a piece of evidence: `kind` and `id` where it has a page here, `name` as it is shown."""

    kind: str
    id: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A decision or a doubt; a doubt has no rule, date or ID. A split of one author by papers says to whom of the two
    the papers are given."""

    what: str
    state: str
    ends: tuple[_End, _End]
    reason: str
    evidence: tuple[_End, ...] = ()
    rule: str = ""
    made_at: str = ""
    undone_at: str = ""
    id: str = ""
    given_to: str = ""
    papers: tuple[_End, ...] = ()


def who_is_whom() -> Response:
    """Return decisions or doubts, page by page, as a page or as JSON."""
    values = read_parameters(_PARAMETERS, request.args)
    found = edition()
    made = found.memory.get(("identity", values["kind"]), lambda: _decisions(found, values["kind"]))
    doubts = found.memory.get("doubts", lambda: deciding.doubts_listed(found.store))
    limit, offset = values["limit"], values["offset"]
    are_doubts = values["show"] == "doubts"
    total = len(doubts) if are_doubts else len(made)
    if are_doubts:
        rows = [_of_doubt(found, pair) for pair in doubts[offset : offset + limit]]
    else:
        rows = [_of_decision(found, *one) for one in made[offset : offset + limit]]
    if values["format"] == "json":
        facts = {"version": found.version, "total": total, "limit": limit, "offset": offset}
        facts["truncated"] = offset + len(rows) < total
        content = json.dumps({**facts, "results": [_data(row) for row in rows]}, ensure_ascii=False)
        return Response(content, content_type="application/json")
    return render(
        "identity.html",
        found,
        values=values,
        kinds=KINDS,
        rows=rows,
        total=total,
        doubts=len(doubts),
        limit=limit,
        offset=offset,
    )


def _decisions(found: Edition, kind: str | None) -> list[tuple[Decision, str]]:
    """Decisions with what has become of each, the newest first."""
    made = deciding.listed(found.store, kind)
    return list(zip(made, deciding.states(found.store, made), strict=True))[::-1]


def _of_decision(found: Edition, made: Decision, state: str) -> _Row:
    return _Row(
        "one" if made.is_merge else "two",
        state,
        (_end(found, made.one), _end(found, made.other)),
        made.reason,
        tuple(_end(found, text) for text in made.evidence),
        made.rule,
        made.made_at,
        made.undone_at,
        made.id,
        made.new,
        tuple(_end(found, paper) for paper in made.papers),
    )


def _of_doubt(found: Edition, pair: Iterable[str]) -> _Row:
    one, other = (_end(found, iri) for iri in pair)
    return _Row("doubt", "open", (one, other), _DOUBT)


def _end(found: Edition, text: str) -> _End:
    """What an IRI is; one that belief does not use has a page too, which leads to the one that it uses."""
    kind = kind_of(text, found.store.base)
    identifier = text.rpartition("/")[2] if kind else ""
    known = reference(found, text) if kind else None
    return _End(kind, identifier, known.name if known else "", text)


def _data(row: _Row) -> dict[str, object]:
    one, other = (end.iri for end in row.ends)
    return {
        "id": row.id or None,
        "what": row.what,
        "state": row.state,
        "one": one,
        "other": other,
        "rule": row.rule or None,
        "reason": row.reason,
        "evidence": [end.iri for end in row.evidence],
        "made_at": row.made_at or None,
        "undone_at": row.undone_at or None,
        "given_to": row.given_to or None,
        "papers": [end.iri for end in row.papers],
    }
