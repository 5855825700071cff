"""Python's collector of garbage looks seldom while files are loaded, and as before afterwards."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from collegium.graph.collector import collecting_seldom
from collegium.graph.errors import NothingToLoad
from collegium.graph.load import load
from collegium.graph.store import Store


def test_who_loads_keeps_their_own_collector(tmp_path: Path) -> None:
    """If it failed: a program that loads a file would have another collector from then on."""
    before = gc.get_threshold()
    with pytest.raises(NothingToLoad):
        load(Store.memory(), [tmp_path])
    with pytest.raises(ValueError, match="broken off"), collecting_seldom():
        assert gc.get_threshold()[0] > before[0]
        raise ValueError("broken off")
    assert gc.get_threshold() == before
