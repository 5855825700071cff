"""An author who is several people, parted by hand: some papers are another's, who gets an address of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from .deciding import Made, changing, now_in_utc, remade
from .describe import Describe, nothing_more
from .errors import NotFound, ParameterError
from .identity.clusters import Identity, strength
from .identity.decisions import USER, Decision, kind_of
from .identity.parted import Mention, mentions, node_for
from .identity.policies import policy_of
from .literals import date_time
from .snapshot import MOST_AUTHORS
from .store import Store


def split_papers(
    store: Store,
    author: str,
    papers: Collection[str],
    sources: Collection[str],
    reason: str,
    *,
    now: Callable[[], datetime] = now_in_utc,
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    describe: Describe = nothing_more,
) -> Decision:
    """Hold the author (an IRI) of some papers to be somebody else than of the others; return the split of the two.

    Args:
        papers: IRIs of papers that are the other's.
        sources: IRIs of sources; the papers on which one of them has the author are the other's too.

    Raises:
        ParameterError: no author, a paper or source that does not have this author, or all papers of theirs.
        NotFound: no such author.
        StoreBusy: another process is writing.
    """
    if not reason.strip():
        raise ParameterError("reason", reason, "a reason in words")
    if kind_of(author, store.base) != "author":
        raise ParameterError("author", author, "an author: only authors are split by papers")
    with changing(store, Made(pairs, most_authors, describe), now) as writer:
        of = _Author.read(writer.engine, writer.base, author)
        given = of.given(papers, sources)
        names = sorted({one.author for one in given}, key=lambda iri: strength(iri, writer.base))
        authorships = tuple(sorted({one.authorship for one in given}))
        new = node_for(names[-1], authorships, writer.base)
        one, other = sorted((of.used, new))
        at, policy = date_time(now()).value, policy_of(writer.engine, writer.base)
        made = Decision(False, one, other, USER, reason.strip(), at, policy, new=new, authorships=authorships)
        return remade(writer, made)


@dataclass(frozen=True, slots=True)
class _Author:
    """Where the sources have an author of belief; `papers` by the IRI that belief uses."""

    used: str
    papers: dict[str, list[Mention]]
    paper_of: Callable[[str], str]

    @classmethod
    def read(cls, engine: ox.Store, base: str, author: str) -> _Author:
        identity = Identity.read(engine, base)
        used = identity.one(author)
        papers: dict[str, list[Mention]] = {}
        for iri in sorted(identity.kin(author)):
            for mention in mentions(engine, base, iri):
                if identity.one(iri, mention.source, mention.paper) == used:
                    papers.setdefault(identity.one(mention.paper), []).append(mention)
        if not papers:
            raise NotFound("author", author, "name one who has papers, by IRI or ID")
        return cls(used, papers, identity.one)

    def given(self, papers: Iterable[str], sources: Collection[str]) -> list[Mention]:
        """Return the mentions on papers, and on those of sources. Raises: ParameterError."""
        wanted: set[str] = set()
        for paper in papers:
            if (used := self.paper_of(paper)) not in self.papers:
                raise ParameterError("paper", paper, f"a paper of {self.used}")
            wanted.add(used)
        for source in sources:
            there = {paper for paper, those in self.papers.items() if any(m.source == source for m in those)}
            if not there:
                raise ParameterError("source", source, f"a source that has {self.used} on a paper")
            wanted |= there
        if not wanted or len(wanted) == len(self.papers):
            found = "all" if wanted else "none"
            raise ParameterError("papers", found, f"some of the {len(self.papers)} papers of {self.used}")
        return [mention for paper in sorted(wanted) for mention in self.papers[paper]]
