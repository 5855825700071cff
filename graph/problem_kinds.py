"""Problems by kind: what is alike in them is told once, with how often it came and where it came first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .records import Lines, Problem

_MOST_KINDS: Final = 500  # from there on, what is of none of them is counted as one kind more
_MOST_FIRST: Final = 3
# Problems of one source that are named one by one in the store, of lost records and of remarks each, and beside them
# the first of each kind; the rest is counted by kind. A named one takes 7 statements.
MOST_NAMED: Final = 10_000
_NUMBER: Final = re.compile(r"\d+")
_OTHERS: Final = "other problems; there are too many kinds of them"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """Problems of one file that expect the same, numbers aside; `first` holds those that came first, three at most.

    `unnamed` says how many are counted only.
    """

    expected: str
    is_refused: bool
    count: int
    first: tuple[Problem, ...]
    unnamed: int = 0


class KindCounter:
    """Counts problems by kind, as they come; memory does not grow with their number."""

    def __init__(self) -> None:
        self._counts: dict[tuple[bool, str], int] = {}
        self._first: dict[tuple[bool, str], list[Problem]] = {}
        self._named = {True: 0, False: 0}
        self._unnamed: dict[tuple[bool, str], int] = {}

    def add(self, problem: Problem, times: int = 1) -> bool:
        """Count a problem, or several of which it is one; return whether it is to be named by itself."""
        key = problem.is_refused, _NUMBER.sub("#", problem.expected)
        if key not in self._counts and len(self._counts) >= _MOST_KINDS:
            key = problem.is_refused, _OTHERS
        self._counts[key] = self._counts.get(key, 0) + times
        first = self._first.setdefault(key, [])
        is_named = len(first) < _MOST_FIRST or self._named[problem.is_refused] < MOST_NAMED
        if len(first) < _MOST_FIRST:
            first.append(problem)
        if is_named:
            self._named[problem.is_refused] += 1
        else:
            self._unnamed[key] = self._unnamed.get(key, 0) + times
        return is_named

    def kinds(self) -> tuple[ProblemKind, ...]:
        """Return the kinds: what was lost before remarks, then by number, the most first, then in order of coming."""
        found = [
            ProblemKind(
                first[0].expected if key[1] != _OTHERS else _OTHERS,
                key[0],
                self._counts[key],
                tuple(first),
                self._unnamed.get(key, 0),
            )
            for key, first in self._first.items()
        ]
        return tuple(sorted(found, key=lambda kind: (not kind.is_refused, -kind.count)))


def kinds_of(problems: Iterable[Problem]) -> tuple[ProblemKind, ...]:
    """Return the kinds of problems, as `KindCounter` has them.

    Example:
        >>> twice = [Problem(Lines(at, at), "no title", f"a title in line {at}", False) for at in (3, 9)]
        >>> [(kind.count, kind.expected) for kind in kinds_of(twice)]
        [(2, 'a title in line 3')]
    """
    counter = KindCounter()
    for problem in problems:
        counter.add(problem)
    return counter.kinds()


def problem_from(data: Mapping[str, Any]) -> Problem:
    """Return the problem that `asdict` described."""
    return Problem(**{**data, "lines": Lines(**data["lines"])})


def kind_from(data: Mapping[str, Any]) -> ProblemKind:
    """Return the kind that `asdict` described."""
    return ProblemKind(**{**data, "first": tuple(problem_from(problem) for problem in data["first"])})
