"""What the engine says when a query fails, as our errors: one line, with the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from collegium.graph.errors import QueryError

# The engine's sentence: "error at LINE:COLUMN: expected one of A, B, ['0' ..= '9'], …".
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_CLASS: Final = re.compile(r"\[[^\[\]]*\]")  # a class of characters: a screenful that tells a reader nothing
_WANTED: Final = re.compile(r'"(?:\\.|[^"\\])*"|[^\s",][^",]*')
# Words of the engine that are causes, not things expected; with what to do.
_CAUSES: Final = {
    "Prefix not found": "a prefix that is not declared; add PREFIX name: <IRI>",
    "IRI parsing failed": "an IRI that is not valid or not absolute; write it in full, or add BASE <IRI>",
    "The SELECT contains a variable that is unbound": (
        "SELECT shows a variable that is neither grouped nor aggregated; add it to GROUP BY"
    ),
    "language tag parsing failed": "a language tag that is not valid",
}


@contextmanager
def explained(text: str) -> Iterator[None]:
    """Run the block; what the engine raises about this query in it becomes one of our errors.

    Raises:
        QueryError: the text does not parse, or its evaluation failed.
    """
    try:
        yield
    except SyntaxError as error:
        raise _not_parsed(str(error), text) from None
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"it failed while it ran: {error}") from None


def _not_parsed(said: str, text: str) -> QueryError:
    """Return the error for a sentence of the engine's parser."""
    match = _PLACE.match(said)
    if match is None:
        return QueryError(said)
    line, column = int(match[1]), int(match[2])
    for words, cause in _CAUSES.items():
        if words in match[3]:
            return QueryError(cause, line, column)
    expected = _WANTED.findall(_CLASS.sub("", match[3].replace("<unreported>", "")))
    shown = " or ".join(part.strip() for part in expected)
    wanted = f"expected {shown}" if shown else "which does not belong there"
    return QueryError(f"found {_near(text, line, column)}, {wanted}", line, column)


def _near(text: str, line: int, column: int) -> str:
    """Return the beginning of what stands at a place, quoted, or "the end of the query"."""
    lines = text.splitlines() or [""]
    rest = " ".join([lines[line - 1][column - 1 :], *lines[line:]] if line <= len(lines) else []).strip()
    return f"'{rest[:30]}'" if rest else "the end of the query"
