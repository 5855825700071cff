"""Reader of author pages of Scholar Feed, saved as text.

    Xingtai Lv                                          the owner
    CL                                                  main field
    h-index35 · 17papers · 1,150citations · …           figures, a line each
    17 Papers                                           opens the list
    CLNov 20, 2023                                      heading: category, date, code flag
    Sparse Low-rank Adaptation of …                     title
    Ning Ding, Xingtai Lv, Qiaosen Wang et al. · tsinghua
    Fine-tuning pre-trained …                           abstract

Any of the lines above the list may be missing, lists may be whole (no “et al.”), a score may stand before the category,
and compact pages glue title and authors. What can be read in one way only is read; the rest is reported by line.
The owner wrote every paper of the page: where a cut list does not show them, they are an author without a position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from ..errors import UnreadableFile, shorten
from ..records import Authorship, Lines, Paper, Problem, Profile, Record
from .author_line import AuthorLine, Placed, could_be_authors, owned, parse, place
from .page_lines import (
    Header,
    Heading,
    code_links,
    figure,
    heading,
    resembles_heading,
    second_header,
)
from .page_lines import header as header_of
from .record_limits import LONGEST_PAGE_BLOCK
from .text import text_lines

NAME = "profile_page"
TITLE = "Author page of Scholar Feed, as text"

_SHOWN = 200  # characters of a line that was not understood which a problem repeats
_SITE = frozenset({"scholar feed", "scholarfeed", "scholarfeed.org"})  # the site's own name, above the page
_WHOLE = "the rest of the paper; if the file is whole, end it with a line break and load it again"
_GLUED = "title and authors on lines of their own: which words are whose cannot be told"
_COST_OF_A_LINE = 100  # bytes that a line takes beside its text
_NO_PAPERS = "found no paper in 1 MiB, expected a header of few lines and papers below it"
_TWO_PAGES = "found the header of a second page, expected one page a file: split it"


@dataclass(slots=True)
class _Block:
    """A heading and the lines below it, up to the next heading; filled while reading, turned into one record."""

    heading: Heading
    first: int
    last: int
    texts: list[tuple[int, str]] = field(default_factory=list)
    size: int = 0  # bytes of the lines

    def add(self, number: int, text: str) -> None:
        self.last, self.size = number, self.size + len(text) + _COST_OF_A_LINE
        self.texts.append((number, text)) if self.size <= LONGEST_PAGE_BLOCK else self.texts.clear()


@dataclass(slots=True)
class _Page:
    """What the header said; filled before the first heading."""

    path: str
    owner: str | None = None
    announced: int | None = None
    last_line: int = 0
    papers: int = 0
    abstracts: int = 0  # counted while reading: where papers have one, a last paper without is cut


def sniff(head: str) -> bool:
    """Return whether the beginning of a file looks like such a page: a heading line, or two header figures."""
    lines = [line for line in head.splitlines() if line.strip()]
    headings = sum(1 for line in lines if (h := heading(line)) and h.category and not h.rest)
    return headings > 0 or sum(1 for line in lines[:12] if figure(line)) >= 2


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile, then each paper and problem in the order of the page.

    Raises:
        UnreadableFile: the bytes are not UTF-8 text, or a second page follows the first.
    """
    page = _Page(path)
    header: list[tuple[int, str]] = []
    block: _Block | None = None
    is_open, above = False, 0
    for number, text, is_ended in text_lines(stream, path):
        page.last_line, is_open = number, bool(text.strip()) and not is_ended
        if not text.strip():
            continue
        found = heading(text)
        if found and (found.is_sure or block is None or block.size):  # else a title that looks like a heading
            yield from _closed(block, header, page)
            block = _Block(found, number, number)
        elif block is None:
            if (above := above + len(text) + _COST_OF_A_LINE) > LONGEST_PAGE_BLOCK:
                raise UnreadableFile(path, _NO_PAPERS, number)
            header.append((number, text.strip()))
        else:
            block.add(number, text.strip())
    yield from _ended(block, header, page, is_open)


def _ended(
    block: _Block | None, header: list[tuple[int, str]], page: _Page, is_open: bool
) -> Iterator[Record]:
    """The records of what the end of the file closes; with `is_open` the last line has no end and may be cut."""
    _check_single(block, page)
    cut = header.pop() if is_open and block is None and header else None
    if cut is None and block is not None and is_open and _goes_on(block, page):
        cut = block.texts.pop()
    if block is not None and cut is None and _may_be_cut(block, page, is_open):
        yield _refused(block, block.texts[-1][1] if block.texts else "the end of the file", _WHOLE)
        page.papers += 1  # counted as seen: the next check is for papers that are not there at all
    else:
        yield from _closed(block, header, page)
    if cut is not None:
        found = shorten(cut[1], _SHOWN)
        yield Problem(Lines(cut[0], cut[0]), found, "more of the page: the file ends in this line", True)
    if page.announced != page.papers and (page.announced is not None or page.papers == 0):
        yield _miscounted(page)


def _closed(block: _Block | None, header: list[tuple[int, str]], page: _Page) -> Iterator[Record]:
    """The records of what ends here: the header at the first heading, a paper at each further one."""
    if block is None:
        yield from _header(header, page)
    else:
        _check_single(block, page)
        page.papers += 1
        yield from _paper(block, page)


def _check_single(block: _Block | None, page: _Page) -> None:
    """Refuse the file when another page's header follows the block's paper: whose papers follow is not known."""
    line = second_header(block.texts) if block else None
    if line is not None:
        raise UnreadableFile(page.path, _TWO_PAGES, line)


def _header(lines: list[tuple[int, str]], page: _Page) -> Iterator[Record]:
    lines = [line for line in lines if line[1].casefold() not in _SITE]
    header = header_of(lines)
    for number, count in header.announced:
        if count != header.announced[0][1]:
            raise UnreadableFile(page.path, _TWO_PAGES, number)
        page.announced = count
    if len(header.names) == 1:
        page.owner = " ".join(header.names[0][1].split())
        span = Lines(lines[0][0], lines[-1][0])
        yield Profile(page.owner, span, header.primary, tuple(header.reported))
    else:
        yield _nobody(header, lines)
    for number, text in header.repeated:
        found = shorten(text, _SHOWN)
        expected = "each figure once; the first of its kind is kept"
        yield Problem(Lines(number, number), found, expected, False)
    for number, text in header.unknown:
        found = shorten(text, _SHOWN)
        yield Problem(Lines(number, number), found, "a line of the page's header", True)


def _nobody(header: Header, lines: list[tuple[int, str]]) -> Problem:
    """That the owner is not known: no line is left for the name, or several, of which one would be a guess."""
    lost = f"{len(header.reported)} figures" if header.reported else "the papers"
    expected = f"the name of the page's owner; {lost} cannot be given to anybody"
    if header.names:
        found = f"{len(header.names)} lines that may be the name: {', '.join(t for _, t in header.names)}"
        span = Lines(header.names[0][0], header.names[-1][0])
        return Problem(span, shorten(found, _SHOWN), f"one line above the figures, {expected}", True)
    first = lines[0] if lines else (1, "a heading")
    return Problem(Lines(first[0], first[0]), shorten(first[1], _SHOWN), expected, bool(header.reported))


def _placed(block: _Block, page: _Page) -> Placed | None:
    return place([text for _, text in block.texts], page.owner)


def _goes_on(block: _Block, page: _Page) -> bool:
    """Whether papers are missing and the last line is a second piece below the authors: perhaps a cut heading."""
    is_short = page.announced is not None and page.papers + 1 < page.announced
    placed = _placed(block, page)
    return is_short and len(block.texts) > (placed.lines if placed else 1) + 1


def _may_be_cut(block: _Block, page: _Page, is_open: bool) -> bool:
    """Whether the file may end inside this paper's title, authors or institutions."""
    placed = _placed(block, page)
    if len(block.texts) > (placed.lines if placed else 1) or block.size > LONGEST_PAGE_BLOCK:
        return False
    authors = placed.authors if placed else None
    if authors is None or not authors.names:
        return is_open or (page.abstracts > 0 and authors is not None)
    if not is_open:
        return False
    is_last = page.announced in (None, page.papers + 1)
    if authors.institutions:
        return page.abstracts > 0 or (page.papers == 0 and not is_last)
    return not authors.is_truncated and (page.abstracts > 0 or page.papers == 0 or not is_last)


def _paper(block: _Block, page: _Page) -> Iterator[Record]:
    texts, head = block.texts, block.heading
    if block.size > LONGEST_PAGE_BLOCK:
        yield _refused(block, "a paper of over 1 MiB", "a heading and a few lines below it")
        return
    if head.rest and (head.has_code or not head.rest[0].isalpha()):
        # "…2023CodeOpenDelta: …": the flag and the title "OpenDelta …", or the title "CodeOpenDelta …"?
        yield _refused(block, f"text glued behind the heading: {head.rest}", "a heading line alone")
        return
    if head.rest:
        texts = block.texts = [(block.first, head.rest), *texts]
    if not texts:
        yield _refused(block, "a heading without a title", "a title below it")
        return
    placed = _placed(block, page)
    if placed is None or not placed.title:
        yield _refused(block, texts[0][1], _GLUED if placed is None else "a title")
        return
    title, authors, rest = placed.title, placed.authors, texts[placed.lines :]
    abstract = "\n".join(text for _, text in rest) or None
    page.abstracts += abstract is not None
    yield _assembled(block, page, title, authors, abstract)
    yield from _remarks(block, page, authors)
    yield from _swallowed(rest)


def _assembled(block: _Block, page: _Page, title: str, authors: AuthorLine, abstract: str | None) -> Paper:
    head = block.heading
    authorships = [Authorship(name, position) for position, name in enumerate(authors.names, 1)]
    if page.owner is not None and authors.is_truncated and not owned(authors, page.owner):
        authorships.append(Authorship(page.owner, None))
    return Paper(
        title=title,
        authorships=tuple(authorships),
        is_truncated=authors.is_truncated,
        lines=Lines(block.first, block.last),
        kind="preprint",
        issued=head.issued,
        category=head.category,
        institutions=tuple(dict.fromkeys(authors.institutions)),
        abstract=abstract,
        has_code=head.has_code,
        code_links=code_links(abstract) if abstract and head.has_code else (),
        reported=(head.score,) if head.score else (),
    )


def _remarks(block: _Block, page: _Page, authors: AuthorLine) -> Iterator[Problem]:
    """What was kept and should still be looked at."""
    head, lines = block.heading, Lines(block.first, block.last)
    if not head.is_real_date:
        yield Problem(
            lines, head.issued.as_given, "a day of the calendar; the date is kept as text only", False
        )
    if head.category is None:
        yield Problem(lines, "a heading without a category", "a category code before the date", False)
    elif head.category.scheme != "arxiv" and not head.category.possible:
        yield Problem(lines, head.category.as_given, "a category code of arXiv; it is kept as a code", False)
    if not authors.names:
        yield Problem(lines, "no author line", "authors below the title; the paper counts as cut", False)
    elif page.owner and not authors.is_truncated and not owned(authors, page.owner):
        found = f"a whole author list without {page.owner}"
        yield Problem(lines, found, "the page's owner in it, perhaps under another name", False)


def _swallowed(abstract: list[tuple[int, str]]) -> Iterator[Problem]:
    """Traces below an abstract of papers whose heading was not known as one: the heading, the author line."""
    for index, (number, text) in enumerate(abstract):
        place_of = Lines(number, number)
        if resembles_heading(text):
            found = shorten(text, _SHOWN)
            yield Problem(place_of, found, "a heading like “CLNov 20, 2023”; it is kept as abstract", False)
        if index > 0 and parse(text).is_truncated and could_be_authors(text):
            yield Problem(place_of, text, "a heading like “CLNov 20, 2023” above its title", True)


def _refused(block: _Block, found: str, expected: str) -> Problem:
    return Problem(Lines(block.first, block.last), shorten(found, _SHOWN), expected, True)


def _miscounted(page: _Page) -> Problem:
    end = Lines(max(page.last_line, 1), max(page.last_line, 1))
    found = f"{page.papers} {'paper' if page.papers == 1 else 'papers'} on the page"
    if page.announced is None:
        return Problem(end, found, "a heading like “CLNov 20, 2023” for each paper", True)
    is_short = page.papers < page.announced
    advice = "; if the page is cut, load the whole one" if is_short else ""
    return Problem(end, found, f"{page.announced} as its heading announces{advice}", is_short)
