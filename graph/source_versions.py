"""Versions of sources by name: SOURCE, SOURCE@old, SOURCE@new, SOURCE@NUMBER."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from .errors import NotFound
from .former_versions import FormerVersion, former_versions
from .source_facts import Facts, facts_of
from .sources import SourceInfo, find_source, sources
from .store import Store


@dataclass(frozen=True, slots=True)
class Versions:
    """A loaded source with its former versions; the one that holds has the number behind theirs."""

    source: SourceInfo
    former: tuple[FormerVersion, ...]

    @property
    def number(self) -> int:
        """The number of the version that holds."""
        return self.former[-1].number + 1 if self.former else 1

    def find(self, text: str) -> FormerVersion | None:
        """Return the version of a number, an ID, "old" (before the last change) or "new"; None is the one that holds.

        Raises:
            NotFound: there is no such version.
        """
        if text in ("new", str(self.number), self.source.id):
            return None
        if text == "old" and self.former:
            return self.former[-1]
        for version in self.former:
            if text in (str(version.number), version.id):
                return version
        known = ", ".join(str(version.number) for version in self.former)
        none = "the source has no former version to compare with: no newer file has taken its place"
        hint = f"former versions: {known}; new: {self.number}" if known else none
        raise NotFound("version", f"{self.source.id}@{text}", hint)


def versions_of(store: Store, source: str) -> Versions:
    """Return the versions of a source (ID, IRI or file name). Raises: NotFound, AmbiguousName."""
    info = find_source(store, source)
    return Versions(info, tuple(former_versions(store.engine, NamedNode(info.iri))))


def compared(one: str, other: str | None) -> tuple[str, str]:
    """Return the two versions that are meant: one source alone is its last change, one version what came since.

    Example:
        >>> compared("lab.bib", None), compared("lab.bib@1", None), compared("a.bib", "b.bib@old")
        (('lab.bib@old', 'lab.bib@new'), ('lab.bib@1', 'lab.bib@new'), ('a.bib', 'b.bib@old'))
    """
    if other is not None:
        return one, other
    source, _, version = one.rpartition("@")
    return (one, f"{source}@new") if source and version else (f"{one}@old", f"{one}@new")


def facts_named(store: Store, text: str) -> Facts:
    """Return what a version of a source says. Raises: NotFound, AmbiguousName."""
    source, _, version = text.rpartition("@")
    if not source or any(text in (s.id, s.iri, s.file_name) for s in sources(store)):
        return facts_of(store.engine, NamedNode(find_source(store, text).iri))
    versions = versions_of(store, source)
    former = versions.find(version)
    return (
        facts_of(store.engine, NamedNode(versions.source.iri)) if former is None else former.facts(store.base)
    )
