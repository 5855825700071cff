"""Who is linked with whom: assortativity by degree, institution and category, the club of the rich."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from .attributes import attributes
from .finding import NO_LINKS, NO_NODES, Finding, nothing
from .row import ALWAYS, Figure
from .study import Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DEGREES: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def degree_assortativity(study: Study) -> Finding:
    """The correlation of the degrees at the two ends of a link."""
    import numpy as np

    net = study.net
    if not net.size:
        return nothing(NO_LINKS if len(net) else NO_NODES)
    degrees = net.degrees.astype(float)
    one, other = degrees[net.links.number], degrees[net.links.ends]
    one, other = one - one.mean(), other - other.mean()
    spread = float(one @ one)
    if not spread or np.ptp(degrees[net.degrees > 0]) == 0:
        return nothing("all nodes with links have the same degree")
    return Finding(float(one @ other) / spread)


def assortativity(study: Study, kind: str) -> Finding:
    """How much more than by chance links join nodes of one institution or category.

    Source: M. E. J. Newman, 10.1103/PhysRevE.67.026126, equation 2.
    """
    net = study.net
    if not net.size:
        return nothing(NO_LINKS if len(net) else NO_NODES)
    if study.mirror is None:
        return nothing("the papers behind the network are not known")
    found = attributes(study, kind)
    if found is None:
        return nothing("the nodes are not authors")
    pairs = found[net.pairs]
    known = pairs[(pairs >= 0).all(axis=1)]
    facts = {
        "nodes_without": int((found < 0).sum()),
        "links_without": len(pairs) - len(known),
        "links_counted": len(known),
        "attribute": f"the {kind} on most of an author's papers; of several the first IRI",
    }
    if not len(known):
        return nothing(f"no link has a known {kind} at both ends", **facts)
    return _mixed(known, kind, facts)


def _mixed(pairs: NDArray[Any], kind: str, facts: dict[str, object]) -> Finding:
    import numpy as np

    shares = np.bincount(pairs.ravel()) / pairs.size
    same, by_chance = float((pairs[:, 0] == pairs[:, 1]).mean()), float(shares @ shares)
    facts = {**facts, "share_same": same, "share_by_chance": by_chance}
    if (shares > 0).sum() < 2:
        return nothing(f"all links join authors of the same {kind}", **facts)
    return Finding((same - by_chance) / (1 - by_chance), facts=facts)


def rich_club(study: Study) -> Finding:
    """Links over pairs among the nodes of more than so many links."""
    net = study.net
    if not net.size:
        return nothing(NO_LINKS if len(net) else NO_NODES)
    most, mean = int(net.degrees.max()), 2 * net.size // len(net)
    asked = study.degrees or [degree for degree in _DEGREES if degree < most]
    (_, value), *clubs = _clubs(study, (mean, *asked))
    rows = [[degree, *club] for degree, club in zip(asked, clubs, strict=True)]
    facts = {"degree": mean, "coefficients": rows, "coefficients_columns": ["degree", "nodes", "coefficient"]}
    if value is None:
        return nothing(f"fewer than two nodes have more than {mean} links, the mean", **facts)
    return Finding(value, facts=facts)


def _clubs(study: Study, degrees: Iterable[int]) -> list[tuple[int, float | None]]:
    """For each degree the nodes with more links, and the share of their pairs that are linked. Cost: O(n + m), all."""
    import numpy as np

    net = study.net
    least = np.minimum(net.degrees[net.links.number], net.degrees[net.links.ends])
    most = int(net.degrees.max())
    # how many nodes, and ends of links among them, have more than 0, 1, 2 ...
    nodes, ends = (
        [*np.bincount(of, minlength=most + 1)[::-1].cumsum()[::-1][1:].tolist(), 0]
        for of in (net.degrees, least)
    )
    found: list[tuple[int, float | None]] = []
    for degree in degrees:
        count, linked = nodes[min(degree, most)], ends[min(degree, most)]
        found.append((count, linked / (count * (count - 1)) if count > 1 else None))
    return found


_OF_AUTHORS: Final = "O(sum over papers of authors times what they name)"

ROWS: Final = (
    Figure(
        name="degree_assortativity",
        title="Degree assortativity",
        definition="The correlation of the degrees at both ends of a link; above 0: like links with like.",
        unit="correlation",
        exactness=ALWAYS,
        cost="O(n + m)",
        source="10.1103/PhysRevLett.89.208701",
        compute=degree_assortativity,
    ),
    *(
        Figure(
            name=f"{kind}_assortativity",
            title=f"Assortativity by {kind}",
            definition=(
                f"How much more than by chance links join authors of one {kind} (1: always, 0: by chance); an "
                f"author's is the {kind} on most of their papers, those without are left out and counted."
            ),
            unit="coefficient",
            exactness=ALWAYS,
            cost=_OF_AUTHORS,
            source="10.1103/PhysRevE.67.026126",
            compute=partial(assortativity, kind=kind),
        )
        for kind in ("institution", "category")
    ),
    Figure(
        name="rich_club",
        title="Rich club",
        definition=(
            "The share of pairs linked among nodes of more than `degree` links, which is the mean; `coefficients` has "
            "it for other degrees."
        ),
        unit="share of pairs",
        exactness=ALWAYS,
        cost="O(n + m)",
        source="10.1038/nphys209",
        compute=rich_club,
    ),
)
