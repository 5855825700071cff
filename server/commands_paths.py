"""Commands on who is how far from whom, and why: path, distances, link."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from collegium.graph.errors import shorten

from .commands_ask import print_with_facts
from .commands_store import format_option, open_store, store_option
from .filter_options import filter_options
from .given_options import refuse_given
from .naming import known_by_name
from .network_note import note as note_of
from .tables import ROW_FORMATS, print_table

if TYPE_CHECKING:
    from collegium.graph.network import Network
    from collegium.graph.paths import CollaborationPath
    from collegium.graph.snapshot import Mirror


_as_of = click.option("--as-of", type=int, metavar="YEAR", help="Only papers up to that year.")


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--by", type=click.Choice(("steps", "distance")), default="steps", show_default=True)
@click.option("--weight", default="full", show_default=True, help="full or fractional; distance is 1/weight.")
@click.option("--all", "is_all", is_flag=True, help="All shortest paths, not one.")
@click.option(
    "--most", type=click.IntRange(1, 1000), default=100, show_default=True, help="Paths to list with --all."
)
@_as_of
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def path(
    start: str,
    end: str,
    by: str,
    weight: str,
    is_all: bool,
    most: int,
    as_of: int | None,
    format: str,
    store: Path,
    where: dict[str, Any],
) -> None:
    """Print a shortest collaboration path between two authors, with the papers that prove it.

    \b
    Example:
      collegium path "Li Sheng" "Hengli Li"
      collegium path "Li Sheng" "Hengli Li" --all --as-of 2024
    """
    graph = open_store(store)
    asked = {"by": by, "weight": weight, "as_of": as_of, **where}
    if is_all:
        several = graph.path(start, end, all=True, most=most, **asked)
        found, listed = several.first, several.paths
        count = f"{len(listed)} of {several.total}{' or more' if several.is_more else ''} shortest paths"
    else:
        found, count = graph.path(start, end, **asked), ""
        listed = (found,)
    known = graph.edition()
    rows = _steps(known.mirror, listed, is_all)
    cut = "author lists are cut: a shorter path may exist" if found.at_least and len(found.steps) > 1 else ""
    names = ", ".join(author.name for author in known_by_name(known.mirror, known.engine, found.iris))
    by_name = f"known by name only, which two people may share: {names}" if names and found.steps else ""
    note = "; ".join(part for part in (count, cut, by_name) if part)
    if format != "table":
        print_with_facts(rows, format, "", note or found.text)
        sys.exit(0 if found.found else 1)
    print(shorten(found.text, 400))
    shown = [
        {c: row[c] for c in ("path", "from", "to") if c in row} | {"papers": "; ".join(row["papers"])}
        for row in rows
    ]
    print_table(shown, note=note)
    sys.exit(0 if found.found else 1)


def _steps(mirror: Mirror, paths: tuple[CollaborationPath, ...], is_all: bool) -> list[dict[str, Any]]:
    """A row for each step; of several paths with the number of the path."""
    rows: list[dict[str, Any]] = []
    for number, one in enumerate(paths, start=1):
        names = dict(zip(one.iris, one.names, strict=True))
        rows += [
            {
                **({"path": number} if is_all else {}),
                "from": names[s.start],
                "to": names[s.end],
                "papers": [mirror.paper(p).name for p in s.papers],
                "from_iri": s.start,
                "to_iri": s.end,
                "paper_iris": list(s.papers),
            }
            for s in one.steps
        ]
    return rows


def made_of(net: Network) -> str:
    """What a network was made of, in one line."""
    return note_of({**net.facts, "nodes": len(net), "edges": net.size})


@click.command()
@click.argument("author", metavar="A")
@click.option("--at", type=click.IntRange(min=0), metavar="STEPS", help="List who is so many steps away.")
@click.option("--top", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@_as_of
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def distances(
    author: str,
    at: int | None,
    top: int,
    as_of: int | None,
    format: str,
    store: Path,
    where: dict[str, Any],
) -> None:
    """Print how many authors are 1, 2, 3 … steps of joint papers from one: an Erdős number for anyone.

    \b
    Example:
      collegium distances "Xingtai Lv"
      collegium distances "Li Sheng" --at 2
    """
    if at is None:
        refuse_given(("top",), "--at beside it")
    found = open_store(store).distances(author, as_of=as_of, **where)
    name = found.net.nodes[found.start].name
    mean = "" if found.mean is None else f", mean {found.mean:.3g}, median {found.median}"
    note = f"{found.reached} reached{mean}, {found.unreachable} without a path; {made_of(found.net)}"
    if at is None:
        rows: list[dict[str, Any]] = [
            {"distance": steps, "authors": count} for steps, count in enumerate(found.counts)
        ]
        print_with_facts(rows, format, f"Steps from {name}", note)
        return
    listed = found.listed(at, top, 0)
    rows = [{"distance": steps, "name": node.name, "id": node.id} for steps, node in listed]
    title = f"{at} steps from {name}"
    print_with_facts(rows, format, title, f"{len(rows)} of {found.total(at)}; {note}")


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_as_of
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def link(one: str, other: str, as_of: int | None, format: str, store: Path, where: dict[str, Any]) -> None:
    """Print why two authors are linked: joint papers, what the link weighs, what is cut. Exit 1 when they are not.

    \b
    Example:
      collegium link "Ning Ding" "Kaiyan Zhang"
    """
    graph = open_store(store)
    found, mirror = graph.link(one, other, as_of=as_of, **where), graph.edition().mirror
    rows: list[dict[str, Any]] = []
    for row in found.papers:
        paper = mirror.papers[row.paper]
        rows.append(
            {
                "year": paper.year,
                "title": paper.name,
                "category": ", ".join(mirror.categories[at].id for at in paper.categories),
                "institutions": ", ".join(mirror.institutions[at].name for at in paper.institutions),
                "authors": row.authors,
                "cut": paper.truncated,
                "makes_link": row.is_linking,
                "id": paper.id,
            }
        )
    weights = ", ".join(f"{scheme} {weight:.6g}" for scheme, weight in found.weights.items())
    cut = f"; {found.truncated} of {len(rows)} author lists are cut" if found.truncated else ""
    names = [mirror.authors[at].name for at in (found.one, found.other)]
    title = f"{names[0]} and {names[1]}: {len(rows)} joint papers"
    note = f"weight: {weights}{cut}" if found.is_linked else f"no joint paper links {names[0]} and {names[1]}"
    print_with_facts(rows, format, title, f"{note}; store version {graph.version}")
    sys.exit(0 if found.is_linked else 1)


COMMANDS: Final = (path, distances, link)
