"""The single lines of a Scholar Feed page that carry structure: heading lines, header figures, dates, code links.

The page glues what stood beside each other on the screen: "LGJul 5, 2023Code" is category LG, July 5 2023, and the
code flag; "h-index35" is a figure. A year is left out for dates of the year in which the page was taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..categories import ARXIV, is_code, resolve
from ..records import Category, PartialDate, Reported

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"(?P<day>\d{{1,2}})(?:,? ?(?<=[, ])(?P<year>{_YEAR}))?"
_DATE = rf"(?P<month>{_MONTH})\.? (?:(?P<only_year>{_YEAR})(?!\d)|{_DAY})"
_HEADING = re.compile(
    r"(?P<score>\d{1,3}(?:\.\d+)?%?)? ?(?P<code>[A-Za-z][A-Za-z.\-]*?)?(?P<space> ?)"
    rf"(?P<date>{_DATE})(?P<gap> ?)(?P<has_code>Code)?(?P<rest>.*)"
)
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
    if not is_code(code) and (rest or (code and match["space"])):
        return None  # "Since May 2020", "May 18 was a day": sentences
    if rest and match["gap"]:
        return None
    issued = PartialDate(
        match["date"],
        int(match["year"] or match["only_year"] or 0) or None,
        _MONTHS.index(match["month"][:3].lower()) + 1,
        int(match["day"]) if match["day"] else None,
    )
    is_real = _is_real(issued)
    if not is_real:
        issued = PartialDate(match["date"], None)
    score = match["score"]
    reported = Reported("page_score", Decimal(score.rstrip("%")), score) if score else None
    return Heading(resolve(code) if code else None, issued, is_real, bool(match["has_code"]), reported, rest)


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


def code_links(abstract: str) -> tuple[str, ...]:
    """Return the links to code hosts in an abstract, in order, each once, without the sentence's punctuation."""
    links = (m.group().rstrip(_AFTER_LINK) for m in _CODE_LINK.finditer(_LATEX_ESCAPE.sub(r"\1", abstract)))
    return tuple(dict.fromkeys(links))
