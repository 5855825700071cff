"""graph/opening: what is damaged, cut off, hostile or foreign is said in one line, and what can be had is given."""

from __future__ import annotations

import gzip
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.opening import LeftOut, Member, compression, opened
from packing import (
    COMPRESSIONS,
    broken_off,
    contents_of,
    found_in,
    only_error,
    tarred,
    until_break,
    zipped,
)

TEXT = b"".join(b'{"title": "Paper %d", "year": %d}\n' % (n * n, n % 97) for n in range(9_000))


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Return where a test writes the file to open. Prevents: two tests share one file."""
    return tmp_path / "x.packed"


@pytest.mark.parametrize("kind", COMPRESSIONS)
@pytest.mark.parametrize("kept", [0.3, 0.8, 0.99, -1])
def test_a_file_that_is_cut_off_gives_its_beginning(packed: Path, kind: str, kept: float) -> None:
    """If it failed: a download that broke off would pass for the whole, or give nothing."""
    whole = COMPRESSIONS[kind](TEXT)
    packed.write_bytes(whole[: int(len(whole) * kept) if kept > 0 else -1])
    try:
        found, error = broken_off(packed)
    except StopIteration:  # not one block is whole: not one byte can be had
        assert kind in ("bz2", "zst")
        error = found_in(packed)[0].error  # type: ignore[union-attr, assignment]
        found = b""
    assert TEXT.startswith(found)
    assert len(found) > 0.2 * kept * len(TEXT) or kind in ("bz2", "zst")
    assert "found the end of the file in the middle of the" in error.reason
    assert "\n" not in str(error)


@pytest.mark.parametrize("kind", COMPRESSIONS)
def test_a_wrong_checksum_comes_after_all_that_can_be_had(packed: Path, kind: str) -> None:
    """If it failed: one wrong bit at the end of a small file would cost all its records."""
    whole = bytearray(COMPRESSIONS[kind](TEXT[:3_000]))
    of_index = 4 * (int.from_bytes(whole[-8:-4], "little") + 1)  # xz: the check stands before the index
    whole[{"xz": -12 - of_index - 1, "zst": -2}.get(kind, -6)] ^= (
        1  # gzip: CRC-32; bzip2: the one of the whole stream
    )
    packed.write_bytes(whole)
    found, error = broken_off(packed)
    assert found == TEXT[:3_000]
    assert "found damaged " in error.reason


def test_damage_in_the_middle_gives_all_before_it(packed: Path) -> None:
    """If it failed: a bad sector would cost more than what lies behind it."""
    for kind, pack in COMPRESSIONS.items():
        whole = bytearray(b"".join(pack(TEXT[n : n + 30_000]) for n in range(0, len(TEXT), 30_000)))
        place = len(whole) * 2 // 3
        whole[place : place + 40] = b"\xa5" * 40
        packed.write_bytes(whole)
        found, error = broken_off(packed)
        good = next((n for n, (a, b) in enumerate(zip(found, TEXT, strict=False)) if a != b), len(found))
        assert good >= len(TEXT) // 2, kind
        assert "expected an intact file" in error.reason


@pytest.mark.parametrize("kind", COMPRESSIONS)
def test_streams_may_follow_each_other_and_nothing_else_may(packed: Path, kind: str) -> None:
    """If it failed: the second half of a file made by `cat a.gz b.gz` would be lost without a word."""
    pack = COMPRESSIONS[kind]
    padding = bytes(1_024) if kind in ("gz", "xz") else b""
    packed.write_bytes(pack(TEXT) + padding + pack(b"") + pack(b"more") + padding)
    assert [*contents_of(packed).values()] == [TEXT + b"more"]
    packed.write_bytes(pack(TEXT) + pack(b"more") + b"<html>")
    found, error = broken_off(packed)
    assert found == TEXT + b"more"
    assert "found other bytes after the end of" in error.reason


@pytest.mark.parametrize(
    "data", [b"", b"\x1f\x8b", b"BZh9", b"\xfd7z", b"PK", b"Plain text in x.gz\n", bytes(2_000)]
)
def test_what_only_looks_packed_is_plain(tmp_path: Path, data: bytes) -> None:
    """If it failed: a text with the ending .gz, or an empty file, could not be read as what it is."""
    path = tmp_path / "x.gz"
    path.write_bytes(data)
    assert contents_of(path) == {"x.gz": data}


def test_an_empty_packed_file_is_empty(packed: Path) -> None:
    """If it failed: an empty .gz would be called damaged."""
    for pack in COMPRESSIONS.values():
        packed.write_bytes(pack(b""))
        assert [*contents_of(packed).values()] == [b""]
    packed.write_bytes(zipped({}))
    assert found_in(packed) == []


def test_each_way_of_reading_comes_to_the_break(packed: Path) -> None:
    """If it failed: a reader that reads by lines, or all at once, would take a broken file for whole."""
    whole = gzip.compress(TEXT)
    packed.write_bytes(whole[: len(whole) // 2])
    with opened(str(packed)) as outer:
        [member] = outer.members()
        assert isinstance(member, Member)
        lines = []
        with member.open() as stream, pytest.raises(UnreadableFile):
            lines.extend(iter(stream.readline, None))
        given, _ = until_break(member.open())
        assert b"".join(lines) == given
        for read in ("read", "readlines", "digest"):
            with member.open() as stream, pytest.raises(UnreadableFile):
                getattr(stream, read)()
        for read in ("read1", "readinto", "readinto1"):
            with member.open() as stream:
                while stream.broken is None:
                    stream.read(1 << 16)
                with pytest.raises(UnreadableFile):
                    getattr(stream, read)(9 if read == "read1" else bytearray(9))
                assert stream.read(0) == b""
        with pytest.raises(UnreadableFile):
            member.digest()


def test_what_we_do_not_undo_is_said_by_its_name(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a user would be told of NUL bytes, and not what to do."""
    cases = {
        b"7z\xbc\xaf\x27\x1c\0": "found a 7z archive, expected text, or text packed as gzip",
        zipped({"[Content_Types].xml": b""}): "found a document of an office program",
        zipped({})[:-2]: "found no directory at the end of the zip archive",
        COMPRESSIONS["gz"](b"")[:9]: "found the end of the file in the middle of the gzip data",
    }
    for data, expected in cases.items():
        packed.write_bytes(data)
        assert only_error(packed).startswith(f"x.packed: {expected}")
    monkeypatch.setattr(compression, "zstd_module", lambda: None)
    packed.write_bytes(b"\x28\xb5\x2f\xfd\0\0")
    assert only_error(packed).endswith('expected the package that undoes it: pip install "collegium[zstd]"')


def test_a_path_that_cannot_be_opened_is_an_error_of_ours(tmp_path: Path) -> None:
    """If it failed: a user would see a traceback."""
    os.mkfifo(tmp_path / "fifo")
    reader = os.open(tmp_path / "fifo", os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(tmp_path / "fifo", os.O_WRONLY)
    for name in ("missing", ".", "fifo", "a\0b"):
        with (
            pytest.raises(UnreadableFile, match=r"cannot be read|found a pipe"),
            opened(str(tmp_path / name)),
        ):
            pass
    os.close(reader)
    os.close(writer)


STARTS = [
    *(pack(b"some bytes" * 20) for pack in COMPRESSIONS.values()),
    *(zipped({"a": b"1" * 600, "b/c": b"2"}, is_piped=is_piped) for is_piped in (False, True)),
    *(tarred({"a" * 120: b"1" * 600, "b": b"2"}, form) for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT)),
    b"\x28\xb5\x2f\xfd",
]


@given(
    start=st.sampled_from(STARTS),
    changes=st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=6),
    kept=st.integers(1, 12_000),
    more=st.binary(max_size=40),
    is_packed=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
def test_no_bytes_raise_anything_but_ours(
    packed: Path, start: bytes, changes: list[tuple[int, int]], kept: int, more: bytes, is_packed: bool
) -> None:
    """If it failed: a damaged file would end a load with a traceback, and keep all others out."""
    data = bytearray(start[:kept])
    for place, value in changes:
        data[place % len(data)] = value
    data += more
    packed.write_bytes(gzip.compress(data) if is_packed else data)
    with opened(str(packed)) as outer:
        for found in outer.members():
            if isinstance(found, LeftOut):
                assert "\n" not in str(found.error) + found.reason
            else:
                until_break(found.open())
