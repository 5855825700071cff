"""Authors in tables of papers: lists that are cut, names that are missing, namesakes, and rows of one paper."""

from __future__ import annotations

from io import BytesIO

import pytest

from collegium.graph.names import author_id
from collegium.graph.person_names import cut, stands_for_others
from collegium.graph.readers import paper_table
from collegium.graph.records import Identifier, Lines, Paper, Problem


def from_table(text: str) -> tuple[list[Paper], list[Problem]]:
    """Return the papers of a table, and what is said of them."""
    found = list(paper_table.read(BytesIO(text.encode()), "papers.csv"))
    return [r for r in found if isinstance(r, Paper)], [r for r in found if isinstance(r, Problem)]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("John Smith et al.", ["John Smith"]),
        ("Smith, John; Doe, J. et al.", ["John Smith", "J. Doe"]),
        ("Ann Lee et al", ["Ann Lee"]),
        ("Ann Lee et. al.", ["Ann Lee"]),
        ("Ann Lee, et al.", ["Ann Lee"]),
        ("Lee, Ann; et al.", ["Ann Lee"]),
        ("Ann Lee and others", ["Ann Lee"]),
    ],
)
def test_et_al_behind_the_last_name_cuts_the_list(cell: str, names: list[str]) -> None:
    """If it failed: "John Smith et al." would be a person, and the only author."""
    (paper,), problems = from_table(f'title,authors\nT,"{cell}"\n')
    assert [author.name for author in paper.authorships] == names
    assert paper.is_truncated and not problems


def test_et_al_cuts_a_list_with_commas_too() -> None:
    """If it failed: the last author of such a list would bear it in their name."""
    papers, problems = from_table('title,authors\nT,"Ada Lovelace, Luigi Menabrea, Emmy Noether et al."\n')
    assert [author.name for author in papers[0].authorships] == [
        "Ada Lovelace",
        "Luigi Menabrea",
        "Emmy Noether",
    ]
    assert papers[0].is_truncated and not problems


def test_et_al_is_known_without_a_blank() -> None:
    """If it failed: "et.al." would be a person, as no blank parts it."""
    assert cut("Ann Lee et.al.") == ("Ann Lee", True) and stands_for_others("et.al.")
    assert cut("Ann Leetal") == ("Ann Leetal", False)


def test_numbers_keep_two_of_one_name_apart() -> None:
    """If it failed: two people called Li Wei would be one, though the table tells them apart."""
    text = "paper_id,title,author,author_id\n1,T,Li Wei,7.0\n1,T,Bo Yu,9\n2,U,Li Wei,8\n3,V,Li Wei,\n4,W,Li Wei,7\n"
    papers, problems = from_table(text)
    known = [[author_id(author) for author in paper.authorships] for paper in papers]
    (one, other), (third,), (nobody,), (again,) = known
    assert one == again != third and one.startswith("li-wei~7") and third.startswith("li-wei~8")
    assert (other, nobody) == ("bo-yu", "li-wei")  # a number says nothing where no other has the name
    assert not problems


@pytest.mark.parametrize("column", ["author_id", "authorId", "Author ID", "author id"])
def test_the_order_of_namesakes_and_the_name_of_the_column_do_not_count(column: str) -> None:
    """If it failed: a table that is sorted anew would name its authors anew."""
    rows = ["1,T,Li Wei,7", "2,U,Li Wei,8"]
    found = [
        from_table("\n".join((f"paper_id,title,author,{column}", *order)))[0] for order in (rows, rows[::-1])
    ]
    one, other = ({p.title: author_id(p.authorships[0]) for p in papers} for papers in found)
    assert one == other and len(set(one.values())) == 2


def test_numbers_of_lists_orcids_and_numbers_that_do_not_fit() -> None:
    """If it failed: numbers would be given to the wrong people, or an ORCID be a number of the table."""
    orcid = "0000-0002-1825-0097"
    text = f"title,authors,author ids\nT,Li Wei; Bo Yu,7; {orcid}\nU,Li Wei; Bo Yu,8; 9\nV,Li Wei; Bo Yu,8\n"
    papers, problems = from_table(text)
    assert [[bool(a.identifiers) for a in paper.authorships] for paper in papers] == [
        [True, True],
        [True, False],
        [False, False],
    ]
    assert papers[0].authorships[1].identifiers == (Identifier("orcid", orcid),)
    assert [problem.found for problem in problems] == ["8"]


def test_columns_that_are_not_read_are_one_remark() -> None:
    """If it failed: what a table holds would vanish without a word."""
    _, problems = from_table("title,Title,authors,funder,author_orcid,\nT,U,A,F,0000-0002-1825-0097,\n")
    assert [(p.found, p.lines, p.is_refused) for p in problems] == [
        ("columns that are not read: Title, funder", Lines(1, 1), False)
    ]
    many = ",".join(f"c{n}" for n in range(30))
    (problem,) = from_table(f"title,author,{many},\n" + "T,A" + ",x" * 31 + "\n")[1]
    assert problem.found.endswith("c19 and 11 more")


@pytest.mark.parametrize("column", ["paper_id", "id", "ID", "paper id"])
def test_rows_of_one_number_are_one_paper_whatever_their_years(column: str) -> None:
    """If it failed: a slip in one cell would make two papers of one, and its authors no coauthors."""
    text = f"{column},title,author,year\nP1,T,Ann Lee,2001\nP1,T,Bob Ray,2002\nP2,U,Cy Day,2003\n"
    (paper, _), problems = from_table(text)
    assert [author.name for author in paper.authorships] == ["Ann Lee", "Bob Ray"]
    assert paper.issued and paper.issued.year == 2001
    assert [(p.found, p.lines) for p in problems] == [("year 2002", Lines(2, 3))]


def test_rows_of_one_number_with_lists_are_one_paper() -> None:
    """If it failed: a paper that stands twice in a table, in two versions, would be two."""
    text = (
        "paper_id,title,authors,year\nP1,T,Ann Lee; Bob Ray,\nP1,T,Ann Lee; Bob Ray,2002\nP1,T,Cy Day,2002\n"
    )
    (paper,), problems = from_table(text)
    assert [author.name for author in paper.authorships] == ["Ann Lee", "Bob Ray", "Cy Day"]
    assert paper.issued and paper.issued.year == 2002 and not problems


def test_a_bare_id_that_numbers_something_else_is_no_number_of_papers() -> None:
    """If it failed: rows that are numbered through, or numbers of authors, would part or join papers."""
    rows = "id,title,author,year\n1,T,Ann Lee,2001\n2,T,Bob Ray,2001\n"
    assert [len(paper.authorships) for paper in from_table(rows)[0]] == [2]
    people = "id,title,author\n1,T,Ann Lee\n2,T,Bob Ray\n1,U,Ann Lee\n2,U,Bob Ray\n"
    assert [(paper.title, len(paper.authorships)) for paper in from_table(people)[0]] == [("T", 2), ("U", 2)]
