"""Any sequence of loads, unloads and decisions over sources that cut lists, number authors and repeat themselves."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from collegium.graph.deciding import is_claimed, listed, merge, split, undo_decision
from collegium.graph.derived import pairs
from collegium.graph.errors import CollegiumError
from collegium.graph.identity.names_apart import parts_of
from collegium.graph.identity.policies import POLICIES
from collegium.graph.load import load, unload
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from collegium.graph.vocabulary import derived_graph
from pages import NOON, dump, follows, put

ORCID: Final = "0000-0003-3484-6875"
D1, D2, D3 = ({"doi": f"10.1000/d{number}"} for number in (1, 2, 3))


def bib(*papers: tuple[str, str, dict[str, str]], year: int = 2003) -> str:
    """Return papers (title, authors, further fields) as BibTeX."""
    entries = []
    for number, (title, authors, more) in enumerate(papers):
        fields = {"title": title, "author": authors, "year": str(year), **more}
        body = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
        entries.append(f"@article{{k{number}, {body}}}\n")
    return "".join(entries)


def crossref(title: str, doi: str, *authors: tuple[str, str, str], year: int = 2003) -> str:
    """Return a paper as Crossref's API gives it; authors as given name, family name, ORCID."""
    found: list[dict[str, Any]] = [
        {"given": given, "family": family} | ({"ORCID": f"https://orcid.org/{orcid}"} if orcid else {})
        for given, family, orcid in authors
    ]
    item = {"DOI": doi, "title": [title], "author": found, "issued": {"date-parts": [[year]]}}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": [item]}})


ZERO, ONE = "Unique paper title zero", "Alpha beta gamma delta"
POOL: Final = (
    bib((ZERO, "Ann Lee and others", D3)),
    crossref(ZERO, "10.1000/d3", ("Ann", "Lee", ORCID), ("Jun", "Zhang", "")),
    bib(("On the number of x", "Ann Lee", {}), year=2004),
    bib((ZERO, "Zoe Q and Ann Lee and others", D3), (ZERO, "Zoe Q and Ann Lee and Jun Zhang", D3)),
    bib((ONE, "Wei Li and Jun Zhang and others", {}), ("On the number of x", "Ann Lee", D2), year=2001),
    crossref(ONE, "10.1000/d1", ("Ann", "Lee", ""), ("Jun", "Zhang", ""), year=2000),
    bib(("Another paper altogether", "Zoe Q and Jun Zhang", {}), ("On the number of x", "Zoe Q", {})),
    crossref(ONE, "10.1000/d1", ("Wei", "Li", ORCID), ("Zoe", "Q", ""), year=2001),
    bib(
        (ZERO, "A. Lee and J. Zhang", D3), (ONE, "W. Li and Jun M. Zhang", D1), ("Something", "J. Zhang", {})
    ),
    bib(
        (ONE, "Wei B. Li and J. Zhang", {}),
        (ZERO, "Ann C. Lee and Z. Q", {}),
        ("Of Lee", "A. Lee", {}),
        year=2002,
    ),
)
BIBS: Final = [at for at, text in enumerate(POOL) if not text.startswith("{")]
AUTHORS: Final = ("ann-lee", "jun-zhang", "zoe-q", "wei-li", f"orcid-{ORCID}", "j-zhang", "a-lee", "w-li")
PAPERS: Final = ("doi-10.1000~d1", "doi-10.1000~d2", "doi-10.1000~d3")
PAIRS: Final = [
    (kind, one, other)
    for kind, names in (("author", AUTHORS), ("paper", PAPERS))
    for one in names
    for other in names
    if one < other
]
STEPS: Final = st.one_of(
    st.tuples(st.just("load"), st.integers(0, len(POOL) - 1)),
    st.tuples(st.just("unload"), st.integers(0, len(POOL) - 1)),
    st.tuples(st.just("replace"), st.tuples(st.sampled_from(BIBS), st.sampled_from(BIBS))),
    st.tuples(st.sampled_from(["merge", "split"]), st.sampled_from(PAIRS)),
    st.tuples(st.just("undo"), st.integers(0, 9)),
    st.tuples(st.just("part"), st.sampled_from(AUTHORS)),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(STEPS, min_size=2, max_size=10),
    st.sampled_from(list(POLICIES)),
    st.permutations(range(len(POOL))),
)
def test_belief_follows_and_undoing_restores(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any], policy: str, first: list[int]
) -> None:
    """If it failed: links or people would be lost, or belief be another than sources and decisions come to."""
    folder = tmp_path_factory.mktemp("files")
    names = [f"{at}.{'json' if text.startswith('{') else 'bib'}" for at, text in enumerate(POOL)]
    paths = [put(folder, name, text) for name, text in zip(names, POOL, strict=True)]
    store, inside = Store.memory(), set(first[:2])
    load(store, [paths[at] for at in first[:2]], identity=policy, now=lambda: NOON)
    assert follows(store) and pairs_follow(store)
    for step in steps:
        take(store, paths, inside, policy, *step)
        assert follows(store) and pairs_follow(store), step
    for _ in count():
        held = [one for one in listed(store.refreshed()) if not one.undone_at and one.rule == "user"]
        if not held:
            break
        undo_decision(store.refreshed(), held[0].id, now=lambda: NOON)
        assert follows(store) and pairs_follow(store), held[0]
    made = listed(store.refreshed())
    is_replaced = any(step[0] == "replace" for step in steps)  # former versions are kept
    if inside and not is_replaced and all(one.rule != "user" and not one.undone_at for one in made):
        fresh = Store.memory()
        load(fresh, [paths[at] for at in sorted(inside)], identity=policy, now=lambda: NOON)
        assert made == listed(fresh.refreshed())
        if not made:
            assert dump(store, without=("/identity>",)) == dump(fresh, without=("/identity>",))


def pairs_follow(store: Store) -> bool:
    """Return whether the pairs of co-authors are those of belief, made at one go."""
    now = store.refreshed()
    held = now.engine.quads_for_pattern(None, None, None, derived_graph(now.base))
    return {quad.triple for quad in held} == set(pairs(now.engine, now.base))


def take(store: Store, paths: list[Path], inside: set[int], policy: str, what: str, given: Any) -> None:
    """Take one step; one that the product refuses, in words, is none."""
    now = store.refreshed()
    if what == "load":
        load(now, [paths[given]], identity=policy, now=lambda: NOON)
        inside.add(given)
    elif what == "replace" and given[0] in inside:
        at, other = given
        paths[at].write_text(POOL[other], "utf-8")
        load(now, [paths[at]], identity=policy, replacing="always", now=lambda: NOON)
    elif what == "unload" and given in inside:
        unload(now, NamedNode(find_source(now, paths[given].name).iri), now=lambda: NOON)
        inside.remove(given)
    elif what in ("merge", "split", "part"):
        if what == "part":  # of two of one name, one with somebody
            nodes = sorted(n for those in parts_of(now.engine, now.base).values() for n in those.values())
            one, other = nodes[0] if nodes else "", now.iri("author", given)
        else:
            kind, *ends = given
            one, other = (now.iri(kind, end) for end in ends)
        if is_claimed(now, one) and is_claimed(now, other):
            try:
                (split if what == "split" else merge)(now, one, other, "as it seems", now=lambda: NOON)
            except CollegiumError:
                return
    elif what == "undo" and (made := [one for one in listed(now) if not one.undone_at]):
        undo_decision(now, made[given % len(made)].id, now=lambda: NOON)
