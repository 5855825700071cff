"""Rows as columns: shorter, and the same rows again."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from collegium.server.drawings.columns import columns
from drawing_pages import rows_of

values = st.one_of(
    st.none(), st.integers(), st.text(max_size=6), st.sampled_from(["author/a", "author/b", "author/"])
)
tables = st.lists(st.fixed_dictionaries({"a": values, "b": values}), max_size=5)


@given(tables)
def test_rows_come_back(rows: list[dict[str, Any]]) -> None:
    """If it failed: a picture would show another name or link than the network has."""
    assert rows_of(json.dumps(columns(rows))) == rows
