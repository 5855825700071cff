"""What was dear to make, kept as files beside the version it was made of, for every process that reads that version.

    collegium-store/
        v000007/                                            a version
        v000007.derived/                                    its shelf, removed with it
            ranking-betweenness-coauthors-3f0c….json
            mirror-8a41….flat

A JSON file is one line, the checksum of the rest, and one document of key and value; `flat_file.py` says what a flat
file is. Both give every double back as it was. Each is written beside and renamed, so a reader sees the whole or
nothing, whatever is killed when. A shelf is a help: where it cannot be written or a file is damaged, the thing is made
anew and nobody is told.
Decision and figures: docs/decisions/0009.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import get_ident
from typing import Any, Final, Generic, TypeVar

_T = TypeVar("_T")
# Kinds that say nothing of the version but what belief is in it.
_OF_BELIEF: Final = frozenset({"communities", "dates", "links", "mirror", "network", "ranking"})
_MAKERS: Final = ("networkx", "numpy", "python-igraph", "scipy")  # whose new version may change a last digit


@dataclass(frozen=True, slots=True)
class Form(Generic[_T]):
    """How a kind of thing becomes JSON, or what a flat file holds, and comes back equal."""

    pack: Callable[[_T], Any]
    unpack: Callable[[Any], _T]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one version. Those used longest ago go when a new one would pass `most_files` or `most_bytes`."""

    folder: Path
    most_files: int = 256
    most_bytes: int = 2**30

    def keep(self, key: Mapping[str, Any], form: Form[_T], make: Callable[[], _T]) -> _T:
        """Return what stands on the shelf under `key`, else what `make` gives, which then stands there.

        Args:
            key: ready for JSON; its texts at the top name the file, all of it tells things apart.
        """
        known = self.find(key, form)
        if known is not None:
            return known
        made = make()
        with suppress(OSError):  # no space, no right to write: then there is no shelf
            self._put(key, form.pack(made))
        return made

    def find(self, key: Mapping[str, Any], form: Form[_T]) -> _T | None:
        """Return what stands on the shelf under `key`; None where nothing does."""
        found = self._get(key)
        return None if found is None else form.unpack(found)

    def has_flat(self, key: Mapping[str, Any]) -> bool:
        """Return whether columns stand under `key`."""
        return self._file(key, "flat").exists()

    def find_flat(self, key: Mapping[str, Any], form: Form[_T]) -> _T | None:
        """Return what stands under `key` in columns, mapped; None where nothing does."""
        from . import flat_file

        file = self._file(key, "flat")
        with suppress(OSError, flat_file.NotFlat):
            found = form.unpack(flat_file.read(file))
            with suppress(OSError):
                os.utime(file)
            return found
        return None

    def keep_flat(self, key: Mapping[str, Any], form: Form[_T], make: Callable[[], _T]) -> _T:
        """Return what stands under `key` in columns, mapped, else what `make` gives, which then stands there.

        Args:
            key: as `keep` takes it.
            form: to and from what `flat_file` writes.
        """
        from . import flat_file

        known = self.find_flat(key, form)
        if known is not None:
            return known
        made = make()
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            self._make_room(0)
            with _beside(self._file(key, "flat")) as handle:
                flat_file.write(handle, form.pack(made))
                handle.flush()
                os.fsync(
                    handle.fileno()
                )  # a file that is mapped is not read through, so that it has no checksum
        return made

    def _file(self, key: Mapping[str, Any], kind: str = "json") -> Path:
        # Whoever changes how a number is made looks for it under another name.
        told = json.dumps([key, _makers()], sort_keys=True)
        words = [re.sub(r"[^\w-]", "", text)[:40] for text in key.values() if isinstance(text, str)]
        return self.folder / f"{'-'.join([*words, _digest(told.encode())[:16]])}.{kind}"

    def _get(self, key: Mapping[str, Any]) -> Any:
        file = self._file(key)
        try:
            checksum, _, body = file.read_bytes().partition(b"\n")
        except OSError:
            return None
        if checksum != _digest(body).encode():
            return None
        with suppress(OSError):  # a shelf that can only be read does not tell what was used
            os.utime(file)
        found = json.loads(body)
        return found["value"] if found["key"] == key else None

    def _put(self, key: Mapping[str, Any], value: Any) -> None:
        body = json.dumps({"key": key, "value": value}, separators=(",", ":"), allow_nan=False).encode()
        if len(body) > self.most_bytes:
            return
        self.folder.mkdir(exist_ok=True)
        self._make_room(len(body))
        with _beside(self._file(key)) as handle:
            handle.write(_digest(body).encode() + b"\n" + body)

    def _make_room(self, size_bytes: int) -> None:
        """Remove what writers who were killed have left, and what was used longest ago."""
        for left in self.folder.glob("*.new"):
            _remove_if_left(left)
        files = [(file.stat(), file) for kind in ("json", "flat") for file in self.folder.glob(f"*.{kind}")]
        files.sort(key=lambda pair: (-pair[0].st_mtime_ns, pair[1].name))
        for place, (status, file) in enumerate(files, start=1):
            size_bytes += status.st_size
            if place >= self.most_files or size_bytes > self.most_bytes:
                file.unlink(missing_ok=True)


def carry_over(former: Path, newer: Path) -> None:
    """Put what follows from belief alone on the shelf of a version that believes the same: links, for no file changes.

    Where that cannot be, the newer shelf begins empty.
    """
    with suppress(OSError):
        newer.mkdir(exist_ok=True)
        for file in former.iterdir():
            if file.name.partition("-")[0] in _OF_BELIEF and file.suffix in (".json", ".flat"):
                os.link(file, newer / file.name)


@contextmanager
def _beside(file: Path) -> Iterator[Any]:
    """Yield a new file, locked while it is written; at the end it takes the name of `file`."""
    new = file.with_name(f"{file.name}.{os.getpid()}-{get_ident()}.new")
    try:
        with new.open("wb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
            handle.flush()
            new.rename(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _remove_if_left(new: Path) -> None:
    """Remove a half-written file unless its writer, who locks it, is alive."""
    with suppress(OSError), new.open("rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        new.unlink()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=20).hexdigest()


@cache
def _makers() -> str:
    """Return what stands for everything that decides a number beside the version: our code and the engines'."""
    folder = Path(__file__).parent
    code = b"".join(path.read_bytes() for path in sorted(folder.rglob("*.py")))
    return " ".join([_digest(code), *(f"{name} {_version(name)}" for name in _MAKERS)])


def _version(name: str) -> str:
    from importlib import metadata  # 20 ms, for those only who keep something

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
