"""Ask an edition a query of our own: of the catalogue, or typed by the owner of the store."""

from __future__ import annotations

from collections.abc import Mapping

from collegium.queries.binding import Value
from collegium.queries.run import Answer, answer

from .editions import Edition
from .network_facts import EditionFacts


def ask(
    edition: Edition, text: str, bindings: Mapping[str, Value], at_most: int | None = None, offset: int = 0
) -> Answer:
    """Return the answer of one version: of its statements, of its network and of its index of words.

    Raises:
        ParameterError, QueryError: as `queries.run.answer`.
    """
    return answer(
        edition.engine,
        text,
        bindings=bindings,
        base_iri=edition.base,
        at_most=at_most,
        offset=offset,
        network=EditionFacts(edition),
        search=edition.matches,
    )
