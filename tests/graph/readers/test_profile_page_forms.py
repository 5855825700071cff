"""Author pages in other forms: header lines missing, whole lists, compact, odd headings, other ways of saving."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.graph.readers.profile_page import sniff
from collegium.graph.records import Lines
from pages import HEADER, entry, hidden, names, page, reading
from strategies import HOSTILE_NAMES, REAL_NAMES

HEADER_LINES = HEADER.strip().splitlines()


@pytest.mark.parametrize("left_out", [line for line in HEADER_LINES[1:] if line])
def test_a_missing_header_line_costs_its_own_fact_only(left_out: str) -> None:
    """If it failed: one line that is not there would spoil the rest of the page."""
    header = HEADER.replace(left_out + "\n", "", 1)
    whole, found = reading(page(entry())), reading(page(entry(), header=header))
    assert found.problems == ()
    assert found.paper.title == whole.paper.title
    assert found.paper.authorships == whole.paper.authorships
    assert found.profile.name == "Ada Lovelace"
    lost = set(whole.profile.reported) - set(found.profile.reported)
    assert len(lost) == (0 if left_out == "CL" else 1)
    assert (found.profile.primary_category is None) == (left_out == "CL")


def test_a_missing_count_line_is_not_missed() -> None:
    """If it failed: a page without “N Papers” would be refused, or its papers be counted wrong."""
    found = reading(page(entry()).replace("1 Papers\n", ""))
    assert (found.problems, len(found.papers)) == ((), 1)


def test_without_any_header_papers_are_read_and_nobody_is_invented() -> None:
    """If it failed: a page of papers alone would be lost, or its first line be an author."""
    found = reading(entry(authors="Charles Babbage, Mary Somerville et al.") + "\n" + entry(title="Another"))
    assert found.profiles == ()
    assert [p.title for p in found.papers] == ["On the Analytical Engine", "Another"]
    assert hidden(found.papers[0]) == []
    assert len(found.problems) == 1, "that the owner is not known is said once"


def test_without_the_name_the_figures_go_to_nobody() -> None:
    """If it failed: the main field, or a figure, would be the name of an author."""
    found = reading(
        page(entry(authors="Charles Babbage et al."), header=HEADER.removeprefix("Ada Lovelace\n\n"))
    )
    assert found.profiles == ()
    assert names(found.paper) == ["Charles Babbage"]
    assert hidden(found.paper) == []
    (lost,) = found.lost
    assert lost.lines == Lines(1, 1)
    assert "name of the page's owner" in lost.expected


def test_header_lines_of_another_kind_are_reported_by_line() -> None:
    """If it failed: an affiliation would be swallowed, or become a name."""
    header = HEADER.replace("CL\n", "CL\nAnalytical Society\n").replace("1,150citations", "1.2kcitations")
    found = reading(page(entry(), header=header))
    assert [(p.lines.first, p.found) for p in found.lost] == [(4, "Analytical Society"), (7, "1.2kcitations")]
    assert {r.measure for r in found.profile.reported} == {"h_index", "papers", "novelty_percent", "ai_score"}


def test_whole_lists_are_whole() -> None:
    """If it failed: a complete list would count as cut, or its owner stand there twice."""
    found = reading(page(entry(authors="Charles Babbage, Ada Lovelace, Mary Somerville · eth")))
    assert found.problems == ()
    assert names(found.paper) == ["Charles Babbage", "Ada Lovelace", "Mary Somerville"]
    assert (hidden(found.paper), found.paper.is_truncated) == ([], False)


def test_a_whole_list_without_the_owner_is_kept_and_remarked() -> None:
    """If it failed: the owner would be added to a list that the page calls whole."""
    found = reading(page(entry(authors="Charles Babbage, A. Lovelace")))
    assert names(found.paper) == ["Charles Babbage", "A. Lovelace"]
    assert hidden(found.paper) == []
    assert [p.is_refused for p in found.problems] == [False]


@pytest.mark.parametrize("spelling", ["ADA LOVELACE", "Ada  Lovelace", "Ada\u00a0Lovelace", "Ada Lovelace"])
def test_the_owner_is_known_in_other_spellings_of_the_same_name(spelling: str) -> None:
    """If it failed: the owner would write with themselves."""
    found = reading(page(entry(authors=f"Charles Babbage, {spelling} et al.")))
    assert (len(names(found.paper)), hidden(found.paper)) == (2, [])


COMPACT = [
    (
        "On the Analytical EngineCharles Babbage, Ada Lovelace et al. · eth",
        ["Charles Babbage", "Ada Lovelace"],
        True,
    ),
    (
        "On the Analytical EngineCharles Babbage, Mary Somerville et al.",
        ["Charles Babbage", "Mary Somerville"],
        True,
    ),
    ("On the Analytical EngineCharles Babbage, Ada Lovelace", ["Charles Babbage", "Ada Lovelace"], False),
    ("On the Analytical EngineAda Lovelace", ["Ada Lovelace"], False),
    ("On the Analytical EngineAda Lovelace · eth", ["Ada Lovelace"], False),
]


@pytest.mark.parametrize(("line", "shown", "is_cut"), COMPACT)
@pytest.mark.parametrize(
    "abstract", ["It weaves algebraic patterns.", "Background", "It takes a · b, and more.", ""]
)
@pytest.mark.parametrize("blank", [True, False])
def test_compact_pages_are_read(
    line: str, shown: list[str], is_cut: bool, abstract: str, blank: bool
) -> None:
    """If it failed: the title would end in a name, or the abstract be authors."""
    text = page(entry(title=line, authors="", abstract=abstract), entry(title="Another"))
    found = reading(text if blank else "\n".join(t for t in text.splitlines() if t) + "\n")
    paper = found.papers[0]
    assert paper.title == "On the Analytical Engine"
    assert (names(paper), paper.is_truncated) == (shown, is_cut)
    assert hidden(paper) == ([] if "Ada Lovelace" in shown else ["Ada Lovelace"])
    assert paper.abstract == (abstract or None)
    assert found.papers[1].title == "Another"
    assert found.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "On enginesMadonna, Ada Lovelace et al.",
        "On enginesvan Beethoven, Ada Lovelace et al.",
        "On enginesCHARLES BABBAGE, Ada Lovelace",
        "On engines by Ada Lovelace",
        "On the EngineCharles Babbage, A. Lovelace",
    ],
)
def test_a_compact_line_that_cannot_be_told_apart_is_reported(line: str) -> None:
    """If it failed: the reader would guess, or the paper vanish without a word."""
    found = reading(page(entry(title=line, authors="")))
    assert found.papers == ()
    assert [p.found for p in found.lost] == [line]


def test_a_compact_page_without_an_owner_is_not_guessed() -> None:
    """If it failed: names would end up in a title."""
    found = reading("1 Papers\n\nCLNov 20, 2023\nOn the EngineCharles Babbage, Ada Lovelace\n\nIt weaves.\n")
    assert found.papers == ()
    assert len(found.lost) == 1


def test_a_paper_without_an_author_line_keeps_its_title_and_the_owner() -> None:
    """If it failed: its abstract would be authors, or the paper be lost."""
    found = reading(
        page(entry(authors="", abstract="It weaves algebraic patterns just as the loom does with flowers."))
    )
    assert found.paper.title == "On the Analytical Engine"
    assert (names(found.paper), hidden(found.paper), found.paper.is_truncated) == ([], ["Ada Lovelace"], True)
    assert found.paper.abstract and found.paper.abstract.startswith("It weaves")
    assert [p.found for p in found.problems] == ["no author line"]


def test_a_glued_heading_and_title_are_told_apart() -> None:
    """If it failed: a page with one line break less would lose its papers."""
    found = reading(
        page("CLNov 20, 2023On the Analytical Engine\n\nCharles Babbage, Ada Lovelace et al.\n\nIt weaves.\n")
    )
    assert found.paper.title == "On the Analytical Engine"
    assert names(found.paper) == ["Charles Babbage", "Ada Lovelace"]


@pytest.mark.parametrize(
    "heading", ["CLNov 20, 2023CodeOn Looms", "CLNov 20, 2023Code Generation", "CLMay 183 Looms"]
)
def test_a_glued_heading_with_two_readings_is_reported(heading: str) -> None:
    """If it failed: “Code” would be a flag when it is a title, or the other way round."""
    found = reading(page(entry(title="First"), entry(heading=heading, title="")))
    assert [p.title for p in found.papers] == ["First"]
    assert [p.lines.first for p in found.lost] == [19]


def test_ambiguous_and_unknown_codes_stay_codes() -> None:
    """If it failed: a paper on complex variables would be one on computer vision."""
    found = reading(page(entry(heading="CVMay 2, 2024"), entry(heading="XXMay 2, 2024", title="Another")))
    vision, unknown = (p.category for p in found.papers)
    assert vision and (vision.notation, vision.possible) == ("CV", ("cs.CV", "math.CV"))
    assert unknown and (unknown.notation, unknown.possible) == ("XX", ())
    assert [(p.found, p.is_refused) for p in found.problems] == [("XX", False)]


def test_a_day_that_does_not_exist_keeps_the_paper() -> None:
    """If it failed: a slip in a date would cost a paper, or become another day."""
    found = reading(page(entry(heading="CLFeb 30, 2023")))
    assert found.paper.issued and found.paper.issued.year is None
    assert found.paper.issued.as_given == "Feb 30, 2023"
    assert [(p.found, p.is_refused) for p in found.problems] == [("Feb 30, 2023", False)]


def test_a_score_before_the_category_belongs_to_the_paper() -> None:
    """If it failed: the score would be lost, or be given to the author."""
    found = reading(page(entry(heading="87LGJul 5, 2023Code"), entry(heading="4.5CLMay 2", title="Another")))
    assert [[(r.measure, str(r.value)) for r in p.reported] for p in found.papers] == [
        [("page_score", "87")],
        [("page_score", "4.5")],
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "title", ["Since May 2020", "May 2020", "May 18", "17 papers", "h-index35", "Lovelace, Ada: a Life"]
)
def test_a_title_that_looks_like_something_else_is_a_title(title: str) -> None:
    """If it failed: one odd title would break the page in two."""
    found = reading(page(entry(title=title)))
    assert found.problems == ()
    assert found.paper.title == title


@pytest.mark.parametrize("line", ["17papers", "In May 2020, it rained.", "AI", "LGMay 18 is a day of rest."])
def test_a_line_of_an_abstract_that_looks_like_something_else_is_abstract(line: str) -> None:
    """If it failed: a sentence would open a paper."""
    found = reading(page(entry(abstract=f"It weaves.\n{line}\nMore."), entry(title="Another")))
    assert found.papers[0].abstract == f"It weaves.\n{line}\nMore."
    assert len(found.papers) == 2


@pytest.mark.parametrize("heading", ["CL", "CL3 days ago", "CL20 Nov 2023", "Yesterday"])
def test_a_paper_whose_heading_is_not_known_is_reported(heading: str) -> None:
    """If it failed: a whole paper would vanish in the abstract above it without a word."""
    text = page(entry(), entry(heading=heading, title="Another")).replace("2 Papers\n", "")
    found = reading(text)
    assert [p.title for p in found.papers] == ["On the Analytical Engine"]
    assert [p.lines.first for p in found.lost] == [21]


def test_two_papers_of_one_title_are_two_records() -> None:
    """If it failed: near twins would be one before anybody decided so."""
    found = reading(page(entry(), entry(heading="LGNov 20, 2024")))
    assert [p.lines.first for p in found.papers] == [12, 19]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n\n", "\n\n\n \t\n"),
        lambda text: "\n\n" + text,
        lambda text: text.replace("·", "•"),
    ],
    ids=["CRLF", "BOM", "no end", "NBSP", "more blank lines", "blank first", "bullets"],
)
def test_how_a_page_was_saved_makes_no_difference(change: Any) -> None:
    """If it failed: the same page would be read in another way on another machine."""
    text = page(
        entry(), entry(heading="LGMay 18Code", title="Another", authors="Ada Lovelace, Mary Somerville")
    )
    plain, changed = reading(text), reading(change(text))
    assert sniff(change(text))
    assert changed.problems == ()
    assert changed.profile.name == plain.profile.name
    assert changed.profile.reported == plain.profile.reported
    for one, other in zip(plain.papers, changed.papers, strict=True):
        assert one.authorships == other.authorships
        assert one.institutions == other.institutions
        assert one.category == other.category
        assert one.title == other.title.replace("\u00a0", " ")
        assert one.issued and other.issued
        assert one.issued.day == other.issued.day


@pytest.mark.parametrize("name", [*REAL_NAMES, *HOSTILE_NAMES])
def test_real_and_hostile_names_are_kept_as_they_are(name: str) -> None:
    """If it failed: a person would lose letters of their name, or a name be taken for structure."""
    text = page(
        entry(authors=f"{name}, Charles Babbage, Ada Byron et al."),
        header=HEADER.replace("Ada Lovelace", name),
    )
    found = reading(text)
    if "," not in name or name.endswith("Jr."):
        assert names(found.paper) == [name, "Charles Babbage", "Ada Byron"]
        assert hidden(found.paper) == []
    assert found.profile.name == name
