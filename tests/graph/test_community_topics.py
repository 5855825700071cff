"""What groups are about: terms that stand out by a stated score, and no others."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.communities import communities
from collegium.graph.community_topics import GroupTopics, Topics, log_likelihood
from collegium.graph.compact import compact
from collegium.graph.evidence import Evidence
from collegium.graph.mirror import mirror
from collegium.graph.selection import Filter
from collegium.graph.title_words import title_words
from networks import believed, written


def topics(
    *papers: str, projection: str = "coauthors", where: Filter | None = None
) -> list[tuple[str, Topics]]:
    """Return the leader of each community and what it is about."""
    where = where or Filter()
    found = mirror(believed(*papers))
    net = compact(found, projection, where=where)
    groups = communities(net)
    of = GroupTopics.of(groups.groups, Evidence.of(found, net, where), title_words(found))
    return [(group.name, of.of_group(group.number - 1)) for group in groups]


PAPERS = (
    written("p1", ["ann", "bob"], categories=["cs.CL"], institutions=["Jena"], title="The Parsing of Trees"),
    written("p2", ["ann", "bob"], categories=["cs.CL"], institutions=["Jena"], title="Parsing with 42 Trees"),
    written("p3", ["cat", "dan"], categories=["hep-th"], title="Strings and Trees"),
    written("p4", ["cat", "dan"], categories=["hep-th"], institutions=["Jena"], title="Strings: a Survey"),
)


def test_what_stands_out_names_the_group() -> None:
    """If it failed: a group would be named by what all others write of as well."""
    (first, ann), (second, cat) = topics(*PAPERS)
    assert (first, second) == ("Ann", "Cat")
    # Two of two inside, none of two outside: 2 * 4 * log 2.
    assert [(t.name, t.papers, t.elsewhere) for t in ann.categories] == [("cs.CL", 2, 0)]
    assert ann.categories[0].score == pytest.approx(8 * math.log(2))
    # "trees" is on 2 of 2 here and on 1 of 2 there: 1.73, not rare enough; Jena the same.
    assert [t.name for t in ann.words] == ["parsing"] and ann.institutions == ()
    assert [t.name for t in cat.words] == ["strings"]
    assert (ann.label, cat.label) == ("cs.CL · parsing", "hep-th · strings")
    assert ann.papers == 2


def test_one_group_alone_has_nothing_that_stands_out() -> None:
    """If it failed: the commonest words of a store would be told as what a group is about."""
    ((_, only),) = topics(*PAPERS[:2])
    assert only == Topics(2) and only.label == ""
    assert topics() == []


def test_one_paper_is_enough_for_a_group_of_one_paper_and_no_other() -> None:
    """If it failed: a single title would name a large group, or a small group have no name."""
    more = [written(f"q{n}", ["eve", "fay"], title="Galaxies") for n in range(9)]
    rare = written("q9", ["eve", "fay"], categories=["astro-ph"], title="Dust")
    found = dict(topics(*more, rare, written("r", ["gus", "hal"], categories=["math.CO"], title="Graphs")))
    assert [t.name for t in found["Gus"].categories] == ["math.CO"]
    assert found["Eve"].categories == () and [t.name for t in found["Eve"].words] == ["galaxies"]


def test_filters_choose_the_papers_that_are_counted() -> None:
    """If it failed: a group would be named by papers that the question leaves out."""
    late = [
        written(f"l{n}", [*pair], issued="2020", title=title)
        for n, (pair, title) in enumerate([(("ann", "bob"), "Glaciers"), (("cat", "dan"), "Volcanoes")] * 2)
    ]
    found = dict(topics(*PAPERS, *late, where=Filter(from_year=2019)))
    assert [t.name for t in found["Ann"].words] == ["glaciers"]
    assert found["Ann"].categories == () and found["Ann"].papers == 2


def test_other_networks_have_topics_too() -> None:
    """If it failed: communities of categories or of two kinds of nodes could not be asked for."""
    places = topics(*PAPERS, projection="coinstitutions")
    assert [(name, about.papers) for name, about in places] == [("Jena", 3)]
    mixed = topics(*PAPERS, projection="author-category")
    assert {about.label for _, about in mixed} == {"cs.CL · parsing", "hep-th · strings"}


_TABLE = st.tuples(*(st.integers(0, 30) for _ in range(4))).filter(any)


@settings(max_examples=150, deadline=None)
@given(_TABLE)
def test_the_score_is_the_likelihood_ratio(table: tuple[int, int, int, int]) -> None:
    """If it failed: the threshold of 3.84 would not mean 5 %."""
    a, b, c, d = table
    rows, columns, total = (a + b, c + d), (a + c, b + d), sum(table)
    expected = [row * column / total for row in rows for column in columns]
    ratio = 2 * math.fsum(x * math.log(x / e) for x, e in zip(table, expected, strict=True) if x)
    found = float(log_likelihood(np.array([a]), np.array([a + b]), np.array([a + c]), total)[0])
    assert found == pytest.approx(ratio if a > expected[0] else 0, abs=1e-9)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The Quick Brown Fox", ["brown", "fox", "quick"]),
        ("Über das Müllern und die Räder", ["mullern", "rader"]),
        ("A 2024 Survey of X", ["survey"]),
        ("", []),
        ("<script>alert(1)</script>", ["alert", "script"]),
    ],
)
def test_words_are_folded_and_common_ones_left_out(title: str, words: list[Any]) -> None:
    """If it failed: "the" would name every group, or one word count as two."""
    found = title_words(mirror(believed(written("p", ["ann"], title=title or "p"))))
    if title:
        assert list(found.words) == words
    assert title_words(mirror(believed())).words == ()
