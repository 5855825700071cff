"""Papers of one source that share a DOI and have numbers of their own: two, whichever comes first."""

from __future__ import annotations

import json
import lzma
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from bibliographies import work
from collegium.graph.conformance import check
from collegium.graph.deciding import listed
from collegium.graph.load import load, unload
from collegium.graph.mirror import mirror
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, follows, put

DOI = "10.1000/shared"


def preprint(number: str, title: str, doi: str = DOI, authors: str = "Ada Lovelace, Charles Babbage") -> str:
    """Return a record of arXiv, on a line; `number` may be broken."""
    said = {"id": number, "title": title, "doi": doi or None, "authors": authors, "categories": "cs.DL"}
    dated = {
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2018 19:18:42 GMT"}],
        "report-no": None,
        "abstract": "It weaves.",
    }
    return json.dumps({**said, **dated, "update_date": "2018-05-01"}) + "\n"


A = preprint("1804.00001", "On the Engine")
AGAIN = preprint("1804.00001", "On the Engine, Corrected", authors="Ada Lovelace, Luigi Menabrea")
B = preprint("1804.00002", "Notes upon the Engine")
OTHER = preprint("1804.00003", "Something Else", "10.1000/other")
BROKEN = preprint("no number", "On the Engine at Last")


def loaded(store: Store, *paths: Path) -> Store:
    report = load(store.refreshed(), paths, now=lambda: NOON)
    assert report.failures == ()
    return store.refreshed()


def ids(store: Store) -> list[str]:
    return sorted(paper.id for paper in mirror(store.refreshed()).papers)


KNOWN = [  # records of one file, and the papers there are then
    ((A,), ["doi-10.1000~shared"]),
    ((A, AGAIN), ["doi-10.1000~shared"]),
    ((A, OTHER), ["doi-10.1000~other", "doi-10.1000~shared"]),
    ((A, B), ["arxiv-1804.00001", "arxiv-1804.00002"]),
    ((A, B, AGAIN, OTHER), ["arxiv-1804.00001", "arxiv-1804.00002", "doi-10.1000~other"]),
    # Only the DOI names the broken one, and nothing says that it is another than the first: they are one again.
    ((A, BROKEN), ["doi-10.1000~shared"]),
    ((A, BROKEN, B), ["arxiv-1804.00001", "arxiv-1804.00002", "doi-10.1000~shared"]),
]  # fmt: skip


@pytest.mark.parametrize(("records", "left"), KNOWN)
def test_two_under_one_doi_are_two(tmp_path: Path, records: tuple[str, ...], left: list[str]) -> None:
    """If it failed: a paper that its source lists would be gone, or which name it has depend on a file's order."""
    for order in permutations(records):
        store = loaded(Store.memory(), put(tmp_path, "a.jsonl", "".join(order)))
        assert ids(store) == left
        assert follows(store)
        assert check(store).findings == ()


def facts(store: Store) -> list[str]:
    """Return what is claimed and believed, without the source's name, and where in the file a paper stands."""
    source = find_source(store.refreshed(), "a.jsonl")
    head = f"{source.iri}>"
    kept = [line.replace(head, "SOURCE>") for line in dump(store, without=("/provenance", "ns#sha256"))]
    return sorted(line for line in kept if source.id not in line)


@settings(max_examples=30, deadline=None)
@given(st.permutations((A, B, AGAIN, BROKEN, OTHER)))
def test_the_order_of_records_does_not_count(
    tmp_path_factory: pytest.TempPathFactory, order: tuple[str, ...]
) -> None:
    """If it failed: the same records sorted otherwise would make other statements."""
    folder = tmp_path_factory.mktemp("files")
    first = loaded(Store.memory(), put(folder, "a.jsonl", A + B + AGAIN + BROKEN + OTHER))
    store = loaded(Store.memory(), put(folder, "a.jsonl", "".join(order)))
    assert facts(store) == facts(first)


def test_it_is_remarked_and_each_stands_where_it_stood(tmp_path: Path) -> None:
    """If it failed: nobody would learn that a source gives one DOI to two papers, nor find them in the file."""
    store = Store.memory()
    report = load(store, [put(tmp_path, "a.jsonl", A + B)], now=lambda: NOON)
    (remark,) = report.files[0].remarks
    assert (remark.lines.first, remark.found) == (2, "Notes upon the Engine")
    assert remark.expected.endswith("that of another paper, in line 1; kept as two papers")
    assert (report.counts["papers"].new, report.counts["papers"].merged) == (2, 0)
    rehearsed = load(Store.memory(), [tmp_path / "a.jsonl"], now=lambda: NOON, dry_run=True)
    assert rehearsed.counts["papers"] == report.counts["papers"]
    query = "SELECT ?paper ?line { GRAPH ?g { ?r ck:describes ?paper ; ck:firstLine ?line } }"
    found = {
        (str(r["paper"]).rpartition("/")[2].rstrip(">"), str(r["line"]))
        for r in store.refreshed().select(query)
    }
    assert {name for name, _ in found} == {"arxiv-1804.00001", "arxiv-1804.00002"}


FILES = {
    "a.jsonl": A + B,
    "b.json": work("On the Engine", "Ada Lovelace", "Charles Babbage", doi=DOI),
    "c.jsonl": preprint("1804.00001", "On the Engine"),
    "d.jsonl": B + OTHER,
}
STEPS = st.lists(st.tuples(st.booleans(), st.sampled_from(sorted(FILES))), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_beside_other_sources_and_taken_out_again(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, str]]
) -> None:
    """If it failed: a name that was moved would leave statements behind, or take those of another source along."""
    folder = tmp_path_factory.mktemp("files")
    paths = {name: put(folder, name, text) for name, text in FILES.items()}
    store, inside = Store.memory(), set[str]()
    for is_load, name in steps:
        if is_load:
            loaded(store, paths[name])
            inside.add(name)
        elif name in inside:
            unload(store, NamedNode(find_source(store.refreshed(), name).iri), now=lambda: NOON)
            inside.remove(name)
        assert follows(store)
    if inside:
        fresh = loaded(Store.memory(), *(paths[name] for name in sorted(inside)))
        decided = ("ns#evidence", "ns#reason")
        assert dump(store, without=decided) == dump(fresh, without=decided)


def test_whom_a_doi_alone_names_is_neither_of_two_preprints(tmp_path: Path) -> None:
    """If it failed: a third source would make one of what the first one tells apart."""
    paths = [put(tmp_path, name, FILES[name]) for name in ("a.jsonl", "b.json")]
    store = loaded(Store.memory(), *paths)
    assert ids(store) == ["arxiv-1804.00001", "arxiv-1804.00002", "doi-10.1000~shared"]
    assert listed(store, "paper") == []
    # One that says which of the two it is: that one.
    store = loaded(store, put(tmp_path, "c.jsonl", FILES["c.jsonl"]))
    assert {one.rule for one in listed(store, "paper")} == {"arxiv"}


def test_all_preprints_on_digital_libraries_are_kept(shared_data: Path, tmp_path: Path) -> None:
    """If it failed: of 2,986 records that arXiv lists, one would be gone under the DOI of another."""
    packed = (shared_data / "arxiv" / "cs.DL.tsv.xz").read_bytes()
    store = loaded(Store.memory(), put(tmp_path, "cs.DL.tsv", lzma.decompress(packed)))
    assert len(mirror(store).papers) == 2_986
