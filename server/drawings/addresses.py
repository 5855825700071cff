"""Where the things in a drawing have their pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from collegium.graph.occasions import PAPER
from collegium.graph.vocabulary import KINDS

from .picture import NodeShown, PaperShown

# What may stand in a path segment of an IRI as it is: an ID is a part of an IRI already.
_SEGMENT = "%:@!$&'()*+,;=~-._"
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", ""})


@dataclass(frozen=True)
class Links:
    """Where a thing's page is. Every address is made here, so that none is `javascript:`."""

    home: str | None

    def to_node(self, node: NodeShown) -> str | None:
        """Return the address of a node's page; None when it has none that may be followed."""
        return self._to(node.kind, node.id, node.iri)

    def to_paper(self, paper: PaperShown) -> str | None:
        """Return the address of a paper's page; None when it has none that may be followed."""
        if paper.id is None:
            return followed(paper.iri)
        return self._to("paper", paper.id, paper.iri)

    def _to(self, kind: str, id_: str, iri: str) -> str | None:
        if self.home is None or kind not in KINDS or (kind == PAPER and id_ == iri):
            return followed(iri)
        return f"{self.home}{quote(kind)}/{quote(id_, safe=_SEGMENT)}"


def followed(iri: str) -> str | None:
    """Return an IRI that a file may link to: on the web, and not on the machine of whoever made it; else None."""
    try:
        parts = urlsplit(iri)
        host = parts.hostname or ""
    except ValueError:  # such as an unfinished IPv6 address
        return None
    return iri if parts.scheme in ("http", "https") and host not in _LOCAL_HOSTS else None
