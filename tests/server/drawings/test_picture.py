"""Names, counts, radii and widths as they are shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collegium.server.drawings.picture import Picture, clean, radius, short_label, width


@given(st.text())
def test_a_label_is_one_short_line_that_can_be_written(text: str) -> None:
    """If it failed: one name could break the page, the line, or the direction of its neighbours."""
    label = short_label(text)
    assert len(label) <= 28
    label.encode("utf-8")
    assert len(label.splitlines()) <= 1 and "\u202e" not in label and "\0" not in label


def test_lone_surrogates_do_not_break_the_page() -> None:
    """If it failed: one damaged name would make the whole page impossible to send."""
    assert clean("a\ud800b") == "a?b"


def test_areas_grow_with_values() -> None:
    """If it failed: sizes would mislead."""
    assert [radius(value, 16) for value in (0, 4, 16)] == [6, 14, 22]
    assert radius(3, 0) == 6


def test_lines_grow_with_joint_papers_and_stay_lines() -> None:
    """If it failed: a thick line would not mean more papers, or cover the dots."""
    assert width(1, 1) == 1.3
    assert width(1, 4) < width(2, 4) < width(4, 4)
    assert width(400, 400) <= 8.01


def test_things_are_called_by_their_name() -> None:
    """If it failed: a picture of institutions would speak of authors."""
    empty = Picture("network", (), (), (), (), ())
    assert empty.noun == ("node", "nodes") and empty.counts == "0 nodes, 0 links."
