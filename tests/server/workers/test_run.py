"""Which questions are of one kind."""

from __future__ import annotations

import time

import pytest

from collegium.server.workers.run import kind_of

ONE = 'SELECT * { ?s <http://a.example/p1> "x" } LIMIT 10 # one'


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (ONE.replace('"x"', '"y # z"'), True),
        (ONE.replace("10", "20"), True),
        (ONE.replace("# one", "# two"), True),
        (ONE.replace("p1", "p2"), False),
        (ONE.replace("?s", "?t"), False),
    ],
)
def test_texts_and_numbers_make_no_kind_but_names_do(other: str, is_same: bool) -> None:
    """If it failed: one slow look-up would hold up all, or each number would be a kind of its own."""
    assert (kind_of(other, "a") == kind_of(ONE, "a")) is is_same


def test_a_kind_is_one_askers() -> None:
    """If it failed: a stranger could send the look-ups of all others to the slow lane, with one like theirs."""
    assert kind_of(ONE, "a") != kind_of(ONE, "b")


@pytest.mark.parametrize("mark", ["<", "'", '"', "#", "\\", "<a", "'\"", "1"])
def test_the_kind_of_a_hostile_text_is_found_at_once(mark: str) -> None:
    """If it failed: 8 KiB of `<` would stop the web process for 0.2 s, each time."""
    start = time.process_time()
    for _ in range(50):
        kind_of(mark * 8192, "")
    assert time.process_time() - start < 3.0, "50 looks at 8 KiB"
