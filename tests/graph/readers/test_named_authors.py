"""Nobody is called "Anonymous", in whatever format; and John Anonymous is somebody."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from collegium.graph.person_names import is_nobody
from collegium.graph.readers import reader_named
from collegium.graph.records import Paper, Problem

NOBODIES = [
    "Anonymous",
    "Anon.",
    "Unknown",
    "N.N.",
    "NN",
    "[s.n.]",
    "No author",
    "(:unkn) Unknown",
    "(:null)",
]


def read(name: str, content: str | dict[str, Any]) -> tuple[Paper, list[Problem]]:
    """Return the paper of a text, or of a value as JSON, and what is said of it."""
    text = content if isinstance(content, str) else json.dumps(content)
    paper, *problems = reader_named(name).read(BytesIO(text.encode()), "file")
    assert isinstance(paper, Paper)
    return paper, [problem for problem in problems if isinstance(problem, Problem)]


def contents(printed: str) -> list[tuple[str, str | dict[str, Any]]]:
    """Return a paper of Ada and somebody, in several formats."""
    ada, row = "Ada Lovelace", "title,author,position\nT,{},{}\nT,Ada Lovelace,9\n"
    listed = [{"author": {"display_name": name}} for name in (printed, ada)]
    return [
        ("bibtex", f"@article{{k, title={{T}}, author={{{{{printed}}} and {ada}}}}}"),
        ("crossref", {"title": ["T"], "DOI": "10.1/a", "author": [{"family": printed}, {"name": ada}]}),
        ("csl_json", {"title": "T", "type": "book", "author": [{"literal": printed}, {"literal": ada}]}),
        ("openalex", {"id": "https://openalex.org/W1", "title": "T", "authorships": listed}),
        ("semantic_scholar", {"title": "T", "paperId": "a" * 40, "authors": [printed, ada]}),
        ("datacite", {"doi": "10.1/a", "titles": [{"title": "T"}], "creators": [{"name": printed}, {"name": ada}]}),
        ("ris", f"TY  - JOUR\nTI  - T\nAU  - {printed}\nAU  - {ada}\nER  - \n"),
        ("paper_table", row.format(printed, 1)),
        ("nbib", f"PMID- 1\nTI  - T\nFAU - {printed}\nFAU - {ada}\n"),
    ]  # fmt: skip


@pytest.mark.parametrize("printed", NOBODIES)
def test_nobody_is_left_out_and_the_list_counts_as_cut(printed: str) -> None:
    """If it failed: one person called Anonymous would have written with everybody."""
    for name, content in contents(printed):
        paper, problems = read(name, content)
        assert [author.name for author in paper.authorships] == ["Ada Lovelace"], name
        assert paper.is_truncated, name
        assert paper.authorships[0].position in (2, 9), name
        assert any("counts as cut" in problem.expected for problem in problems), name


def test_who_has_more_of_a_name_is_somebody() -> None:
    """If it failed: people would be left out for what they are called."""
    for name in ("Anonymous, John", "Unknown, Mary"):
        paper, problems = read("ris", f"TY  - JOUR\nTI  - T\nAU  - {name}\nER  - \n")
        assert len(paper.authorships) == 1 and not paper.is_truncated and not problems
    others = ("John Anonymous", "An On", "SN", "Nn Ng", "Tba", "None", "Null", "Anonymous4", "(:abc", "Anna")
    assert not any(map(is_nobody, others))


def test_many_nobodies_are_told_in_short() -> None:
    """If it failed: a made list would fill a report."""
    paper, problems = read("semantic_scholar", {"title": "T", "paperId": "a" * 40, "authors": ["Anon."] * 30})
    assert not paper.authorships and paper.is_truncated
    assert [p.found for p in problems if "who are nobody" in p.found] == ["10 more authors who are nobody"]
    assert len([p for p in problems if p.found == "Anon. as author"]) == 20


def test_the_address_of_an_anonymous_paper_is_the_papers() -> None:
    """If it failed: where such a paper was written would be lost."""
    paper, _ = read("ris", "TY  - JOUR\nTI  - T\nAU  - [Anonymous]\nAD  - MIT\nER  - \n")
    assert paper.institutions == ("MIT",)
