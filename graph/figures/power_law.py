"""The power law that fits the tail of a distribution of degrees best: maximum likelihood, start by least distance.

Source: A. Clauset, C. R. Shalizi, M. E. J. Newman, 10.1137/070710111, sections 3.1 and 3.3, for whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .finding import NO_LINKS, NO_NODES, Finding, nothing
from .row import Figure
from .study import Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST: Final = 50  # nodes of a tail; below, the estimate is off by more than its error. Source: section 3.5.
_STEEPEST: Final = 30.0  # exponents looked at; beyond, a tail is one value and no law


@dataclass(frozen=True, slots=True)
class Fit:
    """A law p(x) ~ x^-exponent for x >= `x_min`, its standard error, its distance from the data, how many it tells."""

    exponent: float
    x_min: int
    error: float
    distance: float
    tail: int


def fitted(values: NDArray[Any]) -> Fit | None:
    """Return the law whose distance (Kolmogorov-Smirnov) is least, of all places where it may start.

    None where no place leaves two different values. Of equal distances the first start is taken.
    Cost: O(d x), d different values, x the largest.
    """
    import numpy as np

    counts = np.bincount(values)
    starts = [int(at) for at in np.flatnonzero(counts) if at >= 1][:-1]
    fits = [_from(counts, start) for start in starts]
    return min(fits, key=lambda fit: fit.distance, default=None)


def _from(counts: NDArray[Any], start: int) -> Fit:
    import numpy as np
    from scipy.optimize import minimize_scalar
    from scipy.special import zeta

    tail = counts[start:]
    count, x = int(tail.sum()), np.arange(start, len(counts))
    logs = float(tail @ np.log(x)) / count

    def unlikely(exponent: float) -> float:
        return float(_log_zeta(exponent, start)) + exponent * logs

    found = minimize_scalar(
        unlikely, bounds=(1 + 1e-6, _STEEPEST), method="bounded", options={"xatol": 1e-10}
    )
    exponent, step = float(found.x), 1e-3
    bend = (
        _log_zeta(exponent + step, start) - 2 * _log_zeta(exponent, start) + _log_zeta(exponent - step, start)
    ) / step**2
    with np.errstate(divide="ignore", invalid="ignore"):
        told = 1 - zeta(exponent, x + 1) / zeta(exponent, start)
    distance = float(np.abs(told - np.cumsum(tail) / count).max())
    return Fit(exponent, start, float(1 / np.sqrt(count * bend)), distance, count)


def _log_zeta(exponent: float, start: int) -> Any:
    import numpy as np
    from scipy.special import zeta

    return np.log(zeta(exponent, start))


def degree_exponent(study: Study) -> Finding:
    """The exponent of the law that the degrees follow from some degree on."""
    degrees = study.net.degrees[study.net.degrees > 0]
    if not len(degrees):
        return nothing(NO_LINKS if len(study.net) else NO_NODES)
    if len(degrees) < _LEAST:
        return nothing(f"found {len(degrees)} nodes with links, expected at least {_LEAST}")
    fit = fitted(degrees)
    if fit is None or fit.exponent > _STEEPEST - 1:
        return nothing("the degrees have no tail that a power law could tell of")
    facts = {
        "x_min": fit.x_min,
        "tail_nodes": fit.tail,
        "kolmogorov_smirnov": fit.distance,
        "method": "maximum likelihood for whole numbers; x_min by least Kolmogorov-Smirnov distance",
    }
    if fit.tail < _LEAST:
        few = f"the best fit ({fit.exponent:.3g} from degree {fit.x_min}) tells of {fit.tail} nodes"
        return nothing(f"{few}, expected at least {_LEAST}", **facts)
    return Finding(fit.exponent, error=fit.error, facts=facts)


ROWS: Final = (
    Figure(
        name="degree_exponent",
        title="Exponent of the degrees",
        definition=(
            "The exponent of the power law that fits the degrees from `x_min` on best. That one fits best does not say "
            "that it fits: `kolmogorov_smirnov` is its largest distance from the data."
        ),
        unit="exponent",
        exactness=f"maximum likelihood, with standard error; none for a tail of fewer than {_LEAST} nodes",
        cost="O(n + d x), d different degrees, x the largest",
        source="10.1137/070710111",
        compute=degree_exponent,
    ),
)
