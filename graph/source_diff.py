"""What differs between two versions of a source, or between two sources: papers, authors and pairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from .report import Change
from .snapshot import MOST_AUTHORS
from .source_facts import AuthorSaid, Facts, PaperSaid
from .source_matching import under_addresses_of

_T = TypeVar("_T")
KINDS: Final = ("papers", "authors", "pairs")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    `kind` is "paper", "author" or "pair", `change` "added", "gone" or "changed". `iris` are those of the thing, two of
    a pair. `what` names what has changed (title, authors, name, joint papers, other), with `before` and `after` where
    these can be shown.
    """

    kind: str
    change: str
    iris: tuple[str, ...]
    name: str
    what: str = ""
    before: str = ""
    after: str = ""


def differences(old: Facts, new: Facts, most_authors: int = MOST_AUTHORS) -> list[Difference]:
    """Return what differs: papers, authors, pairs, and of each what is added, gone, changed, by name.

    What only one has under its address is the one thing of that title or name which only the other has.
    """
    old = under_addresses_of(new, old)
    pairs_of = old.pairs(most_authors), new.pairs(most_authors)

    def pair_name(pair: tuple[str, str]) -> str:
        return " – ".join(_name(iri, new, old) for iri in pair)

    found = [
        *_compared("paper", old.papers, new.papers, lambda p: (p,), lambda p: _title(p, new, old), _paper),
        *_compared("author", old.authors, new.authors, lambda a: (a,), lambda a: _name(a, new, old), _author),
        *_compared("pair", *pairs_of, lambda pair: pair, pair_name, _pair),
    ]
    kinds, changes = ("paper", "author", "pair"), ("added", "gone", "changed")
    return sorted(found, key=lambda d: (kinds.index(d.kind), changes.index(d.change), d.name, d.iris))


def counted(found: list[Difference]) -> dict[str, Change]:
    """Return how much differs, by `KINDS`."""

    def number(kind: str, change: str) -> int:
        return sum(d.kind == kind and d.change == change for d in found)

    return {
        f"{kind}s": Change(number(kind, "added"), number(kind, "gone"), number(kind, "changed"))
        for kind in ("paper", "author", "pair")
    }


_Key = TypeVar("_Key")


def _compared(
    kind: str,
    old: Mapping[_Key, _T],
    new: Mapping[_Key, _T],
    iris: Callable[[_Key], tuple[str, ...]],
    name: Callable[[_Key], str],
    changed: Callable[[_T, _T], tuple[str, str, str] | None],
) -> list[Difference]:
    added = [Difference(kind, "added", iris(key), name(key)) for key in new.keys() - old.keys()]
    gone = [Difference(kind, "gone", iris(key), name(key)) for key in old.keys() - new.keys()]
    both = [
        Difference(kind, "changed", iris(key), name(key), *told)
        for key in old.keys() & new.keys()
        if (told := changed(old[key], new[key])) is not None
    ]
    return added + gone + both


def _paper(old: PaperSaid, new: PaperSaid) -> tuple[str, str, str] | None:
    if old == new:
        return None
    parts = {
        "title": old.title != new.title,
        "authors": old.authors != new.authors,
        "other": old.rest != new.rest,
    }
    what = ", ".join(name for name, differs in parts.items() if differs)
    if parts["authors"]:
        return what, _number(old), _number(new)
    return (what, old.title, new.title) if parts["title"] else (what, "", "")


def _number(paper: PaperSaid) -> str:
    return f"{len(paper.authors)} author{'s' * (len(paper.authors) != 1)}"


def _author(old: AuthorSaid, new: AuthorSaid) -> tuple[str, str, str] | None:
    if old == new:
        return None
    return ("name", old.name, new.name) if old.name != new.name else ("other", "", "")


def _pair(old: int, new: int) -> tuple[str, str, str] | None:
    return None if old == new else ("joint papers", str(old), str(new))


def _title(iri: str, *facts: Facts) -> str:
    return next((said.title for f in facts if (said := f.papers.get(iri)) and said.title), iri)


def _name(iri: str, *facts: Facts) -> str:
    return next((said.name for f in facts if (said := f.authors.get(iri)) and said.name), iri)
