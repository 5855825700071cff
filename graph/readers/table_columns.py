"""What the columns of a table of papers are, by the usual spellings of their names, and how its cells are parted."""

from __future__ import annotations

import csv
import re
from typing import Final

DELIMITERS: Final = ("\t", ";", ",", "|")

# Meaning of a column -> its names, the most usual first, in lower case and without marks.
_NAMES: Final = {
    "title": "title|paper title|article title|document title|work title|paper|article|paper name|"
    "titel|titre|titulo|título",
    "authors": "authors|author s|author list|authors list|list of authors|author names|authors names|author full names|"
    "authors full names|creators|creator s|all authors|authorship|autoren|auteurs|autores",
    "author": "author|author name|author full name|name of author|author display name|creator|authorname|researcher|"
    "autor|auteur",
    "position": "position|author position|author order|author rank|author no|author number|author sequence|"
    "author seq|author index|seq|sequence|order|rank|pos",
    "date": "date|publication date|date published|published|published date|pub date|issued|date issued|"
    "release date|submitted|created|datum",
    "year": "year|publication year|pub year|published year|year published|year of publication|py|jahr|annee|année|año",
    "paper_id": "paper id|paperid|article id|work id|publication id|paper key|citation key|bibtex key|"
    "entry key",
    "doi": "doi|digital object identifier|doi link|doi url|paper doi",
    "arxiv": "arxiv|arxiv id|arxivid|arxiv number|eprint",
    "pmid": "pmid|pubmed id|pubmed",
    "pmcid": "pmcid|pmc|pmc id",
    "openalex": "openalex|openalex id",
    "s2": "s2 id|semantic scholar id|corpus id s2",
    "url": "url|link|paper url|pdf url|web page",
    "author_id": "author id|authorid|author ids|authors ids|authors id|author s id|author identifier|creator id|"
    "researcher id|author key",
    "orcid": "orcid|orcid id|author orcid|orcid s|orcids",
    "institution": "institution|institutions|organization|organizations|organisation|organisations|university|"
    "universities|institute|institutes|author institution|institution name|institution names|company|lab",
    "affiliation": "affiliation|affiliations|author affiliation|author affiliations|address|addresses|"
    "authors affiliations",
    "category": "category|categories|subject|subjects|subject area|field|fields|research area|research areas|"
    "topic|topics|area|field of study|fields of study|primary category|discipline",
    "venue": "venue|journal|journal name|journal title|source|source title|conference|conference name|booktitle|"
    "book title|proceedings|publication|publication venue|publication name|container title|published in|series|"
    "journal book|journal conference|publication title",
    "volume": "volume|vol",
    "issue": "issue|number",
    "pages": "pages|page range",
    "publisher": "publisher",
    "abstract": "abstract|summary",
    "keywords": "keywords|key words|author keywords|tags",
    "kind": "type|document type|publication type|item type|entry type|kind|bibliographytype",
    "language": "language",
    "citations": "citations|cited by|citation count|times cited|cited by count|num citations|n citation|citationcount|"
    "number of citations|cites",
}  # fmt: skip
_RANKED: Final = {
    name: (meaning, rank) for meaning, names in _NAMES.items() for rank, name in enumerate(names.split("|"))
}
_ALSO_NUMBERS: Final = {"paper", "article"}  # of a paper, where another column holds its title
_LONGEST_NAME: Final = 60
_MARKS: Final = re.compile(r"[\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HINT: Final = re.compile(r"sep(?:arated)?|delimited")


def split_header(line: str, delimiter: str) -> list[str]:
    """Return the names of a header line; none where it is no line of such a table."""
    text = line.strip("\r\n\ufeff")
    if text.lstrip()[:1] in tuple("{[<@%"):  # JSON, XML, BibTeX, TeX
        return []
    try:
        cells = next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []
    return cells if all(len(cell) <= _LONGEST_NAME for cell in cells) else []


def meanings(header: list[str]) -> dict[str, int]:
    """Return meaning -> column, of several the one with the more usual name; columns of unknown names are left out.

    Example:
        >>> meanings(["Paper Title", "Author(s)", "pub_year", "remarks"])
        {'title': 0, 'authors': 1, 'year': 2}
        >>> meanings(["paper", "title", "authorName"])
        {'title': 1, 'author': 2, 'paper_id': 0}
    """
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(header):
        if row := _ranked(cell):
            meaning, rank = row
            best[meaning] = min(best.get(meaning, (rank, place)), (rank, place))
    found = {meaning: place for meaning, (_, place) in best.items()}
    for place, cell in enumerate(header):
        if cell.strip().lower() in _ALSO_NUMBERS and found.get("title") != place:
            found.setdefault("paper_id", place)
    return found


def unread(header: list[str], columns: dict[str, int], sample: list[list[str]]) -> list[str]:
    """Return the names of the columns that are not among those which are read.

    Of one without a name its number, where something stands in it in the rows of the sample.

    Example:
        >>> unread(["Title", "Author", "remarks", "title", "", ""], {"title": 0, "authors": 1}, [[*"TARTx", ""]])
        ['remarks', 'title', 'column 5']
    """
    read = set(columns.values())
    others = [(place, name.strip()) for place, name in enumerate(header) if place not in read]
    return [
        name or f"column {place + 1}"
        for place, name in others
        if name or any(cells[place].strip() for cells in sample)
    ]


def _ranked(cell: str) -> tuple[str, int] | None:
    plain = _MARKS.sub(" ", cell).strip()
    names = (plain.lower(), _CAMEL.sub(" ", plain).lower(), _without_hint(plain.lower()))
    return next((_RANKED[name] for name in names if name in _RANKED), None)


def _without_hint(name: str) -> str:
    """Return "authors" of "authors comma separated"."""
    return " ".join(
        word for word in name.split() if word not in ("comma", "commas", "by") and not _HINT.match(word)
    )


def says_commas(cell: str) -> bool:
    """Return whether a column's name says that commas part what stands in it ("Authors (comma-separated)")."""
    return "comma" in cell.lower()


def is_of_papers(columns: dict[str, int]) -> bool:
    """Return whether a table has a column that can be a paper and one that can be an author."""
    paper = {"title", "doi", "arxiv", "pmid", "paper_id"} & columns.keys()
    return bool(paper) and bool({"authors", "author"} & columns.keys())


def delimiter_of(line: str) -> str | None:
    """Return what parts the names of a header line: of what makes it a table of papers, that which gives most."""
    cells = {mark: split_header(line, mark) for mark in DELIMITERS}
    fitting = [mark for mark in DELIMITERS if is_of_papers(meanings(cells[mark]))]
    return max(fitting, key=lambda mark: len(cells[mark]), default=None)
