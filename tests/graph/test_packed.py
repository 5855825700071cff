"""Texts in one column sort as Python sorts them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from collegium.graph.packed import Texts
from collegium.graph.things import Entities

_LETTERS = st.text(st.sampled_from("ab\0é李𝄞"), max_size=18)


@settings(max_examples=200, deadline=None)
@given(st.lists(_LETTERS, max_size=12))
@example(["abcdefgh", "abcdefgh\0", "abcdefgh", "abcdefg", ""])
@example([])
def test_texts_sort_by_code_point_and_equal_ones_stay(texts: list[str]) -> None:
    """If it failed: those who tie would stand in another order than their names."""
    packed = Texts.of(texts)
    assert packed.order().tolist() == sorted(range(len(texts)), key=texts.__getitem__)
    assert packed.listed() == texts and Texts.of(text.encode() for text in texts) == packed


def test_who_has_no_name_stands_where_the_id_stands() -> None:
    """If it failed: people without a name would lead every tie."""
    iris = [f"http://x/author/{name}" for name in "abc"]
    people = Entities("http://x/", Texts.of(iris), Texts.of(["z", "", "a"]))
    assert people.places_by_name.tolist() == [2, 1, 0]
