"""Keys and IDs of people, papers, categories, sources."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from collegium.graph.categories import resolve
from collegium.graph.names import category_id, name_id, name_key, paper_id, source_id, title_key
from collegium.graph.records import Authorship, Category, Lines, Paper, PartialDate, Published
from collegium.graph.rubrics import is_rubric
from strategies import any_text


def paper(title: str, first: str = "Ada Lovelace", year: int | None = 2024, **more: object) -> Paper:
    return Paper(title, (Authorship(first, 1),), False, Lines(1, 2), PartialDate("", year), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xingtai Lv", "XINGTAI  LV"),
        ("J. R. R. Tolkien", "J R R Tolkien"),
        ("King, Jr.", "King Jr"),
        ("D'Arcy O'Neil", "D’Arcy O‘Neil"),
        ("O'Neil", "O´Neil"),
        ("O'Neil", "O`Neil"),
        ("Jean-Paul", "Jean‐Paul"),
        ("Jean-Paul", "Jean\u2011Paul"),
        ("Éva", "E\u0301va"),
        ("Ada Lovelace", "Ada\u00a0Lovelace"),
        ("Ada Lovelace", "Ａｄａ Ｌｏｖｅｌａｃｅ"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    """If it failed: one person would be two."""
    assert name_key(one) == name_key(other)
    assert name_id(one) == name_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xingtai Lv", "Xingtai Lü"),
        ("Xingtai Lv", "Xingtai Lyu"),
        ("X. Lv", "Xingtai Lv"),
        ("Jean-Paul Li", "Jean Paul Li"),
        ("Ana Muñoz", "Ana Munoz"),
        ("王小明", "王大明"),
        ("Ada Lovelace", "Lovelace Ada"),
        ("Łukasz", "Lukasz"),
        ("O'Neil", "ONeil"),
    ],
)
def test_different_names_have_different_ids(one: str, other: str) -> None:
    """If it failed: two people would be one, for good."""
    assert name_key(one) != name_key(other)
    assert name_id(one) != name_id(other)


def test_plain_names_have_plain_ids() -> None:
    """If it failed: addresses that stand in papers and bookmarks would change."""
    assert name_id("Xingtai Lv") == "xingtai-lv"
    assert name_id("tsinghua") == "tsinghua"
    assert len(name_id("王小明")) == 8


def test_titles_that_differ_in_a_word_are_two_papers() -> None:
    """If it failed: the near twins of the seed would be one paper."""
    one = paper("Automating Exploratory Proteomics Research via Language Models")
    other = paper("Automating Exploratory Multiomics Research via Language Models")
    assert paper_id(one) != paper_id(other)
    assert paper_id(one).startswith("automating-exploratory-proteomics-research-via-")


def test_a_title_in_another_dress_is_the_same_paper() -> None:
    """If it failed: two pages that show one paper would make two."""
    one = paper("OpenDelta: A Plug-and-play Library")
    assert paper_id(one) == paper_id(paper("Opendelta – a plug and play library."))
    assert paper_id(one) != paper_id(paper("OpenDelta: A Plug-and-play Library", year=2025))
    assert paper_id(one) != paper_id(paper("OpenDelta: A Plug-and-play Library", first="Ning Ding"))


def test_rubrics_are_told_apart_by_where_they_stand() -> None:
    """If it failed: the editorials of two issues would be one paper, and no decision to undo."""
    one = paper("Editorial", published=Published(venue="Journal One", volume="1"))
    assert paper_id(one) == paper_id(
        paper("Editorial.", published=Published(venue="journal one", volume="1"))
    )
    for other in (Published(venue="Journal Two", volume="1"), Published(venue="Journal One", volume="2")):
        assert paper_id(one) != paper_id(paper("Editorial", published=other))
    long = paper("A title of its own", published=Published(venue="Journal One"))
    assert paper_id(long) == paper_id(paper("A title of its own"))


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("量子计算的研究进展综述", False),
        ("基于BERT的研究", False),
        ("深層学習による日本語の構文解析", False),
        ("การพัฒนาระบบสารสนเทศเพื่อการจัดการ", False),
        ("양자 컴퓨팅의 연구 동향", False),
        ("序", True),
        ("編集後記", True),
        ("はじめに", True),
        ("BERT入門", True),
        ("บทบรรณาธิการ", True),
        ("ブックレビュー", True),
    ],
)
def test_scripts_without_spaces_have_whole_titles(title: str, is_one: bool) -> None:
    """If it failed: a title of one long "word" would tell nothing, or an editorial in Japanese all there is to tell."""
    assert is_rubric(title_key(title)) == is_one


def test_languages_that_differ_in_a_sign_are_two() -> None:
    """If it failed: a book on C++ would be one on C."""
    keys = [title_key(f"Programming in {name} today") for name in ("C", "C++", "C#", "F#")]
    assert len(set(keys)) == 4


def test_a_title_of_signs_only_still_has_a_key() -> None:
    """If it failed: all titles without a letter would be one paper."""
    assert title_key("???") == "???"
    assert paper_id(paper("???")) != paper_id(paper("!!!"))


def test_categories_are_their_notation() -> None:
    """If it failed: /category/cs.CL would not be found."""
    assert category_id(resolve("CL")) == "cs.CL"
    assert category_id(resolve("CV")) == "CV"
    assert category_id(Category("a/b c", "a/b c", "x")).startswith("x-a-b-c-")


def test_sources_are_named_by_file_and_content() -> None:
    """If it failed: two files would be one source, or one file two."""
    digest = "ea34e917" + "0" * 56
    assert source_id("xingtai-lv.txt", digest) == "xingtai-lv-ea34e917"
    assert source_id("Ünïcode page.v2.txt", digest) == "unicode-page-ea34e917"
    assert source_id("王.txt", digest) == "source-ea34e917"
    assert source_id(".hidden", digest) == "source-ea34e917"


@given(any_text)
def test_ids_are_safe_and_deterministic(text: str) -> None:
    """If it failed: an ID would break its address, or change from one load to the next."""
    for made in (name_id(text), paper_id(paper(text)), source_id(text, "0" * 64)):
        assert made == made.lower()
        assert made.isascii()
        assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert 1 <= len(made) <= 48 + 1 + 8
    assert name_id(text) == name_id(unicodedata.normalize("NFD", text)) == name_id(f"  {text} ")


@given(any_text)
def test_a_key_is_its_own_key(text: str) -> None:
    """If it failed: a name read back from the store would be another person."""
    assert name_key(name_key(text)) == name_key(text)
    assert name_id(name_key(text)) == name_id(text)


@given(any_text, any_text)
def test_two_names_share_an_id_only_if_they_share_a_key(one: str, other: str) -> None:
    """If it failed: strangers would be one person."""
    assert (name_id(one) == name_id(other)) == (name_key(one) == name_key(other))
