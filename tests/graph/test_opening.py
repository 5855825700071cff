"""graph/opening: what lies in a file is found and given as it was packed."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import stat
import tarfile
import tracemalloc
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.graph.opening import LeftOut, Limits, Member, Why, opened
from collegium.graph.opening.contents import OuterFile
from packing import COMPRESSIONS, contents_of, found_in, shown, tarred, until_break, zipped

TEXT = b"".join(b'{"title": "Paper %d", "year": %d}\n' % (n, 1900 + n % 120) for n in range(9_000))
ZIP_METHODS = {"stored": 0, "deflate": 8, "bzip2": 12}


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Return where a test writes the file to open. Prevents: two tests share one file."""
    return tmp_path / "file"


def only_member(path: Path) -> tuple[bytes, str]:
    """Return the bytes of the only member, and the digest that its stream says."""
    with opened(str(path)) as outer:
        [member] = outer.members()
        assert isinstance(member, Member), member
        with member.open() as stream:
            found, error = until_break(stream)
            assert error is None
            assert stream.size == len(found)
            return found, stream.digest()


def test_a_plain_file_is_its_own_member(packed: Path) -> None:
    """If it failed: the files that are loaded today would not load."""
    packed.write_bytes(TEXT)
    with opened(str(packed)) as outer:
        [member] = outer.members()
        assert isinstance(member, Member)
        assert (member.name, member.label, outer.size) == ("file", str(packed), len(TEXT))
        assert member.head(10) == TEXT[:10]
        with member.open() as stream:
            assert list(stream) == TEXT.splitlines(keepends=True)
            assert stream.digest() == member.digest() == sha256(TEXT).hexdigest()


@pytest.mark.parametrize("kind", COMPRESSIONS)
@pytest.mark.parametrize("ending", ["json", "gz", "zip"])
def test_the_content_tells_the_compression(tmp_path: Path, kind: str, ending: str) -> None:
    """If it failed: a file with a wrong ending could not be loaded, or a packed one was another source."""
    path = tmp_path / f"x.{ending}"
    path.write_bytes(COMPRESSIONS[kind](TEXT))
    assert only_member(path) == (TEXT, sha256(TEXT).hexdigest())


@given(
    data=st.just(b"") | st.binary(max_size=3_000).map(b"{".__add__),  # hypothesis finds our magic numbers
    layers=st.lists(st.sampled_from([*COMPRESSIONS, "zip", "piped", "tar", "gnu"]), max_size=5),
    is_long=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_what_is_packed_in_any_way_comes_out_again(
    packed: Path, data: bytes, layers: list[str], is_long: bool
) -> None:
    """If it failed: a byte of a source would be lost, or the same content would be two sources."""
    name = "d/" * 70 + "x.json" if is_long else "x.json"
    ways = COMPRESSIONS | {
        "zip": lambda inner: zipped({name: inner}),
        "piped": lambda inner: zipped({name: inner}, is_piped=True),
        "tar": lambda inner: tarred({name: inner}),
        "gnu": lambda inner: tarred({name: inner}, tarfile.GNU_FORMAT),
    }
    made = data
    for layer in layers:
        made = ways[layer](made)
    packed.write_bytes(made)
    archives = sum(layer not in COMPRESSIONS for layer in layers)
    if archives > 2:
        [left] = found_in(packed)
        assert isinstance(left, LeftOut)
        assert left.why is Why.TOO_DEEP
    else:
        assert only_member(packed) == (data, sha256(data).hexdigest())


@pytest.mark.parametrize("method", ZIP_METHODS)
def test_members_of_archives_bear_their_place(tmp_path: Path, method: str) -> None:
    """If it failed: an error or a source would not say which file of an archive it is about."""
    inner = tarred({"./b/y.json": b"y", "z.json.gz": gzip.compress(b"z")})
    files = {"a/x.json": TEXT, "x.json.gz": gzip.compress(b"x"), "in.tar.xz": lzma.compress(inner)}
    path = tmp_path / "dump.zip"
    path.write_bytes(zipped(files, ZIP_METHODS[method]))
    assert contents_of(path) == {
        "dump.zip: a/x.json": TEXT,
        "dump.zip: x.json.gz": b"x",
        "dump.zip: in.tar.xz: ./b/y.json": b"y",
        "dump.zip: in.tar.xz: z.json.gz": b"z",
    }


def test_what_is_no_file_of_the_user_is_left_out_with_the_reason(packed: Path) -> None:
    """If it failed: a resource fork would be loaded as data, or a file would be missing without a word."""
    kinds = {"d": b"5", "s": b"2", "h": b"1", "c": b"3", "f": b"6", "sparse": b"S"}
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w") as archive:
        for name, kind in kinds.items():
            info = tarfile.TarInfo(name)
            info.type = kind
            archive.addfile(info)
        for name in (".hidden", "__MACOSX/._x.json", ".git/config", "x.json"):
            archive.addfile(tarfile.TarInfo(name))
    packed.write_bytes(into.getvalue())
    found = found_in(packed)
    assert [(f.name, f.why) for f in found if isinstance(f, LeftOut)] == [
        *(("d", Why.DIRECTORY), ("s", Why.LINK), ("h", Why.LINK), ("c", Why.DEVICE), ("f", Why.DEVICE)),
        ("sparse", Why.UNKNOWN_PACKING),
        *((name, Why.HIDDEN) for name in (".hidden", "__MACOSX/._x.json", ".git/config")),
    ]
    assert [f.name for f in found if isinstance(f, Member)] == ["x.json"]
    assert [f.name for f in found if isinstance(f, LeftOut) and f.error] == ["sparse"]


def test_links_in_a_zip_are_left_out(packed: Path) -> None:
    """If it failed: the path that a link holds would be read as data."""
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(packed, "w") as archive:
        archive.mkdir("d")
        archive.writestr(link, "/etc/passwd")
        archive.writestr("x", b"x")
    reasons = [f.reason if isinstance(f, LeftOut) else f.name for f in found_in(packed)]
    assert reasons == ["a directory", "a link", "x"]


def test_names_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: an archive could write outside, or put control characters on the screen."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    path = tmp_path / "x.tar"
    path.write_bytes(tarred({"../../evil": b"1", "/abs": b"2", "a\x1b[31m\n": b"3"}))
    assert list(contents_of(path)) == ["x.tar: ../../evil", "x.tar: /abs", r"x.tar: a\x1b[31m\n"]
    assert [*(tmp_path / "in").iterdir()] == []


def test_a_member_can_be_read_again_and_beside_another(packed: Path) -> None:
    """If it failed: a loader could not look first and read then, or two readings would mix."""
    packed.write_bytes(gzip.compress(tarred({"a": TEXT * 9, "b": TEXT[::-1] * 9})))
    with opened(str(packed)) as outer:
        a, b = (m for m in outer.members() if isinstance(m, Member))
        with a.open() as first, b.open() as second, a.open() as third:
            pieces = [(first.read(5_000), second.read(9_000), third.read(70_000)) for _ in range(700)]
        assert b"".join(p[0] for p in pieces) == b"".join(p[2] for p in pieces) == TEXT * 9
        assert b"".join(p[1] for p in pieces) == TEXT[::-1] * 9


def test_an_archive_is_gone_through_at_most_twice(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a .tar.gz of a thousand files would be unpacked a thousand times."""
    noise = [os.urandom(2 << 20) for _ in range(8)]  # each more than is kept
    packed.write_bytes(gzip.compress(tarred({str(n): data for n, data in enumerate(noise)}), 1))
    taken = []
    plain = OuterFile.read_at

    def counted(self: OuterFile, place: int, size: int) -> bytes:
        taken.append(len(found := plain(self, place, size)))
        return found

    monkeypatch.setattr(OuterFile, "read_at", counted)
    with opened(str(packed)) as outer:
        places = []
        for member, data in zip(outer.members(), noise, strict=True):
            assert isinstance(member, Member)
            assert member.digest() == sha256(data).hexdigest()
            with member.open() as stream:
                assert stream.read() == data
            places.append(outer.place)
        assert sum(taken) <= 2 * outer.size
        assert places == sorted(places)
        assert places[-1] > 0.99 * outer.size


def test_standard_input_is_opened_like_a_file() -> None:
    """If it failed: `zcat | collegium load -` would do what `collegium load x.gz` does not."""
    with opened("-", io.BytesIO(zipped({"x": b"1"}))) as outer:
        assert [(m.label, m.name) for m in outer.members()] == [("-: x", "x")]
    with opened("-", io.BytesIO(b"1")) as outer:
        assert [(m.label, m.name) for m in outer.members()] == [("-", "")]


def test_text_can_be_read_through_the_stream(packed: Path) -> None:
    """If it failed: csv and other readers of text could not sit on it."""
    packed.write_bytes(gzip.compress(TEXT))
    with opened(str(packed)) as outer:
        [member] = outer.members()
        assert isinstance(member, Member)
        with io.TextIOWrapper(member.open(), "utf-8", newline="") as text:
            assert [*text] == TEXT.decode().splitlines(keepends=True)
        with member.open() as stream:
            room = bytearray(9)
            assert (stream.readinto(room), stream.readinto1(room)) == (9, 9)
            assert bytes(room) == TEXT[9:18]


def test_memory_stays_flat(packed: Path) -> None:
    """If it failed: a file of 200 kB could fill the machine's memory."""
    with gzip.open(packed, "wb", 9) as file:
        for _ in range(200):
            file.write(bytes(1_000_000))
    assert packed.stat().st_size < 200_000
    tracemalloc.start()
    with opened(str(packed), limits=Limits(most_ratio=2_000)) as outer:
        [member] = outer.members()
        assert isinstance(member, Member)
        with member.open() as stream:
            while stream.read1(1 << 16):
                pass
            assert stream.size == 200_000_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_real_files_come_out_as_their_own_tools_say(shared_data: Path) -> None:
    """If it failed: a file as archives on the web hand it out would be read wrongly."""
    tools = {".gz": gzip.open, ".xz": lzma.open}
    paths = sorted(path for path in shared_data.glob("*/*") if path.suffix in tools)
    assert paths
    for path in paths:
        with tools[path.suffix](path) as file:
            expected = file.read()
        assert only_member(path) == (expected, sha256(expected).hexdigest()), shown(str(path), path)
