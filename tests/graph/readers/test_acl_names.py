"""The names of the ACL Anthology: who is known under several, read from YAML of one form."""

from __future__ import annotations

import lzma
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import acl_names, identify
from collegium.graph.records import Identifier, Institution, Lines, Problem, Profile, Record


def read(content: str) -> list[Record]:
    return list(acl_names.read(BytesIO(content.encode()), "n.yaml"))


def test_the_whole_file_is_read(shared_data: Path) -> None:
    """If it failed: people or names would be lost. Counted with grep: 3,687 people, 3,475 names below them."""
    with lzma.open(shared_data / "acl" / "name_variants.yaml.xz") as stream:
        records = list(acl_names.read(stream, "n.yaml"))
    profiles = [record for record in records if isinstance(record, Profile)]
    problems = [record for record in records if isinstance(record, Problem)]
    assert len(profiles) == 3_687
    assert sum(i.scheme == "acl-author" for p in profiles for i in p.identifiers) == 1_121
    assert sum(i.scheme == "orcid" for p in profiles for i in p.identifiers) == 130
    assert sum(len(profile.institutions) for profile in profiles) == 91
    assert [(p.lines, p.found) for p in problems] == [
        (Lines(5_814, 5_817), "variant: {first: Troy, last: Lee}")
    ]


def test_a_person_is_read_with_all_names() -> None:
    """If it failed: two names of one person would stay two people."""
    content = (
        "# people\n---\n- canonical: {first: Karën, last: Fort}\n  id: karen-fort\n  orcid: 0000-0002-0723-8850\n"
        "  institution: Sorbonne: Paris\n  comment: none\n  variants:\n  - {first: Karen, last: Fort}\n"
        "  - {first: '', last: 'O''Fort, Jr.'}\n- canonical: {last: \"\\u0041da\"}\n"
    )
    assert read(content) == [
        Profile(
            "Karën Fort",
            Lines(3, 10),
            identifiers=(Identifier("acl-author", "karen-fort"), Identifier("orcid", "0000-0002-0723-8850")),
            names=("Karen Fort", "O'Fort, Jr."),
            institutions=(Institution("Sorbonne: Paris"),),
        ),
        Profile("Ada", Lines(11, 11)),
    ]


def test_what_is_of_another_form_is_said() -> None:
    """If it failed: a person would be lost, or a field, without a word."""
    content = (
        "x: 1\n- canonical: [Ada]\n- canonical: {last: B}\n  id: Ä\n  hobby: chess\n  variants:\n  - C\n"
    )
    found = [(r.found, r.is_refused) if isinstance(r, Problem) else "B" for r in read(content)]
    assert found == [
        ("x: 1", True),
        ("[Ada]", True),
        "B",
        ("hobby: chess", False),
        ("- C", False),
        ("Ä", False),
    ]


def test_it_is_known_by_its_content(shared_data: Path) -> None:
    """If it failed: the file would be refused, or another file would be taken for one."""
    for path in shared_data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content = (lzma.decompress(content) if path.suffix == ".xz" else content)[: 1 << 16]
            is_names = path.name == "name_variants.yaml.xz"
            assert acl_names.sniff(content.decode("utf-8", "replace")) == is_names, path
            if is_names:
                assert identify(content, path.name).name == "acl_names"


def test_bytes_that_are_no_text_end_the_file() -> None:
    """If it failed: what was read before would be lost, or the rest would be missing without a word."""
    content = b"- canonical: {first: A, last: B}\n\xff\n"
    profile, problem = acl_names.read(BytesIO(content), "n.yaml")
    assert profile == Profile("A B", Lines(1, 1))
    assert isinstance(problem, Problem)
    assert (problem.lines, problem.is_refused) == (Lines(2, 2), True)
    with pytest.raises(UnreadableFile):
        list(acl_names.read(BytesIO(b"\xff"), "n.yaml"))


@given(
    st.text(),
    st.sampled_from(["", "- canonical: {first: ", "- canonical: {first: A, last: B}\n  variants:\n  - "]),
)
def test_no_text_raises_anything_else(text: str, start: str) -> None:
    """If it failed: a broken file would end in a traceback."""
    try:
        list(acl_names.read(BytesIO((start + text).encode("utf-8", "surrogatepass")), "n.yaml"))
    except UnreadableFile as error:
        assert error.line is not None
