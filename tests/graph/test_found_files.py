"""Which files are meant by what stands on a command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collegium.graph.errors import NothingToLoad
from collegium.graph.found_files import files_of


def test_a_pipe_is_told_as_what_it_is(tmp_path: Path) -> None:
    """If it failed: `collegium load <(zcat x)` would be told that its pipe does not exist."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(NothingToLoad, match=r"no regular file.* - for standard input"):
        list(files_of([pipe]))
    with pytest.raises(NothingToLoad, match="no such file or folder"):
        list(files_of([tmp_path / "nothing"]))
