"""Authors in RDF: each way to them, and their order as far as it is stated."""

from __future__ import annotations

import pytest

from rdf_files import authors, left, read


def test_signatures_are_ordered_by_number() -> None:
    """If it failed: authors would stand as they happen to stand in the file, and editors among them."""
    found = read("""
    :p a dblp:Publication ; dblp:title "T" ; dblp:numberOfCreators 3 ; dblp:hasSignature
      [ a dblp:AuthorSignature ; dblp:signatureOrdinal 2 ; dblp:signatureDblpName "B B" ],
      [ a dblp:EditorSignature ; dblp:signatureOrdinal 1 ; dblp:signatureDblpName "E E" ],
      [ a dblp:AuthorSignature ; dblp:signatureOrdinal 1 ; dblp:signatureDblpName "A A" ] .""")
    (paper,) = found.papers
    assert authors(paper) == [(1, "A A"), (2, "B B")]
    assert (paper.author_count, paper.is_truncated) == (3, True)


@pytest.mark.parametrize(
    ("positions", "names", "remark"),
    [
        (["last", "first", "middle"], "BCA", None),
        (["middle", "first", "middle"], "BAC", "2 authors in the middle"),
        (["first", "first", "last"], "ABC", "3 authors in no order"),
        ([None, "first", "last"], "ABC", "3 authors in no order"),
    ],
)
def test_words_order_as_far_as_they_can(positions: list[str | None], names: str, remark: str | None) -> None:
    """If it failed: an order would be claimed that nobody stated."""
    nodes = " , ".join(
        f'[ soa:hasAuthor [ foaf:name "{name}" ] {f"; soa:position {word!r}" if word else ""} ]'
        for name, word in zip("ABC", positions, strict=True)
    )
    found = read(f':p a soa:Work ; dcterms:title "T" ; soa:hasAuthorship {nodes} .'.replace("'", '"'))
    assert "".join(a.name for a in found.papers[0].authorships) == names
    assert found.found == ([remark] if remark else [])


@pytest.mark.parametrize(
    ("following", "names", "remark"),
    [
        (":c oco:hasNext :a . :a oco:hasNext :b .", "CAB", None),
        (":a oco:hasNext :b . :b oco:hasNext :a .", "ABC", "3 authors in no order"),
        ("", "ABC", "3 authors in no order"),
    ],
)
def test_a_chain_orders_when_it_is_whole(following: str, names: str, remark: str | None) -> None:
    """If it failed: a circle would never end, or a broken chain would lose authors."""
    nodes = "".join(
        f':{n} pro:withRole pro:author ; pro:isHeldBy [ foaf:name "{n.upper()}" ] . ' for n in "abc"
    )
    found = read(
        ':p a fabio:JournalArticle ; dcterms:title "T" ; pro:isDocumentContextFor :a, :b, :c, :d . '
        f':d pro:withRole pro:publisher ; pro:isHeldBy [ foaf:name "P" ] . {nodes} {following}'
    )
    assert "".join(a.name for a in found.papers[0].authorships) == names
    assert found.found == ([remark] if remark else [])


def test_ranks_that_do_not_order_are_told() -> None:
    """If it failed: two authors would have one position, or one without rank would be lost."""
    nodes = ""
    for name, rank in (("A", 2), ("B", 2), ("C", 0)):
        ranked = f"; vivo:rank {rank}" if rank else ""
        nodes += f':{name} a vivo:Authorship ; vivo:relates :p, [ rdfs:label "{name}" ] {ranked} . '
    found = read(f':p a bibo:Article ; rdfs:label "T" ; vivo:relatedBy :C, :A, :B . {nodes}')
    assert authors(found.papers[0]) == [(1, "A"), (2, "B"), (3, "C")]
    assert found.found == ["positions none, 2, 2"]


def test_lists_keep_their_order() -> None:
    """If it failed: the one form that states an order whole would lose it."""
    found = read(
        '[] a schema:ScholarlyArticle ; schema:name "T" ; schema:author ( [ schema:name "B" ] "Lovelace, A" ) .'
    )
    assert authors(found.papers[0]) == [(1, "B"), (2, "A Lovelace")]
    found = read(
        ':p a bibo:Article ; dcterms:title "T" ; bibo:authorList ( :b :a ) . :a foaf:name "A" . :b foaf:name "B" .'
    )
    assert authors(found.papers[0]) == [(1, "B"), (2, "A")]
    assert found.found == []
    looped = read(
        '_:l rdf:first "A" ; rdf:rest _:l . :p a bibo:Article ; dcterms:title "T" ; bibo:authorList _:l .'
    )
    assert authors(looped.papers[0]) == []


@pytest.mark.parametrize("kind", ["foaf:Group", "schema:Organization"])
def test_groups_are_no_people(kind: str) -> None:
    """If it failed: a department would be a person by the name "University of Oslo Department of Physics"."""
    content = f"""
    :p a bibo:Article ; dcterms:title "T" ; dcterms:creator :g, :a .
    :g a {kind} ; foaf:name "Department of Physics, University of Oslo" . :a foaf:name "Lovelace, Ada" ."""
    (paper,) = read(content).papers
    assert [(a.name, a.is_collective) for a in paper.authorships] == [
        ("Department of Physics, University of Oslo", True),
        ("Ada Lovelace", False),
    ]
    assert left(content) == []
