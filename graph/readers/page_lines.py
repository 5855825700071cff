"""The single lines of a Scholar Feed page that carry structure: heading lines, header figures, dates, code links.

The page glues what stood beside each other on the screen: "LGJul 5, 2023Code" is category LG, July 5 2023, and the
code flag; "h-index35" is a figure. A year is left out for dates of the year in which the page was taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..categories import ARXIV, is_code, resolve
from ..records import Category, PartialDate, Reported
from .months import ENGLISH, SHORT, month_of

_MONTH = "|".join(name.title() for name in (*ENGLISH, "sept", *SHORT))
_MONTH = f"(?:{_MONTH}|{_MONTH.upper()})"  # never in lower case: "may" is a verb
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"(?P<day>\d{{1,2}})(?:,? ?(?<=[, ])(?P<year>{_YEAR}))?"
_DATE = rf"(?P<month>{_MONTH})\.? (?:(?P<only_year>{_YEAR})(?!\d)|{_DAY})"
_SCORE = r"\d{1,3}(?:\.\d+)?%?"
_GAP = r" ?(?:[·•|] ?)?"
_HEADING = re.compile(
    rf"(?:(?P<score>{_SCORE}){_GAP})?(?P<code>[A-Za-z][A-Za-z.\-]*?)?(?P<space>{_GAP})"
    rf"(?P<date>{_DATE})(?P<gap>{_GAP})(?P<has_code>Code|CODE|code)?(?P<rest>.*)"
)
_UNKNOWN_CODE = re.compile(r"[A-Z]{2}")
_AGO = r"\d{1,3} (?:hour|day|week|month|year)s? ago"
_OTHER_DATE = rf"(?:\d{{1,2}}\.? {_MONTH}(?![A-Za-z])|{_YEAR}[-/.]\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d|{_AGO})"
_NEAR = re.compile(
    rf"(?:{_SCORE}{_GAP})?(?P<code>[A-Za-z][A-Za-z.\-]*?){_GAP}(?:{_MONTH}(?![A-Za-z])|{_OTHER_DATE})"
)
_DATE_ALONE = re.compile(rf"(?:\d{{1,2}}\.? {_MONTH}\.?,? {_YEAR}|{_SCORE}{_GAP}{_DATE})(?:{_GAP}Code)?")
_SECTION = re.compile(r"(?P<count>\d{1,3}(?:,\d{3}){1,3}|\d{1,9}) Papers?")
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?:\.\d{1,6})?)"
_FIGURES = (
    ("h_index", re.compile(rf"h-?index:?\s*{_NUMBER}", re.IGNORECASE)),
    ("papers", re.compile(rf"{_NUMBER}\s*papers?")),
    ("citations", re.compile(rf"{_NUMBER}\s*citations?")),
    ("novelty_percent", re.compile(rf"Novelty:?\s*{_NUMBER}\s*%")),
    ("ai_score", re.compile(rf"AI Score:?\s*{_NUMBER}")),
)
_IN_LINK = r"(?:[A-Za-z0-9._~/?=&+:@-]|%[0-9A-Fa-f]{2})+"
_CODE_LINK = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co)/"
    rf"{_IN_LINK}(?:#{_IN_LINK})?"
)
_LATEX_ESCAPE = re.compile(r"\\([_%#&~])")  # abstracts are LaTeX: "github.com/a/b\_c"
_AFTER_LINK = ".,;:!?)]'"


@dataclass(frozen=True, slots=True)
class Heading:
    """The line that opens a paper. `rest` is text glued behind it; it should be empty."""

    category: Category | None
    issued: PartialDate
    is_real_date: bool
    has_code: bool
    score: Reported | None
    rest: str

    @property
    def is_sure(self) -> bool:
        """Whether the category is known: a title can look like a date, or like a word and a date."""
        return self.category is not None and (self.category.scheme == ARXIV or bool(self.category.possible))


def heading(line: str) -> Heading | None:
    """Return the parts of a heading line, or None when the line is none.

    A line that only begins like one counts when its code is known: the rest is reported, never read as another thing.

    Example:
        >>> h = heading("LGJul 5, 2023Code")
        >>> h.category.notation, h.issued.year, h.has_code
        ('cs.LG', 2023, True)
    """
    match = _HEADING.fullmatch(" ".join(line.split()))
    if not match:
        return None
    code, rest = match["code"] or "", match["rest"]
    if not is_code(code) and (rest or (match["space"] and not _UNKNOWN_CODE.fullmatch(code))):
        return None  # "Since May 2020", "May 18 was a day": sentences
    if (rest and match["gap"]) or (match["score"] and not code):
        return None  # "20 Nov 2023": a day, not a score
    issued = PartialDate(
        match["date"],
        int(match["year"] or match["only_year"] or 0) or None,
        month_of(match["month"]),
        int(match["day"]) if match["day"] else None,
    )
    is_real = _is_real(issued)
    if not is_real:
        issued = PartialDate(match["date"], None)
    score = match["score"]
    reported = Reported("page_score", Decimal(score.rstrip("%")), score) if score else None
    return Heading(resolve(code) if code else None, issued, is_real, bool(match["has_code"]), reported, rest)


def resembles_heading(line: str) -> bool:
    """Return whether a line that is no heading may have been meant as one: a known code and a date, or a date alone.

    Example:
        >>> resembles_heading("CL20 Nov 2023"), resembles_heading("AI may help")
        (True, False)
    """
    text = " ".join(line.split())
    match = _NEAR.match(text)
    return bool((match and is_code(match["code"])) or _DATE_ALONE.fullmatch(text))


def _is_real(issued: PartialDate) -> bool:
    """Whether the day exists; February 29 does when no year is printed."""
    try:
        date(issued.year or 2000, issued.month or 1, 1 if issued.day is None else issued.day)
    except ValueError:
        return False
    return True


def announced_papers(line: str) -> int | None:
    """Return N for the line "N Papers" that opens the list; "17papers" is a figure, not this."""
    match = _SECTION.fullmatch(" ".join(line.split()))
    return int(match["count"].replace(",", "")) if match else None


def figure(line: str) -> Reported | None:
    """Return the figure of a header line.

    Example:
        >>> figure("1,150citations").value
        Decimal('1150')
    """
    for measure, pattern in _FIGURES:
        if match := pattern.fullmatch(" ".join(line.split())):
            return Reported(measure, Decimal(match["number"].replace(",", "")), match["number"])
    return None


def primary_category(line: str) -> Category | None:
    """Return the field that stands alone on a header line ("CL")."""
    code = line.strip()
    return resolve(code) if is_code(code) else None


@dataclass(slots=True)
class Header:
    """The lines above the list by what they are; filled by `header`. `names`: what may be the owner's name."""

    names: list[tuple[int, str]] = field(default_factory=list)
    announced: list[tuple[int, int]] = field(default_factory=list)
    reported: list[Reported] = field(default_factory=list)
    primary: Category | None = None
    repeated: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)


def header(lines: Sequence[tuple[int, str]]) -> Header:
    """Return the numbered lines above the first heading, told apart; the first of two figures of a kind counts."""
    found = Header()
    is_above = True  # no line was known yet
    for number, text in lines:
        if (count := announced_papers(text)) is not None:
            found.announced.append((number, count))
        elif (value := figure(text)) is not None:
            if any(value.measure == other.measure for other in found.reported):
                found.repeated.append((number, text))
            else:
                found.reported.append(value)
        elif found.primary is None and (category := primary_category(text)) is not None:
            found.primary = category
        else:
            (found.names if is_above else found.unknown).append((number, text))
            continue
        is_above = False
    return found


def second_header(texts: Sequence[tuple[int, str]]) -> int | None:
    """Return the first line of another page's header among the lines below a heading, or None.

    One line like a figure may be a title or stand in an abstract; two of them, or one that only header lines
    part from the end, are a header.
    """
    below = texts[1:]
    places = [at for at, (_, text) in enumerate(below) if _is_header(text)]
    if not places:
        return None
    is_last = all(_is_header(text) or primary_category(text) for _, text in below[places[-1] :])
    return below[places[0]][0] if is_last or len(places) > 1 else None


def _is_header(text: str) -> bool:
    return figure(text) is not None or announced_papers(text) is not None


def code_links(abstract: str) -> tuple[str, ...]:
    """Return the links to code hosts in an abstract, in order, each once, without the sentence's punctuation."""
    links = (m.group().rstrip(_AFTER_LINK) for m in _CODE_LINK.finditer(_LATEX_ESCAPE.sub(r"\1", abstract)))
    return tuple(dict.fromkeys(links))
