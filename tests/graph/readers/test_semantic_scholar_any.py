"""Tests of `graph/readers/semantic_scholar.py`: whatever stands in a field, or in a file."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import semantic_scholar

KEYS = (
    "paperId title authors authorId name papers externalIds year publicationDate journal venue publicationVenue "
    "references citations s2FieldsOfStudy fieldsOfStudy publicationTypes abstract content citationCount hIndex "
    "affiliations aliases openaccessinfo url ids corpusid citedPaper"
).split()
INNER = (
    "authorId name ids text annotations author title start end DOI DBLP pages paperId first middle".split()
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=4),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(KEYS), ANY, min_size=1))
def test_no_value_in_any_field_raises(fields: dict[str, Any]) -> None:
    """Data of others holds null, numbers and lists where there should be none."""
    assert list(semantic_scholar.read(io.BytesIO(json.dumps(fields).encode()), "x"))


@given(st.binary())
def test_no_bytes_raise_but_as_unreadable(data: bytes) -> None:
    """A reader must survive whatever is called by its format's name."""
    try:
        list(semantic_scholar.read(io.BytesIO(data), "x"))
    except UnreadableFile:
        assert not data.strip(b" \t\r\n\x1e\xef\xbb\xbf")


@pytest.mark.parametrize("data", [b"", b"\n"])
def test_an_empty_file_is_unreadable(data: bytes) -> None:
    """There is nothing to say about it but that."""
    with pytest.raises(UnreadableFile):
        list(semantic_scholar.read(io.BytesIO(data), "x"))
