"""What follows from belief, made anew at the end of a write: the pairs of co-authors, and what the data set is."""

from __future__ import annotations

from functools import partial

from . import derived, describe
from .describe import Describe
from .snapshot import MOST_AUTHORS
from .writer import Writer


def follow(
    writer: Writer,
    *,
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    more: Describe = describe.nothing_more,
) -> None:
    """Make what follows from belief as it is now; the pairs beside all that is left to do in this write.

    Args:
        pairs: whether there are to be pairs of co-authors.
        most_authors: a paper with more makes none.
        more: gives what else to say of the data set.
    """
    engine, base = writer.engine, writer.base
    rebuild = partial(derived.rebuild, is_wanted=pairs, most_authors=most_authors, touched=writer.touched)
    writer.meanwhile(partial(rebuild, engine, base))
    describe.rebuild(engine, base, more(engine, base))
    writer.is_counted = True
