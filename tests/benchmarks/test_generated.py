"""Generated papers: always the same, in the shape of ours, and the same for every engine."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph.conformance import check
from collegium.graph.quads import statements
from collegium.graph.sources import sources
from collegium.graph.store import Store
from generated import Generated, generated
from loads import LEAST_LIMIT, all_aggregates, look_ups
from papers import papers

COUNT = 200


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """A small network on disk. Made once: no test changes it."""
    return generated(tmp_path_factory.mktemp("cache"), COUNT)


def test_a_seed_gives_the_same_papers_each_time() -> None:
    """If it failed: figures of two runs could not be compared."""
    assert list(papers(50, 7)) == list(papers(50, 7))
    assert list(papers(50, 7)) != list(papers(50, 8))


def test_a_paper_makes_about_29_statements(tmp_path: Path) -> None:
    """If it failed: the figures would be of lighter or heavier data than the ones to reach are of."""
    many = generated(tmp_path, 2000)
    assert 28 <= len(many.triples.read_bytes().splitlines()) / 2000 <= 30


def test_few_authors_write_much_and_most_once() -> None:
    """If it failed: no author would have many co-authors, and joins would be cheaper than on real data."""
    bylines = Counter(author.name for paper in papers(2000) for author in paper.authorships)
    counts = sorted(bylines.values(), reverse=True)
    assert sum(counts[: len(counts) // 100]) > 0.06 * sum(counts)
    assert counts.count(1) > len(counts) / 2
    assert {len(paper.authorships) for paper in papers(2000)} == set(range(1, 9))


def test_no_two_papers_have_one_title() -> None:
    """If it failed: a look-up by title would be of several papers."""
    titles = [paper.title for paper in papers(3000)]
    assert len(set(titles)) == len(titles)


def test_the_file_and_the_store_hold_the_same_statements(made: Generated) -> None:
    """If it failed: the engines would be asked about different data."""
    in_file = {quad.triple for quad in ox.parse(made.triples.read_bytes(), ox.RdfFormat.N_TRIPLES)}
    store = Store.open(made.store)
    (source,) = sources(store)
    assert in_file == {ox.Triple(*statement) for statement in statements(store.engine)}
    assert in_file == {
        ox.Triple(*statement) for statement in statements(store.engine, graph=ox.NamedNode(source.iri))
    }
    assert (store.version, source.papers) == (1, COUNT)


def test_the_store_is_in_the_shape_of_ours(made: Generated) -> None:
    """If it failed: the benchmark would run on a model that no user has."""
    assert check(Store.open(made.store)).findings == ()


def test_what_was_made_is_kept(made: Generated) -> None:
    """If it failed: each run would wait for its data."""
    before = made.triples.stat().st_ino
    assert generated(made.folder.parent, COUNT) == made
    assert made.triples.stat().st_ino == before


def test_look_ups_differ_and_find_something(made: Generated) -> None:
    """If it failed: a cache, or an empty answer, would be measured."""
    store = Store.open(made.store)
    texts = look_ups(store)
    # Papers of one author share the look-up of co-authors; the number behind makes it another.
    assert len(texts) == 4 * COUNT and len(set(texts)) > 3 * COUNT
    assert all(text.endswith(" LIMIT ") for text in texts)
    answers = [store.engine.query(f"{text}{LEAST_LIMIT}") for text in islice(texts, 100)]
    found = [bool(a) if isinstance(a, ox.QueryBoolean) else len(list(a)) for a in answers]
    assert sum(map(bool, found)) > 80  # who wrote alone has no co-authors
    assert max(found) < LEAST_LIMIT


def test_aggregates_have_rows(made: Generated) -> None:
    """If it failed: aggregates would be fast because they count nothing."""
    engine = Store.open(made.store).engine
    rows = [len(list(engine.query(f"{text}{LEAST_LIMIT}"))) for text in all_aggregates()]
    assert all(0 < count < LEAST_LIMIT for count in rows)
