"""Parts of PubMed's records: authors, dates, kinds and languages.

Source: nlm.nih.gov/bsd/licensee/elements_descriptions.html, sections AuthorList, PubDate, PublicationType, Language;
nlm.nih.gov/mesh/pubtypes.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..identifiers import identifier
from ..person_names import spoken, stands_for_others
from ..records import Authorship, Identifier, PartialDate
from .partial_dates import from_text, of_year_and_month
from .remarks import NO_NAME, Remarks
from .xml_records import Element, text_of

# What tells most comes first: an article has several ("Journal Article" and "Review"); those in no row tell nothing of
# the kind ("Research Support, …", "Comparative Study", "English Abstract").
_KINDS: Final = {
    "Preprint": "preprint",
    "Dataset": "dataset",
    "Editorial": "editorial",
    "Letter": "letter",
    "Review": "review",
    "Systematic Review": "review",
    "Meta-Analysis": "review",
    "Academic Dissertation": "thesis",
    "Technical Report": "report",
    "Congress": "proceedings",
    "Overall": "proceedings",
    "Journal Article": "article",
    "Case Reports": "article",
    "Classical Article": "article",
    "Clinical Trial": "article",
    "Randomized Controlled Trial": "article",
    "Historical Article": "article",
}
_NAMES: Final = frozenset({"CollectiveName", "ForeName", "Initials", "LastName", "Suffix"})
_PLACES: Final = ("AffiliationInfo", "Affiliation")  # the second until 2014


def authors_of(lists: Iterable[Element], remarks: Remarks) -> tuple[tuple[Authorship, ...], bool]:
    """Return the authors of lists in their order, positions from 1, and whether there are more of them.

    Lists say so by `CompleteYN="N"` (until 1999 PubMed kept the first ten, later 25), or by an author "et al.".

    `ValidYN="N"` marks a name that was printed wrongly, whose right form stands beside it: it is nobody, and remarked.
    """
    lists = tuple(lists)
    is_truncated = any(authors.get("CompleteYN") == "N" for authors in lists)
    found: list[Authorship] = []
    position = 0
    for author in (author for authors in lists for author in authors.iterfind("Author")):
        parts: dict[str, list[Element]] = {}
        for part in author:
            parts.setdefault(part.tag, []).append(part)
        name, is_collective = _name({tag: text_of(found[0]) for tag, found in parts.items() if tag in _NAMES})
        if author.get("ValidYN") == "N":
            remarks.add(
                f"author {name}, marked as printed wrongly", "valid names; its right form stands beside it"
            )
            continue
        position += 1
        if stands_for_others(name):
            is_truncated = True
            continue
        if not name:
            remarks.add(f"author {position}: no name", NO_NAME)
            is_truncated = True
            continue
        places = (text_of(place) for tag in _PLACES for place in parts.get(tag, ()))
        found.append(
            Authorship(
                name,
                position,
                identifiers=tuple(_author_identifiers(parts.get("Identifier", ()), name, remarks)),
                affiliations=tuple(dict.fromkeys(filter(None, places))),
                is_collective=is_collective,
            )
        )
    return tuple(found), is_truncated


def _name(texts: dict[str, str]) -> tuple[str, bool]:
    """The name in the order of speech, and whether it is a group's."""
    group = texts.get("CollectiveName")
    if group:
        return group, True
    given = texts.get("ForeName") or texts.get("Initials")
    return spoken(given, texts.get("LastName"), suffix=texts.get("Suffix")), False


def _author_identifiers(numbers: Iterable[Element], name: str, remarks: Remarks) -> Iterator[Identifier]:
    """ORCIDs; other sources of numbers ("ISNI", "GRID" …) are of no scheme of authors that we hold."""
    printed = (text_of(number) for number in numbers if number.get("Source") == "ORCID")
    for text in dict.fromkeys(filter(None, printed)):
        orcid = identifier("orcid", text)
        if orcid is None:
            remarks.add(f"ORCID {text} of {name}", "16 digits, the last of them fitting; left out")
        else:
            yield orcid


def date_of(printed: Element | None, remarks: Remarks) -> PartialDate | None:
    """Return a PubDate as precise as it is printed, in parts or in words (MedlineDate: "1998 Dec-1999 Jan")."""
    if printed is None:
        return None
    whole = " ".join(filter(None, (text_of(part) for part in printed)))
    parts = {part.tag: text_of(part) for part in printed}
    if "MedlineDate" in parts:
        found, is_whole = from_text(whole)
    else:
        month = parts.get("Month") or parts.get("Season", "")
        found, is_whole = of_year_and_month(parts.get("Year", ""), month, parts.get("Day", ""))
    if not is_whole:
        remarks.add(f"date {whole}", "a date of the calendar; what is none is kept as text only")
    if found is None:
        return PartialDate(whole, None) if whole else None
    return PartialDate(whole, found.year, found.month, found.day)


def kind_of(types: Iterable[str]) -> str | None:
    """Return the kind of a paper with these publication types; "other" where none of them tells it.

    Example:
        >>> kind_of(["Journal Article", "Review", "Research Support, N.I.H., Extramural"]), kind_of(["Portrait"])
        ('review', 'other')
    """
    given = set(types) - {""}
    return next((kind for name, kind in _KINDS.items() if name in given), "other") if given else None
