"""The catalogue as data: every query whole, and of the shape that editors read."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from collegium.graph import vocabulary as v
from collegium.graph.quads import BELIEF
from collegium.queries.catalogue import CATALOGUE
from collegium.queries.executables import completed, executables
from networks import believed, written

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

BASE = v.DEFAULT_BASE


def described(engine: ox.Store) -> ox.Store:
    """Return the catalogue as a store of its own."""
    made = ox.Store()
    made.extend(ox.Quad(t.subject, t.predicate, t.object, BELIEF) for t in executables(engine, BASE))
    return made


def texts(engine: ox.Store) -> dict[str, str]:
    """Return name -> text of each query as data."""
    rows = described(engine).query(
        "SELECT ?q ?text { ?q a sh:SPARQLExecutable ; sh:select|sh:ask|sh:construct|sh:describe ?text }",
        prefixes=dict(v.PREFIXES),
    )
    return {row["q"].value.rpartition("/")[2]: row["text"].value for row in rows}  # type: ignore[union-attr, index, misc]


def test_every_query_stands_there_once_and_whole() -> None:
    """If it failed: a query would be missing, or lack what an editor shows or runs."""
    made = described(ox.Store())
    assert set(texts(ox.Store())) == set(CATALOGUE)
    for name, query in CATALOGUE.items():
        node = v.named_query(BASE, name)
        said = {quad.predicate: quad.object for quad in made.quads_for_pattern(node, None, None, None)}
        assert {v.term(f"sh:{query.form.lower()}"), v.term("sh:prefixes"), v.term("schema:keywords")} <= set(
            said
        )
        assert said[v.term("schema:target")] == ox.NamedNode(BASE + "sparql")
        assert said[v.term("rdfs:comment")].value  # type: ignore[union-attr]
        kinds = {quad.object for quad in made.quads_for_pattern(node, v.RDF_TYPE, None, None)}
        assert v.term(f"sh:SPARQL{query.form.capitalize()}Executable") in kinds


def test_each_parses_without_any_prefix_from_us() -> None:
    """If it failed: a client that sends the text as it stands would get a syntax error."""
    for text in texts(ox.Store()).values():
        assert prepareQuery(text).algebra


def test_examples_of_another_store_are_bound_to_what_it_holds() -> None:
    """If it failed: every example would be empty in a store that is not of the bundled page."""
    store = believed(written("p", ["ada", "bob"], institutions=["inst"], categories=["cs.CL"]))
    found = texts(store.engine)
    for name in ("author_coauthors", "pair_joint_papers", "paper_authors", "institution_papers"):
        assert list(store.engine.query(found[name])), name  # type: ignore[arg-type]
    assert {"author/ada", "author/bob"} == {
        word.rpartition("8000/")[2]
        for word in found["pair_joint_papers"].replace(">", "<").split("<")
        if "author/" in word
    }


def test_examples_that_the_store_holds_are_kept() -> None:
    """If it failed: the example of the documentation would not be the one that the endpoint shows."""
    store = believed(written("p", ["ada", "xingtai-lv"], institutions=["inst"], categories=["cs.CL"]))
    assert "author/xingtai-lv>" in texts(store.engine)["author_coauthors"]


def test_only_prefixes_in_use_are_declared() -> None:
    """If it failed: a text inside a string or comment would bring a prefix, or one in use would be missing."""
    assert completed("SELECT * { ?s a foaf:Person ; foaf:name 'skos:x' } # org:y").count("PREFIX") == 1
    assert completed("ASK {}") == "ASK {}"
