"""Author pages that are joined, wrapped or framed: what has one reading is read, the rest refused or reported."""

from __future__ import annotations

import pytest

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.author_line import could_be_authors, parse
from collegium.graph.readers.page_lines import heading, resembles_heading
from pages import HEADER, entry, hidden, names, page, reading

BOB = HEADER.replace("Ada Lovelace", "Bob Roe")


@pytest.mark.parametrize("second", [BOB, "Bob Roe\n17papers\n", "1 Papers\n", "Bob\nh-index3\nCL\n"])
@pytest.mark.parametrize("last", [entry(title="Another"), ""])
def test_two_pages_in_one_file_are_refused(second: str, last: str) -> None:
    """If it failed: Ada would own the papers of Bob."""
    text = page(entry())
    start = len(text.splitlines())
    with pytest.raises(UnreadableFile, match="second page") as caught:
        reading(text + second + last)
    assert caught.value.line is not None
    assert start < caught.value.line <= start + len(second.splitlines())


def test_two_announced_counts_above_the_papers_are_two_pages() -> None:
    """If it failed: the owner of an empty page would own the papers of the next."""
    with pytest.raises(UnreadableFile, match="second page"):
        reading("Ada Lovelace\n0 Papers\n" + page(entry()))


def test_an_author_line_that_ends_with_a_comma_goes_on() -> None:
    """If it failed: a cut list would be whole, and the rest of its names abstract."""
    found = reading(page(entry(authors="Cy Doe, Bob Roe,\nDan Poe,\nEve Moe et al. · mit")))
    assert names(found.paper) == ["Cy Doe", "Bob Roe", "Dan Poe", "Eve Moe"]
    assert (found.paper.is_truncated, found.paper.institutions) == (True, ("mit",))
    assert (found.problems, found.paper.title) == ((), "On the Analytical Engine")


def test_an_author_line_that_goes_on_nowhere_is_refused() -> None:
    """If it failed: a list that is not whole would count as whole."""
    found = reading(page(entry(authors="Cy Doe, Ada Lovelace,", abstract="It weaves patterns as looms do.")))
    assert (found.papers, len(found.lost)) == ((), 1)


@pytest.mark.parametrize("authors", ["Bob Roe et al. · mit", "Cy Doe, Ada Lovelace"])
def test_a_title_on_two_lines_is_one_title(authors: str) -> None:
    """If it failed: half of the title would be an author."""
    found = reading(page(entry(title="On the Analytical\nEngine of Babbage", authors=authors)))
    assert found.paper.title == "On the Analytical Engine of Babbage"
    assert names(found.paper) == list(parse(authors).names)
    assert found.problems == ()


MARKS = (
    "et al. ·mit|et al.·mit|et al.,|et. al.|et al .|, …|…|...|, ...|+3 more|, +3 more|and 3 more|and 3 others"
)


@pytest.mark.parametrize("mark", [*MARKS.split("|"), "and others", "et. al.·mit", "et al., · mit"])
def test_each_mark_of_a_cut_list_cuts_it(mark: str) -> None:
    """If it failed: the list would be whole, or a person be called “3 more”."""
    parsed = parse(f"Cy Doe, Bob Roe{'' if mark[0] in ',….' else ' '}{mark}")
    assert (parsed.names, parsed.is_truncated) == (("Cy Doe", "Bob Roe"), True)
    assert parsed.institutions == (("mit",) if "mit" in mark else ())


@pytest.mark.parametrize(
    "line", ["We show that it works...", "Background…", "The product a·b is new and it is good."]
)
def test_a_sentence_that_trails_off_is_no_cut_list(line: str) -> None:
    """If it failed: an abstract would be people."""
    assert not parse(line).is_marked
    assert not could_be_authors("We use a·b products, and show that it works.")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bob Roe and Cy Doe", ["Bob Roe", "Cy Doe"]),
        ("Bob Roe & Cy Doe", ["Bob Roe", "Cy Doe"]),
        ("Al Poe, Bob Roe, and Cy Doe", ["Al Poe", "Bob Roe", "Cy Doe"]),
        ("王小明 and 李四", ["王小明", "李四"]),
        ("Tom & Jerry", ["Tom & Jerry"]),
    ],
)
def test_two_persons_joined_by_and_are_two(line: str, expected: list[str]) -> None:
    """If it failed: two authors would be one person."""
    assert list(parse(line).names) == expected


@pytest.mark.parametrize(
    ("line", "code", "has_code"),
    [
        ("CLNOV 2, 2021", "CL", False),
        ("CL · Nov 20, 2023", "CL", False),
        ("87 · CL · Nov 20, 2023 · Code", "CL", True),
        ("ZZ Nov 21, 2022", "ZZ", False),
        ("CLNov 20, 2023CODE", "CL", True),
        ("CLNov 20, 2023code", "CL", True),
    ],
)
def test_headings_in_other_letters_are_headings(line: str, code: str, has_code: bool) -> None:
    """If it failed: a paper would vanish in the abstract above it."""
    found = heading(line)
    assert found and found.category
    assert (found.category.as_given, found.has_code, found.rest, found.issued.month) == (
        code,
        has_code,
        "",
        11,
    )


@pytest.mark.parametrize(
    "line", ["20 Nov 2023", "87Nov 20, 2023", "In · May 2020", "ZZ Nov 21, 2022 was cold"]
)
def test_a_score_counts_before_a_code_only(line: str) -> None:
    """If it failed: the day of a date would be the score of a paper."""
    assert heading(line) is None


def test_of_several_names_none_is_the_owner() -> None:
    """If it failed: somebody called “Search” would own the papers."""
    found = reading(page(entry(authors="Cy Doe et al."), header="Scholar Feed\nSearch\n" + HEADER))
    assert (found.profiles, hidden(found.paper)) == ((), [])
    (lost,) = found.lost
    assert lost.found.startswith("2 lines that may be the name: Search, Ada Lovelace")
    assert (lost.lines.first, lost.lines.last) == (2, 3)


def test_the_first_of_two_figures_of_a_kind_is_kept() -> None:
    """If it failed: the profile would have two h-indices, or the second unseen."""
    found = reading(page(entry(), header=HEADER.replace("CL\n", "CL\nh-index99\n")))
    assert [r.as_given for r in found.profile.reported if r.measure == "h_index"] == ["99"]
    assert [(p.found[:7], p.is_refused, p.lines.first) for p in found.problems] == [("h-index", False, 5)]


@pytest.mark.parametrize(
    "line", ["CL20 Nov 2023", "LGMay 18 is a day", "20 Nov 2023", "CL 2023-11-20", "CL3 days ago"]
)
def test_a_line_that_may_be_a_heading_is_remarked(line: str) -> None:
    """If it failed: a whole paper would vanish in the abstract above it without a word."""
    found = reading(page(entry(abstract=f"It weaves.\n{line}\nMore.")))
    assert found.paper.abstract == f"It weaves.\n{line}\nMore."
    assert [(p.found, p.is_refused) for p in found.problems] == [(line, False)]
    assert not resembles_heading("AI may help") and not resembles_heading("In May 2020")


@pytest.mark.parametrize(
    "piece", ["et al ", "and 1", " and ", "+1 ", ".", "…", "A & B", " ·", "Ab, ", "CL", "1"]
)
def test_long_lines_of_one_piece_are_read(piece: str) -> None:
    """If it failed: one line of a file could stop a load for hours."""
    line = piece * (1_000_000 // len(piece))
    parse(line)
    could_be_authors(line)
    heading(line)
    resembles_heading(line)
