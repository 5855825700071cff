"""The index of words beside each version: built by the writer inside the commit, from belief, by what has changed.

One SQLite file a version (`v000007.text`): the documents, and their folded words in an FTS5 table. The file of the
next version is a copy with the difference applied; once its version is named nothing changes it, so it is read without
locks, by any thread and after any fork. Asking: `text_search.py`. Why so, and figures: docs/decisions/0008.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkstemp
from threading import Lock
from typing import Final
from urllib.parse import quote

from pyoxigraph import Store

from .errors import StoreDamaged
from .text_documents import FIELDS, Document, documents, documents_of
from .words import folded

# What a file must say of itself to be used: another layout, or other tables of Unicode, fold words another way.
_ABOUT: Final = f"collegium 2, unicode {unicodedata.unidata_version}"
# Stands between two texts of a field, so that no phrase runs from one into the next. No letter: it cannot be asked.
_GAP: Final = " \ue000 "
# The words are folded already: `ascii` parts them at spaces and leaves every other character alone. Without content
# the table holds no second copy of the texts; to delete a row its words are given once more.
_SCHEMA: Final = f"""
CREATE TABLE about (format TEXT);
CREATE TABLE doc (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, key TEXT);
CREATE TABLE said (id INTEGER PRIMARY KEY, texts TEXT);
CREATE VIRTUAL TABLE word USING fts5({", ".join(FIELDS)}, content='', tokenize='ascii', prefix='1 2');
INSERT INTO word (word, rank) VALUES ('hashsize', {16 << 20});
"""
# KiB of pages, beside the words gathered above (bytes): with what SQLite takes by itself, 700,000 texts take 23.8 s of
# CPU, with more words at once 21.4 s, with more pages too 18.4 s.
_CACHE: Final = 64 << 10
# Made when all are in, by sorting once: things come in no order.
_BY_IRI: Final = "CREATE UNIQUE INDEX doc_by_iri ON doc (iri)"
_INSERT: Final = f"INSERT INTO word (rowid, {', '.join(FIELDS)}) VALUES (?, ?, ?, ?, ?)"
_DELETE: Final = f"INSERT INTO word (word, rowid, {', '.join(FIELDS)}) VALUES ('delete', ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class TextIndex:
    """The words of one version: a file, or (a store in memory, a folder that cannot be written to) a connection."""

    file: Path | None
    _held: sqlite3.Connection | None = field(default=None, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection for one question.

        A file is opened anew each time (0.1 ms), since a connection must not be shared between processes.

        Raises:
            StoreDamaged: the file cannot be read.
        """
        try:
            if self._held is not None:
                with self._lock:
                    yield self._held
            elif self.file is not None:
                with closing(_opened(self.file)) as connection:
                    yield connection
        except sqlite3.DatabaseError as error:
            raise StoreDamaged(str(self.file), f"the index of words cannot be read ({error})") from None

    def documents(self) -> list[Document]:
        """Return all documents, by IRI."""
        with self.reading() as connection:
            rows = connection.execute("SELECT iri, kind, texts FROM doc JOIN said USING (id) ORDER BY iri")
            return [document_of(*row) for row in rows]


def document_of(iri: str, kind: str, texts: str) -> Document:
    """Return the document of a row."""
    return Document(iri, kind, tuple(tuple(field) for field in json.loads(texts)))


def write_index(
    engine: Store, file: Path, former: Path | None = None, subjects: Iterable[str] | None = None
) -> None:
    """Write the index of what an engine holds to a file, which is on disk when this returns.

    Args:
        former: the index of the version before; the difference is applied to a copy of it.
        subjects: IRIs of all things that may differ from the version before; None when these are not known.

    Raises:
        OSError: the disk does not take it.
    Cost: O(size of the file), to copy it, and O(words of `subjects`); nothing when there are none, since both versions
        then share one file; of all things without `former` or `subjects`.
    """
    try:
        if former is not None and _is_usable(former):
            if subjects is not None and not (subjects := set(subjects)) and _is_shared(former, file):
                return
            try:
                shutil.copyfile(former, file)
                _write(engine, file, subjects)
                return
            except sqlite3.DatabaseError:  # the former one is broken: make a whole one
                pass
        file.unlink(missing_ok=True)
        _write(engine, file, None)
    except sqlite3.DatabaseError as error:
        raise OSError(f"the index of words cannot be written: {error}") from None


def _is_shared(former: Path, file: Path) -> bool:
    """Make the file another name of the former one, which nothing changes; return whether the disk knows such names."""
    try:
        file.unlink(missing_ok=True)
        file.hardlink_to(former)
    except OSError:
        return False
    return True


def _write(engine: Store, file: Path, subjects: Iterable[str] | None) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # Nobody reads it yet, and a crash throws the whole version away.
        connection.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{_CACHE}"
        )
        _apply(connection, engine, subjects)
    handle = os.open(file, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def open_index(engine: Store, file: Path | None) -> TextIndex:
    """Return the index of a version; made now where there is none: beside the version, or else in memory.

    Stores of before there was an index have none; it is made once, by whoever asks first, in one step.
    """
    if file is not None:
        if not _is_usable(file):
            _make(engine, file)
        if _is_usable(file):
            return TextIndex(file)
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _apply(connection, engine, None)
    return TextIndex(None, connection)


def _make(engine: Store, file: Path) -> None:
    """Make the index of a version that has none, in one step; leave no trace where that cannot be written."""
    try:
        handle, name = mkstemp(prefix=f"{file.name}.", dir=file.parent)
    except OSError:  # no permission, a disk for reading only
        return
    os.close(handle)
    beside = Path(name)
    try:
        write_index(engine, beside)
        beside.rename(file)
    except OSError:
        beside.unlink(missing_ok=True)


def _opened(file: Path) -> sqlite3.Connection:
    """Open a file for reading that nobody changes: no locks, no journal looked for."""
    address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def _is_usable(file: Path) -> bool:
    """Return whether a file is an index that folds words as we do."""
    try:
        with closing(_opened(file)) as connection:
            return connection.execute("SELECT format FROM about").fetchall() == [(_ABOUT,)]
    except sqlite3.DatabaseError:
        return False


def _apply(connection: sqlite3.Connection, engine: Store, subjects: Iterable[str] | None) -> None:
    """Bring an index (empty, or of the version before) in step with belief."""
    connection.execute("BEGIN")
    is_new = not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchall()
    if is_new:
        for statement in _SCHEMA.strip().split("\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO about VALUES (?)", (_ABOUT,))
        _add(connection, documents(engine))
        connection.execute(_BY_IRI)
        subjects = ()
    elif subjects is None:
        gone = {iri for (iri,) in connection.execute("SELECT iri FROM doc")}
        for known in documents(engine):
            gone.discard(known.iri)
            _replace(connection, known.iri, known)
        subjects = gone
    for iri, found in documents_of(engine, sorted(subjects)):
        _replace(connection, iri, found)
    connection.execute("COMMIT")
    if is_new:
        connection.execute("INSERT INTO word (word) VALUES ('optimize')")


def _replace(connection: sqlite3.Connection, iri: str, new: Document | None) -> None:
    """Make `new` the document of a thing; touch nothing when it is that already."""
    known = "SELECT id, kind, texts FROM doc JOIN said USING (id) WHERE iri = ?"
    row = connection.execute(known, (iri,)).fetchone()
    if row is not None:
        old = document_of(iri, *row[1:])
        if old == new:
            return
        connection.execute(_DELETE, (row[0], *_words(old)))
        connection.execute("DELETE FROM doc WHERE id = ?", row[:1])
        connection.execute("DELETE FROM said WHERE id = ?", row[:1])
    if new is not None:
        _add(connection, (new,))


def _add(connection: sqlite3.Connection, new: Iterable[Document]) -> None:
    """Write documents that are not there."""
    for known in new:
        row = (known.iri, known.kind, known.key)
        added = connection.execute("INSERT INTO doc (iri, kind, key) VALUES (?, ?, ?)", row).lastrowid
        texts = json.dumps(known.texts, ensure_ascii=False)
        connection.execute("INSERT INTO said VALUES (?, ?)", (added, texts))
        connection.execute(_INSERT, (added, *_words(known)))


def _words(known: Document) -> tuple[str, ...]:
    """Return the words of each field."""
    return tuple(_GAP.join(map(folded, texts)) for texts in known.texts)
