"""How far a load is: told while it runs, and when so much is done that it should be committed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, TypeVar

_T = TypeVar("_T")
_BETWEEN_S: Final = 0.1  # two words on the same stage
_LOOKED_AT: Final = 64  # records between two looks at the clock
_SHARE: Final = 10  # a commit is made once its work took this many times what the last one cost


@dataclass(frozen=True, slots=True)
class Place:
    """How far a load is. `number` counts files from 1, `done` and `size` are bytes of all files, `records` those read.

    `stage` is "reading", "linking" (pairs and description), "writing" (index of words, commit). `kept` counts the files
    that stand in a committed version: what is interrupted goes on behind them.
    """

    path: str = ""
    number: int = 0
    files: int = 0
    done: int = 0
    size: int = 0
    records: int = 0
    stage: str = "reading"
    kept: int = 0


Progress: TypeAlias = Callable[[Place], None]


@dataclass(slots=True)
class Meter:
    """Tells of a load: of each file and stage, and in between ten times a second. `sizes` are those of the files."""

    tell: Progress | None
    sizes: list[int]
    clock: Callable[[], float] = time.monotonic
    place: Place = field(init=False)
    _before: int = 0  # bytes of the files that are done with
    _told: float = 0.0

    def __post_init__(self) -> None:
        self.place = Place(files=len(self.sizes), size=sum(self.sizes))

    def begin(self, path: str, number: int) -> None:
        """Say that a file is begun; those before it are done with."""
        self._before = sum(self.sizes[: number - 1])
        self._say(replace(self.place, path=path, number=number, done=self._before, stage="reading"))

    def counted(self, records: Iterator[_T], position: Callable[[], int]) -> Iterator[_T]:
        """Yield the records of the file that was begun. `position` gives how many bytes of it are taken."""
        before, count = self.place.records, 0
        for count, record in enumerate(records, 1):
            if count % _LOOKED_AT == 0 and self.clock() - self._told >= _BETWEEN_S:
                done = self._before + min(position(), self.sizes[self.place.number - 1])
                self._say(replace(self.place, done=done, records=before + count))
            yield record
        self.place = replace(self.place, records=before + count)

    def stage(self, name: str) -> None:
        """Say that another stage is begun."""
        done = sum(self.sizes[: self.place.number])
        self._say(replace(self.place, stage=name, done=done))

    def keep(self) -> None:
        """Say that all files so far are committed."""
        self._say(replace(self.place, kept=self.place.number))

    def _say(self, place: Place) -> None:
        self.place = place
        if self.tell is not None:
            self.tell(place)
            self._told = self.clock()


@dataclass(slots=True)
class Pace:
    """When a load of many files commits what it has: after `least_s`, and so rarely that it costs a tenth of all.

    With `least_s` 0 it commits after each file.
    """

    least_s: float
    clock: Callable[[], float] = time.monotonic
    _began: float = 0.0
    _cost: float = 0.0

    def __post_init__(self) -> None:
        self._began = self.clock()

    @property
    def is_due(self) -> bool:
        """Whether so much is done that it should be committed."""
        return not self.least_s or self.clock() - self._began >= max(self.least_s, _SHARE * self._cost)

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Measure what a commit costs; the work of the next begins behind it."""
        begun = self.clock()
        try:
            yield
        finally:
            self._began = self.clock()
            self._cost = self._began - begun
