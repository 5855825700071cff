"""Reader of BibTeX and biblatex files: each entry is a paper; editors are no authors.

    @article{key, author = {Lovelace, Ada and Babbage, Charles}, title = {On {Engines}}, year = 1843, doi = {10.1000/1}}

What an entry takes from another (`crossref`, `xdata`) is put in before. A title and its subtitle are one title. An
entry without a title is kept when an identifier names it.
Sources: btxdoc.pdf (CTAN, biblio/bibtex/base), biblatex manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import IO, Final

from ..categories import resolve, taxonomy
from ..errors import UnreadableFile, shorten
from ..records import Authorship, Category, Lines, Paper, Problem, Published, Record, Reported
from .bibtex_blocks import blocks
from .bibtex_dates import issued
from .bibtex_entries import Entry, entries
from .bibtex_identifiers import identifiers, verbatim
from .bibtex_names import Authors, authors, names_at_and, parted
from .bibtex_parents import Family, survey
from .languages import language_tag
from .latex import without_latex
from .markup import plain_text
from .record_limits import MOST_AUTHORS

NAME = "bibtex"
TITLE = "BibTeX and biblatex"

# Types of entries -> kinds of papers; all others are "other". Sources: biblatex manual 2.1, btxdoc.pdf section 3.1
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        kind: ours
        for ours, kinds in {
            "article": "article suppperiodical",
            "book": "book mvbook collection mvcollection reference mvreference",
            "chapter": "inbook bookinbook suppbook incollection suppcollection inreference",
            "conference-paper": "inproceedings conference",
            "dataset": "dataset",
            "proceedings": "proceedings mvproceedings",
            "report": "report techreport",
            "software": "software",
            "standard": "standard",
            "thesis": "thesis phdthesis mastersthesis bachelorsthesis bathesis mathesis",
        }.items()
        for kind in kinds.split()
    }
)
# Entries that are settings or containers: sets of other entries, what others take fields from, orders to a style.
_NO_PAPERS: Final = frozenset({"bibnote", "control", "ieeetranbstctl", "set", "xdata"})
# With parentheses an entry could be a decorator of Python, so there the type must be one of BibTeX's.
_SNIFFED: Final = re.compile(
    r"^[ \t]*@[ \t]*(?:"
    r"(?!comment|preamble|string)[A-Za-z]+\s*\{\s*[^\s,={}\"]*\s*(?:,\s*[A-Za-z][\w-]*\s*=\s*[\w{\"]|,?\s*\})|"
    r"(?:article|book|inproceedings|misc)\s*\(\s*[^\s,={}\"()]*\s*,\s*[A-Za-z][\w-]*\s*=|"
    r"string\s*[{(]\s*[\w:-]+\s*=\s*[{\"]|comment\s*\{|preamble\s*\{\s*\")",
    re.MULTILINE | re.IGNORECASE,
)
_INSIDE_BOOKS: Final = frozenset(
    kind for kind, ours in _KINDS.items() if ours in ("chapter", "conference-paper")
)
_PARENT: Final = "the entry it names in this file; what it takes from there is left out"
_MARKS: Final = {mark: re.compile(f"[{{}}{mark}]") for mark in ",;"}
_MOST_REMARKS: Final = 20  # on one paper, each part of a broken list of authors has one
_CITED: Final = re.compile(r"cited by:? ?([0-9]+)", re.IGNORECASE)


def sniff(head: str) -> bool:
    """Return whether the beginning of a file holds an entry at the beginning of a line, and is no markup or JSON."""
    return head.lstrip()[:1] not in ("<", "{", "[") and _SNIFFED.search(head) is not None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper with its remarks, and each problem, in the order of the file.

    Memory: one entry, 8 bytes for each of a million entries, 32 MiB of those that others refer to. A stream that cannot
    be read twice gives papers without what they take from others.

    Raises:
        UnreadableFile: UTF-16, or nothing in the file is an entry.
    """
    family = Family()
    if stream.seekable():
        start = stream.tell()
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableFile(
                path, "found UTF-16 text, expected UTF-8: save the file as UTF-8 and load it again", 1
            )
        stream.seek(start)
        family = survey(stream)
    orphans, last = _Orphans(), None
    for found in entries(blocks(stream)):
        last = found.lines
        if isinstance(found, Problem):
            yield found
        elif found.kind in _NO_PAPERS:
            yield from found.remarks
        else:
            fields, missing = family.completed(found)
            crowd = _crowd(found, fields)
            yield from [crowd] if crowd else _paper(found, fields, family.first_line(found))
            if missing is not None:
                yield from orphans.remarks(found.lines, missing, fields)
    yield from orphans.summary()
    if family.left_out:
        yield Problem(Lines(1, 1), family.left_out, "fewer in one file: split it", False)
    if last is None:
        raise UnreadableFile(path, "found no entry, expected some: @type{key, name = {value}}")


@dataclass(slots=True)
class _Orphans:
    """Entries whose `crossref` leads nowhere: one that lacks something is told at once, the others summed up.

    A part of dblp has thousands that lack nothing; a line for each would hide the other remarks.
    """

    count: int = 0
    first: tuple[Lines, str] | None = None

    def remarks(self, lines: Lines, missing: str, fields: Mapping[str, str]) -> Iterator[Problem]:
        if _venue("", fields) is None or not ("year" in fields or "date" in fields):
            yield Problem(lines, shorten(f"crossref to {missing}"), _PARENT, False)
        else:
            self.count += 1
            self.first = self.first or (lines, missing)

    def summary(self) -> Iterator[Problem]:
        if self.first is not None:
            lines, missing = self.first
            others = f" and {self.count - 1:,} others" if self.count > 1 else ""
            yield Problem(lines, shorten(f"crossref to {missing}{others}", 120), _PARENT, False)


def _crowd(entry: Entry, fields: Mapping[str, str]) -> Problem | None:
    """The refusal of an entry with more authors than a record may have; they are only counted."""
    printed = fields.get("author", "")
    if len(printed) <= 2 * MOST_AUTHORS or (count := len(names_at_and(printed))) <= MOST_AUTHORS:
        return None
    expected = f"at most {MOST_AUTHORS:,}; the record is left out"
    return Problem(entry.lines, f"{count:,} authors of one record", expected, True)


def _paper(entry: Entry, fields: Mapping[str, str], earlier: int | None) -> Iterator[Record]:
    """The paper that an entry is, then what is odd about it."""
    title = _text(_joined(fields, "title"))
    named, id_faults = identifiers(entry.kind, entry.key, fields)
    if not title and not named:
        yield Problem(
            entry.lines, shorten(f"@{entry.kind} {entry.key} without title"), "a title, or a DOI", True
        )
        return
    who = _who(fields)
    when, date_fault = issued(fields)
    category, category_fault = _category(fields)
    yield Paper(
        title=title,
        authorships=who.authorships,
        is_truncated=who.is_truncated,
        lines=entry.lines,
        issued=when,
        category=category,
        institutions=_institutions(fields),
        abstract=_text(fields["abstract"]) or None if "abstract" in fields else None,
        reported=_reported(fields),
        identifiers=named,
        kind=_KINDS.get(entry.kind, "other"),
        published=_published(entry.kind, fields),
        keywords=_keywords(fields),
        language=_language(fields),
    )
    yield from entry.remarks
    faults = [*who.remarks, *id_faults, *filter(None, (date_fault, category_fault))]
    if not title:
        faults.append(("no title", "one; the paper is known by its identifier"))
    if not who.authorships and not who.is_truncated:
        faults.append(_nobody(fields))
    if earlier is not None:
        faults.append((shorten(f"the key {entry.key}"), f"another one than in line {earlier}; both are kept"))
    for found, expected in faults[:_MOST_REMARKS]:
        yield Problem(entry.lines, found, expected, False)
    if len(faults) > _MOST_REMARKS:
        yield Problem(entry.lines, f"{len(faults) - _MOST_REMARKS:,} more faults", "none", False)


def _text(printed: str) -> str:
    """A title, abstract or name of a journal without LaTeX and HTML; exports hold both."""
    text = without_latex(printed)
    return plain_text(text) if "<" in text or "&" in text else text


def _joined(fields: Mapping[str, str], name: str) -> str:
    """A title and its subtitle (`booktitle`, `booksubtitle`) as one."""
    title, subtitle = fields.get(name, ""), fields.get(name.replace("title", "subtitle"), "")
    if not (title and subtitle):
        return title or subtitle
    return f"{title} {subtitle}" if title.rstrip()[-1:] in "?!.:" else f"{title}: {subtitle}"


def _who(fields: Mapping[str, str]) -> Authors:
    """The authors; behind them the collaboration that REVTeX and INSPIRE name in a field of its own."""
    who = authors(fields["author"]) if fields.get("author", "").strip() else Authors()
    if not fields.get("collaboration", "").strip():
        return who
    known = {author.name for author in who.authorships}
    names = [without_latex(name) for name in names_at_and(fields["collaboration"])]
    at = max((author.position or 0 for author in who.authorships), default=0)
    groups = [
        Authorship(name, None if who.is_truncated else at + number, is_collective=True)
        for number, name in enumerate(dict.fromkeys(n for n in names if n and n not in known), 1)
    ]
    return Authors((*who.authorships, *groups), who.is_truncated, who.remarks)


def _nobody(fields: Mapping[str, str]) -> tuple[str, str]:
    editors = fields.get("editor", "").strip()
    found = f"no author, editor: {without_latex(editors)}" if editors else "no author"
    return shorten(found), "authors; editors are none" if editors else "authors"


def _category(fields: Mapping[str, str]) -> tuple[Category | None, tuple[str, str] | None]:
    """The main category of arXiv."""
    printed = verbatim(fields.get("primaryclass") or fields.get("eprintclass") or "")
    if not printed:
        return None, None
    if printed not in taxonomy():
        return None, (shorten(f"category {printed}"), "one of arXiv; left out")
    return resolve(printed), None


def _venue(kind: str, fields: Mapping[str, str]) -> str | None:
    journals = ("journaltitle", "journal")
    order = ("booktitle", *journals) if kind in _INSIDE_BOOKS else (*journals, "booktitle")
    for name in (*order, "series"):
        if printed := _text(_joined(fields, name) if name == "booktitle" else fields.get(name, "")):
            return printed
    return None


def _published(kind: str, fields: Mapping[str, str]) -> Published | None:
    """Where it came out. `number` is an issue where there is a journal; else it is of a series, report or patent."""
    has_journal = "journal" in fields or "journaltitle" in fields
    found = (
        _venue(kind, fields),
        _first(fields, "volume"),
        _first(fields, "number", "issue") if has_journal else None,
        _first(fields, "pages", "eid", "articleno", "article-number", "art_number"),
        _first(fields, "publisher"),
    )
    return Published(*found) if any(found) else None


def _first(fields: Mapping[str, str], *names: str) -> str | None:
    for name in names:
        if name in fields and (printed := _text(fields[name])):
            return printed
    return None


def _institutions(fields: Mapping[str, str]) -> tuple[str, ...]:
    """School and institution: of a thesis or report, not of single authors."""
    return tuple(dict.fromkeys(n for f in ("school", "institution") if (n := _text(fields.get(f, "")))))


def _keywords(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Keywords, parted at ";" where one stands, else at ",": both are in use. Not inside braces."""
    found: dict[str, None] = {}
    for name in ("author_keywords", "keywords", "keyword"):
        if name in fields:
            mark = ";" if ";" in fields[name] else ","
            pieces = parted(fields[name], _MARKS[mark])
            found.update(dict.fromkeys(word for piece in pieces if (word := _text(piece))))
    return tuple(found)


def _reported(fields: Mapping[str, str]) -> tuple[Reported, ...]:
    """How often it was cited, as exports of Web of Science (`times-cited`) and Scopus (a note) say."""
    printed = verbatim(fields.get("times-cited", ""))
    if not printed and "note" in fields and (cited := _CITED.match(verbatim(fields["note"]))):
        printed = cited[1]
    is_number = printed.isascii() and printed.isdecimal() and len(printed) < 10
    return (Reported("citations", Decimal(printed), printed),) if is_number else ()


def _language(fields: Mapping[str, str]) -> str | None:
    for name in ("language", "langid"):
        if name in fields and (tag := language_tag(fields[name])) is not None:
            return tag
    return None
