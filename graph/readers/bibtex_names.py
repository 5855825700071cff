r"""An `author` field → authors: names at `and`, "von Last, Jr, First" in the order of speech, groups in braces.

    Ada Lovelace and van Gennep, Arnold and King, Jr., Martin Luther and {ATLAS Collaboration} and others

Sources: btxdoc.pdf section 4 and btxhak.pdf section 5 (forms of names, `and` outside of braces, `others`); biblatex
manual section 2.3.3 and 3.4 (`given=…, family=…`). Which word of "First von Last" is the family name does not matter
here: that form is in the order of speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ..errors import shorten
from ..identifiers import identifier
from ..person_names import spoken, stands_for_others, turned
from ..records import Authorship
from .latex import without_latex

_AND: Final = re.compile(r"[{}]|(?<=\s)and(?=\s)", re.IGNORECASE)
_TRAILING_OTHERS: Final = re.compile(r"[\s,~]+et(?:\.?[\s~]+|\.)al(?:ii)?\.?$", re.IGNORECASE)
_LONGEST_OTHERS: Final = 16
_INNER: Final = re.compile(r"\{[^{}]*\}")
_PART: Final = re.compile(r"\b(given|family|prefix|suffix)\s*=\s*(?:\"([^\"]*)\"|((?:[^,{}]|\{[^{}]*\})*))")
_HOMONYM: Final = re.compile(r"(.*\S) \d{4}")  # dblp.org/faq/1474704 "Jun Zhang 0001"
# What parts people in other languages, and in BibTeX stands inside a name. Not "y", "i" and "e", which names hold.
_OTHER_AND: Final = re.compile(r"\s(?:&|und|et)\s", re.IGNORECASE)
_ONE: Final = "one name; persons are parted by “and”; it is kept as one"
_HELD: Final = "\ue000"  # stands for a comma inside braces while a name is turned
_PERSON: Final = "one person: Family, Given, or a group in braces; left out, and the list counts as cut"


@dataclass(frozen=True, slots=True)
class Authors:
    """What an `author` field says; `remarks` are pairs of what was found and what was expected."""

    authorships: tuple[Authorship, ...] = ()
    is_truncated: bool = False
    remarks: tuple[tuple[str, str], ...] = ()


def names_at_and(field: str) -> list[str]:
    """Return the names of a field: parted at the word `and` outside of braces, in any case, also over lines.

    Example:
        >>> names_at_and("Knuth, D. AND {Barnes and Noble}\\nand others")
        ['Knuth, D.', '{Barnes and Noble}', 'others']
    """
    if "{" not in field:
        words = field.split()
        if "and" not in words and not any(word.lower() == "and" for word in words):
            return [" ".join(words)]
    return parted(f" {field} ", _AND)


def parted(text: str, mark: re.Pattern[str]) -> list[str]:
    """Return the pieces of a text between the marks outside of braces; `mark` matches braces too.

    Example:
        >>> parted("a, {b, c}", re.compile("[{},]"))
        ['a', '{b, c}']
    """
    pieces, depth, start = list[str](), 0, 0
    for found in mark.finditer(text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth == 0:
            pieces.append(text[start : found.start()].strip())
            start = found.end()
    return [*pieces, text[start:].strip()]


def authors(field: str) -> Authors:
    """Return the authors of a field in its order; a name that cannot be read keeps its position free.

    Example:
        >>> [a.name for a in authors("van Gennep, Arnold and {Robert Bosch GmbH} and Jun Zhang 0001").authorships]
        ['Arnold van Gennep', 'Robert Bosch GmbH', 'Jun Zhang']
    """
    found: list[Authorship] = []
    remarks: list[tuple[str, str]] = []
    seen: set[tuple[str, object]] = set()
    is_truncated = False
    for position, printed in enumerate(names_at_and(field), 1):
        others = _TRAILING_OTHERS.search(printed, max(0, len(printed) - _LONGEST_OTHERS))
        stripped = printed[: others.start()] if others else printed
        is_cut = stripped != printed or stands_for_others(printed.strip("{}"))
        is_truncated |= is_cut
        if is_cut and (stripped == printed or not stripped):
            continue
        author, fault = _authorship(stripped, position)
        if fault:
            remarks.append((shorten(printed) or "an empty name", fault))
        if author is None:
            is_truncated |= bool(printed)
            continue
        if (key := (author.name, author.identifiers)) in seen:
            found_twice = shorten(f"{author.name} twice among the authors")
            remarks.append((found_twice, "each author once; both are kept"))
        seen.add(key)
        found.append(author)
    return Authors(tuple(found), is_truncated, tuple(remarks))


def _authorship(printed: str, position: int) -> tuple[Authorship | None, str]:
    """One author, or None; and what was expected instead, "" where all is well."""
    if _is_braced(printed):
        return _group(printed, position)
    if "=" in printed and (parts := {m[1]: (m[2] or m[3] or "") for m in _PART.finditer(printed)}).get(
        "family"
    ):
        plain = {key: without_latex(part) for key, part in parts.items()}
        name = spoken(plain.get("given"), plain["family"], plain.get("prefix"), plain.get("suffix"))
        return Authorship(name, position), ""
    if not printed:
        return None, "a name between two “and”; its position stays free"
    if ";" in (outside := _INNER.sub("", printed) if "{" in printed else printed):
        return None, _PERSON
    name, as_given = _spoken(printed)
    if not any(map(str.isalpha, name)):
        return None, _PERSON
    if "," in outside and (
        name == as_given or "&" in outside
    ):  # several commas, none of which parts a suffix off
        return None, _PERSON
    several = _several(name) if _OTHER_AND.search(outside.replace("\\&", "&")) else 0
    if several == 2:
        return None, _PERSON
    fault = _ONE if several else ""
    fault = "“Last, First”, read as such; persons are parted by “and”" if " ," in outside else fault
    if name[-1].isdigit() and (homonym := identifier("dblp-name", name)) is not None:
        plain_name = _HOMONYM.fullmatch(name)
        return Authorship(
            plain_name[1] if plain_name else name, position, (homonym,), as_given=as_given
        ), fault
    return Authorship(name, position, as_given=None if as_given == name else as_given), fault


def _spoken(printed: str) -> tuple[str, str]:
    """A person's name in the order of speech, and as printed, both without LaTeX. Commas in braces part nothing."""
    if "," not in printed:
        name = without_latex(printed)
        return name, name
    held = _INNER.sub(lambda m: m[0].replace(",", _HELD), printed) if "{" in printed else printed
    as_given = without_latex(held)
    return turned(as_given).replace(_HELD, ","), as_given.replace(_HELD, ",")


def _is_braced(printed: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (printed.startswith("{") and printed.endswith("}")):
        return False
    depth = 0
    for at, char in enumerate(printed):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at == len(printed) - 1
    return False


def _group(printed: str, position: int) -> tuple[Authorship | None, str]:
    name = without_latex(printed)
    sides = re.split(r"\s+and\s+", name, flags=re.IGNORECASE)
    if not name:
        return None, "a name inside the braces"
    if len(sides) > 1 and all("," in side for side in sides):  # {Doe, Jane and Roe, Richard}
        return None, "braces around one group; persons stand outside of them; the list counts as cut"
    return Authorship(name, position, is_collective=True), _ONE if _several(name) == 2 else ""


def _several(name: str) -> int:
    """Whether a name may be several: 0 where nothing parts it, 1 for "Simon & Schuster", 2 for two whole names."""
    sides = _OTHER_AND.split(name)
    return 0 if len(sides) < 2 else 2 if all(" " in side.strip() for side in sides) else 1
