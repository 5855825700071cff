"""Belief of our own stores as Turtle or JSON-LD, read like anybody's RDF: the same things come back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bibliographies import entry_of, work
from collegium.graph.errors import UnreadableFile
from collegium.graph.load import load
from collegium.graph.quads import BELIEF
from collegium.graph.readers import rdf
from collegium.graph.records import Institution, Paper, Problem, Profile, Statement, Tie
from collegium.graph.store import Store
from pages import loaded, put
from strategies import pages

FORMS = {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "ntriples": ox.RdfFormat.N_TRIPLES}


def belief(store: Store, form: str = "turtle") -> bytes:
    """Return belief in a syntax."""
    return store.refreshed().engine.dump(format=FORMS[form], from_graph=BELIEF) or b""


def things(store: Store) -> set[str]:
    """Return what belief says, apart from sources and what names them."""
    quads = store.refreshed().engine.quads_for_pattern(None, None, None, BELIEF)
    return {text for q in quads if "/source/" not in (text := str(q.triple)) and "/metric/" not in text}


@pytest.mark.parametrize("form", FORMS)
def test_the_bundled_page_comes_back(seed_page: Path, tmp_path: Path, form: str) -> None:
    """If it failed: what we say in standard words, we would not understand ourselves."""
    store, back = Store.memory(), Store.memory()
    loaded(store, seed_page)
    report = loaded(back, put(tmp_path, "belief", belief(store, form)))
    assert (report.files[0].reader, report.files[0].lost) == ("rdf", 0)
    assert things(back) == things(store)


@pytest.mark.parametrize(
    "name",
    [
        "openalex/works_part_test.gz",
        "crossref/crossref-2025.jsonl.gz",
        "datacite",
        "graphs/netscience_newman.gml",
    ],
)
def test_real_files_come_back(shared_data: Path, tmp_path: Path, name: str) -> None:
    """If it failed: identifiers, institutions, categories, references or ties would be lost between two stores."""
    if not (shared_data / name).exists():
        pytest.skip(f"no {name} in the real data: name its folder in COLLEGIUM_DATA")
    store, back = Store.memory(), Store.memory()
    loaded(store, shared_data / name)
    report = loaded(back, put(tmp_path, "belief.ttl", belief(store)))
    assert things(back) == things(store)
    assert (report.files[0].lost, report.files[0].kept) == (0, 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pages(), min_size=1, max_size=2))
def test_any_pages_come_back(tmp_path: Path, found: list[tuple[str, object, str]]) -> None:
    """If it failed: some date, category or cut list would change on the way."""
    store, back = Store.memory(), Store.memory()
    loaded(store, put(tmp_path, "0.txt", found[0][2]))
    loaded(back, put(tmp_path, "belief.ttl", belief(store)))
    assert things(back) == things(store)


OWN = """
@prefix ck: <https://w3id.org/collegium/ns#> . @prefix soa: <https://semopenalex.org/ontology/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <http://h/> .
<paper/p> a soa:Work ; ck:authorListTruncated true ; dcterms:title "T" .
<paper/p> soa:hasAuthorship <paper/p/a/2>, <paper/p/a/1> .
<paper/p/a/1> soa:hasAuthor <author/orcid-0000-0002-1825-0097> ; soa:position 1 ; ck:nameAsGiven "Lovelace, A." .
<paper/p/a/2> soa:hasAuthor <author/g> ; soa:position 2 ; soa:hasOrganization <institution/i> .
<author/orcid-0000-0002-1825-0097> a foaf:Person ; foaf:name "Ada Lovelace" ; ck:identifiedBy ck:Identifier .
<author/g> a foaf:Group ; foaf:name "The Group" .
<institution/i> a org:Organization ; skos:prefLabel "Inst" ; skos:altLabel "I" .
<source/s/tie/1> a ck:Tie ; ck:weightAsGiven 2.5 ; ck:member <author/x>, <author/orcid-0000-0002-1825-0097> .
<author/x> a foaf:Person ; foaf:name "X" ; ck:identifiedBy ck:NormalisedName .
<author/y> a foaf:Person ; foaf:name "Y" ; ck:identifiedBy ck:NormalisedName .
"""


def test_what_our_terms_say_is_understood() -> None:
    """If it failed: authors would stand in no order, groups be persons, or ids be names."""
    found = list(rdf.read(BytesIO(OWN.encode()), "file"))
    (paper,) = [r for r in found if isinstance(r, Paper)]
    first, second = paper.authorships
    assert paper.is_truncated and (first.position, first.name, first.as_given) == (
        1,
        "Ada Lovelace",
        "Lovelace, A.",
    )
    assert [i.scheme for i in first.identifiers] == ["orcid"]
    assert second.is_collective and second.institutions[0].names == ("I",)
    assert [r.name for r in found if isinstance(r, Institution)] == ["Inst"]
    (tie,) = [r for r in found if isinstance(r, Tie)]
    assert str(tie.weight) == "2.5" and {tie.one.name, tie.other.name} == {"X", "Ada Lovelace"}
    assert [r.name for r in found if isinstance(r, Profile)] == ["Y"]
    assert not [r for r in found if isinstance(r, Problem)]
    assert not [r for r in found if isinstance(r, Statement)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<paper/p> a soa:Work ; ck:authorListTruncated true .", "a paper without title"),
        ("<author/a> a foaf:Person ; ck:identifiedBy ck:Identifier .", "an author without a name"),
        ("<t> a ck:Tie ; ck:weightAsGiven 1 ; ck:member <author/a> .", "a tie"),
    ],
)
def test_what_lacks_its_name_is_refused(text: str, found: str) -> None:
    """If it failed: a thing would be lost without a word."""
    head = OWN.partition("<paper/p>")[0]
    problems = [r for r in rdf.read(BytesIO((head + text).encode()), "file") if isinstance(r, Problem)]
    assert [p.is_refused for p in problems] == [True] and problems[0].found.startswith(found)


def test_graphs_of_a_store_are_no_belief() -> None:
    """If it failed: what one source claims would come back as what a file says."""
    with pytest.raises(UnreadableFile, match="a store of Collegium"):
        list(rdf.read(BytesIO((OWN + "<source/s> { <source/s> a ck:Source }").encode()), "file"))


TWO_SOURCES = (
    ("a.bib", entry_of("Grids and Multigrids Revisited", "Jun Zhang and J. Dai", year=2020)),
    (
        "b.json",
        work("Grids and Multigrids Revisited", "Jun Zhang 0000-0002-1825-0097", "J. Dai", doi="10.1000/g"),
    ),
    ("c.json", work("Other Matters", "JUN ZHANG 0000-0002-1825-0097", "J Dai", doi="10.1000/o")),
)


@pytest.mark.parametrize("policy", ["names", "evidence", "strict"])
def test_what_is_recognised_comes_back_with_all_its_names(tmp_path: Path, policy: str) -> None:
    """If it failed: names would be lost, people kept apart would be one, or statements be left over."""
    store, back = Store.memory(), Store.memory()
    for name, text in TWO_SOURCES:
        load(store, [put(tmp_path, name, text)], identity=policy)
    (file,) = load(back, [put(tmp_path, "belief.ttl", belief(store))], identity=policy).files
    assert (file.lost, file.kept) == (0, 0)
    # Addresses of before, and by what a thing is known, are of the store that made it. Where names alone make nobody
    # one, both bylines of a paper stand in belief, and the length of the list is that of one.
    beside = ["isReplacedBy", "identifiedBy", "sameAs", *(["numberOfCreators"] if policy == "strict" else [])]
    here, there = (
        {text for text in things(of) if not any(w in text for w in beside)} for of in (back, store)
    )
    assert here == there and sum("foaf/0.1/name" in text for text in here) >= 4
    assert file.remarks[0].found == "statements on 3 sources of the store that wrote the file"
