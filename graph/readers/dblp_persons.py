"""Persons of dblp: names with the numbers that tell homonyms apart, and records of persons → profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..identifiers import by_address, identifier
from ..records import Identifier, Institution, Lines, Problem, Profile, Record
from .printed_identifiers import distinct, identified
from .remarks import Remarks
from .xml_fields import Fields
from .xml_records import Element, text_of

PERSONS: Final = (
    "homepages/"  # what the keys of persons begin with, before the number that dblp.org/pid/ shows
)
_NUMBERED: Final = re.compile(r"(.*\S) \d{4}")


class Printed(NamedTuple):
    """A name as dblp prints it: without its number, the number as an identifier, and the whole where it has one."""

    name: str
    numbered: Identifier | None
    as_given: str | None


def printed_name(text: str) -> Printed | None:
    """Return a printed name without the number that tells homonyms apart; None where there is no name.

    Source: https://dblp.org/faq/1474783.html (homonyms)

    Example:
        >>> printed_name("Jun Zhang 0001")
        Printed(name='Jun Zhang',
                numbered=Identifier(scheme='dblp-name', value='Jun Zhang 0001'), as_given='Jun Zhang 0001')
        >>> printed_name("Ada Lovelace")
        Printed(name='Ada Lovelace', numbered=None, as_given=None)
    """
    found = _NUMBERED.fullmatch(text)
    if found is None:
        return Printed(text, None, None) if text else None
    return Printed(found[1], identifier("dblp-name", text), text)


def person(element: Element, lines: Lines) -> Iterator[Record]:
    """Yield the profile of a person's record, and what was left out of it; a problem where it is not of one person.

    The first name is the one that dblp shows, the others are held to be the same person's. The number of a homonym is
    an identifier, also where a former name bears it.
    """
    said, remarks = Fields(element), Remarks()
    names = [name for author in said.all("author") if (name := printed_name(text_of(author)))]
    reason = _why_nobody(element, said, names)
    if reason:
        yield Problem(lines, reason, "the record of one person", True)
        return
    known = [identified("dblp-author", element.get("key"), remarks)]
    known += [name.numbered for name in names]
    known += [identified("orcid", author.get("orcid"), remarks) for author in said.all("author")]
    known += [_linked(text_of(url)) for url in said.all("url")]
    others = dict.fromkeys(name.name for name in names)
    others.pop(names[0].name)
    yield Profile(
        names[0].name,
        lines,
        identifiers=distinct(known),
        names=tuple(others),
        institutions=_institutions(said),
    )
    yield from remarks.problems(lines)


def _why_nobody(element: Element, said: Fields, names: list[Printed]) -> str | None:
    """Why a record is not of one person: it moved, or gathers the papers of homonyms that nobody told apart yet."""
    if "disambiguation" in element.get("publtype", "").split():
        shown = f" named {names[0].name}" if names else ""
        return f"a record of persons{shown} who are not told apart"
    if moved := said.text("crossref"):
        return f"a record that moved to {moved}"
    return None if names else "a record without a name"


def _linked(url: str) -> Identifier | None:
    """The identifier of a person that an address holds."""
    found = by_address(url, "author")
    return found if found and found.scheme != "dblp-author" else None


def _institutions(said: Fields) -> tuple[Institution, ...]:
    """The affiliations in the notes, but for those labelled as former."""
    names = (
        text_of(note)
        for note in said.all("note")
        if "affiliation" in note.get("type", "").split() and "former" not in note.get("label", "").lower()
    )
    return tuple(Institution(name) for name in dict.fromkeys(names) if name)
