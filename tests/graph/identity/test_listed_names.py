"""Authors whom a collection's own list of names knows: under several names, under one with numbers, beside an ORCID."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from bibliographies import author_ids, entry_of, papers, work
from collegium.graph.conformance import check
from collegium.graph.store import Store
from pages import loaded, put

BARE = entry_of("Grids and Multigrids Revisited", "Jun Zhang and Ruxin Dai", doi="10.1000/b")
WITH_ORCID = work(
    "Completed Richardson Extrapolation", "Jun Zhang 0000-0002-1825-0097", "Yin Wang", doi="10.1000/w"
)


def test_a_variant_in_a_list_of_names_is_the_same_person(tmp_path: Path) -> None:
    """If it failed: a collection that knows a person under two names would not be asked."""
    names = "- canonical: {first: Steven, last: Abney}\n  variants:\n  - {first: Steve, last: Abney}\n"
    store = Store.memory()
    loaded(
        store,
        put(tmp_path, "names.yaml", names),
        put(tmp_path, "a.bib", entry_of("Parsing by Chunks Anew", "Steve Abney")),
    )
    assert author_ids(store) == ["steve-abney"]
    assert papers(store)[0][1] == ["Steven Abney"]


@pytest.mark.parametrize(
    ("others", "people"),
    [
        (["Jun B."], 1),  # as without the list: the name and the only number of that name
        (["Jun B.", "Jun C."], 2),  # the list has two who write so: the name may be either's
    ],
)
def test_a_listed_variant_parts_nobody_from_their_number(
    tmp_path: Path, others: list[str], people: int
) -> None:
    """If it failed: who has an ORCID on one paper and a longer name in the list would be two on the others."""
    names = "".join(
        f"- canonical: {{first: {one}, last: Zhang}}\n  variants:\n  - {{first: Jun, last: Zhang}}\n"
        for one in others
    )
    files = [
        put(tmp_path, "a.bib", BARE),
        put(tmp_path, "b.json", WITH_ORCID),
        put(tmp_path, "names.yaml", names),
    ]
    for order in permutations(files):
        store = Store.memory()
        for file in order:
            loaded(store, file)
        found = store.refreshed().engine.query(
            "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
            "SELECT DISTINCT ?a { ?a ^dcterms:creator ?p ; foaf:name 'Jun Zhang' }"
        )
        assert len(list(found)) == people
        assert check(store).findings == ()


@pytest.mark.parametrize(("listed", "people"), [(["jun-zhang"], 1), (["jun-zhang", "jun-zhang-ucas"], 4)])
def test_an_entry_under_the_plain_name_is_no_other_person(
    tmp_path: Path, listed: list[str], people: int
) -> None:
    """If it failed: a collection's own list would part the papers of everybody in it who also has an ORCID."""
    names = "".join(f"- canonical: {{first: Jun, last: Zhang}}\n  id: {one}\n" for one in listed)
    store = Store.memory()
    loaded(store, put(tmp_path, "a.bib", BARE), put(tmp_path, "b.json", WITH_ORCID))
    loaded(store, put(tmp_path, "names.yaml", names))
    found = store.refreshed().engine.query(
        "SELECT DISTINCT ?a { ?a <http://xmlns.com/foaf/0.1/name> 'Jun Zhang' }"
    )
    assert len(list(found)) == people
