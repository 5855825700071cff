"""How far a load is, and when it commits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from collegium.graph.progress import Meter, Pace, Place


class Clock:
    """Seconds that pass when told. Prevents: a test that depends on how busy the machine is."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_bytes_and_records_add_up_over_files() -> None:
    """If it failed: the time left would be that of one file, or run backwards."""
    seen: list[Place] = []
    clock = Clock()
    meter = Meter(seen.append, [1_000, 500], clock)

    def records(count: int) -> Iterator[int]:
        for at in range(count):
            clock.now += 1
            yield at

    meter.begin("a", 1)
    list(meter.counted(records(128), lambda: 400))
    meter.begin("b", 2)
    list(meter.counted(records(64), lambda: 9_999))
    meter.stage("writing")
    meter.keep()
    assert [(p.number, p.done, p.records, p.stage, p.kept) for p in seen] == [
        (1, 0, 0, "reading", 0),
        (1, 400, 64, "reading", 0),
        (1, 400, 128, "reading", 0),
        (2, 1_000, 128, "reading", 0),
        (2, 1_500, 192, "reading", 0),
        (2, 1_500, 192, "writing", 0),
        (2, 1_500, 192, "writing", 2),
    ]
    assert {(p.size, p.files) for p in seen} == {(1_500, 2)}


def test_many_records_a_moment_are_told_once() -> None:
    """If it failed: telling would take longer than reading."""
    seen: list[Place] = []
    meter = Meter(seen.append, [10], Clock())
    meter.begin("a", 1)
    assert len(list(meter.counted(iter(range(100_000)), lambda: 5))) == 100_000
    assert len(seen) == 1
    assert meter.place.records == 100_000


def test_a_commit_that_is_dear_is_made_rarely() -> None:
    """If it failed: a load of a large store would do nothing but write its pairs and index anew."""
    clock = Clock()
    pace = Pace(60, clock)
    clock.now += 59
    assert not pace.is_due
    clock.now += 1
    assert pace.is_due
    with pace.commit():
        clock.now += 30
    clock.now += 299
    assert not pace.is_due, "a tenth of the time at most"
    clock.now += 1
    assert pace.is_due


def test_what_is_interrupted_in_a_commit_ends_there() -> None:
    """If it failed: an error in a commit would be lost."""
    with pytest.raises(KeyboardInterrupt), Pace(0).commit():
        raise KeyboardInterrupt
