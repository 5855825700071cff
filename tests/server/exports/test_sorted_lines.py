"""Lines sorted in parts: the same as sorted at once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.server.exports import sorted_lines
from collegium.server.exports.sorted_lines import SortedLines

lines = st.lists(st.binary(max_size=8).map(lambda raw: raw.replace(b"\n", b"").replace(b"\r", b"") + b"\n"))


@given(lines, st.integers(1, 40), st.integers(1, 7))
def test_what_comes_in_pieces_comes_out_sorted(found: list[bytes], at_once: int, piece: int) -> None:
    """If it failed: equal stores would give files that differ, or lines be cut where a part ends."""
    sorter, content, out = SortedLines(None, at_once), b"".join(found), BytesIO()
    for at in range(0, len(content), piece):
        sorter.write(content[at : at + piece])
    sorter.put_into(out)
    assert out.getvalue() == b"".join(sorted(found))


def test_many_parts_are_merged_on_the_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If it failed: a large store would need more open files than there may be, or leave files behind."""
    monkeypatch.setattr(sorted_lines, "_MOST_FILES", 3)
    sorter, out = SortedLines(tmp_path, 10), BytesIO()
    found = [b"%05d\n" % (at * 7919 % 1000) for at in range(1000)]
    for line in found:
        sorter.write(line)
    assert len(sorter._parts) <= 3
    sorter.put_into(out)
    assert out.getvalue() == b"".join(sorted(found))
    assert list(tmp_path.iterdir()) == []
