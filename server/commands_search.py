"""The command that searches by words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from collegium.graph.text_documents import TEXT_KINDS

from .commands_store import format_option, open_store, store_option
from .tables import ROW_FORMATS, print_rows


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(TEXT_KINDS), help="Only these (may be repeated)."
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many.")
@format_option(*ROW_FORMATS)
@store_option
def search(
    text: tuple[str, ...], kinds: tuple[str, ...], limit: int, offset: int, format: str, store: Path
) -> None:
    """Search titles, names and abstracts by words, without case and accents.

    Every word has to be there; "a phrase" in quotes, begin* and -without are understood.

    \b
    Example:
      collegium search language model*
      collegium search '"text data" -survey' --kind paper
    """
    from .api_search import hit_row

    edition = open_store(store).edition()
    asked = " ".join(text)
    found = edition.search(asked, kinds=kinds, limit=limit, offset=offset)
    rows = [hit_row(edition, hit) for hit in found.hits]
    note = f"{len(rows)} of {found.total}; store version {edition.version}"
    if format != "table":
        print_rows(rows, format)
        click.echo(note, err=True)
        return
    shown = [
        {
            "kind": row["kind"],
            "name": row["name"],
            "id": row["id"],
            "where": "" if row["field"] == "name" else row["snippet"],
        }
        for row in rows
    ]
    print_rows(shown, title=f"Found for {asked}", note=note)


COMMANDS: Final = (search,)
