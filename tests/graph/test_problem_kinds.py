"""Problems told by kind: counted all, shown few."""

from __future__ import annotations

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.problem_kinds import kind_from, kinds_of
from collegium.graph.records import Lines, Problem


def problem(at: int, expected: str, *, is_refused: bool = False) -> Problem:
    return Problem(Lines(at, at), f"found {at}", expected, is_refused)


def test_what_differs_in_a_number_only_is_one_kind() -> None:
    """If it failed: a load of a large file would print a line for each of its thousand twins."""
    told = [problem(at, f"another title than in line {at - 1}") for at in range(10, 135)]
    (kind,) = kinds_of([*told])
    assert (kind.count, kind.expected) == (125, "another title than in line 9")
    assert [p.lines.first for p in kind.first] == [10, 11, 12]


def test_what_was_lost_comes_first_then_the_most() -> None:
    """If it failed: a lost record would stand below a thousand remarks."""
    told = [problem(1, "a"), problem(2, "b"), problem(3, "b"), problem(4, "a year", is_refused=True)]
    found = [(k.expected, k.count, k.is_refused) for k in kinds_of(told)]
    assert found == [("a year", 1, True), ("b", 2, False), ("a", 1, False)]


def test_the_same_words_of_a_remark_and_of_a_loss_are_two_kinds() -> None:
    """If it failed: the line of a lost record would be told as that of a kept one."""
    assert len(kinds_of([problem(1, "a"), problem(2, "a", is_refused=True)])) == 2


def test_a_file_of_nothing_but_kinds_takes_little_memory() -> None:
    """If it failed: a file that repeats its own text in each problem would be held whole in memory."""
    found = kinds_of(problem(at, "x" * (at % 5_000)) for at in range(10_000))
    assert len(found) <= 501
    assert sum(kind.count for kind in found) == 10_000


@given(st.lists(st.tuples(st.sampled_from(("a 1", "a 2", "b", "c")), st.booleans())))
def test_every_problem_is_counted_once(told: list[tuple[str, bool]]) -> None:
    """If it failed: the sum of the kinds would not be the number that the table gives."""
    problems = [problem(at, expected, is_refused=lost) for at, (expected, lost) in enumerate(told)]
    kinds = kinds_of(problems)
    assert sum(kind.count for kind in kinds) == len(problems)
    assert sum(kind.count for kind in kinds if kind.is_refused) == sum(lost for _, lost in told)


def test_a_kind_arrives_in_another_process() -> None:
    """If it failed: the report of a load that a service carried out could not be printed."""
    (kind,) = kinds_of([problem(3, "a year", is_refused=True)])
    assert kind_from(json.loads(json.dumps(asdict(kind)))) == kind
