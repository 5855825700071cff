"""Reader of maps of VOSviewer, saved as JSON: `{"network": {"items": […], "links": […]}, "config": …}`.

Source: app.vosviewer.com/docs/file-types/json-file-type. An item has a `label`, `weights` (documents, citations …) and
what else its maker adds; a link has `source_id`, `target_id` and, where it is weighted, `strength`. Maps of terms,
journals, countries … have the same form: they are refused where they say what they are. The older pair of text files
(map, network) is told from the map and refused, since the map alone has no links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO, Any, Final

import orjson

from ..errors import UnreadableFile, shorten
from ..records import Lines, Problem, Record
from .json_feed import Feed
from .json_pieces import Piece, pieces, walk
from .networks import Network, ending
from .node_kinds import AUTHOR, INSTITUTION, NodeKinds, kind_of
from .stream_heads import Resumed, head_of
from .text import BOM

NAME = "vosviewer"
TITLE = "Map of authors or institutions of VOSviewer, as JSON"

_LISTS: Final = (("network", "items"), ("network", "links"), ("network", "clusters"))
_AT_MOST_BYTES: Final = 1 << 20  # of one item or link
_HEAD_BYTES: Final = 1 << 16
_NETWORK: Final = re.compile(r'"network"\s*+:\s*+\{\s*+(?:"(?:items|links|clusters)"|\})')
_TERM: Final = re.compile(rb'"item"\s*+:\s*+"([^"\\]{1,80})"')
_OF_TERMS: Final = re.compile(rb'"weights"\s*+:\s*+\{[^{}]{0,2000}?"Occurrences"')
_NO_MAP: Final = (
    "found a map of VOSviewer without its network, expected both in one file: open map and network in VOSviewer, "
    "save them as JSON, and load that"
)


def sniff(head: str) -> bool:
    """Return whether a file is an object with a `network` of items or links, or begins with the columns of a map."""
    text = head.lstrip()
    return (text.startswith("{") and _NETWORK.search(text) is not None) or _is_map(text)


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each item and the tie of each link.

    Raises:
        UnreadableFile: nothing of it can be read, or it is a map of something else than authors or institutions.
    """
    head = head_of(stream, _HEAD_BYTES).removeprefix(BOM)
    network = Network(kinds=NodeKinds(_kind_in(head, path)))
    yield from ending(_records(pieces(Resumed(head, stream), _LISTS, _AT_MOST_BYTES), network, path), network)


def _is_map(text: str) -> bool:
    first = text.partition("\n")[0].strip().replace('"', "").lower()
    columns = set(re.split(r"[\t,]", first))
    return {"id", "label"} <= columns and any(
        column in ("x", "y", "cluster") or column.startswith("weight<") for column in columns
    )


def _kind_in(head: bytes, path: str) -> str | None:
    """What a map says its items are, authors or institutions; None where it does not say."""
    if _is_map(head.decode("utf-8", "replace").lstrip()):
        raise UnreadableFile(path, _NO_MAP, 1)
    term = _TERM.search(head)
    word = term[1].decode("utf-8", "replace") if term else ""
    kind = kind_of(word)
    if kind not in (None, AUTHOR, INSTITUTION):
        expected = "a map of authors or institutions"
        raise UnreadableFile(path, f"found a map whose items are called {word!r}, expected {expected}")
    if _OF_TERMS.search(head):
        raise UnreadableFile(path, "found a map of terms (with occurrences), expected a map of authors")
    return kind


def _records(found: Iterator[Piece], network: Network, path: str) -> Iterator[Record]:
    """The records of pieces: items of the lists; what stands around them is how the map is drawn."""
    is_over = False
    for piece in found:
        lines = Lines(piece.first, piece.last)
        if piece.kind == "line" and piece.state == "whole":
            inner = walk(Feed(BytesIO(piece.text), piece.first), _LISTS, _AT_MOST_BYTES)
            yield from _records(inner, network, path)
        elif piece.state == "cut":
            raise UnreadableFile(path, "found the end of the file, expected more of its JSON", piece.last)
        elif piece.state == "large" and piece.kind in ("item", "line"):
            yield Problem(lines, shorten(_text(piece)), "an item or link of at most 1 MiB", True)
        elif piece.kind == "item":
            yield from _item(piece, lines, network)
        elif piece.kind in ("between", "junk"):
            yield Problem(lines, shorten(_text(piece)), "JSON: an item or link", True)
        elif is_over or piece.kind == "value":
            yield Problem(lines, shorten(_text(piece)), "one network a file, with items and links", True)
        else:
            is_over = True


def _item(piece: Piece, lines: Lines, network: Network) -> Iterator[Record]:
    try:
        value = orjson.loads(piece.text)
    except orjson.JSONDecodeError as error:
        yield Problem(lines, shorten(_text(piece)), f"JSON ({shorten(error.msg)})", True)
        return
    if not isinstance(value, dict):
        yield Problem(lines, shorten(_text(piece)), "an object with a label", True)
    elif "source_id" in value or "target_id" in value:
        yield from _link(value, lines, network)
    elif "cluster" in value and len(value.keys() - {"cluster", "label"}) == 0 and "id" not in value:
        return  # the name of a group, which is the program's doing
    else:
        said = dict(_flat(value))
        node, name = said.pop("id", ""), said.pop("label", None)
        yield from network.node(node or name or "", name, lines, said)


def _link(value: Mapping[str, Any], lines: Lines, network: Network) -> Iterator[Record]:
    said = dict(_flat(value))
    one, other = said.pop("source_id", ""), said.pop("target_id", "")
    weight = said.pop("strength", None)
    for key, text in said.items():
        network.left_out(f"{key} of links", lines, text)
    yield from network.edge(one, other, weight, lines)


def _flat(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The attributes of an item as text; those in `weights` and `scores` under their own names."""
    for key, one in value.items():
        if isinstance(one, dict):
            yield from ((name, str(number)) for name, number in one.items() if _is_plain(number))
        elif _is_plain(one):
            yield key, str(one)


def _is_plain(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def _text(piece: Piece) -> str:
    return piece.text[:400].decode("utf-8", "replace")
