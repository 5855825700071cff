"""Answers that a job leaves as files: found by who asks for just that, of the code that made them."""

from __future__ import annotations

from pathlib import Path

from collegium.server.finished import Finished, find, put
from collegium.server.jobs.task import ForAnswer, JobLimits
from collegium.server.workers.question import Snapshot

MADE = Finished(
    200, [("Content-Type", "text/csv; charset=utf-8"), ("Link", "</x>; rel=next")], b"a,b\r\n1,2\r\n"
)


def test_an_answer_is_found_by_its_question_and_its_code(tmp_path: Path) -> None:
    """If it failed: a page of the software before would be sent after an upgrade, or the answer to something else."""
    at, limits = Snapshot(str(tmp_path), 7, "http://localhost/"), JobLimits(software="this")
    wants = ForAnswer("/api/x", (("limit", "1"),), "text/csv")
    assert find(at, wants, limits) is None
    put(at, wants, limits, MADE)
    assert find(at, wants, limits) == MADE
    assert find(at, wants, JobLimits(software="that")) is None
    assert find(at, wants, JobLimits(software="this", license="https://example.org/")) is None
    assert find(at, ForAnswer("/api/x", (("limit", "2"),), "text/csv"), limits) is None
    assert find(Snapshot(str(tmp_path), 8, at.base), wants, limits) is None
    (file,) = (tmp_path / "v000007.derived" / "answers").glob("*.flat")
    file.write_bytes(file.read_bytes()[:-1])
    assert find(at, wants, limits) is None
