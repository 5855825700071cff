"""`crossref` and `xdata`: what an entry takes from another one of the same file, which may stand below it.

BibTeX wants a parent below its children, biblatex takes both. So the file is looked through before it is read: once for
the keys that entries refer to, once more for these entries, of which only the fields that pass on are held. A file
without `crossref` is looked through once. Memory: 8 bytes an entry, and the parents.

Sources: btxdoc.pdf section 2.1 (crossref); biblatex manual section 2.4.1, 3.13.6 and appendix B (what is passed on).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Final

from ..errors import BrokenOff
from .bibtex_blocks import Block, blocks
from .bibtex_entries import Entry, entries

# The first entry of a piece, and those behind another's end on the same line.
_HEAD: Final = re.compile(rb"@[ \t]*([A-Za-z][\w-]*)\s*[{(]\s*([^,{}=\"\n]*)")
_LATER_HEAD: Final = re.compile(rb"[})][\s,;]*@[ \t]*([A-Za-z][\w-]*)\s*[{(]\s*([^,{}=\"\n]*)")
_REFERENCE: Final = re.compile(
    rb"\b(?:crossref|xdata)\s*=\s*(?:\{\s*([^{}]*)\}|\"\s*([^\"{}]*)\")", re.IGNORECASE
)
_MAY_REFER: Final = re.compile(rb"[Rr][Ee][Ff]\s*=|[Xx][Dd]")
_NO_KEY: Final = frozenset({b"comment", b"preamble", b"string"})
_DATES: Final = ("date", "year", "month", "day")
# What a child takes by `crossref`. Not what names the parent itself: title, pages, identifiers, addresses, abstract.
_PASSED_ON: Final = (
    *("author", "editor", "booktitle", "booksubtitle", "journal", "journaltitle", "publisher", "series"),
    *("volume", "institution", "school", "organization", "language", "langid"),
)
_HELD: Final = frozenset({*_PASSED_ON, *_DATES, "title", "subtitle", "crossref", "xdata"})
# Generations above an entry and others that it takes something from, so that a small file cannot ask for much.
_DEEPEST: Final = 8
_MOST: Final = 64
# What is held of a whole file: keys that are compared, those that are told as repeated, entries that others refer to.
_MOST_KEYS: Final = 1_000_000
_MOST_REPEATED: Final = 50_000
_MOST_PARENTS: Final = 50_000
_MOST_HELD: Final = 32 << 20  # bytes
_COST_OF_AN_ENTRY: Final = 1_000  # beside its texts
# Kinds whose parent is the book they stand in.
_INSIDE: Final = frozenset(
    "inbook incollection inproceedings conference bookinbook suppbook suppcollection inreference".split()
)


@dataclass(slots=True)
class Family:
    """What a file's entries take from each other; filled by `survey`, before the file is read.

    `parents` are by key, and in lower case too. `repeated` are keys of several entries (and of a few that only look
    so), `seen` is filled while reading.
    """

    parents: dict[str, Entry] = field(default_factory=dict)
    repeated: frozenset[int] = frozenset()
    seen: dict[str, int] = field(default_factory=dict)
    left_out: str = ""  # what was not looked after, since the file has too much of it

    def first_line(self, entry: Entry) -> int | None:
        """Return the line of an earlier entry with the same key, None for the first with its key."""
        if not entry.key or hash(entry.key.encode()) not in self.repeated:
            return None
        first = self.seen.setdefault(entry.key, entry.lines.first)
        return None if first == entry.lines.first else first

    def completed(self, entry: Entry) -> tuple[dict[str, str], str | None]:
        """Return an entry's fields with those it takes from others, and the first key that leads nowhere."""
        if "crossref" not in entry.fields and "xdata" not in entry.fields:
            return entry.fields, None
        fields, missing, _ = self._completed(entry, (entry.key,), set())
        return fields, missing

    def _completed(
        self, entry: Entry, above: tuple[str, ...], met: set[str]
    ) -> tuple[dict[str, str], str | None, set[str]]:
        """The fields, the first key that leads nowhere, and the keys above to which a way leads back.

        An entry takes nothing by a way that leads back to it: none of the two is the other's parent.
        """
        fields, missing, back = dict(entry.fields), None, set[str]()
        for name in ("xdata", "crossref"):
            printed = entry.fields.get(name, "")
            for key in filter(None, map(str.strip, printed.split(",") if name == "xdata" else [printed])):
                parent = self.parents.get(key) or self.parents.get(key.lower())
                if parent is None or parent.key in above or len(above) > _DEEPEST or len(met) > _MOST:
                    missing = missing or key
                    back |= {parent.key} & set(above) if parent else set()
                    continue
                if parent.key in met:  # by another way: what it passes on is there already
                    continue
                met.add(parent.key)
                passed_on, deeper, returns = self._completed(parent, (*above, parent.key), met)
                is_circle = entry.key in returns
                missing = missing or (key if is_circle and len(above) > 1 else deeper)
                back |= returns - {entry.key}
                if not is_circle:
                    _inherit(fields, passed_on, entry.kind, by_name=name == "xdata")
        return fields, missing, back


def survey(stream: IO[bytes]) -> Family:
    """Return what the entries of a file take from each other; the stream ends where it began.

    Cost: O(bytes), twice where there is a `crossref` or `xdata`.
    """
    start = stream.tell()
    hashes, wanted, left_out = array("q"), set[bytes](), list[str]()
    for block in _to_the_break(blocks(stream)):
        for key in _keys_of(block) if len(hashes) < _MOST_KEYS else ():
            hashes.append(hash(key))
        if block.content and len(wanted) < _MOST_PARENTS and _MAY_REFER.search(block.content):
            for found in _REFERENCE.finditer(block.content):
                printed = found[1] or found[2] or b""
                wanted.update(key.strip() for key in (printed, *printed.split(b",")))
    stream.seek(start)
    parents: dict[str, Entry] = {}
    wanted = {*wanted, *map(bytes.lower, wanted)} - {b""}
    size = 0
    if wanted:
        for entry in entries(_about(_to_the_break(blocks(stream)), wanted)):
            if isinstance(entry, Entry):
                size += _hold(entry, wanted, parents)
            if size > _MOST_HELD:
                break
        stream.seek(start)
    if size > _MOST_HELD or len(wanted) >= _MOST_PARENTS:
        left_out.append(f"over {_MOST_PARENTS:,} entries or {_MOST_HELD >> 20} MiB that others refer to")
    if len(hashes) >= _MOST_KEYS:
        left_out.append(f"over {_MOST_KEYS:,} entries, of which keys that stand twice are not all told")
    return Family(parents, _repeated(hashes), left_out=", ".join(left_out))


def _to_the_break(found: Iterator[Block]) -> Iterator[Block]:
    """The pieces of a file that may break off: whoever reads it comes to that again, and tells it."""
    with suppress(BrokenOff):
        yield from found


def _keys_of(block: Block) -> Iterator[bytes]:
    """The keys of the entries that begin in a piece."""
    if block.content is not None and (first := _HEAD.match(block.content)) is not None:
        if first[1].lower() not in _NO_KEY and (key := first[2].rstrip()):
            yield key
        if block.content.count(b"@") > 1:
            for later in _LATER_HEAD.finditer(block.content):
                if later[1].lower() not in _NO_KEY and (key := later[2].rstrip()):
                    yield key


def _about(found: Iterable[Block], wanted: set[bytes]) -> Iterator[Block]:
    """The pieces that hold a wanted entry, or macros; text above the entries, which may declare the encoding."""
    for block in found:
        content = block.content or b""
        is_string = content[:16].lstrip(b"@ \t").lower().startswith(b"string")
        if (
            is_string
            or content[:1] != b"@"
            or any(key in wanted or key.lower() in wanted for key in _keys_of(block))
        ):
            yield block


def _hold(entry: Entry, wanted: set[bytes], parents: dict[str, Entry]) -> int:
    """Keep of a wanted entry what it passes on; the first with its key counts, as for BibTeX. Return its size."""
    if entry.key.encode() in wanted or entry.key.lower().encode() in wanted:
        kept = entry.fields
        if entry.kind != "xdata":
            kept = {name: value for name, value in kept.items() if name in _HELD}
        held = Entry(entry.kind, entry.key, kept, entry.lines)
        parents.setdefault(entry.key, held)
        parents.setdefault(entry.key.lower(), held)
        return sum(map(len, kept.values())) + _COST_OF_AN_ENTRY
    return 0


def _repeated(hashes: array[int]) -> frozenset[int]:
    import numpy as np  # 50 ms, for those only who read BibTeX

    found = np.sort(np.frombuffer(hashes, dtype=np.int64))
    return frozenset(found[1:][found[1:] == found[:-1]][:_MOST_REPEATED].tolist())


def _inherit(fields: dict[str, str], passed_on: dict[str, str], kind: str, *, by_name: bool) -> None:
    """Put in what the entry itself leaves open."""
    is_dated = any(name in fields for name in _DATES)
    if not by_name and kind in _INSIDE and "booktitle" not in fields and "booktitle" not in passed_on:
        for name in ("title", "subtitle"):
            if name in passed_on:
                fields["book" + name] = passed_on[name]
    for name in passed_on if by_name else (*_PASSED_ON, *_DATES):
        if name in passed_on and not (is_dated and name in _DATES):
            fields.setdefault(name, passed_on[name])
