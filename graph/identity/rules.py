"""The rules by which things are recognised, from the surest down."""

from __future__ import annotations

from typing import Final

from ..identifiers import SCHEMES
from . import same_name, same_organisation, same_place, same_position, same_title
from .decisions import USER

TEXT_RULES: Final = frozenset(
    {USER, same_title.RULE, same_place.RULE, same_name.RULE, same_organisation.RULE, same_position.RULE}
)


def rank(rule: str, key: str) -> tuple[bool, int, str]:
    """Return what decisions on one pair are sorted by: of two the first is told."""
    # What a source says goes before what ROR says.
    order = (*SCHEMES, same_place.RULE, same_organisation.RULE, "", same_position.RULE)
    return rule in TEXT_RULES, order.index(rule if rule in order else ""), key
