"""Files that pages load: ours and those of vis-network, read once and sent from memory."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Response, request
from werkzeug.exceptions import NotFound as NoSuchPage

from .drawings import vis_folder

FOLDER: Final = Path(__file__).parent / "static"
_YEAR: Final = "public, max-age=31536000"
_VIS_ENDINGS: Final = (".js", ".css")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent; `mark` is the head of its content's SHA-256."""

    content: bytes
    content_type: str
    mark: str


def _read(file: Path) -> Asset:
    content = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Asset(content, kind + charset, sha256(content).hexdigest()[:12])


@cache
def ours() -> dict[str, Asset]:
    """Return our own files by name, those of others as `vendor/NAME`. They do not change while the service runs."""
    files = sorted(file for file in FOLDER.rglob("*") if file.is_file())
    return {file.relative_to(FOLDER).as_posix(): _read(file) for file in files}


@cache
def of_vis() -> dict[str, Asset]:
    """Return the scripts and styles of vis-network, as pyvis ships them."""
    files = sorted(file for file in vis_folder().iterdir() if file.suffix in _VIS_ENDINGS)
    return {file.name: _read(file) for file in files}


def static(filename: str) -> Response:
    """Return one of our files. Its address carries its mark, so it may be kept for a year."""
    return _sent(ours().get(filename))


def vis_asset(name: str) -> Response:
    """Return a file of vis-network."""
    return _sent(of_vis().get(name))


def _sent(asset: Asset | None) -> Response:
    if asset is None:
        raise NoSuchPage
    headers = {"Cache-Control": _YEAR, "ETag": f'"{asset.mark}"'}
    if request.if_none_match.contains_weak(asset.mark):
        return Response(status=304, headers=headers)
    return Response(asset.content, content_type=asset.content_type, headers=headers)
