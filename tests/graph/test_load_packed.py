"""Files that are packed: the same source as unpacked, every member of an archive, and what stands before a break."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest

from collegium.graph.errors import NothingToLoad
from collegium.graph.sources import sources
from collegium.graph.store import Store
from pages import dump, entry, loaded, page, put

PAGE = page(entry(), entry(title="Another", authors="Ada Lovelace, Mary Somerville"))
RIS = b"".join(
    b"TY  - JOUR\r\nTI  - Paper %d\r\nAU  - Lovelace, Ada\r\nAU  - Babbage, Charles\r\nPY  - 1843\r\nER  - \r\n"
    % n
    for n in range(2_000)
)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_file_is_the_same_source(store: Store, tmp_path: Path, pack: object) -> None:
    """If it failed: the same page, packed, would be a second source beside the first."""
    loaded(store, put(tmp_path, "page.txt", PAGE))
    before = dump(store)
    packed = tmp_path / "page.txt.packed"
    packed.write_bytes(pack(PAGE.encode()))  # type: ignore[operator]
    report = loaded(store, packed)
    assert report.files[0].is_unchanged
    assert dump(store) == before


def test_each_file_of_an_archive_is_a_source(store: Store, tmp_path: Path) -> None:
    """If it failed: files in an archive would be lost, or one source that cannot be taken apart."""
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a/one.txt", PAGE)
        file.writestr("a/works.ris.gz", gzip.compress(RIS))
        file.writestr("a/notes.txt", "Dear Ada")
        file.writestr(".hidden", PAGE)
    report = loaded(store, archive)
    assert [(f.path, f.reader) for f in report.files] == [
        (f"{archive}: a/one.txt", "profile_page"),
        (f"{archive}: a/works.ris.gz", "ris"),
    ]
    assert [name for name in report.skipped if name.endswith("notes.txt")]
    assert [source.papers for source in sources(store.refreshed())] == [2, 2_000]
    assert report.failures == ()


def test_what_stands_before_a_break_is_loaded_and_the_break_told(store: Store, tmp_path: Path) -> None:
    """If it failed: a download that broke off would be lost whole, or look whole."""
    cut = tmp_path / "works.ris.gz"
    whole = io.BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=0, fileobj=whole, mtime=0) as file:
        file.write(RIS)
    cut.write_bytes(whole.getvalue()[: len(RIS) // 2])
    report = loaded(store, cut)
    (file_report,) = report.files
    assert 900 < file_report.counts["papers"].new < 1_100
    (_,) = [p for p in file_report.problems if "nothing behind this was read" in p.expected]
    assert report.exit_code == 1
    assert loaded(store, cut).files[0].is_unchanged


def test_an_archive_of_nothing_is_told(store: Store, tmp_path: Path) -> None:
    """If it failed: a wrong file would look like one that was loaded."""
    archive = tmp_path / "nothing.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("notes.txt", "Dear Ada")
    with pytest.raises(NothingToLoad, match="no file of a format we read"):
        loaded(store, archive)
    assert not store.refreshed().version
