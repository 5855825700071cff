"""Small pictures for pages, as SVG of our own: columns by years, spans of years, points on logarithmic axes.

Each is as wide as a phone, so that its letters can be read there; a page sets several side by side. The colours are
those of `theme.css`. What a picture shows stands on the page as words or as a table too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10
from typing import Final

from markupsafe import Markup

from .axes import bounds, escaped, number_text, stepped
from .charts import Line
from .drawings.picture import short_label

_WIDE, _HIGH = 360.0, 210.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 12.0, 30.0, 24.0
_ACROSS, _UP = _WIDE - _LEFT - _RIGHT, _HIGH - _TOP - _BOTTOM
MOST_COLUMNS: Final = 300  # each is a pixel wide then
_NAMED: Final = 8  # places of an axis
_LEGEND_LINE: Final = 18.0
_SPAN_ROW: Final = 34.0
_LEAST_GAP: Final = 3.0  # units that a column must have, or there is no gap between two


def columns_plot(
    name: str, title: str, told: str, labels: Sequence[str], lines: Sequence[Line], what: str
) -> Markup:
    """Return one column a label, the values of the lines on top of each other, from 0; None counts as 0.

    Args:
        name: of the picture, once on a page.
        told: what the picture shows, in words.
        what: what is counted, above the picture.
    """
    totals = [sum(line.values[at] or 0 for line in lines) for at in range(len(labels))]
    most = bounds(totals)[1]
    step = _ACROSS / max(len(labels), 1)
    gap = step * 0.18 if step > _LEAST_GAP else 0.0
    parts = [_heading(what), *_levels(0.0, most)]
    for at, label in enumerate(labels):
        y = _TOP + _UP
        for number, line in enumerate(lines):
            value = line.values[at]
            if not value:
                continue
            high = _UP * value / most
            y -= high
            said = escaped(f"{line.name}, {label}: {value:,.6g}")
            parts.append(
                f'<rect class="hue-{number}" x="{_LEFT + at * step + gap / 2:.1f}" y="{y:.1f}" '
                f'width="{step - gap:.1f}" height="{high:.1f}"><title>{said}</title></rect>'
            )
    places = [(at, _LEFT + (at + 0.5) * step) for at in stepped(len(labels), _NAMED)]
    parts += _along([(x, labels[at]) for at, x in places])
    legend = _legend([line.name for line in lines]) if len(lines) > 1 else []
    return _picture(name, title, told, _HIGH + _LEGEND_LINE * ((len(legend) + 3) // 4), [*parts, *legend])


def spans_plot(
    name: str, title: str, told: str, years: Sequence[int], rows: Sequence[tuple[str, Mapping[int, int]]]
) -> Markup:
    """Return a row a name: a line from its first to its last year, and a dot for each year that has something.

    Args:
        years: the first and the last of the axis, in order, with what lies between.
        rows: name, and a count by year; the larger, the larger the dot.
    """
    left, across = 18.0, _WIDE - 36.0
    first, last = years[0], years[-1]
    most = max((count for _, counts in rows for count in counts.values()), default=1)
    parts = []

    def x_of(year: int) -> float:
        return left + across * ((year - first) / (last - first) if last > first else 0.5)

    for at, (label, counts) in enumerate(rows):
        y = at * _SPAN_ROW + 26
        ends = x_of(min(counts)), x_of(max(counts))
        parts.append(
            f'<text class="chart-name" x="2" y="{y - 10:g}">{escaped(short_label(label, 52))}</text>'
        )
        parts.append(f'<line class="chart-rule" x1="{left:g}" x2="{left + across:g}" y1="{y:g}" y2="{y:g}"/>')
        parts.append(
            f'<line class="hue-0 chart-line" x1="{ends[0]:.1f}" x2="{ends[1]:.1f}" y1="{y:g}" y2="{y:g}"/>'
        )
        for year, count in sorted(counts.items()):
            said = escaped(f"{label}, {year}: {count:,}")
            radius = 2.5 + 3.5 * (count / most) ** 0.5
            dot = f'<circle class="hue-0" cx="{x_of(year):.1f}" cy="{y:g}" r="{radius:.1f}">'
            parts.append(f"{dot}<title>{said}</title></circle>")
    high = len(rows) * _SPAN_ROW + 24
    shown = [years[at] for at in stepped(len(years), _NAMED)]
    parts += _along([(x_of(year), str(year)) for year in shown], high - 8)
    return _picture(name, title, told, high, parts)


def points_plot(
    name: str, title: str, told: str, points: Sequence[tuple[float, float]], across: str
) -> Markup:
    """Return points on logarithmic axes; what is not above 0 has no place there. `across`: what lies along."""
    above = [(x, y) for x, y in points if x > 0 and y > 0]
    low_x, high_x = _decades([x for x, _ in above])
    low_y, high_y = _decades([y for _, y in above])

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            _LEFT + _ACROSS * (log10(x) - low_x) / (high_x - low_x),
            _TOP + _UP * (1 - (log10(y) - low_y) / (high_y - low_y)),
        )

    parts = [_heading("How many have so much or more")]
    for power in _powers(low_y, high_y):
        y = place(10.0**low_x, 10.0**power)[1]
        parts.append(
            f'<line class="chart-rule" x1="{_LEFT:g}" x2="{_LEFT + _ACROSS:g}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(f'<text x="{_LEFT - 6:g}" y="{y + 4:.1f}" text-anchor="end">{_power_text(power)}</text>')
    parts += _along([(place(10.0**power, 1)[0], _power_text(power)) for power in _powers(low_x, high_x)])
    for x, y in above:
        left, top = place(x, y)
        said = escaped(f"{across} {x:.4g} or more: {y:,.4g}")
        parts.append(
            f'<circle class="hue-0" cx="{left:.1f}" cy="{top:.1f}" r="3"><title>{said}</title></circle>'
        )
    return _picture(name, title, told, _HIGH, parts)


def _power_text(power: int) -> str:
    """Return a power of ten as short as an axis wants it: 100k."""
    if 3 <= power < 9:
        return f"{10 ** (power % 3)}{'kM'[power // 3 - 1]}"
    return f"{10.0**power:g}"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around all values, at least one apart."""
    low, high = floor(log10(min(values, default=1))), ceil(log10(max(values, default=1)))
    return low, max(high, low + 1)


def _powers(low: int, high: int) -> range:
    """Which powers of ten an axis names: at most six or so."""
    return range(low, high + 1, max(1, ceil((high - low) / (_NAMED - 1))))


def _heading(what: str) -> str:
    return f'<text class="chart-name" x="2" y="14">{escaped(what)}</text>'


def _levels(least: float, most: float) -> Iterator[str]:
    middle = (least + most) / 2
    # Half a paper is on no axis.
    for step in (least, most) if most >= 1 and middle % 1 else (least, middle, most):
        y = _TOP + _UP * (1 - (step - least) / (most - least))
        yield f'<line class="chart-rule" x1="{_LEFT:g}" x2="{_LEFT + _ACROSS:g}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 6:g}" y="{y + 4:.1f}" text-anchor="end">{number_text(step)}</text>'


def _along(places: Sequence[tuple[float, str]], y: float = _HIGH - 7) -> Iterator[str]:
    for x, label in places:
        # What is named at an edge stays inside the picture.
        anchor = "start" if x < 12 else "end" if x > _WIDE - 13 else "middle"
        yield f'<text x="{x:.1f}" y="{y:g}" text-anchor="{anchor}">{escaped(label)}</text>'


def _legend(names: Sequence[str]) -> list[str]:
    parts = []
    for number, name in enumerate(names):
        x, y = 12 + (number % 2) * _WIDE / 2, _HIGH + 12 + (number // 2) * _LEGEND_LINE
        parts.append(f'<rect class="hue-{number}" x="{x:g}" y="{y - 9:g}" width="10" height="10"/>')
        parts.append(f'<text x="{x + 16:g}" y="{y:g}">{escaped(short_label(name, 26))}</text>')
    return parts


def _picture(name: str, title: str, told: str, high: float, parts: Sequence[str]) -> Markup:
    return Markup(  # noqa: S704  all text is escaped, everything else is ours
        f'<svg class="chart plot" viewBox="0 0 {_WIDE:g} {high:g}" role="img" '
        f'aria-labelledby="{name}-title {name}-told"><title id="{name}-title">{escaped(title)}</title>'
        f'<desc id="{name}-told">{escaped(told)}</desc>{"".join(parts)}</svg>'
    )
