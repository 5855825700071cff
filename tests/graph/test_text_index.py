"""The index of words: in step with belief, a part of its version, and of no consequence when it is lost."""

from __future__ import annotations

import json
import os
import sqlite3
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph import vocabulary as v
from collegium.graph.errors import StoreDamaged, StoreUnwritable
from collegium.graph.identity.recognition import Recognition
from collegium.graph.intake import take_in
from collegium.graph.load import unload
from collegium.graph.sources import sources
from collegium.graph.store import Store
from collegium.graph.text_documents import Document, document, documents
from collegium.graph.text_index import TextIndex, open_index, write_index
from collegium.graph.text_search import search
from pages import NOON, entry, loaded, page
from pages import put as write
from strategies import pages_of_records
from text_stores import NAMES, named, source_of, text_store


def index_of(store: Store) -> TextIndex:
    newest = store.refreshed()
    assert newest.text_file is not None and newest.text_file.exists()
    return TextIndex(newest.text_file)


def titles(store: Store, text: str) -> list[str]:
    return [hit.name for hit in search(index_of(store), text).hits]


def test_a_load_and_an_unload_are_seen_at_once(store: Store, tmp_path: Path) -> None:
    """If it failed: search would find what is gone, or miss what has come."""
    one = write(tmp_path, "one.txt", page(entry(title="Weaving Engines")))
    two = write(tmp_path, "two.txt", page(entry(title="Weaving Looms", abstract="It counts threads.")))
    loaded(store, one)
    assert titles(store, "weaving") == ["Weaving Engines"]
    loaded(store.refreshed(), two)
    assert sorted(titles(store, "weaving")) == ["Weaving Engines", "Weaving Looms"]
    assert titles(store, "threads") == ["Weaving Looms"]
    first = next(s for s in sources(store.refreshed()) if s.file_name == "one.txt")
    unload(store.refreshed(), ox.NamedNode(first.iri))
    assert titles(store, "weaving") == ["Weaving Looms"]
    assert titles(store, "babbage") == ["Charles Babbage"]


def test_a_reader_keeps_the_words_of_its_version(store: Store, tmp_path: Path) -> None:
    """If it failed: an answer would mix two versions."""
    loaded(store, write(tmp_path, "one.txt", page(entry(title="Weaving Engines"))))
    reader = store.refreshed()
    before = open_index(reader.engine, reader.text_file)
    loaded(reader, write(tmp_path, "two.txt", page(entry(title="Weaving Looms"))))
    assert search(before, "weaving").total == 1
    assert search(index_of(store), "weaving").total == 2


def test_a_change_that_nobody_noted_is_seen(store: Store) -> None:
    """If it failed: a writer that changes belief in its own way would leave search behind."""
    text_store(store)
    with store.write() as writer:
        writer.engine.remove(ox.Quad(named("author", 0), v.FOAF_NAME, ox.Literal(NAMES[0])))
        writer.engine.add(ox.Quad(named("author", 0), v.FOAF_NAME, ox.Literal("Somebody Else")))
        writer.engine.remove(ox.Quad(named("author", 1), v.FOAF_NAME, ox.Literal(NAMES[1])))
        writer.changed = True
    found = {hit.iri for hit in search(index_of(store), "somebody").hits}
    assert found == {named("author", 0).value}
    assert search(index_of(store), NAMES[1]).total == 0
    assert index_of(store).documents() == sorted(documents(store.refreshed().engine), key=attrgetter("iri"))


def test_nothing_is_left_of_a_write_that_failed(store: Store, store_dir: Path) -> None:
    """If it failed: each write that fails would leave a file behind, or the next one would trust it."""
    text_store(store)
    with pytest.raises(RuntimeError), store.write() as writer:
        writer.changed = True
        raise RuntimeError
    assert not list(store_dir.glob("v000002*"))


def test_a_version_of_before_gets_its_index_once(store: Store, store_dir: Path) -> None:
    """If it failed: stores of before could not be searched, or would be indexed with each question."""
    text_store(store)
    newest = store.refreshed()
    assert newest.text_file is not None
    newest.text_file.unlink()
    assert search(open_index(newest.engine, newest.text_file), "muller").total == 2
    made = newest.text_file.stat().st_ino
    assert search(open_index(newest.engine, newest.text_file), "muller").total == 2
    assert newest.text_file.stat().st_ino == made
    assert sorted(path.name for path in store_dir.glob("*.text*")) == ["v000001.text"]


def test_a_folder_for_reading_only_is_searched_in_memory(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a reader without the right to write could not search a store of before."""
    text_store(store)
    newest = store.refreshed()
    assert newest.text_file is not None
    newest.text_file.unlink()

    def refused(**_: object) -> None:
        raise PermissionError

    # The user of the tests may be root, whom no mode of a folder stops.
    monkeypatch.setattr("collegium.graph.text_index.mkstemp", refused)
    index = open_index(newest.engine, newest.text_file)
    assert index.file is None and search(index, "muller").total == 2
    assert not newest.text_file.exists()


def test_a_full_disk_while_indexing_leaves_no_trace(
    store: Store, store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: half an index would lie beside the store, or the version would be named without one."""
    text_store(store)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("collegium.graph.text_index._write", full)
    with pytest.raises(StoreUnwritable, match="full"):
        text_store(store)
    newest = store.refreshed()
    assert newest.version == 1 and newest.text_file is not None
    newest.text_file.unlink()
    assert open_index(newest.engine, newest.text_file).file is None
    assert not list(store_dir.glob("*.text*"))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 4000])
def test_a_broken_index_is_made_anew(store: Store, content: bytes) -> None:
    """If it failed: a file that is cut would end search, or be copied into each later version."""
    text_store(store)
    newest = store.refreshed()
    assert newest.text_file is not None
    newest.text_file.write_bytes(content)
    with pytest.raises(StoreDamaged):
        search(TextIndex(newest.text_file), "muller")
    text_store(store)
    assert index_of(store).documents() == sorted(documents(store.refreshed().engine), key=attrgetter("iri"))
    assert search(open_index(newest.engine, newest.text_file), "muller").total == 2


def test_an_index_that_breaks_while_it_is_changed_is_made_whole(tmp_path: Path) -> None:
    """If it failed: damage in the middle of a file, where opening does not look, would stop every commit."""
    store = text_store(Store.memory())
    former, file = tmp_path / "former", tmp_path / "new"
    write_index(store.engine, former)
    with sqlite3.connect(former) as connection:
        connection.execute("DROP TABLE said")
    connection.close()
    write_index(store.engine, file, former, {named("author", 0).value})
    assert TextIndex(file).documents() == sorted(documents(store.engine), key=attrgetter("iri"))


def test_an_index_of_other_tables_of_unicode_is_made_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: words would be taken out in another form than they were put in, and stay for ever."""
    text_store(store)
    newest = store.refreshed()
    assert newest.text_file is not None
    made = newest.text_file.stat().st_ino
    monkeypatch.setattr("collegium.graph.text_index._ABOUT", "another")
    assert search(open_index(newest.engine, newest.text_file), "muller").total == 2
    assert newest.text_file.stat().st_ino != made


def test_a_question_can_be_asked_after_a_fork(store: Store) -> None:
    """If it failed: the processes that answer queries could not search."""
    text_store(store)
    index = index_of(store)
    assert search(index, "muller").total == 2
    child = os.fork()
    if child == 0:  # pragma: no cover: another process
        os._exit(0 if search(index, "muller").total == 2 else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_forms_of_a_name_lead_to_their_author() -> None:
    """If it failed: who is printed as another form could not be found by it."""
    store = text_store(Store.memory())
    found = document(store.engine, named("author", 0).value)
    assert found == Document(named("author", 0).value, "author", ((NAMES[0],), ("J. Mueller",), (), ()))
    assert document(store.engine, named("author", 99).value) is None
    assert document(store.engine, v.SOA_WORK.value) is None


@settings(max_examples=25, deadline=None)
@given(st.lists(pages_of_records(), min_size=1, max_size=3), st.data())
def test_the_index_is_that_of_a_fresh_build(pages: list[object], data: st.DataObject) -> None:
    """If it failed: search would depend on the way that led to what the store holds."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store", create=True)
        held: list[ox.NamedNode] = []
        for number, (profile, papers) in enumerate(pages):  # type: ignore[misc]
            source = source_of(store.base, number)
            with store.write() as writer:
                writer.touched = set()
                recognition = Recognition(writer)
                take_in(recognition, "x", source, iter([profile, *papers]))
                recognition.settle(NOON)
            held.append(source.iri)
            if data.draw(st.booleans()):
                unload(store.refreshed(), held.pop(data.draw(st.integers(0, len(held) - 1))))
        newest = store.refreshed()
        kept, fresh = index_of(store), Path(folder) / "fresh"
        write_index(newest.engine, fresh)
        expected = [
            document(newest.engine, found.iri)
            for found in sorted(documents(newest.engine), key=attrgetter("iri"))
        ]
        assert kept.documents() == TextIndex(fresh).documents() == expected
        for question in (
            "a*",
            "ada",
            *(word for found in expected[:3] if found for word in found.key.split()),
        ):
            assert search(kept, question) == search(TextIndex(fresh), question)


def test_a_group_that_signs_is_found_as_an_author(store: Store, tmp_path: Path) -> None:
    """If it failed: a collaboration would have a page and a rank, and search would say that there is none."""
    people = [{"name": "The ATLAS Collaboration"}, {"given": "Jun", "family": "Zhang"}]
    item = {"DOI": "10.1000/7", "title": ["Grids"], "author": people, "issued": {"date-parts": [[2003]]}}
    path = write(tmp_path, "w.json", json.dumps({"message-type": "work", "message": item, "status": "ok"}))
    loaded(store, path)
    (hit,) = search(index_of(store), "atlas").hits
    assert (hit.kind, hit.name) == ("author", "The ATLAS Collaboration")
    first = sources(store.refreshed())[0]
    unload(store.refreshed(), ox.NamedNode(first.iri))
    assert titles(store, "atlas") == []
