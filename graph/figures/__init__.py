"""Figures of a whole network: `FIGURES` holds a row for each, `figures` computes them.

Adding one: a row in the sibling file of its family (or a new sibling), and the sibling in `_FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.answer_facts import ANSWER_FACTS
from collegium.graph.errors import ParameterError, UnknownName
from collegium.graph.frames import frame
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror

from . import closure, counts, distances, mixing, power_law, small_world
from .finding import Finding
from .row import Figure
from .study import Study, found_in

if TYPE_CHECKING:
    import networkx

    from collegium.graph.network import Network

__all__ = [
    "FIGURES",
    "Figure",
    "FigureRow",
    "Figures",
    "Finding",
    "Study",
    "check_choices",
    "figure_named",
    "figures",
    "study",
]

_FAMILIES: Final = (counts, distances, closure, power_law, mixing, small_world)

FIGURES: Final[Mapping[str, Figure]] = MappingProxyType(
    {row.name: row for family in _FAMILIES for row in family.ROWS}
)

_MOST_SEED: Final = 2**32 - 1


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with what was found."""

    figure: Figure
    finding: Finding

    def to_dict(self) -> dict[str, object]:
        """Return the row for JSON."""
        figure, finding = self.figure, self.finding
        return {
            "name": figure.name,
            "title": figure.title,
            "value": finding.value,
            "unit": figure.unit,
            "exact": None if finding.value is None else finding.exact,
            "error": finding.error,
            "reason": finding.reason,
            "definition": figure.definition,
            "exactness": figure.exactness,
            "source": figure.source,
            "facts": dict(finding.facts),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows in the order of `FIGURES`; `facts` say what they were made of."""

    rows: tuple[FigureRow, ...]
    facts: Mapping[str, object]

    @property
    def values(self) -> dict[str, int | float | None]:
        """Name -> value."""
        return {row.figure.name: row.finding.value for row in self.rows}

    def __getitem__(self, name: str) -> Finding:
        """Return what was found. Raises: UnknownName."""
        found = {row.figure.name: row.finding for row in self.rows}
        wanted = figure_named(name).name
        if wanted not in found:
            raise UnknownName("figure", name, found)
        return found[wanted]

    def __iter__(self) -> Iterator[FigureRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, object]]:
        """Return the rows for JSON."""
        return [row.to_dict() for row in self.rows]

    def to_dataframe(self) -> Any:
        """Return the rows as a pandas DataFrame. Raises: LibraryMissing."""
        rows = self.to_dicts()
        return frame(rows, list(rows[0]) if rows else ("name", "title", "value", "unit"))


def figure_named(text: str) -> Figure:
    """Return the figure of a name or title, whatever its case, spaces and hyphens. Raises: UnknownName.

    Example:
        >>> [figure_named(text).name for text in ("Average path length", "rich-club")]
        ['average_path_length', 'rich_club']
    """
    wanted = _letters(text)
    for row in FIGURES.values():
        if wanted in (_letters(row.name), _letters(row.title)):
            return row
    raise UnknownName("figure", str(text), FIGURES)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, str(text).casefold()))


def check_choices(seed: object, degrees: Iterable[object]) -> None:
    """Refuse what is no seed and what are no degrees. Raises: ParameterError."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= _MOST_SEED:
        raise ParameterError("seed", seed, f"a whole number from 0 to {_MOST_SEED}")
    for degree in degrees:
        if isinstance(degree, bool) or not isinstance(degree, int) or degree < 0:
            raise ParameterError("degrees", degree, "whole numbers, 0 or more")


def study(
    graph: Network | networkx.Graph,
    *,
    mirror: Mirror | None = None,
    where: Filter | None = None,
    seed: int = 1,
    degrees: Sequence[int] = (),
) -> Study:
    """Return a network ready for figures; several questions to one study share what they need.

    Args:
        mirror, where: that the network was drawn from and with; without, nothing is known of institutions and
            categories.
        seed: of what is sampled, 0 to 2^32 - 1.
        degrees: at which the rich club is told; without, 1, 2, 5, 10, … below the largest.

    Raises: ParameterError.
    """
    from collegium.graph.network import Network, network_of

    check_choices(seed, degrees)
    net = graph if isinstance(graph, Network) else network_of(graph)
    return Study(net, mirror, Filter() if where is None else where, seed, tuple(degrees))


def figures(asked: Study | Network | networkx.Graph, names: Iterable[str] = ()) -> Figures:
    """Return figures of a whole network, all of them without names, each with its reason where there is none.

    Raises: UnknownName, ParameterError (a graph that is directed or has loops).
    Cost: see `Figure.cost`.

    Example:
        >>> import networkx
        >>> figures(networkx.path_graph("abc"), ["density", "diameter"]).values
        {'density': 0.6666666666666666, 'diameter': 2}
    """
    wanted = {figure_named(name).name for name in names}
    here = asked if isinstance(asked, Study) else study(asked)
    rows = [row for row in FIGURES.values() if not wanted or row.name in wanted]
    return Figures(tuple(FigureRow(row, found_in(here, row.name, row.compute)) for row in rows), _facts(here))


def _facts(here: Study) -> dict[str, object]:
    known = here.net.facts
    return {
        "version": known.get("version"),
        "parameters": {
            "projection": known.get("projection"),
            "weight": known.get("weight"),
            "where": known.get("where", {}),
            "seed": here.seed,
            "degrees": list(here.degrees),
        },
        "nodes": len(here.net),
        "edges": here.net.size,
        **{name: known[name] for name in ANSWER_FACTS if name in known},
    }
