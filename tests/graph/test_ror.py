"""Institutions by name: what one organisation alone bears, and what stays a name."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.names import name_key
from collegium.graph.ror import Named, RorTable
from collegium.graph.ror_dump import read_dump
from strategies import any_text

DELFT = Named(
    "02e2c7k09", "NL", "51.9989", "4.3737", ("Delft University of Technology", "TU Delft"), ("TUD",)
)
DRESDEN = Named("042aqky30", "DE", "51.0", "13.7", ("TU Dresden", "Technische Universität Dresden"), ("TUD",))
HEALTH_IT = Named("00789fa95", "IT", "41.9", "12.4", ("Ministry of Health",))
HEALTH_FR = Named("04qyzam39", "FR", "48.8", "2.3", ("Ministry of Health",), ("MH",))
TABLE = RorTable.of([DELFT, DRESDEN, HEALTH_IT, HEALTH_FR])


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Delft University of Technology", None, DELFT),
        ("delft  university of TECHNOLOGY.", None, DELFT),
        ("TU Delft", "nl", DELFT),
        ("TU Delft", "DE", None),
        ("Technische Universität Dresden", None, DRESDEN),
        ("Technische Universitat Dresden", None, None),
        ("TUD", None, None),
        ("TUD", "DE", DRESDEN),
        ("MH", None, HEALTH_FR),
        ("Ministry of Health", None, None),
        ("Ministry of Health", "IT", HEALTH_IT),
        ("Department of Physics, TU Delft", None, None),
        ("", None, None),
    ],
)
def test_a_name_means_the_one_that_bears_it(name: str, country: str | None, found: Named | None) -> None:
    """If it failed: papers would be put to a place that nobody named."""
    match = TABLE.match(name, country)
    assert (match and (match.ror, match.name)) == (found and (found.ror, found.names[0]))


def test_the_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """If it failed: the same dump would give another table each time, or lose names."""
    one, other = tmp_path / "one.gz", tmp_path / "other.gz"
    TABLE.write(one)
    RorTable.of([HEALTH_FR, DRESDEN, HEALTH_IT, DELFT]).write(other)
    assert one.read_bytes() == other.read_bytes()
    assert RorTable.open(one) == TABLE
    assert (len(TABLE), TABLE.names) == (4, 7)


def test_no_table_is_a_table_of_nothing() -> None:
    """If it failed: what a table made one could not be taken back."""
    table = RorTable.open("none")
    assert (len(table), table.match("TU Delft")) == (0, None)
    assert table.digest != TABLE.digest


def test_another_dump_has_another_digest(tmp_path: Path) -> None:
    """If it failed: a newer table would not be looked at."""
    other = RorTable.of([DELFT, DRESDEN, HEALTH_IT])
    other.write(tmp_path / "other.gz")
    assert RorTable.open(tmp_path / "other.gz").digest == other.digest != TABLE.digest


organisations = st.builds(
    Named,
    st.from_regex(r"0[a-z0-9]{8}", fullmatch=True),
    st.sampled_from(("", "NL", "DE")),
    st.just(""),
    st.just(""),
    st.lists(any_text | st.sampled_from(("TU", "Tu.", ".\t.", "a\tn\tb")), min_size=1, max_size=3).map(tuple),
    st.lists(any_text | st.sampled_from(("TU", "ETH")), max_size=2).map(tuple),
)


@given(st.lists(organisations, max_size=6, unique_by=lambda one: one.ror))
def test_each_is_found_by_its_names_and_no_other(known: list[Named]) -> None:
    """If it failed: an odd name in the registry would hide another, or lead to the wrong place."""
    table = RorTable.of(known)
    for text in {text for one in known for text in (*one.names, *one.acronyms)}:
        key = " ".join(name_key(text).split())
        bearing = {one.ror for one in known if key in [" ".join(name_key(n).split()) for n in one.names]}
        short = {one.ror for one in known if key in [" ".join(name_key(n).split()) for n in one.acronyms]}
        assert {one.ror for one in table.bearers(text)} == ((bearing or short) if key else set())


OTHER = gzip.compress(b"#collegium-ror 1\n", mtime=0)
CUT = gzip.compress(b"#collegium-ror 2\n\n" + bytes(range(256)), mtime=0)[:-9]


@pytest.mark.parametrize("content", [b"", b"nothing", b"\x1f\x8b\x08\x00broken", OTHER, CUT])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """If it failed: a wrong path would look like a table without institutions."""
    file = tmp_path / "table.gz"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"expected"):
        RorTable.open(file)
    with pytest.raises(UnreadableFile, match=r"expected"):
        list(read_dump(file))
