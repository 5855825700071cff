"""The things of one store version by name: lists, look-ups and search over the mirror.

Lists are narrowed by parts of names, case and accents aside; that walks all names, which is linear. Search by words,
in titles, names and abstracts, is the business of the index: `Edition.search`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from collegium.graph import vocabulary as v
from collegium.graph.errors import NotFound
from collegium.graph.items import Category, Entity, Paper
from collegium.graph.shelf import Form
from collegium.graph.snapshot import Mirror

from .editions import Edition

if TYPE_CHECKING:
    from collegium.graph.packed import Texts
    from collegium.graph.things import Entities, Papers

Thing: TypeAlias = Paper | Entity | Category

# Kind of thing -> the word for many of them, as it stands in the address of its list.
PLURALS: Final = {
    "author": "authors",
    "paper": "papers",
    "institution": "institutions",
    "category": "categories",
}

_FIRST_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing that has a page. `papers` counts its papers (1 for a paper)."""

    kind: str
    id: str
    iri: str
    name: str
    papers: int = 1


def printed_year(paper: Paper) -> int | None:
    """Return the year of a paper that a source prints; None for one completed by us."""
    return None if paper.year_inferred else paper.year


def fold(text: str) -> str:
    """Return `text` as search compares it: no case, no accents, single spaces.

    Example:
        >>> fold("  Müller-Lüdenscheidt ")
        'muller-ludenscheidt'
    """
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


class Directory:
    """Lists and look-ups over one mirror. Immutable but for what it remembers; safe to share between threads."""

    def __init__(self, mirror: Mirror, dates: Texts) -> None:
        """`dates`: of each paper as ISO text, as precise as it is known; "" without."""
        columns, self.mirror = mirror.columns, mirror
        self._dates = tuple(dates.listed())
        self._papers_by = {
            "author": columns.authors.turned(len(mirror.authors)),
            "institution": columns.institutions.turned(len(mirror.institutions)),
            "category": columns.categories.turned(len(mirror.categories)),
        }

    def things(self, kind: str) -> Sequence[Thing]:
        """Return all things of a kind, by IRI; their place is their number in the mirror."""
        things: dict[str, Sequence[Thing]] = {
            "author": self.mirror.authors,
            "paper": self.mirror.papers,
            "institution": self.mirror.institutions,
            "category": self.mirror.categories,
        }
        return things[kind]

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        """Kind -> ID -> number."""
        return {kind: {name: at for at, name in enumerate(self._ids(kind))} for kind in PLURALS}

    def _ids(self, kind: str) -> list[str]:
        """The IDs of a kind, by number."""
        mirror = self.mirror
        if kind == "category":
            return [category.id for category in mirror.categories]
        columns: dict[str, Entities | Papers] = {
            "author": mirror.authors,
            "paper": mirror.papers,
            "institution": mirror.institutions,
        }
        from collegium.graph.things import id_of

        return [id_of(iri, mirror.base) for iri in columns[kind].iris.listed()]

    @cached_property
    def _folded(self) -> dict[str, tuple[str, ...]]:
        """Kind -> searched text of each thing, by number."""
        return {kind: tuple(fold(_searched(thing)) for thing in self.things(kind)) for kind in PLURALS}

    @cached_property
    def _by_name(self) -> dict[str, tuple[int, ...]]:
        """Kind -> numbers in the order of lists: by name, then by IRI."""
        return {
            kind: tuple(at for _, at in sorted(zip(texts, range(len(texts)), strict=True)))
            for kind, texts in self._folded.items()
        }

    def number(self, kind: str, identifier: str) -> int:
        """Return the number of a thing in the mirror. Raises: NotFound (its hint names things alike)."""
        at = self._numbers[kind].get(identifier)
        if at is None:
            near = [ref.name for ref in self.search(kind, identifier.replace("-", " "))[:3]]
            raise NotFound(kind, identifier, "alike are: " + "; ".join(near) if near else "")
        return at

    def called(self, text: str) -> list[Ref]:
        """Return the things whose ID or IRI is `text`."""
        found = []
        for kind, numbers in self._numbers.items():
            at = numbers.get(text.removeprefix(f"{self.mirror.base}{kind}/"))
            found += [] if at is None else [self.ref(kind, at)]
        return found

    def papers_of(self, kind: str, number: int) -> tuple[int, ...]:
        """Return the numbers of a thing's papers, newest first (those without a date last), then by title."""
        papers: list[int] = self._papers_by[kind][number].tolist()
        by_title = sorted(papers, key=lambda paper: (self._folded["paper"][paper], paper))
        return tuple(sorted(by_title, key=lambda paper: self._dates[paper], reverse=True))

    def ref(self, kind: str, number: int) -> Ref:
        """Return the reference to a thing by its number."""
        thing = self.things(kind)[number]
        papers = 1 if kind == "paper" else len(self._papers_by[kind][number])
        return Ref(kind, thing.id, thing.iri, thing.name, papers)

    def counted(self, kind: str, groups: Iterable[Iterable[int]]) -> tuple[Ref, ...]:
        """Return the things of `groups` (numbers), each with how many groups hold it: most first, then by name."""
        counts = Counter(number for group in groups for number in group)
        refs = (replace(self.ref(kind, number), papers=count) for number, count in counts.items())
        return tuple(sorted(refs, key=lambda ref: (-ref.papers, ref.name, ref.iri)))

    def numbers(self, kind: str, question: str | None = None) -> Sequence[int]:
        """Return the numbers of all things of a kind, by name; with a question: of those that fit, best first."""
        return self._matches(kind, question) if question else self._by_name[kind]

    def search(self, kind: str, question: str) -> list[Ref]:
        """Return what fits `question`, best first."""
        return [self.ref(kind, at) for at in self._matches(kind, question)]

    def _matches(self, kind: str, question: str) -> list[int]:
        """Return fitting numbers: name begins with it, a word begins with it, the rest; then most papers, name."""
        folded = fold(question)
        words = folded.split()
        if not words:
            return list(self._by_name[kind])
        found = []
        for at, text in enumerate(self._folded[kind]):
            if all(word in text for word in words):
                rank = 0 if text.startswith(folded) else 1 if f" {folded}" in text else 2
                papers = 1 if kind == "paper" else len(self._papers_by[kind][at])
                found.append((rank, -papers, text, at))
        return [at for *_, at in sorted(found)]


def byline(mirror: Mirror, paper: Paper) -> str:
    """Return who wrote a paper and when, on one line: the first three names printed, and the year.

    “et al.” stands only where the source cuts the list; of a whole list it is told how many more there are.
    """
    names = [_apart(mirror.authors[at].name) for at in paper.shown]
    rest = len(names) - _FIRST_NAMES
    more = " et al." if paper.truncated else f" and {rest} more" if rest > 0 else ""
    year = "no year" if paper.year is None else f"{paper.year}{', inferred' if paper.year_inferred else ''}"
    return f"{', '.join(names[:_FIRST_NAMES])}{more} · {year}" if names else year


def _apart(name: str) -> str:
    """Return a name that turns nothing around it: one from right to left between isolating characters (UAX #9).

    Example:
        >>> _apart("Bo"), [ord(sign) for sign in _apart("\\u05d0")] == [0x2068, 0x05D0, 0x2069]
        ('Bo', True)
    """
    is_turned = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in name)
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if is_turned else name


def directory_of(edition: Edition) -> Directory:
    """Return the directory of an edition, made once."""

    return edition.memory.get("directory", lambda: Directory(edition.mirror, dates_of(edition)))


def dates_of(edition: Edition) -> Texts:
    """Return the date of each paper of the mirror: read once a version, for to read it stops every other thread."""

    from collegium.graph.belief import Belief
    from collegium.graph.packed import Texts

    def make() -> Texts:
        dates: dict[bytes, bytes] = {}
        with Belief(edition.engine) as belief:
            # What a source states stands above what we infer.
            for predicate in (v.CK_ISSUED_INFERRED, v.DCTERMS_ISSUED):
                dates |= belief.values(predicate)
        return Texts.of(dates.get(iri.encode(), b"") for iri in edition.mirror.papers.iris.listed())

    form: Form[Texts] = Form(lambda made: [made.starts, made.content], lambda found: Texts(*found))
    return edition.kept_flat({"kind": "dates"}, form, make)


def _searched(thing: Thing) -> str:
    """Return the text in which a thing is found."""
    return f"{thing.notation} {thing.name}" if isinstance(thing, Category) else thing.name
