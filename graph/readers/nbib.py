"""Reader of the MEDLINE display format of PubMed (.nbib).

    PMID- 28754806                               opens a record; tags take four places, then a dash and a space
    FAU - Brinjikji, Waleed                      an author with the whole name
    AU  - Brinjikji W                            the same author, short
    AUID- ORCID: 0000-0002-9175-972X             identifiers and addresses of the author above
    AD  - Department of Radiology, Mayo Clinic,
          Rochester, Minnesota, USA.             six spaces: the line goes on

Source: nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

from ..person_names import spoken, turned
from ..records import Category, Lines, Problem, Record
from .languages import language_of
from .lenient_text import lenient_lines
from .paper_draft import Author, Draft, published
from .partial_dates import from_text
from .tagged_records import Dialect, TaggedRecord, tagged_records

NAME = "nbib"
TITLE = "PubMed, MEDLINE display format (.nbib)"

_TAG: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*))?", re.DOTALL)
_OPENING: Final = re.compile(r"(?m)^PMID- ?\d{1,8}\s*$")
_FIRST_TAG: Final = re.compile(r"(?m)^[A-Z][A-Z0-9 ]{3}-")
_ORCID: Final = re.compile(r"\s*ORCID:?\s*(.+)", re.IGNORECASE)
# What NLM prints behind the given name (nlm.nih.gov/bsd/mms/medlineelements.html#fau).
_SUFFIX: Final = re.compile(r"(?:Jr|Sr|[2-9](?:nd|rd|th)|I{2,3}|IV)\.?", re.IGNORECASE)
_INITIALS: Final = re.compile(r"[A-Z]{1,4}")
# Publication types say more than one thing of a paper; the first row that fits counts.
_KINDS: Final = (
    ("preprint", {"Preprint"}),
    ("editorial", {"Editorial"}),
    ("letter", {"Letter"}),
    ("review", {"Review", "Systematic Review", "Meta-Analysis", "Scoping Review"}),
    ("dataset", {"Dataset"}),
    ("thesis", {"Academic Dissertation"}),
    ("report", {"Technical Report"}),
    (
        "article",
        {"Journal Article", "Classical Article", "Case Reports", "Clinical Trial", "Comparative Study"},
    ),
    ("conference-paper", {"Congress", "Congresses"}),
    ("book", {"Book", "Monograph"}),
)
_DIALECT: Final = Dialect(
    lambda line: (found[1], found[2] or "") if (found := _TAG.fullmatch(line.lstrip("\ufeff\f"))) else None,
    first="PMID",
    last="",
)


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is MEDLINE text: the first tagged line gives a PMID."""
    opening, tag = _OPENING.search(head), _FIRST_TAG.search(head)
    return opening is not None and tag is not None and opening.start() == tag.start() < 4000


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper with its remarks, and each problem, in the order of the file; `path` is not needed."""
    for record in tagged_records(lenient_lines(stream), _DIALECT):
        if isinstance(record, Problem):
            yield record
        elif record.faults:
            yield Problem(Lines(record.first, record.last), record.faults[0], "lines of UTF-8 text", True)
        else:
            yield from _paper(record)


def _paper(record: TaggedRecord) -> Iterator[Record]:
    draft = Draft(Lines(record.first, record.last))
    if record.is_cut:
        draft.remark("the end of the file inside a line", "the rest of the record; kept as far as it goes")
        draft.is_truncated = True
    _people(record, draft)
    _say(record, draft)
    _identify(record, draft)
    yield from draft.finished()


def _people(record: TaggedRecord, draft: Draft) -> None:
    """Authors and groups in the order of the record; AUID and AD belong to the author above them."""
    author: Author | None = None
    is_named = False  # whether the AU that comes next is the author of the FAU above
    for tag, parts in record.fields:
        text = " ".join(parts)
        if tag == "FAU" or (tag == "AU" and not is_named):
            author = draft.add_author(text, _full if "," in text else _short)
            is_named = tag == "FAU"
        elif tag == "AU":
            is_named = False
        elif tag == "CN":
            author = draft.add_author(text, str, is_collective=True)
        elif tag == "AUID" and author:
            _author_identifier(text, author, draft)
        elif tag == "AD" and text:
            (author.affiliations if author else draft.institutions).append(text)


def _full(printed: str) -> str:
    """Return "Hellinger, Frank R Jr" in the order of speech."""
    family, _, given = printed.partition(",")
    head, _, last = given.strip().rpartition(" ")
    if head and _SUFFIX.fullmatch(last):
        return spoken(head, family, suffix=last)
    return turned(printed)


def _short(printed: str) -> str:
    """Return "Given CA 2nd" in the order of speech; any other form as it stands."""
    words = printed.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    if len(words) < 2 or not _INITIALS.fullmatch(words[-1]):
        return " ".join(printed.split())
    return spoken(words[-1], " ".join(words[:-1]), suffix=suffix)


def _author_identifier(text: str, author: Author, draft: Draft) -> None:
    orcid = _ORCID.fullmatch(text)
    if orcid is None:
        draft.remark(text, "an ORCID; identifiers of other registers are left out")
    elif found := draft.claimed("orcid", orcid[1]):
        author.identifiers.append(found)


def _say(record: TaggedRecord, draft: Draft) -> None:
    """Title, abstract, kind, date, place of publication, headings."""
    title = record.text("TI") or record.text("BTI") or record.text("TT")
    draft.say(title, record.text("AB"))
    types = set(record.texts("PT"))
    draft.kind = next((kind for kind, names in _KINDS if names & types), "other" if types else None)
    printed = record.text("DP")
    draft.date(from_text(printed), printed)
    venue = record.text("JT") or record.text("TA")
    draft.published = published(
        venue, record.text("VI"), record.text("IP"), record.text("PG"), record.text("PB")
    )
    languages = record.texts("LA")
    draft.language = language_of("; ".join(languages), draft.remark)
    draft.keywords = [word.lstrip("*") for word in record.texts("OT")]
    for heading in record.texts("MH"):
        # "Brain Ischemia/diagnostic imaging/*surgery": the heading, its qualifiers; a star marks a main topic
        draft.categories.append(Category(heading, heading.split("/")[0].lstrip("*"), "mesh"))


def _identify(record: TaggedRecord, draft: Draft) -> None:
    """PMID, PMCID and DOI of the paper; publishers' own numbers ("[pii]") are no identifiers of a scheme."""
    draft.identify("pmid", record.text("PMID"))
    draft.identify("pmcid", record.text("PMC"))
    for text in record.texts("LID") + record.texts("AID"):
        number, _, label = text.rpartition("[")
        if label.strip().lower() == "doi]":
            draft.identify("doi", number)
