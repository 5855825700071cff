"""Which institution of the Research Organization Registry a name means: a compact table, built from the dump of ROR.

A name, label or alias counts when one active organisation alone bears it (or one alone of the country that the source
gives); an acronym when it is one organisation's alone and nobody's name. Anything else stays what the source says:
2,831 acronyms of ROR are ambiguous.

Source: https://ror.readme.io/docs/data-structure (schema 2.1); the data is CC0.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from .errors import UnreadableFile
from .names import name_key

_HEAD: Final = "#collegium-ror 1"  # first line of the table: form and version
_NAMES: Final = frozenset({"ror_display", "label", "alias"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """One active organisation: its ROR without address, country (ISO 3166, two letters), place, names and acronyms."""

    ror: str
    country: str
    latitude: str
    longitude: str
    names: tuple[str, ...]  # the one it goes by first
    acronyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RorTable:
    """All organisations, found by name."""

    organisations: dict[str, Organisation]
    _named: dict[str, frozenset[str]] = field(repr=False)
    _short: dict[str, frozenset[str]] = field(repr=False)

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> RorTable:
        """Return the table of some organisations."""
        known = {one.ror: one for one in organisations}
        named: dict[str, set[str]] = {}
        short: dict[str, set[str]] = {}
        for one in known.values():
            for table, texts in ((named, one.names), (short, one.acronyms)):
                for text in texts:
                    table.setdefault(name_key(text), set()).add(one.ror)
        frozen = [{key: frozenset(rors) for key, rors in table.items()} for table in (named, short)]
        return cls(known, *frozen)

    @classmethod
    def open(cls, path: Path) -> RorTable:
        """Return the table in a file that `write` made. Raises: UnreadableFile."""
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                if file.readline().rstrip("\n") != _HEAD:
                    raise UnreadableFile(
                        str(path), "found another file, expected a table made by collegium ror", 1
                    )
                return cls.of(map(_organisation, file))
        except (OSError, EOFError, ValueError) as error:
            raise UnreadableFile(
                str(path), f"found no table that can be read ({error}), expected one"
            ) from None

    def match(self, name: str, country: str | None = None) -> Organisation | None:
        """Return the one organisation that a name means; None when it is nobody's, or several bear it.

        Args:
            country: where the source says it lies; another country than that of the organisation is no match.
        """
        key = name_key(name)
        found = self._named.get(key) or self._short.get(key) or frozenset()
        there = [self.organisations[ror] for ror in found]
        if country:
            there = [one for one in there if one.country == country.upper()]
        return there[0] if len(there) == 1 else None

    def write(self, path: Path) -> None:
        """Write the table, by ROR: the same organisations give the same bytes."""
        text = "".join(_line(self.organisations[ror]) for ror in sorted(self.organisations))
        with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
            file.write(f"{_HEAD}\n{text}".encode())


def read_dump(path: Path) -> Iterator[Organisation]:
    """Yield the active organisations of ROR's own data: its JSON of schema 2, plain or in the ZIP that it comes in.

    Raises:
        UnreadableFile: something else.
    """
    try:
        with _json_of(path) as file:
            records = json.load(file)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableFile(str(path), f"found no JSON ({error}), expected ROR's data dump") from None
    for record in records if isinstance(records, list) else [records]:
        if not isinstance(record, dict) or "names" not in record or "locations" not in record:
            raise UnreadableFile(str(path), "found other JSON, expected records of ROR's schema 2")
        if record.get("status", "active") == "active":
            yield _from_record(record)


def _json_of(path: Path) -> IO[bytes]:
    if not zipfile.is_zipfile(path):
        return path.open("rb")
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".json")]
        best = next((name for name in names if "schema_v2" in name), names[0] if names else None)
        if best is None:
            raise ValueError("no .json in the archive")
        return io.BytesIO(archive.read(best))


def _from_record(record: dict[str, Any]) -> Organisation:
    names = sorted(record["names"], key=lambda name: "ror_display" not in name["types"])
    place = (record["locations"] or [{}])[0].get("geonames_details") or {}
    return Organisation(
        record["id"].rpartition("/")[2],
        place.get("country_code") or "",
        str(place.get("lat") or ""),
        str(place.get("lng") or ""),
        tuple(name["value"] for name in names if _NAMES & set(name["types"])),
        tuple(name["value"] for name in names if "acronym" in name["types"]),
    )


def _line(one: Organisation) -> str:
    cells = (one.ror, one.country, one.latitude, one.longitude, "|".join(one.names), "|".join(one.acronyms))
    return "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


def _organisation(line: str) -> Organisation:
    ror, country, latitude, longitude, names, acronyms = line.rstrip("\n").split("\t")
    return Organisation(
        ror, country, latitude, longitude, tuple(names.split("|")), tuple(filter(None, acronyms.split("|")))
    )
