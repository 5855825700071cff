"""How a paper is shared among the pairs of its authors by their places in the byline.

A scheme gives each place a credit. A paper counts 1 and is shared among its pairs in proportion to the product of the
two credits, so that two authors alone have a weight of 1 and a long list weighs no more than a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from .tallies import Share

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Counts = TypeVar("_Counts", int, "NDArray[Any]")


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of crediting places in a byline of k authors.

    `share` takes k and two places, from 1, and gives what a pair at them is due of the paper. `meaning` says the
    weight of a link, `source` is the DOI of the credits.
    """

    name: str
    meaning: str
    source: str
    share: Callable[[int, int, int], Share]


def _harmonic(count: int, one: int, other: int) -> Share:
    return Share(*unit_of(count), one * other)


@lru_cache(maxsize=4096)
def first_credit(count: int) -> tuple[float, float]:
    """Return 1 / (1 + 1/2 + … + 1/k), what the first of k authors is due of a paper, as two floats to add up.

    Example:
        >>> first_credit(2)[0]
        0.6666666666666666
    """
    return _two_floats(1 / sum((Fraction(1, at) for at in range(1, count + 1)), Fraction()))


def _two_floats(exact: Fraction) -> tuple[float, float]:
    return float(exact), float(exact - Fraction(float(exact)))


@lru_cache(maxsize=4096)
def unit_of(count: int) -> tuple[float, float]:
    """Return 1 / (sum over pairs of 1/(i j)), what a pair at places of product 1 is due, as two floats to add up.

    The sum over pairs of products is half of (square of the sum - sum of the squares).

    Example:
        >>> unit_of(3)  # 1/(1/2 + 1/3 + 1/6)
        (1.0, 0.0)
    """
    places = range(1, count + 1)
    total = sum((Fraction(1, at) for at in places), Fraction())
    return _two_floats(2 / (total * total - sum((Fraction(1, at * at) for at in places), Fraction())))


def _first_last(count: int, one: int, other: int) -> Share:
    ends = (1, count)
    product = (2 if one in ends else 1) * (2 if other in ends else 1)
    return Share(product, 0.0, first_last_products(count))


def first_last_products(count: _Counts) -> _Counts:
    """Return the sum over pairs of the products of credits: 2 for the first and the last of a byline, 1 between.

    Example:
        >>> first_last_products(3)  # 2·1 + 2·2 + 1·2
        8
    """
    products: _Counts = (count * count + 3 * count - 2) // 2
    return products


HARMONIC: Final = "harmonic"
FIRST_LAST: Final = "first-last"

SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(
    {
        row.name: row
        for row in (
            Scheme(
                name=HARMONIC,
                meaning="sum over joint papers of (1/i)(1/j) / sum over all pairs p < q of (1/p)(1/q), i and j the "
                "places of the two in the byline, from 1; a paper counts 1 in all",
                source="10.1371/journal.pone.0004021",
                share=_harmonic,
            ),
            Scheme(
                name=FIRST_LAST,
                meaning="sum over joint papers of c(i)c(j) / sum over all pairs p < q of c(p)c(q), c being 2 for the "
                "first and the last of the byline and 1 for others (first-last-author emphasis; that it is double is "
                "ours); a paper counts 1 in all",
                source="10.1371/journal.pbio.0050018",
                share=_first_last,
            ),
        )
    }
)
