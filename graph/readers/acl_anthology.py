"""Reader of the XML of the ACL Anthology: a collection of volumes, with the papers of each.

    <collection id="2022.acl">
      <volume id="long" type="proceedings">
        <meta><booktitle>…</booktitle><month>May</month><year>2022</year></meta>
        <frontmatter>…</frontmatter>
        <paper id="1"><title>…</title><author id="…" orcid="…"><first>…</first><last>…</last></author>…</paper>

Front matter and the talks of events are no papers, editors no authors. Left out too: variants of a name in another
writing, awards, attachments, revisions, retractions.
Source: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from ..identifiers import identifier
from ..person_names import spoken, stands_for_others
from ..records import Authorship, Paper, PartialDate, Problem, Published, Record
from .languages import language_of
from .latex import without_latex
from .partial_dates import of_year_and_month
from .printed_identifiers import distinct, identified
from .remarks import NO_NAME, Remarks, remark_on_gaps, remark_on_twins
from .xml_fields import Fields
from .xml_records import Element, Found, elements, local_name, text_of
from .xml_stream import root

NAME = "acl_anthology"
TITLE = "Collection of the ACL Anthology, as XML"

_KINDS: Final = {"journal": "article", "proceedings": "conference-paper"}  # by the type of the volume
# Collections up to 2019, with volumes of two digits: W…, and two that were laid out like them.
# Source: https://github.com/acl-org/acl-anthology, python/acl_anthology/utils/ids.py (build_id)
_OLD: Final = re.compile(r"[A-Z]\d\d")
_OLD_WIDE: Final = re.compile(r"(?:W\d\d|C69)-\d+|D19-(?:[5-9]|\d\d)")


@dataclass(frozen=True, slots=True)
class _Volume:
    """What the `<meta>` of a volume says of all its papers; `key` is its collection's id and its own."""

    key: tuple[str, str]
    kind: str | None
    title: str
    journal: str
    volume: str
    issue: str
    publisher: str
    year: str
    month: str


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is a collection with a volume."""
    found = root(head)
    return (
        found is not None and found.name == "collection" and " id=" in found.attributes and "<volume" in head
    )


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper and problem in the order of the file.

    Raises:
        UnreadableFile: nothing could be read; says where it breaks.
    """
    volume = None
    for found in elements(stream, path, ("paper", "meta"), ("collection", "volume")):
        if isinstance(found, Problem):
            yield found
            continue
        key = _key(found.element)
        if local_name(found.element) == "paper":
            about = volume if volume is not None and volume.key == key else _unknown(key)
            yield from _paper(found, about)
        elif key[1]:  # events have a `<meta>` too
            volume = _described(key, found.element)


def _key(element: Element) -> tuple[str, str]:
    """The ids of collection and volume around an element, "" for each that is not known."""
    volume = element.getparent()
    if volume is None or local_name(volume) != "volume":
        return "", ""
    collection = volume.getparent()
    is_whole = collection is not None and local_name(collection) == "collection"
    return collection.get("id", "") if is_whole else "", volume.get("id", "")


def _unknown(key: tuple[str, str]) -> _Volume:
    return _Volume(key, None, "", "", "", "", "", "", "")


def _described(key: tuple[str, str], meta: Element) -> _Volume:
    said = Fields(meta)
    return _Volume(
        key=key,
        kind=_KINDS.get(meta.getparent().get("type", "")),
        title=_plain(said.first("booktitle")),
        journal=said.text("journal-title"),
        volume=said.text("journal-volume"),
        issue=said.text("journal-issue"),
        publisher=said.text("publisher"),
        year=said.text("year"),
        month=said.text("month"),
    )


def _paper(found: Found, volume: _Volume) -> Iterator[Record]:
    element, lines = found
    said, remarks = Fields(element), Remarks()
    printed = _paper_id(volume.key, element.get("id", ""), said)
    names = identified("acl", printed, remarks), identified("doi", said.text("doi"), remarks)
    said.expect_once(remarks, "title", "abstract", "doi", "pages")
    title = _plain(said.first("title"))
    if not title and not any(names):
        yield Problem(lines, "a paper without title and without an id", "one of them", True)
        return
    authorships, is_truncated = _authorships(said, remarks)
    paper = Paper(
        title=title,
        authorships=authorships,
        is_truncated=is_truncated,
        lines=lines,
        issued=_issued(said, volume, remarks),
        abstract=_plain(said.first("abstract")) or None,
        has_code=True if said.all("pwccode") else None,
        code_links=tuple(dict.fromkeys(_code_links(said, remarks))),
        identifiers=distinct(names),
        kind="other" if element.get("type") else volume.kind,
        published=_published(said, volume),
        language=language_of(said.text("language"), remarks.add),
    )
    yield paper
    remark_on_gaps(paper, len(said.all("editor")), remarks)
    yield from remarks.problems(lines)


def _code_links(said: Fields, remarks: Remarks) -> Iterator[str]:
    for link in said.all("pwccode"):
        address = link.get("url", "").strip()
        if address.startswith(("http://", "https://")):
            yield address
        elif address:
            remarks.add(f"code at {address}", "an address on the web; it is left out")


def _paper_id(key: tuple[str, str], number: str, said: Fields) -> str:
    """The id of a paper: 2022.acl-long.1, P18-1001, W18-0501; where its volume is not known, what its `<url>` says."""
    collection, volume = key
    if not (collection and volume and number):
        address = said.text("url")
        return address if identifier("acl", address) else ""
    if not _OLD.fullmatch(collection):
        return f"{collection}-{volume}.{number}"
    if _OLD_WIDE.fullmatch(f"{collection}-{volume}"):
        return f"{collection}-{volume.zfill(2)}{number.zfill(2)}"
    return f"{collection}-{volume}{number.zfill(3)}"


def _authorships(said: Fields, remarks: Remarks) -> tuple[tuple[Authorship, ...], bool]:
    """The authors, and whether the list says that there are more. Positions count those without a name too."""
    found, is_truncated = [], False
    for position, author in enumerate(said.all("author"), 1):
        parts = Fields(author)
        name = spoken(parts.text("first"), parts.text("last")) or (text_of(author) if not len(author) else "")
        if stands_for_others(name):
            is_truncated = True
        elif not name:
            remarks.add(f"author {position} without a name", NO_NAME)
            is_truncated = True
        else:
            found.append(_authorship(name, position, author, parts, remarks))
    remark_on_twins(found, remarks)
    return tuple(found), is_truncated


def _authorship(name: str, position: int, author: Element, parts: Fields, remarks: Remarks) -> Authorship:
    affiliations = (text_of(line) for line in parts.all("affiliation"))
    return Authorship(
        name,
        position,
        distinct(
            (
                identified("acl-author", author.get("id"), remarks),
                identified("orcid", author.get("orcid"), remarks),
            )
        ),
        affiliations=tuple(line for line in affiliations if line),
    )


def _issued(said: Fields, volume: _Volume, remarks: Remarks) -> PartialDate | None:
    """When the paper came out by its own word, else by its volume's."""
    year, month = said.text("year") or volume.year, said.text("month") or volume.month
    issued, is_whole = of_year_and_month(year, month)
    if issued is None:
        remarks.add("no year", "a year in the paper, or in the <meta> of its volume")
    elif not is_whole:
        expected = "a year and a month" if issued.year is None else "a month of the calendar"
        remarks.add(issued.as_given, f"{expected}; it is kept as text")
    return issued


def _published(said: Fields, volume: _Volume) -> Published | None:
    published = Published(
        venue=said.text("journal") or volume.journal or volume.title or None,
        volume=volume.volume or None,
        issue=said.text("issue") or volume.issue or None,
        pages=said.text("pages") or None,
        publisher=volume.publisher or None,
    )
    return published if published != Published() else None


def _plain(element: Element | None) -> str:
    """The text of a title or abstract; formulas (`<tex-math>`) as text where they are in commands we know."""
    if element is None or element.find(".//{*}tex-math") is None:
        return text_of(element)
    for formula in element.iter("{*}tex-math"):
        formula.text = without_latex(formula.text or "")
    return text_of(element)
