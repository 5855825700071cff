"""Statements handed to the engine as text, in batches, and graphs taken out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Store as Engine

from collegium.graph import batches
from collegium.graph.batches import Batch, Loading, Piece, empty, lines, put_in

A, B, C = (NamedNode(f"http://example.org/{name}") for name in "abc")
LITERALS = st.one_of(
    st.builds(Literal, st.text()),
    st.builds(lambda text: Literal(text, language="en-GB"), st.text()),
    st.builds(lambda number: Literal(str(number), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
              st.integers()),
)  # fmt: skip


def piece(*triples: Triple, graphs: tuple[NamedNode | DefaultGraph, ...]) -> Piece:
    return Piece(lines(triples), graphs)


def test_a_statement_of_two_graphs_stands_in_both() -> None:
    """If it failed: belief would not hold what a source claims."""
    engine = Engine()
    put_in(engine, [piece(Triple(A, B, C), graphs=(A, DefaultGraph())), piece(Triple(C, B, A), graphs=(B,))])
    assert set(engine) == {Quad(A, B, C, A), Quad(A, B, C, DefaultGraph()), Quad(C, B, A, B)}


@given(values=st.lists(LITERALS, max_size=8), size=st.integers(1, 400))
def test_text_and_batches_change_no_statement(values: list[Literal], size: int) -> None:
    """If it failed: a title with a quote, a line break or a letter beyond ASCII would come out as another."""
    expected, found = Engine(), Engine()
    triples = [Triple(A, B, value) for value in values]
    expected.extend(Quad(*triple, graph) for triple in triples for graph in (C, DefaultGraph()))
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(batches, "_SIZE", size)
        put_in(found, [piece(triple, graphs=(C, DefaultGraph())) for triple in triples])
    assert set(found) == set(expected)


def test_batches_hold_no_more_than_their_size_and_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: memory would grow with the file that is loaded."""
    monkeypatch.setattr(batches, "_SIZE", 100)
    text = Piece("x" * 30, (A,))
    made = list(batches.batches([text] * 10))
    assert [len(batch.text) for batch in made if isinstance(batch, Batch)] == [120, 120, 60]
    assert list(batches.batches([])) == list(batches.batches([Piece("", (A,))])) == []
    monkeypatch.setattr(batches, "_AT_ONCE", 2)
    quads = [Quad(A, B, C, graph) for graph in (A, B, C)]
    assert list(batches.batches([quads[0], text, *quads[1:]])) == [
        quads[:2],
        Batch(b"x" * 30, (A,)),
        quads[2:],
    ]


def test_batches_are_of_the_same_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: what a source claims would stand where it is said which line claims it."""
    monkeypatch.setattr(batches, "_SIZE", 3)
    texts = [Piece("a", (A,)), Piece("b", (A, B)), Piece("cd", (A,)), Piece("e", (A, B))]
    assert list(batches.batches(texts)) == [Batch(b"acd", (A,)), Batch(b"be", (A, B))]


def test_what_is_no_iri_comes_in_as_it_is() -> None:
    """If it failed: a statement that is kept as given would be cut at a character that no IRI holds."""
    odd = next(parse(b"<x:a> <x:b> <x:c\\u003E d> .", format=RdfFormat.TURTLE, lenient=True)).object
    engine = Engine()
    put_in(engine, [Quad(A, B, odd, C)])
    assert [quad.object for quad in engine] == [odd]


def test_an_error_of_the_reader_goes_through_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a broken file would be told as a broken store."""

    def texts() -> Iterator[Piece]:
        yield piece(Triple(A, B, C), graphs=(A,))
        raise LookupError("of the reader")

    monkeypatch.setattr(batches, "_SIZE", 1)
    engine = Engine()
    with pytest.raises(LookupError, match="of the reader"):
        put_in(engine, texts())
    assert set(engine) == {Quad(A, B, C, A)}


@pytest.mark.parametrize("at_once", [1, 2, 50_000])
def test_a_graph_is_emptied_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """If it failed: a source would leave something behind, or take another's statements along."""
    monkeypatch.setattr(batches, "_AT_ONCE", at_once)
    engine = Engine(str(tmp_path / "engine"))
    for graph in (A, B, DefaultGraph()):
        engine.extend(Quad(A, B, Literal(str(number)), graph) for number in range(5))
    empty(engine, A)
    assert list(engine.named_graphs()) == [B]
    assert {quad.graph_name for quad in engine} == {B, DefaultGraph()}
    assert len(engine) == 10


class Full:
    """An engine whose disk is full."""

    def bulk_load(self, *args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("count", [1, 3])
def test_a_disk_that_is_full_is_told_though_another_thread_writes(count: int) -> None:
    """If it failed: a load would say that all is well, and lack statements."""
    with pytest.raises(OSError, match="No space left"), Loading(cast(Engine, Full())) as loading:
        for _ in range(count):
            loading.put(Batch(b"<a:a> <a:b> <a:c> .\n", (A,)))


def test_nothing_writes_any_more_once_a_reader_has_broken_off() -> None:
    """If it failed: what is taken out again would come in behind."""
    engine = Engine()
    with pytest.raises(UnicodeError), Loading(engine) as loading:
        loading.put(Batch(b"".join(b"<a:a> <a:b> <a:%d> .\n" % n for n in range(20_000)), (A,)))
        raise UnicodeError
    assert len(engine) == 20_000
