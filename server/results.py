"""The answer of a worker, read back into the engine's terms: for pages and pictures of what a stranger asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from collegium.queries.binding import Term

Row: TypeAlias = tuple[Term | None, ...]
ACCEPTED: Final = "application/sparql-results+json, application/n-triples;q=0.9"  # what is read here


@dataclass(frozen=True, slots=True)
class Results:
    """Rows in the order of `variables`; of a graph, its statements; of ASK, one row with the yes or no."""

    form: str
    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool = False

    @property
    def is_graph(self) -> bool:
        """True for CONSTRUCT and DESCRIBE."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def results_of(head: Mapping[str, Any], body: bytes) -> Results:
    """Return what a worker answered in one of the forms `ACCEPTED`."""
    form, is_cut = str(head["form"]), bool(head["truncated"])
    if form in ("CONSTRUCT", "DESCRIBE"):
        triples = (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        rows = tuple((triple.subject, triple.predicate, triple.object) for triple in triples)
        return Results(form, ("subject", "predicate", "object"), rows, is_cut)
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        return Results(form, ("boolean",), ((ox.Literal(bool(found)),),))
    names = tuple(variable.value for variable in found.variables)
    return Results(form, names, tuple(tuple(solution) for solution in found), is_cut)
