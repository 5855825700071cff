"""Files into the store: reports, twice, several at once, and what cannot be loaded."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from collegium.graph.errors import NothingToLoad, UnknownFormat, UnknownName, UnreadableFile
from collegium.graph.load import Count, load
from collegium.graph.progress import Place
from collegium.graph.store import Store
from pages import HEADER, NOON, TODAY, dump, entry, loaded, page, put

LATER = datetime(2027, 3, 1, tzinfo=UTC)
TWO = page(
    entry(), entry(heading="LGMay 18Code", title="Another", authors="Ada Lovelace, Mary Somerville · eth")
)


def test_a_load_reports_what_was_new(store: Store, seed_page: Path) -> None:
    """If it failed: the table at the end of a load would be wrong."""
    report = loaded(store, seed_page)
    (file,) = report.files
    assert report.exit_code == 0
    assert report.version == store.refreshed().version == 1
    assert report.counts == file.counts
    assert file.counts == {
        "papers": Count(new=17),
        "authors": Count(new=25),
        "institutions": Count(new=3),
        "categories": Count(new=3),
    }
    assert (file.reader, file.cut_lists, file.problems, file.remarks) == ("profile_page", 17, (), ())
    assert file.source.startswith("xingtai-lv-")


@pytest.mark.parametrize("again", [TODAY, None])
def test_loading_twice_changes_nothing(store: Store, seed_page: Path, again: date | None) -> None:
    """If it failed: a second load would double facts, or make the store look changed."""
    loaded(store, seed_page)
    before = dump(store)
    report = loaded(store, seed_page, source_date=again, at=LATER)
    assert dump(store) == before
    assert report.version == store.refreshed().version == 1
    assert report.files[0].is_unchanged
    assert report.counts["papers"] == Count(unchanged=17)
    assert report.counts["authors"] == Count(unchanged=25)
    assert report.exit_code == 0


def test_loading_twice_without_a_date_changes_nothing_even_a_year_later(
    store: Store, seed_page: Path
) -> None:
    """If it failed: the clock would change what a source says."""
    loaded(store, seed_page, source_date=None)
    before = dump(store)
    loaded(store, seed_page, source_date=None, at=LATER)
    assert dump(store) == before
    assert store.refreshed().version == 1


def test_the_same_file_named_twice_in_one_load_counts_once(store: Store, seed_page: Path) -> None:
    """If it failed: overlapping patterns would double facts."""
    report = loaded(store, seed_page, seed_page)
    assert [f.is_unchanged for f in report.files] == [False, True]
    assert report.counts["papers"] == Count(new=17, unchanged=17)


def test_another_date_of_the_source_makes_its_claims_anew(store: Store, seed_page: Path) -> None:
    """If it failed: a date given later would be ignored, or the old claims stay beside the new."""
    loaded(store, seed_page, source_date=None, at=datetime(2028, 5, 1, tzinfo=UTC))
    undated = dump(store)
    assert not any("issuedInferred" in line for line in undated)
    loaded(store, seed_page)
    dated = dump(store)
    assert store.refreshed().version == 2
    assert any('"2026-05-18"' in line for line in dated)
    fresh = Store.memory()
    loaded(fresh, seed_page)
    assert dated == dump(fresh)
    loaded(store, seed_page, source_date=date(2026, 12, 1))
    assert sum("2026-12-01T00:00:00Z" in line for line in dump(store)) > 0
    assert not any("2026-11-23T00:00:00Z" in line for line in dump(store))


def test_a_thing_in_two_files_is_new_then_merged(store: Store, tmp_path: Path) -> None:
    """If it failed: the counts would not add up to what is in the store."""
    one = put(tmp_path, "one.txt", TWO)
    other = put(
        tmp_path, "other.txt", page(entry(), header=HEADER.replace("Ada Lovelace", "Charles Babbage"))
    )
    report = loaded(store, one, other)
    assert report.files[1].counts["papers"] == Count(merged=1)
    assert report.files[1].counts["authors"] == Count(merged=2)
    assert report.counts["papers"] == Count(new=2, merged=1)


def test_folders_patterns_and_hidden_files(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a folder would be read in another order each time, or an editor's leftovers be loaded."""
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    put(folder, "b.txt", page(entry(title="B")))
    put(folder / "deep", "a.txt", page(entry(title="A")))
    put(folder, "notes.md", "# Notes\n")
    put(folder, ".b.txt.swp", page(entry(title="C")))
    put(folder / ".git", "x.txt", page(entry(title="D")))
    report = loaded(store, folder)
    assert [Path(f.path).name for f in report.files] == ["b.txt", "a.txt"]
    assert [Path(p).name for p in report.skipped] == ["notes.md"]
    assert report.exit_code == 0
    pattern = loaded(Store.memory(), f"{folder}/**/*.txt")
    assert [Path(f.path).name for f in pattern.files] == ["b.txt", "a.txt"]


def test_standard_input_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: `cat page | collegium load -` would not work."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TWO.encode())))
    report = loaded(store, "-")
    assert report.counts["papers"] == Count(new=2)
    assert report.files[0].source.startswith("stdin-")


def test_a_failure_does_not_keep_the_other_files_out(store: Store, tmp_path: Path) -> None:
    """If it failed: one bad file in a thousand would stop the load."""
    good, bad = put(tmp_path, "good.txt", TWO), put(tmp_path, "bad.txt", "nothing\n")
    report = loaded(store, bad, good)
    assert report.exit_code == 1
    assert [type(f) for f in report.failures] == [UnknownFormat]
    assert report.counts["papers"] == Count(new=2)


LATIN = TWO.encode("latin-1")


@pytest.mark.parametrize(
    ("content", "error", "line", "found"),
    [
        (b"", UnknownFormat, None, "an empty file"),
        (b" \n\n", UnknownFormat, None, "an empty file"),
        (bytes(range(256)) * 20, UnknownFormat, 1, "binary file"),
        (b"Dear Ada,\n  thank you.\n", UnknownFormat, 1, "profile_page"),
        (TWO.encode("utf-16"), UnknownFormat, 1, "UTF-16"),
        (LATIN, UnreadableFile, 15, "byte 0xb7"),
        (TWO.encode()[: TWO.encode().index(b"\xc2") + 1], UnreadableFile, 15, "byte 0xc2"),
        (TWO.encode() + b"\0", UnreadableFile, 25, "NUL"),
        (TWO.encode() + b"x" * 2_000_000, UnreadableFile, 25, "1 MiB"),
        (b"CLNov 20, 2023\n", UnreadableFile, 1, "a heading"),
    ],
)  # fmt: skip
def test_what_cannot_be_loaded_leaves_the_store_as_it_was(
    store: Store, store_dir: Path, tmp_path: Path, content: bytes, error: type, line: int | None, found: str
) -> None:
    """If it failed: a bad file would leave its first half, an empty store, or no word on what is wrong."""
    bad = put(tmp_path, "bad.txt", content)
    report = loaded(store, bad)
    assert (report.exit_code, report.version) == (2, 0)
    (failure,) = report.failures
    assert type(failure) is error
    assert (failure.line, failure.path) == (line, str(bad))
    assert found in failure.message
    assert "expected" in failure.message
    assert not store_dir.exists()
    loaded(store, put(tmp_path, "good.txt", TWO))
    before = dump(store)
    loaded(store, bad)
    assert (dump(store), store.refreshed().version) == (before, 1)


def test_a_cut_page_keeps_what_is_whole_and_says_what_is_lost(store: Store, tmp_path: Path) -> None:
    """If it failed: a broken download would pass for a whole page."""
    cut = TWO.encode()[: TWO.index("Another") + 3]
    report = loaded(store, put(tmp_path, "cut.txt", cut))
    assert report.exit_code == 1
    assert report.counts["papers"] == Count(new=1)
    assert [p.lines.first for p in report.files[0].problems] == [19]


@pytest.mark.parametrize("path", ["nothing.txt", "*.nothing", "folder"])
def test_a_path_without_a_file_stops_the_load_at_once(
    store: Store, store_dir: Path, tmp_path: Path, path: str
) -> None:
    """If it failed: a mistyped path would be passed over."""
    (tmp_path / "folder").mkdir()
    good = put(tmp_path, "good.txt", TWO)
    with pytest.raises(NothingToLoad, match="expected"):
        loaded(store, good, tmp_path / path)
    assert not store_dir.exists()


def test_a_folder_of_other_formats_loads_nothing(store: Store, store_dir: Path, tmp_path: Path) -> None:
    """If it failed: a wrong folder would count as a success."""
    put(tmp_path, "notes.md", "# Notes\n")
    with pytest.raises(NothingToLoad, match="no file of a format"):
        loaded(store, tmp_path)
    assert not store_dir.exists()


def test_an_unknown_format_is_refused_before_anything_is_read(store: Store, seed_page: Path) -> None:
    """If it failed: a slip in --format would be found after an hour."""
    with pytest.raises(UnknownName, match="profile_page"):
        load(store, [seed_page], format="profile_pages")


def test_a_named_format_is_used_without_looking(store: Store, tmp_path: Path) -> None:
    """If it failed: --format could not help where the content does not tell."""
    odd = put(
        tmp_path, "odd.txt", "Ada Lovelace\n\n1 Papers\n\nXXNov 20, 2023\nT\n\nAda Lovelace\n\nIt weaves.\n"
    )
    report = load(store, [odd], format="profile_page", source_date=TODAY, now=lambda: NOON)
    assert report.counts["papers"] == Count(new=1)


def test_a_newer_file_of_the_same_name_gets_a_hint(store: Store, tmp_path: Path) -> None:
    """If it failed: last month's page would stay beside this month's without a word."""
    loaded(store, put(tmp_path, "page.txt", TWO))
    report = loaded(store, put(tmp_path, "page.txt", page(entry(title="Another one"))))
    assert report.files[0].hint.endswith(f"collegium load --replace {tmp_path / 'page.txt'}")


def test_progress_is_told_file_by_file(store: Store, tmp_path: Path) -> None:
    """If it failed: a long load would look dead."""
    seen: list[Place] = []
    paths = [put(tmp_path, f"{n}.txt", TWO) for n in "ab"]
    load(store, paths, progress=lambda told: seen.append(told), now=lambda: NOON)
    begun = [(at.path, at.number, at.files) for at in seen if at.stage == "reading"]
    assert begun == [(str(paths[0]), 1, 2), (str(paths[1]), 2, 2)]
    assert [at.stage for at in seen[2:]] == ["linking", "writing", "writing"] and seen[-1].kept == 2


def test_two_entries_that_become_one_paper_are_remarked(store: Store, tmp_path: Path) -> None:
    """If it failed: a page of two papers would become one without a word."""
    report = loaded(store, put(tmp_path, "twins.txt", page(entry(), entry())))
    assert report.counts["papers"] == Count(new=1)
    assert report.exit_code == 0
    (remark,) = report.files[0].remarks
    assert (remark.lines.first, remark.found) == (19, "On the Analytical Engine")
    assert "line 12" in remark.expected


def test_two_entries_of_one_title_and_two_dates_are_two_papers(store: Store, tmp_path: Path) -> None:
    """If it failed: two editorials of one year would be one."""
    report = loaded(store, put(tmp_path, "twins.txt", page(entry(), entry(heading="LGNov 22, 2023"))))
    assert report.counts["papers"] == Count(new=2)
    assert not report.files[0].remarks


def test_a_long_line_that_was_not_understood_is_repeated_in_part(store: Store, tmp_path: Path) -> None:
    """If it failed: one line of a file would fill the terminal."""
    odd = entry(title="Ab Cd " * 40_000 + "Madonna, Ada Lovelace et al.", authors="")
    report = loaded(store, put(tmp_path, "long.txt", page(entry(), odd)))
    assert len(report.files[0].problems[0].found) <= 200
