"""The papers behind each link of a picture, as columns: a saved page has no service to ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any, Final

from collegium.graph.items import Paper
from collegium.graph.link_works import works_behind
from collegium.graph.projections import projection_named

from ..collaboration import evidence_of
from ..editions import Edition, Wanted

MOST_LINKS: Final = 10_000  # whose papers go into a file: some 3 MB


def behind(edition: Edition, wanted: Wanted, document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what stands behind the links of a document of columns: works, and for each link their places among them.

    `categories` and `institutions` of a work are places in `names`. None where no papers make the links; where these
    are too many for a file, `most` says how many it could have.
    """
    ends = list(_ends(document["links"]))
    if not projection_named(wanted.projection).of_papers:
        return None
    if len(ends) > MOST_LINKS:
        return {"most": MOST_LINKS}
    net, evidence, mirror = edition.compact(wanted), evidence_of(edition, wanted), edition.mirror
    number_of = {iri: number for number, iri in enumerate(net.nodes.iris)}
    numbers = [number_of[iri] for iri in _iris(document)]
    works = _Places()
    of = [[works[at] for at in works_behind(evidence, numbers[a], numbers[b])] for a, b in ends]
    found = [mirror.works[at] for at in works]
    papers = [work if isinstance(work, Paper) else None for work in found]
    categories, institutions = _Places(), _Places()
    return {
        "of": of,
        "works": {
            "id": [work.id for work in found],
            "title": [work.name for work in found],
            "year": [paper.year if paper else None for paper in papers],
            "categories": [[categories[at] for at in paper.categories] if paper else [] for paper in papers],
            "institutions": [
                [institutions[at] for at in paper.institutions] if paper else [] for paper in papers
            ],
        },
        "names": {
            "categories": [mirror.categories[at].name for at in categories],
            "institutions": [mirror.institutions[at].name for at in institutions],
        },
    }


class _Places(dict[int, int]):
    """Ids → places in the order in which they are first asked for."""

    def __missing__(self, at: int) -> int:
        self[at] = len(self)
        return self[at]


def _iris(document: Mapping[str, Any]) -> Iterable[str]:
    """The nodes, as the document says that their IRIs are made."""
    base, kinds, nodes = document["base"], document["kinds"], document["nodes"]
    for kind, identifier in zip(nodes["kind"], nodes["id"], strict=True):
        yield identifier if "://" in identifier else f"{base}{kinds[kind]}/{identifier}"


def _ends(links: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """The two ends of each link, as places among the nodes."""
    first = 0
    for node, count in enumerate(links["counts"]):
        for other in accumulate(links["steps"][first : first + count], initial=node):
            if other != node:
                yield node, other
        first += count
