"""The same thing from two sources: what the rules find when sources come and go, written down as decisions.

What the rules find follows from the claims alone, neither from the order of loading nor from decisions by hand. So what
they found stands only as long as it would be found again; what somebody undid stays undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

import pyoxigraph as ox
from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..identifiers import SCHEMES
from ..literals import date_time
from ..versions import Writer
from . import same_identifier, same_place, same_title
from .belief import Believer
from .claims import Claims
from .clusters import Identity
from .decisions import USER, Decision, Link, kind_of, links, remove, write
from .found import Found
from .keys import CLASSES, Keys
from .policies import policy_of


class Recognition:
    """Keeps decisions and belief in step while sources come and go; made before the first change of a write."""

    def __init__(self, writer: Writer) -> None:
        self.believer = Believer(writer)
        self._keys = Keys()

    @property
    def writer(self) -> Writer:
        """The writer of the version that is made."""
        return self.believer.writer

    @property
    def engine(self) -> ox.Store:
        """The writer's engine."""
        return self.believer.engine

    def came(self, source: NamedNode) -> None:
        """Take note that a source was put in, its claims written into belief as they stand."""
        self.believer.came(source)

    def leaves(self, source: NamedNode) -> None:
        """Take the claims of a source out of belief; its graph is removed next."""
        self._keys.add_source(Claims(self.engine, self.writer.base), source.value)
        self.believer.leaves(source)

    def settle(self, now: datetime) -> dict[str, dict[str, int]]:
        """Decide what the rules find, and make belief follow; return source → kind → things recognised.

        Cost: O(what came and went), and one pass over titles and names where other sources are there.
        """
        claims = Claims(self.engine, self.writer.base)
        fresh = sorted(self.believer.fresh)
        for source in fresh:
            self._keys.add_source(claims, source)
        self._keys.add_things(claims, self.believer.unsettled)
        _Round(self.engine, claims, self._keys, date_time(now).value).run()
        self._keys = Keys()
        self.believer.settle()
        return {source: _recognised(claims, self.believer.before, source) for source in fresh}


def _recognised(claims: Claims, identity: Identity, source: str) -> dict[str, int]:
    if identity.is_plain:
        return {}
    counted = {}
    for kind, cls in CLASSES.items():
        things = (claim.subject.value for claim in claims.of(None, v.RDF_TYPE, cls, source))
        counted[kind] = sum(len(identity.kin(iri)) > 1 for iri in things)
    return {kind: count for kind, count in counted.items() if count}


class _Round:
    """One round of all rules, from the surest down: each sees what those before it made one."""

    def __init__(self, engine: ox.Store, claims: Claims, keys: Keys, at: str) -> None:
        self._engine, self._claims, self._keys, self._at = engine, claims, keys, at
        self._links = links(engine, claims.base)
        self._policy = policy_of(engine, claims.base)

    def run(self) -> None:
        """Make the decisions of all rules."""
        keys, claims = self._keys, self._claims
        found = same_identifier.find(claims, keys.addresses)
        changed = self._decide(found, lambda link: link.key in keys.addresses)
        keys.add_things(claims, changed)
        identity = Identity(claims.base, (one for one in self._links.values() if _is_of_identifiers(one)))
        for kind, rule, find in _BY_TEXT:
            bearers = keys.bearers(claims, kind)
            self._decide(find(claims, identity, bearers.items()), self._by_text(kind, rule))

    def _by_text(self, kind: str, rule: str) -> Callable[[Link], bool]:
        """Return whether a decision is of a rule that goes by a text, one that is looked at now."""
        texts, base = self._keys.texts[kind], self._claims.base
        return lambda link: link.rule == rule and kind_of(link.one, base) == kind and hash(link.key) in texts

    def _decide(self, found: Iterable[Found], is_looked_at: Callable[[Link], bool]) -> set[str]:
        """Write down what was found, take away what was not found again; return the things that this is about."""
        wanted: dict[str, Found] = {}
        for one in found:
            known = wanted.get(one.id)
            if known is None or _rank(one.rule, one.key) < _rank(known.rule, known.key):
                wanted[one.id] = one
        gone = [
            identifier
            for identifier, link in self._links.items()
            if link.is_merge
            and link.rule != USER
            and not link.is_undone
            and is_looked_at(link)
            and not _is_same(wanted.get(identifier), link)
        ]
        remove(self._engine, self._claims.base, gone)
        removed = [self._links.pop(identifier) for identifier in gone]
        come = [one for identifier, one in wanted.items() if self._is_news(one, identifier)]
        remove(self._engine, self._claims.base, (one.id for one in come if one.id in self._links))
        write(self._engine, self._claims.base, map(self._decision, come))
        self._links.update({f.id: Link(True, f.one, f.other, f.rule, f.key, False) for f in come})
        pairs = [(one.one, one.other) for one in removed] + [(one.one, one.other) for one in come]
        return {iri for pair in pairs for iri in pair}

    def _is_news(self, found: Found, identifier: str) -> bool:
        """Whether nothing is decided on the two yet, or by a weaker rule."""
        known = self._links.get(identifier)
        if known is None:
            return True
        is_weaker = _rank(found.rule, found.key) < _rank(known.rule, known.key)
        return is_weaker and known.rule != USER and not known.is_undone

    def _decision(self, found: Found) -> Decision:
        return Decision(
            True,
            found.one,
            found.other,
            found.rule,
            found.reason,
            self._at,
            self._policy,
            found.key,
            found.evidence,
        )


Find = Callable[[Claims, Identity, Iterable[tuple[str, Iterable[str]]]], Iterator[Found]]
# Kind, the rule that its decisions bear, and what finds them: the rules that go by a text, in this order.
_BY_TEXT: Final[tuple[tuple[str, str, Find], ...]] = (
    ("paper", same_title.RULE, same_title.find),
    ("institution", same_place.RULE, same_place.find),
)
_TEXT_RULES: Final = frozenset({USER, same_title.RULE, same_place.RULE})


def _is_of_identifiers(link: Link) -> bool:
    return link.is_merge and not link.is_undone and link.rule not in _TEXT_RULES


def _is_same(found: Found | None, link: Link) -> bool:
    return found is not None and (found.rule, found.key) == (link.rule, link.key)


def _rank(rule: str, key: str) -> tuple[bool, int, str]:
    order = tuple(SCHEMES)
    return rule in _TEXT_RULES, order.index(rule) if rule in order else len(order), key
