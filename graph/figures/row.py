"""What a figure of a whole network is: one row of `FIGURES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .finding import Finding
from .study import Study

ALWAYS: Final = "exact"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a whole network. Links count 1, whatever they weigh.

    - `exactness`: up to where it is exact, and what it is above
    - `cost`: in nodes n and links m
    - `source`: DOI of the definition
    """

    name: str
    title: str
    definition: str
    unit: str
    exactness: str
    cost: str
    source: str
    compute: Callable[[Study], Finding]
