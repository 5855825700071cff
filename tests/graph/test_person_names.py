"""Names in the order of speech: what is said is put in order, what is not said is not guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.person_names import spoken, stands_for_others, turned


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Ada", "Lovelace", None, None), "Ada Lovelace"),
        ((None, "Plato", None, None), "Plato"),
        (("Cher", None, None, None), "Cher"),
        ((None, None, None, None), ""),
        (("", " ", "", ""), ""),
        (("Guido ", "Rossum", "van", None), "Guido van Rossum"),
        (("John", "Doe", None, "III"), "John Doe III"),
        (("大輔", "山田", None, None), "山田大輔"),
        (("민수", "김", None, None), "김민수"),
        (("Shuo", "陈", None, None), "Shuo 陈"),
    ],
)
def test_parts_are_put_in_order(
    parts: tuple[str | None, str | None, str | None, str | None], expected: str
) -> None:
    """If it failed: one person would have two names in two sources."""
    assert spoken(*parts) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Lovelace, Ada", "Ada Lovelace"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("van Rossum, Guido", "Guido van Rossum"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("Gates, William H., III", "William H. Gates III"),
        ("Sammy Davis, Jr.", "Sammy Davis Jr."),
        ("Smith, JR", "JR Smith"),
        ("Ivanov, IV", "IV Ivanov"),
        ("Ivanov, II", "II Ivanov"),
        ("Smith,", "Smith"),
        (", Ada", "Ada"),
        (",", ","),
        ("", ""),
        ("One, Two, Three", "One, Two, Three"),
        ("陈, 硕", "陈硕"),
        ("陈，硕", "陈硕"),
    ],
)
def test_family_first_is_turned(printed: str, expected: str) -> None:
    """If it failed: a name would be turned that cannot be told apart, or stay in the order of an index."""
    assert turned(printed) == expected


@pytest.mark.parametrize(
    "said", ["et al.", "et al", "et. al.", "Et Al.", "others", "and others", "(et al.)", " et al,"]
)
def test_others_are_known(said: str) -> None:
    """If it failed: somebody called “others” would have written many papers."""
    assert stands_for_others(said)


@pytest.mark.parametrize("name", ["Al Gore", "Etal Smith", "J. Others", "", "Anders"])
def test_names_are_no_others(name: str) -> None:
    """If it failed: a person would be left out."""
    assert not stands_for_others(name)


@given(st.text(max_size=40))
def test_any_text_is_taken(printed: str) -> None:
    """If it failed: an odd name would stop a whole file."""
    assert turned(printed) == " ".join(turned(printed).split())
    stands_for_others(printed)
