"""RDF in the vocabularies of others: true samples by hand, each way to authors and their order, what is left over."""

from __future__ import annotations

import lzma
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import Literal, NamedNode

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS, rdf, rdf_statements
from collegium.graph.records import Identifier, Institution, Lines, PartialDate
from network_files import broken, read_as, survives
from rdf_files import PREFIXES, authors, left, read


def test_the_sample_of_semopenalex_is_read(shared_data: Path) -> None:
    """If it failed: authors would stand in the order of their numbers, or lose their identifiers."""
    raw = lzma.decompress((shared_data / "rdf" / "semopenalex-data-sample.trig.xz").read_bytes())
    found = read_as("rdf", raw)
    (paper,) = found.papers
    assert paper.title == "Linked Data - The Story So Far"
    assert authors(paper) == [(1, "Christian Bizer"), (2, "Tom Heath"), (3, "Tim Berners-Lee")]
    assert paper.authorships[0].identifiers == (
        Identifier("openalex-author", "A247353998"),
        Identifier("orcid", "0000-0003-2367-0237"),
    )
    assert paper.issued == PartialDate("2009-07-01", 2009, 7, 1)
    assert set(paper.identifiers) == {
        Identifier("openalex", "W2015191210"),
        Identifier("doi", "10.4018/jswis.2009081901"),
        Identifier("mag", "2015191210"),
    }
    assert (paper.kind, len(paper.references), len(paper.categories)) == ("article", 37, 20)
    assert paper.published and (paper.published.volume, paper.published.issue, paper.published.pages) == (
        "5",
        "3",
        "1-22",
    )
    assert [(r.measure, r.as_given) for r in paper.reported] == [("citations", "3653")]
    assert found.names == ["Tim Berners-Lee", "Christian Bizer", "Tom Heath"]
    assert [i.name for i in found.nodes[0].institutions] == ["Massachusetts Institute of Technology"]
    assert found.lost == ()  # what is remarked is said of statements that are kept as given
    institutions = [r for r in rdf.read(BytesIO(raw), "file") if isinstance(r, Institution)]
    assert len(institutions) == 4
    assert Identifier("ror", "031bsb921") in institutions[0].identifiers


def test_the_sample_of_dblp_is_read(shared_data: Path) -> None:
    """If it failed: numbers that tell namesakes apart would be part of their names."""
    found = read_as("rdf", (shared_data / "dblp" / "dblp-l338.ttl").read_bytes())
    assert len(found.papers) == 11
    assert [p.found for p in found.remarks] == ["no authors"] * 6
    singh = found.papers[1].authorships[0]
    assert (singh.name, singh.as_given) == ("Manish Singh", "Manish Singh 0001")
    assert singh.identifiers == (
        Identifier("dblp-author", "78/459-1"),
        Identifier("dblp-name", "Manish Singh 0001"),
    )
    assert found.papers[1].identifiers == (
        Identifier("dblp", "reference/vision/Singh14"),
        Identifier("doi", "10.1007/978-0-387-31439-6_559"),
    )
    pont = next(p for p in found.papers if p.title == "Surface Roughness.").authorships[0]
    assert Identifier("orcid", "0000-0002-9834-9600") in pont.identifiers


def test_the_sample_of_vivo_is_read(shared_data: Path) -> None:
    """If it failed: ranks, partial dates or names printed family first would be read wrong."""
    found = read_as("rdf", (shared_data / "rdf" / "sample-data.n3").read_bytes())
    assert [p.title for p in found.papers] == [
        "Derrida's influence on political rhetoric",
        "Derrida and Political Discourse",
        "Solo performance of Aida with Philadelphia Orchestra",
        "Twitter as Rhetoric",
        "Social Media as Discourse",
    ]
    first = found.papers[0]
    assert authors(first) == [(1, "Andrew Bogart"), (2, "Patricia Roberts"), (3, "Emily K Stevens")]
    assert first.authorships[1].as_given == "Roberts, Patricia"
    assert first.issued == PartialDate("2015", 2015)
    assert first.published and first.published.venue == "Journal of Political Rhetoric"
    assert found.papers[1].identifiers == (Identifier("isbn", "9780226355115"),)
    assert [p.found for p in found.remarks][:1] == ["no authors"]


def test_the_sample_of_opencitations_is_read(shared_data: Path) -> None:
    """If it failed: publishers would be authors, or journals papers."""
    found = read_as("rdf", (shared_data / "rdf" / "test_testcases_testcase_06.ttl").read_bytes())
    # Of 32 expressions, 12 are journals, their volumes and issues, and series.
    assert len(found.papers) == 20
    assert {name for paper in found.papers for name in authors(paper)} == {(1, "Name1 Surname1")}
    article = next(p for p in found.papers if p.title == "Title13")
    assert (article.kind, article.issued) == ("article", PartialDate("1995", 1995))
    assert article.published and article.published.venue == "Venue13"


def test_an_ontology_holds_no_paper(shared_data: Path) -> None:
    """If it failed: an ontology with a title and creators would be a paper."""
    found = read_as("rdf", (shared_data / "rdf" / "semopenalex-ontology.ttl").read_bytes())
    assert found.papers == ()
    assert found.names == ["Michael Färber", "Johan Krause", "Peter Haase", "David Lamprecht", "Linn Aung"]


def test_plain_dublin_core_is_read() -> None:
    """If it failed: the simplest RDF of all would hold nothing."""
    found = read(
        ':p dcterms:title "T" ; dc:creator "Lovelace, Ada", "et al." ; dcterms:date "1843-10" ; dcterms:subject "x" .'
    )
    (paper,) = found.papers
    assert authors(paper) == [(1, "Ada Lovelace")]
    assert paper.is_truncated
    assert (paper.issued, paper.keywords, paper.kind) == (PartialDate("1843-10", 1843, 10), ("x",), None)
    assert found.found == ["2 authors in no order"]


def test_identifiers_are_found_where_each_puts_them() -> None:
    """If it failed: the same paper in two files would be two."""
    found = read("""
    <https://doi.org/10.1000/1> a fabio:JournalArticle ; dcterms:title "T" ; dcterms:creator
      [ foaf:name "A" ; datacite:hasIdentifier
        [ datacite:usesIdentifierScheme datacite:orcid ; literal:hasLiteralValue "0000-0002-1825-0097" ] ] ;
      datacite:hasIdentifier [ datacite:usesIdentifierScheme datacite:pmid ; literal:hasLiteralValue "123" ] ;
      datacite:hasIdentifier [ datacite:usesIdentifierScheme datacite:doi ; literal:hasLiteralValue "none" ] .""")
    (paper,) = found.papers
    assert paper.identifiers == (Identifier("doi", "10.1000/1"), Identifier("pmid", "123"))
    assert paper.authorships[0].identifiers == (Identifier("orcid", "0000-0002-1825-0097"),)
    assert found.found == ["doi 'none'"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (":p a bibo:Article .", "a work without title: http://example.org/p"),
        (
            ":p a fabio:Book ; dcterms:creator :a ; dcterms:title 'T' .",
            "author 1, http://example.org/a, without a name",
        ),
        (":a a soa:Author ; soa:citedByCount 5 .", "an author without a name: http://example.org/a"),
        (":i a soa:Institution .", "an institution without a name: http://example.org/i"),
        (":p a fabio:Book ; dcterms:title 'T' ; dcterms:issued 'soon' .", "date 'soon'"),
        (":p a dblp:Book ; dblp:title 'T' ; dblp:numberOfCreators 'many' .", "number of authors 'many'"),
        (":p a fabio:Book ; dcterms:title 'T', 'U' .", "2 titles, the second 'U'"),
        (":a :b :c .", "1 statements, none of which is about what we know"),
    ],
)
def test_what_is_missing_is_told(content: str, found: str) -> None:
    """If it failed: a record or a part of one would vanish in silence."""
    assert found in read(content).found


def test_what_has_no_place_is_given_out_as_it_is() -> None:
    """If it failed: statements would be lost, or said twice."""
    content = """:x :y :z . :p a fabio:Book, :Own ; dcterms:title "T" ; :colour "red" ; dcterms:creator :a .
    :a foaf:name "A" ; foaf:mbox <mailto:a@b.c> ; <http://www.w3.org/2002/07/owl#sameAs> :b ."""
    home = "http://example.org/"
    rows = [(s.subject.value, s.predicate.value.rpartition("/")[2], s.object.value) for s in left(content)]  # type: ignore[union-attr]
    assert rows == [
        (home + "x", "y", home + "z"),
        (home + "p", "22-rdf-syntax-ns#type", home + "Own"),
        (home + "p", "colour", "red"),
        (home + "a", "mbox", "mailto:a@b.c"),
        (home + "a", "owl#sameAs", home + "b"),
    ]


def test_order_and_leftovers_hold_on_disk_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: large files would be read otherwise than small ones."""
    content = ':p a fabio:Book ; dcterms:title "T" ; dcterms:creator "C", "A", "B" ; :colour "red" .'
    small = read(content)
    monkeypatch.setattr(rdf_statements, "_IN_MEMORY", 2)
    assert read(content) == small
    assert authors(small.papers[0]) == [(1, "C"), (2, "A"), (3, "B")]
    assert [(t.predicate, t.object) for t in left(content)] == [
        (NamedNode("http://example.org/colour"), Literal("red"))
    ]


def test_a_dump_of_a_store_of_ours_is_refused() -> None:
    """If it failed: what we said ourselves would come back as what a source says."""
    source = "<http://h/source/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/collegium/ns#Source>"
    for content in (
        f"{source} <http://h/source/a> .\n",
        f'@prefix a: <a:> .\n<a:1> <a:p> "x" .\n<http://h/source/a> {{ {source} }}\n',
    ):
        with pytest.raises(UnreadableFile, match="a store of Collegium"):
            read_as("rdf", content)


def test_records_are_numbered_in_the_order_of_the_file() -> None:
    """If it failed: two records would have one place."""
    found = read(
        ':q a fabio:Book ; dcterms:title "Q" . :a a soa:Author ; foaf:name "A" ; soa:citedByCount 5 . '
        ':p a fabio:Book ; dcterms:title "P" .'
    )
    assert [p.lines for p in found.papers] == [Lines(1, 1, "record"), Lines(3, 3, "record")]
    assert found.nodes[0].lines == Lines(2, 2, "record")


def test_it_is_known_in_the_table() -> None:
    """If it failed: the reader would never be asked."""
    assert READERS["rdf"].sniff(PREFIXES)


@settings(max_examples=60, deadline=None)
@given(
    broken(
        (
            PREFIXES + ':p a fabio:Book ; dcterms:title "T" ; dcterms:creator ( "A" [ foaf:name "B" ] ) .'
        ).encode()
    )
)
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    survives("rdf", content)
