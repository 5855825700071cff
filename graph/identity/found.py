"""What a rule finds: two things that are one, why, and by what; and who is whom among many that may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..identifiers import SCHEMES
from .clusters import strength
from .decisions import Decision, Link, decision_id, mention_of


@dataclass(frozen=True, slots=True)
class Found:
    """Two things that a rule holds to be one, or one of them to be the other on papers; fields as of `Decision`."""

    one: str
    other: str
    rule: str
    key: str
    reason: str
    evidence: tuple[str, ...] = ()
    new: str = ""
    authorships: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The ID of the decision that it makes."""
        return decision_id(True, self.one, self.other)

    @property
    def link(self) -> Link:
        """As much of it as belief needs."""
        mentions = tuple(sorted(map(mention_of, self.authorships)))
        return Link(True, self.one, self.other, self.rule, self.key, False, "", self.new, mentions)

    def decision(self, at: str, policy: str) -> Decision:
        """Return it as it is written down, made at a moment under a policy."""
        told = (self.one, self.other, self.rule, self.reason, at, policy, self.key, self.evidence)
        return Decision(True, *told, new=self.new, authorships=self.authorships)


Ids = Mapping[str, frozenset[str]]  # scheme -> addresses

_SCHEMES_BY_HOME = sorted(
    ((row.address.removesuffix("{}"), row.of, name) for name, row in SCHEMES.items()), reverse=True
)
_DOI, _ARXIV = (SCHEMES[name].address.removesuffix("{}") for name in ("doi", "arxiv"))
_ARXIV_DOI = _DOI + "10.48550/arxiv."  # arXiv's own DOIs. Source: https://info.arxiv.org/help/doi.html
_UNSHARED = frozenset({"isbn"})  # the chapters of a book bear that of the book


def address_key(address: str) -> str:
    """Return what two addresses of one thing both come to.

    Example:
        >>> address_key("https://doi.org/10.48550/arxiv.2301.00001")
        'https://arxiv.org/abs/2301.00001'
    """
    return _ARXIV + address[len(_ARXIV_DOI) :] if address.startswith(_ARXIV_DOI) else address


def forms(key: str) -> tuple[str, ...]:
    """Return all addresses that have a key."""
    return (key, _ARXIV_DOI + key[len(_ARXIV) :]) if key.startswith(_ARXIV) else (key,)


def scheme_of(address: str, kind: str) -> str:
    """Return the scheme of a thing's address; "" for one that tells nothing.

    Example:
        >>> scheme_of("https://openalex.org/A1", "author"), scheme_of("urn:isbn:9780000000000", "paper")
        ('openalex-author', '')
    """
    for home, of, name in _SCHEMES_BY_HOME:
        if of == kind and address.startswith(home):
            return "" if name in _UNSHARED else name
    return ""


def told(address: str, kind: str) -> str:
    """Return an address as a reason names it.

    Example:
        >>> told("https://doi.org/10.1000/182", "paper")
        'DOI 10.1000/182'
    """
    scheme = SCHEMES[scheme_of(address, kind)]
    return f"{scheme.title} {address.removeprefix(scheme.address.removesuffix('{}'))}"


def ids_of(addresses: Iterable[str], kind: str) -> Ids:
    """Return the addresses of a thing by scheme."""
    found: dict[str, set[str]] = {}
    for address in map(address_key, addresses):
        if scheme := scheme_of(address, kind):
            found.setdefault(scheme, set()).add(address)
    return {scheme: frozenset(those) for scheme, those in found.items()}


def contradict(one: Ids, other: Ids, schemes: Iterable[str] | None = None) -> bool:
    """Return whether two things bear different identifiers of one scheme."""
    common = one.keys() & other.keys() if schemes is None else [s for s in schemes if s in one and s in other]
    return any(one[scheme].isdisjoint(other[scheme]) for scheme in common)


def pairs_of(things: Iterable[str], base: str) -> list[tuple[str, str]]:
    """Return the pairs that make one of things: the strongest with each of the others."""
    first, *rest = sorted(things, key=lambda iri: strength(iri, base))
    return [(min(first, iri), max(first, iri)) for iri in rest]


def groups(
    nodes: Iterable[str], linked: Iterable[tuple[str, str]], are_at_odds: Callable[[str, str], bool]
) -> tuple[list[list[str]], list[list[str]]]:
    """Return the groups of two or more that links make: those in which no two are at odds, and the others."""
    group: dict[str, list[str]] = {node: [node] for node in nodes}
    for a, b in linked:
        one, other = group[a], group[b]
        if one is not other:
            one += other
            group.update(dict.fromkeys(other, one))
    whole = {id(found): sorted(found) for found in group.values() if len(found) > 1}
    sure: list[list[str]] = []
    unsure: list[list[str]] = []
    for found in sorted(whole.values()):
        odd = any(are_at_odds(a, b) for at, a in enumerate(found) for b in found[at + 1 :])
        (unsure if odd else sure).append(found)
    return sure, unsure
