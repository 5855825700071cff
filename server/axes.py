"""What all charts need: the ends of an axis, which places of it are named, numbers and texts as SVG holds them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10


def escaped(text: str) -> str:
    """Escape, and leave out what XML cannot hold."""
    return escape("".join(sign for sign in text if sign.isprintable() or sign == " "))


def named(count: int, most: int) -> list[int]:
    """Which slices are named below: the first, the last, and some between."""
    if count <= most:
        return list(range(count))
    return sorted({round(at * (count - 1) / (most - 1)) for at in range(most)})


def stepped(count: int, most: int) -> range:
    """Return which of so many places are named, at most `most`, equally far from each other."""
    return range(0, count, max(1, ceil(count / most)))


def bounds(values: Sequence[float]) -> tuple[float, float]:
    """The least and the most of an axis: 0 within, the most a round number."""
    least, most = min([0.0, *values]), max([0.0, *values])
    size = max(most, -least)
    if size <= 0:
        return 0.0, 1.0
    power = 10.0 ** floor(log10(size))
    steps = [step * power for step in (1, 2, 2.5, 5, 10)]
    return (-_least_of(steps, -least) if least < 0 else 0.0), _least_of(steps, most) if most > 0 else 0.0


def _least_of(steps: Sequence[float], size: float) -> float:
    return next(step for step in steps if step >= size * (1 - 1e-12))


def number_text(value: float) -> str:
    """Return a number for an axis."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
