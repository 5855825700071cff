"""What became of a load, and its way to another process."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import LoadError, NothingToLoad, UnknownFormat, UnreadableFile
from collegium.graph.load import load
from collegium.graph.records import Lines, Problem
from collegium.graph.report import Count, FileReport, LoadReport, from_data, to_data
from collegium.graph.store import Store
from pages import ENTRY, page, put
from strategies import any_text

FILE = FileReport("a.txt", "a-1", "profile-page", False, {"papers": Count(1, 2, 3)})
LOST = Problem(Lines(3, 4), "x", "a title", True)


def sent(report: LoadReport) -> LoadReport:
    """Return the report as it arrives in another process."""
    return from_data(json.loads(json.dumps(to_data(report))))


counts = st.dictionaries(
    st.sampled_from(("papers", "authors")),
    st.builds(Count, *[st.integers(0, 9)] * 3),
)
problems = st.lists(
    st.builds(Problem, st.builds(Lines, st.integers(1), st.integers(1)), any_text, any_text, st.booleans()),
    max_size=2,
).map(tuple)
# File names of Linux are bytes; what is no UTF-8 in them comes as half characters.
paths = any_text | st.just("caf\udce9.txt")
failures = st.one_of(
    st.builds(UnreadableFile, paths, any_text, st.none() | st.integers(1)),
    st.builds(UnknownFormat, paths, any_text),
)
reports = st.builds(
    LoadReport,
    st.integers(0),
    st.lists(
        st.builds(
            FileReport, paths, any_text, any_text, st.booleans(), counts, problems, problems, st.integers(0)
        ),
        max_size=2,
    ).map(tuple),
    st.lists(failures, max_size=2).map(tuple),
    st.lists(paths, max_size=2).map(tuple),
    counts,
)


def comparable(report: LoadReport) -> tuple[object, ...]:
    """Return what a report says; errors have no equality of their own."""
    told = [(type(e), str(e), e.path, e.reason, e.line) for e in report.failures]
    return report.version, report.files, told, report.skipped, report.counts


@given(reports)
def test_any_report_arrives_as_it_was(report: LoadReport) -> None:
    """If it failed: a load would be told otherwise when a service does it."""
    arrived = sent(report)
    assert comparable(arrived) == comparable(report)
    assert arrived.exit_code == report.exit_code and str(arrived) == str(report)


def test_the_report_of_a_true_load_arrives(store: Store, tmp_path: Path) -> None:
    """If it failed: what the loader writes into a report would not be what the report is made for."""
    good = put(tmp_path, "good.txt", page(ENTRY, announced=3))
    report = load(store, [good, put(tmp_path, "odd.bin", "\x00\x01")])
    assert report.files and report.failures
    assert comparable(sent(report)) == comparable(report)


def test_exit_codes() -> None:
    """If it failed: a script would take half a load for a whole one."""
    assert LoadReport(1, (FILE,)).exit_code == 0
    assert LoadReport(1, (FILE,), (UnknownFormat("b", "no reader"),)).exit_code == 1
    assert LoadReport(1, (FileReport("a", "a", "r", False, {}, (LOST,)),)).exit_code == 1
    assert LoadReport(1, (), (UnknownFormat("b", "no reader"),)).exit_code == 2


def test_a_report_is_one_line() -> None:
    """If it failed: a log would have no word on how a load ended."""
    report = LoadReport(4, (FILE,), (NothingToLoad("b", "none"),), (), {"papers": Count(1, 2, 3)})
    assert str(report) == "1 file, 1 failed, 0 problems: 1 new papers; version 4"


def test_only_errors_of_loading_stand_in_a_report() -> None:
    """If it failed: a report of a newer service would break the program that asked for it."""
    told = to_data(LoadReport(1)) | {"failures": [{"error": "SomethingNew", "text": "x", "facts": {}}]}
    assert from_data(told).failures == ()
    assert all(issubclass(kind, LoadError) for kind in (NothingToLoad, UnknownFormat, UnreadableFile))
