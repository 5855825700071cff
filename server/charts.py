"""Lines over slices of years as SVG, written on the server: no script, names escaped, told to screen readers.

On a page the colours are those of `theme.css`; a picture by itself brings its own, light and dark by the system.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Final

from markupsafe import Markup

from collegium.graph.vocabulary import SVG_NAMESPACE

from .axes import bounds, escaped, named, number_text
from .drawings.picture import short_label

_WIDE, _HIGH = 360.0, 190.0  # of one panel; a single one is drawn twice as large
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 14.0, 30.0, 26.0
_LEGEND_LINE: Final = 18.0
_HUES: Final = 9
_YEARS_NAMED: Final = 6
_LETTER_WIDE: Final = 6.6  # of the digits and dashes below the axis, in the widest of the fonts
_STYLE = """
svg{--ground:#fbfaf7;--ink:#1b1f27;--ink-soft:#515968;--rule:#e2dfd7;--hue-0:#4269d0;--hue-1:#e3a008;--hue-2:#f0583f;
--hue-3:#4fb3a0;--hue-4:#2f8f43;--hue-5:#f070a4;--hue-6:#8e4be0;--hue-7:#7fa8ee;--hue-8:#8a5a3d;
background:var(--ground);font-family:system-ui,"Noto Sans","DejaVu Sans",sans-serif}
@media (prefers-color-scheme:dark){svg{--ground:#14161b;--ink:#eae8e3;--ink-soft:#b0b6c1;--rule:#2f343e;
--hue-0:#6f90ea;--hue-1:#efb118;--hue-2:#ff725c;--hue-3:#6cc5b0;--hue-4:#4cb85c;--hue-5:#ff8ab7;--hue-6:#b47df5;
--hue-7:#a9c7f8;--hue-8:#bd8a6c}}
text{fill:var(--ink-soft);font-size:11px}.chart-name{fill:var(--ink);font-size:13px}
.chart-rule{stroke:var(--rule)}.chart-line{fill:none;stroke-width:2}
""" + "".join(
    f".hue-{hue}{{stroke:var(--hue-{hue})}}circle.hue-{hue}{{fill:var(--hue-{hue})}}" for hue in range(_HUES)
)
# After the last hue they come again, told apart by dashes and hollow dots.
_STYLE += ".again.chart-line{stroke-dasharray:6 4}circle.again{fill:var(--ground);stroke-width:1.5}"
# What a browser that opens such a picture by itself may do with it: take its style, which it knows by the digest.
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; sandbox"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A name and a value per slice; None where there is none, and the line has a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines in one frame, from 0 (or the least, below it) to the most of their values."""

    title: str
    lines: tuple[Line, ...]


def chart(
    title: str, description: str, labels: Sequence[str], panels: Sequence[Panel], *, by_itself: bool = False
) -> Markup:
    """Return panels as one SVG, two in a row; a single one is large and has a legend.

    Args:
        labels: the slices, as `values` of each line have them.
        by_itself: with name space and style, for a file; without, for a page.
    """
    scale = 2.0 if len(panels) == 1 else 1.0
    lines = max((len(panel.lines) for panel in panels), default=0)
    legend = _LEGEND_LINE * ((lines + 1) // 2) + 8 if scale == 2 and lines > 1 else 0.0
    rows = max((len(panels) + 1) // 2, 1)
    high = rows * _HIGH * scale + legend
    drawn = [
        _panel(panel, labels, (at % 2) * _WIDE, (at // 2) * _HIGH, scale) for at, panel in enumerate(panels)
    ]
    if legend:
        drawn.append(_legend(panels[0], _HIGH * scale))
    space = f' xmlns="{SVG_NAMESPACE}"' if by_itself else ""
    style = f"<style>{_STYLE}</style>" if by_itself else ""
    return Markup(  # noqa: S704  all text is escaped, everything else is ours
        f'<svg{space} class="chart" viewBox="0 0 {2 * _WIDE:g} {high:g}" role="img" '
        f'aria-labelledby="chart-title chart-description"><title id="chart-title">{escaped(title)}</title>'
        f'<desc id="chart-description">{escaped(description)}</desc>{style}{"".join(drawn)}</svg>'
    )


def _panel(panel: Panel, labels: Sequence[str], left: float, top: float, scale: float) -> str:
    wide, high = _WIDE * scale - _LEFT - _RIGHT, _HIGH * scale - _TOP - _BOTTOM
    known = [value for line in panel.lines for value in line.values if value is not None]
    least, most = bounds(known)

    def place(at: int, value: float) -> tuple[float, float]:
        across = at / (len(labels) - 1) if len(labels) > 1 else 0.5
        return _LEFT + across * wide, _TOP + high * (1 - (value - least) / (most - least))

    parts = [f'<text class="chart-name" x="{_LEFT:g}" y="18">{escaped(panel.title)}</text>']
    for step in (least, (least + most) / 2, most):
        y = place(0, step)[1]
        parts.append(
            f'<line class="chart-rule" x1="{_LEFT:g}" x2="{_LEFT + wide:g}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(f'<text x="{_LEFT - 6:g}" y="{y + 4:.1f}" text-anchor="end">{number_text(step)}</text>')
    for at in named(len(labels), _names_between(labels, wide, int(_YEARS_NAMED * scale))):
        x, anchor = place(at, least)[0], "end" if at and at == len(labels) - 1 else "middle"
        parts.append(
            f'<text x="{x:.1f}" y="{_TOP + high + 17:.1f}" text-anchor="{anchor}">{escaped(labels[at])}</text>'
        )
    for number, line in enumerate(panel.lines):
        points = [(at, value, *place(at, value)) for at, value in enumerate(line.values) if value is not None]
        parts += _drawn(line.name, _hue(number), labels, points)
    return f'<g transform="translate({left:g} {top:g})">{"".join(parts)}</g>'


def _names_between(labels: Sequence[str], wide: float, most: int) -> int:
    """Return how many names find room below an axis: the last ends with it, the others are centred."""
    need = 1.5 * _LETTER_WIDE * max(map(len, labels), default=1) + 6
    last = max(len(labels) - 1, 1)
    fitting = (n for n in range(most, 2, -1) if max(last // (n - 1), 1) * wide / last >= need)
    return next(fitting, 2)


def _drawn(
    name: str, hue: str, labels: Sequence[str], points: list[tuple[int, float, float, float]]
) -> Iterator[str]:
    """Yield the runs of a line between its gaps, and a dot for each value that tells it."""
    for _, run in groupby(enumerate(points), lambda pair: pair[1][0] - pair[0]):
        along = " ".join(f"{x:.1f},{y:.1f}" for _, (_, _, x, y) in run)
        if " " in along:
            yield f'<polyline class="chart-line {hue}" fill="none" points="{along}"/>'
    for at, value, x, y in points:
        told = escaped(f"{name}, {labels[at]}: {value:,.6g}")
        yield f'<circle class="{hue}" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{told}</title></circle>'


def _hue(number: int) -> str:
    return f"hue-{number % _HUES}{' again' if number >= _HUES else ''}"


def _legend(panel: Panel, top: float) -> str:
    parts = []
    for number, line in enumerate(panel.lines):
        x, y = _LEFT + (number % 2) * _WIDE, top + 12 + (number // 2) * _LEGEND_LINE
        parts.append(f'<circle class="{_hue(number)}" cx="{x:g}" cy="{y - 4:g}" r="5"/>')
        parts.append(f'<text x="{x + 12:g}" y="{y:g}">{escaped(short_label(line.name, 44))}</text>')
    return "".join(parts)
