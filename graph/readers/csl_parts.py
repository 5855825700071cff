"""What Crossref and CSL-JSON write alike: authors, dates in parts, the place of publication, types.

Crossref's format is CSL-JSON with lists where CSL has texts (title, container-title), and with more beside the names.
Sources: github.com/CrossRef/rest-api-doc/blob/master/api_format.md, citeproc-js.readthedocs.io/en/latest/csl-json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ..person_names import cut, spoken, stands_for_others
from ..records import Authorship, Identifier, Institution, PartialDate, Published
from .json_values import first_text, objects, part, text, texts
from .partial_dates import from_iso, from_parts
from .printed_identifiers import distinct, identified, parted_isbns
from .remarks import NO_LIST, Remarks, remark_on_twins

# Source: api.crossref.org/types. What is no work of somebody (journal, component, grant …) is "other".
# An ISBN names a paper of these kinds itself; at a chapter it names the book that the chapter is in.
KINDS_WITH_ISBN: Final = frozenset({"book", "proceedings", "report", "standard", "thesis"})
_BESIDE: Final = frozenset({"dropping-particle", "non-dropping-particle", "static-ordering", "suffix"})
_ISBN_ADDRESS: Final = "http://id.crossref.org/isbn/"  # before 2018 Crossref wrote ISBNs as addresses


def authors(value: Any, remarks: Remarks) -> tuple[tuple[Authorship, ...], bool]:
    """Return the authors in the order of the list, and whether there are more: by “et al.”, or without a name."""
    if value is not None and not isinstance(value, list):
        remarks.add(value, NO_LIST)
        return (), True
    found: list[Authorship] = []
    is_truncated = False
    for position, entry in enumerate(value or (), 1):
        author = _author(entry, position, remarks) if isinstance(entry, dict) else None
        if author is None:
            shown = "an entry without a name" if isinstance(entry, dict) else entry
            remarks.add(shown, f"the name of author {position}; left out, and the list counts as cut")
            is_truncated = True
        elif stands_for_others(author.name):
            is_truncated = True
        else:
            name, is_cut = cut(author.name)
            found.append(replace(author, name=name, as_given=author.name) if is_cut else author)
            is_truncated |= is_cut
    remark_on_twins(found, remarks)
    return tuple(found), is_truncated


def _author(entry: Mapping[str, Any], position: int, remarks: Remarks) -> Authorship | None:
    name, is_collective = _spoken(entry) or text(entry.get("literal")), False
    if not name:
        name, is_collective = text(entry.get("name")), True
    if not name:
        return None
    identifiers: tuple[Identifier, ...] = ()
    if entry.get("ORCID"):
        identifiers = distinct([identified("orcid", entry["ORCID"], remarks)])
    institutions, affiliations = (
        _affiliated(entry["affiliation"], remarks) if entry.get("affiliation") else ((), ())
    )
    return Authorship(name, position, identifiers, institutions, affiliations, None, is_collective)


def _spoken(entry: Mapping[str, Any]) -> str:
    """Return the name that given and family name make, with what stands beside them; "" where neither is there."""
    given, family = text(entry.get("given")), text(entry.get("family"))
    if _BESIDE.isdisjoint(entry) or not (given or family):
        return spoken(given, family)
    particle = f"{text(entry.get('dropping-particle'))} {text(entry.get('non-dropping-particle'))}".strip()
    is_family_first = entry.get("static-ordering") is True
    return spoken(given, family, particle, text(entry.get("suffix")), is_family_first=is_family_first)


def _affiliated(value: Any, remarks: Remarks) -> tuple[tuple[Institution, ...], tuple[str, ...]]:
    """Return the institutions that have an identifier, and the lines of the others."""
    institutions, lines = [], texts(value)
    for entry in objects(value):
        name = text(entry.get("name"))
        found = distinct(
            identified("ror", each.get("id"), remarks)
            for each in objects(entry.get("id"))
            if text(each.get("id-type")).upper() == "ROR"
        )
        if not name:
            remarks.add(found[0].value if found else entry, "the name of an affiliation; it is left out")
        elif found:
            institutions.append(Institution(name, found))
        else:
            lines.append(name)
    return tuple(institutions), tuple(dict.fromkeys(lines))


def dated(value: Any, remarks: Remarks) -> PartialDate | None:
    """Return a date variable: the first of its `date-parts`, else its `raw` or `literal` text."""
    if value is None or value == {}:
        return None
    if isinstance(value, (str, int)):
        value = {"raw": value}
    parts = part(value, "date-parts")
    if isinstance(parts, list) and parts:
        # A range has two; Crossref writes [[null]] where it has no date, others write the parts without the outer list.
        parts = parts[0] if isinstance(parts[0], list) else parts
        partial, is_whole = from_parts(parts)
        if not is_whole:
            remarks.add(parts, "year, month and day of the calendar; what is none is left out")
        return partial
    printed = text(part(value, "raw")) or text(part(value, "literal"))
    if not printed:
        if parts != []:
            remarks.add(value, "a date; it is left out")
        return None
    if (partial := from_iso(printed)) is None:
        remarks.add(printed, "a date like 2014-04-03; it is kept as text only")
    return partial or PartialDate(printed, None)


def published(work: Mapping[str, Any]) -> Published | None:
    """Return where a work came out; None where nothing is said of it."""
    pages = text(work.get("page")) or text(work.get("article-number")) or None
    place = Published(
        first_text(work.get("container-title")),
        text(work.get("volume")) or None,
        text(work.get("issue")) or None,
        pages,
        text(work.get("publisher")) or None,
    )
    return place if place != Published() else None


def cited(value: Any, remarks: Remarks) -> tuple[Identifier, ...]:
    """Return the DOIs of the references, each once; references without one are text and cannot be kept."""
    return distinct(identified("doi", each.get("DOI"), remarks) for each in objects(value))


def isbns(value: Any, kind: str | None, remarks: Remarks) -> list[Identifier | None]:
    """Return the ISBNs of a work whose kind has ISBNs of its own."""
    if value is None or kind not in KINDS_WITH_ISBN:
        return []
    printed = (each for line in texts(value) for each in parted_isbns(line.replace(_ISBN_ADDRESS, "")))
    return [identified("isbn", each, remarks) for each in printed]
