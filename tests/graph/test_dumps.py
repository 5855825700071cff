"""Telling a dump of a store from other RDF."""

from __future__ import annotations

from io import BytesIO

import pytest

from collegium.graph import dumps
from collegium.graph.dumps import base_of_dump, may_be_dump
from collegium.graph.vocabulary import CK_SOURCE, RDF_TYPE

SOURCE = f"<http://h/b/source/a-1> {RDF_TYPE} {CK_SOURCE}"
CLAIM = f"{SOURCE} <http://h/b/source/a-1> .\n"
PLACE = "<http://h/b/source/a-1/record/1> <a:p> <a:b> <http://h/b/source/a-1/provenance> .\n"


@pytest.mark.parametrize(
    ("text", "base"),
    [
        (CLAIM, "http://h/b/"),
        (f"{SOURCE} .\n{PLACE}", "http://h/b/"),
        (f"{PLACE}{SOURCE} .\n", "http://h/b/"),
        (f"{SOURCE} .\n", None),
        (PLACE, None),
        ('<http://h/source/a> <a:p> "b" <http://h/source/a> .\n', None),
    ],
)
def test_a_dump_names_a_source_and_has_its_graphs(text: str, base: str | None) -> None:
    """If it failed: other people's RDF would be refused as a dump, or a dump be read as their RDF."""
    assert base_of_dump(BytesIO(text.encode())) == base


def test_a_dump_is_known_deep_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the line that tells would be missed where a piece ends inside it."""
    monkeypatch.setattr(dumps, "_PIECE", 64)
    filler = '<a:a> <a:b> "c" .\n' * 20
    for cut in range(64):
        assert base_of_dump(BytesIO((filler + "#" * cut + "\n" + CLAIM).encode())) == "http://h/b/"


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b'<a:a> <a:b> "c" .\n', True),
        (b"\xef\xbb\xbf# made by hand\n\n_:a <a:b> _:c <a:g> .\n", True),
        (b"@prefix a: <b:c> .\n", False),
        (b"<xml>\n", False),
        (b"", False),
    ],
)
def test_only_statements_in_lines_are_looked_through(head: bytes, is_one: bool) -> None:
    """If it failed: each large file of another format would be read once more."""
    assert may_be_dump(head) is is_one
