"""Every reader on what it is not made for: broken files, files of all other formats, and none at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS
from collegium.graph.records import Institution, Paper, Problem, Profile, Statement, Tie
from reader_samples import FORMATS, samples_of

MOST_BYTES = 8_000
_MOST_REPEATED = 100_000  # bytes
SLOWEST = timedelta(seconds=10)  # for a few kilobytes; a hundredth of a second is usual
PIECES = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\x1a", b"\r", b"\n", b"\t",
    b"]", b"[", b"{", b"}", b'"', b"'", b"<", b">", b"&", b"-", b"*", b"@", b"#", b"$", b"%00", b"\\", b",", b";",
    b"null", b"true", b"{}", b"[null]", b"1e999", b"NaN", b"-1", b"0000", b"9" * 400, b"\\ud800", b"\\u0000",
    b"&#0;", b"&#x1F;", b"&a;", b"<!DOCTYPE a [", b"]]>", b"<!--", b"and others", b"et al.", b"$\\", b"\\'{",
)  # fmt: skip
NESTED = (b"[", b"{", b'{"a":', b"<a>", b"(", b"<<", b"{{", b"_:a [ <b> ")
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "gb18030")

Change = Callable[[bytes], bytes]


@cache
def _samples(format: str, shared_data: Path) -> list[bytes]:
    return samples_of(format, shared_data, MOST_BYTES)


def survives(format: str, content: bytes) -> None:
    """Read: records that say something come out, or the one error that is ours."""
    try:
        for record in READERS[format].read(BytesIO(content), "file"):
            if isinstance(record, Statement):  # its place is told with what is wrong of it
                continue
            assert isinstance(record, (Paper, Profile, Institution, Tie, Problem))
            assert record.lines is not None and 1 <= record.lines.first <= record.lines.last
            if isinstance(record, Problem):
                assert record.found and record.expected
            elif isinstance(record, Paper):
                assert record.title or record.identifiers
                assert all(author.name for author in record.authorships)
    except UnreadableFile as error:
        assert str(error).startswith("file") and "expected" in str(error)


def _flipped(at: int, value: int) -> Change:
    return lambda content: content[: at % len(content)] + bytes([value]) + content[at % len(content) + 1 :]


def _inserted(at: int, piece: bytes) -> Change:
    return lambda content: content[: at % len(content)] + piece + content[at % len(content) :]


def _cut(start: int, size: int) -> Change:
    return lambda content: content[: start % len(content)] + content[start % len(content) + size :]


def _ended(at: int) -> Change:
    return lambda content: content[: at % len(content)]


def _repeated(at: int, times: int) -> Change:
    def change(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        place = at % len(lines)
        few = min(
            times, _MOST_REPEATED // len(lines[place])
        )  # of a file of one line, repeated again and again
        return b"".join([*lines[:place], *[lines[place]] * few, *lines[place:]])

    return change


def _encoded(encoding: str) -> Change:
    return lambda content: content.decode("utf-8", "replace").encode(encoding, "replace")


def _joined(mark: bytes) -> Change:
    return lambda content: content.replace(b"\n", mark)


number = st.integers(0, 1 << 20)
changes = st.one_of(
    st.builds(_flipped, number, st.integers(0, 255)),
    st.builds(_inserted, number, st.sampled_from(PIECES)),
    st.builds(
        _inserted,
        number,
        st.builds(lambda piece, n: piece * n, st.sampled_from(NESTED), st.integers(1, 9_000)),
    ),
    st.builds(_cut, number, st.integers(1, 2_000)),
    st.builds(_ended, number),
    st.builds(_repeated, number, st.integers(1, 60)),
    st.builds(_encoded, st.sampled_from(ENCODINGS)),
    st.builds(_joined, st.sampled_from((b"\r\n", b"\r", b" ", b"\0\n"))),
)


def test_every_reader_has_a_sample() -> None:
    """If it failed: a reader would be tested on nothing."""
    assert set(FORMATS) == set(READERS)


@pytest.mark.parametrize("format", READERS)
@settings(max_examples=40, deadline=SLOWEST, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_broken_file_gives_records_or_one_error(
    format: str, shared_data: Path, data: st.DataObject
) -> None:
    """If it failed: a strange file would stop a load of many with a traceback, or for ever."""
    content = data.draw(st.sampled_from(_samples(format, shared_data)))
    for change in data.draw(st.lists(changes, min_size=1, max_size=4)):
        content = change(content or b"\n")
    survives(format, content)


@pytest.mark.parametrize("format", READERS)
def test_a_file_of_another_format_is_survived(format: str, shared_data: Path) -> None:
    """If it failed: `--format` with a wrong word would end in a traceback."""
    for other in READERS:
        for content in _samples(other, shared_data):
            survives(format, content)


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\0" * 9_000, b"null", b"[]"]
)
def test_a_file_with_nothing_in_it_is_survived(format: str, content: bytes) -> None:
    """If it failed: an empty download would end in a traceback."""
    survives(format, content)


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize("opening", NESTED)
def test_nesting_a_hundred_thousand_deep_is_survived(format: str, opening: bytes, shared_data: Path) -> None:
    """If it failed: a few bytes, repeated, would use up the stack and kill the process."""
    survives(format, opening * 100_000)
    sample = _samples(format, shared_data)[0]
    survives(format, sample[: len(sample) // 2] + opening * 100_000)
