"""Commands that ask: query, centrality, path, communities."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from collegium.graph.errors import ParameterError, shorten

from .command_notes import note_of
from .commands_store import format_option, open_store, store_option
from .tables import ROW_FORMATS, print_rows, print_table

if TYPE_CHECKING:
    from collegium.queries.catalogue import NamedQuery
    from collegium.queries.run import Answer

_QUERY_FORMATS: Final = ("table", "json", "csv", "tsv", "xml", "ttl", "nt", "jsonld")

# Option, name of the filter, type, help: the same filters as over HTTP.
_FILTERS: Final = (
    ("--from", "from_year", int, "First year counted."),
    ("--to", "to_year", int, "Last year counted."),
    ("--category", "category", str, "Papers of this category, or of one below it."),
    ("--institution", "institution", str, "Papers of this institution."),
    ("--min-weight", "min_weight", float, "Links of at least this weight."),
)


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters; they arrive as keyword arguments of `Filter`, only those that were given."""

    @wraps(function)  # the options that the function has already come along
    def command(**options: Any) -> Any:
        names = [name for _, name, _, _ in _FILTERS] + ["complete_only", "shown_only", "authors"]
        given = {name: options.pop(name) for name in names}
        where = {name: value for name, value in given.items() if value not in (None, False, ())}
        if "authors" in where:
            where["authors"] = frozenset(where["authors"])
        return function(where=where, **options)

    for option, name, kind, text in _FILTERS:
        command = click.option(option, name, type=kind, help=text)(command)
    command = click.option(
        "--author", "authors", multiple=True, help="Papers of this author (may be repeated)."
    )(command)
    command = click.option("--complete-only", is_flag=True, help="Leave out papers with a cut author list.")(
        command
    )
    return click.option("--shown-only", is_flag=True, help="Leave out authors hidden behind “et al.”.")(
        command
    )


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
@click.option("--weight", help="none, full or fractional; by default the measure's own.")
@click.option("--sample", type=int, help="Start from so many nodes only; the answer says its error.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the sample follows from.")
@click.option("--keep", metavar="NAME", help="Keep the ranking under this name: collegium runs.")
@click.option("--top", type=click.IntRange(min=1), help="Only the first so many.")
@click.option("--list", "is_list", is_flag=True, help="List the measures.")
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def centrality(
    measure: str | None,
    projection: str,
    weight: str | None,
    sample: int | None,
    seed: int,
    keep: str | None,
    top: int | None,
    is_list: bool,
    format: str,
    store: Path,
    where: dict[str, Any],
) -> None:
    """Rank the nodes of a network by a measure.

    \b
    Example:
      collegium centrality betweenness --top 10
      collegium centrality degree --projection coinstitutions
      collegium centrality betweenness --sample 500 --seed 1 --keep spring
    """
    from collegium.graph.measures import MEASURES

    if is_list or measure is None:
        columns = ("name", "definition", "unit", "range", "basis")
        print_rows([{c: getattr(m, c) for c in columns} for m in MEASURES.values()], format, title="Measures")
        return
    graph = open_store(store)
    asked: dict[str, Any] = {
        "projection": projection,
        "weight": weight,
        "sample": sample,
        "seed": seed,
        **where,
    }
    ranking = graph.centrality(measure, **asked)
    if keep is not None:
        graph.runs.keep(keep, measure, **asked)
    rows = ranking.to_dicts()[:top]
    if format == "table":
        rows = [
            {c: row[c] for c in ("rank", "name", "value", "id", "source", "when") if c in row} for row in rows
        ]
    note = note_of(ranking.facts) + (f"; kept as {keep}" if keep else "")
    _print_with_facts(rows, format, str(ranking.facts["title"]), note)


def _print_with_facts(rows: list[dict[str, object]], format: str, title: str, note: str) -> None:
    """Print rows with what they were made of: below a table, beside data on standard error."""
    print_rows(rows, format, title=title, note=note)
    if format != "table":
        click.echo(note, err=True)


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--by", type=click.Choice(("steps", "distance")), default="steps", show_default=True)
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def path(start: str, end: str, by: str, format: str, store: Path, where: dict[str, Any]) -> None:
    """Print a shortest collaboration path between two authors, with the papers that prove it.

    \b
    Example:
      collegium path "Li Sheng" "Hengli Li"
    """
    graph = open_store(store)
    found = graph.path(start, end, by=by, **where)
    mirror = graph.edition().mirror
    names = dict(zip(found.iris, found.names, strict=True))
    rows: list[dict[str, Any]] = [
        {
            "from": names[s.start],
            "to": names[s.end],
            "papers": [mirror.paper(p).name for p in s.papers],
            "from_iri": s.start,
            "to_iri": s.end,
            "paper_iris": list(s.papers),
        }
        for s in found.steps
    ]
    lower = (
        "author lists are cut: a shorter path may exist" if found.at_least and len(found.steps) > 1 else ""
    )
    if format != "table":
        _print_with_facts(rows, format, "", lower or found.text)
        sys.exit(0 if found.found else 1)
    print(shorten(found.text, 400))
    shown = [{"from": row["from"], "to": row["to"], "papers": "; ".join(row["papers"])} for row in rows]
    print_table(shown, note=lower)
    sys.exit(0 if found.found else 1)


@click.command()
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def communities(seed: int, format: str, store: Path, where: dict[str, Any]) -> None:
    """Print the communities of the co-author network.

    \b
    Example:
      collegium communities
    """
    graph = open_store(store)
    names = {author.iri: author.name for author in graph.edition().mirror.authors}
    found = graph.communities(seed=seed, **where)
    rows: list[dict[str, object]] = [
        {"number": c.number, "name": c.name, "size": c.size, "members": [names[m] for m in c.members]}
        for c in found
    ]
    facts = graph.network(**where).graph
    modularity = "none" if found.modularity is None else f"{found.modularity:.3f}"
    note = f"Leiden by {found.engine}, seed {found.seed}, modularity {modularity}; {note_of(facts)}"
    _print_with_facts(rows, format, "Communities", note)


COMMANDS: Final = (query, centrality, path, communities)
