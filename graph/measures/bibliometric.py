"""Figures of authors that are made of papers and not of links: places in the byline, years, institutions, citations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.bylines import first_credit
from collegium.graph.errors import MeasureError
from collegium.graph.tallies import split

from .row import COMPUTED, Measure, Outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.counted import Counted
    from collegium.graph.network import Network

# Takes the papers and how many authors the mirror has; gives a value per author (nan: not defined) and facts.
Figure = Callable[["Counted", int], tuple["NDArray[Any]", dict[str, object]]]
_OF_WHAT: Final = "an author's papers counted here"


def _of_authors(name: str, figure: Figure) -> Callable[[Network, NDArray[Any] | None], Outcome]:
    """Return an engine that gives authors their figure and other nodes none."""

    def values(net: Network, sizes: NDArray[Any] | None) -> Outcome:
        import numpy as np

        groups = net.nodes.groups
        if net.counted is None:
            raise MeasureError(name, f"found a network without papers, expected one of {_OF_WHAT}")
        if not any(group.kind == "author" for group in groups):
            kinds = ", ".join(group.kind for group in groups)
            raise MeasureError(
                name, f"found a network of {kinds} nodes, expected authors; it is of {_OF_WHAT}"
            )
        parts: list[NDArray[Any]] = []
        facts: dict[str, object] = {}
        for group in groups:
            column = np.full(len(group.ids), np.nan)
            if group.kind == "author":
                found, facts = figure(net.counted, len(group.things))
                column = found[group.ids]
            parts.append(column)
        return Outcome(np.concatenate(parts) if len(parts) > 1 else parts[0], facts)

    return values


def _per_author(counted: Counted, authors: int, of: NDArray[Any]) -> NDArray[Any]:
    """Add up what stands beside each authorship, by author."""
    import numpy as np

    return np.bincount(counted.authors.ends, of, minlength=authors)


def _share(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    found: NDArray[Any] = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return found


def first_author_share(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Papers with the first place, of those where the place is known."""
    import numpy as np

    is_known = counted.positions > 0
    whole = _per_author(counted, authors, is_known)
    papers = int((np.bincount(counted.authors.number[is_known], minlength=1) > 0).sum())
    return _share(_per_author(counted, authors, counted.positions == 1), whole), {"papers_counted": papers}


def last_author_share(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Papers with the last place, of those whose byline is complete and in order."""
    is_known = counted.has_byline[counted.authors.number]
    is_last = is_known & (counted.positions == counted.authors.sizes[counted.authors.number])
    share = _share(_per_author(counted, authors, is_last), _per_author(counted, authors, is_known))
    return share, {"papers_counted": int(counted.has_byline.sum())}


def harmonic_papers(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Papers whose byline is complete and in order, each shared by 1/place."""
    import numpy as np

    is_known = counted.has_byline[counted.authors.number]
    who = counted.authors.ends[is_known]
    sizes, which = np.unique(counted.authors.sizes[counted.authors.number[is_known]], return_inverse=True)
    first = np.array([first_credit(size) for size in sizes.tolist()], float).reshape(-1, 2)[which]
    high, low = split(first[:, 0], first[:, 1], counted.positions[is_known])
    found = np.bincount(who, high, minlength=authors) + np.bincount(who, low, minlength=authors)
    found = np.where(np.bincount(who, minlength=authors) > 0, found, np.nan)
    return found, {"papers_counted": int(counted.has_byline.sum())}


def single_author_papers(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Papers whose complete list holds nobody else."""
    is_alone = (counted.sizes == 1) & ~counted.truncated
    alone = _per_author(counted, authors, is_alone[counted.authors.number]).astype(int)
    return alone, {"papers_counted": int((~counted.truncated).sum())}


def mean_authors(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Authors known on a paper, on average over someone's papers."""
    import numpy as np

    sizes = counted.authors.sizes[counted.authors.number]
    whole = np.bincount(counted.authors.ends, minlength=authors)
    return _share(_per_author(counted, authors, sizes), whole), {}


def _years(counted: Counted, authors: int) -> tuple[NDArray[Any], NDArray[Any], dict[str, object]]:
    """Author and printed year of each authorship that has one, by author and year, each once."""
    import numpy as np

    from collegium.graph.columns import NO_YEAR
    from collegium.graph.rows import Rows

    years = counted.printed_years
    beside = years[counted.authors.number]
    is_known = beside != NO_YEAR
    pairs = Rows.of_pairs(authors, counted.authors.ends[is_known], beside[is_known].astype(np.int32))
    facts: dict[str, object] = {"papers_counted": int((years != NO_YEAR).sum())}
    return pairs.number, pairs.ends, facts


def year_span(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Years from the first to the last printed one, both included."""
    import numpy as np

    who, years, facts = _years(counted, authors)
    first, last = np.full(authors, np.inf), np.full(authors, -np.inf)
    np.minimum.at(first, who, years)
    np.maximum.at(last, who, years)
    return np.where(np.isfinite(first), last - first + 1, np.nan), facts


def active_years(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Printed years with a paper."""
    import numpy as np

    who, _, facts = _years(counted, authors)
    found = np.bincount(who, minlength=authors).astype(float)
    return np.where(found > 0, found, np.nan), facts


def cross_institution_share(counted: Counted, authors: int) -> tuple[NDArray[Any], dict[str, object]]:
    """Papers with more than one institution, of those with any."""
    places = counted.institutions
    beside = places[counted.authors.number]
    share = _share(_per_author(counted, authors, beside > 1), _per_author(counted, authors, beside > 0))
    return share, {"papers_counted": int((places > 0).sum())}


def collaborators_per_paper(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Neighbours of an author in a network of authors, per paper."""
    kinds = [group.kind for group in net.nodes.groups]
    if net.counted is None or kinds != ["author"]:
        found = "without papers" if net.counted is None else f"of {', '.join(kinds)} nodes"
        raise MeasureError("collaborators_per_paper", f"found a network {found}, expected one of co-authors")
    return Outcome(_share(net.degrees, net.papers))


def author_row(
    name: str,
    title: str,
    definition: str,
    unit: str,
    range: str,
    source: str,
    figure: Figure,
    grows: bool = False,
) -> Measure:
    """Return a row whose engine gives authors a figure of their papers, and raises where there are none."""
    return Measure(
        name=name,
        title=title,
        definition=definition,
        unit=unit,
        range=range,
        weight="none",
        default_weight="none",
        cost="O(authorships)",
        source=source,
        basis=COMPUTED,
        engines={"numpy": _of_authors(name, figure)},
        grows=grows,
        of_papers=True,
    )


ROWS: Final = (
    author_row(
        "first_author_share",
        "First-author share",
        "Papers on which someone stands first, of those where their place is known; who is alone stands first.",
        "share of papers",
        "0 to 1",
        "10.1371/journal.pbio.0050018",
        first_author_share,
    ),
    author_row(
        "last_author_share",
        "Last-author share",
        "Papers on which someone stands last, of those with a complete byline in known order; a cut list tells of no "
        "last author and is not counted.",
        "share of papers",
        "0 to 1",
        "10.1371/journal.pbio.0050018",
        last_author_share,
    ),
    author_row(
        "harmonic_papers",
        "Harmonic papers",
        "Papers with a complete byline in known order, each shared among its authors in proportion to 1/place.",
        "papers",
        "above 0, at most the papers",
        "10.1371/journal.pone.0004021",
        harmonic_papers,
    ),
    author_row(
        "single_author_papers",
        "Single-author papers",
        "Papers whose complete author list holds nobody else.",
        "papers",
        "0 to the papers",
        "10.1177/016555158300600105",
        single_author_papers,
    ),
    author_row(
        "mean_authors",
        "Authors per paper",
        "How many authors are known on someone's papers, on average.",
        "authors",
        "1 and more",
        "10.1007/BF02016906",
        mean_authors,
    ),
    author_row(
        "year_span",
        "Year span",
        "Years from someone's first to their last paper, both included, by printed years.",
        "years",
        "1 and more",
        "10.1016/j.joi.2017.08.007",
        year_span,
    ),
    author_row(
        "active_years",
        "Active years",
        "Printed years in which someone has a paper.",
        "years",
        "1 and more",
        "10.1016/j.joi.2017.08.007",
        active_years,
    ),
    author_row(
        "cross_institution_share",
        "Cross-institution share",
        "Papers with more than one institution, of someone's papers that name any.",
        "share of papers",
        "0 to 1",
        "10.1177/016555158300600105",
        cross_institution_share,
    ),
    Measure(
        name="collaborators_per_paper",
        title="Collaborators per paper",
        definition="How many different co-authors someone has, for each of their papers.",
        unit="authors per paper",
        range="0 and more",
        weight="none",
        default_weight="none",
        cost="O(n)",
        source="10.1073/pnas.0307545100",
        basis=COMPUTED,
        engines={"numpy": collaborators_per_paper},
        of_papers=True,
    ),
)
