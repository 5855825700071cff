"""Command `suggest`: whom to write with next and why, and how well such suggestions turn out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from collegium.graph.errors import ParameterError

from .commands_store import format_option, open_store, store_option
from .filter_options import filter_options
from .tables import ROW_FORMATS, print_rows


@click.command()
@click.argument("author", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Suggestions.")
@click.option("--backtest", "is_test", is_flag=True, help="Say how well suggestions turn out.")
@click.option("--until", type=int, help="Back-test: last year of training.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Back-test: seed.")
@click.option("--sample", type=int, help="Back-test: authors and pairs looked at, at most.  [default: 1000]")
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def suggest(
    author: str | None,
    limit: int,
    is_test: bool,
    until: int | None,
    seed: int,
    sample: int | None,
    format: str,
    store: Path,
    where: dict[str, Any],
) -> None:
    """Print whom an author could write with next, and why.

    \b
    Example:
      collegium suggest "Xingtai Lv"
      collegium suggest --backtest --until 2022
    """
    if is_test != (author is None):
        expected = "no author beside --backtest" if is_test else "an author, or --backtest"
        raise ParameterError("author", author or "nothing", expected)
    if not is_test and (until, sample) != (None, None):
        raise ParameterError(
            "--until" if until is not None else "--sample", until or sample, "--backtest beside it"
        )
    graph = open_store(store)
    if is_test:
        _print_test(graph.backtest(until, seed=seed, sample=sample, **where), format)
        return
    found = graph.suggest(str(author), limit=limit, **where)
    rows = found.to_dicts()
    if format == "table":
        rows = [{name: row[name] for name in ("rank", "name", "score", "reason", "id")} for row in rows]
    elif format in ("csv", "tsv"):
        rows = [
            {
                name: "; ".join(one["id"] for one in value) if isinstance(value, list) else value
                for name, value in row.items()
            }
            for row in rows
        ]
    facts = found.facts
    _print(rows, format, f"Suggestions for {facts['author']['name']}", _note(facts, found.total))


def _note(facts: Mapping[str, Any], total: int) -> str:
    said = [
        f"{total} candidates among {facts['nodes']} authors",
        f"store version {facts['version']}",
        f"{facts['author_papers_truncated']} of {facts['author_papers']} author lists of theirs are cut, "
        f"{facts['papers_truncated']} of all {facts['papers_seen']}: links can be missing"
        if facts["at_least"]
        else "",
    ]
    test = facts["backtest"]
    if "reason" in test:
        said.append(f"back-test: {test['reason']}")
    else:
        said.append(
            f"back-test until {test['parameters']['until']}: precision@10 {_figure(test['precision'], 'combined')} "
            f"(chance {_figure(test['precision'], 'chance')}), AUC {_figure(test['auc'], 'combined')} (chance 0.5)"
        )
    return "; ".join(part for part in said if part)


def _figure(rows: Mapping[str, Any], name: str) -> str:
    value = rows[name]["value"]
    return "none" if value is None else f"{value:.3g}"


def _print_test(found: Mapping[str, Any], format: str) -> None:
    none = {"value": None, "standard_error": None}
    rows = [
        {
            "score": name,
            "precision_at_10": row["value"],
            "precision_error": row["standard_error"],
            "auc": found["auc"].get(name, none)["value"],
            "auc_error": found["auc"].get(name, none)["standard_error"],
        }
        for name, row in found["precision"].items()
    ]
    told = found["parameters"]
    note = (
        f"trained on {found['papers_before']} papers until {told['until']}, tested on {found['papers_after']} after; "
        f"{found['authors_tested']} of {found['authors_with_new_pairs']} authors with a new pair, "
        f"{found['new_pairs_tested']} of {found['new_pairs']} new pairs, {found['candidates_hold']:.1%} of those among "
        f"the candidates; seed {told['seed']}; store version {found['version']}"
    )
    if found["at_least"]:
        note += "; author lists are cut: links can be missing"
    _print(rows, format, "Back-test of suggestions", note)


def _print(rows: list[dict[str, Any]], format: str, title: str, note: str) -> None:
    print_rows(rows, format, title=title, note=note)
    if format != "table":
        click.echo(note, err=True)


COMMANDS: Final = (suggest,)
