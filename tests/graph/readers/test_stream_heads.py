"""Streams whose beginning was looked at: nothing of them is lost, and no line is cut where the head ends."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.stream_heads import Resumed, head_of


class Sparing(BytesIO):
    """A stream that gives two bytes at most, as one that unpacks may."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, fewer than asked for."""
        return super().read(2 if size is None or size < 0 else min(size, 2))


def test_a_head_is_as_long_as_asked_for_unless_the_file_ends() -> None:
    """If it failed: what a packed file is would be told by a few of its bytes."""
    assert head_of(Sparing(b"abcdefg"), 5) == b"abcde"
    assert head_of(Sparing(b"abc"), 5) == b"abc"


@given(st.binary(max_size=40), st.integers(0, 50), st.sampled_from([-1, 1, 3, 7, None]))
def test_a_stream_gives_all_bytes_and_whole_lines_again(content: bytes, size: int, step: int | None) -> None:
    """If it failed: a file would lose bytes at the end of what was looked at, or have a line in two."""
    stream = BytesIO(content)
    resumed = Resumed(head_of(stream, size), stream)
    assert b"".join(iter(lambda: resumed.read(step), b"")) == content
    stream = BytesIO(content)
    resumed = Resumed(head_of(stream, size), stream)
    assert list(iter(resumed.readline, b"")) == BytesIO(content).readlines()


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_a_limit_of_a_line_counts_over_both_parts(limit: int) -> None:
    """If it failed: a line longer than may be read would be read."""
    stream = BytesIO(b"abcdefgh\nij")
    again = Resumed(head_of(stream, 3), stream)
    assert again.readline(limit) == b"abcdefgh"[:limit]
