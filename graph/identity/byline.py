"""With whom, and on what, an author writes: what shows that two of one name are one person."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..names import name_key
from .claims import Claims
from .clusters import Identity
from .full_names import is_full


@dataclass(frozen=True, slots=True)
class Byline:
    """The papers of an author, by the IRI that belief uses, and the keys of the full names of who wrote them too."""

    papers: frozenset[str]
    coauthors: frozenset[str]

    def shared(self, other: Byline) -> tuple[str, tuple[str, ...]] | None:
        """Return why two are one person, and by what; None where nothing shows it."""
        if papers := self.papers & other.papers:
            return "same full name, a paper in common", tuple(sorted(papers)[:3])
        if coauthors := self.coauthors & other.coauthors:
            return "same full name, a co-author in common", tuple(sorted(coauthors)[:3])
        return None


def byline_of(claims: Claims, identity: Identity, author: str, source: str | None) -> Byline:
    """Return with whom and on what an author writes by the word of one source, or of all."""
    papers: set[str] = set()
    names: set[str] = set()
    own = {name_key(name) for name in claims.values(author, v.FOAF_NAME)}
    for claim in claims.of(None, v.DCTERMS_CREATOR, NamedNode(author), source):
        papers.add(identity.one(claim.subject.value))
        for creator in claims.of(claim.subject, v.DCTERMS_CREATOR, None, claim.source):
            names |= claims.values(creator.object.value, v.FOAF_NAME, claim.source)
    return Byline(frozenset(papers), frozenset(name_key(n) for n in names if is_full(n)) - own)
