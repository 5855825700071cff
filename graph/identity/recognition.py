"""The same thing from two sources: what the rules find when sources come and go, written down as decisions.

What the rules find follows from the claims, neither from the order of loading nor from merges by hand; what somebody
told apart is two for them too. So what they found stands only as long as it would be found again; what was undone stays
so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

import pyoxigraph as ox
from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..literals import date_time
from ..ror import RorTable
from ..writer import Writer
from . import same_identifier, same_name, same_organisation, same_place, same_position, same_title
from .belief import Believer
from .carried import carry_over
from .claims import Claims
from .clusters import Identity
from .decisions import (
    USER,
    Decision,
    Link,
    decision_id,
    decision_of,
    decisions,
    kind_of,
    links,
    remove,
    write,
)
from .doubts import write_doubts
from .found import Found
from .keys import CLASSES, Keys
from .names_apart import parts_of, write_parts
from .policies import DEFAULT, STRICT, policy_of, set_policy
from .recognised import Recognised, recognised
from .register import Register
from .rules import TEXT_RULES, rank

_MANY: Final = 5_000  # papers


class Recognition:
    """Keeps decisions and belief in step while sources come and go; made before the first change of a write."""

    def __init__(self, writer: Writer, policy: str | None = None, ror: RorTable | None = None) -> None:
        """`policy` becomes that of the store; None leaves it, and a restored store comes with its own. `ror` is what
        names of institutions are looked up in; None adds nothing to what was found with one.

        Raises:
            UnknownName: there is no such policy.
        """
        self.believer, self._asked = Believer(writer), policy
        self._came: dict[str, None] = {}  # sources, in the order of their coming
        self._stayed: dict[str, set[str]] = {}  # source -> things that a source it replaces has too
        self._keys = Keys(all_names=self._set_policy(policy))
        self._register = Register(ror)
        self._register.note(writer)

    def _set_policy(self, policy: str | None) -> bool:
        """Set the policy of the store; return whether all names have to be looked at under it."""
        former = policy_of(self.engine, self.writer.base)
        policy = policy or former
        if policy != former:
            set_policy(self.engine, self.writer.base, policy)
            self.writer.changed, self.writer.is_described = True, False
        return policy != DEFAULT or policy != former

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
        self._came[source.value] = None

    def came_whole(self) -> None:
        """Take note that the writer holds a whole store now: belief and decisions as they were there."""
        self.believer = Believer(self.writer)
        former = policy_of(self.engine, self.writer.base)
        self._keys = Keys(all_names=former != DEFAULT)
        if self._asked and self._asked != former:
            self._keys = Keys(all_names=self._set_policy(self._asked))
        self._register.note(self.writer)

    def take_over(self, made: Iterable[Decision], policy: str | None) -> None:
        """Take over decisions from elsewhere, their sources being here; what somebody decided here goes before them.

        Args:
            policy: that of the store they come from, where it is to be that of this one; it yields to one asked for.
        """
        base = self.writer.base
        here = {one.id: one for one in decisions(self.engine, base)}
        come = [one for one in made if _goes_before(one, here.get(one.id))]
        come = [one for one in come if not _is_held(here.get(_opposite(one))) or one.undone_at]
        # IDs are made of IRIs, and these may have come under another base.
        come = [replace(one, lifts=_opposite(one)) if one.lifts else one for one in come]
        remove(self.engine, base, (one.id for one in come if one.id in here))
        write(self.engine, base, come)
        self.believer.unsettled.update(iri for one in come for iri in (one.one, one.other))
        self._keys.all_names |= self._set_policy(self._asked or policy)
        if come:
            self.writer.changed, self.writer.is_described = True, False

    def replaces(self, source: NamedNode, former: NamedNode) -> None:
        """Take note, before `former` leaves, that what both describe is not new, and what was decided holds."""
        claims = Claims(self.engine, self.writer.base)
        for cls in CLASSES.values():
            things = {claim.subject.value for claim in claims.of(None, v.RDF_TYPE, cls, former.value)}
            self._stayed.setdefault(source.value, set()).update(things)
        self.believer.unsettled |= carry_over(self.engine, self.writer.base, source.value, former.value)

    def leaves(self, source: NamedNode) -> None:
        """Take the claims of a source out of belief; its graph is removed next."""
        self._keys.add_source(Claims(self.engine, self.writer.base), source.value)
        self.believer.leaves(source)

    def settle(self, now: datetime) -> dict[str, dict[str, Recognised]]:
        """Decide what the rules find, and make belief follow; return source → kind → what was recognised of it.

        Cost: O(what came and went), and one pass over titles and names where other sources are there.
        """
        claims = Claims(self.engine, self.writer.base)
        fresh = sorted(self.believer.fresh)
        if len(claims.graphs) > 1 and not self.writer.is_in_order and _are_many(claims, fresh):
            self.engine.optimize()  # looking up in what was just loaded takes three times as long before
            self.writer.is_in_order = True
        self.believer.look_at_fresh()
        for source in fresh:
            self._keys.add_source(claims, source)
        self._keys.add_things(claims, self.believer.unsettled)
        _Round(self.engine, claims, self._keys, date_time(now).value).run(self._register)
        self._keys = Keys(all_names=self._keys.all_names)
        self.believer.settle()
        stayed, self._stayed = self._stayed, {}
        before = self.believer.before
        came, self._came = [source for source in self._came if source in fresh], {}
        return {
            source: recognised(claims, before, source, set(came[at:]), stayed.get(source, set()))
            for at, source in enumerate(came)
        }


def _goes_before(one: Decision, known: Decision | None) -> bool:
    """Whether a decision takes the place of the same one that is here: somebody's word that of a rule."""
    return known is None or (_is_by_hand(one) and not _is_by_hand(known))


def _is_by_hand(one: Decision) -> bool:
    return one.rule == USER or bool(one.undone_at)


def _is_held(one: Decision | None) -> bool:
    return one is not None and one.rule == USER and not one.undone_at


def _opposite(one: Decision) -> str:
    return decision_id(not one.is_merge, one.one, one.other)


def _are_many(claims: Claims, sources: Iterable[str]) -> bool:
    """Whether sources have so many papers that it pays to have the engine's tables put in order."""
    papers = (claim for source in sources for claim in claims.of(None, v.RDF_TYPE, v.SOA_WORK, source))
    return any(number >= _MANY for number, _ in enumerate(papers, 1))


Find = Callable[[Claims, Identity, Collection[tuple[str, Collection[str]]]], Iterator[Found]]


class _Round:
    """One round of all rules, from the surest down: each sees what those before it made one."""

    def __init__(self, engine: ox.Store, claims: Claims, keys: Keys, at: str) -> None:
        self._engine, self._claims, self._keys, self._at = engine, claims, keys, at
        self._links = links(engine, claims.base)
        self._policy = policy_of(engine, claims.base)

    def run(self, register: Register) -> None:
        """Make the decisions of all rules."""
        keys, claims = self._keys, self._claims
        found = same_identifier.find(claims, keys.addresses)
        changed = self._decide(found, lambda link: link.rule not in TEXT_RULES and link.key in keys.addresses)
        keys.add_things(claims, changed)
        changed = self._by_text("paper", same_title.RULE, same_title.find)
        self._by_text("institution", same_place.RULE, same_place.find)
        self._by_register(register)
        changed |= self._by_name()
        self._by_position(changed)

    def _by_text(self, kind: str, rule: str, find: Find) -> set[str]:
        bearers = self._keys.bearers(self._claims, kind).items()
        return self._decide(find(self._claims, self._so_far(kind, rule), bearers), self._is_of(kind, rule))

    def _by_register(self, register: Register) -> None:
        """Decide on all institutions by a table of organisations, unless nothing can have changed."""
        has_come, rule = bool(self._keys.texts["institution"]), same_organisation.RULE
        if meant := register.meant(self._engine, self._claims.base, self._links.values(), has_come=has_come):
            found = same_organisation.find(self._claims, self._so_far("institution", rule), meant)
            self._decide(found, lambda link: link.rule == rule)

    def _by_name(self) -> set[str]:
        """Decide on authors by name; keep apart what the policy asks for, and note what nobody can tell. Return whom
        this is about."""
        engine, claims, keys = self._engine, self._claims, self._keys
        bearers = keys.bearers(claims, "author").items()
        identity = self._so_far("author", same_name.RULE)
        made = same_name.find(claims, identity, bearers, self._policy)
        changed = self._decide(made.found, self._is_of("author", same_name.RULE))
        write_parts(engine, claims.base, made.parts)
        write_doubts(claims, engine, made.doubts, keys)
        return changed

    def _by_position(self, changed: set[str]) -> None:
        """Decide on who stands at one place of a list by several names, for all whom something may have changed."""
        claims, keys, rule = self._claims, self._keys, same_position.RULE
        if self._policy == STRICT:
            self._decide((), lambda link: link.rule == rule)
            return
        identity = self._so_far("author", rule)
        known = [link for link in self._links.values() if link.rule == rule]
        things = keys.things | changed
        people, papers = same_position.affected(claims, identity, things, keys.papers(claims, changed), known)

        def is_looked_at(pair: Found | Link) -> bool:
            return keys.all_names or pair.one in people or pair.other in people

        found = same_position.find(claims, identity, papers, parts_of(self._engine, claims.base))
        self._decide(filter(is_looked_at, found), lambda link: link.rule == rule and is_looked_at(link))

    def _so_far(self, kind: str, rule: str) -> Identity:
        """What the rules have made one, apart from a rule for a kind of thing."""
        base = self._claims.base
        held = (link for link in self._links.values() if link.is_merge and not link.is_undone)
        rules = (link for link in held if link.rule not in (USER, same_position.RULE))
        return Identity(
            base, (link for link in rules if link.rule != rule or kind_of(link.one, base) != kind)
        )

    def _is_of(self, kind: str, rule: str) -> Callable[[Link], bool]:
        """Return whether a decision is of a rule that goes by a text, one that is looked at now."""
        keys, base = self._keys, self._claims.base
        return lambda link: link.rule == rule and kind_of(link.one, base) == kind and keys.has(kind, link.key)

    def _decide(self, found: Iterable[Found], is_looked_at: Callable[[Link], bool]) -> set[str]:
        """Write down what was found, take away what was not found again; return the things that this is about."""
        wanted: dict[str, Found] = {}
        for one in found:
            known = wanted.get(one.id)
            if known is None or rank(one.rule, one.key) < rank(known.rule, known.key):
                wanted[one.id] = one
        gone = [
            identifier
            for identifier, link in self._links.items()
            if link.is_merge
            and link.rule != USER
            and not link.is_undone
            and is_looked_at(link)
            and not self._stands(wanted.get(identifier), link)
        ]
        remove(self._engine, self._claims.base, gone)
        removed = [self._links.pop(identifier) for identifier in gone]
        come = [one for identifier, one in wanted.items() if self._is_news(one, identifier)]
        remove(self._engine, self._claims.base, (one.id for one in come if one.id in self._links))
        write(self._engine, self._claims.base, (one.decision(self._at, self._policy) for one in come))
        self._links.update({one.id: one.link for one in come})
        pairs = [(one.one, one.other) for one in removed] + [(one.one, one.other) for one in come]
        return {iri for pair in pairs for iri in pair}

    def _stands(self, found: Found | None, link: Link) -> bool:
        """Whether what was decided was found again, and for the same reason: what a source said may be gone."""
        if found is None or (found.rule, found.key) != (link.rule, link.key):
            return False
        known = decision_of(self._engine, self._claims.base, found.id)
        told = found.reason, tuple(sorted(set(found.evidence))), found.new, found.authorships
        return known is not None and (known.reason, known.evidence, known.new, known.authorships) == told

    def _is_news(self, found: Found, identifier: str) -> bool:
        """Whether nothing is decided on the two yet, or by a weaker rule."""
        known = self._links.get(identifier)
        if known is None:
            return True
        is_weaker = rank(found.rule, found.key) < rank(known.rule, known.key)
        return is_weaker and known.rule != USER and not known.is_undone
