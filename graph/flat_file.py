"""Columns as one file that is mapped, not read: opening costs the same at any size.

    collegium flat 1⏎ · 8 bytes: length of the head · head (JSON) · the arrays, each from a multiple of 64 bytes

The head is a tree of lists, dicts and plain values, with the place, type and length of each array in it. Nothing in a
file is ever run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAGIC: Final = b"collegium flat 1\n"
_ALIGNED: Final = 64


class NotFlat(ValueError):
    """A file that is no such file, or is cut."""


def write(handle: IO[bytes], thing: Any) -> None:
    """Write arrays of one dimension, in lists and dicts by text, beside what JSON knows."""
    arrays: list[NDArray[Any]] = []
    tree = _packed(thing, arrays)
    places: list[tuple[str, int, int]] = []
    end = 0
    for array in arrays:
        start = -(-end // _ALIGNED) * _ALIGNED
        places.append((array.dtype.str, len(array), start))
        end = start + array.nbytes
    head = json.dumps({"tree": tree, "arrays": places, "bytes": end}, separators=(",", ":")).encode()
    head += b" " * (-(len(_MAGIC) + 8 + len(head)) % _ALIGNED)
    handle.write(_MAGIC + len(head).to_bytes(8, "little") + head)
    done = 0
    for (_, _, start), array in zip(places, arrays, strict=True):
        handle.write(b"\0" * (start - done))
        handle.write(np.ascontiguousarray(array).data)
        done = start + array.nbytes


def read(path: Path) -> Any:
    """Return what a file holds, its arrays mapped and not to be written to.

    Raises:
        NotFlat, OSError.
    """
    first = len(_MAGIC) + 8
    with path.open("rb") as handle:
        if not handle.read(first).startswith(_MAGIC):
            raise NotFlat(f"{path.name} does not begin as a flat file does")
    # As a plain array: each look at a part of the other kind costs ten times as much.
    content = np.asarray(np.memmap(path, np.uint8, "r"))
    start = first + int.from_bytes(bytes(content[len(_MAGIC) : first]), "little")
    try:
        head = json.loads(bytes(content[first:start]))
        if len(content) != start + head["bytes"]:
            raise NotFlat(f"{path.name} has {len(content)} bytes, expected {start + head['bytes']}")
        arrays = [_array(content, kind, count, start + at) for kind, count, at in head["arrays"]]
        return _unpacked(head["tree"], arrays)
    except (ValueError, KeyError, TypeError) as error:
        raise NotFlat(f"{path.name}: {error}") from None


def _array(content: NDArray[np.uint8], kind: str, count: int, start: int) -> NDArray[Any]:
    of = np.dtype(kind)
    return content[start : start + count * of.itemsize].view(of)


def _packed(thing: Any, arrays: list[NDArray[Any]]) -> Any:
    if isinstance(thing, np.ndarray):
        arrays.append(thing)
        return {"array": len(arrays) - 1}
    if isinstance(thing, Mapping):
        return {"dict": {name: _packed(one, arrays) for name, one in thing.items()}}
    return [_packed(one, arrays) for one in thing] if isinstance(thing, list | tuple) else thing


def _unpacked(tree: Any, arrays: list[NDArray[Any]]) -> Any:
    if isinstance(tree, list):
        return [_unpacked(one, arrays) for one in tree]
    if not isinstance(tree, dict):
        return tree
    if "array" in tree:
        return arrays[tree["array"]]
    return {name: _unpacked(one, arrays) for name, one in tree["dict"].items()}
