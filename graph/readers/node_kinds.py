"""What the nodes of a network file are, where it says so, and what becomes of those that are no authors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ..errors import shorten
from ..identifiers import SCHEMES, by_address, identifier
from ..names import own_identifier
from ..person_names import turned
from ..records import Identifier, Institution, Lines, Problem

AUTHOR: Final = "author"
INSTITUTION: Final = "institution"
# Words for what a node is → its kind; what is neither an author nor an institution is its own. Filled by hand from what
# VOSviewer calls the items of its maps, from our own exports, and from what people write into `type`.
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys("author coauthor person people researcher scholar scientist".split(), AUTHOR)
    | dict.fromkeys(
        "affiliation institute institution organisation organization university".split(), INSTITUTION
    )
    | {
        word: word
        for word in (
            "article category cited-reference city concept country document field funder journal keyword paper patent "
            "publication publisher reference region source subject term topic venue work"
        ).split()
    }
)
_KIND_KEYS: Final = frozenset({"entitytype", "itemtype", "kind", "nodekind", "nodetype", "type"})
# What nobody has but an author.
_AUTHORS_KEYS: Final = frozenset(
    {"author", "authorname", "hindex", "orcid", "orcidid", "researcherid", "scopusauthor"}
)
_COUNTRY_KEYS: Final = frozenset({"country", "countrycode"})
_ROR_KEYS: Final = frozenset({"ror", "rorid"})
_OF_OURS: Final = frozenset({"iri", "url", "label", "name", "displayname"})


def kind_of(word: str) -> str | None:
    """Return the kind of thing that a word is for; of several the first that is no author; None of other words.

    Example:
        >>> kind_of("Organizations"), kind_of("Author or category"), kind_of("Country/region"), kind_of("Item")
        ('institution', 'category', 'country', None)
    """
    kinds = [_WORDS.get(_singular(part)) for part in re.split(r"\s+or\s+|/", word.strip().lower())]
    known = [kind for kind in kinds if kind is not None]
    return next((kind for kind in known if kind != AUTHOR), AUTHOR if known else None)


def _singular(word: str) -> str:
    return word if word in _WORDS else f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def folded(key: str) -> str:
    """Return a key in lower case without what parts its words."""
    return re.sub(r"[\s_.-]", "", key).lower()


def of_ours(node: str, name: str | None, said: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the address in one of our stores that a node bears, "" for one from elsewhere, and its name.

    Our exports say it twice, as the node's id and as `iri` or `url`; networkx writes it as the label of GML, where the
    kind and the name stand beside it.
    """
    if node and node in (said.get("iri"), said.get("url")):
        return node, name
    if name and name.startswith("http") and f"/{said.get('kind')}/" in name and (plain := said.get("name")):
        return name, plain
    return "", name


def own_words(address: str) -> dict[str, str]:
    """Return what an address of one of our stores says of a node: that it is one, and of which kind.

    Example:
        >>> own_words("http://localhost:8000/author/ada-lovelace")["kind"], own_words("Ada Lovelace")
        ('author', {})
    """
    found = re.fullmatch(r"https?://\S+/(author|institution|category)/[^/\s]+", address)
    return {"iri": address, "kind": found[1]} if found else {}


def person_name(label: str, ours: str) -> str:
    """Return the name that the label of an author is: "Family, Given" turned, but not at an address of our stores.

    We write names in the order of speech: there a comma is part of the name. An address of Semantic Scholar looks
    like one of ours.

    Example:
        >>> person_name("Lovelace, Ada", ""), person_name("Physics, Oslo", "http://localhost:8000/author/physics-oslo")
        ('Ada Lovelace', 'Physics, Oslo')
    """
    is_ours = bool(own_words(ours)) and by_address(ours, AUTHOR) is None
    return label if is_ours else turned(label)


@dataclass(slots=True)
class NodeKinds:
    """What is known of the kinds of a file's nodes. `all_are` is what the file as a whole says of them."""

    all_are: str | None = None
    is_said: bool = False  # whether the file shows of any node that it is an author
    others: dict[str, str] = field(default_factory=dict)  # id of a node that is no author -> its kind
    _counts: Counter[str] = field(default_factory=Counter)
    _first: dict[str, tuple[Lines, str]] = field(default_factory=dict)
    _links: int = 0
    _top: Lines | None = None

    def of(self, said: Mapping[str, str], lines: Lines) -> str:
        """Return the kind of a node by its attributes; an author where nothing says otherwise."""
        self._top = self._top or lines
        kinds = (kind_of(value) for key, value in said.items() if folded(key) in _KIND_KEYS)
        kind = next((found for found in kinds if found), self.all_are)
        if not self.is_said and (kind or any(folded(key) in _AUTHORS_KEYS for key in said)):
            self.is_said = True
        return kind or AUTHOR

    def says(self, key: str, value: str) -> bool:
        """Return whether an attribute tells no more than the kind of its node."""
        return folded(key) in _KIND_KEYS and kind_of(value) is not None

    def other(
        self,
        kind: str,
        node: str,
        printed: str,
        lines: Lines,
        said: Mapping[str, str],
        left_out: Callable[[str, Lines, str], None],
        ours: str = "",
    ) -> Iterator[Institution]:
        """Yield the institution that a node is; what we have no record for is counted."""
        self.others[node] = kind
        if kind != INSTITUTION:
            self._counts[kind] += 1
            self._first.setdefault(kind, (lines, printed))
            return
        found = own_identifier(ours, INSTITUTION, printed) if ours else by_address(node, INSTITUTION)
        known = [found] if found else list[Identifier]()
        country = None
        for key, value in said.items():
            name = folded(key)
            if name in _ROR_KEYS and (ror := identifier("ror", value)):
                known.append(ror)
            elif key in SCHEMES and SCHEMES[key].of == INSTITUTION and (more := identifier(key, value)):
                known.append(more)
            elif name in _COUNTRY_KEYS and re.fullmatch(r"[A-Z]{2}", value):
                country = value
            elif value and value != printed and name not in _OF_OURS and not self.says(key, value):
                left_out(key, lines, value)
        yield Institution(printed, tuple(dict.fromkeys(known)), (), country, lines)

    def is_of_others(self, one: str, other: str) -> bool:
        """Return whether a link has an end that is no author; it is counted."""
        is_so = one in self.others or other in self.others
        self._links += is_so
        return is_so

    def ended(self, are_authors: bool) -> Iterator[Problem]:
        """Yield what was left out, and what was assumed; `are_authors`: whether any node was read as one."""
        is_kept = are_authors or INSTITUTION in self.others.values()
        for kind, count in self._counts.items():
            lines, example = self._first[kind]
            found = f"{count:,} nodes that are of the kind {kind}, first {shorten(example)!r}"
            yield Problem(
                lines, found, "authors or institutions; they are left out with their links", not is_kept
            )
        top = self._top or Lines(1, 1)
        if self._links:
            yield Problem(
                top, f"{self._links:,} links of nodes that are no authors", "links of two authors", False
            )
        if are_authors and not self.is_said:
            yield Problem(
                top, "nodes without a word on what they are", "authors; they are read as such", False
            )
