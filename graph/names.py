"""One key per person, paper and place: normalisation, and the IDs made from it.

An ID is the last part of an IRI: readable, deterministic (same input, same ID) and free of "/". Where the readable
part alone does not tell two keys apart, eight hexadecimal digits of the key's SHA-256 follow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from .categories import ARXIV, UNRESOLVED
from .identifiers import SCHEMES, identifier, in_own_scheme
from .records import Authorship, Category, Identifier, Institution, Paper, Profile
from .rubrics import is_rubric

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼ`´"), "'")
_DROPPED = dict.fromkeys(map(ord, ".,"), " ")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_SIGNS = re.compile(r"(?<=\b[^\W\d_])[+#]+")  # of C++, C#: behind a single letter
_NAMES_OF_SIGNS = {"+": "plus", "#": "sharp"}
_SAFE_NOTATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,63}")
_SAFE_IDENTIFIER = re.compile(r"[A-Za-z0-9.\-/]{1,96}")
_PLAIN_SCHEMES = frozenset({ARXIV, UNRESOLVED})
# An ID of one of our stores, from which neither a name nor an identifier can be read back: out of a file that we wrote,
# or of namesakes whom a table numbers.
OWN = "collegium"
_OWN_ADDRESS = re.compile(r"https?://[^\s?#]+/(author|institution)/([A-Za-z0-9][A-Za-z0-9.~-]{0,199})")
_NUMBERED = re.compile(r"dblp-name-.*?([0-9]{4})-[0-9a-f]{8}")
_READABLE = 48  # characters of the readable part of an ID
# Which identifier names a thing that has several: schemes from the most widely used down.
PAPER_SCHEMES = (
    "doi",
    "arxiv",
    "acl",
    "pmid",
    "pmcid",
    "openalex",
    "s2",
    "s2-corpus",
    "dblp",
    "wos",
    "scopus",
    "mag",
    "wikidata-paper",
    "isbn",
)
_AUTHOR_SCHEMES = (
    *("orcid", "openalex-author", "dblp-author", "dblp-name", "acl-author", "s2-author"),
    *("scopus-author", "researcherid", "wikidata-author", "collegium"),
)
_INSTITUTION_SCHEMES = ("ror", "openalex-institution", "grid", "isni", "wikidata", "collegium")
_SCHEMES_OF = {"paper": PAPER_SCHEMES, "author": _AUTHOR_SCHEMES, "institution": _INSTITUTION_SCHEMES}


class _OfTitles(dict[int, str]):
    """Characters of titles → themselves, or a space. Filled as they come: there are few, and titles are many."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if unicodedata.category(chr(code))[0] in "LNM" else " "
        return self[code]


_OF_TITLES = _OfTitles()


def name_key(name: str) -> str:
    """Return the key of a person's or institution's name: two spellings with one key are one thing.

    Case, white space, full stops, commas and the many hyphens and apostrophes of Unicode do not count; accents do,
    since dropping them joins people (Lü, Lu).

    Example:
        >>> name_key("J.  O’Neil"), name_key("Xingtai LV")
        ("j o'neil", 'xingtai lv')
    """
    # Apostrophes first: NFKC takes "´" apart into a space and an accent.
    folded = unicodedata.normalize("NFKC", name.translate(_APOSTROPHES)).casefold()
    # A name of nothing but full stops is its own key: "." and ".." are not one person.
    return " ".join(folded.translate(_HYPHENS | _APOSTROPHES | _DROPPED).split()) or folded.strip()


def title_key(title: str) -> str:
    """Return the key of a title: its letters, marks and digits, in lower case, and signs that end a name by a word.

    Example:
        >>> title_key("How to Synthesize Text Data, without Model Collapse?")
        'how to synthesize text data without model collapse'
        >>> title_key("Programming in C++"), title_key("Programming in C#")
        ('programming in c plus plus', 'programming in c sharp')
    """
    folded = _SIGNS.sub(_spelled, unicodedata.normalize("NFKC", title).casefold())
    return " ".join(folded.translate(_OF_TITLES).split()) or " ".join(folded.split())


def _spelled(signs: re.Match[str]) -> str:
    return "".join(f" {_NAMES_OF_SIGNS[sign]}" for sign in signs[0])


def _slug(text: str) -> str:
    """The ASCII letters and digits of `text` in lower case, joined by hyphens; may be empty."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _UNSAFE.sub("-", ascii_only).strip("-")


def _shortened(slug: str) -> str:
    """`slug` cut at a word's end."""
    if len(slug) <= _READABLE:
        return slug
    head = slug[: _READABLE + 1].rpartition("-")[0]
    return head or slug[:_READABLE]


def _with_digest(slug: str, key: str) -> str:
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{_shortened(slug)}-{digest}" if slug else digest


def name_id(name: str) -> str:
    """Return the ID of a name-based author or institution.

    The plain slug when it can be read back ("xingtai lv" ⇄ "xingtai-lv"), else with the digest of the key.

    Example:
        >>> name_id("Xingtai Lv"), name_id("Jean-Paul Li") == name_id("Jean Paul Li")
        ('xingtai-lv', False)
    """
    key = name_key(name)
    slug = _slug(key)
    return (
        slug if slug and slug.replace("-", " ") == key and len(slug) <= _READABLE else _with_digest(slug, key)
    )


def numbered_id(name: str, number: str) -> str:
    """Return the ID of one of several authors of a name, by the number that their file gives them.

    Example:
        >>> numbered_id("Li Wei", "7")
        'li-wei~7-7902699b'
    """
    return f"{name_id(name)}~{_with_digest(_slug(number), number)}"


def identifier_id(of: Identifier) -> str:
    """Return the ID of a thing that is named by its identifier; `/` is written as `~`, so that it can be read back.

    Example:
        >>> identifier_id(Identifier("doi", "10.1000/182")), identifier_id(Identifier("orcid", "0000-0002-1825-0097"))
        ('doi-10.1000~182', 'orcid-0000-0002-1825-0097')
    """
    if of.scheme == OWN:
        return of.value
    if _SAFE_IDENTIFIER.fullmatch(of.value):
        return f"{of.scheme}-{of.value.replace('/', '~')}"
    return f"{of.scheme}-{_with_digest(_slug(of.value), of.value)}"


def identifier_of(id: str) -> Identifier | None:
    """Return the identifier that an ID was made from; None where it was a name, or cannot be read back.

    Example:
        >>> identifier_of("doi-10.1000~182"), identifier_of("xingtai-lv")
        (Identifier(scheme='doi', value='10.1000/182'), None)
    """
    parts = id.split("-")
    for size in (2, 1):  # "openalex-author" before "openalex"
        scheme, value = "-".join(parts[:size]), "-".join(parts[size:]).replace("~", "/")
        if scheme in SCHEMES and value:
            found = identifier(scheme, value)
            if found is not None and identifier_id(found) == id:
                return found
    return None


def own_identifier(printed: str, kind: str, name: str) -> Identifier | None:
    """Return what names an author or institution at an address of one of our stores; None where it is the name alone.

    The identifier that the address was made from, where it can be read back from it or from the name; else the ID
    itself, of the scheme `OWN`, which has no address: a file of ours comes back under the same IRIs.

    Example:
        >>> own_identifier("http://localhost:8000/author/orcid-0000-0002-1825-0097", "author", "Ada Lovelace")
        Identifier(scheme='orcid', value='0000-0002-1825-0097')
        >>> own_identifier("http://localhost:8000/author/ada-lovelace", "author", "Ada Lovelace") is None
        True
        >>> own_identifier("http://localhost:8000/author/ada-lovelace~map-12345678", "author", "Ada Lovelace").value
        'ada-lovelace~map-12345678'
    """
    found = _OWN_ADDRESS.fullmatch(printed)
    if found is None or found[1] != kind:
        return None
    id = found[2]
    if (known := identifier_of(id)) is not None:
        return known if SCHEMES[known.scheme].of == kind else None
    if numbered := _NUMBERED.fullmatch(id):
        known = Identifier("dblp-name", f"{name} {numbered[1]}")
        return known if identifier_id(known) == id else Identifier(OWN, id)
    return Identifier(OWN, id) if id != name_id(name) else None


def leading(identifiers: Iterable[Identifier], schemes: Iterable[str]) -> Identifier | None:
    """Return the identifier that names a thing: the first of the first scheme; None when there is none of them."""
    found: dict[str, Identifier] = {}
    for one in identifiers:
        found.setdefault(one.scheme, one)
    return next((found[scheme] for scheme in schemes if scheme in found), None)


def id_rank(kind: str, identifier: str) -> int:
    """Return how strong an ID is among those of its kind: 0 for the leading scheme; the largest for one made of a name.

    Example:
        >>> id_rank("author", "orcid-0000-0002-1825-0097")
        0
        >>> id_rank("author", "ada-lovelace") > id_rank("author", "dblp-author-65-9612")
        True
    """
    schemes = _SCHEMES_OF.get(kind, ())
    return next((at for at, one in enumerate(schemes) if identifier.startswith(one + "-")), len(schemes))


def author_id(author: Authorship | Profile) -> str:
    """Return the ID of an author: by identifier, else by name."""
    if author.identifiers and (known := leading(author.identifiers, _AUTHOR_SCHEMES)):
        return identifier_id(known)
    return name_id(author.name)


def institution_id(institution: Institution) -> str:
    """Return the ID of an institution: by identifier, else by name."""
    if institution.identifiers and (known := leading(institution.identifiers, _INSTITUTION_SCHEMES)):
        return identifier_id(known)
    return name_id(institution.name)


def paper_id(paper: Paper) -> str:
    """Return the ID of a paper: by identifier, else by title, first shown author and printed date.

    A title that many papers bear tells too little: there the venue, volume and issue that are printed count too.
    The date as far as it is printed, never an inferred year: that depends on when a page was read, an ID must not.
    """
    if paper.identifiers and (known := leading(map(in_own_scheme, paper.identifiers), PAPER_SCHEMES)):
        return identifier_id(known)
    first = next((a.name for a in paper.authorships if a.position == 1), "")
    issued = paper.issued
    parts = (issued.year, issued.month, issued.day) if issued else ()
    printed = "-".join("" if part is None else str(part) for part in parts)
    title = title_key(paper.title)
    key = f"{title}|{name_key(first)}|{printed}"
    if paper.published and is_rubric(title):
        told = (paper.published.venue, paper.published.volume, paper.published.issue)
        key = "|".join([key, *(title_key(text or "") for text in told)])
    return _with_digest(_slug(paper.title), key)


def own_id(paper: Paper) -> str | None:
    """Return the ID of a paper by the identifier that its source gives first, which is the source's own where it has
    any; None where that is the only one. A book's ISBN does not count: its chapters bear it."""
    if len(paper.identifiers) < 2:
        return None
    first = next((one for one in paper.identifiers if one.scheme != "isbn"), None)
    return identifier_id(in_own_scheme(first)) if first else None


def category_id(category: Category) -> str:
    """Return the ID of a category: its notation ("cs.CL"), or slug and digest where that is no safe path."""
    notation = category.notation
    if category.scheme not in _PLAIN_SCHEMES:  # "C12" means many things
        safe = notation if _SAFE_NOTATION.fullmatch(notation) else _with_digest(_slug(notation), notation)
        return f"{_slug(category.scheme)}-{safe}"
    return notation if _SAFE_NOTATION.fullmatch(notation) else _with_digest(_slug(notation), notation)


def source_id(file_name: str, digest: str) -> str:
    """Return the ID of a source: the file's name without endings, and the head of its content's SHA-256."""
    return f"{_shortened(_slug(file_name.split('.', 1)[0])) or 'source'}-{digest[:8]}"
