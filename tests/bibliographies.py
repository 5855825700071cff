"""Small BibTeX files in the making, and what a store believes of the papers and authors in them."""

from __future__ import annotations

import json
from pathlib import Path

from collegium.graph.mirror import mirror
from collegium.graph.store import Store
from pages import loaded, put


def entry_of(
    title: str, authors: str = "Ada Lovelace and Charles Babbage", year: int | None = 2020, **more: str
) -> str:
    """Return an entry; `arxiv` stands for the fields that make an arXiv number."""
    fields = {"title": f"{{{title}}}", "author": authors, **({"year": str(year)} if year else {})}
    if "arxiv" in more:
        fields |= {"eprint": more.pop("arxiv"), "archiveprefix": "arXiv"}
    body = ", ".join(f"{name} = {{{value}}}" for name, value in {**fields, **more}.items())
    return f"@article{{key{abs(hash(body)) % 10**8}, {body}}}\n"


def work(title: str, *authors: str, year: int = 2020, doi: str = "") -> str:
    """Return a work as Crossref gives it, on a line; an author is "Ada Lovelace" or "Ada Lovelace 0000-0002-…"."""
    people = []
    for author in authors:
        given, family, *orcid = author.split()
        people.append(
            {
                "given": given,
                "family": family,
                "sequence": "additional",
                **({"ORCID": orcid[0]} if orcid else {}),
            }
        )
    doi = doi or f"10.1000/{abs(hash((title, authors))) % 10**8}"
    said = {"DOI": doi, "title": [title], "author": people, "type": "journal-article", "member": "1"}
    return json.dumps({**said, "issued": {"date-parts": [[year]]}}) + "\n"


def bibliographies(store: Store, folder: Path, *files: str) -> Store:
    """Load files named a.bib, b.bib …, each in a step of its own; return the newest version."""
    for name, text in zip("abcdefgh", files, strict=False):
        loaded(store, put(folder, f"{name}.{'json' if text.startswith('{') else 'bib'}", text))
    return store.refreshed()


def papers(store: Store) -> list[tuple[str, list[str], bool]]:
    """Return title, authors in order, and whether the list is cut, of each paper of belief, by title and authors."""
    held = mirror(store.refreshed())
    return sorted((p.name, [held.authors[a].name for a in p.authors], p.truncated) for p in held.papers)


def author_ids(store: Store) -> list[str]:
    """Return the IDs of all authors of belief."""
    return [author.id for author in mirror(store.refreshed()).authors]
