"""What the statements of a file say of one thing: its texts, names, identifiers and dates, by the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from ..identifiers import SCHEMES, by_address, identifier
from ..person_names import spoken, turned
from ..records import Identifier, PartialDate
from ..vocabulary import FOAF_GROUP, RDF_TYPE, term
from .markup import plain_text
from .partial_dates import from_iso
from .rdf_rows import Path, Vocabulary
from .rdf_statements import Node, Statements, Term
from .rdf_vocabularies import UNTYPED, VOCABULARIES
from .remarks import Remarks

_ROWS: Final = (*VOCABULARIES, UNTYPED)
_LONGEST_NAME: Final = 1000
_ANY_KEY: Final[Mapping[NamedNode, str]] = MappingProxyType(
    {predicate: scheme for row in _ROWS for predicate, scheme in row.identifiers.items()}
)
_NAMES: Final = tuple(dict.fromkeys(path for row in _ROWS for path in row.names))
_PARTS: Final = tuple(dict.fromkeys(pair for row in _ROWS for pair in row.parts))
# datacite:hasIdentifier → a node with a scheme and a value. Source: sparontologies.github.io/datacite
_HAS_IDENTIFIER: Final = term("datacite:hasIdentifier")
_USES_SCHEME: Final = term("datacite:usesIdentifierScheme")
_VALUES: Final = (term("literal:hasLiteralValue"), term("literal2010:hasLiteralValue"))
_DATACITE_SCHEMES: Final[Mapping[str, str]] = MappingProxyType(
    {"dblp-record": "dblp", "openalex": "openalex", "dblp": "dblp-author", "wikidata": "wikidata"}
)
_BLANK_NUMBER: Final = re.compile(r"(.*\S) \d{4}")
_PRECISIONS: Final[Mapping[NamedNode, int]] = MappingProxyType(
    {term("vivo:yearPrecision"): 4, term("vivo:yearMonthPrecision"): 7}
)
_GROUPS: Final = frozenset({FOAF_GROUP, *(cls for row in _ROWS for cls in row.institutions)})
_SEVERAL: Final = "one; the first is kept"


class Named(NamedTuple):
    """A person's name in the order of speech, its printed form, and other forms of it."""

    name: str
    printed: str
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Thing:
    """One thing of a file, with the rows of the vocabularies that describe it, and what of it was left out."""

    node: Node
    rows: Sequence[Vocabulary]
    of: Statements
    remarks: Remarks = field(default_factory=Remarks)

    def texts(self, paths: Iterable[Path]) -> list[str]:
        """Return the texts at the end of the first of the paths that leads to some."""
        known = self.of.says(self.node)
        for path in paths:
            if path[0] not in known:
                continue
            found = [text for value in follow(self.of, self.node, path) if (text := text_of(value))]
            if found:
                return found
        return []

    def text(self, field_of_row: str, what: str) -> str | None:
        """Return the one text of a field; of several the first, with a remark."""
        for row in self.rows:
            found = list(dict.fromkeys(self.texts(getattr(row, field_of_row))))
            if len(found) > 1 and what:
                self.remarks.add(f"{len(found)} {what}s, the second {found[1]!r}", f"{what}: {_SEVERAL}")
            if found:
                return found[0]
        return None

    def identifiers(self, of: str) -> tuple[Identifier, ...]:
        """Return the identifiers of a thing ("paper", "author", "institution"): its address, then what it is given."""
        found: dict[Identifier, None] = {}
        if isinstance(self.node, NamedNode) and (own := by_address(self.node.value, of)):
            found[own] = None
        for predicate in self.of.says(self.node):
            scheme = _ANY_KEY.get(predicate)
            for value in self.of.objects(self.node, predicate, take=False) if scheme is not None else ():
                printed = text_of(value)
                known = self._identified(scheme, printed, of)
                if known is not None:
                    found[known] = None
                elif scheme and SCHEMES[scheme].of == of and printed:
                    self.remarks.add(f"{scheme} {printed!r}", f"an identifier of {SCHEMES[scheme].title}")
                else:
                    continue
                self.of.take(self.node, predicate, value)
        for known in self._described(of):
            found[known] = None
        return tuple(found)

    def _identified(self, scheme: str | None, printed: str, of: str) -> Identifier | None:
        if not scheme:
            return by_address(printed, of)
        return identifier(scheme, printed) if SCHEMES[scheme].of == of else None

    def _described(self, of: str) -> Iterator[Identifier]:
        """Identifiers that are nodes; those of schemes that we do not know are left as they are."""
        for node in self.of.objects(self.node, _HAS_IDENTIFIER, take=False):
            if not isinstance(node, Node):
                continue
            for kind in self.of.objects(node, _USES_SCHEME, take=False):
                word = re.split(r"[/#]", text_of(kind))[-1]
                scheme = _DATACITE_SCHEMES.get(word, word)
                if scheme not in SCHEMES or SCHEMES[scheme].of != of:
                    continue
                self.of.take(self.node, _HAS_IDENTIFIER, node)
                self.of.take(node, _USES_SCHEME, kind)
                for value in (v for predicate in _VALUES for v in self.of.objects(node, predicate)):
                    known = identifier(scheme, text_of(value))
                    if known is not None:
                        yield known
                    else:
                        self.remarks.add(
                            f"{word} {text_of(value)!r}", f"an identifier of {SCHEMES[scheme].title}"
                        )

    def issued(self) -> PartialDate | None:
        """Return the first date that the rows lead to; what is none is remarked."""
        for row in self.rows:
            for text in (*self.texts(row.issued), *self._dated(row)):
                found = from_iso(text)
                if found is not None:
                    return found
                self.remarks.add(f"date {text!r}", "a date like 2019, 2019-07 or 2019-07-03; it is left out")
        return None

    def _dated(self, row: Vocabulary) -> Iterator[str]:
        if row.dated is None:
            return
        link, date, precision = row.dated
        for node in self.of.objects(self.node, link):
            if isinstance(node, Node):
                said = self.of.objects(node, precision)
                known = [_PRECISIONS.get(p, 10) for p in said if isinstance(p, NamedNode)]
                for value in self.of.objects(node, date):
                    yield text_of(value)[: min(known, default=10)]

    def named(self) -> Named | None:
        """Return the name of a person or institution; None where it has none."""
        forms: list[str] = []
        known = self.of.says(self.node)
        for path in _NAMES:
            if path[0] in known:
                forms += self.texts((path,))
        for given, family in _PARTS:
            if given[0] in known or family[0] in known:
                parts = [next(iter(self.texts((path,))), None) for path in (given, family)]
                if whole := spoken(*parts):
                    forms.append(whole)
        names = dict.fromkeys(form[:_LONGEST_NAME] for form in forms)
        if not names:
            return None
        printed = next(iter(names))
        is_group = self.is_group()
        name = called(printed, is_group=is_group)
        others = tuple(other for other in names if called(other, is_group=is_group) != name)
        return Named(name, printed, others)

    def is_group(self) -> bool:
        """Return whether the file says that it is a group or an organisation; what says so counts as taken."""
        said = _GROUPS.intersection(self.of.objects(self.node, RDF_TYPE, take=False))
        for cls in said:
            self.of.take(self.node, RDF_TYPE, cls)
        return bool(said)


def follow(of: Statements, node: Term, path: Path) -> list[Term]:
    """Return what stands at the end of a path."""
    at: list[Term] = [node]
    for step in path:
        at = [value for one in at if isinstance(one, Node) for value in of.objects(one, step)]
    return at


def text_of(value: Term) -> str:
    """Return a literal's text without markup, or an address; "" of other nodes."""
    if isinstance(value, Literal):
        return plain_text(value.value)
    return value.value if isinstance(value, NamedNode) else ""


def called(printed: str, *, is_group: bool) -> str:
    """Return the name of a person in the order of speech, that of a group as printed; without a number of dblp."""
    name = without_number(printed)
    return name if is_group else turned(name)


def without_number(name: str) -> str:
    """Return a name of dblp without the number that tells namesakes apart."""
    found = _BLANK_NUMBER.fullmatch(name)
    return found[1] if found else name
