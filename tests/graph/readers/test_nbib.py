"""MEDLINE text of PubMed: a real set with its counts, and each trap of the format by itself."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers import nbib
from collegium.graph.records import Identifier, Lines, Paper, Problem, Record

ONE = "PMID- 1\nTI  - Notes\nFAU - Lovelace, Ada\nAU  - Lovelace A\n"


def read(text: str | bytes) -> list[Record]:
    return list(nbib.read(BytesIO(text.encode() if isinstance(text, str) else text), "a.nbib"))


def papers(text: str | bytes) -> list[Paper]:
    return [record for record in read(text) if isinstance(record, Paper)]


def problems(text: str | bytes) -> list[Problem]:
    return [record for record in read(text) if isinstance(record, Problem)]


def names(of: Paper) -> list[str]:
    return [authorship.name for authorship in of.authorships]


def test_the_real_set_holds_what_was_counted(shared_data: Path) -> None:
    """If it failed: records or authors of a real export would be lost or made up."""
    truth = json.loads((shared_data / "truth" / "samples.json").read_text())["nbib_balloongui_FAU"]
    content = (shared_data / "nbib" / "pubmed-balloongui-set.nbib").read_bytes()
    found = papers(content)
    people = [a.as_given for each in found for a in each.authorships if not a.is_collective]
    assert nbib.sniff(content.decode()[: 1 << 16])
    assert len(found) == truth["records"]
    assert len(people) == truth["author_occurrences"]
    assert len(set(people)) == truth["distinct_author_strings"]
    assert max(sum(not a.is_collective for a in each.authorships) for each in found) == truth["max_authors"]
    assert [a.name for each in found for a in each.authorships if a.is_collective] == [
        "STRATIS Investigators",
        "MR CLEAN Registry Investigators",
        "North American Solitaire Acute Stroke Registry",
    ]
    assert sum(bool(a.identifiers) for each in found for a in each.authorships) == 36
    assert not problems(content)


def test_a_real_record_is_read_as_it_stands(shared_data: Path) -> None:
    """If it failed: parts of a record of PubMed would be misread."""
    (found,) = papers((shared_data / "nbib" / "single.nbib").read_bytes())
    assert found.title == (
        "Impact of balloon guide catheter on technical and clinical outcomes: a systematic review and meta-analysis."
    )
    assert names(found) == ["Waleed Brinjikji", "Vitor M Pereira", "David F Kallmes"]
    assert found.authorships[1].affiliations == (
        "Department of Neuroradiology, Toronto Western Hospital, University of Toronto, Toronto, Ontario, Canada.",
    )
    assert found.authorships[0].as_given == "Brinjikji, Waleed"
    assert found.identifiers == (
        Identifier("pmid", "28754806"),
        Identifier("doi", "10.1136/neurintsurg-2017-013179"),
    )
    assert found.issued and (found.issued.year, found.issued.month) == (2018, 4)
    assert (found.kind, found.language, found.lines) == ("review", "en", Lines(1, 65))
    assert found.published and found.published.venue == "Journal of neurointerventional surgery"
    assert found.published.pages == "335-339"
    assert [each.notation for each in found.categories] == [
        "Aged",
        "Brain Ischemia",
        "Clinical Trials as Topic",
    ]
    assert found.keywords == ("mechanical thrombectomy", "stroke")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("FAU - Hellinger, Frank R Jr\nAU  - Hellinger FR Jr\n", "Frank R Hellinger Jr"),
        ("FAU - Given, Curtis A 2nd\n", "Curtis A Given 2nd"),
        ("AU  - Given CA 2nd\n", "CA Given 2nd"),
        ("AU  - Ali Aziz-Sultan M\n", "M Ali Aziz-Sultan"),
        ("AU  - Plato\n", "Plato"),
        ("FAU - van der Berg, Jan\n", "Jan van der Berg"),
    ],
)
def test_names_are_turned_with_what_stands_behind_them(lines: str, name: str) -> None:
    """If it failed: "Jr" would stand between given and family name, or initials behind."""
    assert names(papers("PMID- 1\nTI  - T\n" + lines)[0]) == [name]


def test_an_author_without_a_whole_name_is_not_lost() -> None:
    """If it failed: an AU without its FAU would vanish, or an AU with it would count twice."""
    text = ONE + "AU  - Babbage C\nFAU - Menabrea, Luigi\nAU  - Menabrea L\n"
    assert names(papers(text)[0]) == ["Ada Lovelace", "C Babbage", "Luigi Menabrea"]


def test_identifiers_that_are_none_are_told() -> None:
    """If it failed: a mistyped ORCID would be taken, or dropped without a word."""
    text = ONE + "AUID- ORCID: 0000-0002-1825-0098\nAUID- ORCID: https://orcid.org/0000-0002-1825-0097\n"
    assert papers(text)[0].authorships[0].identifiers == (Identifier("orcid", "0000-0002-1825-0097"),)
    assert [each.found for each in problems(text)] == ["0000-0002-1825-0098"]


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2019 Mar-Apr", (2019, None, None)),
        ("2018 Jul-Sep", (2018, None, None)),
        ("2020 Jan 3", (2020, 1, 3)),
        ("2019 Spring", (2019, None, None)),
        ("1998 Dec-1999 Jan", (1998, None, None)),
        ("2020", (2020, None, None)),
    ],
)
def test_dates_are_as_precise_as_printed(printed: str, date: tuple[int | None, ...]) -> None:
    """If it failed: a quarter would be a month."""
    issued = papers(f"{ONE}DP  - {printed}\n")[0].issued
    assert issued and (issued.year, issued.month, issued.day, issued.as_given) == (*date, printed)


def test_records_part_at_the_number_also_without_a_blank_line() -> None:
    """If it failed: the authors of two papers would be coauthors."""
    text = "\ufeff" + ONE + ONE.replace("PMID- 1", "PMID- 2").replace("\n", "\r\n")
    assert [(each.lines, each.title) for each in papers(text)] == [
        (Lines(1, 4), "Notes"),
        (Lines(5, 8), "Notes"),
    ]


def test_broken_lines_and_ends_are_told() -> None:
    """If it failed: a damaged name would be taken as it is, or a cut file look whole."""
    text = ONE.encode() + b"\n" + ONE.encode().replace(b"Ada", b"Ad\xff") + b"\n" + ONE.encode().rstrip()
    assert len(papers(text)) == 2
    assert [(each.is_refused, each.lines) for each in problems(text)] == [
        (True, Lines(6, 9)),
        (False, Lines(11, 14)),
    ]
    assert papers(text)[1].is_truncated


def test_other_formats_are_not_its_own() -> None:
    """If it failed: RIS would be read as MEDLINE."""
    assert nbib.sniff("\n\nPMID- 28754806\nOWN - NLM\n")
    assert not nbib.sniff("TY  - JOUR\nPMID- 1\n")
    assert not nbib.sniff("PMID- none\n")


@given(
    st.lists(
        st.sampled_from([ONE.encode(), b"PMID- ", b"AD  - x\n", b"\n", b"\0", b"\xff", b"CN  -\n", b"      "])
    )
)
def test_no_bytes_are_too_odd(pieces: list[bytes]) -> None:
    """If it failed: a broken file would end in a traceback."""
    read(b"".join(pieces))
