"""Reader of the ACL Anthology's file of people, `name_variants.yaml`: who is known under several names.

    - canonical: {first: Steven, last: Abney}
      id: steven-abney
      orcid: 0000-0001-5717-4210
      institution: Université Paris 13
      comment: …
      variants:
      - {first: Steve, last: Abney}

Read line by line: the file is YAML, but of this form only. Comments, degrees and `similar` people are left out.
Source: https://github.com/acl-org/acl-anthology/wiki/Author-Page-Plan, data/yaml/name_variants.yaml
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from ..errors import UnreadableFile, shorten
from ..person_names import spoken
from ..records import Institution, Lines, Problem, Profile, Record
from .printed_identifiers import distinct, identified
from .record_limits import MOST_NAMES
from .remarks import Remarks
from .text import text_lines

NAME = "acl_names"
TITLE = "Names of authors of the ACL Anthology, as YAML"

_VALUE: Final = r"'(?:[^']|'')*+'|\"(?:[^\"\\]|\\.)*+\"|[^,{}'\"][^,{}]*+"
_NAME: Final = re.compile(
    rf"\{{\s*(?:first:\s*(?P<first>{_VALUE}|)\s*,\s*)?last:\s*(?P<last>{_VALUE})\s*\}}\s*(?:#.*)?"
)
_BEGIN: Final = "- canonical:"
_FIELD: Final = re.compile(r"  ([a-z_]+):\s*(.*)")
_LEFT_OUT: Final = frozenset({"comment", "degree", "note", "similar"})
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))")


@dataclass(slots=True)
class _Person:
    """The lines of one person; filled while reading, turned into one record."""

    first: int
    last: int
    name: str | None
    printed: str
    names: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    too_many: int = 0  # names beyond the most that a person may have


def sniff(head: str) -> bool:
    """Return whether the first line that is not empty, a comment or `---` begins a person."""
    for line in head.lstrip("\ufeff").splitlines():
        if line.strip() and not line.startswith(("#", "---")):
            return line.startswith(_BEGIN)
    return False


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each person, with the problems of their lines behind it.

    Raises:
        UnreadableFile: the bytes are not UTF-8 text, and nothing was read before.
    """
    person, last = None, 0
    try:
        for number, text, _ in text_lines(stream, path):
            last = number
            if text.startswith(_BEGIN):
                yield from _closed(person)
                printed = text[len(_BEGIN) :].strip()
                person = _Person(number, number, _name(printed), printed)
            elif text.strip() and not text.lstrip().startswith("#") and text.strip() != "---":
                if person is None:
                    yield Problem(Lines(number, number), shorten(text), f"a line “{_BEGIN} …”", True)
                else:
                    person.last = number
                    _take(text, person)
    except UnreadableFile as error:
        if person is None:
            raise
        yield from _closed(person)
        found, _, expected = error.reason.removeprefix("found ").partition(", expected ")
        yield Problem(Lines(last + 1, last + 1), found, f"{expected}; the rest is not read", True)
        return
    yield from _closed(person)


def _take(text: str, person: _Person) -> None:
    """Keep one line below a person."""
    stripped = text.strip()
    if stripped.startswith("- "):
        if len(person.names) >= MOST_NAMES:
            person.too_many += 1
        elif name := _name(stripped[2:]):
            person.names.append(name)
        else:
            person.remarks.add(stripped, "a name as {first: …, last: …}; it is left out")
        return
    found = _FIELD.fullmatch(text)
    if found is None:
        person.remarks.add(stripped, "a field of a person; it is left out")
    elif found[1] == "variants" and not found[2]:
        pass
    elif found[1] in ("id", "orcid", "institution"):
        person.fields[found[1]] = _plain(found[2])
    elif found[1] not in _LEFT_OUT:
        person.remarks.add(stripped, "a field that we know; it is left out")


def _closed(person: _Person | None) -> Iterator[Record]:
    if person is None:
        return
    lines = Lines(person.first, person.last)
    if person.name is None:
        yield Problem(lines, shorten(person.printed) or "no name", "a name as {first: …, last: …}", True)
        return
    if person.too_many:
        found = f"{len(person.names) + person.too_many:,} names of {shorten(person.name)}"
        yield Problem(lines, found, f"at most {MOST_NAMES:,} of one person; the person is left out", True)
        return
    said, remarks = person.fields, person.remarks
    yield Profile(
        person.name,
        lines,
        identifiers=distinct(
            (
                identified("acl-author", said.get("id"), remarks),
                identified("orcid", said.get("orcid"), remarks),
            )
        ),
        names=tuple(dict.fromkeys(name for name in person.names if name != person.name)),
        institutions=(Institution(said["institution"]),) if said.get("institution") else (),
    )
    yield from remarks.problems(lines)


def _name(printed: str) -> str | None:
    found = _NAME.fullmatch(printed.strip())
    return spoken(_plain(found["first"] or ""), _plain(found["last"])) or None if found else None


def _plain(value: str) -> str:
    """A scalar of YAML without its quotes."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else m[3], value[1:-1])
    return value
