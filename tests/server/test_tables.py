"""Tables on a terminal that is too narrow for them."""

from __future__ import annotations

import pytest

from collegium.server import tables

ROWS = [
    {
        "rank": 1,
        "name": "A name of many words that may be broken",
        "value": 1234567.5,
        "id": "orcid-0000-0001",
    },
    {"rank": 2, "name": "B", "value": None, "id": "b"},
]


def test_numbers_and_ids_stay_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a number broken over two lines would be read as two, and an ID could not be copied."""
    printed = {}
    for width in (100, 60, 20):
        monkeypatch.setattr(tables, "_WIDE", width)
        tables.print_table(ROWS, title="T")
        printed[width] = capsys.readouterr().out
        assert max(map(len, printed[width].splitlines())) <= width or width == 20
        assert "1.23457e+06" in printed[width] and "orcid-0000-0001" in printed[width]
    assert "many words that may be broken" in printed[100]
    assert "many words that may be broken" not in printed[60]
    assert "rank: 2\nname: B\nvalue: –\nid: b" in printed[20]
