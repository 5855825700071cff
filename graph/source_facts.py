"""What a source says in short: its papers with their authors, and its authors; small enough to keep of old versions.

Kept as JSON, packed, in the provenance graph: figures in docs/decisions/0016.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from typing import Any, Final

import pyoxigraph as ox
from pyoxigraph import NamedNode

from . import vocabulary as v
from .quads import statements
from .snapshot import MOST_AUTHORS

_PART: Final = 1 << 20  # characters of one literal
# What is compared by itself; and what is no fact of the file: our guesses, which follow the day of loading, and nodes
# that are named after the source.
_NOT_SAID: Final = frozenset(
    {v.CK_ISSUED_INFERRED, v.CK_INFERENCE_REASON, v.BIDO_HOLDS, v.DCTERMS_TITLE, v.DCTERMS_CREATOR}
    | {v.SOA_HAS_AUTHORSHIP, v.FOAF_NAME}
)


@dataclass(frozen=True, slots=True)
class PaperSaid:
    """A paper as one version of a source has it; `rest` stands for all that it says of it beside title and authors."""

    title: str
    authors: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class AuthorSaid:
    """An author as one version of a source has them."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What one version of a source says, by IRI."""

    papers: Mapping[str, PaperSaid]
    authors: Mapping[str, AuthorSaid]

    def pairs(self, most_authors: int = MOST_AUTHORS) -> dict[tuple[str, str], int]:
        """Return each two authors and their joint papers, without papers of more than `most_authors`.

        Cost: O(sum of k² over papers).
        """
        found: dict[tuple[str, str], int] = {}
        for paper in self.papers.values():
            if len(paper.authors) <= most_authors:
                for pair in combinations(sorted(set(paper.authors)), 2):
                    found[pair] = found.get(pair, 0) + 1
        return found


def facts_of(engine: ox.Store, source: NamedNode) -> Facts:
    """Return what a loaded source says. Authors stand in the order of their position, those without one last.

    Cost: O(statements of the source); memory for what it returns and for its authorships.
    """
    papers = _subjects(engine, source, v.SOA_WORK)
    authors = _subjects(engine, source, v.FOAF_PERSON)
    titles = _texts(engine, source, v.DCTERMS_TITLE)
    names = _texts(engine, source, v.FOAF_NAME)
    rest = _rests(engine, source, papers | authors)
    bylines = _bylines(engine, source)
    return Facts(
        {p: PaperSaid(titles.get(p, ""), tuple(bylines.get(p, ())), rest.get(p, "")) for p in sorted(papers)},
        {a: AuthorSaid(names.get(a, ""), rest.get(a, "")) for a in sorted(authors)},
    )


def _subjects(engine: ox.Store, graph: NamedNode, cls: NamedNode) -> set[str]:
    return {s.subject.value for s in statements(engine, None, v.RDF_TYPE, cls, graph=graph)}


def _texts(engine: ox.Store, graph: NamedNode, predicate: NamedNode) -> dict[str, str]:
    """IRI → its longest text, then the first by code point."""
    found: dict[str, str] = {}
    for subject, _, text in statements(engine, None, predicate, graph=graph):
        known = found.get(subject.value)
        if known is None or (-len(text.value), text.value) < (-len(known), known):
            found[subject.value] = text.value
    return found


def _bylines(engine: ox.Store, graph: NamedNode) -> dict[str, list[str]]:
    """Paper → authors."""
    author = {
        s.subject.value: s.object.value for s in statements(engine, None, v.SOA_HAS_AUTHOR, graph=graph)
    }
    place = {
        s.subject.value: int(s.object.value) for s in statements(engine, None, v.SOA_POSITION, graph=graph)
    }
    placed: dict[str, list[tuple[bool, int, str]]] = {}
    for paper, _, node in statements(engine, None, v.SOA_HAS_AUTHORSHIP, graph=graph):
        if who := author.get(node.value):
            at = place.get(node.value)
            placed.setdefault(paper.value, []).append((at is None, at or 0, who))
    return {paper: [who for _, _, who in sorted(found)] for paper, found in placed.items()}


def _rests(engine: ox.Store, graph: NamedNode, things: set[str]) -> dict[str, str]:
    """IRI → a digest that does not depend on the order of its statements."""
    sums: dict[str, int] = {}
    for subject, predicate, value in statements(engine, graph=graph):
        if subject.value in things and predicate not in _NOT_SAID:
            said = f"{predicate.value}\n{value.value}".encode("utf-8", "surrogatepass")
            digest = int.from_bytes(blake2b(said, digest_size=8).digest())
            sums[subject.value] = sums.get(subject.value, 0) ^ digest
    return {iri: f"{total:016x}" for iri, total in sums.items()}


def packed(facts: Facts, base: str) -> list[str]:
    """Return facts as texts of at most 1 MiB, to be joined again by `unpacked`."""
    number = {iri: at for at, iri in enumerate(facts.authors)}
    more = sorted({a for p in facts.papers.values() for a in p.authors if a not in number})
    number |= {iri: at for at, iri in enumerate(more, len(number))}
    content = {
        "authors": [[_short(iri, base), a.name, a.rest] for iri, a in facts.authors.items()]
        + [[_short(iri, base)] for iri in more],
        "papers": [
            [_short(iri, base), p.title, [number[a] for a in p.authors], p.rest]
            for iri, p in facts.papers.items()
        ],
    }
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    whole = b64encode(zlib.compress(text.encode("ascii"), 9)).decode("ascii")
    return [whole[at : at + _PART] for at in range(0, len(whole), _PART)]


def unpacked(parts: Iterable[str], base: str) -> Facts:
    """Return the facts that `packed` gave."""
    content: dict[str, list[Sequence[Any]]] = json.loads(zlib.decompress(b64decode("".join(parts))))
    iris = [_long(row[0], base) for row in content["authors"]]
    return Facts(
        {
            _long(i, base): PaperSaid(title, tuple(iris[a] for a in by), rest)
            for i, title, by, rest in content["papers"]
        },
        {iri: AuthorSaid(*row[1:]) for iri, row in zip(iris, content["authors"], strict=True) if row[1:]},
    )


def _short(iri: str, base: str) -> str:
    """An IRI of ours without its base; others begin with their scheme and are kept."""
    return iri.removeprefix(base)


def _long(short: str, base: str) -> str:
    return short if short.startswith(("http:", "https:", "urn:")) else base + short
