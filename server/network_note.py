"""What numbers of a network were made of, in one line, for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def note(facts: Mapping[str, Any]) -> str:
    """Return what numbers of a network were made of, in one line."""
    weight = facts["parameters"]["weight"] if "parameters" in facts else facts["weight"]
    said = [
        f"{facts['nodes']} nodes, {facts['edges']} links" if "nodes" in facts else "",
        f"weight {weight}",
        _sampled(facts),
        f"store version {facts['version']}",
        _cut(facts),
    ]
    said += [_beyond_cap(facts), _without_byline(facts), _without_references(facts)]
    inferred = facts.get("papers_year_inferred")
    said.append(f"{inferred} with an inferred year" if inferred else "")
    return "; ".join(part for part in said if part)


def _sampled(facts: Mapping[str, Any]) -> str:
    """Return what a ranking from a sample says of its error, "" for one from all nodes."""
    if "sample" not in facts:
        return ""
    error = facts["error"]
    told = [
        ""
        if error["standard_error"] is None
        else f"standard error of the top value {error['standard_error']:.3g}",
        f"all within {error['bound']:.3g} at {error['confidence']:.0%}" if "bound" in error else "",
    ]
    return ", ".join([f"from {facts['sample']} nodes, seed {facts['seed']}", *filter(None, told)])


def _beyond_cap(facts: Mapping[str, Any]) -> str:
    """Return how many papers make no links because of their many authors, "" when there are none."""
    without = facts.get("papers_without_pairs")
    told, makes = ("paper", "makes") if without == 1 else ("papers", "make")
    return (
        f"{without} {told} of more than {facts['most_authors']} authors {makes} no links" if without else ""
    )


def _without_byline(facts: Mapping[str, Any]) -> str:
    without = facts.get("papers_without_byline")
    return f"{without} papers without a complete byline in known order make no links" if without else ""


def _without_references(facts: Mapping[str, Any]) -> str:
    without = facts.get("papers_without_references")
    return f"of {without} papers it is not known what they cite: links can be missing" if without else ""


def _cut(facts: Mapping[str, Any]) -> str:
    if not facts.get("at_least") or "papers_without_references" in facts:
        return ""
    effect = "lower bounds" if facts.get("lower_bound") else "links can be missing"
    return f"{facts['papers_truncated']} of {facts['papers_seen']} author lists are cut: {effect}"
