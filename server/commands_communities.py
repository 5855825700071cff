"""The command on who belongs together: communities, their history, who bridges two of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from collegium.graph.errors import ParameterError

from .commands_ask import print_with_facts
from .commands_paths import made_of
from .commands_store import format_option, open_store, store_option
from .filter_options import filter_options
from .given_options import refuse_given
from .tables import ROW_FORMATS

if TYPE_CHECKING:
    from collegium.graph.communities import Communities, Stability, Way

    from .editions import Wanted
    from .service import KnowledgeGraph

_FIRST_NAMES: Final = 12  # members of a community that a table shows


@click.command()
@click.option("--projection", default="coauthors", show_default=True, help="Network that is parted.")
@click.option("--weight", default="full", show_default=True, help="full or fractional.")
@click.option("--method", default="leiden", show_default=True, help="leiden or label-propagation.")
@click.option("--objective", help="Of leiden: modularity (default) or cpm.")
@click.option("--resolution", type=float, help="More gives smaller groups.  [default: 1; 0.05 for cpm]")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--stability", type=click.IntRange(0, 20), default=0, help="Compare so many further seeds.")
@click.option("--top", type=click.IntRange(min=1), help="Only the first so many.")
@click.option("--slices", metavar="YEARS", help="The history over slices of years instead, like 3y.")
@click.option("--threshold", type=float, default=0.3, show_default=True, help="Least Jaccard index of heirs.")
@click.option("--min-size", type=int, default=3, show_default=True, help="Least members in a history.")
@click.option("--between", type=(int, int), metavar="N M", help="Who bridges two communities instead.")
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def communities(
    projection: str,
    weight: str,
    slices: str | None,
    between: tuple[int, int] | None,
    format: str,
    store: Path,
    where: dict[str, Any],
    **options: Any,
) -> None:
    """Print the communities of a network and what they are about, their history, or who bridges two of them.

    \b
    Example:
      collegium communities --stability 5
      collegium communities --objective cpm --resolution 0.1
      collegium communities --slices 3y
      collegium communities --between 1 2
    """
    from collegium.graph.communities import Way

    way = Way(*(options[name] for name in ("method", "objective", "resolution", "seed")))
    if slices is not None and between is not None:
        raise ParameterError("--between", f"{between[0]} {between[1]}", "no --slices beside it")
    if slices is None:
        refuse_given(("threshold", "min_size"), "--slices beside it")
    if slices is not None or between is not None:
        refuse_given(("stability",), f"no {'--slices' if between is None else '--between'} beside it")
    asked = _Asked(open_store(store), way, {"projection": projection, "weight": weight, **where}, format)
    if slices is not None:
        asked.history(slices, options)
    elif between is not None:
        asked.bridges(between, options["top"])
    else:
        asked.groups(options["stability"], options["top"])


class _Asked:
    """One question on communities, and the three ways to print an answer to it."""

    def __init__(self, graph: KnowledgeGraph, way: Way, network: dict[str, Any], format: str) -> None:
        self._graph, self._way, self._network, self._format = graph, way, network, format

    def groups(self, more: int, top: int | None) -> None:
        """Print the communities."""
        found = self._graph.communities(**self._way.facts, **self._network)
        topics = self._graph.community_topics(found, **self._network)[:top]
        firm = self._graph.community_stability(found, more, **self._network)
        names = found.groups.nodes
        most = _FIRST_NAMES if self._format == "table" else len(names)
        rows: list[dict[str, object]] = []
        for at, topic in enumerate(topics):
            numbers = found.groups.numbers(at).tolist()
            members = [names[number].name for number in numbers[:most]]
            more_members = [f"and {len(numbers) - most} more"] if len(numbers) > most else []
            rows.append(
                {
                    "number": at + 1,
                    "name": members[0],
                    "label": topic.label,
                    "size": len(numbers),
                    "members": members + more_members,
                }
            )
        self._print(rows, "Communities", found, firm)

    def history(self, slices: str, options: dict[str, Any]) -> None:
        """Print the events of a history."""
        least = {"threshold": options["threshold"], "min_size": options["min_size"]}
        found = self._graph.community_history(slices, way=self._way, **least, **self._network)
        rows: list[dict[str, object]] = []
        for event in found.events:
            parts = found.slices[event.slice : event.slice + 2]
            told = [
                [f"{number} {part.found.groups[number - 1].name}" for number in numbers]
                for part, numbers in zip(parts, (event.before, event.after), strict=True)
            ]
            years = [f"{part.window.from_year}-{part.window.to_year}" for part in parts]
            rows.append(
                {
                    "from": years[0],
                    "to": years[1],
                    "event": event.event,
                    "before": told[0],
                    "after": told[1],
                    "jaccard": [round(value, 3) for value in event.jaccard],
                }
            )
        sizes = ", ".join(
            f"{part.window.from_year}-{part.window.to_year}: {len(part.found)} of {len(part.net)} nodes"
            for part in found.slices
        )
        note = (
            f"slices {sizes or 'none'}; linked from Jaccard {found.threshold:g}, {found.least_size} members"
        )
        print_with_facts(rows[: options["top"]], self._format, "History of communities", note)

    def bridges(self, between: tuple[int, int], top: int | None) -> None:
        """Print who stands between two communities, and the strongest links."""
        found = self._graph.bridges(*between, way=self._way, **self._network)
        communities = self._graph.communities(**self._way.facts, **self._network)
        names = communities.groups.nodes
        rows: list[dict[str, object]] = [
            {
                "name": names[row.node].name,
                "community": row.community,
                "links": row.links,
                "weight": row.weight,
                "betweenness": row.betweenness,
                "id": names[row.node].id,
            }
            for row in found.members[:top]
        ]
        strongest = "; ".join(
            f"{names[row.one].name} - {names[row.other].name} ({row.weight:g})" for row in found.links[:3]
        )
        title = f"Between communities {between[0]} and {between[1]}: {len(found.links)} links"
        self._print(rows, title, communities, None, f"strongest: {strongest}" if strongest else "no links")

    def _print(
        self,
        rows: list[dict[str, object]],
        title: str,
        found: Communities,
        firm: Stability | None,
        more: str = "",
    ) -> None:
        from collegium.graph.community_engines import title_of

        modularity = "none" if found.modularity is None else f"{found.modularity:.3f}"
        said = [
            more,
            f"{title_of(found.method, found.engine)} by {found.engine}, seed {found.seed}",
            f"for {found.objective} at resolution {found.resolution:g}" if found.objective else "",
            f"modularity {modularity}",
        ]
        if firm is not None:
            said.append(
                f"over seeds {firm.seeds[0]} to {firm.seeds[-1]}: normalised mutual information "
                f"{firm.information:.3f}, adjusted Rand {firm.rand:.3f}"
            )
        said.append(made_of(self._graph.edition().compact(_wanted(**self._network))))
        print_with_facts(rows, self._format, title, "; ".join(part for part in said if part))


def _wanted(projection: str, weight: str, **where: Any) -> Wanted:
    from .collaborators import linked_by

    return linked_by(projection, weight, where)


COMMANDS: Final = (communities,)
