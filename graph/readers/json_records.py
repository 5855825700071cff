"""JSON in any container → one object after the other: lines, arrays, values in a row, answers with a list inside.

Source: RFC 8259 (JSON), jsonlines.org. Of a key that stands twice in an object the last one holds, which RFC 8259,
section 4, leaves open. A list at the top, and the lists that the caller names, are given out item by item however
long they are; memory is bounded by one record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO, Any, Final, TypeAlias

import orjson

from ..errors import UnreadableFile, shorten
from ..records import Lines, Problem
from .json_pieces import Path, Piece, pieces
from .record_limits import LARGEST_JSON_BYTES, MOST_JSON_BRACKETS, MOST_JSON_VALUES

Object: TypeAlias = dict[str, Any]
Found: TypeAlias = tuple[Lines, Object] | Problem
Rest: TypeAlias = Callable[[Lines, Object, int], Iterable[Problem]]

_EXPECTED: Final = "a JSON object"
_LONE: Final = "half of a surrogate pair; it is kept as U+FFFD"
# A pair, or an escaped backslash, is passed over; what is left of the third alternative stands alone.
_SURROGATE: Final = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def json_records(
    stream: IO[bytes],
    path: str,
    under: Sequence[Path] = (),
    rest: Rest | None = None,
    at_most_bytes: int = LARGEST_JSON_BYTES,
) -> Iterator[Found]:
    """Yield each object of a file with its place, in the file's order, and a problem for each that cannot be had.

    Objects at the top have line numbers, items of lists record numbers (`unit="record"`) that run through the file. A
    problem that is no loss (bytes that are not UTF-8, NaN …) follows its object.

    Args:
        under: where an answer holds its list of objects, or its one object, as keys from the top: `(("results",),)`,
            `(("message", "items"), ("message",))`; the first that fits holds. An object with none of them is a record.
        rest: called for each answer that had a list, with its place, the answer and how many items its list had; the
            list itself may be empty in it. What it returns is yielded.
        at_most_bytes: a record, or the rest of an answer, over that size is refused.

    Raises:
        UnreadableFile: nothing but white space.
    """
    reading = _Reading(under, rest, at_most_bytes)
    is_empty = True
    for piece in pieces(stream, under, at_most_bytes):
        is_empty = False
        if piece.kind != "line" or piece.state != "whole" or _holds_too_much(piece.text):
            yield from reading.take(piece)
            continue
        try:
            value = orjson.loads(piece.text)
        except orjson.JSONDecodeError:
            # Several values in one line, or one that breaks off: what is whole in it is had.
            inside = pieces(BytesIO(piece.text), under, at_most_bytes, line=piece.first, by_lines=False)
            for part in inside:
                yield from reading.take(part, "line")
        else:
            yield from reading.unfold(Lines(piece.first, piece.last), value)
    if is_empty:
        raise UnreadableFile(path, f"found an empty file, expected {_EXPECTED}")


class _Reading:
    """The pieces of one file on their way to objects; counts the records of its lists."""

    def __init__(self, under: Sequence[Path], rest: Rest | None, at_most_bytes: int) -> None:
        self._under, self._rest, self._at_most_bytes = under, rest, at_most_bytes
        self._number = 0  # of the last record in a list
        self._before = 0  # and of the last one before the list that is being given out

    def take(self, piece: Piece, whole: str = "file") -> Iterator[Found]:
        """Yield what a piece of a file, or of a line, comes to."""
        place = Lines(piece.first, piece.last)
        if piece.kind == "between" and piece.state == "large":
            shown = shorten(piece.text.decode("utf-8", "replace").strip(), 40)
            yield _refused(self._next(), f"over 64 KiB between two records of a list: {shown}")
        elif piece.kind == "between":
            yield from self._scalars(piece.text)
        elif piece.kind == "junk":
            yield _refused(place, shorten(piece.text.decode("utf-8", "replace").strip()))
        elif piece.state != "whole":
            place = self._next() if piece.kind == "item" or self._before < self._number else place
            yield self._unfinished(place, piece, whole)
        elif _holds_too_much(piece.text):
            expected = f"at most {MOST_JSON_VALUES:,} commas and {MOST_JSON_BRACKETS:,} lists and objects"
            yield Problem(
                self._next() if piece.kind == "item" else place,
                "too many values for one record",
                expected,
                True,
            )
        else:
            yield from self._parsed(piece, place)

    def unfold(self, place: Lines | None, value: object) -> Iterator[Found]:
        """Yield the objects of a value: its list, the one under a path, or itself; no place is the next number."""
        if not isinstance(value, dict):
            yield _refused(place or self._next(), _named(value))
            return
        for keys in self._under:
            inner = _dug(value, keys)
            if isinstance(inner, list):
                for item in inner:
                    found = self._next()
                    yield (found, item) if isinstance(item, dict) else _refused(found, _named(item))
                yield from self._rest(place or self._last(), value, len(inner)) if self._rest else ()
                return
            if isinstance(inner, dict):
                yield place or self._next(), inner
                return
        yield place or self._next(), value

    def _parsed(self, piece: Piece, place: Lines) -> Iterator[Found]:
        try:
            value, remarks = _loads(piece.text)
        except (ValueError, RecursionError) as error:
            yield _refused(self._next() if piece.kind == "item" else place, _reason(error))
            return
        if piece.kind != "rest":
            yield from self.unfold(None if piece.kind == "item" else place, value)
        else:
            count, self._before = self._number - self._before, self._number
            if isinstance(value, dict):
                yield from self._rest(place, value, count) if self._rest else ()
            elif count == 0:
                yield Problem(place, "an empty list", "records in it", False, True)
        for remark in remarks:
            yield Problem(
                self._last() if piece.kind == "item" else place, remark, "text and numbers of JSON", False
            )

    def _scalars(self, text: bytes) -> Iterator[Problem]:
        try:
            values, _ = _loads(b"[" + text.strip(b", \t\r\n") + b"]")
        except (ValueError, RecursionError):
            yield _refused(self._next(), shorten(text.decode("utf-8", "replace").strip()))
            return
        for value in values:
            yield _refused(self._next(), _named(value))

    def _unfinished(self, place: Lines, piece: Piece, whole: str) -> Problem:
        shown = shorten(piece.text[:200].decode("utf-8", "replace"), 40)
        if piece.state == "large":
            expected = f"at most {self._at_most_bytes >> 20} MiB"
            return Problem(place, f"too many bytes for one record: {shown}", expected, True)
        where = "behind the last record of a list" if piece.kind == "rest" else f"inside a record: {shown}"
        expected = f"the whole {whole}; what came before is kept"
        return Problem(place, f"the end of the {whole} {where}", expected, True)

    def _next(self) -> Lines:
        self._number += 1
        return self._last()

    def _last(self) -> Lines:
        return Lines(self._number, self._number, "record")


def _holds_too_much(text: bytes) -> bool:
    """Whether a record would take too much memory when it is parsed; most are so short that nothing is counted."""
    return len(text) > MOST_JSON_BRACKETS and (
        text.count(b",") > MOST_JSON_VALUES or text.count(b"[") + text.count(b"{") > MOST_JSON_BRACKETS
    )


def _loads(text: bytes) -> tuple[Any, tuple[str, ...]]:
    """The value of a text, and what had to be put up with: fast where nothing is wrong.

    Raises:
        ValueError, RecursionError: it is no JSON, or is nested too deep.
    """
    try:
        return orjson.loads(text), ()
    except orjson.JSONDecodeError:
        decoded = text.decode("utf-8", "replace")
    remarks: dict[str, None] = {}
    if "\ufffd" in decoded and not _is_utf8(text):
        remarks["bytes that are not UTF-8; they are kept as U+FFFD"] = None
    if _CONTROL.search(decoded):
        remarks["a control character in a string"] = None

    def number(digits: str) -> float | None:
        value = float(digits)
        if value - value == 0:
            return value
        remarks[f"the number {shorten(digits)}; it is left out"] = None
        return None

    def surrogate(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        remarks[f"{found[1]}, {_LONE}"] = None
        return "\ufffd"

    decoded = _SURROGATE.sub(surrogate, decoded)
    value = json.JSONDecoder(parse_float=number, parse_constant=number, strict=False).decode(decoded)
    return value, tuple(remarks)


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        start = max(0, error.pos - 20)
        return f"no JSON at character {error.pos + 1}: {shorten(error.doc[start : error.pos + 40])}"
    return "brackets nested too deep" if isinstance(error, RecursionError) else shorten(str(error))


def _dug(value: Object, keys: Path) -> object:
    """What stands under a path of keys; None where it does not lead anywhere."""
    found: object = value
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _named(value: object) -> str:
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    return shorten(json.dumps(value, ensure_ascii=False))


def _refused(place: Lines, found: str) -> Problem:
    return Problem(place, found or "white space", _EXPECTED, True)
