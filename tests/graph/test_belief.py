"""Belief written by the engine as text says what its quads say."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph import belief as belief_file
from collegium.graph import vocabulary as v
from collegium.graph.belief import Belief, Numbers
from collegium.graph.mirror import mirror
from networks import author, believed, written

ONE, OTHER, SAYS = (ox.NamedNode(f"http://localhost:8000/{name}") for name in ("one", "other", "says"))
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPED = [("integer", "+05"), ("integer", "many"), ("boolean", "1"), ("double", "NaN"), ("double", "1.5")]
TYPED += [
    ("decimal", "-1.50"),
    ("decimal", ".5"),
    ("date", "2024-01-02"),
    ("gYear", "2024"),
    ("date", "never"),
]
TERMS: list[object] = [
    ox.Literal('a\tb\nc\rd"e\\f\\n'),
    ox.Literal('"'),
    ox.Literal("\\"),
    ox.Literal(""),
    ox.Literal("\x00\x01\x7f\u2028\x85"),
    ox.Literal("x", language="en"),
    ox.Literal('x"@en', language="de-AT"),
    ox.Literal('"^^<y>', datatype=OTHER),
    *(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for kind, text in TYPED),
    ox.Triple(ONE, SAYS, OTHER),
    ox.BlankNode("z"),
    OTHER,
]


def said(engine: ox.Store, kind: type) -> list[tuple[bytes, bytes]]:
    """Return what the quads of `SAYS` say, with ends of a kind."""
    return sorted(
        (quad.subject.value.encode(), quad.object.value.encode())  # type: ignore[union-attr]
        for quad in engine.quads_for_pattern(None, SAYS, None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, kind)
    )


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_every_kind_of_term_is_read_or_left_as_it_should_be(term: object) -> None:
    """If it failed: a title with a tab, a number or a quotation mark would come out another."""
    engine = ox.Store()
    for subject in (ONE, ox.BlankNode("b")):
        engine.add(ox.Quad(subject, SAYS, term))  # type: ignore[arg-type]
    assert belief_file._written(engine, "?s ?o", SAYS) is not None
    assert sorted(Belief(engine).values(SAYS)) == said(engine, ox.Literal)
    assert sorted(Belief(engine).links(SAYS)) == said(engine, ox.NamedNode)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_text_comes_back(texts: list[str]) -> None:
    """If it failed: some text of a stranger would be cut or forge a row."""
    engine = ox.Store()
    for text in texts:
        engine.add(ox.Quad(ONE, SAYS, ox.Literal(text)))
    assert sorted(Belief(engine).values(SAYS)) == said(engine, ox.Literal)


@pytest.mark.parametrize(
    "escape",
    ["\\u000A", "\\u0009", "\\u000A\\u003Cx\\u003E\\u0009\\u003Cy\\u003E\\u000A", "\\u003E", "\\u0022"],
)
def test_an_iri_that_breaks_lines_forges_no_row(escape: str) -> None:
    """If it failed: whoever writes an IRI with a line break would link whom they like."""
    engine = ox.Store()
    lines = f"<{ONE.value}> <{SAYS.value}> <http://x/a{escape}b> .\n<http://x/{escape}> <{SAYS.value}> <{ONE.value}> ."
    engine.bulk_load(lines.encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    assert sorted(Belief(engine).links(SAYS)) == said(engine, ox.NamedNode)
    engine.bulk_load(
        f"<http://x/{escape}> {v.RDF_TYPE} {v.SOA_WORK} .".encode(),
        format=ox.RdfFormat.N_TRIPLES,
        lenient=True,
    )
    assert len(Belief(engine).instances(v.SOA_WORK)) == 1


def test_what_is_read_ahead_is_what_is_asked_for() -> None:
    """If it failed: the rows of one predicate would be those of another, or a thread would be left over."""
    engine = ox.Store()
    predicates = [ox.NamedNode(f"http://localhost:8000/p{at}") for at in range(7)]
    for at, predicate in enumerate(predicates):
        engine.add(ox.Quad(ONE, predicate, ox.Literal(str(at))))
    with Belief(engine, ahead=predicates) as belief:
        for at in (0, 1, 5, 2, 6):
            assert [text for _, text in belief.values(predicates[at])] == [str(at).encode()]
        assert [text for _, text in belief.values(predicates[0])] == [b"0"]


def test_numbers_are_those_of_first_sight_then_of_order() -> None:
    """If it failed: ids would depend on the order of statements."""
    numbers = Numbers([b"b", b"a"])
    assert numbers.of([b"a", b"c", b"a"]).tolist() == [1, 2, 1] and len(numbers) == 3
    assert (numbers.known(b"c"), numbers.known(b"d")) == (2, -1)
    found = numbers.sorted()
    assert (list(found.ids), found.places.tolist()) == ([b"a", b"b", b"c"], [1, 0, 2])


def test_authorships_that_are_shared_count_for_everybody() -> None:
    """If it failed: of an authorship with two authors, two papers or two positions only one would be seen."""
    store = believed(
        written("p", ["ann"]),
        written("q"),
        """<paper/q> soa:hasAuthorship <paper/p/a/1-ann>, <nobody>, <far> .
        <paper/p/a/1-ann> soa:hasAuthor <author/bob> ; soa:position 3 , "٢" , "no" .
        <elsewhere> soa:hasAuthorship <far2> . <far2> soa:hasAuthor <author/zoe> .
        <far> soa:hasAuthor <author/cat> ; soa:position 99999999999999999999 .""",
    )
    found = mirror(store)
    names = [one.iri for one in found.authors]
    assert names == [author("ann"), author("bob"), author("cat")]
    bylines = {paper.id: list(zip(paper.authors, paper.positions, strict=True)) for paper in found.papers}
    assert bylines == {"p": [(0, 1), (1, 1)], "q": [(0, 1), (1, 1), (2, 2**31 - 2)]}
