"""The bytes of one entry → text: UTF-8, or what the file's own first lines declare; other bytes stay marked as such.

JabRef writes `% Encoding: windows-1252` above the entries (docs.jabref.org, Advanced, Encoding). Nothing else tells GBK
from Latin-1, so without that line bytes that are not UTF-8 are never turned into letters: the field that holds them is
left out. In encodings whose letters may end in a byte below 0x80 (GBK, Big5, Shift JIS) that byte can be a brace, so
the entry may look broken too; in the ISO 8859 family it cannot.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

_DECLARED: Final = re.compile(rb"Encoding:[ \t]*([\w.:-]+)")
# Families whose names stand for one encoding of bytes; UTF-16 is none, since the declaration itself was read as ASCII.
_KNOWN: Final = re.compile(
    r"(?:windows|cp|iso|latin|gb|big5|euc|shift|sjis|ms\d|mac|koi8|hz|tis)[\w:-]*", re.IGNORECASE
)
_UNDECODED: Final = re.compile("[\ud800-\udfff]")


def declared_encoding(head: bytes) -> str | None:
    """Return the encoding that the text above the first entry declares, where it is one we can undo.

    Example:
        >>> declared_encoding(b"% Encoding: Cp1252"), declared_encoding(b"% Encoding: UTF-8")
        ('cp1252', None)
    """
    found = _DECLARED.search(head)
    name = found[1].decode("ascii", "replace") if found else ""
    if _KNOWN.fullmatch(name) is None:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def text_of(content: bytes, declared: str | None) -> str:
    """Return bytes as text; those that are neither UTF-8 nor of the declared encoding become lone surrogates."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared is not None:
        try:
            return content.decode(declared)
        except UnicodeDecodeError:
            pass
    return content.decode("utf-8", "surrogateescape")


def undecoded(text: str) -> str | None:
    """Return what stands in a text instead of characters ("byte 0xbf"); None where all of it is text.

    Example:
        >>> undecoded(text_of(b"M\\xfcller", None)), undecoded("Müller")
        ('byte 0xfc', None)
    """
    found = None if text.isascii() else _UNDECODED.search(text)
    return f"byte 0x{ord(found[0]) & 0xFF:02x}" if found else None
