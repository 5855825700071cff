"""Institutions of no more than a name, known by a table of organisations: found, undone, split, taken back."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode

from collegium.graph import vocabulary as v
from collegium.graph.conformance import check
from collegium.graph.deciding import listed, split, undo_decision
from collegium.graph.errors import UnreadableFile
from collegium.graph.load import load, unload
from collegium.graph.mirror import mirror
from collegium.graph.ror import Named, RorTable
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, entry, follows, page, put

DELFT = Named("02e2c7k09", "NL", "52.0", "4.4", ("Delft University of Technology", "TU Delft"), ("TUD",))
ETH = Named("05a28rw58", "CH", "47.4", "8.5", ("ETH Zurich",), ("ETH",))
SOOCHOW = Named("05t8y2r12", "CN", "31.3", "120.6", ("Soochow University",))
TAIWAN = Named("031m0eg77", "TW", "25.1", "121.5", ("Soochow University", "Soochow University Taiwan"))
TABLE = RorTable.of([DELFT, ETH, SOOCHOW, TAIWAN])
NEWER = RorTable.of(
    [DELFT, Named("0000000e1", "XX", "", "", ("Ethiopian Institute",), ("ETH",)), ETH, SOOCHOW]
)


def tables(folder: Path) -> dict[str, str]:
    """Write the tables; return their paths by name, and "none" for that of nothing."""
    TABLE.write(folder / "table.gz")
    NEWER.write(folder / "newer.gz")
    return {"table": str(folder / "table.gz"), "newer": str(folder / "newer.gz"), "none": "none"}


def tags(*names: str) -> str:
    """Return a page of which each paper stands for an institution."""
    return page(
        *(
            entry(title=f"Paper of {name}", authors=f"Charles Babbage, Ada Lovelace · {name}")
            for name in names
        )
    )


def institution(name: str, ror: str = "", country: str = "", number: int = 1) -> str:
    """Return an institution as OpenAlex gives it, on a line."""
    said = {"id": f"https://openalex.org/I{number}", "display_name": name, "works_count": 1}
    said |= {"ror": f"https://ror.org/{ror}" if ror else None, "country_code": country or None}
    return json.dumps({**said, "lineage": [], "type": "education", "ids": {}}) + "\n"


def put_in(store: Store, *paths: Path, table: str | None = None) -> None:
    load(store.refreshed(), paths, now=lambda: NOON, ror=table)


def take_out(store: Store, name: str, table: str | None = None) -> None:
    unload(store, NamedNode(find_source(store.refreshed(), name).iri), now=lambda: NOON, ror=table)


def places(store: Store) -> list[str]:
    """Return the IDs of the institutions of belief."""
    return sorted(one.id for one in mirror(store.refreshed()).institutions)


def rules(store: Store) -> list[str]:
    return [one.rule for one in listed(store.refreshed(), "institution")]


KNOWN = [  # what stands in files, and the institutions there are then
    ((tags("TU Delft"),), ["ror-02e2c7k09"]),
    ((tags("TU Delft", "Delft University of Technology"),), ["ror-02e2c7k09"]),
    ((tags("TU Delft"), tags("delft university of technology")), ["ror-02e2c7k09"]),
    ((tags("TUD"), tags("Delft University")), ["delft-university", "ror-02e2c7k09"]),
    ((tags("Soochow University"),), ["soochow-university"]),
    ((tags("Soochow University Taiwan", "Soochow University"),), ["ror-031m0eg77", "soochow-university"]),
    ((tags("eth"), institution("ETH Zürich", "05a28rw58", "CH")), ["ror-05a28rw58"]),
    # A source calls another organisation so: what is meant is not known.
    ((tags("eth"), institution("ETH", "00f54p054", "US")), ["ror-00f54p054"]),
    ((tags("TU Delft"), institution("TU Delft", "00f54p054"), institution("TU Delft", "05a28rw58", number=2)),
     ["ror-00f54p054", "ror-05a28rw58", "tu-delft"]),
    # Known by another number to a source: the table says which organisation that is.
    ((tags("TU Delft"), institution("TU Delft")), ["ror-02e2c7k09"]),
    ((tags("TU Delft", "ETH Zurich"), institution("TU Delft")), ["ror-02e2c7k09", "ror-05a28rw58"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "left"), KNOWN)
def test_an_institution_by_its_name(tmp_path: Path, files: tuple[str, ...], left: list[str]) -> None:
    """If it failed: one place would stand three times, or papers be put to a place that nobody named."""
    table = tables(tmp_path)["table"]
    found = set()
    for order in permutations(range(len(files))):
        store = Store.memory()
        for n in order:
            name = f"{n}.json" if files[n].startswith("{") else f"{n}.txt"
            put_in(store, put(tmp_path, name, files[n]), table=table)
        assert places(store) == left
        assert follows(store)
        assert check(store.refreshed()).findings == ()
        found.add("\n".join(dump(store, without=("ns#reason", "ns#evidence"))))
    assert len(found) == 1


def test_a_decision_says_why_and_belief_says_which(tmp_path: Path) -> None:
    """If it failed: nobody could check what the table made of a name, nor find the place by its ROR."""
    store = Store.memory()
    put_in(store, put(tmp_path, "a.txt", tags("TU Delft")), table=tables(tmp_path)["table"])
    (made,) = listed(store.refreshed(), "institution")
    assert (made.rule, made.key, made.made_at) == ("ror-name", "tu delft", "2026-11-23T12:00:00Z")
    assert made.reason == "the only organisation of this name in ROR: Delft University of Technology (NL)"
    assert made.evidence == ("https://ror.org/02e2c7k09",)
    place = NamedNode(store.iri("institution", "ror-02e2c7k09"))
    same = store.refreshed().engine.quads_for_pattern(place, v.OWL_SAME_AS, None, DefaultGraph())
    assert {q.object.value for q in same} == {
        "https://ror.org/02e2c7k09",
        store.iri("institution", "tu-delft"),
    }


def test_without_a_table_nothing_is_known(tmp_path: Path) -> None:
    """If it failed: the rule would be on where nobody asked for it."""
    store = Store.memory()
    put_in(store, put(tmp_path, "a.txt", tags("TU Delft")))
    assert (places(store), rules(store)) == (["tu-delft"], [])


def test_undoing_restores_belief_exactly(tmp_path: Path) -> None:
    """If it failed: a place that was taken for another could not be put right, or would come back."""
    table, path = tables(tmp_path)["table"], put(tmp_path, "a.txt", tags("TU Delft", "ETH Zurich"))
    plain, store = Store.memory(), Store.memory()
    put_in(plain, path)
    put_in(store, path, table=table)
    for one in listed(store.refreshed(), "institution"):
        undo_decision(store, one.id, now=lambda: NOON)
    believed = [line for line in dump(store) if "/identity" not in line]
    assert believed == dump(plain)
    put_in(store, put(tmp_path, "b.txt", tags("TU Delft", "TUD")), table=table)
    assert places(store) == ["eth-zurich", "ror-02e2c7k09", "tu-delft"]


def test_an_institution_can_be_kept_apart_from_one_that_no_source_names(tmp_path: Path) -> None:
    """If it failed: a user could refuse what a rule finds between sources, and not what it finds in a table."""
    table, store = tables(tmp_path)["table"], Store.memory()
    put_in(store, put(tmp_path, "a.txt", tags("TU Delft", "TUD")), table=table)
    one, other = (store.iri("institution", name) for name in ("tud", "ror-02e2c7k09"))
    split(store.refreshed(), one, other, "that of Dresden", now=lambda: NOON)
    put_in(store, put(tmp_path, "b.txt", tags("TUD")), table=table)
    assert places(store) == ["ror-02e2c7k09", "tud"]
    assert follows(store)


def test_a_newer_table_is_looked_at_with_the_next_load(tmp_path: Path) -> None:
    """If it failed: what an old table said would stand for ever, or only hold for what is loaded from now on."""
    named, store, fresh = tables(tmp_path), Store.memory(), Store.memory()
    path = put(tmp_path, "a.txt", tags("Soochow University", "ETH", "TU Delft"))
    put_in(store, path, table=named["table"])
    assert places(store) == ["ror-02e2c7k09", "ror-05a28rw58", "soochow-university"]
    put_in(store, path, table=named["newer"])
    assert places(store) == ["eth", "ror-02e2c7k09", "ror-05t8y2r12"]
    put_in(fresh, path, table=named["newer"])
    assert dump(store) == dump(fresh)
    version = store.refreshed().version
    put_in(store, path, table=named["newer"])
    assert store.refreshed().version == version
    put_in(store, path, table="none")
    assert (places(store), rules(store)) == (["eth", "soochow-university", "tu-delft"], [])


def test_a_load_without_the_table_keeps_what_was_found(tmp_path: Path) -> None:
    """If it failed: a setting that was forgotten once would part what belongs together, without a word."""
    table, store = tables(tmp_path)["table"], Store.memory()
    put_in(store, put(tmp_path, "a.txt", tags("TU Delft")), table=table)
    put_in(store, put(tmp_path, "b.txt", tags("Delft University of Technology")))
    assert places(store) == ["delft-university-of-technology", "ror-02e2c7k09"]
    put_in(store, put(tmp_path, "c.txt", tags("ETH Zurich")), table=table)
    assert places(store) == ["ror-02e2c7k09", "ror-05a28rw58"]
    take_out(store, "a.txt")
    assert places(store) == ["ror-02e2c7k09", "ror-05a28rw58"]
    assert follows(store)


@pytest.mark.parametrize("content", [None, b"", b"PK", b"\x1f\x8b\x08\x00broken"])
def test_a_table_that_cannot_be_read_is_told_before_anything_is_loaded(
    tmp_path: Path, content: bytes | None
) -> None:
    """If it failed: an hour of loading would end with institutions that are not known, or with nothing."""
    store, path = Store.memory(), put(tmp_path, "a.txt", tags("TU Delft"))
    if content is not None:
        (tmp_path / "table.gz").write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"table.gz.*expected a table made by collegium ror build"):
        put_in(store, path, table=str(tmp_path / "table.gz"))
    assert store.refreshed().version == 0


FILES = (
    tags("TU Delft", "Soochow University"),
    tags("Delft University of Technology", "ETH"),
    institution("TU Delft", number=3) + institution("ETH", "00f54p054", "US", number=4),
    tags("ETH", "Delft University of Technology", "Soochow University Taiwan"),
)
STEPS = st.lists(
    st.tuples(st.booleans(), st.integers(0, len(FILES) - 1), st.sampled_from(("table", "newer", "none"))),
    min_size=1,
    max_size=7,
)


@settings(max_examples=40, deadline=None)
@given(STEPS, st.permutations(range(len(FILES))))
def test_what_is_found_follows_from_files_and_table(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, int, str]], order: list[int]
) -> None:
    """If it failed: the same files and table would make two networks, by the way that led there."""
    folder = tmp_path_factory.mktemp("files")
    named = tables(folder)
    names = [f"{n}.json" if text.startswith("{") else f"{n}.txt" for n, text in enumerate(FILES)]
    paths = [put(folder, name, text) for name, text in zip(names, FILES, strict=True)]
    store, inside, last = Store.memory(), set[int](), "none"
    for is_load, n, table in steps:
        if is_load:
            put_in(store, paths[n], table=named[table])
            inside.add(n)
        elif n in inside:
            take_out(store, names[n], named[table])
            inside.remove(n)
        else:
            continue
        last = table
        assert follows(store)
    fresh = Store.memory()
    for n in order:
        if n in inside:
            put_in(fresh, paths[n], table=named[last])
    if not inside:
        assert places(store) == []
        return
    decided = ("ns#reason", "ns#evidence")
    assert dump(store, without=decided) == dump(fresh, without=decided)
