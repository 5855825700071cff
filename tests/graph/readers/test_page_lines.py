"""The single lines of an author page: headings, figures, dates, links."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from collegium.graph.readers.page_lines import announced_papers, code_links, figure, heading, primary_category
from strategies import any_text


@pytest.mark.parametrize(
    ("line", "notation", "date", "has_code"),
    [
        ("LGJul 5, 2023Code", "cs.LG", (2023, 7, 5), True),
        ("CLNov 20, 2023", "cs.CL", (2023, 11, 20), False),
        ("LGMay 18", "cs.LG", (None, 5, 18), False),
        ("LGMay 18Code", "cs.LG", (None, 5, 18), True),
        ("AIFeb 29", "cs.AI", (None, 2, 29), False),
        ("AIFeb 29, 2024", "cs.AI", (2024, 2, 29), False),
        ("CLJul 2023", "cs.CL", (2023, 7, None), False),
        ("CLSeptember 5, 2023Code", "cs.CL", (2023, 9, 5), True),
        ("CLSept 5, 2023", "cs.CL", (2023, 9, 5), False),
        ("CLJul. 5, 2023", "cs.CL", (2023, 7, 5), False),
        ("CLNov 20 2023", "cs.CL", (2023, 11, 20), False),
        ("CLNov 20,2023", "cs.CL", (2023, 11, 20), False),
        ("CL Nov 20, 2023 Code", "cs.CL", (2023, 11, 20), True),
        ("CL\u00a0Nov\u00a020,\u00a02023", "cs.CL", (2023, 11, 20), False),
        ("cs.CLNov 20, 2023", "cs.CL", (2023, 11, 20), False),
        ("hep-thNov 20, 2023Code", "hep-th", (2023, 11, 20), True),
        ("cond-mat.mtrl-sciMay 2, 2024", "cond-mat.mtrl-sci", (2024, 5, 2), False),
        ("math.CVMay 2024", "math.CV", (2024, 5, None), False),
        ("CVMay 2, 2024", "CV", (2024, 5, 2), False),
        ("XXMay 2, 2024", "XX", (2024, 5, 2), False),
    ],
)
def test_headings_are_read(line: str, notation: str, date: tuple[int | None, ...], has_code: bool) -> None:
    """If it failed: a paper would get another category or date, or run into the abstract above it."""
    found = heading(line)
    assert found and found.category
    assert (found.category.notation, found.has_code, found.rest) == (notation, has_code, "")
    assert (found.issued.year, found.issued.month, found.issued.day) == date
    assert found.is_real_date
    assert found.issued.as_given.replace("\u00a0", " ") in line.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("line", "value", "notation"),
    [
        ("87LGJul 5, 2023Code", "87", "cs.LG"),
        ("4.5CLNov 20, 2023", "4.5", "cs.CL"),
        ("92%AIMay 2", "92%", "cs.AI"),
    ],
)
def test_a_score_before_the_category_is_a_figure_of_the_paper(line: str, value: str, notation: str) -> None:
    """If it failed: the score would be lost, or be part of the category."""
    found = heading(line)
    assert found and found.score and found.category
    assert found.category.notation == notation
    assert (found.score.measure, found.score.as_given) == ("page_score", value)
    assert found.score.value == Decimal(value.rstrip("%"))


@pytest.mark.parametrize(
    "line", ["CLFeb 30, 2023", "CLApr 31", "CLFeb 29, 2023", "CLJan 0, 2023", "CLMay 99"]
)
def test_days_that_do_not_exist_are_kept_as_text_only(line: str) -> None:
    """If it failed: a date nobody printed would stand in the store."""
    found = heading(line)
    assert found and not found.is_real_date
    assert (found.issued.year, found.issued.month, found.issued.day) == (None, None, None)
    assert found.issued.as_given == line[2:]


@pytest.mark.parametrize(
    "line",
    [
        "CL",
        "17 Papers",
        "Nov",
        "In May 2020 we met.",
        "Since May 2020",
        "Lockdown March 2020",
        "LGMay 18 is a day",
        "May 18 was warm",
        "AIMay Be Dangerous",
        "Mar 5D printing",
        "Ning Ding, Xingtai Lv et al.",
        "",
        "5" + " " * 300_000 + "x",
        "a" * 300_000,
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    """If it failed: a sentence of an abstract would open a paper."""
    assert heading(line) is None


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("CLNov 20, 2023Sparse Adaptation", "Sparse Adaptation"),
        ("CLNov 20, 2023Code Generation", " Generation"),
        ("CLNov 20, 20", ", 20"),
        ("CLMay 183 Tricks", "3 Tricks"),
    ],
)
def test_text_glued_behind_a_heading_is_kept_apart(line: str, rest: str) -> None:
    """If it failed: such a line would vanish in the abstract above it."""
    found = heading(line)
    assert found and found.rest == rest


@pytest.mark.parametrize(
    ("line", "measure", "value", "as_given"),
    [
        ("h-index35", "h_index", 35, "35"),
        ("H-Index: 7", "h_index", 7, "7"),
        ("17papers", "papers", 17, "17"),
        ("1paper", "papers", 1, "1"),
        ("1,150citations", "citations", 1150, "1,150"),
        ("1,234,567 citations", "citations", 1234567, "1,234,567"),
        ("Novelty44%", "novelty_percent", 44, "44"),
        ("Novelty: 44.5%", "novelty_percent", Decimal("44.5"), "44.5"),
        ("AI Score60", "ai_score", 60, "60"),
        ("AI\u00a0Score60", "ai_score", 60, "60"),
    ],
)
def test_figures_are_read_and_kept_as_printed(line: str, measure: str, value: object, as_given: str) -> None:
    """If it failed: “1,150” would become 1.15 or 1, or lose its comma for good."""
    found = figure(line)
    assert found and (found.measure, found.value, found.as_given) == (measure, value, as_given)


@pytest.mark.parametrize(
    "line",
    [
        "17 Papers",
        "1.2kcitations",
        "1,15citations",
        "h-index",
        "Novelty4",
        "-5papers",
        "1e5papers",
        "9" * 5000 + "papers",
    ],
)
def test_figures_that_are_none_or_not_exact_are_not_read(line: str) -> None:
    """If it failed: a rounded or broken figure would be held as exact."""
    assert figure(line) is None


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("17 Papers", 17),
        ("1 Paper", 1),
        ("1,024 Papers", 1024),
        ("17papers", None),
        ("9" * 5000 + " Papers", None),
    ],
)
def test_the_line_that_opens_the_list_is_not_the_figure(line: str, count: int | None) -> None:
    """If it failed: the papers announced and the papers reported would be mixed up."""
    assert announced_papers(line) == count


@pytest.mark.parametrize(
    ("line", "notation"),
    [("CL", "cs.CL"), ("cs.CL", "cs.CL"), ("CV", "CV"), (" AI ", "cs.AI"), ("Ada", None), ("XX", None)],
)
def test_the_main_field_is_a_known_code_alone(line: str, notation: str | None) -> None:
    """If it failed: a name or an affiliation would be a field."""
    found = primary_category(line)
    assert (found.notation if found else None) == notation


@pytest.mark.parametrize(
    ("abstract", "links"),
    [
        ("Code: https://github.com/TsinghuaC3I/FS-GEN", ["https://github.com/TsinghuaC3I/FS-GEN"]),
        ("(see https://github.com/a/b).", ["https://github.com/a/b"]),
        (r"at https://github.com/a/b\_c, and", ["https://github.com/a/b_c"]),
        (
            "https://github.com/a#b#c https://gitlab.com/x%20y",
            ["https://github.com/a#b", "https://gitlab.com/x%20y"],
        ),
        ("https://huggingface.co/a and https://huggingface.co/a", ["https://huggingface.co/a"]),
        ("https://example.org/paper and github without a link", []),
        ("https://github.com.evil.org/a", []),
    ],
)
def test_links_to_code_are_found_whole(abstract: str, links: list[str]) -> None:
    """If it failed: a link would lead nowhere, or not be an IRI at all."""
    assert list(code_links(abstract)) == links


@given(any_text)
def test_any_text_can_be_asked_for_everything(text: str) -> None:
    """If it failed: a strange line would end the load with a traceback."""
    for ask in (heading, figure, announced_papers, primary_category, code_links):
        ask(text)
