"""The triangles of a network, each found once, a bounded block at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network
    from collegium.graph.rows import Rows

_AT_ONCE: Final = 2_000_000  # pairs of links looked at together: 150 MB


class Triangles(NamedTuple):
    """Columns, an element a triangle: its three nodes, and where its links stand in `links.ends`.

    `ab` is the place of the link from a to b as row a has it; `bc` and `ac` alike.
    """

    a: NDArray[Any]
    b: NDArray[Any]
    c: NDArray[Any]
    ab: NDArray[Any]
    bc: NDArray[Any]
    ac: NDArray[Any]


def triangles(net: Network) -> Iterator[Triangles]:
    """Yield all triangles in blocks, a always the node of fewest links and b before c in that order.

    Cost: O(m^1.5) at most, for every pair of links is looked at from its node of fewest links.
    Source: N. Chiba, T. Nishizeki 1985, 10.1137/0214017.
    """
    import numpy as np

    number, ends = net.links.number, net.links.ends
    up, place = _upward(net, number)
    known = up.matrix(len(net), np.arange(1, len(place) + 1))
    later = np.repeat(up.starts[1:], up.sizes) - np.arange(len(place)) - 1
    seen = np.cumsum(later)
    first = 0
    while first < len(place):
        last = max(int(np.searchsorted(seen, seen[first] - later[first] + _AT_ONCE, "right")), first + 1)
        each, start, first = later[first:last], first, last
        if not each.any():
            continue
        one = np.repeat(np.arange(start, last), each)
        other = np.arange(len(one)) - np.repeat(np.cumsum(each) - each, each) + one + 1
        third = np.asarray(known[up.ends[one], up.ends[other]]).ravel()
        closed = np.flatnonzero(third)
        ab, ac, bc = (place[at] for at in (one[closed], other[closed], third[closed] - 1))
        yield Triangles(number[ab], ends[ab], ends[ac], ab, bc, ac)


def _upward(net: Network, number: NDArray[Any]) -> tuple[Rows, NDArray[Any]]:
    """The links from nodes of few links to those of more, nodes numbered in that order; and where each stood."""
    import numpy as np
    from scipy.sparse import coo_array

    from collegium.graph.rows import Rows

    order = np.empty(len(net), np.int32)
    order[np.argsort(net.degrees, kind="stable")] = np.arange(len(net), dtype=np.int32)
    low, high = order[number], order[net.links.ends]
    place = np.flatnonzero(low < high)
    sparse = coo_array((place, (low[place], high[place])), shape=(len(net), len(net))).tocsr()
    sparse.sort_indices()
    return Rows(sparse.indptr.astype(np.int64), sparse.indices), sparse.data


def triangle_sums(net: Network, sizes: NDArray[Any] | None = None) -> NDArray[Any]:
    """Return for each node how many triangles it stands in; with sizes beside `links.ends`, the sum of their products.

    Cost: that of `triangles`.
    """
    import numpy as np

    found = np.zeros(len(net), np.int64 if sizes is None else np.float64)
    for part in triangles(net):
        products = None if sizes is None else sizes[part.ab] * sizes[part.bc] * sizes[part.ac]
        for corner in (part.a, part.b, part.c):
            found += np.bincount(corner, products, minlength=len(net))
    return found


def detours(net: Network) -> Iterator[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """Yield, for each link from i to j and each q linked to both, the places of i to j, i to q, and j to q.

    Cost: that of `triangles`.
    """
    back = net.backwards
    for part in triangles(net):
        ab, bc, ac = part.ab, part.bc, part.ac
        ba, cb, ca = back[ab], back[bc], back[ac]
        yield from ((ab, ac, bc), (ba, bc, ac), (ac, ab, cb), (ca, cb, ab), (bc, ba, ca), (cb, ca, ba))
