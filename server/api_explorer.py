"""The endpoint that the explorer reads: a network as columns, with places."""

from __future__ import annotations

from typing import Final

from collegium.graph.measures import MEASURES

from .editions import Edition, Wanted
from .endpoints import Call, Document, Endpoint, Parameter
from .explorer import MOST, MOST_EVER
from .wanted import DRAWN_WEIGHT, FILTERS, PROJECTION, WAIT, wanted_by

SIZES: Final = ("papers", "links", *MEASURES)
_WORK: Final = 60.0  # counting the network being 1
MOST_NODES: Final = Parameter("most", "integer", "Nodes at most.", MOST, minimum=2, maximum=MOST_EVER)


def columns_of(
    edition: Edition, wanted: Wanted, most: int, seed: int, size: str, *, wait_s: float = 1
) -> Document:
    """Return the document of the explorer, made once for all who ask."""
    from .explorer.document import KNOWN_SIZES, document

    if size not in KNOWN_SIZES:  # first: its job is one for all who ask
        edition.ranking(size, wanted, wait_s=wait_s)
    key = ("explorer", wanted, most, seed, size)
    return edition.made(key, lambda: document(edition, wanted, most=most, seed=seed, size=size), _WORK)


def _columns(call: Call) -> Document:
    wanted, asked = wanted_by(call.values), (call["most"], call["seed"], call["size"])
    return columns_of(call.edition, wanted, *asked, wait_s=call["wait"])


ENDPOINTS: Final = (
    Endpoint(
        path="/api/network/columns",
        name="api_network_columns",
        tag="Collaboration",
        summary="A network as columns, with places",
        description=(
            "What the explorer draws: nodes with most papers first, their places in a picture 20,000 units wide, "
            "years, community, usual institution and category (-1: none; the texts stand in `names`). `base`, kind, a "
            "slash and ID make the IRI of a node; `tie` is what the weight of a link counts. Links as rows: `counts` "
            "says how many stand behind each node, `steps` how far on the other end is from the one before it (the "
            "first: from the node). Years that we completed count, as in filters; 0 for none; `span` is last less "
            "first; `cut` lists the links that only cut author lists show. Above `most` nodes the bound on joint "
            "papers is raised until they fit, and `least` and `why` say so."
        ),
        parameters=(
            PROJECTION,
            DRAWN_WEIGHT,
            *FILTERS,
            Parameter(
                "size", "string", "A measure whose values stand beside the nodes.", "papers", choices=SIZES
            ),
            MOST_NODES,
            WAIT,
            Parameter("seed", "integer", "Of communities and places.", 1, minimum=0, maximum=2**32 - 1),
        ),
        answer=_columns,
        schema="NetworkColumns",
    ),
)
