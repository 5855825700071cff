"""What a reader yields: papers, profiles, institutions, ties, statements and problems, as frozen records.

A record says what one source says, nothing more: no identity, no IRI, no repair. Lines and record numbers count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from pyoxigraph import Triple


@dataclass(frozen=True, slots=True)
class Lines:
    """A piece of a file: first and last line (or record, by `unit`), both counted from 1 and both inside."""

    first: int
    last: int
    unit: str = "line"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A name that somebody else gave a thing, in the plain form of its scheme.

    `scheme` is a key of `identifiers.SCHEMES` ("doi", "arxiv", "orcid" …), `value` what stands there without prefix or
    address: "10.1000/182" in lower case, "2301.00001" without version, "0000-0002-1825-0097". A scheme that is no key
    there is `names.OWN`, of IDs in files that one of our stores wrote, and of namesakes whom a table numbers.
    """

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A number that a source states; `measure` is a key of `record_words.REPORTED_MEASURES`."""

    measure: str
    value: Decimal
    as_given: str


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source: `year`, `month`, `day` are None where the source leaves them out."""

    as_given: str
    year: int | None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category as a source gives it.

    `notation` is the full name when the code can mean only one thing ("cs.CL"); else it is the code itself and
    `possible` holds what it may mean. `label` is its name in words, where the source gives one beside the code.
    """

    as_given: str
    notation: str
    scheme: str
    possible: tuple[str, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution as a source names it, by the way or (then with `lines`) in a record of its own.

    `names` are those by which it is known too; `country` is its ISO 3166 code of two letters.
    """

    name: str
    identifiers: tuple[Identifier, ...] = ()
    names: tuple[str, ...] = ()
    country: str | None = None
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Authorship:
    """One author of one paper.

    `position` counts from 1; None for one who is known to stand behind “et al.”. `name` is in the order of speech
    ("Ada Lovelace"); `as_given` is the printed form where that is another ("Lovelace, A."). `is_collective` marks a
    group ("ATLAS Collaboration"). `institutions` are those that the source itself tells apart; `affiliations` are lines
    of text as printed, from which nothing is guessed.
    """

    name: str
    position: int | None
    identifiers: tuple[Identifier, ...] = ()
    institutions: tuple[Institution, ...] = ()
    affiliations: tuple[str, ...] = ()
    as_given: str | None = None
    is_collective: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """Where a paper came out: the journal, book or series (`venue`), and its place in it, as printed."""

    venue: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as one source describes it.

    `title` is "" where the source has none (a problem beside the record says so). `institutions` are names, of the
    paper and not of single authors. `has_code` is what the source says, also when no link is known; None where the
    source cannot say. `is_truncated` is True when the list of authors is cut (“et al.”, `and others`, fewer than the
    source says there are); `author_count` is how many there are by the source's own word, where it lists
    another number. `kind` is a key of `record_words.PAPER_KINDS`. `category` is the main one, `categories` the others.
    `references` are the papers that this one cites.
    """

    title: str
    authorships: tuple[Authorship, ...]
    is_truncated: bool
    lines: Lines
    issued: PartialDate | None = None
    category: Category | None = None
    institutions: tuple[str, ...] = ()
    abstract: str | None = None
    has_code: bool | None = None
    code_links: tuple[str, ...] = ()
    reported: tuple[Reported, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    kind: str | None = None
    published: Published | None = None
    categories: tuple[Category, ...] = ()
    keywords: tuple[str, ...] = ()
    references: tuple[Identifier, ...] = ()
    language: str | None = None  # its tag (BCP 47)
    author_count: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a source says of an author as a whole.

    `names` are the other forms that the source holds to be the same person; `full_names` those among several names in
    full that a store of ours believes, beside `name`. `is_node`: a network file has the author as a node.
    """

    name: str
    lines: Lines
    primary_category: Category | None = None
    reported: tuple[Reported, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    names: tuple[str, ...] = ()
    institutions: tuple[Institution, ...] = ()
    full_names: tuple[str, ...] = ()
    is_node: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Two authors whom a network file links, with the weight that it gives; `label` is what it says the link is."""

    one: Profile
    other: Profile
    weight: Decimal
    lines: Lines
    label: str | None = None


# What addresses of RDF without a beginning lie under, where their file names nothing: no address that anybody opens.
WITHOUT_BASE: Final = "relative:///"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of an RDF file of which no other record was made; it is kept as given, and never believed.

    A blank node bears the same label each time the same file is read; an address without a beginning lies
    under `WITHOUT_BASE`.
    """

    triple: Triple
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A piece that was not understood, or understood only in part.

    `is_refused` tells a lost record (nothing of it was kept) from a remark on a kept one. `is_of_nothing` where the
    source itself says that it holds no record, as the last page of an answer in pages: such a file is no failure.
    """

    lines: Lines
    found: str
    expected: str
    is_refused: bool
    is_of_nothing: bool = False


Record: TypeAlias = Paper | Profile | Institution | Tie | Statement | Problem
