"""The arXiv taxonomy, and codes without their archive."""

from __future__ import annotations

import pytest

from collegium.graph.categories import ARXIV, UNRESOLVED, is_code, resolve, taxonomy


@pytest.mark.parametrize(
    ("code", "notation"),
    [("CL", "cs.CL"), ("LG", "cs.LG"), ("AI", "cs.AI"), ("DL", "cs.DL"), ("cs.CV", "cs.CV"), ("hep-th", "hep-th"),
     ("mtrl-sci", "cond-mat.mtrl-sci"), ("cs", "cs")],
)  # fmt: skip
def test_a_code_that_means_one_thing_is_resolved(code: str, notation: str) -> None:
    """If it failed: papers of one category would stand in two."""
    found = resolve(code)
    assert (found.notation, found.scheme, found.possible, found.as_given) == (notation, ARXIV, (), code)


@pytest.mark.parametrize(
    ("code", "possible"),
    [
        ("CV", ("cs.CV", "math.CV")),
        ("IT", ("cs.IT", "math.IT")),
        ("NA", ("cs.NA", "math.NA")),
        ("LO", ("cs.LO", "math.LO")),
    ],
)
def test_a_code_that_may_mean_several_things_stays_a_code(code: str, possible: tuple[str, ...]) -> None:
    """If it failed: the reader would guess the archive."""
    found = resolve(code)
    assert (found.notation, found.scheme) == (code, UNRESOLVED)
    assert set(possible) <= set(found.possible)
    assert list(found.possible) == sorted(found.possible)


def test_an_unknown_code_stays_a_code_that_means_nothing() -> None:
    """If it failed: an unknown code would be dropped, or be taken for a known one."""
    assert (resolve("XX").notation, resolve("XX").scheme, resolve("XX").possible) == ("XX", UNRESOLVED, ())
    assert not is_code("XX")
    assert not is_code("cl")


def test_every_category_has_a_name_and_an_archive_in_the_table() -> None:
    """If it failed: a category page would be without a name, or its broader one be missing."""
    table = taxonomy()
    assert len(table) > 150
    for entry in table.values():
        assert entry.name
        assert entry.archive == "" or table[entry.archive].archive == ""


def test_the_table_agrees_with_the_shared_taxonomy_on_ambiguity() -> None:
    """If it failed: more or fewer codes would be ambiguous than the 19 known ones."""
    ends = [e.notation.rpartition(".")[2] for e in taxonomy().values() if e.is_active]
    assert len({code for code in ends if ends.count(code) > 1}) == 19
