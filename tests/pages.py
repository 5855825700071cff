"""Small author pages as text, what the reader makes of them, and what a store holds, in a form that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pyoxigraph

from collegium.graph.identity.belief import expected
from collegium.graph.load import LoadReport, load
from collegium.graph.readers.profile_page import read
from collegium.graph.records import Paper, Problem, Profile, Record
from collegium.graph.store import Store

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEADER = "Ada Lovelace\n\nCL\nh-index35\n17papers\n1,150citations\nNovelty44%\nAI Score60\n"
ENTRY = "CLNov 20, 2023\nOn the Analytical Engine\n\nCharles Babbage, Ada Lovelace et al. · tsinghua\n\nIt weaves.\n"


def page(*entries: str, header: str = HEADER, announced: int | None = None) -> str:
    """Return a page: header, "N Papers", and the entries with a blank line between them."""
    count = len(entries) if announced is None else announced
    return f"{header}\n{count} Papers\n\n" + "\n".join(entries)


def entry(
    heading: str = "CLNov 20, 2023",
    title: str = "On the Analytical Engine",
    authors: str = "Charles Babbage, Ada Lovelace et al. · tsinghua",
    abstract: str = "It weaves algebraic patterns.",
) -> str:
    """Return one paper as the site prints it; an empty part leaves its line out."""
    parts = [f"{heading}\n{title}" if title else heading, authors, abstract]
    return "\n\n".join(part for part in parts if part) + "\n"


@dataclass(frozen=True)
class Reading:
    """What the reader yields, by kind."""

    profiles: tuple[Profile, ...]
    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]

    @property
    def paper(self) -> Paper:
        """The only paper."""
        (paper,) = self.papers
        return paper

    @property
    def profile(self) -> Profile:
        """The only profile."""
        (profile,) = self.profiles
        return profile

    @property
    def lost(self) -> tuple[Problem, ...]:
        """The problems that stand for something lost."""
        return tuple(problem for problem in self.problems if problem.is_refused)


def records(content: str | bytes) -> list[Record]:
    """Return all records of a page."""
    return list(read(BytesIO(content.encode() if isinstance(content, str) else content), "page.txt"))


def reading(content: str | bytes) -> Reading:
    """Return all records of a page, by kind."""
    found = records(content)
    return Reading(
        tuple(r for r in found if isinstance(r, Profile)),
        tuple(r for r in found if isinstance(r, Paper)),
        tuple(r for r in found if isinstance(r, Problem)),
    )


def names(paper: Paper) -> list[str]:
    """Return the names that a paper shows, in order."""
    return [a.name for a in paper.authorships if a.position is not None]


def hidden(paper: Paper) -> list[str]:
    """Return the names without a position."""
    return [a.name for a in paper.authorships if a.position is None]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def loaded(
    store: Store, *paths: Path | str, source_date: date | None = TODAY, at: datetime = NOON
) -> LoadReport:
    """Load files under a fixed clock."""
    return load(store, paths, source_date=source_date, now=lambda: at)


def dump(store: Store, *, without: Sequence[str] = ()) -> list[str]:
    """Return all statements of a store as sorted N-Quads, those with one of these words left out."""
    text = store.refreshed().engine.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert text is not None
    return sorted(line for line in text.decode().splitlines() if not any(word in line for word in without))


def follows(store: Store) -> bool:
    """Return whether belief is what claims and decisions come to, computed at one go."""
    now = store.refreshed()
    held = now.engine.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
    return {quad.triple for quad in held} == set(expected(now.engine, now.base))
