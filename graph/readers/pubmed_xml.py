"""Reader of PubMed's XML: articles and books of PubmedArticleSet, as files of the baseline or answers of efetch.

Source: nlm.nih.gov/bsd/licensee/elements_descriptions.html (what the elements say),
dtd.nlm.nih.gov/ncbi/pubmed/doc/out (pubmed_190101.dtd and later)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import IO, Final

from lxml import etree

from ..errors import shorten
from ..identifiers import identifier
from ..records import Category, Identifier, Lines, Paper, Problem, Published, Record
from .languages import language_of
from .markup import plain_text
from .printed_identifiers import wanted
from .pubmed_parts import authors_of, date_of, kind_of
from .remarks import Remarks, remark_on_gaps
from .xml_records import Element, elements, local_name, text_of
from .xml_stream import root

NAME: Final = "pubmed_xml"
TITLE: Final = "PubMed XML (PubmedArticleSet)"

_ROOTS: Final = frozenset(
    {"PubmedArticleSet", "PubmedBookArticleSet", "PubmedArticle", "PubmedBookArticle", "eFetchResult"}
)
_RECORDS: Final = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument", "ERROR")
_SCHEMES: Final = {"pubmed": "pmid", "doi": "doi", "pmc": "pmcid", "pmcid": "pmcid"}
# Where numbers stand, below PubmedData, MedlineCitation or BookDocument, and which attribute says what they are.
_NUMBERS: Final = (
    ("ArticleIdList/ArticleId", "IdType"),
    ("Article/ELocationID", "EIdType"),
    ("ELocationID", "EIdType"),
)
_NO_TITLE: Final = re.compile(r"\[?(?:not available|no title available)\]?\.?", re.IGNORECASE)
_SHOWN: Final = 160


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is XML of PubMed."""
    document = root(head)
    return document is not None and document.name in _ROOTS


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each article and book, its remarks behind it; what PubMed takes back is remarked and not carried out.

    Raises:
        UnreadableFile: nothing could be read.
    """
    is_empty = True
    for found in elements(stream, path, _RECORDS):
        is_empty = False
        if isinstance(found, Problem):
            yield found
        else:
            yield from _READ[local_name(found.element)](found.element, found.lines)
    if is_empty:
        yield Problem(Lines(1, 1), "a set without articles", "articles or books", False, True)


def _article(record: Element, lines: Lines) -> Iterator[Record]:
    citation = record.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if citation is None or article is None:
        yield Problem(lines, "a PubmedArticle without MedlineCitation/Article", "both of them", True)
        return
    remarks = Remarks()
    authorships, is_truncated = authors_of(article.findall("AuthorList"), remarks)
    issue = article.find("Journal/JournalIssue")
    yield from _records(
        Paper(
            title=_title(article, ("ArticleTitle", "VernacularTitle")),
            authorships=authorships,
            is_truncated=is_truncated,
            lines=lines,
            issued=date_of(article.find("Journal/JournalIssue/PubDate"), remarks),
            abstract=_abstract(article.find("Abstract")) or _abstract(citation.find("OtherAbstract")),
            identifiers=tuple(_identifiers(citation, record.find("PubmedData"), remarks)),
            kind=kind_of(text_of(kind) for kind in article.iterfind("PublicationTypeList/PublicationType")),
            published=Published(
                _text(article, "Journal/Title") or _text(article, "Journal/ISOAbbreviation"),
                _text(issue, "Volume"),
                _text(issue, "Issue"),
                _text(article, "Pagination/MedlinePgn"),
            ),
            categories=tuple(_headings(citation)),
            keywords=_keywords(citation),
            references=tuple(_references(record, remarks)),
            language=language_of(_text(article, "Language"), remarks.add),
        ),
        remarks,
    )


def _book(record: Element, lines: Lines) -> Iterator[Record]:
    """A book of NCBI Bookshelf, or with an ArticleTitle a chapter of it."""
    document = record.find("BookDocument")
    if document is None:
        yield Problem(lines, "a PubmedBookArticle without BookDocument", "one", True)
        return
    remarks = Remarks()
    is_chapter = bool(_title(document, ("ArticleTitle",)))
    lists = document.findall("AuthorList") or document.findall("Book/AuthorList")
    written = [authors for authors in lists if authors.get("Type") != "editors"]
    authorships, is_truncated = authors_of(written, remarks)
    yield from _records(
        Paper(
            title=_title(document, ("ArticleTitle", "VernacularTitle", "Book/BookTitle")),
            authorships=authorships,
            is_truncated=is_truncated,
            lines=lines,
            issued=date_of(document.find("Book/PubDate"), remarks),
            abstract=_abstract(document.find("Abstract")),
            identifiers=tuple(_identifiers(document, record.find("PubmedBookData"), remarks)),
            kind="chapter" if is_chapter else "book",
            published=Published(
                _title(document, ("Book/BookTitle",)) or None if is_chapter else None,
                _text(document, "Book/Volume"),
                pages=_text(document, "Pagination/MedlinePgn"),
                publisher=_text(document, "Book/Publisher/PublisherName"),
            ),
            keywords=_keywords(document),
            references=tuple(_references(document, remarks)),
            language=language_of(_text(document, "Language"), remarks.add),
        ),
        remarks,
    )


def _deleted(record: Element, lines: Lines) -> Iterator[Record]:
    numbers = [text_of(number) for number in record.iterfind("PMID")]
    found = shorten(f"{len(numbers)} deleted: {', '.join(numbers[:20])}", _SHOWN)
    yield Problem(lines, found, "articles; what PubMed takes back is not taken out", False)


def _error(element: Element, lines: Lines) -> Iterator[Record]:
    """What efetch answers where it has no articles to give."""
    yield Problem(
        lines, shorten(f"an error of PubMed: {text_of(element)}", _SHOWN), "articles: ask again", True
    )


_READ: Final = {
    "PubmedArticle": _article,
    "PubmedBookArticle": _book,
    "DeleteCitation": _deleted,
    "DeleteDocument": _deleted,
    "ERROR": _error,
}


def _records(paper: Paper, remarks: Remarks) -> Iterator[Record]:
    if not paper.title and not paper.identifiers:
        yield Problem(paper.lines, "a record without title and identifier", "one of them", True)
        return
    remark_on_gaps(paper, 0, remarks)
    yield paper
    yield from remarks.problems(paper.lines)


def _text(element: Element | None, path: str) -> str | None:
    return (text_of(element.find(path)) or None) if element is not None else None


def _title(element: Element, paths: Iterable[str]) -> str:
    """The first title that is one: where an article has none, PubMed writes "[Not Available]."."""
    titles = (_plain(element.find(path)) for path in paths)
    return next((title for title in titles if title and not _NO_TITLE.fullmatch(title)), "")


def _plain(element: Element | None) -> str:
    """The text of an element with markup, as elements (`<i>`, MathML) or, in older records, written out as text."""
    if element is None:
        return ""
    text: str = element.text or ""
    if not len(element) and "<" not in text:
        return " ".join(text.split())
    etree.strip_tags(element, "DispFormula")
    inside = (etree.tostring(child, encoding="unicode") for child in element)
    return plain_text(escape(element.text or "", quote=False) + "".join(inside))


def _abstract(abstract: Element | None) -> str | None:
    """The parts of an abstract, each on a line of its own behind its label."""
    parts = []
    for part in abstract.iterfind("AbstractText") if abstract is not None else ():
        text, label = _plain(part), part.get("Label")
        if text:
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return "\n".join(parts) or None


def _identifiers(citation: Element, data: Element | None, remarks: Remarks) -> Iterator[Identifier]:
    """The numbers of the paper itself; PubMed's own first, each once."""
    printed = [("pubmed", text_of(citation.find("PMID")))]
    for path, kind in _NUMBERS:
        for parent in (data, citation):
            for element in parent.iterfind(path) if parent is not None else ():
                if element.get("ValidYN") != "N":
                    printed.append((element.get(kind, ""), text_of(element)))
    return _known(printed, remarks)


def _references(record: Element, remarks: Remarks) -> Iterator[Identifier]:
    """The numbers of the papers that this one cites."""
    lists = record.iterfind(".//ReferenceList//Reference/ArticleIdList/ArticleId")
    return _known([(number.get("IdType", ""), text_of(number)) for number in lists], remarks)


def _known(printed: Iterable[tuple[str, str]], remarks: Remarks) -> Iterator[Identifier]:
    """The identifiers whose scheme we hold (not "pii", "bookaccession", "mid" …), each once."""
    for kind, text in dict.fromkeys(printed):
        scheme = _SCHEMES.get(kind)
        if scheme is None or not text:
            continue
        found = identifier(scheme, text)
        if found is None:
            remarks.add(f"{kind} {text}", wanted(scheme))
        else:
            yield found


def _headings(citation: Element) -> Iterator[Category]:
    """The Medical Subject Headings, by the number of the descriptor where there is one."""
    for heading in citation.iterfind("MeshHeadingList/MeshHeading/DescriptorName"):
        name = text_of(heading)
        if name:
            yield Category(name, heading.get("UI") or name, "mesh", label=name)


def _keywords(element: Element) -> tuple[str, ...]:
    texts = (_plain(keyword) for keyword in element.iterfind("KeywordList/Keyword"))
    return tuple(dict.fromkeys(filter(None, texts)))
