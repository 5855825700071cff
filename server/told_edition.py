"""The edition of a job: it makes everything, says what it is at, and begins no ranking that would not end in time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeAlias, TypeVar

from collegium.graph.errors import TooDear
from collegium.graph.measures import Ranking, Sample, measure_named
from collegium.graph.measures.cost import refusal
from collegium.graph.measures.row import REPORTED
from collegium.graph.shelf import Form
from collegium.graph.store import Store

from .editions import Edition, Wanted
from .jobs.task import JobLimits
from .memory import Memory
from .work import expected_s

Tell: TypeAlias = Callable[[dict[str, Any]], None]

_T = TypeVar("_T")
_REMEMBERED: Final = (
    64  # derived things: a process that computes for strangers must not grow with what they ask
)


class ToldEdition(Edition):
    """An edition whose work somebody waits for, who hears of it by `tell`."""

    def __init__(self, store: Store, limits: JobLimits, tell: Tell) -> None:
        super().__init__(store, limits.most_authors)
        self.limits, self.tell = limits, tell
        self.memory = Memory(_REMEMBERED)

    def ranking(
        self,
        name: str,
        wanted: Wanted,
        sample: Sample | None = None,
        *,
        wait_s: float = 0,
        is_slice: bool = False,
    ) -> Ranking:
        """As `Edition.ranking`. Raises: also TooDear."""
        row = measure_named(name)
        if is_slice:
            return super().ranking(name, wanted, sample, is_slice=True)
        self.tell({"stage": "counting the network"})
        net, expected = self.compact(wanted), None
        if row.basis != REPORTED:
            expected = expected_s(net, row, wanted.weight, sample)
            budget_s, is_weighted = self.limits.seconds, row.is_weighted(wanted.weight)
            if (reason := refusal(net, row.name, expected, budget_s, is_weighted=is_weighted)) is not None:
                raise TooDear(row.name, reason)
        counts = {"nodes": len(net), "edges": net.size}
        self.tell({"stage": "computing", **counts, "estimated_seconds": expected})
        return super().ranking(row.name, wanted, sample)

    def made(self, key: Hashable, make: Callable[[], _T], work: float = 1) -> _T:
        """As `Edition.made`."""

        def said() -> _T:
            self.tell({"stage": str(key[0] if isinstance(key, tuple) else key)})
            return make()

        return self.memory.get(key, said)

    def _kept(self, key: dict[str, Any], form: Form[_T], make: Callable[[], _T], work: float = 1) -> _T:
        if key["kind"] != "ranking":
            self.tell({"stage": str(key["kind"])})
        return super()._kept(key, form, make, work)

    def kept_flat(self, key: dict[str, Any], form: Form[_T], make: Callable[[], _T]) -> _T:
        self.tell({"stage": "counting the network" if key["kind"] == "network" else "reading belief"})
        return super().kept_flat(key, form, make)
