"""A query that came from outside: admitted by what can be seen in its text, then asked. The one door of all faces.

The service asks in worker processes (`server/workers`), which hold what no look at a text can.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pyoxigraph as ox

from .binding import form_of
from .calls import check_calls
from .dataset import beside_belief
from .functions import NetworkFacts
from .guard import LIMITS, Limits, check
from .magic import Search
from .run import Answer, Question


@dataclass(frozen=True, slots=True)
class Admitted:
    """A query that may be asked. `is_steady`: the same store gives the same answer at any time."""

    text: str
    form: str
    is_steady: bool
    base_iri: str | None
    beside: tuple[str, ...]  # graphs that the default graph is read together with

    @property
    def is_graph(self) -> bool:
        """Whether the answer is statements, not a table."""
        return self.form in ("CONSTRUCT", "DESCRIBE")

    def answer(
        self,
        engine: ox.Store,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        at_most: int | None = None,
        network: NetworkFacts | None = None,
        search: Search | None = None,
    ) -> Answer:
        """Return the answer. See `Question` for the parameters; `network` answers our functions, `search` `ck:matches`.

        Raises:
            QueryError: the query does not parse, or failed while it ran.
            ParameterError: a graph that is no IRI.
        """
        question = Question(
            self.text,
            base_iri=self.base_iri,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            at_most=at_most,
            beside=self.beside,
            search=search,
        )
        return Answer(engine, question, network)


def admit(
    text: str,
    base_iri: str | None = None,
    *,
    limits: Limits = LIMITS,
    services: AbstractSet[str] = frozenset(),
) -> Admitted:
    """Return the query when it may be asked.

    Args:
        base_iri: of relative IRIs, and of the store whose description may be asked for.
        services: addresses that SERVICE may ask.

    Raises:
        QueryRefused: the guard does not let it through.
        ParameterError: a wrong call of one of our functions.
    Cost: O(size of the text).
    """
    reading = check(text, limits, services)
    check_calls(text)
    beside = beside_belief(text, base_iri) if base_iri else ()
    return Admitted(text, form_of(text), reading.is_steady, base_iri, beside)
