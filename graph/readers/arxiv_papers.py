"""What arXiv says of a paper, in whatever container → the record: identifiers, categories, dates, text without LaTeX.

Source: info.arxiv.org/help/arxiv_identifier.html, info.arxiv.org/help/prep (the fields, their forms),
info.arxiv.org/help/api/user-manual.html (categories stand beside ACM and MSC classes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ..categories import ARXIV, resolve, taxonomy
from ..errors import shorten
from ..identifiers import identifier
from ..records import Authorship, Category, Identifier, Lines, Paper, PartialDate, Problem, Published, Record
from .latex import without_latex
from .partial_dates import from_iso, from_text

MSC: Final = "msc"  # Mathematics Subject Classification
ACM: Final = "acm"  # ACM Computing Classification System of 1998

_MSC_CODE: Final = re.compile(r"\d\d(?:[A-Z](?:\d\d|xx)|-\d\d|[A-Z]?-?XX)", re.IGNORECASE)
_ACM_CODE: Final = re.compile(r"[A-K](?:\.(?:\d|m)){1,2}(?:\.\w+)?", re.IGNORECASE)
_CLASSES: Final = ((MSC, _MSC_CODE), (ACM, _ACM_CODE))


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one paper as printed, "" where there is none.

    `categories` in their order, `primary` where it is named apart (else the first is it). `dois` may hold several,
    parted by space: arXiv lists that of an erratum beside the paper's. `remarks` are (found, expected) of what the
    caller left out.
    """

    id: str
    title: str
    authorships: tuple[Authorship, ...]
    is_truncated: bool
    lines: Lines
    categories: tuple[str, ...] = ()
    primary: str = ""
    classes: tuple[Category, ...] = ()
    abstract: str = ""
    dois: str = ""
    journal_ref: str = ""
    date: str = ""
    author_count: int | None = None
    remarks: tuple[tuple[str, str], ...] = ()


def records_of(fields: Fields) -> Iterator[Record]:
    """Yield the paper and a remark on each part that was left out; one refusal where it has no title and no number."""
    remarks = list(fields.remarks)
    title = without_latex(fields.title)
    identifiers = tuple(_identifiers(fields, remarks))
    if not title and not identifiers:
        found = f"a paper without title and identifier: {fields.id or 'nothing'}"
        yield Problem(
            fields.lines, shorten(found), "an arXiv identifier such as 2301.00001, or a title", True
        )
        return
    if not title:
        remarks.append(("no title", "a title; the paper is kept without"))
    for author in fields.authorships:
        if is_encoded_twice(author.name):
            remarks.append(
                (f"author {author.position}: {author.name}", "text encoded once; it is kept as printed")
            )
    if not fields.authorships:
        remarks.append(("no author", "authors; the paper is kept without"))
    categories = tuple(_categories(fields, remarks))
    yield Paper(
        title=title,
        authorships=fields.authorships,
        is_truncated=fields.is_truncated,
        lines=fields.lines,
        issued=_issued(fields.date, remarks),
        category=categories[0] if categories else None,
        abstract=without_latex(fields.abstract) or None,
        identifiers=identifiers,
        # What came out elsewhere has its kind from there; arXiv itself tells none.
        kind=None if fields.journal_ref or fields.dois else "preprint",
        published=_published(fields.journal_ref),
        categories=(*categories[1:], *fields.classes),
        author_count=fields.author_count,
    )
    for found, expected in remarks:
        yield Problem(fields.lines, shorten(found), expected, False)


def is_name(text: str) -> bool:
    """Return whether a text may be a name: lists of authors hold a lone ":" where a group's name was parted off."""
    return any(character.isalpha() for character in text)


def nameless(position: int, printed: str) -> tuple[str, str]:
    """Return the remark on an author without a name: where nothing stands somebody is missing, where ":" does nobody.

    Example:
        >>> nameless(2, "")
        ('author 2: no name', 'a name; left out, and the list counts as cut')
    """
    if printed:
        return f"author {position}: {printed}", "a name; left out"
    return f"author {position}: no name", "a name; left out, and the list counts as cut"


def is_encoded_twice(text: str) -> bool:
    """Return whether a text is UTF-8 that was taken for Latin-1 and encoded again, as in answers of arXiv of 2026.

    Example:
        >>> is_encoded_twice("JosÃ©"), is_encoded_twice("José")
        (True, False)
    """
    if text.isascii():
        return False
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def partial_date(printed: str) -> PartialDate | None:
    """Return the day that a date of arXiv names, ISO 8601 or as in mail (RFC 5322); None where it names none.

    Example:
        >>> partial_date("Mon, 2 Apr 2007 19:18:42 GMT")
        PartialDate(as_given='Mon, 2 Apr 2007 19:18:42 GMT', year=2007, month=4, day=2)
        >>> partial_date("2007-04-31") is None
        True
    """
    text = printed.strip()
    found = from_iso(text) or from_text(text).date
    return PartialDate(text, found.year, found.month, found.day) if found and found.day else None


def classes(printed: str, scheme: str) -> tuple[Category, ...]:
    """Return the classes of a field that holds some of one scheme, each once.

    Example:
        >>> [c.notation for c in classes("14G40, 11F46 (Primary) 33C60 (Secondary)", MSC)]
        ['14G40', '11F46', '33C60']
    """
    form = dict(_CLASSES)[scheme]
    return tuple(Category(code, code, scheme) for code in dict.fromkeys(form.findall(printed)))


def split_terms(terms: Iterable[str]) -> tuple[tuple[str, ...], tuple[Category, ...]]:
    """Return arXiv's categories among terms, and the ACM and MSC classes among them.

    Example:
        >>> split_terms(["cs.IR", "H.3.3; I.2.6"])[0], split_terms(["68T50"])[1][0].scheme
        (('cs.IR',), 'msc')
    """
    own: list[str] = []
    others: list[Category] = []
    for term in terms:
        found = [c for scheme, form in _CLASSES if form.match(term.strip()) for c in classes(term, scheme)]
        others += found
        if not found:
            own.append(term)
    return tuple(own), tuple(others)


def _identifiers(fields: Fields, remarks: list[tuple[str, str]]) -> Iterator[Identifier]:
    own = identifier("arxiv", fields.id)
    if own is not None:
        yield own
    else:
        remarks.append((f"identifier {fields.id or 'missing'}", "an arXiv identifier such as 2301.00001"))
    for printed in dict.fromkeys(re.split(r"[\s;,]+(?=10\.|$)", fields.dois.strip())):
        if not printed:
            continue
        doi = identifier("doi", printed)
        if doi is not None:
            yield doi
        else:
            remarks.append((f"DOI {printed}", "a DOI such as 10.1000/182"))


def _categories(fields: Fields, remarks: list[tuple[str, str]]) -> Iterator[Category]:
    """The main category first, then the others, each once."""
    printed = (fields.primary, *fields.categories) if fields.primary else fields.categories
    for notation in dict.fromkeys(printed):
        category = resolve(notation)
        if category.scheme != ARXIV and not category.possible:
            category = Category(notation, notation, ARXIV)
        if category.notation not in taxonomy():
            remarks.append((f"category {notation}", "a category of arXiv; it is kept as printed"))
        yield category
    if not fields.categories:
        remarks.append(("no category", "categories such as cs.CL; the paper is kept without"))


def _issued(printed: str, remarks: list[tuple[str, str]]) -> PartialDate | None:
    """The date; one that cannot be read is kept as text."""
    found = partial_date(printed)
    if found is None and printed.strip():
        remarks.append((f"date {printed.strip()}", "a day such as 2023-11-20; it is kept as text only"))
        return PartialDate(printed.strip(), None)
    if found is None:
        remarks.append(("no date", "the date of the first version; the paper is kept without"))
    return found


def _published(journal_ref: str) -> Published | None:
    """Where it came out: one line without parts, which nothing here takes apart."""
    venue = without_latex(journal_ref)
    return Published(venue) if venue else None
