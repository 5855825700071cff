"""Parts of PubMed's records: authors, dates, kinds and languages.

Source: nlm.nih.gov/bsd/licensee/elements_descriptions.html, sections AuthorList, PubDate, PublicationType, Language;
nlm.nih.gov/mesh/pubtypes.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from ..errors import shorten
from ..identifiers import identifier
from ..records import Authorship, Identifier, Lines, PartialDate, Problem
from .person_names import spoken, stands_for_others
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
_MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_MEDLINE_DATE: Final = re.compile(
    r"([1-9][0-9]{3})\b(?: ([A-Za-z]{3})[a-z]*)?(?: ([0-9]{1,2}))?(.*)", re.DOTALL
)
_YEAR: Final = re.compile(r"[1-9][0-9]{3}")
_DAYS: Final = re.compile(r"[-0-9 ]+")
# MARC's three letters, as PubMed has them (loc.gov/marc/languages), to tags of BCP 47: two letters where ISO 639 has
# some. `und` and `mul` say that it is not one language.
_LANGUAGES: Final = dict(
    pair.split("=")
    for pair in (
        "afr=af alb=sq ara=ar arm=hy aze=az baq=eu bel=be ben=bn bos=bs bul=bg cat=ca chi=zh cze=cs dan=da dut=nl "
        "eng=en epo=eo est=et fin=fi fre=fr geo=ka ger=de glg=gl gle=ga gre=el heb=he hin=hi hrv=hr hun=hu ice=is "
        "ind=id ita=it jpn=ja kaz=kk kin=rw kor=ko lat=la lav=lv lit=lt mac=mk mal=ml mao=mi may=ms nor=no per=fa "
        "pol=pl por=pt pus=ps rum=ro rus=ru san=sa scc=sr scr=hr slo=sk slv=sl spa=es srp=sr swa=sw swe=sv tha=th "
        "tur=tr ukr=uk urd=ur vie=vi wel=cy"
    ).split()
)
_NAMES: Final = frozenset({"CollectiveName", "ForeName", "Initials", "LastName", "Suffix"})
_PLACES: Final = ("AffiliationInfo", "Affiliation")  # the second until 2014
_NO_LANGUAGE: Final = frozenset({"und", "mul"})


class Remarks:
    """What was left out of one record; filled while its parts are read."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.problems: list[Problem] = []

    def add(self, found: str, expected: str) -> None:
        self.problems.append(Problem(self._lines, shorten(found), expected, False))


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
            remarks.add(f"author {position}: no name", "a name; left out")
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
    """Return a PubDate as precise as it is printed: of a season or a span of months the year alone.

    A day is kept with its month only, and a MedlineDate ("1998 Dec-1999 Jan") as far as it names one year or month.
    """
    if printed is None:
        return None
    whole = " ".join(filter(None, (text_of(part) for part in printed)))
    parts = {part.tag: text_of(part) for part in printed}
    if "MedlineDate" in parts:
        return _medline_date(whole, remarks)
    year = int(parts["Year"]) if _YEAR.fullmatch(parts.get("Year", "")) else None
    month = _month(parts.get("Month", ""))
    day = int(parts["Day"]) if month and re.fullmatch(r"[0-9]{1,2}", parts.get("Day", "")) else None
    if not whole:
        return None
    is_misread = (parts.get("Month") and month is None) or (parts.get("Day") and day is None)
    if year is None or is_misread or not _is_day(year, month, day):
        remarks.add(f"date {whole}", "a day of the calendar; what follows the year is kept as text only")
        month = day = None
    return PartialDate(whole, year, month, day)


def _medline_date(text: str, remarks: Remarks) -> PartialDate:
    """A date in words: "1998 Dec-1999 Jan", "2001 Sep-Oct", "1944-1945", "2008", "1999 Spring"."""
    found = _MEDLINE_DATE.fullmatch(text)
    if found is None:
        remarks.add(f"date {text}", "a year at its beginning; it is kept as text only")
        return PartialDate(text, None)
    year, tail = int(found[1]), found[4].strip()
    month = _month(found[2] or "")
    if _YEAR.search(tail):
        remarks.add(f"date {text}", "one year; it is kept as text only")
        return PartialDate(text, None)
    if found[3] and _DAYS.fullmatch(tail):
        return PartialDate(text, year, month)
    if tail or month is None:
        return PartialDate(text, year)
    day = int(found[3]) if found[3] else None
    return PartialDate(text, year, month, day) if _is_day(year, month, day) else PartialDate(text, year)


def _month(printed: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", printed):
        return int(printed) if 1 <= int(printed) <= 12 else None
    return _MONTHS.get(printed[:3].lower())


def _is_day(year: int, month: int | None, day: int | None) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return day != 0


def kind_of(types: Iterable[str]) -> str | None:
    """Return the kind of a paper with these publication types; "other" where none of them tells it.

    Example:
        >>> kind_of(["Journal Article", "Review", "Research Support, N.I.H., Extramural"]), kind_of(["Portrait"])
        ('review', 'other')
    """
    given = set(types) - {""}
    return next((kind for name, kind in _KINDS.items() if name in given), "other") if given else None


def language_of(printed: str | None) -> str | None:
    """Return the tag of a language that MARC has in three letters; None where it is not one.

    Example:
        >>> language_of("fre"), language_of("und"), language_of("haw")
        ('fr', None, 'haw')
    """
    code = (printed or "").lower()
    if code in _NO_LANGUAGE or not re.fullmatch(r"[a-z]{3}", code):
        return None
    return _LANGUAGES.get(code, code)
