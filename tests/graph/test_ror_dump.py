"""ROR's own data in each form that it comes in."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.errors import UnreadableFile
from collegium.graph.ror import Named
from collegium.graph.ror_dump import Dump, read_dump

UC = Named("00pjdza24", "US", "37.8", "-122.27", ("University of California System", "UC System"), ("UC",))
COLUMNS = (
    "id",
    "names.types.ror_display",
    "names.types.label",
    "names.types.alias",
    "names.types.acronym",
    "locations.geonames_details.country_code",
    "locations.geonames_details.lat",
    "locations.geonames_details.lng",
    "status",
)


def record(status: str = "active") -> dict[str, Any]:
    names = [
        {"value": "UC", "types": ["acronym"], "lang": "en"},
        {"value": "UC System", "types": ["alias"], "lang": "en"},
        {"value": "University of California System", "types": ["ror_display", "label"], "lang": "en"},
    ]
    where = {"geonames_details": {"country_code": "US", "lat": 37.8, "lng": -122.27}}
    return {"id": "https://ror.org/00pjdza24", "status": status, "names": names, "locations": [where]}


def row(status: str = "active") -> list[str]:
    name = "University of California System"
    shown = [name, f"en: {name}", "no_lang_code: UC System", "en: UC"]
    return ["https://ror.org/00pjdza24", *shown, "US", "37.8", "-122.27", status]


AS_JSON = json.dumps([record(), record("withdrawn")])


def as_csv(*rows: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    return text.getvalue()


@pytest.mark.parametrize("content", [AS_JSON, as_csv(row(), row("inactive"))], ids=["json", "csv"])
@pytest.mark.parametrize("packing", ["plain", "gzip", "zip"])
def test_a_dump_is_read_as_it_comes(tmp_path: Path, content: str, packing: str) -> None:
    """If it failed: the documented command would not build the table, or bring back an institution that ended."""
    file = tmp_path / "dump"
    if packing == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("v2-ror-data." + ("json" if content is AS_JSON else "csv"), content)
    else:
        file.write_bytes(gzip.compress(content.encode()) if packing == "gzip" else content.encode())
    dump = Dump(str(file))
    assert (list(dump.organisations()), dump.left_out) == ([UC], 1)


def test_of_a_zip_the_json_of_schema_2_is_taken(tmp_path: Path) -> None:
    """If it failed: the old schema, which lies beside it, would be read as broken."""
    with zipfile.ZipFile(tmp_path / "dump.zip", "w") as archive:
        archive.writestr("v1.40-ror-data.json", '[{"id": "https://ror.org/00pjdza24", "name": "UC"}]')
        archive.writestr("v1.40-ror-data_schema_v2.csv", "id\n")
        archive.writestr("v1.40-ror-data_schema_v2.json", AS_JSON)
    assert list(read_dump(tmp_path / "dump.zip")) == [UC]


def test_the_example_of_ror_itself(shared_data: Path) -> None:
    """If it failed: the form that ROR publishes would not be read."""
    (found,) = read_dump(shared_data / "ror" / "example_record_v2_1.json")
    assert (found.ror, found.names[0], found.acronyms) == (
        "00pjdza24",
        "University of California System",
        ("UC",),
    )


BROKEN = {
    '[{"id": "https://ror.org/00pjdza24", "name": "UC"}]': "record 1",
    '[{"id": "x", "names": [], "locations": []}]': "record 1",
    AS_JSON[:-20]: "the end of the file",
    "id,name\n1,2\n": "found another file",
    as_csv(["x", *row()[1:]]): "no ROR: 'x'",
}


@pytest.mark.parametrize("content", BROKEN)
def test_another_or_a_broken_file_is_refused(tmp_path: Path, content: str) -> None:
    """If it failed: a table would be made of half of the organisations, and nobody would know."""
    file = tmp_path / "dump"
    file.write_text(content, "utf-8")
    with pytest.raises(UnreadableFile, match=BROKEN[content]) as refused:
        list(read_dump(file))
    assert "expected ROR's data dump" in str(refused.value)


def test_a_zip_that_broke_off_is_refused(tmp_path: Path) -> None:
    """If it failed: what was downloaded by half would look whole."""
    with zipfile.ZipFile(tmp_path / "dump.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "ror-data.json", json.dumps([{**record(), "filler": str(n) * 50} for n in range(500)])
        )
    content = (tmp_path / "dump.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[: len(content) // 2])
    with pytest.raises(UnreadableFile):
        list(read_dump(tmp_path / "cut.zip"))
