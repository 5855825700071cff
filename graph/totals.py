"""How many papers a network saw, and of how many it could not make what it makes of others."""

from __future__ import annotations

from typing import NamedTuple


class Totals(NamedTuple):
    """Counts of papers.

    - `seen`: all that the filter chose; of them `truncated` author lists, and `year_inferred` by us
    - `without_year`: that a window left out for it, or else that were seen and have none
    - `without_members` name no node, `without_pairs` too many authors to link, `without_byline` no known order of them
      (None where the weight asks for none), `without_references` nothing that they cite (None where nobody asks)
    """

    seen: int
    truncated: int
    without_year: int
    year_inferred: int
    without_members: int
    without_pairs: int
    without_byline: int | None = None
    without_references: int | None = None

    @property
    def coverage(self) -> float | None:
        """Share of papers with a complete author list, in [0, 1]; None when there are no papers."""
        return (self.seen - self.truncated) / self.seen if self.seen else None

    def facts(self, *, cut_by_lists: bool) -> dict[str, object]:
        """Return what a network says of its papers.

        Args:
            cut_by_lists: whether a cut author list can hide nodes or links of it.
        """
        asked = {"byline": self.without_byline, "references": self.without_references}
        is_cut = cut_by_lists and self.truncated > 0
        return {
            "papers_seen": self.seen,
            "papers_truncated": self.truncated,
            "papers_without_year": self.without_year,
            "papers_year_inferred": self.year_inferred,
            "papers_without_members": self.without_members,
            "papers_without_pairs": self.without_pairs,
            **{f"papers_without_{what}": count for what, count in asked.items() if count is not None},
            "coverage": self.coverage,
            "at_least": is_cut or any(asked.values()),
        }
