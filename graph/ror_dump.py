"""ROR's own data → organisations: the JSON or CSV of its dumps, plain, packed, or in the ZIP that they come in.

Source: https://ror.readme.io/docs/data-dump and /docs/ror-data-structure (schema 2.1); the data is CC0. The CSV has a
name's language before it ("en: University of …"), and "; " between names.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from .errors import UnreadableFile
from .opening import Member, opened
from .readers.json_records import json_records
from .records import Problem
from .ror import Named

_EXPECTED: Final = "expected ROR's data dump, its JSON or CSV of schema 2"
_ROR: Final = re.compile(r"(?:https://ror\.org/)?(0[a-z0-9]{8})")
_NAMES: Final = frozenset({"ror_display", "label", "alias"})
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2,3}|no_lang_code): ")
_DISPLAY: Final = "names.types.ror_display"
_PLACE: Final = "locations.geonames_details."


@dataclass(slots=True)
class Dump:
    """The organisations of a dump. `left_out` counts those that are withdrawn or no longer active, as they go by."""

    path: str
    left_out: int = 0

    def organisations(self) -> Iterator[Named]:
        """Yield the active organisations, in the order of the file. Memory does not grow with it.

        Raises:
            UnreadableFile: something else, or broken.
        """
        with opened(self.path) as outer:
            found = list(outer.members())
            members = [one for one in found if isinstance(one, Member)]
            broken = next((one.error for one in found if not isinstance(one, Member) and one.error), None)
            if broken is not None:
                raise broken
            best = min(members, key=_rank, default=None)
            if best is None:
                raise UnreadableFile(self.path, f"found no file in it, {_EXPECTED}")
            with best.open() as stream:
                read = _from_json if best.head(64).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in b"[{" else _from_csv
                for record in read(stream, best.label):
                    yield from self._active(record)

    def _active(self, record: tuple[str, Named]) -> Iterator[Named]:
        status, one = record
        if status == "active":
            yield one
        else:
            self.left_out += 1


def read_dump(path: str | Path) -> Iterator[Named]:
    """Yield the active organisations of a dump. Raises: UnreadableFile: it is something else, or broken."""
    return Dump(str(path)).organisations()


def _rank(member: Member) -> tuple[bool, bool, str]:
    """Of the files in a ZIP that of schema 2 comes first, and JSON before CSV."""
    return "schema_v2" not in member.name, not member.name.endswith(".json"), member.name


def _from_json(stream: IO[bytes], label: str) -> Iterator[tuple[str, Named]]:
    for found in json_records(stream, label):
        if isinstance(found, Problem):
            where = found.lines.first if found.lines.unit == "line" else None
            raise UnreadableFile(label, f"found {found.found}, {_EXPECTED}", where)
        place, record = found
        try:
            yield _of_record(record)
        except (KeyError, TypeError, AttributeError):
            reason = f"found another object as {place.unit} {place.first}, {_EXPECTED}"
            raise UnreadableFile(label, reason) from None


def _of_record(record: Mapping[str, Any]) -> tuple[str, Named]:
    names = sorted(record["names"], key=lambda name: "ror_display" not in name["types"])
    place = (record["locations"] or [{}])[0].get("geonames_details") or {}
    made = Named(
        _plain(record["id"]),
        str(place.get("country_code") or ""),
        str(place.get("lat") or ""),
        str(place.get("lng") or ""),
        tuple(name["value"] for name in names if _NAMES & set(name["types"])),
        tuple(name["value"] for name in names if "acronym" in name["types"]),
    )
    return str(record.get("status") or "active"), made


def _from_csv(stream: IO[bytes], label: str) -> Iterator[tuple[str, Named]]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rows = csv.DictReader(text, strict=True)
    try:
        if not {"id", _DISPLAY} <= set(rows.fieldnames or ()):
            raise UnreadableFile(label, f"found another file, {_EXPECTED}", 1)
        for row in rows:
            yield _of_row(row.get)
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        reason = f"found a row that cannot be read ({error}), {_EXPECTED}"
        raise UnreadableFile(label, reason, rows.line_num) from None


def _of_row(cell: Callable[[str], str | None]) -> tuple[str, Named]:
    def several(column: str) -> list[str]:
        printed = (cell(column) or "").split("; ")
        return [name for each in printed if (name := _LANGUAGE.sub("", each.strip(), count=1))]

    shown = (cell(_DISPLAY) or "").strip()
    names = [shown, *several("names.types.label"), *several("names.types.alias")]
    made = Named(
        _plain(cell("id") or ""),
        (cell(_PLACE + "country_code") or "").split("; ")[0],
        (cell(_PLACE + "lat") or "").split("; ")[0],
        (cell(_PLACE + "lng") or "").split("; ")[0],
        tuple(dict.fromkeys(filter(None, names))),
        tuple(several("names.types.acronym")),
    )
    return cell("status") or "active", made


def _plain(printed: str) -> str:
    """The ROR without its address. Raises: KeyError: it is none."""
    found = _ROR.fullmatch(printed.strip())
    if found is None:
        raise KeyError(f"no ROR: {printed[:40]!r}")
    return found[1]
