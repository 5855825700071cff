"""Authors in tables of papers: lists that are cut, names that are missing, namesakes, and rows of one paper."""

from __future__ import annotations

from io import BytesIO

import pytest

from collegium.graph.person_names import cut, stands_for_others
from collegium.graph.readers import paper_table
from collegium.graph.records import Paper, Problem


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
