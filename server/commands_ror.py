"""Commands on the table of organisations of ROR: ror build, ror match."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import click

from collegium.graph.errors import ParameterError

from .commands_store import format_option
from .tables import ROW_FORMATS, print_rows

_MOST_SHOWN: Final = 5  # organisations that an ambiguous name may mean


@click.group()
def ror() -> None:
    """Make the table by which institutions are known by name, and try names in it.

    \b
    Example:
      collegium ror build v2.1-ror-data.zip --out ror.gz
      collegium ror match "TU Delft" --table ror.gz
    """


@ror.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
def build(source: Path, out: Path) -> None:
    """Make the table from ROR's data dump: its ZIP, JSON or CSV of schema 2. Organisations that ended are left out.

    \b
    Example:
      collegium ror build v2.1-ror-data.zip --out ror.gz
    """
    from collegium.graph.ror import RorTable
    from collegium.graph.ror_dump import Dump

    began, dump = time.perf_counter(), Dump(str(source))
    table = RorTable.of(dump.organisations())
    try:
        table.write(out)
    except OSError as error:
        raise ParameterError("out", out, f"a file that can be written ({error.strerror})") from None
    print(
        f"{out}: {len(table):,} organisations ({dump.left_out:,} that ended are left out), {table.names:,} names, "
        f"{out.stat().st_size:,} bytes of {source.stat().st_size:,}, {time.perf_counter() - began:.1f} s; "
        f"set COLLEGIUM_ROR={out} for loads"
    )


@ror.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--country", help="Where they lie: ISO 3166 code of two letters.")
@click.option(
    "--table",
    type=click.Path(path_type=Path),
    envvar="COLLEGIUM_ROR",
    help="The table.  [default: COLLEGIUM_ROR]",
)
@format_option(*ROW_FORMATS)
def match(names: tuple[str, ...], country: str | None, table: Path | None, format: str) -> None:
    """Tell which organisation each name means, or which it may mean. Exit code: 1 when one of them means none.

    \b
    Example:
      collegium ror match "TU Delft" ETH --table ror.gz
      collegium ror match "Ministry of Health" --country IT
    """
    from collegium.graph.ror import RorTable, only

    if table is None:
        raise ParameterError(
            "table", "none", "the path of a table, or COLLEGIUM_ROR (collegium ror build makes one)"
        )
    if country is not None and len(country) != 2:
        raise ParameterError("country", country, "an ISO 3166 code of two letters, like NL")
    known, rows = RorTable.open(table), []
    for name in names:
        found = known.bearers(name)
        one = only(found, country)
        others = "" if one else "; ".join(f"{each.name} ({each.country})" for each in found[:_MOST_SHOWN])
        more = len(found) - _MOST_SHOWN
        rows.append(
            {
                "name": name,
                "ror": f"https://ror.org/{one.ror}" if one else None,
                "organisation": one.name if one else None,
                "country": one.country if one else None,
                "may be": others + (f" and {more} more" if others and more > 0 else ""),
            }
        )
    print_rows(rows, format)
    raise click.exceptions.Exit(0 if all(row["ror"] for row in rows) else 1)


COMMANDS: Final = (ror,)
