"""Bytes to numbered lines."""

from __future__ import annotations

from io import BytesIO

import pytest

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.record_limits import LONGEST_LINE_BYTES
from collegium.graph.readers.text import text_lines


def lines(content: bytes) -> list[tuple[int, str, bool]]:
    return [tuple(line) for line in text_lines(BytesIO(content), "page.txt")]  # type: ignore[misc]


def test_lines_are_numbered_from_one_and_know_their_end() -> None:
    """If it failed: reports would name the wrong line, or a cut file would look whole."""
    assert lines(b"a\n\nb") == [(1, "a", True), (2, "", True), (3, "b", False)]


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf"])
def test_files_without_text_give_no_text(content: bytes) -> None:
    """If it failed: an empty file would be read as a page."""
    assert "".join(text for _, text, _ in lines(content)) == ""


def test_windows_line_ends_and_a_byte_order_mark_are_no_text() -> None:
    """If it failed: a page saved on Windows would have another owner, or none."""
    assert lines(b"\xef\xbb\xbfAda\r\nCL\r\n") == [(1, "Ada", True), (2, "CL", True)]


def test_only_line_feeds_end_a_line() -> None:
    """If it failed: a name with U+2028 in it would be two lines, and the line numbers of an editor would not fit."""
    text = "a\u2028b\u0085c\x0bd\x0ce"
    assert lines(text.encode()) == [(1, text, False)]


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (b"fine\nM\xfcller\n", 2, "byte 0xfc at column 2"),
        ("Ada".encode("utf-16"), 1, "NUL"),
        (b"fine\n\0", 2, "NUL"),
        (b"fine\n\xc2", 2, "byte 0xc2 at column 1"),
        (b"fine\n" + b"x" * (LONGEST_LINE_BYTES + 1), 2, "1 MiB"),
    ],
)
def test_what_is_not_text_is_refused_by_line(content: bytes, line: int, found: str) -> None:
    """If it failed: rubbish would be loaded, or the user could not find it."""
    with pytest.raises(UnreadableFile) as caught:
        lines(content)
    assert caught.value.line == line
    assert found in caught.value.message
    assert "expected" in caught.value.message
    assert caught.value.message.startswith(f"page.txt:{line}: ")


def test_a_line_of_just_the_longest_length_is_read() -> None:
    """If it failed: the limit would be another than the one it names."""
    content = b"x" * (LONGEST_LINE_BYTES - 1) + b"\n"
    assert lines(content) == [(1, "x" * (LONGEST_LINE_BYTES - 1), True)]
