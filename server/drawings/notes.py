"""What has to be said beside a picture: what is cut, undated or inferred, and whom the communities leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from collegium.graph.projections import PROJECTIONS

from .picture import PaperShown, clean, counted

_WEIGHED: Final = {
    "fractional": "fractionally",
    "harmonic": "by harmonic credit",
    "first-last": "by first and last places",
}


def coverage(facts: Mapping[str, Any], papers: Sequence[PaperShown] | None = None) -> list[str]:
    """Return what the reader must know about the papers behind a picture, as sentences.

    Args:
        facts: those that `project` leaves on a graph.
        papers: the papers in the picture, when it shows less than the network: the sentences then count these.
    """
    seen, cut = facts.get("papers_seen", 0), facts.get("papers_truncated", 0)
    undated, inferred = facts.get("papers_without_year", 0), facts.get("papers_year_inferred", 0)
    if papers is not None and all(paper.is_cut is not None for paper in papers):
        seen, cut = len(papers), sum(bool(paper.is_cut) for paper in papers)
        undated = sum(paper.year is None for paper in papers)
        inferred = sum(paper.year_inferred for paper in papers)
    sentences = []
    if (weight := facts.get("weight")) in _WEIGHED:
        row = PROJECTIONS.get(facts.get("projection", ""))
        how = f": {row.weights[weight]}" if row else ""
        sentences.append(f"Links are weighted {_WEIGHED[weight]}{how}.")
    if facts.get("at_least") and cut and "papers_without_references" not in facts:
        verb = "is" if seen == 1 else "are"
        lists = counted(seen, "author list", "author lists")
        sentences.append(f"{cut:,} of {lists} {verb} cut: links can be missing.")
    if without := facts.get("papers_without_pairs"):
        verb = "makes" if without == 1 else "make"
        lists = counted(without, "paper", "papers")
        sentences.append(f"{lists} of more than {facts['most_authors']:,} authors {verb} no links.")
    if without := facts.get("papers_without_byline"):
        verb = "makes" if without == 1 else "make"
        lists = counted(without, "paper", "papers")
        sentences.append(f"{lists} without a complete byline in known order {verb} no links.")
    if without := facts.get("papers_without_references"):
        lists = counted(without, "paper", "papers")
        sentences.append(f"Of {lists} it is not known what they cite: links can be missing.")
    if (ties := facts.get("ties")) and facts.get("projection") == "coauthors":
        sentences.append(f"{counted(ties, 'link', 'links')} of network files stand in the projection “Ties”.")
    if undated:
        sentences.append(f"{counted(undated, 'paper has', 'papers have')} no year.")
    if inferred:
        sentences.append(f"The year of {counted(inferred, 'paper', 'papers')} is inferred.")
    return sentences


def left_out_of_communities(names: Sequence[str], kind: str) -> list[str]:
    """Return the sentence on the nodes that communities are found without; nothing when there are none.

    Example:
        >>> left_out_of_communities(["Ann"], "author")
        ['Communities are found without Ann, who is linked to nearly everybody.']
    """
    if not names:
        return []
    which, all_of_them = ("who", "everybody") if kind == "author" else ("which", "all others")
    if len(names) > 1:
        noun = "authors" if kind == "author" else "nodes"
        return [
            f"Communities are found without {len(names)} {noun} {which} are linked to nearly {all_of_them} around them."
        ]
    return [f"Communities are found without {clean(names[0])}, {which} is linked to nearly {all_of_them}."]
