"""One key per person, paper and place: normalisation, and the IDs made from it.

An ID is the last part of an IRI: readable, deterministic (same input, same ID) and free of "/". Where the readable
part alone does not tell two keys apart, eight hexadecimal digits of the key's SHA-256 follow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256

from .errors import shorten
from .records import Category, Paper, Problem, Record

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼ`´"), "'")
_DROPPED = dict.fromkeys(map(ord, ".,"), " ")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_SAFE_NOTATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,63}")
_READABLE = 48  # characters of the readable part of an ID


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
    """Return the key of a title: its letters, marks and digits, in lower case.

    Example:
        >>> title_key("How to Synthesize Text Data, without Model Collapse?")
        'how to synthesize text data without model collapse'
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in folded)
    return " ".join(kept.split()) or " ".join(folded.split())


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


def paper_id(paper: Paper) -> str:
    """Return the ID of a paper without identifiers: by title, first shown author and printed date.

    The date as far as it is printed, never an inferred year: that depends on when a page was read, an ID must not.
    """
    first = next((a.name for a in paper.authorships if a.position == 1), "")
    issued = paper.issued
    parts = (issued.year, issued.month, issued.day) if issued else ()
    printed = "-".join("" if part is None else str(part) for part in parts)
    key = f"{title_key(paper.title)}|{name_key(first)}|{printed}"
    return _with_digest(_slug(paper.title), key)


def twins(records: Iterable[Record]) -> Iterator[Problem]:
    """Yield a remark on each paper that has the ID of an earlier one of the same source: the two become one."""
    lines: dict[str, int] = {}
    for record in records:
        if isinstance(record, Paper):
            first = lines.setdefault(paper_id(record), record.lines.first)
            if first != record.lines.first:
                expected = (
                    f"another title, first author or date than in line {first}; held as one paper with it"
                )
                yield Problem(record.lines, shorten(record.title), expected, False)


def category_id(category: Category) -> str:
    """Return the ID of a category: its notation ("cs.CL"), or slug and digest where that is no safe path."""
    notation = category.notation
    return notation if _SAFE_NOTATION.fullmatch(notation) else _with_digest(_slug(notation), notation)


def source_id(file_name: str, digest: str) -> str:
    """Return the ID of a source: the file's name without endings, and the head of its content's SHA-256."""
    return f"{_shortened(_slug(file_name.split('.', 1)[0])) or 'source'}-{digest[:8]}"
