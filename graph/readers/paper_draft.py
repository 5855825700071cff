"""A paper while its fields are being read, and what to say of those that could not be used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ..errors import shorten
from ..identifiers import identifier
from ..person_names import cut, is_nobody, stands_for_others, turned
from ..records import (
    Authorship,
    Category,
    Identifier,
    Institution,
    Lines,
    Paper,
    PartialDate,
    Problem,
    Published,
    Record,
    Reported,
)
from .markup import plain_text
from .named_authors import SOMEBODY
from .partial_dates import Dated
from .printed_identifiers import wanted
from .record_limits import MOST_AUTHORS, MOST_REMARKS
from .remarks import NO_NAME

_WHOLE: Final = re.compile(r"\d{1,12}")


@dataclass(slots=True)
class Author:
    """An author while being read: `printed` as the source has it, `name` in the order of speech."""

    printed: str
    name: str
    identifiers: list[Identifier] = field(default_factory=list)
    affiliations: list[str] = field(default_factory=list)
    institutions: list[str] = field(default_factory=list)
    is_collective: bool = False
    position: int | None = None  # where the source numbers its authors itself


@dataclass(slots=True)
class Draft:
    """What has been read of one record; `finished` turns it into the record and its remarks."""

    lines: Lines
    title: str = ""
    authors: list[Author] = field(default_factory=list)
    is_truncated: bool = False
    author_count: int | None = None
    issued: PartialDate | None = None
    abstract: str | None = None
    kind: str | None = None
    language: str | None = None
    published: Published | None = None
    identifiers: list[Identifier] = field(default_factory=list)
    references: list[Identifier] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    institutions: list[str] = field(default_factory=list)
    reported: list[Reported] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    more_remarks: int = 0  # that are only counted
    too_many: int = 0  # authors beyond the most that a record may have

    def remark(self, found: str, expected: str) -> None:
        """Add a remark on a part that is left out, or kept and doubtful."""
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append((shorten(found), expected))
        else:
            self.more_remarks += 1

    def add_author(
        self, printed: str, said: Callable[[str], str] = turned, *, is_collective: bool = False
    ) -> Author | None:
        """Add the next author and return them; None where the name is nobody's.

        Args:
            said: makes of the printed name, without “et al.” behind it, the one in the order of speech.
        """
        if len(self.authors) >= MOST_AUTHORS:
            self.too_many += 1
            return None
        if stands_for_others(printed):
            self.is_truncated = True
            return None
        alone, is_cut = cut(printed.rstrip())
        if is_cut:
            printed, self.is_truncated = alone, True
        name = said(printed)
        if not name or not any(map(str.isalnum, name)):
            self.remark(f"an author without a name: {printed!r}", NO_NAME)
            self.is_truncated = True
            self.authors.append(Author(printed, ""))
        elif is_nobody(name):
            self.remark(f"{printed} as author", SOMEBODY)
            self.authors.append(Author(printed, ""))
            self.is_truncated = True
        else:
            self.authors.append(author := Author(printed, name, is_collective=is_collective))
            return author
        return None

    @property
    def alone(self) -> Author | None:
        """The author of a paper that has one."""
        return self.authors[0] if len(self.authors) == 1 and self.authors[0].name else None

    def claimed(self, scheme: str, printed: str) -> Identifier | None:
        """Return the identifier that a field meant as one holds; None, with a remark, where it holds none."""
        found = identifier(scheme, printed)
        if found is None and printed.strip():
            self.remark(printed, wanted(scheme))
        return found

    def identify(self, scheme: str, printed: str) -> None:
        """Add an identifier of the paper."""
        if found := self.claimed(scheme, printed):
            self.identifiers.append(found)

    def date(self, dated: Dated, printed: str) -> None:
        """Set the date, with a remark where a part of it is no date."""
        self.issued = dated.date
        if not dated.is_whole:
            self.remark(printed, "a date of the calendar; kept as far as it is one")

    def report(self, measure: str, printed: str) -> None:
        """Add a whole number that the source states."""
        plain = printed.strip().replace(",", "")
        if _WHOLE.fullmatch(plain):
            self.reported.append(Reported(measure, Decimal(plain), printed.strip()))
        elif plain:
            self.remark(printed, f"a whole number of {measure}; left out")

    def say(self, title: str, abstract: str) -> None:
        """Set title and abstract, free of markup."""
        self.title = plain_text(title)
        self.abstract = plain_text(abstract) or None

    def finished(self) -> Iterator[Record]:
        """Yield the paper and then its remarks; without title and identifier only a refusal."""
        if self.too_many:
            found = f"{len(self.authors) + self.too_many:,} authors of one record"
            yield Problem(self.lines, found, f"at most {MOST_AUTHORS:,}; the record is left out", True)
            return
        if not self.title and not self.identifiers:
            yield Problem(self.lines, "a record without title and identifier", "at least one of them", True)
            return
        if not self.title:
            self.remark("a paper without a title", "a title; kept by its identifier")
        authorships = tuple(self._authorships())
        if not authorships:
            self.remark("a paper without authors", "authors; kept without")
        for name in _repeated(a.name for a in authorships):
            self.remark(f"{name} twice among the authors", "each author once; both are kept")
        yield self._paper(authorships)
        for found, expected in self.remarks:
            yield Problem(self.lines, found, expected, False)
        if self.more_remarks:
            yield Problem(self.lines, f"{self.more_remarks:,} more remarks on this record", "none", False)

    def _authorships(self) -> Iterator[Authorship]:
        for position, author in enumerate(self.authors, 1):
            if author.name:
                yield Authorship(
                    name=author.name,
                    position=author.position or position,
                    identifiers=tuple(dict.fromkeys(author.identifiers)),
                    institutions=tuple(map(Institution, dict.fromkeys(author.institutions))),
                    affiliations=tuple(dict.fromkeys(author.affiliations)),
                    as_given=author.printed if author.printed != author.name else None,
                    is_collective=author.is_collective,
                )

    def _paper(self, authorships: tuple[Authorship, ...]) -> Paper:
        return Paper(
            title=self.title,
            authorships=authorships,
            is_truncated=self.is_truncated,
            lines=self.lines,
            issued=self.issued,
            institutions=tuple(dict.fromkeys(self.institutions)),
            abstract=self.abstract,
            reported=tuple(self.reported),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            kind=self.kind,
            published=self.published,
            categories=tuple(dict.fromkeys(self.categories)),
            keywords=tuple(dict.fromkeys(self.keywords)),
            references=tuple(dict.fromkeys(self.references)),
            language=self.language,
            author_count=self.author_count,
        )


def published(
    venue: str = "", volume: str = "", issue: str = "", pages: str = "", publisher: str = ""
) -> Published | None:
    """Return where a paper came out; None where nothing is said."""
    parts = [" ".join(part.split()) or None for part in (plain_text(venue), volume, issue, pages, publisher)]
    return Published(*parts) if any(parts) else None


def page_range(first: str, last: str, otherwise: str = "") -> str:
    """Return pages as "first-last", as far as known; the article's number where there are none."""
    if first and last and first != last and "-" not in first:
        return f"{first}-{last}"
    return first or last or otherwise


def _repeated(names: Iterable[str]) -> Iterator[str]:
    return (name for name, count in Counter(names).items() if count > 1)
