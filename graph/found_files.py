"""Which files are meant by paths, folders, patterns and "-"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from glob import glob
from pathlib import Path

from .errors import NothingToLoad

STDIN = "-"


def files_of(paths: Sequence[str | Path]) -> Iterator[tuple[str, bool]]:
    """Yield (path, was it named itself) of each file, folders in alphabetical order, hidden files left out."""
    for given in map(str, paths):
        path = Path(given)
        if not given:  # Path("") is the current folder: a variable that is not set must not load it
            raise NothingToLoad("''", "found an empty path, expected a file, a folder or a pattern")
        if given == STDIN or path.is_file():
            yield given, True
        elif path.is_dir():
            inside = [str(p) for p in sorted(path.rglob("*")) if p.is_file() and not _is_hidden(p, path)]
            if not inside:
                raise NothingToLoad(given, "found a folder without files, expected files to load")
            yield from ((name, False) for name in inside)
        elif matches := sorted(name for name in glob(given, recursive=True) if Path(name).is_file()):
            yield from ((name, True) for name in matches)
        elif path.exists():
            # /dev/null, or <(zcat …) of a shell, which can be read once; files are read several times.
            raise NothingToLoad(
                given,
                "found no regular file but a device or a pipe, expected a file, or - for standard input",
            )
        else:
            raise NothingToLoad(
                given, "found no such file or folder, expected a path, a pattern or - for standard input"
            )


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def size_of(path: str) -> int:
    """Return how many bytes a file has; 0 where that is not known."""
    try:
        return Path(path).stat().st_size if path != STDIN else 0
    except OSError:
        return 0
