"""Commands on who is whom: identity list, merge, split, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from .commands_store import format_option, open_store, store_option
from .tables import ROW_FORMATS, print_rows

if TYPE_CHECKING:
    from collegium.graph.identity.decisions import Decision

_KINDS: Final = ("paper", "author", "institution")


@click.group()
def identity() -> None:
    """List, make and undo decisions on who is whom.

    \b
    Example:
      collegium identity list
      collegium identity merge ada-lovelace "A. Lovelace" --reason "her own list of papers"
    """


def _kind_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--kind",
        type=click.Choice(_KINDS),
        default="author",
        show_default=True,
        help="Of what kind A and B are.",
    )(function)


def _reason_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--reason", required=True, help="Why, in words; it stands with the decision.")(
        function
    )


@identity.command("list")
@click.option("--kind", type=click.Choice(_KINDS), help="Decisions on this kind of thing only.")
@click.option(
    "--doubts",
    is_flag=True,
    help="List instead who is known by name only and may be one of several of that name.",
)
@format_option(*ROW_FORMATS)
@store_option
def list_(kind: str | None, doubts: bool, format: str, store: Path) -> None:
    """List what is held to be one, or kept apart: by which rule, why, since when, and whether it holds.

    \b
    Example:
      collegium identity list --kind paper
      collegium identity list --doubts --format csv
    """
    graph = open_store(store)
    if doubts:
        pairs = graph.identity.doubts()
        print_rows([{"author": _id(a), "may be": _id(b)} for a, b in pairs], format, title="Doubts")
        return
    rows = [_row(made, state, is_whole=format != "table") for made, state in graph.identity.list(kind)]
    print_rows(rows, format, title="Decisions")


def _row(made: Decision, state: str, *, is_whole: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "id": made.id,
        "one": made.one if is_whole else _id(made.one),
        "other": made.other if is_whole else _id(made.other),
        "rule": made.rule,
        "reason": made.reason,
        "state": state,
    }
    if is_whole:
        row |= {"made_at": made.made_at, "undone_at": made.undone_at or None, "policy": made.policy}
        row |= {"evidence": " ".join(made.evidence)}
        row |= {"given_to": made.new or None, "papers": " ".join(made.papers)}
        row |= {"earlier": " | ".join(made.earlier)}
    return row


def _id(iri: str) -> str:
    return iri.rpartition("/")[2]


@identity.command()
@click.argument("a")
@click.argument("b")
@_reason_option
@_kind_option
@store_option
def merge(a: str, b: str, reason: str, kind: str, store: Path) -> None:
    """Hold A and B to be one: by ID, IRI, kind/ID or name.

    \b
    Example:
      collegium identity merge ada-lovelace "A. Lovelace" --reason "her own list of papers"
    """
    identities = open_store(store).identity
    made = identities.merge(a, b, reason=reason, kind=kind)
    print(_told(made, identities.state(made)))


@identity.command()
@click.argument("a")
@click.argument("b", required=False)
@click.option(
    "--paper",
    "papers",
    multiple=True,
    help="A paper of A that is somebody else's; ID, IRI or title. Again for more.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    help="A source whose papers of A are all somebody else's. Again for more.",
)
@_reason_option
@_kind_option
@store_option
def split(
    a: str,
    b: str | None,
    papers: tuple[str, ...],
    sources: tuple[str, ...],
    reason: str,
    kind: str,
    store: Path,
) -> None:
    """Keep A and B apart for good, whatever a rule finds now or later; or, without B, tell which papers of the author A
    are those of somebody else, who gets an address of their own.

    \b
    Example:
      collegium identity split jun-zhang orcid-0000-0002-1825-0097 --reason "other field, other country"
      collegium identity split jun-zhang --paper trust-in-systems-35b498d9 --reason "two people of one name"
      collegium identity split jun-zhang --source zhang-0003-jun-1f2e3d4c --reason "two people of one name"
    """
    identities = open_store(store).identity
    made = identities.split(a, b or "", reason=reason, kind=kind, papers=papers, sources=sources)
    print(_told(made, identities.state(made)))


@identity.command()
@click.argument("decision")
@store_option
def undo(decision: str, store: Path) -> None:
    """Undo a decision, by its ID; no rule makes it again.

    \b
    Example:
      collegium identity undo merge-author-3f2a90c1d5e7
    """
    made = open_store(store).identity.undo(decision)
    print(f"{made.id} undone: {_id(made.one)} and {_id(made.other)}")


def _told(made: Decision, state: str) -> str:
    what = "are one" if made.is_merge else "are kept apart"
    if state == "refused":
        what = "would be one, but another decision keeps them apart; it is listed as refused"
    if made.new:
        papers = len(made.papers)
        what += f", {papers} paper{'s' if papers != 1 else ''} now of {_id(made.new)}"
    return f"{_id(made.one)} and {_id(made.other)} {what}; undo it: collegium identity undo {made.id}"


COMMANDS: Final = (identity,)
