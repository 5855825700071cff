"""How the values of a ranking are spread: a picture, the same in words, and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from .charts import Line
from .plots import columns_plot, points_plot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.measures import Ranking

_WIDE_FROM: Final = 20  # largest over smallest value above 0 from which axes are logarithmic
_FEWEST: Final = 5  # different values that make a line of points
_POINTS: Final = 60
_BINS: Final = 12


@dataclass(frozen=True, slots=True)
class Distribution:
    """`rows` are a value (or values from … to …) and how many nodes; `is_tail` counts those of the value or more."""

    told: str
    picture: Markup | None
    rows: tuple[tuple[str, int], ...]
    is_tail: bool = False


def distribution(ranking: Ranking, title: str) -> Distribution | None:
    """Return how the values are spread; None where nothing has a value.

    Values of which the largest is many times the smallest stand on logarithmic axes: to each value the number of nodes
    that have so much or more. Others are counted in at most twelve equal parts. Cost: O(n log n) in nodes n.
    """
    import numpy as np

    values = ranking.rows.values
    defined = np.sort(values[~np.isnan(values)]) if values.dtype.kind == "f" else np.sort(values)
    if not len(defined):
        return None
    told = _told(defined, len(values) - len(defined))
    if defined[0] == defined[-1]:
        return Distribution(told, None, ())
    above = defined[defined > 0]
    is_wide = defined[0] >= 0 and above[-1] >= _WIDE_FROM * above[0] and len(np.unique(above)) >= _FEWEST
    return _tail(above, title, told) if is_wide else _counted(defined, title, told)


def _told(defined: NDArray[Any], undefined: int) -> str:
    import numpy as np

    count, least, most = len(defined), defined[0].item(), defined[-1].item()
    if least == most:
        told = f"All {count:,} have the value {_figure(most)}."
    else:
        told = f"{count:,} values from {_figure(least)} to {_figure(most)}, half of them at most "
        told += f"{_figure(float(np.median(defined)))}."
    zeros = int((defined == 0).sum())
    told += f" {zeros:,} {'is' if zeros == 1 else 'are'} 0." if zeros and least != most else ""
    return f"{told} Not defined for {undefined:,}." if undefined else told


def _figure(value: float) -> str:
    return f"{int(value):,}" if value == int(value) and abs(value) < 1e15 else f"{value:,.4g}"


def _tail(above: NDArray[Any], title: str, told: str) -> Distribution:
    """Return, to values above 0, how many have so much or more: where that is a line, values follow a power law."""
    import numpy as np

    different, first = np.unique(above, return_index=True)
    at = np.unique(np.geomspace(1, len(different), min(_POINTS, len(different))).round().astype(int)) - 1
    at = np.unique(np.concatenate([at, len(different) - 1 - at]))  # dense at both ends
    points = [(float(different[i]), float(len(above) - first[i])) for i in at.tolist()]
    picture = points_plot("plot-values", f"{title}: how many have so much or more", told, points, title)
    shown = (
        points
        if len(points) <= _BINS
        else [points[i * (len(points) - 1) // (_BINS - 1)] for i in range(_BINS)]
    )
    return Distribution(told, picture, tuple((_figure(x), int(y)) for x, y in shown), is_tail=True)


def _counted(defined: NDArray[Any], title: str, told: str) -> Distribution:
    """Return how many values lie in each of some equal parts; of a few whole numbers each by itself."""
    import numpy as np

    least, most = float(defined[0]), float(defined[-1])
    is_whole = bool((defined == np.floor(defined)).all()) and most - least < _BINS
    edges = np.arange(least, most + 2) if is_whole else np.linspace(least, most, _BINS + 1)
    counts, _ = np.histogram(defined, edges)
    labels = [_figure(float(edge)) if is_whole else f"{edge:.3g}" for edge in edges[:-1]]
    line = Line(title, tuple(float(count) for count in counts))
    what = "How many have the value" if is_whole else "How many from there to the next"
    picture = columns_plot("plot-values", f"{title}: how many have which value", told, labels, [line], what)
    names = labels if is_whole else [f"{a} to {b:.3g}" for a, b in zip(labels, edges[1:], strict=True)]
    return Distribution(told, picture, tuple(zip(names, map(int, counts), strict=True)))
