"""Files that we write for people: whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from collegium.graph.errors import ParameterError


@dataclass(frozen=True, slots=True)
class Output:
    """A file being written, and a folder for what is put aside meanwhile (None: the system's own)."""

    file: IO[bytes]
    folder: Path | None = None


def write_file(path: str | os.PathLike[str], content: bytes, parameter: str) -> Path:
    """Write a file and return its path; as `writing`."""
    with writing(path, parameter) as output:
        output.file.write(content)
    return Path(path)


@contextmanager
def writing(path: str | os.PathLike[str], parameter: str) -> Iterator[Output]:
    """Yield a file to write to; an existing one is replaced whole when the block ends, or stays as it was.

    A link is followed; what is no regular file (a pipe, a device) is written to and stays what it is; "-" is standard
    output.

    Args:
        parameter: what an error calls the path.

    Raises:
        ParameterError: it cannot be written.
    """
    target = Path(path)
    try:
        if str(target) == "-":
            yield Output(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        elif target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as file:
                yield Output(file)
        else:
            with _replacing(Path(os.path.realpath(target))) as output:
                yield output
    except BrokenPipeError:
        raise  # a reader that has had enough is no mistake of the caller
    except OSError as error:
        reason = error.strerror or error
        raise ParameterError(parameter, target, f"a file that can be written ({reason})") from None


@contextmanager
def _replacing(target: Path) -> Iterator[Output]:
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield Output(file, target.parent)
        # A temporary file is private; what we write is as readable as any file its owner makes.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise
