"""What an archive lists: files with where their bytes are, and what is left out with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from .contents import Content


class Why(Enum):
    """Why something in an archive is not a member. The value is the reason, in words."""

    DIRECTORY = "a directory"
    HIDDEN = "a hidden file"
    LINK = "a link"
    DEVICE = "a device"
    ENCRYPTED = "found an encrypted file, expected one without a password: unpack it first"
    UNKNOWN_PACKING = "found a way of packing that we do not undo, expected a usual one: unpack it first"
    TOO_DEEP = "found an archive in an archive in an archive, expected fewer: unpack it first"
    BROKEN = "found it broken, expected an intact file"

    @property
    def is_loss(self) -> bool:
        """Whether a user would miss what was left out."""
        return self in (Why.ENCRYPTED, Why.UNKNOWN_PACKING, Why.TOO_DEEP, Why.BROKEN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an archive's list. `content` is there unless `why` says why not, `reason` in more words."""

    name: str
    content: Content | None = None
    why: Why | None = None
    reason: str = ""


def is_hidden(name: str) -> bool:
    """Return whether a file of that name is none of the user's: `.x`, `__MACOSX`, also in such a folder.

    Example:
        >>> is_hidden("./a/../b.json"), is_hidden("a/._b.json"), is_hidden("__MACOSX/b.json")
        (False, True, True)
    """
    parts = re.split(r"[/\\]", name)
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)
