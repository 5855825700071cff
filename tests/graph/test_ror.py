"""Institutions by name: what one organisation alone bears, and what stays a name."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.errors import UnreadableFile
from collegium.graph.ror import Organisation, RorTable, read_dump

DELFT = Organisation(
    "02e2c7k09", "NL", "51.9989", "4.3737", ("Delft University of Technology", "TU Delft"), ("TUD",)
)
DRESDEN = Organisation(
    "042aqky30", "DE", "51.0", "13.7", ("TU Dresden", "Technische Universität Dresden"), ("TUD",)
)
HEALTH_IT = Organisation("00789fa95", "IT", "41.9", "12.4", ("Ministry of Health",))
HEALTH_FR = Organisation("04qyzam39", "FR", "48.8", "2.3", ("Ministry of Health",), ("MH",))
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
def test_a_name_means_the_one_that_bears_it(
    name: str, country: str | None, found: Organisation | None
) -> None:
    """If it failed: papers would be put to a place that nobody named."""
    assert TABLE.match(name, country) == found


def test_the_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """If it failed: the same dump would give another table each time, or lose names."""
    one, other = tmp_path / "one.gz", tmp_path / "other.gz"
    TABLE.write(one)
    RorTable.of(reversed(TABLE.organisations.values())).write(other)
    assert one.read_bytes() == other.read_bytes()
    assert RorTable.open(one).organisations == TABLE.organisations


@pytest.mark.parametrize("content", [b"", b"nothing", b"\x1f\x8b\x08\x00broken"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """If it failed: a wrong path would look like a table without institutions."""
    file = tmp_path / "table.gz"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"expected"):
        RorTable.open(file)
    with pytest.raises(UnreadableFile, match=r"expected"):
        list(read_dump(file))


def _record(status: str = "active") -> dict[str, Any]:
    names = [
        {"value": "UC", "types": ["acronym"], "lang": "en"},
        {"value": "UC System", "types": ["alias"], "lang": "en"},
        {"value": "University of California System", "types": ["ror_display", "label"], "lang": "en"},
    ]
    where = {"geonames_details": {"country_code": "US", "lat": 37.8, "lng": -122.27}}
    return {"id": "https://ror.org/00pjdza24", "status": status, "names": names, "locations": [where]}


@pytest.mark.parametrize("is_zipped", [False, True])
def test_a_dump_is_read_as_it_comes(tmp_path: Path, is_zipped: bool) -> None:
    """If it failed: the documented command would not build the table."""
    file, text = tmp_path / "dump", json.dumps([_record(), _record("withdrawn")])
    if is_zipped:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("v2-ror-data_schema_v2.json", text)
    else:
        file.write_text(text, "utf-8")
    names = ("University of California System", "UC System")
    assert list(read_dump(file)) == [Organisation("00pjdza24", "US", "37.8", "-122.27", names, ("UC",))]


def test_the_example_of_ror_itself(shared_data: Path) -> None:
    """If it failed: the form that ROR publishes would not be read."""
    (found,) = read_dump(shared_data / "ror" / "example_record_v2_1.json")
    assert (found.ror, found.names[0], found.acronyms) == (
        "00pjdza24",
        "University of California System",
        ("UC",),
    )
