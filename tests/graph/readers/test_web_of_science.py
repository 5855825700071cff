"""Web of Science: both exports, made by hand after the published lists of tags; each trap by itself."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import identify, web_of_science
from collegium.graph.records import Identifier, Lines, Paper, PartialDate, Problem, Record

RECORD = """PT J
AU Ding, N
   Qin, YJ
AF Ding, Ning
   Qin, Yujia
CA OpenBMB Team
BE Editor, E
TI Parameter-efficient fine-tuning of large-scale
   language models
SO NATURE MACHINE INTELLIGENCE
LA English
DT Article; Early Access
DE tuning; language models
AB First line
   second line.
C1 [Ding, Ning; Qin, Yujia] Tsinghua Univ, Dept Comp Sci, Beijing, Peoples R China.
   [Qin, Yujia] Beijing Acad AI, Beijing, Peoples R China.
C3 Tsinghua University; Beijing Academy of AI
RI Ding, Ning/AAA-1234-2020; qin, yujia/B-5678-2011
OI Qin, Yujia/0000-0002-1825-0097
CR Brown T., 2020, ADV NEUR IN, V33, P1877
   Lv X., 2023, P ACL, DOI DOI 10.18653/v1/2023.acl-long.1
   Old A, 1999, J, DOI [10.1002/(SICI)1097-4571(1999)50:1<3::AID-ASI2>3.0.CO;2-A, 10.1000/b]
NR 3
TC 1,012
PU NATURE PORTFOLIO
PD MAR 15
PY 2023
VL 5
IS 3
BP 220
EP +
DI 10.1038/s42256-023-00626-4
WC Computer Science, Artificial Intelligence; Robotics
UT WOS:000943937800001
PM 36999999
ER
"""
TAGGED = f"\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\n{RECORD}\nEF\n"
COLUMNS = {
    "PT": "J",
    "AU": "Ding, N; Qin, YJ",
    "AF": "Ding, Ning; Qin, Yujia",
    "CA": "OpenBMB Team",
    "BE": "Editor, E",
    "TI": "Parameter-efficient fine-tuning of large-scale language models",
    "SO": "NATURE MACHINE INTELLIGENCE",
    "LA": "English",
    "DT": "Article; Early Access",
    "DE": "tuning; language models",
    "AB": "First line second line.",
    "C1": "[Ding, Ning; Qin, Yujia] Tsinghua Univ, Dept Comp Sci, Beijing, Peoples R China.; "
    "[Qin, Yujia] Beijing Acad AI, Beijing, Peoples R China.",
    "C3": "Tsinghua University; Beijing Academy of AI",
    "RI": "Ding, Ning/AAA-1234-2020; qin, yujia/B-5678-2011",
    "OI": "Qin, Yujia/0000-0002-1825-0097",
    "CR": "Brown T., 2020, ADV NEUR IN, V33, P1877; Lv X., 2023, P ACL, DOI DOI 10.18653/v1/2023.acl-long.1; "
    "Old A, 1999, J, DOI [10.1002/(SICI)1097-4571(1999)50:1<3::AID-ASI2>3.0.CO;2-A, 10.1000/b]",
    "TC": "1,012",
    "PU": "NATURE PORTFOLIO",
    "PD": "MAR 15",
    "PY": "2023",
    "VL": "5",
    "IS": "3",
    "BP": "220",
    "EP": "+",
    "DI": "10.1038/s42256-023-00626-4",
    "WC": "Computer Science, Artificial Intelligence; Robotics",
    "UT": "WOS:000943937800001",
    "PM": "36999999",
}


def table(*rows: dict[str, str]) -> str:
    """Return a tab-delimited export, with the tab that its lines end with."""
    lines = ["\t".join(COLUMNS)] + ["\t".join(row.values()) for row in rows]
    return "\t\n".join(lines) + "\t\n"


def read(text: str | bytes) -> list[Record]:
    return list(
        web_of_science.read(BytesIO(text.encode() if isinstance(text, str) else text), "savedrecs.txt")
    )


def papers(text: str | bytes) -> list[Paper]:
    return [record for record in read(text) if isinstance(record, Paper)]


def problems(text: str | bytes) -> list[Problem]:
    return [record for record in read(text) if isinstance(record, Problem)]


def tagged(*lines: str) -> str:
    return "FN X\nVR 1.0\nPT J\n" + "".join(f"{line}\n" for line in lines) + "ER\n\nEF\n"


FORMS = {
    "tagged": TAGGED.encode(),
    "tagged, crlf": TAGGED.replace("\n", "\r\n").encode(),
    "tagged, utf-16": TAGGED.removeprefix("\ufeff").encode("utf-16"),
    "table": table(COLUMNS).encode(),
    "table, mark": b"\xef\xbb\xbf" + table(COLUMNS).encode(),
    "table, utf-16": table(COLUMNS).replace("\n", "\r\n").encode("utf-16"),
    "table, utf-16 be": b"\xfe\xff" + table(COLUMNS).encode("utf-16-be"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_export_says_the_same(form: str) -> None:
    """If it failed: the export that somebody chose would decide what their graph holds."""
    assert identify(FORMS[form][: 1 << 16], "x").name == web_of_science.NAME
    (paper,) = papers(FORMS[form])
    ning, yujia, team = paper.authorships
    place = "Tsinghua Univ, Dept Comp Sci, Beijing, Peoples R China."
    assert (ning.name, ning.as_given, ning.position) == ("Ning Ding", "Ding, Ning", 1)
    assert ning.affiliations == (place,)
    assert ning.identifiers == (Identifier("researcherid", "AAA-1234-2020"),)
    assert yujia.affiliations == (place, "Beijing Acad AI, Beijing, Peoples R China.")
    assert yujia.identifiers == (
        Identifier("researcherid", "B-5678-2011"),
        Identifier("orcid", "0000-0002-1825-0097"),
    )
    assert (team.name, team.is_collective, team.position) == ("OpenBMB Team", True, 3)
    assert paper.title == "Parameter-efficient fine-tuning of large-scale language models"
    assert paper.abstract == "First line second line."
    assert paper.institutions == ("Tsinghua University", "Beijing Academy of AI")
    assert paper.identifiers == (
        Identifier("wos", "WOS:000943937800001"),
        Identifier("doi", "10.1038/s42256-023-00626-4"),
        Identifier("pmid", "36999999"),
    )
    assert paper.references == (
        Identifier("doi", "10.18653/v1/2023.acl-long.1"),
        Identifier("doi", "10.1002/(sici)1097-4571(1999)50:1<3::aid-asi2>3.0.co;2-a"),
    )
    assert paper.issued == PartialDate("MAR 15 2023", 2023, 3, 15)
    assert (paper.kind, paper.language, paper.keywords) == ("article", "en", ("tuning", "language models"))
    assert paper.published and (paper.published.pages, paper.published.volume) == ("220", "5")
    assert [(each.measure, int(each.value)) for each in paper.reported] == [("citations", 1012)]
    assert [each.notation for each in paper.categories] == [
        "Computer Science, Artificial Intelligence",
        "Robotics",
    ]
    assert not problems(FORMS[form])


def test_lines_are_those_of_an_editor() -> None:
    """If it failed: a report would send its reader to the wrong record."""
    assert papers(TAGGED)[0].lines == Lines(3, 39)
    assert [each.lines for each in papers(table(COLUMNS, COLUMNS))] == [Lines(2, 2), Lines(3, 3)]


def test_addresses_without_names_belong_to_the_paper_or_its_only_author() -> None:
    """If it failed: every author of an old record would have worked everywhere."""
    place = "C1 Univ Wisconsin, Dept Philosophy, Madison, WI 53706 USA."
    (one,) = papers(tagged("AU Kim, S", "TI T", place))
    assert one.authorships[0].affiliations == (place[3:],)
    (two,) = papers(tagged("AU Kim, S", "   Lee, K", "TI T", place))
    assert two.institutions == ("Univ Wisconsin",)
    assert not two.authorships[0].affiliations


def test_what_belongs_to_nobody_on_the_paper_is_told() -> None:
    """If it failed: an identifier would be given to the wrong person, or vanish."""
    text = tagged(
        "AU Kim, S", "   Kim, S", "AF Kim, Soo", "   Kim, Sun", "TI T", "OI Kim, S/0000-0002-1825-0097",
        "RI Kim, Soo/bad", "C1 [Kim, Sam] MIT",
    )  # fmt: skip
    (paper,) = papers(text)
    assert not any(a.identifiers or a.affiliations for a in paper.authorships)
    assert [each.found for each in problems(text)] == [
        "the address of Kim, Sam",
        "bad",
        "Kim, S/0000-0002-1825-0097",
    ]


def test_books_have_book_authors_and_anonymous_is_nobody() -> None:
    """If it failed: a book would have no authors, or "[Anonymous]" would have written thousands of papers."""
    (book,) = papers(tagged("BA Weyl, H", "BF Weyl, Hermann", "TI T", "DT Book", "BN 978-3-16-148410-0"))
    assert [a.name for a in book.authorships] == ["Hermann Weyl"]
    assert book.identifiers == (Identifier("isbn", "9783161484100"),)
    text = tagged("AU [Anonymous]", "TI T")
    assert not papers(text)[0].authorships
    assert {each.found for each in problems(text)} == {"[Anonymous] as author", "a paper without authors"}


def test_a_record_without_an_end_does_not_swallow_the_next() -> None:
    """If it failed: the authors of two papers would be coauthors."""
    text = f"FN X\nVR 1.0\n{RECORD.removesuffix('ER' + chr(10))}{RECORD}EF\n"
    assert [len(each.authorships) for each in papers(text)] == [3, 3]
    assert [each.found for each in problems(text)] == ["a record without an end"]


def test_quotes_in_a_table_are_text_and_a_short_row_is_refused() -> None:
    """If it failed: a title that begins with a quote would swallow the rows after it."""
    odd = COLUMNS | {"TI": '"Why should I trust you?" Explaining'}
    open_quote = COLUMNS | {"TI": '"Open'}
    text = table(odd, open_quote, COLUMNS) + "J\tcut\n"
    assert [each.title for each in papers(text)] == [odd["TI"], '"Open', COLUMNS["TI"]]
    assert [(each.lines, each.is_refused) for each in problems(text)] == [(Lines(5, 5), True)]


def test_a_broken_line_costs_its_own_record_only() -> None:
    """If it failed: one damaged byte would lose the file."""
    text = f"FN X\nVR 1.0\n{RECORD}{RECORD}".encode().replace(b"First", b"F\xffrst", 1)
    assert len(papers(text)) == 1
    assert [each.is_refused for each in problems(text)] == [True]
    rows = table(COLUMNS, COLUMNS).encode().replace(b"First", b"F\xffrst", 1)
    assert len(papers(rows)) == 1
    assert [each.is_refused for each in problems(rows)] == [True]


def test_a_header_that_is_no_text_is_refused() -> None:
    """If it failed: a table without names of columns would be read as something."""
    with pytest.raises(UnreadableFile):
        read(table(COLUMNS).encode().replace(b"\t\n", b"\t\xff\n", 1))


@pytest.mark.parametrize("head", ["", "PT J\n", "PT\tAU\tTI\n", "TY  - JOUR\n", "FN x\n", "PT,AU,TI,SO\n"])
def test_other_files_are_not_its_own(head: str) -> None:
    """If it failed: files of other formats would be read as this one."""
    assert not web_of_science.sniff(head)


def test_a_table_that_names_its_columns_in_words_is_left_to_others(shared_data: Path) -> None:
    """If it failed: other tables with tabs would be read as this one."""
    for path in shared_data.rglob("*"):
        if path.is_file():
            assert not web_of_science.sniff(path.read_bytes()[: 1 << 16].decode("utf-8", "replace"))


@given(
    st.lists(
        st.sampled_from(
            [RECORD.encode(), table(COLUMNS).encode(), b"\0", b"\xff\xfe", b"ER\n", b"\t", b"C1 [\n"]
        )
    )
)
def test_no_bytes_are_too_odd(pieces: list[bytes]) -> None:
    """If it failed: a broken file would end in a traceback."""
    with suppress(UnreadableFile):
        read(b"".join(pieces))


def test_an_author_whom_af_lacks_is_kept_as_au_has_them() -> None:
    """If it failed: the third author would be lost, and the list count as whole."""
    text = tagged("AU Ding, N", "   Qin, YJ", "   Wei, FR", "AF Ding, Ning", "   Wei, Furu", "TI T")
    (paper,) = papers(text)
    assert [a.name for a in paper.authorships] == ["Ning Ding", "YJ Qin", "Furu Wei"]
    assert [each.found for each in problems(text)] == ["3 names in AU, 2 in AF"]
    unlike = tagged("AU Ding, N", "   Qin, YJ", "AF Someone, Else", "TI T")
    assert [a.name for a in papers(unlike)[0].authorships] == ["N Ding", "YJ Qin"]
    twice = tagged("AU Kim, S", "   Kim, S", "AF Kim, Sun", "TI T")
    assert [a.name for a in papers(twice)[0].authorships] == ["S Kim", "S Kim"]
    longer = tagged("AU Ding, N", "AF Ding, Ning", "   Qin, Yujia", "TI T")
    assert [a.name for a in papers(longer)[0].authorships] == ["Ning Ding", "Yujia Qin"]
