"""What a paper takes from its entry: identifiers, places, keywords, and fields of others by crossref and xdata."""

from __future__ import annotations

from io import BytesIO

import pytest

from collegium.graph.readers.bibtex import read
from collegium.graph.records import Identifier, Paper, Problem, Published, Record


def records(text: str) -> list[Record]:
    return list(read(BytesIO(text.encode()), "f.bib"))


def papers(text: str) -> list[Paper]:
    return [record for record in records(text) if isinstance(record, Paper)]


def found(text: str) -> list[tuple[str, bool]]:
    """Return what the problems found, and whether it cost the entry."""
    return [(r.found, r.is_refused) for r in records(text) if isinstance(r, Problem)]


def entry(fields: str, kind: str = "article", key: str = "k") -> str:
    return f"@{kind}{{{key}, author = {{A B}}, title = {{X}}, {fields}}}"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {10.1000/ABC}", "doi 10.1000/abc"),
        ("doi = {https://doi.org/10.1000/a\\_b}", "doi 10.1000/a_b"),
        ("doi = {10.1000/a--b~c}", "doi 10.1000/a--b~c"),
        ("url = {http://dx.doi.org/10.1000/1}", "doi 10.1000/1"),
        ("doi = {10.1000/1}, url = {http://dx.doi.org/10.1000/2}", "doi 10.1000/1"),
        ("url = {https://aclanthology.org/P19-1001/}", "acl P19-1001"),
        ("url = {https://www.scopus.com/inward/record.uri?eid=2-s2.0-85&doi=10.1}", "scopus 2-s2.0-85"),
        ("eprint = {1608.01234v2}, archivePrefix = {arXiv}", "arxiv 1608.01234"),
        ("eprint = {hep-th/9711200}", "arxiv hep-th/9711200"),
        ("eprint = {123}, eprinttype = {jstor}", ""),
        ("eprint = {21654321}, eprinttype = {pubmed}", "pmid 21654321"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "arxiv 1706.03762"),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "arxiv 1706.03762"),
        (
            "biburl = {http://dblp.uni-trier.de/rec/bib/journals/tcas/GarridoKKG16}",
            "dblp journals/tcas/GarridoKKG16",
        ),
        ("pmid = 123, pmcid = {PMC5}", "pmid 123; pmcid PMC5"),
        ("isbn = {0-226-10403-6}", ""),
        ("unique-id = {ISI:000263918900029}", "wos WOS:000263918900029"),
    ],
)
def test_identifiers_are_taken_from_where_they_stand(fields: str, expected: str) -> None:
    """If it failed: one paper in two files would be two."""
    (paper,) = papers(entry(fields))
    assert "; ".join(f"{i.scheme} {i.value}" for i in paper.identifiers) == expected
    assert found(entry(fields)) == []


def test_keys_of_dblp_are_identifiers_and_isbns_of_books_only() -> None:
    """If it failed: the chapters of a book would be one paper."""
    (paper,) = papers(entry("isbn = {978-0-306-40615-7 (print)}", "book", "DBLP:books/x/Y12"))
    assert paper.identifiers == (Identifier("isbn", "9780306406157"), Identifier("dblp", "books/x/Y12"))
    assert papers(entry("isbn = {978-0-306-40615-7}", "incollection", "a/b"))[0].identifiers == ()


def test_what_is_meant_as_an_identifier_and_is_none_is_said() -> None:
    """If it failed: a mistyped DOI would vanish."""
    text = entry("doi = {10.1000}, primaryclass = {cs.XY}, eprint = {new}, eprinttype = {arXiv}")
    assert found(text) == [("doi = 10.1000", False), ("eprint = new", False), ("category cs.XY", False)]


def test_a_title_may_be_missing_when_an_identifier_is_there() -> None:
    """If it failed: a paper that others cite by DOI would be lost, or one that nobody can name be kept."""
    text = (
        "@misc{a, author={A B}, doi={10.1000/1}}\n@misc{b, author={A B}}\n@misc{c, title={X}, editor={E F}}"
    )
    assert [p.title for p in papers(text)] == ["", "X"]
    assert found(text) == [
        ("no title", False),
        ("@misc b without title", True),
        ("no author, editor: E F", False),
    ]


def test_texts_are_plain() -> None:
    """If it failed: readers would see LaTeX and HTML."""
    (paper,) = papers(
        "@article{a, author={A B}, title={{\\'E}tude of <i>E. coli</i> \\& {DNA}}, subtitle={Why?},"
        ' abstract={A~{\\em new}\n  way}, keywords={a, {b, c}, a}, journal={Jahrb{\\"u}cher}, number=3, pages={1--9}}'
    )
    assert paper.title == "Étude of E. coli & DNA: Why?"
    assert paper.abstract == "A new way" and paper.keywords == ("a", "b, c")
    assert paper.published == Published("Jahrbücher", None, "3", "1–9")


def test_scopus_counts_and_collaborations_are_read() -> None:
    """If it failed: figures would be lost, or a collaboration would not be an author."""
    (paper,) = papers(entry("note = {cited By 12}, author_keywords = {x; y, z}, collaboration = {ATLAS}"))
    assert [(r.measure, r.as_given) for r in paper.reported] == [("citations", "12")]
    assert paper.keywords == ("x", "y, z")
    assert [(a.name, a.position, a.is_collective) for a in paper.authorships] == [
        ("A B", 1, False),
        ("ATLAS", 2, True),
    ]


PARENT = (
    "@proceedings{P, title={Proc. of X}, editor={E F}, year=2001, publisher={ACM}, doi={10.1000/p},"
    " isbn={0-226-10403-6}}\n"
)
CHILD = "@inproceedings{c, author={A B}, title={Y}, crossref={P}}\n"


@pytest.mark.parametrize("text", [PARENT + CHILD, CHILD + PARENT, CHILD.replace("{P}", "{p}") + PARENT])
def test_a_child_takes_place_and_date_from_its_parent_wherever_it_stands(text: str) -> None:
    """If it failed: dblp's papers would have no year, or the DOI of their proceedings."""
    (child,) = [p for p in papers(text) if p.title == "Y"]
    assert child.published == Published("Proc. of X", None, None, None, "ACM")
    assert child.issued and child.issued.year == 2001
    assert child.identifiers == ()
    assert [a.name for a in child.authorships] == ["A B"]


def test_a_childs_own_fields_stand() -> None:
    """If it failed: a paper would get the year of another."""
    text = CHILD.replace("title={Y}", "title={Y}, date={1999-05}, booktitle={Z}") + PARENT
    child = papers(text)[0]
    assert child.published and child.published.venue == "Z"
    assert child.issued and (child.issued.year, child.issued.month) == (1999, 5)


def test_grandparents_and_xdata_pass_on_too() -> None:
    """If it failed: biblatex files would lose publishers and names."""
    text = (
        "@inbook{c, title={Y}, crossref={b}}\n@book{b, title={B}, crossref={m}, xdata={x, y}}\n"
        "@mvbook{m, title={M}, author={A B}, date={1999}}\n"
        "@xdata{x, publisher={P}}\n@xdata{y, publisher={Q}, language={german}}"
    )
    child = papers(text)[0]
    assert [p.title for p in papers(text)] == ["Y", "B", "M"]  # xdata are no papers
    assert child.published == Published("B", None, None, None, "P") and child.language == "de"
    assert child.issued and child.issued.year == 1999
    assert [a.name for a in child.authorships] == ["A B"]
    assert found(text) == []


def test_circles_and_missing_parents_are_said() -> None:
    """If it failed: a file could hang, or what is missing would not be known."""
    circle = entry("crossref={b}", key="a") + "\n" + entry("crossref={a}", key="b")
    assert found(circle) == [("crossref to a", False), ("crossref to b", False)]
    assert found(entry("crossref={nowhere}")) == [("crossref to nowhere", False)]


def test_nothing_is_taken_in_a_circle() -> None:
    """If it failed: a paper would have another one's title for its venue, though a remark says that it is left out."""
    a = "@inproceedings{a, author={A B}, title={X}, crossref={b}}\n"
    b = "@inproceedings{b, author={C D}, title={Y}, publisher={P}, crossref={a}}\n"
    one, other = papers(a + b)
    assert one.published is None and other.published == Published(publisher="P")
    assert found(a + b)[:1] == [("crossref to a", False)]
    longer = (
        a + b.replace("crossref={a}", "crossref={c}") + "@book{c, title={Z}, year={1999}, crossref={a}}\n"
    )
    assert [p.published and p.published.venue for p in papers(longer)] == [None, None, None]
    assert all(p.issued is None for p in papers(longer)[:2])


def test_who_leads_into_a_circle_takes_from_its_own_parent_alone() -> None:
    """If it failed: what the remark says is left out would be there, or what the parent itself says be lost."""
    text = (
        "@inproceedings{d, title={D}, author={A B}, crossref={a}}\n"
        "@proceedings{a, title={X}, crossref={b}}\n@proceedings{b, title={Y}, year={1999}, crossref={a}}\n"
    )
    child = papers(text)[0]
    assert child.published == Published("X") and child.issued is None
    assert found(text)[0] == ("crossref to b", False)


def test_missing_parents_of_whole_entries_are_one_remark() -> None:
    """If it failed: a part of dblp would give thousands of lines that say the same."""
    text = "\n".join(
        entry("booktitle={B}, year=2000, crossref={P}", "inproceedings", f"k{n}") for n in range(30)
    )
    assert found(text) == [("crossref to P and 29 others", False)]


def test_a_key_that_comes_twice_is_said_and_both_are_kept() -> None:
    """If it failed: one of two papers would be lost, or nobody would know."""
    text = "\n".join(entry(f"year=200{number}", key=key) for number, key in enumerate("kKk"))
    assert len(papers(text)) == 3
    assert found(text) == [("the key k", False)]


class Pipe(BytesIO):
    """A stream that cannot be read twice."""

    def seekable(self) -> bool:
        return False


def test_a_pipe_is_read_once() -> None:
    """If it failed: a stream without a way back would end in a traceback."""
    read_once = list(read(Pipe((CHILD + PARENT).encode()), "f.bib"))
    assert [r.title for r in read_once if isinstance(r, Paper)] == ["Y", "Proc. of X"]
    assert any(isinstance(r, Problem) and "crossref to P" in r.found for r in read_once)


def test_a_fan_of_xdata_costs_no_more_than_its_entries() -> None:
    """If it failed: a few kilobytes could keep a load busy for hours."""
    names = [f"x{number}" for number in range(40)]
    fan = "\n".join(
        f"@xdata{{{name}, xdata={{{','.join(names[at + 1 :])}}}}}" for at, name in enumerate(names)
    )
    text = fan.replace("x39, xdata={}", "x39, publisher={P}") + "\n" + entry("xdata={x0}")
    (paper,) = papers(text)
    assert paper.published == Published(publisher="P")
