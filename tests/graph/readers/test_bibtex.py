"""BibTeX files: dblp's slice and JabRef's against counts made elsewhere, entries by hand, dates, odd files."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS, identify
from collegium.graph.readers.bibtex import read, sniff
from collegium.graph.records import (
    Authorship,
    Category,
    Identifier,
    Lines,
    Paper,
    PartialDate,
    Problem,
    Published,
)

SAMPLES = {  # file → papers (entries but for sets), refused, remarks
    "bibtex/biblatex-examples.bib": (90, 0, 12),
    "bibtex/gbk_test.bib": (0, 1, 0),
    "bibtex/jabref-authors.bib": (212, 0, 3),
    "bibtex/testjabref.bib": (156, 0, 1),
    "and/Zhang_0001_Jun.bib": (129, 0, 40),
    "and/Zhang_0002_Jun.bib": (20, 0, 8),
    "and/Zhang_0003_Jun.bib": (284, 0, 72),
    "and/Zhang_0004_Jun.bib": (176, 0, 30),
}


def reading(content: str | bytes) -> tuple[list[Paper], list[Problem]]:
    """Return the papers and the problems of a file."""
    found = list(read(BytesIO(content.encode() if isinstance(content, str) else content), "f.bib"))
    return [r for r in found if isinstance(r, Paper)], [r for r in found if isinstance(r, Problem)]


def paper(content: str, *remarks: str) -> Paper:
    """Return the only paper; `remarks` are words of the remarks on it, in order."""
    (only,), problems = reading(content)
    assert len(problems) == len(remarks), problems
    for problem, words in zip(problems, remarks, strict=True):
        assert words in problem.found and not problem.is_refused
    return only


def by_key(path: Path) -> dict[str, Paper]:
    """Return the papers of a file by the keys of their entries."""
    lines = path.read_text("utf-8").splitlines()
    papers, _ = reading(path.read_bytes())
    return {lines[p.lines.first - 1].partition("{")[2].rstrip(","): p for p in papers}


def test_the_slice_of_dblp_meets_the_counts_made_elsewhere(shared_data: Path) -> None:
    """If it failed: the network of 8,184 papers would not be the one that dblp describes."""
    truth = json.loads((shared_data / "truth" / "dblp_slice_scientometrics_dl.json").read_text("utf-8"))
    content = lzma.decompress((shared_data / "dblp" / "dblp2016_scientometrics_dl.bib.xz").read_bytes())
    papers, problems = reading(content)
    bylines = [[a.as_given or a.name for a in p.authorships] for p in papers]
    people = Counter(name for byline in bylines for name in byline)
    pairs = Counter(frozenset(pair) for byline in bylines for pair in combinations(sorted(set(byline)), 2))
    homonyms = {a.identifiers[0].value: a.name for p in papers for a in p.authorships if a.identifiers}
    assert len(papers) == truth["entries"]
    assert len(people) == truth["distinct_author_strings"]
    assert people.total() == truth["author_occurrences"]
    assert (len(pairs), pairs.total()) == (truth["coauthor_pairs"], truth["pair_weight_sum"])
    assert len(homonyms) == truth["homonym_numbered_authors"]
    assert all(name == value[:-5] for value, name in homonyms.items())
    assert sum(not byline for byline in bylines) == truth["entries_without_author"] == len(problems)
    assert max(map(len, bylines)) == truth["max_authors"][0]
    assert [list(row) for row in people.most_common(5)] == truth["top20_by_entries"][:5]
    assert Counter(str(p.issued.year) for p in papers if p.issued) == truth["years"]
    named = [{i.scheme for i in p.identifiers} for p in papers]
    # 1,410 more have no field `doi`, but the address of one at ACM's or IEEE's former resolver.
    assert sum("doi" in schemes for schemes in named) == truth["with_doi"] + 1410
    assert all("dblp" in schemes for schemes in named)
    assert Counter(p.kind for p in papers) == {
        "article": truth["types"]["article"],
        "conference-paper": truth["types"]["inproceedings"],
        "proceedings": truth["types"]["proceedings"],
    }
    assert not any(problem.is_refused for problem in problems)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_files_are_read_whole(shared_data: Path, name: str) -> None:
    """If it failed: entries of real files would be lost, or said to be wrong."""
    content = (shared_data / name).read_bytes()
    truth = json.loads((shared_data / "truth" / "samples.json").read_text("utf-8"))
    papers, problems = reading(content)
    refused = sum(problem.is_refused for problem in problems)
    assert (len(papers), refused, len(problems) - refused) == SAMPLES[name]
    assert identify(content[: 1 << 16], name) is READERS["bibtex"]
    counts = truth.get(f"bib_{Path(name).name}")
    if counts is not None:
        sets = content.count(b"@set{")
        assert len(papers) + sets == counts["entries"]
        assert sum(bool(p.authorships) for p in papers) == counts["author_fields"] - (
            "Jun" in name and _empty(content)
        )
        assert sum(p.is_truncated for p in papers) == counts["and_others"]


def _empty(content: bytes) -> int:
    return content.count(b"author    = {}")


def test_examples_of_biblatex_are_read_field_by_field(shared_data: Path) -> None:
    """If it failed: biblatex's own examples would be misread."""
    found = by_key(shared_data / "bibtex" / "biblatex-examples.bib")
    aksin, space, ksa = found["aksin"], found["westfahl:space"], found["nietzsche:ksa1"]
    assert [a.name for a in aksin.authorships][:3] == ["Özge Aksın", "Hayati Türkmen", "Levent Artok"]
    assert aksin.published == Published("J. Organomet. Chem.", "691", "13", "3027-3036")
    assert space.published and space.published.publisher == "Greenwood"
    assert space.published.venue == "Space and Beyond: The Frontier Theme in Science Fiction"
    assert space.issued == PartialDate("2000", 2000) and space.kind == "chapter"
    assert space.title.startswith("The True Frontier: Confronting and Avoiding")
    assert ksa.published and ksa.published.publisher == "Deutscher Taschenbuch-Verlag and Walter de Gruyter"
    assert found["knuth:ct"].issued == PartialDate("1984/1986", None)
    assert found["shore"].issued == PartialDate("1991-03", 1991, 3)
    assert found["wassenberg"].identifiers == (Identifier("arxiv", "1008.2849"),)
    assert found["wassenberg"].category == Category("cs.DS", "cs.DS", "arxiv")
    assert found["wilde"].identifiers == ()  # its eprint is of Google Books
    assert found["sigfridsson"].identifiers == (
        Identifier("doi", "10.1002/(sici)1096-987x(199803)19:4<377::aid-jcc1>3.0.co;2-p"),
    )
    assert [a.name for a in found["brandt"].authorships] == ["Ahasver von Brandt", "Erich Hoffmann"]
    assert found["gaonkar"].identifiers and not found["gaonkar:in"].identifiers  # one ISBN, of the book
    assert found["cms"].authorships == () == found["jaffe"].authorships
    assert found["geer"].institutions == ("Uppsala Universitet",) and found["geer"].kind == "thesis"
    assert found["angenendt"].language == "de" and found["bertram"].language == "en"


def test_an_export_of_web_of_science_is_read(shared_data: Path) -> None:
    """If it failed: its citations, its number or its keywords would be lost."""
    papers, _ = reading((shared_data / "bibtex" / "testjabref.bib").read_bytes())
    first = papers[0]
    assert first.title.endswith("With 3D Electrodes And @ Symbol")
    assert first.issued == PartialDate("MAR 2009", 2009, 3)
    assert [(r.measure, r.as_given) for r in first.reported] == [("citations", "2")]
    assert first.keywords[:2] == ("Multi-channel recording", "microelectrodes")
    assert Identifier("wos", "WOS:000263918900029") in first.identifiers
    (des,) = [a for p in papers for a in p.authorships if a.is_collective]
    assert des == Authorship("DES", None, is_collective=True)


def test_gbk_is_refused_with_what_to_do(shared_data: Path) -> None:
    """If it failed: Chinese names would come out as other letters."""
    content = (shared_data / "bibtex" / "gbk_test.bib").read_bytes()
    (problem,) = reading(content)[1]
    assert problem.is_refused and problem.found == "byte 0xbf in author"
    assert "save the file as UTF-8" in problem.expected and problem.lines == Lines(1, 6)
    (declared,), remarks = reading(b"% Encoding: GBK\n" + content)
    assert [a.name for a in declared.authorships] == ["凯撒"]
    assert remarks == []


@pytest.mark.parametrize(
    ("fields", "expected", "remark"),
    [
        ("year = 2020", PartialDate("2020", 2020), ""),
        ("year = 2020, month = mar", PartialDate("mar 2020", 2020, 3), ""),
        ("year = {2020}, month = {Sept.}", PartialDate("Sept. 2020", 2020, 9), ""),
        ("year = {2020}, month = 3, day = 7", PartialDate("3 7 2020", 2020, 3, 7), ""),
        ("year = {2020}, month = mar, day = 7", PartialDate("mar 7 2020", 2020, 3, 7), ""),
        ("year = {{1998}}, month = {{AUG 1}}", PartialDate("AUG 1 1998", 1998, 8, 1), ""),
        ("year = 1998, month = jul # {--} # aug", PartialDate("jul–aug 1998", 1998), ""),
        ("year = 1998, month = {Spring}", PartialDate("Spring 1998", 1998), ""),
        ("year = 1998, month = {FEB 30}", PartialDate("FEB 30 1998", 1998, 2), "FEB 30"),
        ("year = {2010/2011}", PartialDate("2010/2011", None), "2010/2011"),
        ("year = {in press}", PartialDate("in press", None), "in press"),
        ("year = {about 1984}", PartialDate("about 1984", None), "about 1984"),
        ("year = {[2004]}", PartialDate("[2004]", 2004), ""),
        ("date = {2020-03/2020-04}, year = 1999", PartialDate("2020-03/2020-04", 2020), ""),
        ("date = {2020-03-01/2020-03-04}", PartialDate("2020-03-01/2020-03-04", 2020, 3), ""),
        ("date = {2004-21}", PartialDate("2004-21", 2004), ""),
        ("date = {2004-02-30}", PartialDate("2004-02-30", None), "2004-02-30"),
        ("date = {2004/}", PartialDate("2004/", None), "2004/"),
        ("date = {1990~}", PartialDate("1990~", None), "1990~"),
        ("date = {2004-04-25T14:34:00}", PartialDate("2004-04-25T14:34:00", 2004, 4, 25), ""),
        ("date = {-0876}", PartialDate("-0876", None), "-0876"),
    ],
)
def test_dates_are_as_precise_as_printed(fields: str, expected: PartialDate, remark: str) -> None:
    """If it failed: a paper would have a day, or a year, that nobody gave it."""
    found = paper(f"@misc{{a, title={{X}}, author={{A B}}, {fields}}}", *([remark] if remark else []))
    assert found.issued == expected


def test_a_stream_without_any_entry_is_no_file_of_ours() -> None:
    """If it failed: a file of nothing would be loaded as if all were well."""
    for content in (b"", b"text only", b"@string{a = {b}}", b"\xff\xfe@\0m\0i\0s\0c\0{\0"):
        with pytest.raises(UnreadableFile, match=r"found .*, expected"):
            reading(content)


@pytest.mark.parametrize(
    "head",
    [
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .",
        "@given(names, x = 1)\ndef f(): ...",
        '{"bibtex": "\\n@misc{a, title={X}}"}',
        "<html>\n@misc{a, title={X}}",
        "TY  - JOUR\nAU  - Lovelace, Ada\n",
        "write to me@home{at}, please",
    ],
)
def test_other_formats_are_not_taken_for_bibtex(head: str) -> None:
    """If it failed: a file would be read by the wrong reader."""
    assert not sniff(head)


@pytest.mark.parametrize(
    "head",
    ["% text\n@article{a,\n  title = {X}\n}", "@string{a = {b}}", "\n @Article (a, title = {X})", "@misc{a}"],
)
def test_bibtex_is_known_by_its_content(head: str) -> None:
    """If it failed: a file would need to be named by hand."""
    assert sniff(head)


@given(st.binary(max_size=300))
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: some file would stop a load."""
    reading(b"@misc{a, title={X}, crossref={b}, date={1/2}, author={" + content + b"}}\n@misc{b," + content)
