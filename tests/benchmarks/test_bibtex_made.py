"""The entries that the BibTeX benchmark makes where it is given no file."""

from __future__ import annotations

from io import BytesIO

from bibtex import made
from collegium.graph.readers.bibtex import read
from collegium.graph.records import Paper
from papers import papers


def test_made_entries_are_the_papers_they_are_made_of() -> None:
    """If it failed: the figures would be of entries that no side reads."""
    found = list(read(BytesIO(made(40).encode()), "made.bib"))
    assert [(p.title, [a.name for a in p.authorships]) for p in found if isinstance(p, Paper)] == [
        (p.title, [a.name for a in p.authorships]) for p in papers(40)
    ]
