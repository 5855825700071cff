"""Author fields of BibTeX: parted at `and`, turned into the order of speech, groups, cut lists, homonyms, nonsense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.bibtex_names import authors, names_at_and
from collegium.graph.records import Identifier


def names(field: str) -> list[str]:
    return [author.name for author in authors(field).authorships]


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("van Gennep, Arnold", "Arnold van Gennep"),
        ("Thed N. van Leeuwen", "Thed N. van Leeuwen"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("{\\O}fele, Karl", "Karl Øfele"),
        ('Aks{\\i}n, {\\"O}zge', "Özge Aksın"),
        ("V{\\'a}zques{ de }Parga, Luis", "Luis Vázques de Parga"),
        ("Jones,~P.~D.", "P. D. Jones"),
        ("{Vinken, Jr.}, John", "John Vinken, Jr."),
        ("{Smith}, J.", "J. Smith"),
        ("given=Hans, family=Harman", "Hans Harman"),
        ("family={de la Cruz}, given={Juan}, prefix=von", "Juan von de la Cruz"),
        ("王小明", "王小明"),
        ("Homer", "Homer"),
    ],
)
def test_a_person_is_named_in_the_order_of_speech(printed: str, spoken: str) -> None:
    """If it failed: one person would be two, by the form of the file."""
    assert names(printed) == [spoken]
    assert not any(author.is_collective for author in authors(printed).authorships)


def test_the_printed_form_is_kept_where_it_is_another() -> None:
    """If it failed: nobody could check how a name was turned."""
    assert [a.as_given for a in authors("Lovelace, Ada and Ada Lovelace-King").authorships] == [
        "Lovelace, Ada",
        None,
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("A B and C D", ["A B", "C D"]),
        ("A B AND\n\tC D\n and\r\n E F", ["A B", "C D", "E F"]),
        ("Anderson, A. and Brandt, B.", ["Anderson, A.", "Brandt, B."]),
        ("{Barnes and Noble} and A B", ["{Barnes and Noble}", "A B"]),
        ("A{\\'and }B and C", ["A{\\'and }B", "C"]),
        ("A and  and B", ["A", "", "B"]),
    ],
)
def test_names_are_parted_at_and_outside_of_braces(field: str, expected: list[str]) -> None:
    """If it failed: two people would be one, or a firm two people."""
    assert names_at_and(field) == expected


def test_groups_in_braces_are_collective() -> None:
    """If it failed: a collaboration would be a person with a family name."""
    found = authors('{ATLAS Collaboration} and {Google, Inc.} and {{\\"O}ko-Institut} and Ada Lovelace')
    assert [(a.name, a.is_collective) for a in found.authorships] == [
        ("ATLAS Collaboration", True),
        ("Google, Inc.", True),
        ("Öko-Institut", True),
        ("Ada Lovelace", False),
    ]
    assert found.remarks == ()


@pytest.mark.parametrize(
    "field",
    [
        "A B and others",
        "A B AND OTHERS",
        "A B and et al.",
        "A B et al.",
        "B, A. et~al",
        "A B and {others}",
        "A B, et al.",
    ],
)
def test_a_cut_list_is_marked_and_nobody_is_called_others(field: str) -> None:
    """If it failed: a person called “others” would have written with everybody."""
    found = authors(field)
    assert found.is_truncated
    assert [author.name.replace("A.", "A") for author in found.authorships] == ["A B"]
    assert not authors("Al Gore and Ethan Otherson").is_truncated


def test_homonym_numbers_of_dblp_are_identifiers() -> None:
    """If it failed: the four people called Jun Zhang would be one, or their numbers part of the name."""
    (author,) = authors("Jun Zhang 0001").authorships
    assert (author.name, author.as_given) == ("Jun Zhang", "Jun Zhang 0001")
    assert author.identifiers == (Identifier("dblp-name", "Jun Zhang 0001"),)


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        ("Smith, J., Jones, A., Brown, B. and Roe, R.", [("R. Roe", 2)]),
        ("Smith, J.; Jones, A. and Roe, R.", [("R. Roe", 2)]),
        ("Smith, J. \\& Jones, A. and Roe, R.", [("R. Roe", 2)]),
        ("{Doe, Jane and Smith, John} and Roe, R.", [("R. Roe", 2)]),
        (". and Roe, R.", [("R. Roe", 2)]),
    ],
)
def test_several_people_in_one_name_are_nobody(field: str, kept: list[tuple[str, int]]) -> None:
    """If it failed: a person that does not exist would be in the graph."""
    found = authors(field)
    assert [(author.name, author.position) for author in found.authorships] == kept
    assert found.is_truncated and len(found.remarks) == 1


def test_an_empty_name_keeps_its_position_and_a_second_one_is_said() -> None:
    """If it failed: positions would shift, or one of two of a name be lost, which happens in no other format."""
    found = authors("A B and and C D and A B")
    names = [(author.name, author.position) for author in found.authorships]
    assert names == [("A B", 1), ("C D", 3), ("A B", 4)]
    assert [what for what, _ in found.remarks] == ["an empty name", "A B twice among the authors"]
    assert not found.is_truncated


def test_a_comma_between_blanks_is_said() -> None:
    """If it failed: “B Balakrisnan , S Patil” would be one person and nobody would look."""
    found = authors("B Balakrisnan , S Patil and E Smela")
    assert [a.name for a in found.authorships] == ["S Patil B Balakrisnan", "E Smela"]
    assert len(found.remarks) == 1


@given(st.text(st.sampled_from("Ab ,{}\\'\"and~=&;.\n1"), max_size=60))
def test_any_field_gives_names(field: str) -> None:
    """If it failed: some field would end in a traceback, or in an author without a name."""
    for author in authors(field).authorships:
        assert author.name.strip() == author.name != ""


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        ("John Smith \\& Jane Doe", []),
        ("Jörg Müller und Hans Meier and Roe, R.", ["R. Roe"]),
        ("Jean Dupont et Marie Curie", []),
        ("{John Smith \\& Jane Doe}", ["John Smith & Jane Doe"]),
        ("{Jörg Müller und Hans Meier}", ["Jörg Müller und Hans Meier"]),
        ("Müller und Meier", ["Müller und Meier"]),
    ],
)
def test_people_parted_by_another_word_are_said(field: str, kept: list[str]) -> None:
    """If it failed: two people would silently be one who does not exist; of which is whose we guess nothing."""
    found = authors(field)
    assert [author.name for author in found.authorships] == kept
    assert len(found.remarks) == 1
    assert found.is_truncated is ("left out" in found.remarks[0][1])


@pytest.mark.parametrize("field", ["{Barnes and Noble}", "{Simon \\& Schuster}", "Ortega y Gasset, José"])
def test_groups_and_names_that_hold_such_a_word_are_not_remarked(field: str) -> None:
    """If it failed: remarks would stand on what is well, and hide the others."""
    found = authors(field)
    assert len(found.authorships) == 1 and found.remarks == () and not found.is_truncated
