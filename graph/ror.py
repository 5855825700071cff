"""Which organisation of the Research Organization Registry a name means: a compact table, made from ROR's own data.

A name, label or alias counts when one active organisation alone bears it (or one alone of the country that the source
gives); an acronym when it is one organisation's alone and nobody's name. Anything else stays what the source says:
2,912 acronyms of ROR are ambiguous.

The file is text, packed by gzip: a head, the organisations by ROR, an empty line, the keys of names, sorted. Both parts
are looked up by halves, so that opening a table of 160,000 names costs no more than taking its lines apart.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from .errors import UnreadableFile
from .names import name_key

NO_TABLE: Final = "none"  # in the place of a path: a table of no organisations
_HEAD: Final = "#collegium-ror 2"  # first line of the table: form and version
_NAME, _SHORT = "n", "a"  # what a key is that of
_EXPECTED: Final = "expected a table made by collegium ror build"


@dataclass(frozen=True, slots=True)
class Named:
    """One active organisation, all its names: what a table is made from. `names` begin with the one it goes by."""

    ror: str
    country: str
    latitude: str
    longitude: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """One active organisation: its ROR without address, country (ISO 3166, two letters), place, name it goes by."""

    ror: str
    country: str
    latitude: str
    longitude: str
    name: str


@dataclass(frozen=True, slots=True)
class RorTable:
    """All organisations, found by name. `digest` is that of all that it says."""

    digest: str
    _organisations: Sequence[str] = field(repr=False)  # "ror<tab>country<tab>latitude<tab>longitude<tab>name"
    _keys: Sequence[str] = field(repr=False)  # "key<tab>n<tab>ror ror", "key<tab>a<tab>ror"

    @classmethod
    def of(cls, organisations: Iterable[Named]) -> RorTable:
        """Return the table of some organisations."""
        known = {one.ror: one for one in organisations}
        bearers: dict[tuple[str, str], set[str]] = {}
        for one in known.values():
            for kind, texts in ((_NAME, one.names), (_SHORT, one.acronyms)):
                for key in filter(None, map(_key, texts)):
                    bearers.setdefault((key, kind), set()).add(one.ror)
        lines = sorted(_line(one) for one in known.values())
        keys = sorted(f"{key}\t{kind}\t{' '.join(sorted(rors))}" for (key, kind), rors in bearers.items())
        return cls(_digest(_text(lines, keys)), lines, keys)

    @classmethod
    def open(cls, path: str | Path) -> RorTable:
        """Return the table in a file that `write` made; that of no organisations for "none".

        Raises:
            UnreadableFile: it is missing, broken or something else.
        """
        if str(path) == NO_TABLE:
            return cls.of(())
        try:
            with gzip.open(path, "rb") as file:
                text = file.read().decode("utf-8")
        except (OSError, EOFError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UnreadableFile(str(path), f"cannot be read ({said}), {_EXPECTED}") from None
        head, _, rest = text.partition("\n")
        lines, mark, keys = rest.partition("\n\n")
        if head != _HEAD or not mark:
            raise UnreadableFile(str(path), f"found another file, {_EXPECTED}", 1)
        return cls(_digest(text), lines.split("\n"), keys.rstrip("\n").split("\n"))

    def __len__(self) -> int:
        return len(self._organisations)

    @property
    def names(self) -> int:
        """How many different names and acronyms there are."""
        return len(self._keys)

    def bearers(self, name: str) -> tuple[Organisation, ...]:
        """Return the organisations that a name may mean, by ROR: those that bear it, else those it is an acronym of."""
        key = _key(name)
        rors = self._looked_up(key, _NAME) or self._looked_up(key, _SHORT)
        return tuple(map(self._organisation, rors))

    def match(self, name: str, country: str | None = None) -> Organisation | None:
        """Return the one organisation that a name means; None when it is nobody's, or several bear it.

        Args:
            country: where the source says it lies; another country than that of the organisation is no match.
        """
        return only(self.bearers(name), country)

    def write(self, path: Path) -> None:
        """Write the table, whole or not at all: the same organisations give the same bytes."""
        part = path.with_name(path.name + ".part")
        try:
            with part.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
                file.write(_text(self._organisations, self._keys).encode())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _looked_up(self, key: str, kind: str) -> list[str]:
        """The RORs behind a key."""
        head = f"{key}\t{kind}\t"
        at = bisect_left(self._keys, head)
        found = self._keys[at] if at < len(self._keys) else ""
        return found[len(head) :].split(" ") if found.startswith(head) else []

    def _organisation(self, ror: str) -> Organisation:
        line = self._organisations[bisect_left(self._organisations, ror + "\t")]
        return Organisation(*line.split("\t"))


def only(found: Sequence[Organisation], country: str | None) -> Organisation | None:
    """Return the one of some organisations that lies in a country, or the one that there is; None for several."""
    there = [one for one in found if not country or one.country == country.upper()]
    return there[0] if len(there) == 1 else None


def _key(name: str) -> str:
    """The key of a name, without what parts cells and lines: a name of nothing but full stops keeps its white space."""
    return " ".join(name_key(name).split())


def _line(one: Named) -> str:
    name = one.names[0] if one.names else ""
    cells = (one.ror, one.country, one.latitude, one.longitude, name)
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _text(lines: Sequence[str], keys: Sequence[str]) -> str:
    return "\n".join((_HEAD, *lines, "", *keys, ""))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
