"""Ask an index of words: which things fit a text that a person typed, best first, and where they fit it.

Words are ANDed, also across fields; `"a phrase"` wants its words side by side; `word*` takes every word that begins
so; `-word` leaves things out. Every other character only parts words: no text is an error of syntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .errors import ParameterError, UnknownName
from .text_documents import FIELDS, TEXT_KINDS, Document
from .text_index import TextIndex, document_of
from .words import Span, folded, shown, spans

MOST_CHARACTERS: Final = 2_000
MOST_TERMS: Final = 64

# How much a word counts in each of FIELDS (bm25), and what it counts that the words are the whole of a name.
_WEIGHTS: Final = (10, 6, 8, 1)
_EXACT: Final = 100
_SNIPPET: Final = 240  # characters
_BEFORE: Final = 60  # of them, before the first match
_QUOTES: Final = str.maketrans("“”„«»", '"' * 5)
_TERM: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?:"|$)(?P<star>\*?)|(?P<word>[^\s"]+))')

_SCORE: Final = f"-bm25(word, {', '.join(map(str, _WEIGHTS))}) + (doc.key = :key) * {_EXACT}"
_FITTING: Final = "word JOIN doc ON doc.id = word.rowid WHERE word MATCH :match"
_BEST: Final = f"SELECT doc.id, doc.iri, {_SCORE} AS score FROM {_FITTING}"
_ORDER: Final = "ORDER BY score DESC, iri"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand side by side; with `is_prefix` the last of them may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False

    def in_fts(self) -> str:
        """Return it in the language of FTS5. Folded words hold letters, marks and digits only: no quote ends them."""
        return f'"{" ".join(self.words)}"{" *" if self.is_prefix else ""}'

    def places(self, text: Sequence[Span]) -> list[tuple[int, int]]:
        """Return where it stands in a text, as (start, end)."""
        size = len(self.words)
        return [
            (text[at].start, text[at + size - 1].end)
            for at in range(len(text) - size + 1)
            if self._fits([span.word for span in text[at : at + size]])
        ]

    def _fits(self, words: list[str]) -> bool:
        *head, last = self.words
        return words[:-1] == head and (words[-1].startswith(last) if self.is_prefix else words[-1] == last)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that fits, and the text of it that fits best.

    `field` is one of "name", "other_names", "notation", "abstract". `marks` are the places of the words in `snippet`
    as (start, end), counted in characters (code points), ascending, none inside another.
    """

    iri: str
    kind: str
    name: str
    field: str
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def terms_of(text: str, *, as_typed: bool = False) -> tuple[Term, ...]:
    """Return what a text asks for; `as_typed`: its last word may go on, as somebody is still typing it.

    Raises:
        ParameterError: longer than is read.
    Example:
        >>> [term.in_fts() for term in terms_of('Müller "graph neural" trans* -survey')]
        ['"muller"', '"graph neural"', '"trans" *', '"survey"']
    """
    if len(text) > MOST_CHARACTERS:
        raise ParameterError("search", text, f"at most {MOST_CHARACTERS:,} characters")
    found = []
    for match in _TERM.finditer(text.translate(_QUOTES)):
        said = match["phrase"] if match["word"] is None else match["word"]
        words = tuple(folded(said).split())
        if words:
            is_prefix = bool(match["star"]) or (match["word"] or "").endswith("*")
            found.append(Term(words, is_prefix, bool(match["minus"])))
    if len(found) > MOST_TERMS:
        raise ParameterError("search", text, f"at most {MOST_TERMS} words")
    if as_typed and found and not found[-1].is_excluded and not text.endswith((" ", '"', "”")):
        found[-1] = Term(found[-1].words, True)
    return tuple(found)


def search(
    index: TextIndex,
    text: str,
    *,
    kinds: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
    as_typed: bool = False,
) -> Found:
    """Return the things that fit a text: by score, those whose whole name it is first, then by IRI.

    A text without a word to look for (empty, signs only, only words to leave out) finds nothing.

    Args:
        kinds: of `TEXT_KINDS`; all when empty.

    Raises:
        ParameterError: longer than is read, or a page that cannot be.
        UnknownName: no such kind.
        StoreDamaged: the index cannot be read.
    Cost: O(things that fit).
    Source: BM25 as in FTS5, https://www.sqlite.org/fts5.html#the_bm25_function
    """
    terms = terms_of(text, as_typed=as_typed)
    given, among = _given(terms, kinds)
    if not 0 <= limit < 2**63 or not 0 <= offset < 2**63:
        raise ParameterError("limit", f"{limit} after {offset}", "whole numbers from 0")
    if not given:
        return Found((), 0)
    chosen = f"{_BEST}{among} {_ORDER} LIMIT :limit OFFSET :offset"
    with index.reading() as connection:
        (total,) = connection.execute(f"SELECT count(*) FROM {_FITTING}{among}", given).fetchone()
        # The texts are read for the rows of the page only, not carried through the sorting.
        rows = connection.execute(
            f"SELECT score, doc.iri, kind, texts FROM ({chosen}) AS best JOIN doc USING (id) JOIN said USING (id) "
            "ORDER BY score DESC, doc.iri",
            {**given, "limit": limit, "offset": offset},
        ).fetchall()
    wanted = [term for term in terms if not term.is_excluded]
    return Found(tuple(_hit(document_of(*row), score, wanted) for score, *row in rows), total)


def ranked(index: TextIndex, text: str, at_most: int) -> list[tuple[str, float]]:
    """Return the IRIs that fit a text with their scores, in the order of `search`. Raises: as `search`."""
    given, _ = _given(terms_of(text), ())
    if not given:
        return []
    with index.reading() as connection:
        rows = connection.execute(f"{_BEST} {_ORDER} LIMIT :limit", {**given, "limit": at_most})
        return [(iri, round(score, 6)) for _, iri, score in rows]


def _given(terms: Sequence[Term], kinds: Sequence[str]) -> tuple[dict[str, str | int], str]:
    """Return the values of a query on the index and its further condition; no values when nothing is asked."""
    for kind in kinds:
        if kind not in TEXT_KINDS:
            raise UnknownName("kind", kind, TEXT_KINDS)
    wanted = [term for term in terms if not term.is_excluded]
    if not wanted:
        return {}, ""
    match = " AND ".join(term.in_fts() for term in wanted)
    match += "".join(f" NOT {term.in_fts()}" for term in terms if term.is_excluded)
    key = " ".join(word for term in wanted for word in term.words)
    names = {f"kind{at}": kind for at, kind in enumerate(kinds)}
    among = f" AND doc.kind IN ({', '.join(':' + name for name in names)})" if names else ""
    return {"match": match, "key": key, **names}, among


def _hit(found: Document, score: float, terms: Sequence[Term]) -> Hit:
    """Return a document with the text of it in which most of the terms stand; of equals the first."""
    best: tuple[int, str, str, list[tuple[int, int]]] = (-1, FIELDS[0], found.name, [])
    for field, texts in zip(FIELDS, found.texts, strict=True):
        for text in map(shown, texts):
            words = list(spans(text))
            places = [term.places(words) for term in terms]
            count = sum(map(bool, places))
            if count > best[0]:
                best = (count, field, text, _joined([place for each in places for place in each]))
    _, field, text, marks = best
    snippet, marks = _cut(text, marks)
    return Hit(found.iri, found.kind, found.name, field, round(score, 6), snippet, tuple(marks))


def _joined(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, marks: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Return a piece of the text around as many marks as fit, cut at spaces where there are some, and its marks."""
    if len(text) <= _SNIPPET:
        return text, marks
    starts = [max(start - _BEFORE, 0) for start, _ in marks] or [0]
    start = max(starts, key=lambda at: (sum(at <= a and b <= at + _SNIPPET for a, b in marks), -at))
    end = min(start + _SNIPPET, len(text))
    if start and (space := text.find(" ", start, start + _BEFORE)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - _BEFORE, end)) > start:
        end = space
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    kept = [(a, b) for a, b in marks if start <= a and b <= end]
    return head + text[start:end] + tail, [(a - start + len(head), b - start + len(head)) for a, b in kept]
