"""Authors of papers who are nobody's name, taken out of the records of every reader: "Anonymous", "N.N.", "(:unkn)".

Otherwise one person of that name would have written with hundreds of others. That somebody wrote the paper is known,
and not who: the list counts as cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from typing import IO, Final

from ..errors import shorten
from ..person_names import is_nobody
from ..records import Paper, Problem, Record

SOMEBODY: Final = "the name of somebody; left out, and the list counts as cut"
_MOST_TOLD: Final = 20  # of one paper


def named_reader(
    read: Callable[[IO[bytes], str], Iterator[Record]],
) -> Callable[[IO[bytes], str], Iterator[Record]]:
    """Return a reader that yields what `read` does, without authors who are nobody, and a remark on each of these.

    The others keep their positions. Cost: O(authors).
    """

    @wraps(read)
    def named_records(stream: IO[bytes], path: str) -> Iterator[Record]:
        for record in read(stream, path):
            if type(record) is not Paper or not any(is_nobody(a.name) for a in record.authorships):
                yield record
                continue
            kept = tuple(a for a in record.authorships if not is_nobody(a.name))
            yield replace(record, authorships=kept, is_truncated=True)
            names = [a.as_given or a.name for a in record.authorships if is_nobody(a.name)]
            for name in names[:_MOST_TOLD]:
                yield Problem(record.lines, shorten(f"{name} as author"), SOMEBODY, False)
            if len(names) > _MOST_TOLD:
                found = f"{len(names) - _MOST_TOLD:,} more authors who are nobody"
                yield Problem(record.lines, found, SOMEBODY, False)

    return named_records
