"""Partitions of the data set: what the engine counts, against what a pass over all statements counts."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from collegium.graph import vocabulary as v
from collegium.graph.partitions import counts, partitions
from collegium.graph.quads import statements
from networks import believed, written

BOOK = (
    written("p", ["a", "b"], issued="2024", institutions=["i"], categories=["cs.CL"]),
    written("q", ["a"], hidden=["c"], issued="2024-05"),
)


def parts(store_of: ox.Store, text: str) -> set[tuple[str, ...]]:
    """Return rows of a query over the partitions of a store, as texts."""
    whole = v.dataset(v.DEFAULT_BASE)
    made = ox.Store()
    made.extend(
        ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph())
        for t in partitions(store_of, whole, counts(store_of))
    )
    prefixes = {**v.PREFIXES, "voidext": v.VOID_EXT}
    return {tuple(x.value for x in row) for row in made.query(text, prefixes=prefixes)}  # type: ignore[union-attr, misc]


def test_the_engine_counts_what_is_there() -> None:
    """If it failed: the description would not fit the data."""
    engine = believed(*BOOK).engine
    all_of_it = list(statements(engine))
    classes: dict[object, set[object]] = {}
    for one in all_of_it:
        if one.predicate == v.RDF_TYPE:
            classes.setdefault(one.subject, set()).add(one.object)
    both = Counter((cls, one.predicate) for one in all_of_it for cls in classes.get(one.subject, ()))
    found = counts(engine)
    assert found.properties == Counter(one.predicate for one in all_of_it)
    assert found.classes == Counter(cls for kinds in classes.values() for cls in kinds)
    assert found.both == both


def test_a_class_says_which_properties_its_things_have() -> None:
    """If it failed: an editor could not complete the properties of an author."""
    found = parts(
        believed(*BOOK).engine,
        "SELECT ?p ?n { ?c void:class foaf:Person ; void:propertyPartition [ void:property ?p ; void:triples ?n ] }",
    )
    assert found == {(v.RDF_TYPE.value, "3"), (v.FOAF_NAME.value, "3")}


def test_a_property_says_what_stands_at_its_far_end() -> None:
    """If it failed: an editor could not tell which variable is an author, and which a date."""
    engine = believed(*BOOK).engine
    classes = parts(
        engine,
        "SELECT ?k { ?c void:class soa:Authorship ; void:propertyPartition ?p . "
        "?p void:property soa:hasAuthor ; void:classPartition [ void:class ?k ] }",
    )
    datatypes = parts(
        engine,
        "SELECT ?d { ?c void:class soa:Work ; void:propertyPartition ?p . "
        "?p void:property dcterms:issued ; voidext:datatypePartition [ voidext:datatype ?d ] }",
    )
    assert classes == {(v.FOAF_PERSON.value,)}
    assert datatypes == {(v.XSD_YEAR.value,), (v.XSD_YEAR_MONTH.value,)}


def test_a_type_that_is_no_iri_is_no_class() -> None:
    """If it failed: a stranger's `a "text"` would break every load after it."""
    engine = believed('<a/b> a "text" , <http://example.org/C> .').engine
    assert [cls.value for cls in counts(engine).classes] == ["http://example.org/C"]
    assert parts(engine, "SELECT ?k { ?c void:class ?k }") == {("http://example.org/C",)}
