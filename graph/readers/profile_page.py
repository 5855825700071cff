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

from ..names import name_key
from ..records import Authorship, Category, Lines, Paper, Problem, Profile, Record, Reported
from .author_line import AuthorLine, could_be_authors, parse, split_glued
from .page_lines import Heading, announced_papers, code_links, figure, heading, primary_category
from .text import text_lines

NAME = "profile_page"
TITLE = "Author page of Scholar Feed, as text"

_GLUED = "title and authors on two lines: which words are the title cannot be told"


@dataclass(slots=True)
class _Block:
    """A heading and the lines below it, up to the next heading; filled while reading, turned into one record."""

    heading: Heading
    first: int
    last: int
    texts: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """What the header said; filled before the first heading."""

    owner: str | None = None
    announced: int | None = None
    last_line: int = 0
    papers: int = 0


def sniff(head: str) -> bool:
    """Return whether the beginning of a file looks like such a page: a heading line, or two header figures."""
    lines = [line for line in head.splitlines() if line.strip()]
    headings = sum(1 for line in lines if (h := heading(line)) and h.category and not h.rest)
    return headings > 0 or sum(1 for line in lines[:12] if figure(line)) >= 2


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile, then each paper and problem in the order of the page.

    Raises:
        UnreadableFile: the bytes are not UTF-8 text.
    """
    page = _Page()
    header: list[tuple[int, str]] = []
    block: _Block | None = None
    ends_open = False
    for number, text in text_lines(stream, path):
        page.last_line, ends_open = number, bool(text.strip())
        if not text.strip():
            continue
        if found := heading(text):
            yield from _closed(block, header, page)
            block = _Block(found, number, number)
        elif block is None:
            header.append((number, text.strip()))
        else:
            block.texts.append((number, text.strip()))
            block.last = number
    if block is not None and ends_open and _may_be_cut(block, page):
        yield _refused(block, block.texts[-1][1] if block.texts else "the end of the file", "the rest of the paper")
        page.papers += 1  # counted as seen: the next check is for papers that are not there at all
    else:
        yield from _closed(block, header, page)
    if page.announced is not None and page.announced != page.papers:
        yield _miscounted(page)


def _closed(block: _Block | None, header: list[tuple[int, str]], page: _Page) -> Iterator[Record]:
    """The records of what ends here: the header at the first heading, a paper at each further one."""
    if block is None:
        yield from _header(header, page)
    else:
        page.papers += 1
        yield from _paper(block, page)


def _header(lines: list[tuple[int, str]], page: _Page) -> Iterator[Record]:
    reported: list[Reported] = []
    primary: Category | None = None
    problems: list[Problem] = []
    for index, (number, text) in enumerate(lines):
        if (count := announced_papers(text)) is not None:
            page.announced = count
        elif (value := figure(text)) is not None:
            reported.append(value)
        elif primary is None and (category := primary_category(text)) is not None:
            primary = category
        elif index == 0:
            page.owner = text
        else:
            problems.append(Problem(Lines(number, number), text, "a line of the page's header", True))
    if page.owner is not None and lines:
        yield Profile(page.owner, Lines(lines[0][0], lines[-1][0]), primary, tuple(reported))
    else:
        first = lines[0] if lines else (1, "a heading")
        lost = f"{len(reported)} figures" if reported else "the papers"
        yield Problem(
            Lines(first[0], first[0]),
            first[1],
            f"the name of the page's owner; {lost} cannot be given to anybody",
            bool(reported),
        )
    yield from problems


def _may_be_cut(block: _Block, page: _Page) -> bool:
    """Whether the file ends inside this paper's title or authors: fewer papers than announced, no line end."""
    announced = page.announced is not None and page.papers + 1 < page.announced
    return announced and len(block.texts) <= 2 and _abstract_start(block) >= len(block.texts)


def _abstract_start(block: _Block) -> int:
    """Index of the abstract among the block's lines: 2 behind an author line, 1 behind a glued line."""
    has_authors = len(block.texts) > 1 and could_be_authors(block.texts[1][1])
    return 2 if has_authors or len(block.texts) < 2 else 1


def _paper(block: _Block, page: _Page) -> Iterator[Record]:
    texts, head = block.texts, block.heading
    if head.rest and (head.has_code or not head.rest[0].isalpha()):
        # "…2023CodeOpenDelta: …": the flag and the title "OpenDelta …", or the title "CodeOpenDelta …"?
        yield _refused(block, f"text glued behind the heading: {head.rest}", "a heading line alone")
        return
    if head.rest:
        texts = [(block.first, head.rest), *texts]
    if not texts:
        yield _refused(block, "a heading without a title", "a title below it")
        return
    is_authors = len(texts) > 1 and (could_be_authors(texts[1][1]) or _names_owner(texts[1][1], page))
    if is_authors:
        title, authors, rest = texts[0][1], parse(texts[1][1]), texts[2:]
    else:
        split = _unglued(texts[0][1], page)
        if split is None:
            yield _refused(block, texts[0][1], _GLUED)
            return
        (title, authors), rest = split, texts[1:]
    if not title:
        yield _refused(block, texts[0][1], "a title")
        return
    abstract = "\n".join(text for _, text in rest) or None
    yield _assembled(block, page, title, authors, abstract)
    yield from _remarks(block, page, authors)


def _names_owner(line: str, page: _Page) -> bool:
    return page.owner is not None and _shows(parse(line), page.owner)


def _shows(authors: AuthorLine, name: str) -> bool:
    return name_key(name) in map(name_key, authors.names)


def _unglued(line: str, page: _Page) -> tuple[str, AuthorLine] | None:
    """The one way to read a line without an author line below it; None when that would be a guess.

    A line that bears “et al.” or institutions holds authors for sure. Without such a mark, the authors are whole and
    therefore include the page's owner; a line that names no such list is a title alone.
    """
    glued = split_glued(line)
    splits = glued.splits
    if not glued.is_marked:
        splits = tuple(s for s in splits if page.owner is not None and _shows(s[1], page.owner))
        if not splits:
            ends_in_owner = page.owner is not None and name_key(line).endswith(name_key(page.owner))
            return None if ends_in_owner else (line, AuthorLine((), True, (), False))
    return splits[0] if len(splits) == 1 else None


def _assembled(block: _Block, page: _Page, title: str, authors: AuthorLine, abstract: str | None) -> Paper:
    head = block.heading
    authorships = [Authorship(name, position) for position, name in enumerate(authors.names, 1)]
    if page.owner is not None and authors.is_truncated and not _shows(authors, page.owner):
        authorships.append(Authorship(page.owner, None))
    return Paper(
        title=title,
        authorships=tuple(authorships),
        is_truncated=authors.is_truncated,
        lines=Lines(block.first, block.last),
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
        yield Problem(lines, head.issued.as_given, "a day of the calendar; the date is kept as text only", False)
    if head.category is None:
        yield Problem(lines, "a heading without a category", "a category code before the date", False)
    elif head.category.scheme != "arxiv" and not head.category.possible:
        yield Problem(lines, head.category.as_given, "a category code of arXiv; it is kept as a code", False)
    if not authors.names:
        yield Problem(lines, "no author line", "authors below the title; the paper counts as cut", False)
    elif page.owner and not authors.is_truncated and not _shows(authors, page.owner):
        yield Problem(
            lines, f"a whole author list without {page.owner}", "the page's owner in it, perhaps under another name", False
        )


def _refused(block: _Block, found: str, expected: str) -> Problem:
    return Problem(Lines(block.first, block.last), found, expected, True)


def _miscounted(page: _Page) -> Problem:
    end = Lines(page.last_line, page.last_line)
    found = f"{page.papers} papers on the page"
    return Problem(end, found, f"{page.announced} as its heading announces; if the page is cut, load the whole one", True)
