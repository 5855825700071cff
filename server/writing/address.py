"""Where the writer of a store is reached: a socket in the store's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from collegium.graph.versions import SOCKET

_LONGEST: Final = 100  # bytes of an address; the system's own limit is 104 or 108


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """Yield an address of the socket that is short enough for the system: by a link, where the folder's own is not.

    Raises:
        OSError: no link can be made.
    """
    address = str(path / SOCKET)
    if len(os.fsencode(address)) <= _LONGEST:
        yield address
        return
    with TemporaryDirectory(prefix="collegium-") as folder:
        link = Path(folder) / "s"
        link.symlink_to(path.absolute())
        yield str(link / SOCKET)
