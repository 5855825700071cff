"""The body of a graph that is to be written: one document, or several in a form."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import IO, Final, NamedTuple

from pyoxigraph import RdfFormat
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.formparser import MultiPartParser
from werkzeug.http import parse_options_header

MULTIPART: Final = "multipart/form-data"
_MOST_PARTS: Final = 1_000
_ENTITY: Final = re.compile(rb"""<!ENTITY\s+([^\s"'>]+)\s*(?:"([^"]*)"|'([^']*)')""")
_NAMED: Final = re.compile(rb"&([^\s;&]+);")
_MOST_WRITTEN_OUT: Final = 64 << 20  # bytes that the entities of an XML document may come to
# What is read as the statements of one graph.
READ: Final = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "text/n3",
)


class Part(NamedTuple):
    """One RDF document."""

    media_type: str
    data: bytes


def parts_of(content_type: str, body: bytes) -> list[Part]:
    """Return the documents of a body, in their order.

    Raises:
        UnsupportedMediaType: of a type that is no RDF graph, or in another character set than UTF-8.
        BadRequest: a form that cannot be read.
    """
    kind, options = parse_options_header(content_type)
    if kind != MULTIPART:
        return [_part(kind, options.get("charset"), body)]
    boundary = options.get("boundary", "")
    if not boundary:
        raise BadRequest("Content-Type: found multipart/form-data without a boundary, expected one")
    parser = MultiPartParser(_in_memory, max_form_memory_size=None, max_form_parts=_MOST_PARTS)
    try:
        fields, files = parser.parse(io.BytesIO(body), boundary.encode("latin-1"), len(body))
    except ValueError as error:
        raise BadRequest(f"body: found no form of parts ({error})") from None
    for name in fields:
        raise BadRequest(f"body: found the field {name[:80]!r} without a file name, expected RDF documents")
    found = []
    for _, file in files.items(multi=True):
        name = file.filename or ""
        known = RdfFormat.from_extension(name.rpartition(".")[2]) if "." in name else None
        media_type, part_options = parse_options_header(file.content_type or "")
        if known is not None and media_type in ("", "application/octet-stream", "text/plain"):
            media_type = known.media_type
        found.append(_part(media_type, part_options.get("charset"), file.read()))
    if not found:
        raise BadRequest("body: found a form without files, expected RDF documents in it")
    return found


def _in_memory(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> IO[bytes]:
    """Where a file of a form goes: the body is in memory already, and a temporary file would have to be closed."""
    return io.BytesIO()


def _part(media_type: str, charset: str | None, data: bytes) -> Part:
    if charset and charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"Content-Type: found charset {charset[:80]!r}, expected utf-8")
    if media_type not in READ:
        raise UnsupportedMediaType(
            f"Content-Type: found {media_type[:80]!r}, expected one of {', '.join(READ)}"
        )
    if media_type == "application/rdf+xml":
        _refuse_growing(data)
    return Part(media_type, data)


def _refuse_growing(data: bytes) -> None:
    """Refuse XML whose entities make it large: the parser writes them out without a bound.

    Raises:
        BadRequest: entities of entities, or as many as would be more than the document may be.
    """
    written, named = 0, Counter(_NAMED.findall(data))
    for name, one, other in _ENTITY.findall(data):
        value = one or other
        if b"&" in value:
            raise BadRequest("body: found an XML entity that names another, expected plain text in entities")
        written += len(value) * named[name]
    if written > _MOST_WRITTEN_OUT:
        raise BadRequest(f"body: its XML entities make {written:,} bytes, at most {_MOST_WRITTEN_OUT:,}")
