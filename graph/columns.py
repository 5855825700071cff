"""What papers hold as arrays, for counting that never looks at a paper by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from .rows import Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_YEAR: Final = int(np.iinfo(np.int16).min)
NO_POSITION: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A row or an element a paper, in the mirror's order.

    - `authors`: in byline order; `positions` beside their ends, `NO_POSITION` where no source prints one
    - `institutions`, `categories`: ids, ascending
    - `references`: ids of what it cites among `Mirror.works`, ascending; `cites`: those of them that are papers
    - `years`: int16, `NO_YEAR` without; `year_inferred`: completed by us; `truncated`: list not known to be complete
    """

    authors: Rows
    positions: NDArray[np.int32]
    institutions: Rows
    categories: Rows
    references: Rows
    cites: Rows
    years: NDArray[np.int16]
    year_inferred: NDArray[np.bool_]
    truncated: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.years)
