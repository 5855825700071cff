"""SHACL shapes over belief, and belief against claims."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from bibliographies import entry_of
from collegium.graph import vocabulary as v
from collegium.graph.conformance import check, shapes
from collegium.graph.own_terms import OWN_TERMS
from collegium.graph.quads import BELIEF
from collegium.graph.store import Store
from networks import believed
from pages import HEADER, entry, loaded, page, put

FIGURE = """
<source/s> a ck:Source ; ck:sha256 "{sha}" ; prov:generatedAtTime "2026-11-23T00:00:00Z"^^xsd:dateTime .
<m> a bido:BibliometricDataInTime ; prov:generatedAtTime "2026-11-23T00:00:00Z"^^xsd:dateTime ;
  bido:accordingTo <source/s> ; bido:withBibliometricData <m/v> .
<m/v> a bido:NumericBibliometricData ; bido:hasMeasure bido:h-index ; bido:hasNumericValue {value} .
"""


def said(store: Store) -> set[str]:
    """Return the messages of what the shapes find; that no source claims the hand-made belief is left out."""
    messages = {finding.message.split(" (found")[0] for finding in check(store).findings}
    return messages - {"belief holds this, no source claims it"}


def test_the_bundled_page_conforms(seed_page: Path) -> None:
    """If it failed: what we ship would break our own promises."""
    store = Store.memory()
    loaded(store, seed_page)
    report = check(store.refreshed())
    assert report.findings == ()
    assert report.conforms
    assert (report.version, report.shapes) == (1, 9)
    assert report.statements > 700


def test_the_true_pages_conform_together(shared_data: Path) -> None:
    """If it failed: the pages this reader is for would break our own promises."""
    store = Store.memory()
    loaded(store, shared_data / "seed")
    assert check(store.refreshed()).findings == ()


def test_an_empty_store_conforms() -> None:
    """If it failed: a new store would be broken from the start."""
    assert check(Store.memory()).conforms


def test_odd_pages_conform(tmp_path: Path) -> None:
    """If it failed: a page with strange names, dates or codes would break the shapes."""
    text = page(
        entry(
            heading="87CVFeb 30, 2023",
            authors="<img src=x onerror=alert(1)>, } UNION {, \"'{{x}} et al. · a/b",
        ),
        entry(heading="XXJul 2023", title="Another", authors="Ada Lovelace", abstract="<b>$x_1$</b> \\eg"),
        entry(
            heading="Nov 20, 2023",
            title="Third",
            authors="",
            abstract="It weaves algebraic patterns as looms do flowers.",
        ),
        header=HEADER.replace("Ada Lovelace", "王小明"),
    )
    store = Store.memory()
    loaded(store, put(tmp_path, "odd.txt", text))
    assert check(store.refreshed()).findings == ()


def test_a_group_among_the_authors_conforms(tmp_path: Path) -> None:
    """If it failed: every store with a paper of a collaboration would be called broken."""
    store = Store.memory()
    loaded(
        store, put(tmp_path, "a.bib", entry_of("Search for Radiative Penguin Decays", collaboration="BABAR"))
    )
    held = store.refreshed()
    assert [q.object.value for q in held.engine.quads_for_pattern(None, v.DCTERMS_CONTRIBUTOR, None, BELIEF)]
    assert check(held).findings == ()


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("<paper/p> a soa:Work ; ck:authorListTruncated true .", "a paper has a title"),
        ('<paper/p> a soa:Work ; dcterms:title "" ; ck:authorListTruncated true .', "a paper has a title"),
        ('<paper/p> a soa:Work ; dcterms:title "T" .', "a paper says once whether its author list is cut"),
        (
            '<paper/p> a soa:Work ; dcterms:title "T" ; ck:authorListTruncated true ; dcterms:issued "2024" .',
            "a date of issue is an xsd:date, xsd:gYearMonth or xsd:gYear",
        ),
        (
            '<paper/p> ck:issuedInferred "2026-05-18"^^xsd:date .',
            "an inferred date stands beside what the source says",
        ),
        ("<a> a soa:Authorship ; soa:position 1 .", "an authorship has one author"),
        (
            '<x> a foaf:Person ; foaf:name "X" . <a> a soa:Authorship ; soa:position 0 ; soa:hasAuthor <x> .',
            "a position counts from 1",
        ),
        ("<author/a> a foaf:Person .", "a person has a name"),
        ("<institution/a> a org:Organization .", "an institution has a name"),
        ('<category/a> a skos:Concept ; skos:notation "a" .', "a category is of a scheme"),
        (FIGURE.format(sha="x" * 64, value=35), "a source has its digest"),
        (FIGURE.format(sha="a" * 64, value='"35"'), "a value is a number"),
        ("<m> a bido:BibliometricDataInTime .", "a reported figure names its source"),
    ],
)  # fmt: skip
def test_each_broken_promise_is_found_by_name(turtle: str, message: str) -> None:
    """If it failed: a shape would be there and check nothing."""
    assert message in said(believed(turtle))


def test_an_authorship_without_position_or_reason_is_found() -> None:
    """If it failed: an author could be on a paper for no reason."""
    bare = '<x> a foaf:Person ; foaf:name "X" . <a> a soa:Authorship ; soa:hasAuthor <x> '
    assert said(believed(bare + "."))
    assert not said(believed(bare + "; ck:basis ck:ProfileOwner ."))


def test_belief_that_lost_or_gained_a_statement_is_found(seed_page: Path) -> None:
    """If it failed: belief could drift away from what the sources say."""
    store = Store.memory()
    loaded(store, seed_page)
    with store.write() as writer:
        title = next(iter(writer.engine.quads_for_pattern(None, v.DCTERMS_ABSTRACT, None, ox.DefaultGraph())))
        writer.engine.remove(title)
        writer.engine.add(ox.Quad(title.subject, v.DCTERMS_ABSTRACT, ox.Literal("ours"), ox.DefaultGraph()))
        writer.changed = True
    report = check(store.refreshed())
    assert not report.conforms
    assert {f.message for f in report.findings} == {
        "a source claims this, belief has lost it",
        "belief holds this, no source claims it",
    }
    assert {f.thing for f in report.findings} == {title.subject.value}  # type: ignore[union-attr]


def test_the_shapes_name_only_terms_that_we_explain() -> None:
    """If it failed: a slip in a shape would make it check nothing."""
    defined = {*OWN_TERMS, *re.findall(r"^ck:(\w+) a sh:NodeShape", shapes(), flags=re.MULTILINE)}
    assert set(re.findall(r"\bck:(\w+)", shapes())) <= defined
