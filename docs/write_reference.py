"""Write docs/reference/*.md from the tables of the code: `make docs`. A test asks that the pages are up to date."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

import click

from collegium.graph.own_terms import OWN_TERMS
from collegium.graph.projections import PROJECTIONS, WEIGHTS
from collegium.graph.readers import READERS
from collegium.graph.readers.record_limits import TOLD
from collegium.graph.vocabulary import PREFIXES
from collegium.queries import guard, updates
from collegium.queries.catalogue import CATALOGUE
from collegium.queries.functions import FUNCTIONS
from collegium.server.api import ENDPOINTS
from collegium.server.cli import main
from collegium.server.config import SETTINGS
from collegium.server.exports import EXPORTS
from collegium.server.negotiation import GRAPHS, RESULTS, Form
from collegium.server.problems import PROBLEMS
from measures_page import measures
from reference_page import code, page, source, table

FOLDER: Final = Path(__file__).resolve().parent / "reference"
_SETTINGS: Final = main.context_settings


def command_line() -> str:
    """The page of the commands, from their own help."""
    parts = []
    for words, command in _commands(main, "collegium"):
        text = command.get_help(
            click.Context(command, info_name=words, parent=click.Context(main, **_SETTINGS))
        )
        parts.append(f"## {words}\n\n```\n{text}\n```")
    lead = (
        "Errors are one line on standard error with exit code 2. `load` answers 0 when all was read, 1 when something "
        "was refused, 2 when nothing was loaded; `check` and `path` answer 1 when they find something wrong or no path."
    )
    return page("Command line", lead, *parts)


def _commands(group: click.Command, words: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from _commands(command, f"{words} {name}")
    else:
        yield words, group


def projections() -> str:
    """The page of the networks."""
    rows = (
        (
            code(p.name),
            p.title,
            p.node,
            p.edge,
            p.weights["full"],
            p.weights["fractional"],
            source(p.source),
        )
        for p in PROJECTIONS.values()
    )
    heads = ("name", "title", "node", "link", "weight `full`", "weight `fractional`", "source")
    return page("Projections", "Networks drawn out of the mirror.", table(heads, rows))


def queries() -> str:
    """The page of the catalogue."""
    parts = []
    for query in CATALOGUE.values():
        rows = [
            (code(p.name), p.type, "yes" if p.required else "no", p.default or "", p.description)
            for p in query.parameters
        ]
        heads = ("parameter", "type", "required", "default", "meaning")
        given = " ".join(f"-p {name}={json.dumps(value)}" for name, value in query.example.items())
        run = f"```\ncollegium query {query.name} {given}".rstrip() + "\n```"
        about = f"## {query.title}\n\n`{query.name}`: {' '.join(query.description.split())}"
        body = f"```sparql\n{query.body.strip()}\n```"
        parts.append(
            "\n\n".join(part for part in (about, table(heads, rows) if rows else "", run, body) if part)
        )
    lead = "Each runs as `collegium query NAME`, at `/api/queries/NAME` and on the page `/queries/NAME`."
    return page("Named queries", lead, *parts)


def functions() -> str:
    """The page of our SPARQL functions."""
    parts = [
        f"## `ck:{row.name}`\n\n`{row.signature}`\n\n{row.description} {row.returns}\n\n"
        f"```sparql\nSELECT ({row.example} AS ?value) {{}}\n```"
        for row in FUNCTIONS.values()
    ]
    lead = (
        "Called in any query at `/sparql`, on the command line and from Python; how, and with answers: "
        "[ask the network in SPARQL](../how-to/network-in-sparql.md). `measure` is the name of one of the "
        "[measures](measures.md), `projection` of one of the [projections](projections.md); a weight is "
        f"{', '.join(map(code, WEIGHTS))} (`ck:community` knows no `none`). Weight and projection may stand in any "
        "order. Without them: what the API takes without them, in the network of co-authors."
    )
    return page("SPARQL functions", lead, *parts)


def settings() -> str:
    """The page of the settings."""
    rows = ((code(s.variable), s.description, _default(s.default)) for s in SETTINGS)
    lead = (
        "Read from the environment when a command starts; a variable that is empty counts as not set. A value that "
        "cannot be used ends the command with one line that says what was expected."
    )
    return page("Settings", lead, table(("variable", "meaning", "default"), rows))


def _default(value: object) -> str:
    if value in ("", ()):
        return "none"
    return code(str(value).lower() if isinstance(value, bool) else value)


def api() -> str:
    """The page of the JSON API."""
    parts = []
    for endpoint in ENDPOINTS:
        rows = [
            (
                code(p.name),
                p.kind,
                "yes" if p.required else "no",
                "" if p.default in (None, ()) else p.default,
                p.description,
            )
            for p in endpoint.parameters
        ]
        heads = ("parameter", "type", "required", "default", "meaning")
        about = f"## `{endpoint.path}`\n\n{endpoint.summary}"
        parts.append("\n\n".join(part for part in (about, table(heads, rows) if rows else "") if part))
    lead = (
        "JSON by default; CSV and TSV by `Accept` or `?format=` where a table makes sense. Errors are problem details "
        "(RFC 9457). The same rows make `/api/openapi.json`."
    )
    return page("JSON API", lead, *parts)


def problems() -> str:
    """The page of the errors."""
    found = {row.slug: row for row in PROBLEMS.values()}
    rows = sorted((row.status, row.slug, row.title, row.advice) for row in found.values())
    lead = (
        "An answer with an error is a problem document (`application/problem+json`, RFC 9457). Its `type` is "
        "`/problems/` and the name; compare that, not the text. See [HTTP](http.md#errors)."
    )
    heads = ("status", "name", "means", "what to do")
    return page("Problems", lead, table(heads, ((s, code(slug), *words) for s, slug, *words in rows)))


# Limit of the guard → what it bounds. A limit without words here ends the script.
_LIMITS: Final[Mapping[str, str]] = {
    "size_bytes": "bytes of the text, in UTF-8",
    "depth": "brackets of any kind inside one another",
    "tokens": "words, names, texts, numbers and marks",
    "operators": "operators of expressions and paths, and the words that open a part: "
    "UNION, MINUS, EXISTS, SELECT, FILTER, BIND, LATERAL, GRAPH",
    "negations": "`!` one after the other",
    "patterns": "triple patterns, OPTIONAL, items of collections, steps of paths; rows of VALUES do not count",
    "steps": "steps of property paths; a division counts as one too",
}


def limits() -> str:
    """The page of the guard."""
    rows = (
        (
            code(limit.name),
            _LIMITS[limit.name],
            *(f"{getattr(each, limit.name):,}" for each in (guard.LIMITS, updates.LIMITS)),
        )
        for limit in fields(guard.Limits)
    )
    lead = (
        "What is counted in a query or update before the engine reads it, and the largest count that is let through. "
        "One more is answered 400 `query-refused`. The limits are in the code, since they follow from what the engine "
        "bears; time, memory and size of answers are [settings](settings.md)."
    )
    refused = (
        "SERVICE is refused but for the addresses in `COLLEGIUM_SERVICES`, LOAD and `FROM <file:…>` always, in "
        "whatever spelling: as `\\u0053ERVICE`, with SILENT, inside EXISTS. FROM of a graph that the store does not "
        "have is empty."
    )
    heads = ("limit", "counts", "query", "update")
    return page("Limits of the guard", lead, table(heads, rows), refused)


def results() -> str:
    """The page of the forms of an answer."""
    heads = ("`?format=`", "`Content-Type`", "also asked for as")

    def rows(forms: Iterable[Form]) -> Iterator[tuple[str, str, str]]:
        for form in forms:
            yield code(form.name), code(form.media_type), ", ".join(map(code, form.aliases))

    lead = (
        "By `?format=`, else by the `Accept` header with its q-values. Nothing asked for, or `*/*`, gives the first "
        "row. A client that asks by one of the names on the right is sent that name as the type."
    )
    return page(
        "Forms of SPARQL answers",
        lead,
        "## SELECT and ASK",
        table(heads, rows(RESULTS)),
        "## CONSTRUCT, DESCRIBE and `/graphs`",
        table(heads, rows(GRAPHS)),
        "The standard has no CSV and TSV for ASK; they hold `true` or `false`.",
    )


def vocabulary() -> str:
    """The page of our own terms."""
    rows = ((code(f"ck:{name}"), kind, meaning) for name, (kind, meaning) in OWN_TERMS.items())
    prefixes = ((code(f"{prefix}:"), code(iri)) for prefix, iri in PREFIXES.items())
    lead = (
        "Standard vocabularies first; these terms exist because none of them has the word. Served at `/ns`."
    )
    parts = ("## Own terms", table(("term", "kind", "meaning"), rows))
    return page("Vocabulary", lead, *parts, "## Prefixes", table(("prefix", "namespace"), prefixes))


def formats() -> str:
    """The page of what is read and written."""
    read = table(("format", "what"), ((code(r.name), r.title) for r in READERS.values()))
    written = table(("format", "what"), ((code(e.name), e.title) for e in EXPORTS.values()))
    lead = "Files are known by their content, not by their names."
    largest = table(("what", "at most"), TOLD.items())
    above = (
        "A record above one of these is refused and named, and those around it are kept; nothing is cut in silence. So "
        "the memory that a file takes does not grow with its length, but for the nodes and pairs of a network."
    )
    return page(
        "Formats",
        lead,
        "## Read by `collegium load`",
        read,
        f"## How large a record may be\n\n{above}",
        largest,
        "## Written by `collegium export`",
        written,
    )


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "command-line.md": command_line,
    "measures.md": measures,
    "projections.md": projections,
    "queries.md": queries,
    "functions.md": functions,
    "settings.md": settings,
    "api.md": api,
    "vocabulary.md": vocabulary,
    "formats.md": formats,
    "problems.md": problems,
    "guard.md": limits,
    "results.md": results,
}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), "utf-8")
