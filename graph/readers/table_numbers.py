"""Numbers that a table gives its authors: they keep two of one name apart, where the table has two of it.

    paper_id,title,author,author_id
    p1,Notes,Li Wei,7
    p2,Other,Li Wei,8

A number says nothing outside of its table. So an author whose name has one number only is named by the name, and meets
others of that name in other files; of several with numbers of their own each is named by name and number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ..names import OWN, name_key, numbered_id
from ..person_names import cut, turned
from ..records import Identifier
from .networks import identified

_MOST_NAMES: Final = 500_000  # that are compared; some 150 bytes each
_PARTED: Final = re.compile(r"[;|\n]")
_OF_A_SPREADSHEET: Final = re.compile(r"(\d+)\.0")  # a whole number in a column with gaps


@dataclass(slots=True)
class Namesakes:
    """Names that authors with different numbers share; filled by `note`, before the table is read."""

    _first: dict[int, int] = field(default_factory=dict)  # hash of a name -> that of its first number
    _shared: set[int] = field(default_factory=set)

    @property
    def is_full(self) -> bool:
        """Whether there were more names than are compared."""
        return len(self._first) >= _MOST_NAMES

    def note(self, printed: list[str], cell: str) -> None:
        """Keep the names and the numbers of a row."""
        for name, number in zip(printed, numbers_in(cell, len(printed)), strict=False):
            if identified(number) is None:
                key = hash(name_key(turned(cut(name)[0])))
                first = hash(number) if self.is_full else self._first.setdefault(key, hash(number))
                if self._first.get(key, first) != hash(number):
                    self._shared.add(key)

    def identifier(self, name: str, number: str) -> Identifier | None:
        """Return what a number of an author says: an ORCID or an address known as such; what keeps namesakes apart."""
        if (found := identified(number)) is not None:
            return found
        return Identifier(OWN, numbered_id(name, number)) if hash(name_key(name)) in self._shared else None


def numbers_in(cell: str, count: int) -> list[str]:
    """Return the numbers of a cell, one for each of `count` authors; none where there are not as many.

    Example:
        >>> numbers_in("7.0; 8", 2), numbers_in("7", 2), numbers_in("", 1)
        (['7', '8'], [], [])
    """
    numbers = [_OF_A_SPREADSHEET.sub(r"\1", part) for part in map(str.strip, _PARTED.split(cell)) if part]
    return numbers if len(numbers) == count else []
