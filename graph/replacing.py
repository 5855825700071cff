"""A newer file in place of an older one: how it is told that both are the same source, and what becomes of the old.

Nothing is replaced on a guess: by the word of whoever loads (`--replace`, `--replaces SOURCE`), or where a file of the
same name and format lay in the same place, is about the same person (of an author page), and at least half of its
papers stand in the new one. Why, and what is kept:
docs/decisions/0016.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, TypeAlias

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from . import vocabulary as v
from .as_given import kept_count, share_kept
from .errors import UnreadableFile
from .former_versions import as_former, former_versions, keep
from .found_files import STDIN
from .identity.recognition import Recognition
from .intake import counts_beside
from .origin import Source
from .quads import statements
from .report import FileReport
from .same_links import digest_of, told_of_copies
from .snapshot import MOST_AUTHORS
from .source_diff import counted, differences
from .source_facts import facts_of
from .sources import same_file_name, take_out

_IsIn: TypeAlias = Callable[
    [NamedNode, NamedNode], bool
]  # thing and class: whether the new file describes it
MODES: Final = ("same place", "always", "never")
_PLACE: Final = v.term("ck:placeDigest")
_LEAST: Final = (
    0.5  # share of the old source's papers that a file in its place must have to be its new version
)


@dataclass(frozen=True, slots=True)
class Replacing:
    """How sources are replaced: one of `MODES`, or `former`, the one that the file replaces whatever its name."""

    mode: str = "same place"
    former: NamedNode | None = None
    most_authors: int = MOST_AUTHORS

    @property
    def is_told(self) -> bool:
        """Whether whoever loads said that the file replaces another."""
        return self.mode == "always" or self.former is not None

    def check(self, engine: ox.Store, path: str, source: Source) -> None:
        """Ask before anything is read whether it is clear what is replaced.

        Raises:
            UnreadableFile: several sources of that name and format are loaded, and all would be meant.
        """
        known = _namesakes(engine, source)
        if self.mode == "always" and self.former is None and len(known) > 1:
            ids = ", ".join(_id(node) for node in known[:5])
            raise UnreadableFile(
                path, f"found {len(known)} loaded sources of that name, expected --replaces with one of {ids}"
            )

    def settle(self, recognition: Recognition, path: str, source: Source, report: FileReport) -> FileReport:
        """Take out what a file replaces that was taken in; return its report with what has changed."""
        writer, engine, place = recognition.writer, recognition.engine, _place_of(path)
        if place:
            engine.add(Quad(source.iri, _PLACE, Literal(place), v.provenance_graph(source.iri)))
        is_in_new = _in_graph(engine, source.iri)
        former = self._former(engine, source, place, is_in_new, _topics(engine, source.iri))
        if former is not None and report.is_broken:
            return replace(report, hint=_told_of_break(former))
        if former is None:
            copies = told_of_copies(engine, source.iri, digest_of(engine, source.iri))
            return replace(report, hint=copies or self.hint(engine, path, source))
        versions = former_versions(engine, former)
        version, old = as_former(engine, former, writer.base)
        found = differences(old, facts_of(engine, source.iri), self.most_authors)
        keep(engine, source.iri, [*versions, version], former)
        counts = counts_beside(engine, source, former)
        writer.removed += sum(1 for _ in statements(engine, graph=former)) + kept_count(engine, former)
        recognition.replaces(source.iri, former)
        take_out(recognition, former)
        return replace(report, counts=counts, replaced=version.id, changes=counted(found))

    def foreseen(
        self,
        engine: ox.Store,
        path: str,
        source: Source,
        described: Mapping[str, AbstractSet[str]],
        links: str = "",
        *,
        is_broken: bool = False,
    ) -> tuple[NamedNode | None, str]:
        """Return what a load of a file would replace, and that in words, else `hint`; nothing is written.

        Args:
            described: IRIs of the papers and authors that the file describes, and as "topics" whom it is about.
            links: what stands for its links.
            is_broken: whether it breaks off.
        """

        def is_in_file(thing: NamedNode, cls: NamedNode) -> bool:
            return thing.value in described["papers" if cls == v.SOA_WORK else "authors"]

        former = self._former(engine, source, _place_of(path), is_in_file, described["topics"])
        if former is None:
            return None, told_of_copies(engine, source.iri, links) or self.hint(engine, path, source)
        if is_broken:
            return None, _told_of_break(former)
        old = {s.subject.value for s in statements(engine, None, v.RDF_TYPE, v.SOA_WORK, graph=former)}
        gone, added = len(old - described["papers"]), len(described["papers"] - old)
        return former, f"it would take the place of {_id(former)}: papers {added} added, {gone} gone"

    def hint(self, engine: ox.Store, path: str, source: Source) -> str:
        """Return what to do where a file may be the new version of a loaded source; "" where none is like it."""
        others = _namesakes(engine, source) or [
            NamedNode(iri) for iri in same_file_name(engine, source.file_name) if iri != source.iri.value
        ]
        if not others or self.mode == "never":
            return ""
        how = (
            "--replace"
            if self.mode != "always" and _namesakes(engine, source)
            else f"--replaces {_id(others[0])}"
        )
        return (
            "another source bears the same file name and stays beside this one; if this file replaces it: "
            f"collegium load {how} {path}"
        )

    def _former(
        self,
        engine: ox.Store,
        source: Source,
        place: str,
        is_in_new: _IsIn,
        topics: AbstractSet[str],
    ) -> NamedNode | None:
        if self.former is not None:
            return (
                self.former
                if self.former != source.iri and engine.contains_named_graph(self.former)
                else None
            )
        known = _namesakes(engine, source)
        if self.mode == "always":
            return known[0] if known else None
        if self.mode == "never" or not place:
            return None
        here = [
            node for node in known if Quad(node, _PLACE, Literal(place), v.provenance_graph(node)) in engine
        ]
        is_one = len(here) == 1 and _is_new_version(engine, here[0], source.iri, is_in_new, topics)
        return here[0] if is_one else None


def _told_of_break(former: NamedNode) -> str:
    return f"the file breaks off, so it does not take the place of {_id(former)}"


def _namesakes(engine: ox.Store, source: Source) -> list[NamedNode]:
    """The other loaded sources of the same file name and format, by IRI."""
    found = [NamedNode(iri) for iri in same_file_name(engine, source.file_name)]
    reader = Literal(source.reader)
    return [n for n in found if n != source.iri and Quad(n, v.CK_READER, reader, n) in engine]


def _in_graph(engine: ox.Store, graph: NamedNode) -> _IsIn:
    return lambda thing, cls: Quad(thing, v.RDF_TYPE, cls, graph) in engine


def _is_new_version(
    engine: ox.Store, old: NamedNode, new: NamedNode, is_in_new: _IsIn, topics: AbstractSet[str]
) -> bool:
    """Whether both are about the same person, where they are pages of one, and at least half of what the old source
    describes stands in the new: papers, or else people, or else statements that are kept as given."""
    if _topics(engine, old) != topics:
        return False
    for cls in (v.SOA_WORK, v.FOAF_PERSON):
        things = [s.subject for s in statements(engine, None, v.RDF_TYPE, cls, graph=old)]
        if things:
            common = sum(is_in_new(thing, cls) for thing in things)
            return common >= _LEAST * len(things)
    return share_kept(engine, old, new) >= _LEAST


def _topics(engine: ox.Store, source: NamedNode) -> set[str]:
    return {s.object.value for s in statements(engine, source, v.FOAF_PRIMARY_TOPIC, graph=source)}


def _place_of(path: str) -> str:
    """What stands for the place of a file; its path itself is nobody's business. "" for standard input."""
    is_stdin = path == STDIN or path.startswith(f"{STDIN}: ")  # or a file of an archive on it
    return "" if is_stdin else sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]


def _id(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]
