"""Reader of dblp's XML: the dump, slices of it, and the records of one person or one table of contents.

    <dblp>
    <article key="journals/cacm/Gentry10" mdate="2010-04-26">
    <author orcid="0000-…">Jun Zhang 0001</author> … <title>Computing <i>arbitrary</i> functions.</title>
    <journal>Commun. ACM</journal> … <ee>https://doi.org/10.1145/1666420.1666444</ee>
    </article>
    <www key="homepages/g/OdedGoldreich"><author>Oded Goldreich</author><title>Home Page</title> … </www>

Titles keep the full stop that dblp puts behind them. Editors are no authors, also not of proceedings. Left out: cross
references, streams, dates of change, links that are no identifiers, former affiliations.
Sources: https://dblp.org/xml/dblp.dtd, https://dblp.org/faq/16154937.html (content of dblp.xml),
https://dblp.org/faq/17334559.html (attributes), doi.org/10.14778/1687553.1687577 (M. Ley, DBLP: Some Lessons Learned)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

from ..errors import shorten
from ..identifiers import by_address, identifier
from ..person_names import stands_for_others
from ..records import Authorship, Identifier, Lines, Paper, Problem, Published, Record
from .dblp_persons import PERSONS, Printed, person, printed_name
from .partial_dates import of_year_and_month
from .printed_identifiers import distinct, identified
from .remarks import NO_NAME, Remarks, remark_on_gaps, remark_on_twins
from .xml_fields import Fields
from .xml_records import Element, elements, local_name, text_of
from .xml_stream import root

NAME = "dblp_xml"
TITLE = "Records of dblp, as XML"

_KINDS: Final = {
    "article": "article",
    "book": "book",
    "data": "dataset",
    "incollection": "chapter",
    "inproceedings": "conference-paper",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "proceedings": "proceedings",
    "www": "other",
}
# What `publtype` says more exactly, by its words; "encyclopedia", "edited" and "withdrawn" are of the kinds above.
_PUBLTYPES: Final = {"informal": "preprint", "software": "software", "data": "dataset", "survey": "review"}
_ROOTS: Final = frozenset({"bht", "dblp", "dblpperson"})
_WHOLES: Final = frozenset({"book", "proceedings", "phdthesis", "mastersthesis"})  # whose ISBN is their own
# Where a record came out, the first that it has; the volume of a book or of proceedings is that of the series.
_VENUES: Final = ("journal", "booktitle", "series")
_VENUES_OF_WHOLES: Final = ("series", "journal", "booktitle")
_OF_DOIS: Final = re.compile(r"https?://(?:dx\.)?doi\.")
_CORR: Final = "abs/"  # what the volumes of CoRR begin with, before the arXiv number


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is dblp's XML."""
    found = root(head)
    return found is not None and found.name in _ROOTS and (" key=" in found.inside or found.name == "dblp")


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper, profile and problem in the order of the file.

    Raises:
        UnreadableFile: nothing could be read; says where it breaks.
    """
    for found in elements(stream, path, (*_KINDS, "person")):
        if isinstance(found, Problem):
            yield found
        elif found.element.get("key", "").startswith(PERSONS):
            yield from person(found.element, found.lines)
        else:
            yield from _paper(found.element, found.lines)


def _paper(element: Element, lines: Lines) -> Iterator[Record]:
    tag, said, remarks = local_name(element), Fields(element), Remarks()
    said.expect_once(remarks, "title", "year")
    title = text_of(said.first("title"))
    known = _identifiers(element, tag, said, remarks)
    if not title and not known:
        yield Problem(lines, f"a record <{tag}> without title and without a key", "one of them", True)
        return
    authorships, is_truncated = _authorships(said, remarks)
    issued, is_whole = of_year_and_month(said.text("year"), said.text("month"))
    if not is_whole and issued is not None:
        remarks.add(issued.as_given, "a year, and a month of the calendar; it is kept as text")
    paper = Paper(
        title=title,
        authorships=authorships,
        is_truncated=is_truncated,
        lines=lines,
        issued=issued,
        institutions=tuple(dict.fromkeys(text for school in said.all("school") if (text := text_of(school)))),
        identifiers=known,
        kind=_kind(tag, element.get("publtype", "")),
        published=_published(tag, said),
        references=_references(said),
    )
    yield paper
    remark_on_gaps(paper, len(said.all("editor")), remarks)
    yield from remarks.problems(lines)


def _kind(tag: str, publtype: str) -> str:
    exact = (_PUBLTYPES[word] for word in publtype.split() if word in _PUBLTYPES)
    return next(exact, _KINDS.get(tag, "other"))


def _identifiers(element: Element, tag: str, said: Fields, remarks: Remarks) -> tuple[Identifier, ...]:
    found = [identified("dblp", element.get("key"), remarks)]
    for link in said.all("ee"):
        found.append(_linked(text_of(link), remarks))
    volume = said.text("volume")
    if volume.startswith(_CORR) and said.text("journal") == "CoRR":
        found.append(identified("arxiv", volume, remarks))
    if tag in _WHOLES:
        found += [identified("isbn", text_of(isbn), remarks) for isbn in said.all("isbn")]
    return distinct(found)


def _linked(link: str, remarks: Remarks) -> Identifier | None:
    """The identifier that a link to the paper holds; a remark where it is the address of a DOI that is none."""
    found = by_address(link, "paper")
    if found is None and _OF_DOIS.match(link):
        remarks.add(link, "the address of a DOI; it is left out")
    return found


def _authorships(said: Fields, remarks: Remarks) -> tuple[tuple[Authorship, ...], bool]:
    """The authors, and whether the list says that there are more. Positions count those without a name too."""
    found, is_truncated = [], False
    for position, author in enumerate(said.all("author"), 1):
        printed = printed_name(text_of(author))
        if printed is None:
            remarks.add(f"author {position} without a name", NO_NAME)
            is_truncated = True
        elif stands_for_others(printed.name):
            is_truncated = True
        else:
            found.append(_authorship(printed, position, author, remarks))
    remark_on_twins(found, remarks)
    return tuple(found), is_truncated


def _authorship(printed: Printed, position: int, author: Element, remarks: Remarks) -> Authorship:
    known = (
        identified("dblp-author", author.get("pid"), remarks),  # in the records of one person
        printed.numbered,
        identified("orcid", author.get("orcid"), remarks),
    )
    return Authorship(printed.name, position, distinct(known), as_given=printed.as_given)


def _published(tag: str, said: Fields) -> Published | None:
    published = Published(
        venue=said.text(*(_VENUES_OF_WHOLES if tag in _WHOLES else _VENUES)) or None,
        volume=said.text("volume") or None,
        issue=said.text("number") or None,
        pages=said.text("pages") or None,
        publisher=said.text("publisher") or None,
    )
    return published if published != Published() else None


def _references(said: Fields) -> tuple[Identifier, ...]:
    """The records that `<cite>` names by their keys; "..." stands for one that dblp does not hold."""
    return distinct(identifier("dblp", shorten(text_of(cited))) for cited in said.all("cite"))
