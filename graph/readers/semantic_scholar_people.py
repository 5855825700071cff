"""Authors of Semantic Scholar: those of a paper, and records of their own.

Source: api.semanticscholar.org/api-docs/graph (AuthorWithPapers), github.com/allenai/s2orc (authors in parts)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from ..identifiers import identifier
from ..person_names import spoken, stands_for_others, turned
from ..records import Authorship, Identifier, Institution, Lines, Profile, Reported
from .json_values import text, texts
from .printed_identifiers import distinct, identified
from .remarks import NO_LIST, NO_NAME, Remarks

_FIGURES: Final = (("h_index", "hindex"), ("papers", "papercount"), ("citations", "citationcount"))
_NUMBERED: Final = re.compile(r".*\S \d{4}")  # dblp's homonyms: "Jun Zhang 0003"


def plain_keys(value: Any) -> dict[str, Any]:
    """Return an object with its keys in lower case and without underscores; an empty one for anything else.

    Example:
        >>> plain_keys({"paperId": 1, "pubmed_id": 2}), plain_keys(None)
        ({'paperid': 1, 'pubmedid': 2}, {})
    """
    return (
        {key.lower().replace("_", ""): one for key, one in value.items()} if isinstance(value, dict) else {}
    )


def authors(value: Any, remarks: Remarks) -> tuple[tuple[Authorship, ...], bool]:
    """Return the authors of a paper, each at its place on the list, and whether there are others.

    There are where an entry says so, or has no name.
    """
    kept: list[Authorship] = []
    has_others = False
    if value is not None and not isinstance(value, list):
        remarks.add(value, NO_LIST)
        value, has_others = None, True
    for position, entry in enumerate(value or (), 1):
        fields = {"name": entry} if isinstance(entry, str) else plain_keys(entry)
        printed = _printed(fields)
        if not printed:
            remarks.add(f"no name at position {position}", NO_NAME)
            has_others = True
        elif stands_for_others(printed):
            has_others = True
        else:
            kept.append(_author(fields, printed, position, remarks))
    return tuple(kept), has_others


def _printed(fields: Mapping[str, Any]) -> str:
    """The name as it stands there, or put together from its parts."""
    name = text(fields.get("name"))
    if name:
        return name
    given = " ".join([*texts(fields.get("first")), *texts(fields.get("middle"))])
    return spoken(given or None, text(fields.get("last")) or None, suffix=text(fields.get("suffix")) or None)


def _author(fields: Mapping[str, Any], printed: str, position: int, remarks: Remarks) -> Authorship:
    name = turned(printed)
    found = _identifiers(fields, remarks)
    if not any(one.scheme == "s2-author" for one in found) and ("authorid" in fields or "ids" in fields):
        remarks.add(f"no id of {name}", "an author with an id of Semantic Scholar; kept by name")
    return Authorship(
        name,
        position,
        identifiers=found,
        affiliations=tuple(dict.fromkeys(texts(fields.get("affiliations")))),
        as_given=printed if printed != name else None,
    )


def _identifiers(fields: Mapping[str, Any], remarks: Remarks) -> tuple[Identifier, ...]:
    """The ids of an author: Semantic Scholar's (of which one merged has several), ORCID, dblp's numbered names."""
    others = plain_keys(fields.get("externalids"))
    ids = fields.get("ids")
    own = ids if isinstance(ids, list) else [fields.get("authorid")]
    return distinct(
        [
            *(identified("s2-author", one, remarks) for one in own),
            *(identified("orcid", one, remarks) for one in texts(others.get("orcid"))),
            *(identifier("dblp-name", one) for one in texts(others.get("dblp"))),
        ]
    )


def profile(fields: Mapping[str, Any], lines: Lines, remarks: Remarks) -> Profile | None:
    """Return what Semantic Scholar says of an author as a whole; None without a name."""
    printed = text(fields.get("name"))
    if not printed:
        return None
    name = turned(printed)
    at_dblp = texts(plain_keys(fields.get("externalids")).get("dblp"))
    others = [*texts(fields.get("aliases")), *(one for one in at_dblp if not _NUMBERED.fullmatch(one))]
    return Profile(
        name,
        lines,
        reported=tuple(_reported(fields, remarks)),
        identifiers=_identifiers(fields, remarks),
        names=tuple(dict.fromkeys(one for one in map(turned, others) if one != name)),
        institutions=tuple(Institution(one) for one in dict.fromkeys(texts(fields.get("affiliations")))),
    )


def _reported(fields: Mapping[str, Any], remarks: Remarks) -> Iterator[Reported]:
    for measure, key in _FIGURES:
        value = fields.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            yield Reported(measure, Decimal(value), str(value))
        elif value is not None:
            remarks.add(value, f"a number ({measure}); it is left out")
