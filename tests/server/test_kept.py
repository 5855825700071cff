"""Answers that are kept: bounded, and named by what they follow from."""

from __future__ import annotations

from collegium.server.kept import Answers, tag_of

OK = [("Content-Type", "text/plain")]


def test_the_cache_is_bounded() -> None:
    """If it failed: a stranger who asks for ever new addresses would fill the memory."""
    answers = Answers(100_000)
    for number in range(1000):
        answers.put((1, f"/{number}", ""), b"ok\n", OK)
    assert answers.get((1, "/0", "")) is None
    assert answers.get((1, "/999", "")) == (b"ok\n", OK)
    assert sum(answers.get((1, f"/{number}", "")) is not None for number in range(1000)) <= 100


def test_one_large_answer_does_not_drive_out_all_others() -> None:
    """If it failed: one dump would cost everybody else their kept answers."""
    answers = Answers(100_000)
    answers.put((1, "/large", ""), b"x" * 50_000, OK)
    assert answers.get((1, "/large", "")) is None


def test_an_answer_that_is_put_again_counts_once() -> None:
    """If it failed: the room would seem full although it is empty."""
    answers = Answers(100_000)
    answers.put((1, "/other", ""), b"other", OK)
    for _ in range(1000):
        answers.put((1, "/same", ""), b"x" * 10_000, OK)
    assert answers.get((1, "/other", "")) == (b"other", OK)


def test_a_tag_follows_from_version_address_and_form() -> None:
    """If it failed: a client would be told that its old answer still holds."""
    tags = {tag_of((v, a, f)) for v in (1, 2) for a in ("/a", "/b") for f in ("", "text/csv")}
    assert len(tags) == 8
    assert tag_of((1, "/a", "")) == tag_of((1, "/a", ""))
