"""Engines in folders: a new one, or a copy of another by hard links."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox


def copied(former: ox.Store | None, target: Path) -> ox.Store:
    """Return an engine in a folder that is not there yet, with what the former holds; nothing is left on an error."""
    try:
        if former is not None:
            former.backup(str(target))
        return ox.Store(str(target))
    except BaseException:  # the disk is full, or Ctrl-C
        shutil.rmtree(target, ignore_errors=True)
        raise
