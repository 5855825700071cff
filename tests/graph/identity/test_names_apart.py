"""Decisions by hand in stores where a name of two files is two authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.graph.deciding import listed, merge, split, states, undo_decision
from collegium.graph.errors import AmbiguousName
from collegium.graph.identity.names_apart import parts_of
from collegium.graph.load import load
from collegium.graph.mirror import mirror
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from pages import NOON, dump, follows, put

GRIDS = "@article{a, title={Grids of all kinds}, author={Ada Lovelace and Bob Stone}, year={2001}}\n"
ENGINES = "@article{a, title={Engines and looms}, author={Ada Lovelace and Carl Ray}, year={2002}}\n"
NOTES = "@article{a, title={Notes by the translator}, author={A. Lovelace and Dora Fox}, year={2003}}\n"


@pytest.fixture(params=["strict", "evidence"])
def apart(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Store:
    """Return a store with two of one name, one a file. Prevents: each test loads anew."""
    for name, text in (("grids", GRIDS), ("engines", ENGINES), ("notes", NOTES)):
        load(
            store.refreshed(), [put(tmp_path, f"{name}.bib", text)], identity=request.param, now=lambda: NOON
        )
    return store.refreshed()


def part(store: Store, file: str) -> str:
    """Return Ada as one file has her."""
    now = store.refreshed()
    nodes = parts_of(now.engine, now.base)[now.iri("author", "ada-lovelace")]
    return next(node for source, node in nodes.items() if f"/{file}-" in source)


def authors(store: Store) -> list[str]:
    """Return the names of all authors, by name."""
    return sorted(author.name for author in mirror(store.refreshed()).authors)


def state_of(store: Store, identifier: str) -> str:
    now = store.refreshed()
    made = listed(now)
    return next(state for one, state in zip(made, states(now, made), strict=True) if one.id == identifier)


def test_one_of_two_namesakes_is_joined_with_another_name(apart: Store) -> None:
    """If it failed: who asked for care with names could never say who is whom."""
    before = dump(apart, without=("/identity>",))
    assert authors(apart).count("Ada Lovelace") == 2
    made = merge(
        apart, part(apart, "grids"), apart.iri("author", "a-lovelace"), "her letters", now=lambda: NOON
    )
    assert state_of(apart, made.id) == "holds"
    assert authors(apart) == ["Ada Lovelace", "Ada Lovelace", "Bob Stone", "Carl Ray", "Dora Fox"]
    assert follows(apart)
    undo_decision(apart.refreshed(), made.id, now=lambda: NOON)
    assert dump(apart, without=("/identity>",)) == before


def test_two_namesakes_are_joined(apart: Store) -> None:
    """If it failed: somebody's word would count less than a name."""
    merge(apart, part(apart, "grids"), part(apart, "engines"), "one hand", now=lambda: NOON)
    assert authors(apart) == ["A. Lovelace", "Ada Lovelace", "Bob Stone", "Carl Ray", "Dora Fox"]
    assert follows(apart)


def test_a_decision_on_a_name_holds_for_all_that_is_called_so(tmp_path: Path) -> None:
    """If it failed: what was decided would be lost when a third file has the name too, by the order of loading."""
    files = [put(tmp_path, f"{n}.bib", text) for n, text in enumerate((GRIDS, NOTES, ENGINES))]
    told = []
    for order in ((0, 1, None, 2), (0, 1, 2, None), (2, 1, None, 0)):
        store = Store.memory()
        for at in order:
            now = store.refreshed()
            if at is None:
                ends = (now.iri("author", name) for name in ("ada-lovelace", "a-lovelace"))
                made = merge(now, *ends, "her letters", now=lambda: NOON)
            else:
                load(now, [files[at]], identity="strict", now=lambda: NOON)
        assert (authors(store).count("Ada Lovelace"), state_of(store, made.id)) == (1, "holds")
        assert follows(store)
        told.append(dump(store))
    assert told[0] == told[1] == told[2]


def test_a_split_of_a_name_parts_it_wherever_it_stands(apart: Store) -> None:
    """If it failed: a rule or a chain could join again who was told apart."""
    one, other = apart.iri("author", "ada-lovelace"), apart.iri("author", "a-lovelace")
    merge(apart, part(apart, "engines"), part(apart, "grids"), "one hand", now=lambda: NOON)
    split(apart.refreshed(), one, other, "two people", now=lambda: NOON)
    made = merge(apart.refreshed(), part(apart, "engines"), other, "who knows", now=lambda: NOON)
    assert state_of(apart, made.id) == "refused"
    assert follows(apart)


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_newer_file_keeps_what_was_decided(apart: Store, tmp_path: Path, *, is_undone: bool) -> None:
    """If it failed: each update of a file would wipe out what its librarian had found out."""
    made = merge(
        apart, part(apart, "grids"), apart.iri("author", "a-lovelace"), "her letters", now=lambda: NOON
    )
    if is_undone:
        undo_decision(apart.refreshed(), made.id, now=lambda: NOON)
    old = part(apart, "grids")
    newer = put(
        tmp_path, "grids.bib", GRIDS + GRIDS.replace("Grids of", "More grids of").replace("{a,", "{b,")
    )
    load(apart.refreshed(), [newer], now=lambda: NOON)
    (kept,) = listed(apart.refreshed())
    assert part(apart, "grids") != old
    assert part(apart, "grids") in (kept.one, kept.other)
    assert state_of(apart, kept.id) == ("undone" if is_undone else "holds")
    assert follows(apart)


def test_a_name_that_several_bear_is_asked_back(apart: Store) -> None:
    """If it failed: the command would say that two are one and mean nobody."""
    assert apart.path is not None
    graph = KnowledgeGraph(apart)
    for name in ("Ada Lovelace", "ada-lovelace"):
        with pytest.raises(AmbiguousName, match=r"ada-lovelace~engines-\w+, ada-lovelace~grids-\w+"):
            graph.identity.merge(name, "A. Lovelace", reason="her letters")
    identifier = part(apart, "grids").rpartition("/")[2]
    graph.identity.merge(identifier, "A. Lovelace", reason="her letters")
    graph.identity.split(identifier, "A. Lovelace", reason="no, the handwriting differs")
    assert [state for _, state in graph.identity.list()] == ["undone", "holds"]


def test_the_page_of_one_who_was_joined_leads_on(apart: Store) -> None:
    """If it failed: an address that was given to others would be nobody's."""
    node = part(apart, "grids")
    made = merge(apart, node, apart.iri("author", "a-lovelace"), "her letters", now=lambda: NOON)
    assert apart.path is not None
    client = create_app(Settings(store=apart.path)).test_client()
    pages = [client.get(f"/author/{iri.rpartition('/')[2]}") for iri in (made.one, made.other)]
    assert sorted(page.status_code for page in pages) == [200, 303]
    assert "her letters" in next(page.text for page in pages if page.status_code == 200)


def test_the_address_of_a_name_that_several_bear_names_them(apart: Store) -> None:
    """If it failed: a page would say that there is nobody of that name, where there are two."""
    assert apart.path is not None
    client = create_app(Settings(store=apart.path)).test_client()
    ids = [part(apart, file).rpartition("/")[2] for file in ("engines", "grids")]
    for address in ("/author/ada-lovelace", "/network/ego/ada-lovelace"):
        page = client.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 400 and all(one in page.text for one in ids), address
    asked = client.get("/api/queries/author_papers?author=ada-lovelace")
    assert (asked.status_code, asked.json["candidates"]) == (400, ids)
    turtle = client.get("/author/ada-lovelace?format=ttl")
    assert turtle.status_code == 200 and all(one in turtle.text for one in ids)
