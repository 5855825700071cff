"""RIS: real exports with their counts, and each trap of the format by itself."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers import ris
from collegium.graph.records import Identifier, Lines, Paper, Problem, Record

ONE = "TY  - JOUR\nAU  - Lovelace, Ada\nTI  - Notes\nPY  - 1843\nER  - \n"


def read(text: str | bytes) -> list[Record]:
    return list(ris.read(BytesIO(text.encode() if isinstance(text, str) else text), "a.ris"))


def papers(text: str | bytes) -> list[Paper]:
    return [record for record in read(text) if isinstance(record, Paper)]


def problems(text: str | bytes) -> list[Problem]:
    return [record for record in read(text) if isinstance(record, Problem)]


def paper(*lines: str) -> Paper:
    """Return the one paper of a record with these lines and a title."""
    (found,) = papers("TY  - JOUR\nTI  - Notes\n" + "".join(f"{line}\n" for line in lines) + "ER  - \n")
    return found


def names(of: Paper) -> list[str]:
    return [authorship.name for authorship in of.authorships]


@pytest.mark.parametrize("name", ["litstudy_example.ris", "rispy_example_full.ris"])
def test_real_files_hold_what_was_counted(shared_data: Path, name: str) -> None:
    """If it failed: records or authors of a real export would be lost or made up."""
    truth = json.loads((shared_data / "truth" / "samples.json").read_text())[f"ris_{name}"]
    found = papers((shared_data / "ris" / name).read_bytes())
    all_names = [name for each in found for name in names(each)]
    assert len(found) == truth["records"]
    assert len(all_names) == truth["author_occurrences"]
    assert len(set(all_names)) == truth["distinct_author_strings"]
    assert max(len(names(each)) for each in found) == truth["max_authors"]


def test_a_real_record_is_read_as_it_stands(shared_data: Path) -> None:
    """If it failed: parts of an export of IEEE Xplore would be misread."""
    found = papers((shared_data / "ris" / "litstudy_example.ris").read_bytes())[1]
    assert found.title == "Reference Exascale Architecture"
    assert found.kind == "conference-paper"
    assert found.lines == Lines(26, 59)
    assert found.identifiers == (Identifier("doi", "10.1109/escience.2019.00063"),)
    assert found.issued and (found.issued.year, found.issued.month, found.issued.day) == (2019, 9, None)
    assert found.published and found.published.pages == "479-487"
    assert found.published.volume is None
    assert names(found)[0] == "M. Bobák"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("rispy_example_basic.ris", [Lines(1, 9)]),
        ("rispy_example_bom.ris", [Lines(1, 3)]),
        ("rispy_example_starting_newlines.ris", [Lines(3, 11)]),
        ("rispy_example_full.ris", [Lines(2, 24), Lines(27, 49)]),
    ],
)
def test_marks_blank_lines_and_numbers_above_a_record_are_no_part_of_it(
    shared_data: Path, name: str, lines: list[Lines]
) -> None:
    """If it failed: reports would name other lines than an editor shows, or "1." would be a problem."""
    content = (shared_data / "ris" / name).read_bytes()
    assert ris.sniff(content.decode().removeprefix("\ufeff"))
    assert [each.lines for each in papers(content)] == lines
    assert not [each for each in problems(content) if each.is_refused]


def test_records_without_title_and_identifier_are_refused(shared_data: Path) -> None:
    """If it failed: a record that names nothing would become a paper, or vanish without a word."""
    found = problems((shared_data / "ris" / "rispy_example_multiline.ris").read_bytes())
    assert [each.lines for each in found] == [Lines(1, 6), Lines(8, 15), Lines(17, 24)]
    assert all(each.is_refused for each in found)


def test_lines_that_go_on_belong_to_the_field_above() -> None:
    """If it failed: the rest of a folded abstract would be lost, or "ER then" would end the record."""
    found = paper("AB  - first,", "      second", "ER then third", "AU  - Lovelace, Ada")
    assert found.abstract == "first, second ER then third"
    assert names(found) == ["Ada Lovelace"]


def test_editors_are_not_authors() -> None:
    """If it failed: the editors of a volume would be coauthors of each of its papers."""
    found = paper("A1  - Marx, Karl", "A2  - Glattauer, Daniel", "ED  - Noether, Emmy", "A3  - Weyl, H.")
    assert names(found) == ["Karl Marx"]


def test_authors_printed_under_both_tags_count_once() -> None:
    """If it failed: every author would stand twice."""
    assert names(paper("AU  - A, B", "AU  - C, D", "A1  - A, B", "A1  - C, D")) == ["B A", "D C"]


def test_several_authors_in_a_line_are_taken_apart_only_where_it_is_certain() -> None:
    """If it failed: two people would be one, or one would be two."""
    text = "TY  - JOUR\nTI  - N\nAU  - Lovelace, Ada; Babbage, Charles\nAU  - Smith, J. and Doe, A.\nER  - \n"
    (found,) = papers(text)
    assert names(found) == ["Ada Lovelace", "Charles Babbage", "Smith, J. and Doe, A."]
    assert len(problems(text)) == 2


def test_et_al_and_anonymous_are_no_people() -> None:
    """If it failed: "et al." would be the best connected author of the graph."""
    found = paper("AU  - Lovelace, Ada", "AU  - et al.", "AU  - [Anonymous]")
    assert names(found) == ["Ada Lovelace"]
    assert found.is_truncated
    glued = paper("AU  - Lovelace, Ada", "AU  - Doe, J. et al.")
    assert (names(glued), glued.is_truncated) == (["Ada Lovelace", "J. Doe"], True)


def test_an_empty_author_line_keeps_the_positions_of_the_others() -> None:
    """If it failed: the third author would be said to be the second."""
    found = paper("AU  - Lovelace, Ada", "AU  - ", "AU  - Babbage, Charles")
    assert [authorship.position for authorship in found.authorships] == [1, 3]


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2014///"], (2014, None, None)),
        (["Y1  - 1948/07//"], (1948, 7, None)),
        (["PY  - 2019", "DA  - 2019/03/01"], (2019, 3, 1)),
        (["PY  - 1948", "DA  - July"], (1948, 7, None)),
        (["PY  - 2019", "Y1  - 1 Jan.-Feb. 2019"], (2019, None, None)),
        (["PY  - 2019", "DA  - 2020/01/05"], (2019, None, None)),
        (["PY  - 2019/02/30"], (2019, 2, None)),
    ],
)
def test_dates_are_as_precise_as_printed(lines: list[str], date: tuple[int | None, ...]) -> None:
    """If it failed: a month would be made up, or lost."""
    issued = paper(*lines).issued
    assert issued and (issued.year, issued.month, issued.day) == date


def test_a_text_without_a_year_is_no_date_and_is_told() -> None:
    """If it failed: "in press" would be dropped without a word."""
    text = ONE.replace("1843", "in press")
    assert papers(text)[0].issued is None
    assert [each.found for each in problems(text)] == ["in press"]


def test_two_records_run_together_are_parted_at_the_type() -> None:
    """If it failed: the authors of two papers would be coauthors."""
    text = ONE.replace("ER  - \n", "") + ONE
    assert [names(each) for each in papers(text)] == [["Ada Lovelace"]] * 2
    assert [(each.found, each.lines) for each in problems(text)] == [("a record without an end", Lines(1, 4))]
    assert len(papers(ONE.rstrip("\n") + ONE)) == 2


def test_two_papers_in_one_record_are_refused() -> None:
    """If it failed: their authors would be coauthors."""
    text = ONE.replace("ER", "TI  - Other\nDO  - 10.1/a\nDO  - 10.1/b\nER")
    assert [each.is_refused for each in problems(text)] == [True]


def test_a_file_that_ends_inside_a_record_says_so() -> None:
    """If it failed: a download that broke off would look whole."""
    text = "TY  - JOUR\nTI  - Notes\nAU  - Lovelace, Ada\nAU  - Babb"
    (found,) = papers(text)
    assert found.is_truncated
    assert [each.found for each in problems(text)] == ["a record without an end"]


def test_a_record_without_a_type_is_kept_with_a_remark() -> None:
    """If it failed: one missing line would cost a paper."""
    text = ONE + ONE.replace("TY  - JOUR\n", "")
    assert len(papers(text)) == 2
    assert [each.found for each in problems(text)] == ["a record without a type"]


def test_bytes_that_are_not_utf_8_are_read_as_the_format_says_with_a_remark() -> None:
    """If it failed: exports of older programs could not be read, or names would be damaged in silence."""
    content = ONE.replace("Ada", "Adä").encode("cp1252") + ONE.encode()
    assert [names(each) for each in papers(content)] == [["Adä Lovelace"], ["Ada Lovelace"]]
    assert "0xe4 in line 2" in problems(content)[0].found


def test_a_broken_line_costs_its_own_record_only() -> None:
    """If it failed: a NUL byte or an endless line would lose the file, or fill the memory."""
    for broken in ("a\0b", "x" * (3 << 20)):
        text = ONE + ONE.replace("Notes", broken) + ONE
        assert len(papers(text)) == 2
        assert [(each.is_refused, each.lines) for each in problems(text)] == [(True, Lines(6, 10))]


def test_addresses_and_affiliations() -> None:
    """If it failed: a preprint would not be known by its number, or a place would be tied to the wrong author."""
    one = paper("AU  - A, B", "UR  - http://arxiv.org/abs/2301.00001v2", "AD  - MIT; ETH", "C1  - 17")
    assert one.identifiers == (Identifier("arxiv", "2301.00001"),)
    assert one.authorships[0].affiliations == ("MIT", "ETH")
    two = paper("AU  - A, B", "AU  - C, D", "AD  - MIT", "DO  - https://doi.org/10.1000/ABC")
    assert two.institutions == ("MIT",)
    assert two.identifiers == (Identifier("doi", "10.1000/abc"),)
    assert papers(ONE.replace("JOUR", "BOOK").replace("ER", "SN  - 978-3-16-148410-0\nER"))[
        0
    ].identifiers == (Identifier("isbn", "9783161484100"),)


@pytest.mark.parametrize(
    "head", ["TY - JOUR\nAU - A, B\n", "\r\n\r\nTY  - CONF\r\n", "Provider: X\nTY  - CHAP\nER  - \n"]
)
def test_its_own_files_are_known(head: str) -> None:
    """If it failed: an export with one space, or with a heading, would be of no format."""
    assert ris.sniff(head)


@pytest.mark.parametrize(
    "head", ["", "PMID- 1\nTI  - x\n", "TY  - \n", "AU  - A\nTY  - JOUR\n", "@book{TY  - JOUR}"]
)
def test_other_files_are_not(head: str) -> None:
    """If it failed: files of other formats would be read as RIS."""
    assert not ris.sniff(head)


@given(
    st.lists(
        st.sampled_from([ONE.encode(), b"TY  - ", b"ER  -", b"\n", b"\0", b"\xff\xfe", b"AU  - ;,", b"\r"])
    )
)
def test_no_bytes_are_too_odd(pieces: list[bytes]) -> None:
    """If it failed: a broken file would end in a traceback."""
    read(b"".join(pieces))
