"""Languages by name, code and tag, as every format prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.languages import language_of, language_tag


@pytest.mark.parametrize(
    ("printed", "tag"),
    [
        ("eng", "en"),
        ("en", "en"),
        ("EN-us", "en-US"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("English", "en"),
        ("ngerman", "de"),
        ("langgerman", "de"),
        ("{brazilian}", "pt-BR"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("haw", "haw"),
        ("eng-GB", "en-GB"),
        ("und", None),
        ("mul", None),
        ("latin and german", None),
        ("English; Chinese", None),
        ("", None),
    ],
)
def test_one_language_has_one_tag(printed: str, tag: str | None) -> None:
    """If it failed: papers of one language would stand under several, by the format that they come from."""
    assert language_tag(printed) == tag


def test_what_is_no_language_is_remarked_unless_it_says_so() -> None:
    """If it failed: a language would be lost in silence, or "und" be a fault of each second record."""
    said: list[str] = []
    for value in ("Klingonish", ["en"], "und", "", None, "en"):
        language_of(value, lambda found, _: said.append(found))
    assert said == ["Klingonish", "['en']"]


@given(st.text())
def test_any_text_is_a_tag_or_none(printed: str) -> None:
    """If it failed: an odd text would end the reading of a file, or stand as the tag of a language."""
    tag = language_tag(printed)
    assert tag is None or (tag.isascii() and language_tag(tag) == tag)
