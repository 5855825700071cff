"""`kg.runs`: rankings that are kept, and how they differ from what the same question gives now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from importlib import metadata
from typing import TYPE_CHECKING, Any

from collegium.graph import runs as kept
from collegium.graph.errors import StoreBusy
from collegium.graph.literals import date_time
from collegium.graph.measures import Ranking, Sample, measure_named
from collegium.graph.measures.ranking import digest_of
from collegium.graph.measures.sample import drawn
from collegium.graph.runs import Run, RunRow, check_name
from collegium.graph.selection import Filter
from collegium.graph.store import Store

from .editions import Edition, Wanted
from .naming import in_order

if TYPE_CHECKING:
    from collegium.graph.network import Network


@dataclass(frozen=True, slots=True)
class Moved:
    """A node whose place or value is another one now; `then` and `now` are (rank, value), None where it is missing."""

    iri: str
    name: str
    then: tuple[int | None, int | float | None] | None
    now: tuple[int | None, int | float | None] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A kept run and the same question now: what moved, in the order of the kept ranks, then of those that are new."""

    run: Run
    version: int
    values_digest: str
    input_digest: str
    moved: tuple[Moved, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether all ranks are what they were, and the first 12 digits of all values."""
        return self.run.values_digest == self.values_digest


class Runs:
    """The kept runs of a store."""

    def __init__(
        self, store: Callable[[], Store], edition: Callable[[], Edition], clock: Callable[[], datetime]
    ) -> None:
        self._store, self._edition, self._clock = store, edition, clock

    def list(self) -> Sequence[Run]:
        """Return all runs by name, without their rows."""
        return kept.runs(self._store())

    def named(self, name: str) -> Run:
        """Return a run with its rows. Raises: NotFound, ParameterError."""
        return kept.run_named(self._store(), name)

    def keep(
        self,
        name: str,
        measure: str,
        *,
        projection: str = "coauthors",
        weight: str | None = None,
        sample: int | None = None,
        seed: int = 1,
        around: Sequence[str] = (),
        **where: Any,
    ) -> Run:
        """Compute a ranking as `KnowledgeGraph.centrality` does, and keep it.

        Raises:
            ParameterError: the name is none.
            NameTaken: another run has it.
            StoreBusy: another process is writing, and is no service that could do it.
        """
        check_name(name)
        wanted = Wanted(projection, weight, Filter(**where), in_order(around))
        run = made(name, self._edition(), measure, wanted, drawn(sample, seed), self._clock())
        try:
            kept.keep(self._store(), run)
        except StoreBusy as busy:
            from .writing.handover import keep

            keep(busy, self._store(), run)
        return run

    def remove(self, name: str) -> None:
        """Remove a run. Raises: NotFound, ParameterError, StoreBusy."""
        try:
            kept.remove(self._store(), name)
        except StoreBusy as busy:
            from .writing.handover import forget

            forget(busy, self._store(), name)

    def compare(self, name: str) -> Comparison:
        """Return what the question of a run gives now, beside what it gave.

        Raises: as `named`, and `Edition.ranking`.
        """
        return compared(self.named(name), self._edition())


def made(
    name: str,
    edition: Edition,
    measure: str,
    wanted: Wanted,
    sample: Sample | None,
    when: datetime,
    **more: Any,
) -> Run:
    """Return a run that is not kept yet; `more` goes to `Edition.ranking`."""
    row = measure_named(measure)
    ranking = edition.ranking(row.name, wanted, sample, **more)
    question = {
        "projection": wanted.projection,
        "weight": wanted.weight,
        "where": wanted.where.given,
        "around": list(wanted.around),
        "sample": ranking.facts.get("sample"),
        "seed": ranking.facts.get("seed"),
    }
    return Run(
        name,
        row.name,
        question,
        ranking.facts,
        input_digest(edition.counted(wanted, **more)),
        digest_of(ranking),
        f"collegium {metadata.version('collegium')}",
        date_time(when).value,
        [RunRow(found.iri, found.name, found.rank, found.value) for found in ranking],
    )


def compared(run: Run, edition: Edition, **more: Any) -> Comparison:
    """Return a run beside the same question now; `more` goes to `Edition.ranking`."""
    wanted, sample = question_of(run)
    ranking = edition.ranking(run.measure, wanted, sample, **more)
    inputs = input_digest(edition.counted(wanted, **more))
    return Comparison(run, edition.version, digest_of(ranking), inputs, tuple(_moved(run, ranking)))


def question_of(run: Run) -> tuple[Wanted, Sample | None]:
    """Return what computes a run again."""
    asked = run.question
    where = {**asked["where"], "authors": frozenset(asked["where"].get("authors", ()))}
    sample = None if asked["sample"] is None else Sample(asked["sample"], asked["seed"])
    around = tuple(asked.get("around", ()))  # runs kept before it could be asked for say nothing
    return Wanted(asked["projection"], asked["weight"], Filter(**where), around), sample


def _moved(run: Run, ranking: Ranking) -> list[Moved]:
    before = {row.iri: row for row in run.rows}
    after = {row.iri: row for row in ranking}
    found = []
    for iri, row in before.items():
        now = after.get(iri)
        if now is None:
            found.append(Moved(iri, row.name, (row.rank, row.value), None))
        elif digest_of([now]) != digest_of([row]):
            found.append(Moved(iri, now.name, (row.rank, row.value), (now.rank, now.value)))
    new = (row for iri, row in after.items() if iri not in before)
    return found + [Moved(row.iri, row.name, None, (row.rank, row.value)) for row in new]


def input_digest(net: Network) -> str:
    """Return what tells networks apart: nodes in their order, links and weights. Cost: O(n + m)."""
    found = blake2b(digest_size=16)
    found.update("\n".join(net.nodes.iris).encode())
    for column in (net.links.starts, net.links.ends, net.weights):
        found.update(column.dtype.str.encode() + column.tobytes())
    return found.hexdigest()
