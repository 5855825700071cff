"""Commands that ask: query, centrality."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from collegium.graph.errors import ParameterError

from .commands_firm import Asked, firmness_options
from .commands_series import print_sliced, slice_options
from .commands_store import format_option, open_store, store_option
from .filter_options import filter_options
from .network_note import note
from .tables import ROW_FORMATS, print_rows, print_table

if TYPE_CHECKING:
    from collegium.queries.catalogue import NamedQuery
    from collegium.queries.run import Answer

_QUERY_FORMATS: Final = ("table", "json", "csv", "tsv", "xml", "ttl", "nt", "jsonld")


@click.command()
@click.argument("name", required=False)
@click.option("-p", "parameters", multiple=True, metavar="KEY=VALUE", help="A parameter of the named query.")
@click.option("-e", "text", help="SPARQL to run instead of a named query.")
@click.option(
    "--file", "file", type=click.Path(path_type=Path), help="File with SPARQL; - for standard input."
)
@click.option("--list", "is_list", is_flag=True, help="List the named queries.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many rows.")
@format_option(*_QUERY_FORMATS)
@store_option
def query(
    name: str | None,
    parameters: tuple[str, ...],
    text: str | None,
    file: Path | None,
    is_list: bool,
    limit: int | None,
    format: str,
    store: Path,
) -> None:
    """Run a query of the catalogue, or SPARQL.

    \b
    Example:
      collegium query author_coauthors -p author="Xingtai Lv"
      collegium query -e 'SELECT ?name { ?a a foaf:Person ; foaf:name ?name }' --format csv
    """
    if is_list:
        _list_queries(format)
        return
    if sum(x is not None for x in (name, text, file)) != 1:
        raise ParameterError(
            "query", "no query" if not (name or text or file) else "several", "a NAME, -e or --file"
        )
    graph = open_store(store)
    if name is not None:
        answer = graph.named(name, _parameters(parameters), at_most=limit)
    elif parameters:
        raise ParameterError("-p", parameters[0], "a named query to give it to")
    else:
        answer = graph.query(text if text is not None else _read(file), at_most=limit)
    _print_answer(answer, format)


def _list_queries(format: str) -> None:
    from collegium.queries.catalogue import CATALOGUE

    rows = [
        {
            "name": query.name,
            "title": query.title,
            "parameters": list(map(asdict, query.parameters)) if format == "json" else _listed(query),
        }
        for query in CATALOGUE.values()
    ]
    print_rows(
        rows, format, title="Named queries", note="* needed; run one: collegium query NAME -p KEY=VALUE"
    )


def _listed(query: NamedQuery) -> str:
    """Return the parameters for reading: name and type, a star where it is needed."""
    return ", ".join(f"{p.name}{'*' if p.required else ''} ({p.type})" for p in query.parameters)


def _parameters(given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise ParameterError("-p", text, "KEY=VALUE")
        found[key] = value
    return found


def _read(file: Path | None) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else Path(str(file)).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ParameterError("--file", file, f"a file of UTF-8 text that can be read ({error})") from None


def _print_answer(answer: Answer, format: str) -> None:
    if format != "table":
        sys.stdout.buffer.write(answer.serialize(format))
        sys.stdout.buffer.flush()
        return
    rows = answer.rows()
    goes_on = "; the answer goes on" if answer.truncated else ""
    print_table(rows, note=f"{len(rows)} rows{goes_on}")


@click.command()
@click.argument("measure", required=False)
@click.option("--projection", default="coauthors", show_default=True, help="Network that is measured.")
@click.option(
    "--weight", help="none, full, fractional, harmonic or first-last; by default the measure's own."
)
@click.option("--sample", type=int, help="Start from so many nodes only; the answer says its error.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the sample follows from.")
@click.option(
    "--around", multiple=True, metavar="NODE", help="PageRank around this node; repeat it for more."
)
@click.option("--keep", metavar="NAME", help="Keep the ranking under this name: collegium runs.")
@click.option("--top", type=click.IntRange(min=1), help="Only the first so many.")
@click.option("--list", "is_list", is_flag=True, help="List the measures.")
@slice_options
@firmness_options
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def centrality(
    measure: str | None,
    projection: str,
    weight: str | None,
    sample: int | None,
    seed: int,
    around: tuple[str, ...],
    keep: str | None,
    top: int | None,
    is_list: bool,
    slices: str | None,
    cumulative: bool,
    format: str,
    store: Path,
    where: dict[str, Any],
    firm: Asked,
) -> None:
    """Rank the nodes of a network by a measure.

    \b
    Example:
      collegium centrality betweenness --top 10
      collegium centrality degree --projection coinstitutions
      collegium centrality degree --slices 3y --top 10
      collegium centrality degree --top 10 --firmness 200
      collegium centrality pagerank --around "Xingtai Lv" --top 10
      collegium centrality betweenness --sample 500 --seed 1 --keep spring
    """
    from collegium.graph.measures import MEASURES

    if is_list or measure is None:
        columns = ("name", "definition", "unit", "range", "basis")
        print_rows([{c: getattr(m, c) for c in columns} for m in MEASURES.values()], format, title="Measures")
        return
    graph = open_store(store)
    drawn: dict[str, Any] = {"projection": projection, "weight": weight, **where}
    _check_together(slices, keep, sample, around, firm)
    if slices is not None:
        found = graph.centrality_by_years(measure, slices, cumulative=cumulative, **drawn)
        print_sliced(found, top, format)
        return
    if cumulative:
        raise ParameterError("--cumulative", "no slices", "slices to add up, like --slices 3y")
    ranking = graph.centrality(measure, sample=sample, seed=seed, around=around, **drawn)
    if keep is not None:
        graph.runs.keep(keep, measure, sample=sample, seed=seed, around=around, **drawn)
    rows, how = firm.rows(graph, ranking.to_dicts()[:top], measure, drawn, format)
    if format == "table":
        rows = [
            {c: row[c] for c in ("rank", "name", "value", "id", "source", "when") if c in row} for row in rows
        ]
    said = note(ranking.facts) + how + (f"; kept as {keep}" if keep else "")
    print_with_facts(rows, format, str(ranking.facts["title"]), said)


def _check_together(
    slices: str | None, keep: str | None, sample: int | None, around: tuple[str, ...], firm: Asked
) -> None:
    middle = ", ".join(around) or None
    beside = {"--keep": keep, "--sample": sample, "--around": middle, "--firmness": firm.draws}
    for option, value in beside.items():
        if slices is not None and value is not None:
            raise ParameterError(option, value, "no --slices beside it")
    for option, value in (("--sample", sample), ("--around", middle)):
        if firm.draws is not None and value is not None:
            raise ParameterError("--firmness", firm.draws, f"no {option} beside it")


def print_with_facts(rows: list[dict[str, object]], format: str, title: str, note: str) -> None:
    """Print rows with what they were made of: below a table, beside data on standard error."""
    print_rows(rows, format, title=title, note=note)
    if format != "table":
        click.echo(note, err=True)


COMMANDS: Final = (query, centrality)
