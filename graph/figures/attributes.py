"""What an author is mostly linked with on papers: the institution or category of most of their papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collegium.graph.errors import NotFound
from collegium.graph.items import index_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .study import Study


def attributes(study: Study, kind: str) -> NDArray[Any] | None:
    """Return for each node the id of what stands on most of its papers, -1 without; None where nodes are no authors.

    Of several that stand on as many papers the one with the first IRI. Papers are those that the network was drawn
    from; what a paper names counts for each of its authors.

    Args:
        kind: "institution" or "category".
    Cost: O(sum over papers of authors times what they name).
    """
    import numpy as np

    from collegium.graph.chosen import authors_counted, choose

    mirror = study.mirror
    if mirror is None or {group.kind for group in study.net.nodes.groups} != {"author"}:
        return None
    columns, chosen = mirror.columns, choose(mirror, study.where).papers
    named = {"institution": columns.institutions, "category": columns.categories}[kind].take(chosen)
    authors = authors_counted(columns, study.where).take(chosen)
    things = len({"institution": mirror.institutions, "category": mirror.categories}[kind])
    counts = (authors.matrix(len(mirror.authors)).T @ named.matrix(things)).tocoo()
    order = np.lexsort((counts.col, -counts.data, counts.row))
    who, first = np.unique(counts.row[order], return_index=True)
    most = np.full(len(mirror.authors) + 1, -1, np.int64)  # the last stands for whoever is not in the mirror
    most[who] = counts.col[order][first]
    found: NDArray[Any] = most[_ids(study)]
    return found


def _ids(study: Study) -> NDArray[Any]:
    """The number of each node among the mirror's authors, -1 where it is none."""
    import numpy as np

    known = study.mirror.authors if study.mirror else ()
    ids: list[NDArray[Any]] = []
    for _, things, at in study.net.nodes.groups:
        if things is known:
            ids.append(at)
        else:
            ids.append(np.array([_id(known, things[number].iri) for number in at.tolist()], np.int64))
    return np.concatenate(ids)


def _id(known: Any, iri: str) -> int:
    try:
        return index_of("author", known, iri)
    except NotFound:
        return -1
