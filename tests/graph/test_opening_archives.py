"""graph/opening: archives that are cut off, damaged or hostile give what can be had, and name the rest."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
from pathlib import Path
from zlib import crc32

import pytest

from collegium.graph.opening import LeftOut, Limits, Member, Why, opened
from packing import (
    COMPRESSIONS,
    broken_off,
    contents_of,
    found_in,
    only_error,
    shown,
    tarred,
    until_break,
    zipped,
)

TEXT = b"".join(b'{"title": "Paper %d", "year": %d}\n' % (n * n, n % 97) for n in range(9_000))


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Return where a test writes the file to open. Prevents: two tests share one file."""
    return tmp_path / "x.packed"


@pytest.mark.parametrize("is_piped", [False, True])
@pytest.mark.parametrize("layer", ["", "gz"])
def test_a_zip_that_is_cut_off_gives_its_first_files(packed: Path, is_piped: bool, layer: str) -> None:
    """If it failed: nothing of a broken download could be had, since the list stands at a zip's end."""
    noise = os.urandom(70_000)
    whole = zipped({"a": TEXT, "sub/b": noise, "c": TEXT}, is_piped=is_piped)
    cut = whole[: whole.index(noise[:50]) + 50_000]
    packed.write_bytes(COMPRESSIONS[layer](cut) if layer else cut)
    with opened(str(packed)) as outer:
        members = outer.members()
        a, b = next(members), next(members)
        assert isinstance(a, Member) and isinstance(b, Member)
        assert a.open().read() == TEXT
        found, error = until_break(b.open())
        assert noise.startswith(found)
        assert len(found) >= 40_000
        assert shown(str(error), packed).startswith("x.packed: sub/b: found")
        [last] = members
        assert isinstance(last, LeftOut)
        assert "found no directory at the end of the zip archive, expected one" in last.reason


def test_files_of_a_zip_that_cannot_be_had_are_named_alone(packed: Path) -> None:
    """If it failed: one file with a password would keep the others out, or be missing without a word."""
    whole = bytearray(zipped({"secret": b"1", "odd": b"2", "bad": TEXT, "long": b"3", "good": b"4"}, 0))
    place = whole.index(b"PK\1\2")
    for name, (offset, value) in {"secret": (8, 1), "odd": (10, 9), "bad": (16, 7), "long": (24, 9)}.items():
        assert whole[place + 46 :].startswith(name.encode())
        struct.pack_into("<H", whole, place + offset, value)
        place = whole.index(b"PK\1\2", place + 4)
    packed.write_bytes(whole)
    with opened(str(packed)) as outer:
        said = {}
        for found in outer.members():
            error = found.error if isinstance(found, LeftOut) else until_break(found.open())[1]
            said[found.name] = error and error.reason.split(", expected")[0]
    assert said == {
        "secret": "found an encrypted file",
        "odd": "found a file packed by Deflate64",
        "bad": f"found the checksum {crc32(TEXT):08x} after {len(TEXT):,} bytes",
        "long": "found 1 bytes or more",
        "good": None,
    }


def test_a_tar_that_is_cut_off_or_damaged_gives_its_files_before(packed: Path) -> None:
    """If it failed: `tarfile` ends at a bad header as at a good end, and all files after it would be lost silently."""
    whole = tarred({"a": TEXT, "b": TEXT, "c": b"c"})
    second = 512 + -(-len(TEXT) // 512) * 512
    cases = {
        whole[: second + 9_000]: ("x.packed: b: found 8,488 bytes of it, expected 3", 8_488),
        whole[:second] + b"\1" * 512 + whole[second + 512 :]: (
            "x.packed: found no header of a tar archive",
            0,
        ),
        whole[: second * 2]: ("x.packed: found no end mark of the tar archive", len(TEXT)),
    }
    for data, (expected, size) in cases.items():
        for way in (data, gzip.compress(data)):
            packed.write_bytes(way)
            with opened(str(packed)) as outer:
                given, errors = {}, []
                for found in outer.members():
                    if isinstance(found, Member):
                        given[found.name], error = until_break(found.open())
                        errors.append(error)
                    else:
                        errors.append(found.error)
            assert given["a"] == TEXT
            assert given.get("b", b"") == TEXT[:size]
            assert any(shown(str(error), packed).startswith(expected) for error in errors)


def test_tars_behind_each_other_are_one(packed: Path) -> None:
    """If it failed: what `cat a.tar b.tar` adds would be lost without a word."""
    packed.write_bytes(tarred({"a": b"1"}) + tarred({"b": b"2"}))
    assert [*contents_of(packed).values()] == [b"1", b"2"]
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8 << 30
    packed.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(5_000))
    assert "found a header of 8,589,934,592 bytes" in only_error(packed)


def test_bombs_are_refused(packed: Path) -> None:
    """If it failed: a small file could keep the machine busy for days."""
    zeros = bytes(4_000_000)
    tight = Limits(most_bytes=3_000_000, free_bytes=1_500_000, most_ratio=100, most_members=3)
    packed.write_bytes(gzip.compress(zeros))
    found, error = broken_off(packed, tight)
    assert len(found) <= 1_100_000
    assert "is it a bomb?" in error.reason
    lax = Limits(most_bytes=3_000_000)
    assert "found over 3,000,000 bytes packed in it" in broken_off(packed, lax)[1].reason
    packed.write_bytes(zipped({"a": zeros[:2_000_000], "b": zeros[:2_000_000]}))
    with opened(str(packed), limits=lax) as outer:
        members = [m for m in outer.members() if isinstance(m, Member)]
        errors = [until_break(m.open())[1] for m in (members[0], members[0], members[1])]
    assert [error is None for error in errors] == [True, True, False]
    packed.write_bytes(tarred({str(n): b"" for n in range(9)}))
    *members_, left = found_in(packed, tight)
    assert (len(members_), isinstance(left, LeftOut) and left.reason[:18]) == (3, "found over 3 files")
    data = b"x"
    for _ in range(6):
        data = gzip.compress(data)
    packed.write_bytes(data)
    assert "found over 5 layers of compression" in only_error(packed)


def test_files_of_a_zip_that_share_bytes_are_refused(packed: Path) -> None:
    """If it failed: ten megabytes could give petabytes (D. Fifield, "A better zip bomb", 2019)."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", TEXT)
        archive.writestr("b", TEXT)
        archive.filelist[1].header_offset = archive.filelist[0].header_offset
    packed.write_bytes(into.getvalue())
    assert [f.why for f in found_in(packed) if isinstance(f, LeftOut)] == [Why.BROKEN]


def test_headers_before_a_header_are_read(packed: Path) -> None:
    """If it failed: a file after a sparse one would be read from a wrong place, or a hole be taken for data."""
    sparse = tarfile.TarInfo("holes")
    sparse.type = tarfile.GNUTYPE_SPARSE
    block = bytearray(sparse.tobuf(tarfile.GNU_FORMAT))
    block[482] = 1  # more holes are listed in the next block
    block[148:156] = b"%06o\0 " % tarfile.calc_chksums(block)[0]  # type: ignore[attr-defined]
    named = tarfile.TarInfo("GNUSparseFile.1/x")
    named.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.name": "x", "size": "0"}
    linked = tarfile.TarInfo("l")
    linked.type, linked.linkname = tarfile.SYMTYPE, "n" * 200
    packed.write_bytes(
        bytes(block)
        + bytes(512)
        + named.tobuf(tarfile.PAX_FORMAT)
        + linked.tobuf(tarfile.GNU_FORMAT)
        + tarred({"y": b"1"})
    )
    assert [(f.name, f.why) for f in found_in(packed) if isinstance(f, LeftOut)] == [
        ("holes", Why.UNKNOWN_PACKING),
        ("x", Why.UNKNOWN_PACKING),
        ("l", Why.LINK),
    ]
    assert [*contents_of(packed).values()] == [b"1"]


@pytest.mark.parametrize("place", [7, 0xFFFFFFF0])
def test_a_zip_that_lists_a_file_where_none_is_says_so(packed: Path, place: int) -> None:
    """If it failed: any bytes of an archive could be made to pass for a file of it."""
    whole = bytearray(zipped({"a": b"1", "b": b"2"}, 0))
    struct.pack_into("<L", whole, whole.index(b"PK\1\2") + 42, place)
    packed.write_bytes(whole)
    assert {f.name: isinstance(f, LeftOut) and f.why for f in found_in(packed)} == {
        "a": Why.BROKEN,
        "b": False,
    }


def test_a_damaged_file_ends_a_zip_without_a_directory(packed: Path) -> None:
    """If it failed: bytes after a file of unknown size would be taken for the next file."""
    whole = bytearray(zipped({"a": TEXT, "b": TEXT}, is_piped=True))
    end = whole.index(b"PK\1\2")
    whole[2_000:2_040] = b"\xa5" * 40
    packed.write_bytes(whole[:end])
    with opened(str(packed)) as outer:
        a, last = outer.members()
        assert isinstance(a, Member) and isinstance(last, LeftOut)
        found, error = until_break(a.open())
        assert found[:1_000] == TEXT[:1_000]
        assert error is not None and "found damaged deflate data" in error.reason
