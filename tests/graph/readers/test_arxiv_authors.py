"""arXiv's line of authors: names, affiliations, cut lists, groups; and what arXiv itself makes of such lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.names import name_key
from collegium.graph.person_names import spoken
from collegium.graph.readers.arxiv_authors import authors_of


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (r"C. Bal\'azs, E. L. Berger and C.-P. Yuan", ["C. Balázs", "E. L. Berger", "C.-P. Yuan"]),
        ("A. One,\n  B. Two, and C. Three", ["A. One", "B. Two", "C. Three"]),
        ("The BABAR Collaboration: B. Aubert, et al", ["The BABAR Collaboration", "B. Aubert"]),
        ("F. Aharonian et al.", ["F. Aharonian"]),
        ("Neal J. Evans, II, Sammy Davis, Jr.", ["Neal J. Evans II", "Sammy Davis Jr."]),
        ("Alessandro Band, Sandy Andrews", ["Alessandro Band", "Sandy Andrews"]),
        ("", []),
        (", , ;", []),
        ("(only) (brackets)", []),
    ],
)
def test_names_of_a_line(line: str, names: list[str]) -> None:
    """If it failed: two people would become one, or one two."""
    found = authors_of(line).authorships
    assert [author.name for author in found] == names
    assert [author.position for author in found] == list(range(1, len(names) + 1))


@pytest.mark.parametrize(
    ("line", "affiliations"),
    [
        ("A. B (Oxford), C. D (MIT, Cambridge)", [("Oxford",), ("MIT, Cambridge",)]),
        ("A. B, C. D (Stanford)", [("Stanford",), ("Stanford",)]),
        ("A. B (1), C. D (1 and 2) ((1) X, Y, (2) Z)", [("X, Y",), ("X, Y", "Z")]),
        ("A. B (1,2), C. D (2) (1 INAF, Via 3; 2 SISSA)", [("INAF, Via 3", "SISSA"), ("SISSA",)]),
        ("A. B (1), C. D (2)", [(), ()]),
        ("The X Collaboration, A. B (CERN)", [(), ("CERN",)]),
        ("A. B (Univ. (new) of C", [("Univ. (new) of C",)]),
    ],
)
def test_affiliations_of_a_line(line: str, affiliations: list[tuple[str, ...]]) -> None:
    """If it failed: an author would be placed where somebody else works."""
    assert [author.affiliations for author in authors_of(line).authorships] == affiliations


def test_a_cut_line_and_a_group_are_told() -> None:
    """If it failed: a short list would pass for a whole one, or a group for a person."""
    cut, whole = (
        authors_of("The BABAR Collaboration, B. Aubert, et al"),
        authors_of("Etal Albert, A. Andothers"),
    )
    assert (cut.is_truncated, whole.is_truncated) == (True, False)
    assert [author.is_collective for author in cut.authorships] == [True, False]


def test_the_same_names_as_arxiv_finds(shared_data: Path) -> None:
    """If it failed: a paper read from OAI-PMH would have other authors than the same from the snapshot."""
    lines = (shared_data / "arxiv" / "arxiv-metadata-oai-snapshot.200.jsonl").read_bytes().splitlines()
    for row in map(json.loads, lines):
        theirs = [
            name_key(spoken(given, family, suffix=jr)) for family, given, jr, *_ in row["authors_parsed"]
        ]
        assert [name_key(author.name) for author in authors_of(row["authors"]).authorships] == theirs


@given(st.text(alphabet="ab .,;:()[]&1\\'\n{}", max_size=60))
def test_any_line_is_read(line: str) -> None:
    """If it failed: a broken line of authors would stop a load."""
    assert all(author.name.strip() for author in authors_of(line).authorships)


@pytest.mark.parametrize(
    "piece", ["(", "(1)", "a (b), ", " and ", "((1) ", "(1 A; ", "x (1 and ", "1", ", Jr."]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    """If it failed (by not ending): one long line could hold up a load for hours."""
    authors_of("a (" + piece * (200_000 // len(piece)) + "x)")
