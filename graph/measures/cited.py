"""Indexes of the citations that papers of the store give to papers of the store; other citations are not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .bibliometric import author_row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.counted import Counted
    from collegium.graph.measures.row import Measure

_TEN: Final = 10


def _ranked(
    counted: Counted, authors: int
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], dict[str, object]]:
    """Author, place and citations of each authorship, the most cited of an author first; and what must be said."""
    import numpy as np

    beside = counted.citations[counted.authors.number]
    order = np.lexsort((-beside, counted.authors.ends))
    who, cited = counted.authors.ends[order], beside[order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(who, minlength=authors))))
    place = np.arange(len(who)) - starts[who] + 1
    facts: dict[str, object] = {
        "citing": "papers of this store, whatever the filter; self-citations count",
        "citations_in_store": len(counted.columns.cites.ends),
        "papers_citing": int((counted.columns.cites.sizes > 0).sum()),
    }
    return who, place, cited, facts


def _told(counted: Counted, found: NDArray[Any]) -> NDArray[Any]:
    """A store that knows of no citation does not know that there are none."""
    import numpy as np

    return found if len(counted.columns.cites.ends) else np.full(len(found), np.nan)


def citations(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Citations of all of someone's papers."""
    import numpy as np

    who, _, cited, facts = _ranked(counted, authors)
    return _told(counted, np.bincount(who, cited, minlength=authors).astype(int)), facts


def h_index(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """The most h for which h papers have h citations or more."""
    import numpy as np

    who, place, cited, facts = _ranked(counted, authors)
    return _told(counted, np.bincount(who[cited >= place], minlength=authors)), facts


def g_index(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """The most g, up to the number of papers, for which the g most cited have g² citations together or more."""
    import numpy as np

    who, place, cited, facts = _ranked(counted, authors)
    before = np.concatenate(([0], np.cumsum(cited)))
    first = np.arange(len(who)) - place + 1
    together = before[1:] - before[first]
    return _told(counted, np.bincount(who[together >= place * place], minlength=authors)), facts


def i10_index(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Papers with ten citations or more."""
    import numpy as np

    who, _, cited, facts = _ranked(counted, authors)
    return _told(counted, np.bincount(who[cited >= _TEN], minlength=authors)), facts


_WHERE: Final = "Citations by papers of this store only; not defined where the store knows of none."

ROWS: Final[tuple[Measure, ...]] = (
    author_row(
        "citations_in_store",
        "Citations (in this store)",
        f"How often papers of this store cite someone's papers. {_WHERE}",
        "citations",
        "0 and more",
        "10.1126/science.178.4060.471",
        citations,
        grows=True,
    ),
    author_row(
        "h_index_in_store",
        "h-index (in this store)",
        f"The most h for which h of someone's papers are cited h times or more. {_WHERE}",
        "papers",
        "0 to the papers",
        "10.1073/pnas.0507655102",
        h_index,
        grows=True,
    ),
    author_row(
        "g_index_in_store",
        "g-index (in this store)",
        "The most g, up to the number of papers, for which someone's g most cited papers are cited g² times together "
        f"or more. {_WHERE}",
        "papers",
        "0 to the papers",
        "10.1007/s11192-006-0144-7",
        g_index,
        grows=True,
    ),
    author_row(
        "i10_index_in_store",
        "i10-index (in this store)",
        f"Papers of someone that are cited ten times or more. {_WHERE}",
        "papers",
        "0 to the papers",
        "10.1016/j.joi.2016.02.007",
        i10_index,
        grows=True,
    ),
)
