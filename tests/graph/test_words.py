"""How text is cut into words: what counts as the same, and where words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.words import folded, shown, spans
from strategies import HOSTILE_NAMES, REAL_NAMES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Müller", "muller"),
        ("MÜLLER", "muller"),
        ("Mu\u0308ller", "muller"),  # u and a mark of its own
        ("Łukasz", "lukasz"),
        ("Øystein Ågren", "oystein agren"),
        ("Strauß", "strauss"),
        ("Ngô Bảo Châu", "ngo bao chau"),
        ("Đặng", "dang"),
        ("Æsir œuvre", "aesir oeuvre"),
        ("ﬁne ﬂow", "fine flow"),
        ("İstanbul ılık", "istanbul ilik"),
        ("D'Arcy O’Neil Oʼneil", "d arcy o neil o neil"),
        ("GPT-4: cs.CL, C++", "gpt 4 cs cl c"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("Ελευθερία Ёлка", "ελευθερια елка"),
        ("الْعَرَبِيَّة", "العربية"),
        ("हिन्दी", "हिन्दी"),  # vowels that are marks stay
        ("王小明", "王 小 明"),
        ("がか", "が か"),
        ("김민수", "김 민 수"),
        ("面向BERT的研究", "面 向 bert 的 研 究"),
        ('\ue000 \x00 \ud800 * ^ " ( )', ""),
    ],
)
def test_what_counts_as_the_same(text: str, words: str) -> None:
    """If it failed: a name would be found by those only who can type it."""
    assert folded(text) == words


@given(st.text() | st.sampled_from([*REAL_NAMES, *HOSTILE_NAMES]))
def test_words_are_the_same_with_and_without_their_places(text: str) -> None:
    """If it failed: a hit would be shown without a mark, or with a mark on another word."""
    whole = shown(text)
    found = list(spans(whole))
    assert " ".join(span.word for span in found) == folded(text)
    places = [(span.start, span.end) for span in found]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(whole) for start, end in places)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """If it failed: words that were copied from an answer would not be found again."""
    assert folded(folded(text)) == folded(text)
