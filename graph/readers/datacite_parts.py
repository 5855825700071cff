"""Creators, subjects and types of DataCite's schema.

Source: datacite-metadata-schema.readthedocs.io/en/4.6 (properties 2, 6, 10; appendix 3 for what stands for “unknown”).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from .. import categories
from ..person_names import cut, spoken, stands_for_others, turned
from ..records import Authorship, Category, Identifier, Institution
from .json_values import objects, text, texts
from .printed_identifiers import distinct, identified
from .remarks import NO_LIST, Remarks, remark_on_twins

# resourceTypeGeneral → kind; what is no text, data or program is "other"
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Book": "book",
        "BookChapter": "chapter",
        "ComputationalNotebook": "software",
        "ConferencePaper": "conference-paper",
        "ConferenceProceeding": "proceedings",
        "DataPaper": "article",
        "Dataset": "dataset",
        "Dissertation": "thesis",
        "JournalArticle": "article",
        "Preprint": "preprint",
        "Report": "report",
        "Software": "software",
        "Standard": "standard",
    }
)
# resourceType, its letters in lower case, where resourceTypeGeneral is only "Text" → kind
KINDS_OF_TEXT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "article": "article",
        "book": "book",
        "bookchapter": "chapter",
        "conferencepaper": "conference-paper",
        "conferenceproceedings": "proceedings",
        "dissertation": "thesis",
        "doctoraldissertation": "thesis",
        "doctoralthesis": "thesis",
        "journalarticle": "article",
        "masterthesis": "thesis",
        "mastersthesis": "thesis",
        "phdthesis": "thesis",
        "preprint": "preprint",
        "report": "report",
        "technicalreport": "report",
        "thesis": "thesis",
    }
)
_UNKNOWN: Final = re.compile(r"\(?:(?:unac|unal|unap|unas|unav|unkn|none|null|tba|etal)\)?", re.IGNORECASE)
_MANY: Final = re.compile(r"\(?:etal\)?", re.IGNORECASE)
# nameIdentifierScheme, in lower case → scheme
_NAMES: Final = {
    "orcid": "orcid",
    "researcherid": "researcherid",
    "ror": "ror",
    "isni": "isni",
    "grid": "grid",
}
# subjectScheme, its letters in lower case → scheme of categories; a subject of any other scheme is a keyword
_SUBJECTS: Final = {
    "anzsrc": "anzsrc",
    "ddc": "ddc",
    "dewey": "ddc",
    "deweydecimalclassification": "ddc",
    "fieldsofscienceandtechnologyfos": "fos",
    "fos": "fos",
    "lcsh": "lcsh",
    "libraryofcongresssubjectheadings": "lcsh",
    "medicalsubjectheadings": "mesh",
    "mesh": "mesh",
}
_CODE_IN_BRACKETS: Final = re.compile(r"\(([A-Za-z-]+(?:\.[A-Za-z-]+)?)\)\s*$")


def is_unknown(printed: str) -> bool:
    """Return whether a text is one of the schema's codes for “unknown”, as "(:unav)"."""
    return _UNKNOWN.fullmatch(printed.strip()) is not None


def creators(value: Any, remarks: Remarks) -> tuple[tuple[Authorship, ...], bool]:
    """Return the authors in the order of the list, and whether there are more: by “et al.”, or without a name."""
    entries = [value] if isinstance(value, dict) else value or ()
    if not isinstance(entries, (list, tuple)):
        remarks.add(value, NO_LIST)
        return (), True
    found: list[Authorship] = []
    is_truncated = False
    for position, entry in enumerate(entries, 1):
        printed = text(entry.get("name")) if isinstance(entry, dict) else text(entry)
        if _MANY.fullmatch(printed) or stands_for_others(printed):
            is_truncated = True
            continue
        printed, is_cut = cut(printed)
        is_truncated |= is_cut
        author = _creator(entry, printed, position, remarks) if isinstance(entry, dict) else None
        if author is None:
            expected = f"the name of creator {position}; left out, and the list counts as cut"
            remarks.add(printed or "an entry without a name", expected)
            is_truncated = True
        else:
            found.append(author)
    remark_on_twins(found, remarks)
    return tuple(found), is_truncated


def _creator(entry: Mapping[str, Any], printed: str, position: int, remarks: Remarks) -> Authorship | None:
    given, family = text(entry.get("givenName")), text(entry.get("familyName"))
    is_collective = entry.get("nameType") == "Organizational"
    is_person = not is_collective and (entry.get("nameType") == "Personal" or bool(given or family))
    name = printed
    if is_person:
        name = spoken(given, family) if given and family else turned(printed or family or given)
    elif not is_collective and "," in printed:
        remarks.add(printed, "a nameType, or given and family name; the name is kept as it is printed")
    if not name or is_unknown(printed or name):
        return None
    institutions, lines = _affiliated(entry.get("affiliation"), remarks)
    as_given = printed if printed and printed != name else None
    named = _named(entry.get("nameIdentifiers"), remarks)
    return Authorship(name, position, named, institutions, lines, as_given, is_collective)


def _named(value: Any, remarks: Remarks) -> tuple[Identifier, ...]:
    """Return the identifiers of a person or an organization, of the schemes that we know."""
    return distinct(
        identified(scheme, each.get("nameIdentifier"), remarks)
        for each in objects(value)
        if (scheme := _NAMES.get(text(each.get("nameIdentifierScheme")).lower()))
    )


def _affiliated(value: Any, remarks: Remarks) -> tuple[tuple[Institution, ...], tuple[str, ...]]:
    """Return the institutions that have an identifier, and the lines of the others (texts, before schema 4.3)."""
    institutions, lines = [], texts(value)
    for entry in objects(value):
        name = text(entry.get("name"))
        scheme = _NAMES.get(text(entry.get("affiliationIdentifierScheme")).lower())
        found = identified(scheme, entry.get("affiliationIdentifier"), remarks) if scheme else None
        if not name:
            remarks.add(found.value if found else entry, "the name of an affiliation; it is left out")
        elif found:
            institutions.append(Institution(name, (found,)))
        else:
            lines.append(name)
    return tuple(dict.fromkeys(institutions)), tuple(dict.fromkeys(lines))


def subjects(value: Any) -> tuple[tuple[Category, ...], tuple[str, ...]]:
    """Return the subjects of schemes that we know as categories, the others as keywords; each once."""
    found: list[Category] = []
    words: list[str] = []
    for entry in objects(value):
        name = text(entry.get("subject"))
        scheme = re.sub(r"[^a-z]", "", text(entry.get("subjectScheme")).lower())
        if not name:
            continue
        if scheme == categories.ARXIV and (code := _CODE_IN_BRACKETS.search(name)):
            found.append(categories.resolve(code[1]))
        elif scheme in _SUBJECTS:
            code_given = text(entry.get("classificationCode"))
            found.append(
                Category(name, code_given or name, _SUBJECTS[scheme], label=name if code_given else None)
            )
        else:
            words.append(name)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(words))
