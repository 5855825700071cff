"""Bytes to lines, where a line that is no text does not end the file."""

from __future__ import annotations

from io import BytesIO

import pytest

from collegium.graph.readers.lenient_text import Line, lenient_lines


def lines(content: bytes, longest: int = 1 << 20, second: str | None = None) -> list[Line]:
    return list(lenient_lines(BytesIO(content), longest, second))


def test_lines_are_numbered_from_one_and_know_their_end() -> None:
    """If it failed: reports would name the wrong line, or a cut file would look whole."""
    assert lines(b"\xef\xbb\xbfa\r\n\nb") == [
        Line(1, "a"),
        Line(2, ""),
        Line(3, "b", is_ended=False),
    ]
    assert lines(b"") == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_where_its_mark_stands(encoding: str) -> None:
    """If it failed: a letter with the byte 0x0A in it would end a line."""
    text = "\ufeffaਊ\r\n\nĊb"
    assert lines(text.encode(encoding)) == [Line(1, "aਊ"), Line(2, ""), Line(3, "Ċb", is_ended=False)]
    assert lines("\ufeffa\nb".encode(encoding) + b"\0")[1].fault is not None


def test_a_line_that_is_no_text_is_marked_and_the_next_one_read() -> None:
    """If it failed: one damaged byte would cost the rest of the file."""
    found = lines(b"a\nb\xff\nc\0\nd\n")
    assert [line.text[:1] for line in found] == ["a", "b", "c", "d"]
    assert [line.fault for line in found] == [
        None,
        "byte 0xff in line 2, which is not UTF-8",
        "a NUL byte in line 3",
        None,
    ]
    assert lines(b"\xe4", second="cp1252")[0].text == "ä"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_without_end_is_passed_over(encoding: str) -> None:
    """If it failed: a file of one endless line would fill the memory."""
    found = lines(("a\n" + "x" * (5 << 20) + "\nb\n").encode(encoding))
    assert [(line.number, line.text) for line in found] == [(1, "a"), (2, ""), (3, "b")]
    assert found[1].fault == "a line of over 1 MiB"
    assert lines(("x" * (5 << 20)).encode(encoding))[0].fault == "a line of over 1 MiB"
