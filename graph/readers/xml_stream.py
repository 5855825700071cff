"""The bytes of an XML file → pieces of UTF-8, each beginning where a record does, without the file's own prologue.

Nothing of a prologue reaches the parser: no document type, so no entity of the file's own and no file or address
beside it. Line numbers stay: what is taken out leaves its line breaks.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import IO, Final, NamedTuple

from ..errors import UnreadableFile, shorten
from .record_limits import LARGEST_XML_BYTES, MOST_XML_TAGS
from .stream_heads import head_of

TOO_LARGE: Final = f"over {LARGEST_XML_BYTES >> 20} MiB or {MOST_XML_TAGS:,} tags without the end of a record"
_SECTIONS: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_SECTION: Final = re.compile(rb"<(?:!--|!\[CDATA\[|\?)")
LONGEST_SECTION_BYTES: Final = (
    1 << 20
)  # of a comment or the like that goes on over several start tags of records
_CHUNK_BYTES: Final = 1 << 18
_OVERLAP: Final = 256  # bytes in which the beginning of a start tag may lie cut

# Marks of an encoding, the longer before the shorter; those without a byte order mark take nothing away.
# Source: https://www.w3.org/TR/xml/#sec-guessing
_MARKS: Final = (
    (b"\xef\xbb\xbf", 3, "utf-8"),
    (b"\xff\xfe\x00\x00", 4, "utf-32-le"),
    (b"\x00\x00\xfe\xff", 4, "utf-32-be"),
    (b"\xff\xfe", 2, "utf-16-le"),
    (b"\xfe\xff", 2, "utf-16-be"),
    (b"<\x00?\x00", 0, "utf-16-le"),
    (b"\x00<\x00?", 0, "utf-16-be"),
)
_OF_PYTHON: Final = frozenset({"idna", "punycode", "raw_unicode_escape", "unicode_escape", "utf-7"})
_DECLARED: Final = re.compile(rb"\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_NEVER_UTF8: Final = b"\xff"
_AS_THEY_ARE: Final = frozenset({"utf-8", "ascii"})
_MISC: Final = rb"(?:<\?.*?\?>|<!--.*?-->|\s++)*+"
_SUBSET: Final = rb"(?:<!--.*?-->|<\?.*?\?>|\"[^\"]*\"|'[^']*'|[^\]\"'<]|<(?!!--|\?))*+"
_DOCTYPE: Final = rb"<!DOCTYPE(?:[^<>\[\]\"']|\"[^\"]*\"|'[^']*')*+(?:\[" + _SUBSET + rb"\]\s*)?>"
_PROLOGUE: Final = re.compile(_MISC + rb"(?:" + _DOCTYPE + _MISC + rb")?", re.DOTALL)
_START_TAG: Final = re.compile(
    rb"<(?:[^\s<>/!?&;\"'=:]{1,100}:)?([^\s<>/!?&;\"'=:]{1,100})((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*+)>"
)


class Root(NamedTuple):
    """The first start tag of a document: its name without prefix, its attributes as text, and what follows."""

    name: str
    attributes: str
    inside: str


class Piece(NamedTuple):
    """A part of a file. `line` is that of its first byte; `name` the tag it begins with, None for what comes first.

    With `is_whole` False it is too large, and what follows may be left out.
    """

    line: int
    content: bytes
    name: str | None
    is_whole: bool = True


def root(head: str) -> Root | None:
    """Return the root of a document from its beginning; None where it does not begin like XML.

    Args:
        head: decoded text; also of UTF-16, with its NULs.

    Example:
        >>> root("<?xml version='1.0'?><!DOCTYPE a SYSTEM 'a.dtd'>\\n<x:a id='1'><b/>")
        Root(name='a', attributes=" id='1'", inside='<b/>')
    """
    content = head.replace("\0", "").lstrip("\ufeff\ufffd").encode("utf-8", "replace")
    if not content.lstrip().startswith(b"<"):
        return None
    prologue = _PROLOGUE.match(content)
    found = _START_TAG.match(content, prologue.end() if prologue else 0)
    if found is None:
        return None
    name, attributes = (group.decode("utf-8", "replace") for group in found.groups())
    return Root(name, attributes, content[found.end() :].decode("utf-8", "replace"))


def root_tag(content: bytes) -> bytes | None:
    """Return the first start tag of what `without_prologue` left, as it stands; None where there is none."""
    found = _START_TAG.match(content.lstrip())
    return found[0] if found and not found[2].endswith(b"/") else None


def utf8_chunks(stream: IO[bytes], path: str) -> Iterator[bytes]:
    """Yield a file's bytes as UTF-8, the first chunk without prologue.

    Bytes that are not of the declared encoding become what no UTF-8 is, so that the parser stumbles at their place;
    the file ends there where what follows cannot be told.

    Raises:
        UnreadableFile: an encoding that we do not know, or a document type that does not end.
    """
    head = head_of(stream, _CHUNK_BYTES)
    size, encoding = next(((size, name) for mark, size, name in _MARKS if head.startswith(mark)), (0, ""))
    chunks = _and_rest(head[size:], stream)
    plain = encoding or _declared(head, path)
    if plain not in _AS_THEY_ARE:
        chunks = _transcoded(chunks, plain)
    yield _without_prologue(next(chunks, b""), path)
    yield from chunks


def _declared(head: bytes, path: str) -> str:
    """The encoding that the declaration names; UTF-8 where it names none, or one that it is not written in itself."""
    found = _DECLARED.match(head)
    encoding = found[1].decode("ascii").lower() if found else "utf-8"
    if encoding.startswith(("utf-16", "utf-32", "ucs-", "iso-10646")):
        return "utf-8"
    try:
        b" ".decode(encoding)  # refuses also what is no encoding of text
        plain = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        plain = ""
    if not plain or plain in _OF_PYTHON:
        expected = "expected one we know: save the file as UTF-8 and load it again"
        raise UnreadableFile(path, f"found the encoding {shorten(encoding)!r}, {expected}", 1)
    return plain


def _and_rest(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk


def _transcoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", True).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        sound = error.object[: error.start].decode(encoding, errors)
        yield sound.encode("utf-8", "surrogatepass") + _NEVER_UTF8


def _without_prologue(head: bytes, path: str) -> bytes:
    """The head with line breaks alone where XML declaration, comments and document type stood."""
    found = _PROLOGUE.match(head)
    end = found.end() if found else 0
    if head.startswith(b"<!DOCTYPE", end):
        reason = (
            f"found a document type without end in {_CHUNK_BYTES >> 10} KiB, expected the records below it"
        )
        raise UnreadableFile(path, reason, head.count(b"\n", 0, end) + 1)
    return b"\n" * head.count(b"\n", 0, end) + head[end:]


def pieces(chunks: Iterable[bytes], names: Iterable[str]) -> Iterator[Piece]:
    """Yield the file in pieces: what comes before the first start tag of `names`, then one for each of these.

    Memory is bounded by the longest record. What looks like a start tag in a comment begins a piece too.
    """
    alternatives = b"|".join(re.escape(name.encode()) for name in names)
    start = re.compile(rb"<(?:[^\s<>/!?&;\"'=:]{1,100}:)?(" + alternatives + rb")(?=[\s/>])")
    buffer, line, name, is_left_out, searched = b"", 1, None, False, 0
    for chunk in chunks:
        buffer += chunk
        cut = 0
        for found in start.finditer(
            buffer, max(searched - _OVERLAP, 0 if is_left_out or name is None else 1)
        ):
            content = buffer[cut : found.start()]
            if not is_left_out:
                yield Piece(line, content, name, not is_too_large(content))
            line += content.count(b"\n")
            cut, name, is_left_out = found.start(), found[1].decode(), False
        buffer = buffer[cut:]
        if len(buffer) > LARGEST_XML_BYTES or is_left_out:
            if not is_left_out:
                yield Piece(line, buffer, name, is_whole=False)
            is_left_out = True
            line += buffer.count(b"\n", 0, -_OVERLAP)
            buffer = buffer[-_OVERLAP:]
        searched = len(buffer)
    if not is_left_out:
        yield Piece(line, buffer, name, not is_too_large(buffer))


def is_too_large(content: bytes) -> bool:
    """Return whether a piece would take too much memory when it is parsed."""
    return len(content) > LARGEST_XML_BYTES or (
        len(content) > MOST_XML_TAGS and content.count(b"<") > MOST_XML_TAGS
    )


def end_tag(name: str) -> re.Pattern[bytes]:
    """Return the pattern of the end tag of an element, with any prefix."""
    return re.compile(rb"</(?:[^\s<>/:]{1,100}:)?" + re.escape(name.encode()) + rb"\s*>")


def section_after(content: bytes, before: bytes | None) -> bytes | None:
    """Return what ends the comment, CDATA section or instruction that is open after a piece; None where none is.

    Args:
        before: what ends the one that is open ahead of the piece.

    Example:
        >>> section_after(b"a <!-- <? b", None), section_after(b"c --> d", b"-->")
        (b'-->', None)
    """
    closing, at = before, 0
    while True:
        if closing is not None:
            at = content.find(closing, at) + len(closing)
            if at < len(closing):
                return closing
        opening = _SECTION.search(content, at)
        if opening is None:
            return None
        closing, at = _SECTIONS[opening[0]], opening.end()
