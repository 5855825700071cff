"""Author lines: names, “et al.”, institutions, and titles glued before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.author_line import AuthorLine, could_be_authors, parse, split_glued
from strategies import any_text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ning Ding, Xingtai Lv et al. · tsinghua", (("Ning Ding", "Xingtai Lv"), True, ("tsinghua",))),
        (
            "Ning Ding, Xingtai Lv et al. · pku, tsinghua",
            (("Ning Ding", "Xingtai Lv"), True, ("pku", "tsinghua")),
        ),
        ("Lei Zhao, Yingyi Zhang", (("Lei Zhao", "Yingyi Zhang"), False, ())),
        ("Lei Zhao · pku", (("Lei Zhao",), False, ("pku",))),
        ("Martin Luther King, Jr., Ada Lovelace", (("Martin Luther King, Jr.", "Ada Lovelace"), False, ())),
        ("A. B. C. Doe, III, Ada Lovelace et al", (("A. B. C. Doe, III", "Ada Lovelace"), True, ())),
        (
            "Ning Ding,\u00a0Xingtai\u00a0Lv et\u00a0al.\u00a0·\u00a0eth",
            (("Ning Ding", "Xingtai Lv"), True, ("eth",)),
        ),
        ("Núria Gal·la", (("Núria Gal·la",), False, ())),
        ("王小明, Łukasz Kaiser, Ngô Bảo Châu", (("王小明", "Łukasz Kaiser", "Ngô Bảo Châu"), False, ())),
        ("Zo\u2028e Q", (("Zo e Q",), False, ())),
    ],
)
def test_the_parts_of_a_line_are_told_apart(line: str, expected: tuple[object, ...]) -> None:
    """If it failed: an author would have another name, or an institution would be one."""
    parsed = parse(line)
    assert (parsed.names, parsed.is_truncated, parsed.institutions) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Ning Ding et al.",
        "Ning Ding, et al.",
        "Ning Ding et al",
        "Ning Ding Et Al.",
        "Ning Ding et al. ·",
        "Ning Ding et al.· tsinghua",
        "Ning Ding et al. · pku · tsinghua",
        "Ning Ding et al. • tsinghua",
        "Ning Ding and others",
        "Ning Ding and 5 others",
        "Ning Ding and 12 more",
    ],
)
def test_nobody_is_called_et_al(line: str) -> None:
    """If it failed: a person called “et al.” would be the best connected of all."""
    parsed = parse(line)
    assert parsed.names == ("Ning Ding",)
    assert parsed.is_truncated
    assert parsed.is_marked
    assert set(parsed.institutions) <= {"pku", "tsinghua"}


def test_a_cut_list_without_names_has_no_names() -> None:
    """If it failed: the mark of a cut list alone would become a person."""
    assert parse("et al. · eth") == AuthorLine((), True, ("eth",), True)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Ning Ding", True),
        ("Ning Ding, Xingtai Lv et al.", True),
        ("<img src=x onerror=alert(1)>, } UNION {", True),
        ("Pedro Álvarez de Toledo y García Fernández et al.", True),
        ("", False),
        ("We propose FlowRL: matching the full reward distribution via flow balancing.", False),
        ("We use a · b products, and show that it works.", False),
        (
            "Large models work well. As Smith et al. said, they are large and that is what makes them large.",
            False,
        ),
        ("[abstract left out; one paragraph on one line]", False),
    ],
)
def test_abstracts_are_not_taken_for_authors(line: str, answer: bool) -> None:
    """If it failed: pieces of an abstract would become people."""
    assert could_be_authors(line) is answer


NAMED = "Ning Ding, Xingtai Lv et al. · tsinghua"


@pytest.mark.parametrize(
    "title",
    [
        "Sparse Low-rank Adaptation of Pre-trained Language Models",
        "How to Synthesize Text Data without Model Collapse?",
        "Mastering Text, Code and Math Simultaneously",
        "OpenDelta: A Library",
        "Beyond GPT-4",
        "Reasoning in LLMs",
        "Reasoning for an LLM",
        "A Survey (of Surveys)",
        "Benchmarking DeepMind Control Suites",
        "Process Fine-Tuning",
        "“Quoted”",
        "Année Zéro",
        "什么是注意力",
    ],
)
@pytest.mark.parametrize(
    "authors",
    [NAMED, "Łukasz Kaiser, J. Smith", "Éva Székely et al.", "Năstase Ion et al.", "Andréa Xyz, A Bee"],
)
def test_a_glued_title_is_split_at_the_one_place_possible(title: str, authors: str) -> None:
    """If it failed: a compact page would have titles that end in names."""
    glued = split_glued(title + authors)
    assert [(found, line.names) for found, line in glued.splits] == [(title, parse(authors).names)]


@pytest.mark.parametrize(
    "line",
    [
        "Deep modelsMadonna, Ning Ding et al.",
        "Deep modelsDeShawn Brown, Ning Ding et al.",
        "Deep models王小明, Ning Ding et al.",
        "Deep modelsvan der Berg, Ning Ding et al.",
        "Deep modelsNING DING, Xingtai Lv et al.",
        "Deep Models Ning Ding, Xingtai Lv et al.",
        "Deep ModelsNing Ding, Xingtai Lv et al. · tsinghua We show that much is new. And more.",
    ],
)
def test_what_can_be_split_in_no_way_or_in_two_is_left_alone(line: str) -> None:
    """If it failed: the reader would guess."""
    assert len(split_glued(line).splits) != 1


def test_names_of_other_forms_of_unicode_are_split_too() -> None:
    """If it failed: a page saved in decomposed form (macOS) would lose its compact entries."""
    title, authors = split_glued("Deep modelsE\u0301va Sze\u0301kely et al.").splits[0]
    assert (title, authors.names) == ("Deep models", ("E\u0301va Sze\u0301kely",))


@given(st.lists(any_text, max_size=5).map(", ".join))
def test_any_line_parses_and_no_name_is_empty(line: str) -> None:
    """If it failed: a strange line would end the load with a traceback, or make a nameless person."""
    parsed = parse(line)
    assert all(name.strip() for name in (*parsed.names, *parsed.institutions))
    for title, authors in split_glued(line).splits:
        assert line.startswith(title) or line.strip().startswith(title)
        assert authors.names


@pytest.mark.parametrize(
    "line", ["Ab" * 2000, "a" + " " * 500_000 + "b", "A. " * 100_000, "A · " * 100_000, "et al. " * 50_000]
)
def test_no_line_makes_the_reader_hang(line: str) -> None:
    """If it failed: one line of a file could stop a load for hours."""
    split_glued(line)
    could_be_authors(line)
