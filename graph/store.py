"""The RDF store: one version of it open for reading, and the way to write the next.

How versions lie on disk: `versions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph as ox

from .errors import ParameterError, StoreBusy, StoreDamaged, StoreMissing
from .locks import Lease
from .manifest import Stamp, holds_store, manifest_of, stamp_of
from .seal import read_seal
from .shelf import Shelf, carry_over
from .versions import (
    check_free,
    check_sealed,
    derived_folder,
    is_owned,
    next_version,
    open_version,
    own,
    text_file,
)
from .vocabulary import DEFAULT_BASE, KINDS, PREFIXES, entity
from .writer import Writer

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+/")
_OPEN_TRIES = 20  # a version can be replaced and removed between reading its name and leasing it

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Store:
    """One version of the store, open for reading; `path` is None for a store in memory.

    Results of `engine` must be used in the thread that asked: pyoxigraph aborts the process otherwise.
    """

    path: Path | None
    base: str
    version: int
    engine: ox.Store
    _stamp: Stamp = ()
    _lease: Lease | None = field(default=None, repr=False, compare=False)
    _memory: list[Store] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def memory(cls, *, base: str = DEFAULT_BASE) -> Store:
        """Return an empty store in memory."""
        return cls(None, _checked_base(base), 0, ox.Store())

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, base: str | None = None) -> Store:
        """Return the newest committed version of the store in a folder.

        Args:
            create: return an empty store where there is none; nothing is on disk before the first commit.
            base: what IRIs begin with, for a new store (default `DEFAULT_BASE`); an old one keeps its own.

        Raises:
            StoreMissing: there is none and `create` is False.
            StoreTooNew: written by a newer Collegium.
            StoreDamaged: its files cannot be read.
        """
        path = Path(path)
        if not holds_store(path):
            if not create:
                raise StoreMissing(
                    str(path), "there is no store here; load something first: collegium load PATH"
                )
            check_free(path)
            return cls(path, _checked_base(base or DEFAULT_BASE), 0, ox.Store())
        for _ in range(_OPEN_TRIES):
            found = manifest_of(path)
            try:
                engine, lease = open_version(path, found.version)
            except (OSError, RuntimeError) as error:
                if manifest_of(path).version != found.version:
                    continue
                raise _unopened(path, found.version, error) from None
            return cls(path, found.base, found.version, engine, found.stamp, lease)
        raise StoreBusy(str(path), "it changes faster than it can be opened; try again")

    @classmethod
    def at(cls, path: str | Path, version: int, base: str) -> Store:
        """Return one version of the store in a folder, which somebody holds a lease of.

        Raises:
            StoreDamaged: it cannot be opened.
        """
        try:
            engine, lease = open_version(Path(path), version)
        except (OSError, RuntimeError) as error:
            raise _unopened(Path(path), version, error) from None
        newest = manifest_of(Path(path))
        # Of the newest version it is known when it was committed.
        return cls(
            Path(path), base, version, engine, newest.stamp if newest.version == version else (), lease
        )

    @property
    def committed_at(self) -> datetime | None:
        """When this version was committed, in UTC; None for a store in memory, and before the first commit."""
        return datetime.fromtimestamp(self._stamp[1] // 10**9, UTC) if self._stamp else None

    @property
    def shelf(self) -> Shelf | None:
        """Where what is derived from this version is kept; None in memory and before the first commit."""
        return Shelf(derived_folder(self.path, self.version)) if self.path and self.version else None

    @property
    def size_bytes(self) -> int:
        """How large this version is on disk; 0 for a store in memory, or without a version yet."""
        if self.path is None or not self.version:
            return 0
        folder = derived_folder(self.path, self.version).with_suffix("")
        return sum(file.stat().st_size for file in folder.iterdir())

    @property
    def statements(self) -> int:
        """How many statements this version holds. Cost: those of a store in memory, and where no seal says it, O(n)."""
        if self.path is not None and self.version:
            seal = read_seal(derived_folder(self.path, self.version).with_suffix(""))
            if seal is not None and seal.statements is not None:
                return seal.statements
        return len(self.engine)

    @property
    def text_file(self) -> Path | None:
        """Where the index of words of this version lies; None for a store in memory, or without a version yet."""
        return text_file(self.path, self.version) if self.path is not None and self.version else None

    def refreshed(self) -> Store:
        """Return this store when nothing was committed since, else the newer version. Costs one stat call."""
        if self.path is None:
            return self._memory[-1].refreshed() if self._memory else self
        return self if stamp_of(self.path) == self._stamp else Store.open(self.path)

    def select(self, text: str) -> list[dict[str, Term | None]]:
        """Return the rows of one of our own, constant SELECT queries, variable → term.

        Queries with values from outside go through `queries/run.py`, which binds them.
        """
        solutions: Any = self.engine.query(text, prefixes=dict(PREFIXES))
        names = [variable.value for variable in solutions.variables]
        return [{name: row[name] for name in names} for row in solutions]

    def iri(self, kind: str, identifier: str) -> str:
        """Return the IRI of a thing by its kind and ID."""
        return entity(self.base, kind, identifier).value

    def split(self, iri: str) -> tuple[str, str] | None:
        """Return (kind, ID) of an IRI of this store, None for any other IRI."""
        if not iri.startswith(self.base):
            return None
        kind, _, identifier = iri[len(self.base) :].partition("/")
        return (kind, identifier) if kind in KINDS and identifier and "/" not in identifier else None

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Yield the next version for changing; commit it when the block ends with `changed` set, else drop it.

        Raises:
            StoreBusy: another process is writing; names it.
        """
        if self.path is None:
            yield from self._write_memory()
        else:
            with next_version(self.path, self.base, (self.version, self.engine)) as writer:
                yield writer
                if writer.changed and writer.believes_same:
                    carry_over(
                        *(derived_folder(self.path, at) for at in (writer.version - 1, writer.version))
                    )

    def held(self) -> AbstractContextManager[None]:
        """Keep others from writing for as long as the block runs, in which this process writes by `write`.

        Raises:
            StoreBusy: another process is writing; names it.
        """
        return nullcontext() if self.path is None or is_owned(self.path) else own(self.path)

    def _write_memory(self) -> Iterator[Writer]:
        newest = self.refreshed()
        engine = ox.Store()
        engine.bulk_extend(newest.engine)
        writer = Writer(engine, self.base, newest.version + 1)
        yield writer
        writer.wait()
        if writer.changed:
            newest._memory.append(Store(None, self.base, writer.version, engine))


def _unopened(path: Path, version: int, error: Exception) -> StoreDamaged:
    """The error for a version that cannot be opened: what its seal tells of the files, else what the engine said."""
    try:
        check_sealed(path, version)
    except StoreDamaged as damage:
        return damage
    return StoreDamaged(str(path), f"version {version} cannot be opened: {error}")


def _checked_base(base: str) -> str:
    if not _BASE.fullmatch(base):
        raise ParameterError("base", base, "an http(s) address that ends in a slash")
    return base
