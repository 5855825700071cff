"""What is left of a file of RDF: by hand, and for graphs of any kind every statement comes out as it went in."""

from __future__ import annotations

from io import BytesIO

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
)

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import rdf, rdf_statements
from collegium.graph.records import Problem, Record, Statement
from rdf_files import PREFIXES, left, read

XSD = "http://www.w3.org/2001/XMLSchema#"


def _records(content: str) -> list[Record]:
    return list(rdf.read(BytesIO(content.encode()), "file"))


def test_a_file_without_papers_is_kept_whole() -> None:
    """If it failed: a list of acquaintances or a thesaurus could not be loaded at all."""
    found = left(':a a foaf:Person ; foaf:name "Ada"@en ; foaf:knows [ foaf:nick "B" ] .')
    assert [
        str(t).replace("http://example.org/", ":").replace("http://xmlns.com/foaf/0.1/", "f:") for t in found
    ] == [
        "<:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <f:Person>",
        '<:a> <f:name> "Ada"@en',
        "<:a> <f:knows> _:3-1",
        '_:3-1 <f:nick> "B"',
    ]
    assert read(":a foaf:knows :b .").lost == ()


def test_what_was_refused_is_kept() -> None:
    """If it failed: a work without title would be lost with all that is said of it."""
    assert len(left(":p a fabio:Book ; dcterms:creator :a . :a foaf:name 'A' .")) == 3


def test_a_name_is_taken_by_the_paper_wherever_it_stands() -> None:
    """If it failed: what is in belief would be kept a second time, as something that we make nothing of."""
    paper, person = (
        ":p a fabio:Book ; dcterms:title 'T' ; dcterms:creator :a . ",
        ":a a foaf:Person ; foaf:name 'A' . ",
    )
    assert left(paper + person) == left(person + paper) == []
    alone = left(paper + person + ":b a foaf:Person ; foaf:name 'B' .")
    assert [t.subject for t in alone] == [NamedNode("http://example.org/b")] * 2


def test_terms_stay_what_they_are() -> None:
    """If it failed: languages, datatypes or statements on statements would be lost."""
    content = ':a :b "x"@en-gb, "y"@ar--rtl, "z"^^:own, <<( :s :p _:n )>>, '
    content += f'"2019"^^<{XSD}gYear> . _:n :q _:n .'
    parsed = [quad.triple for quad in ox.parse((PREFIXES + content).encode(), RdfFormat.TURTLE)]
    assert left(content)[:3] + left(content)[4:5] == parsed[:3] + parsed[4:5]
    assert str(left(content)[3].object).endswith("<http://example.org/p> _:4-1")
    assert left(content)[5].subject == left(content)[5].object == BlankNode("4-1")


def test_a_number_is_kept_in_our_spelling_and_told() -> None:
    """If it failed: a file would come back with other literals than it had, and nobody would know."""
    found = read(f':a :b "01"^^<{XSD}integer>, "2"^^<{XSD}int>, 1, true, "x"^^<{XSD}integer> .')
    assert "2 numbers, times or truth values as others spell them" in found.found
    assert not any("as others spell" in text for text in read(":a :b 1, true, 'z' .").found)


def test_an_address_without_a_beginning_is_told() -> None:
    """If it failed: files of two people would both speak of file:///me."""
    found = _records("@prefix f: <f:> . <> f:about <#me> . <#me> f:is <f:x> .")
    told = [str(r.triple) for r in found if isinstance(r, Statement)]
    assert told[0] == "<relative:///> <f:about> <relative:///#me>"
    assert any(
        isinstance(r, Problem) and r.found.startswith("3 addresses without a beginning") for r in found
    )


def test_graphs_of_a_file_are_told_and_none_is_ours() -> None:
    """If it failed: a stranger's file would write into belief, decisions or another source."""
    base = "http://localhost:8000/"
    found = _records(
        "".join(f"<a:{n}> <a:b> <a:c> <{base}{n}> .\n" for n in ("identity", "source/x", "void"))
    )
    assert [r.triple.subject.value for r in found if isinstance(r, Statement)] == [  # type: ignore[union-attr]
        "a:identity",
        "a:source/x",
        "a:void",
    ]
    remarks = [r.found for r in found if isinstance(r, Problem)]
    assert (
        f"statements in graphs of the file: 3, first <{base}identity>, <{base}source/x>, <{base}void>"
        in remarks
    )


def test_a_file_of_prefixes_alone_holds_nothing() -> None:
    """If it failed: an empty file would be a source."""
    assert [r for r in _records("@prefix a: <b:> .") if not isinstance(r, Problem)] == []
    with pytest.raises(UnreadableFile):
        _records("@prefix a: <b:> . a:b a:c ...")


_NODES = st.one_of(
    st.sampled_from([NamedNode(f"x:{n}") for n in "abc"]), st.sampled_from([BlankNode(n) for n in "pqr"])
)
_LITERALS = st.one_of(
    st.builds(Literal, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)),
    st.builds(lambda tag: Literal("v", language=tag), st.sampled_from(("en", "de-at"))),
    st.builds(lambda n: Literal(str(n), datatype=NamedNode(XSD + "integer")), st.integers(-9, 9)),
)
_PREDICATES = st.sampled_from([NamedNode(f"x:{n}") for n in ("is", "has", "of")])
_PLAIN = st.builds(Triple, _NODES, _PREDICATES, st.one_of(_NODES, _LITERALS))
_STATEMENTS = st.lists(
    st.one_of(_PLAIN, st.builds(Triple, _NODES, _PREDICATES, _PLAIN)), min_size=1, max_size=12
)


def _canonical(triples: list[Triple]) -> Dataset:
    found = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found


@settings(deadline=None, max_examples=60)
@given(_STATEMENTS, st.booleans())
def test_any_graph_comes_out_as_it_went_in(told: list[Triple], is_on_disk: bool) -> None:
    """If it failed: a statement would be lost or changed, two nodes made one, or one two."""
    content = "".join(f"{t} .\n" for t in told)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rdf_statements, "_IN_MEMORY", 1 if is_on_disk else 300_000)
        found = [r.triple for r in _records(content) if isinstance(r, Statement)]
        again = [r.triple for r in _records(content) if isinstance(r, Statement)]
    assert found == again
    assert len(set(found)) == len(found) == len(set(told))
    assert _canonical(found) == _canonical(told)
