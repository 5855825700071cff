"""What we export, our own readers read: the same authors, ties and papers, whatever the names hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.load import load
from collegium.graph.names import author_id, name_key, paper_id
from collegium.graph.records import Authorship, Identifier, Lines, Paper
from collegium.graph.store import Store
from collegium.server.editions import Wanted
from collegium.server.service import KnowledgeGraph
from exported import edition_of, exported, names, papers
from network_files import read_as

KNOWN = (
    Identifier("orcid", "0000-0002-1825-0097"),
    Identifier("openalex-author", "A5"),
    Identifier("dblp-author", "78/459-1"),
    Identifier("s2-author", "12"),
    Identifier("acl-author", "ada-lovelace"),
)


@pytest.mark.parametrize("format", ["graphml", "gexf", "vosviewer", "pajek"])
@settings(max_examples=40, deadline=None)
@given(bylines=st.lists(st.lists(names, min_size=1, max_size=4, unique_by=name_key), min_size=1, max_size=4))
def test_networks_come_back(format: str, bylines: list[list[str]]) -> None:
    """If it failed: a network that went to another program and back would be another one."""
    made = [
        Paper(f"Paper {at}", tuple(Authorship(n, p) for p, n in enumerate(byline, 1)), False, Lines(1, 1))
        for at, byline in enumerate(bylines)
    ]
    edition = edition_of(made)
    back = read_as(format, exported(edition, format))
    ours = {a.id for a in edition.mirror.authors}
    if format == "pajek":  # which has no sign for a quote
        ours = {author_id(Authorship(a.name.replace('"', "'"), 1)) for a in edition.mirror.authors}
    assert {author_id(node) for node in back.nodes} == ours and not back.lost
    weights: dict[frozenset[str], int] = {}
    for byline in bylines:
        quoted = [n.replace('"', "'") if format == "pajek" else n for n in byline]
        ids = {author_id(Authorship(n, 1)) for n in quoted}
        for pair in {frozenset((a, b)) for a in ids for b in ids if a != b}:
            weights[pair] = weights.get(pair, 0) + 1
    assert {frozenset((author_id(t.one), author_id(t.other))): t.weight for t in back.ties} == {
        pair: Decimal(size) for pair, size in weights.items()
    }


@pytest.mark.parametrize("name", ["graphml", "gexf", "vosviewer", "pajek", "csv"])
def test_weights_come_back_to_the_last_digit(name: str, tmp_path: Path) -> None:
    """If it failed: authors who are equal in a network would have ranks in the file that we made of it."""
    bylines = (
        ["Ann Lee", "Bob Ray", "Cat Moe", "Dan Roe"],
        ["Ann Lee", "Eve Fox", "Flo Orr"],
        ["Gil Poe", "Hal Ash"],
    )
    made = [
        Paper(f"Paper {at}", tuple(Authorship(n, p) for p, n in enumerate(byline, 1)), False, Lines(1, 1))
        for at, byline in enumerate(bylines)
    ]
    edition = edition_of(made)
    ours = KnowledgeGraph(edition.store).centrality("strength", weight="fractional").values
    file = tmp_path / "file"
    file.write_bytes(exported(edition, name, Wanted(weight="fractional")))
    store = Store.memory()
    assert load(store, [file]).exit_code == 0
    assert KnowledgeGraph(store.refreshed()).centrality("strength", projection="ties").values == ours
    assert sorted(set(ours.values())) == [1, 2]


@pytest.mark.parametrize("format", ["graphml", "gexf", "vosviewer"])
def test_authors_known_by_an_identifier_come_back_by_it(format: str) -> None:
    """If it failed: two authors of one name would be one, once they went through a file."""
    byline = tuple(Authorship("Ada Lovelace", at, (known,)) for at, known in enumerate(KNOWN, 1))
    edition = edition_of([Paper("P", byline, False, Lines(1, 1))])
    back = read_as(format, exported(edition, format))
    assert {author_id(node) for node in back.nodes} == {a.id for a in edition.mirror.authors}
    assert len(back.nodes) == len(KNOWN)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        *(("graphml", "graphml"), ("gexf", "gexf"), ("vosviewer", "vosviewer")),
        *(("csv", "edge_list"), ("nodes.csv", "node_list")),
    ],
)
def test_names_with_commas_come_back_as_they_stand(name: str, format: str) -> None:
    """If it failed: under our own address a department would be called "University of Oslo Department of Physics"."""
    called = ["Department of Physics, University of Oslo", "Bob, Jr. Smith", "Smith, John"]
    byline = tuple(Authorship(one, at) for at, one in enumerate(called, 1))
    edition = edition_of([Paper("P", byline, False, Lines(1, 1))])
    back = read_as(format, exported(edition, name))
    assert {(author_id(node), node.name) for node in back.nodes} == {
        (author.id, author.name) for author in edition.mirror.authors
    }
    assert sorted(back.names) == sorted(called) and not any(node.names for node in back.nodes)


@pytest.mark.parametrize("format", ["bibtex", "csl_json"])
@settings(max_examples=150, deadline=None)
@given(found=st.lists(papers(), min_size=1, max_size=3, unique_by=paper_id))
def test_papers_come_back(format: str, found: list[Paper]) -> None:
    """If it failed: a bibliography that we wrote would say other things than the store."""
    back = read_as(format, exported(edition_of(found), format.replace("_", "-"))).papers
    by_id = {paper_id(paper): paper for paper in back}
    for paper in found:
        same = by_id[paper_id(paper)]
        assert same.title == paper.title and same.is_truncated == paper.is_truncated
        assert [(a.name, a.position, a.is_collective) for a in same.authorships] == [
            (a.name, a.position, a.is_collective) for a in paper.authorships
        ]
        assert [getattr(same.issued, part, None) for part in ("year", "month", "day")] == [
            getattr(paper.issued, part, None) for part in ("year", "month", "day")
        ]
        assert same.published == paper.published
        assert set(same.keywords) == set(paper.keywords) or format == "csl_json"
