"""How far a load is, as one line on a terminal."""

from __future__ import annotations

import shutil
import sys
import time
from typing import Final

from collegium.graph.errors import shorten
from collegium.graph.progress import Place

_PATIENCE_S: Final = 0.5  # a load that is done before shows nothing
_MEGABYTE: Final = 1_000_000
_STAGES: Final = {"linking": "pairs of co-authors", "writing": "index of words, commit"}


class LoadBar:
    """Shows the place of a load on standard error, where that is a terminal. `last` is the place told last."""

    def __init__(self) -> None:
        self.last = Place()
        self._began = time.monotonic()
        self._is_shown = False

    def show(self, place: Place) -> None:
        """Show where the load is."""
        self.last = place
        elapsed = time.monotonic() - self._began
        if elapsed >= _PATIENCE_S and sys.stderr.isatty():
            columns = shutil.get_terminal_size().columns
            sys.stderr.write(f"\r{line(place, elapsed, columns - 1)}\x1b[K")
            sys.stderr.flush()
            self._is_shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._is_shown = False


def line(place: Place, elapsed_s: float, columns: int) -> str:
    """Return a place in at most so many characters; the name of the file gives way first.

    Example:
        >>> line(Place("in/a.bib", 2, 3, 30_000_000, 40_000_000, 9_000), 10, 80)
        'Loading 2/3 a.bib  75 %  900 records/s  3.0 MB/s  0:03 left'
        >>> line(Place("in/a.bib", 3, 3, 40_000_000, 40_000_000, 9_000, "writing"), 10, 80)
        'Loading 3/3: index of words, commit'
    """
    head = f"Loading {place.number}/{place.files}"
    if place.stage in _STAGES:
        return shorten(f"{head}: {_STAGES[place.stage]}", columns)
    rate = place.done / elapsed_s if elapsed_s > 0 else 0.0
    told = [f"{place.done * 100 // place.size} %"] if place.size else []
    if elapsed_s > 0:
        told.append(f"{place.records / elapsed_s:,.0f} records/s")
    if rate > 0:
        told += [f"{rate / _MEGABYTE:.1f} MB/s", f"{_clock((place.size - place.done) / rate)} left"]
    rest = "".join(f"  {part}" for part in told)
    name = shorten(place.path.rpartition("/")[2], max(8, columns - len(head) - len(rest) - 1))
    return shorten(f"{head} {name}{rest}", columns)


def _clock(seconds: float) -> str:
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
