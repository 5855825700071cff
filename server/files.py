"""Files that we write for people: whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from collegium.graph.errors import ParameterError


def write_file(path: str | os.PathLike[str], content: bytes, parameter: str) -> Path:
    """Write a file and return its path; an existing one is replaced whole or stays as it was.

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
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        elif target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as file:
                file.write(content)
        else:
            _replace(Path(os.path.realpath(target)), content)
    except BrokenPipeError:
        raise  # a reader that has had enough is no mistake of the caller
    except OSError as error:
        raise ParameterError(parameter, target, f"a file that can be written ({error.strerror})") from None
    return target


def _replace(target: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # A temporary file is private; what we write is as readable as any file its owner makes.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise
