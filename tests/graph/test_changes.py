"""What is told of a change is all that the commit looks at: the index of words and the count must not miss a thing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from collegium.graph import vocabulary as v
from collegium.graph.changes import BESIDE_BELIEF, Changes, note
from collegium.graph.quads import BELIEF
from collegium.graph.seal import read_seal
from collegium.graph.store import Store
from collegium.graph.text_documents import touched
from collegium.graph.text_index import TextIndex, write_index
from text_stores import named, text_store

GRAPH = ox.NamedNode("http://a.example/g")
TITLE = ox.Quad(named("paper", 0), v.DCTERMS_TITLE, ox.Literal("Another Title"), BELIEF)


def sealed(store: Store) -> int | None:
    """Return how many statements the seal of the newest version tells of."""
    newest = store.refreshed()
    assert newest.path is not None
    seal = read_seal(newest.path / f"v{newest.version:06}")
    assert seal is not None
    return seal.statements


def test_statements_are_counted_by_what_came_and_went(store: Store) -> None:
    """If it failed: the seal would tell of another number than there is, and no service would start on the store."""
    before = text_store(store)
    known = next(iter(before.engine.quads_for_pattern(None, v.FOAF_NAME, None)))
    unknown = ox.Quad(named("author", 99), v.FOAF_NAME, ox.Literal("Nobody"), BELIEF)
    with before.write() as writer:
        writer.engine.extend([TITLE, ox.Quad(TITLE.subject, TITLE.predicate, TITLE.object, GRAPH)])
        writer.engine.remove(known)
        elsewhere = ox.Quad(TITLE.subject, TITLE.predicate, TITLE.object, GRAPH)
        note(writer, before.engine, Changes([TITLE, TITLE, elsewhere, known, unknown], is_whole=True))
        writer.changed = True
    assert writer.grown == 1 and sealed(store) == len(store.refreshed().engine)


def test_what_is_not_the_whole_is_counted(store: Store) -> None:
    """If it failed: statements of other graphs would not be in the seal's number."""
    before = text_store(store)
    with before.write() as writer:
        writer.engine.add(ox.Quad(TITLE.subject, TITLE.predicate, TITLE.object, GRAPH))
        note(writer, before.engine, BESIDE_BELIEF)
        writer.changed = True
    assert writer.grown is None and sealed(store) == len(store.refreshed().engine)


def test_only_belief_touches_the_index(store: Store) -> None:
    """If it failed: a graph of one's own would cost as much as belief."""
    before = text_store(store)
    elsewhere = ox.Quad(TITLE.subject, TITLE.predicate, TITLE.object, GRAPH)
    with before.write() as writer:
        note(writer, before.engine, Changes([elsewhere], is_whole=True))
        assert writer.touched == set()
        note(writer, before.engine, Changes([elsewhere, TITLE], is_whole=True))
        assert writer.touched == {named("paper", 0).value}


def test_a_name_of_an_authorship_touches_its_author() -> None:
    """If it failed: an author would not be found by a form of the name that was written later."""
    engine = text_store(Store.memory()).engine
    given = ox.Quad(ox.NamedNode("http://a.example/1"), v.CK_NAME_AS_GIVEN, ox.Literal("J. M."), BELIEF)
    assert named("author", 0).value in touched([given], engine)
    assert named("author", 0).value not in touched([given])


def test_versions_with_the_same_words_share_one_index(store: Store) -> None:
    """If it failed: each small change would copy the words of all the store."""
    first = text_store(store)
    with first.write() as writer:
        writer.engine.add(ox.Quad(GRAPH, GRAPH, GRAPH))
        note(writer, first.engine, Changes([ox.Quad(GRAPH, GRAPH, GRAPH)], is_whole=True))
        writer.changed = True
    second = store.refreshed()
    assert first.text_file is not None and second.text_file is not None
    assert first.text_file.samefile(second.text_file)
    words = TextIndex(first.text_file).documents()
    with second.write() as writer:
        writer.engine.add(TITLE)
        note(writer, second.engine, Changes([TITLE], is_whole=True))
        writer.changed = True
    third = store.refreshed()
    assert third.text_file is not None and not third.text_file.samefile(second.text_file)
    assert TextIndex(second.text_file).documents() == words != TextIndex(third.text_file).documents()


def test_a_disk_without_hard_links_gets_a_copy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a change would fail on such a disk."""
    first = text_store(store)
    assert first.text_file is not None

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.hardlink_to", refused)
    copy = first.text_file.with_suffix(".copy")
    write_index(first.engine, copy, first.text_file, ())
    assert not copy.samefile(first.text_file)
    assert TextIndex(copy).documents() == TextIndex(first.text_file).documents()
