"""The same author from two sources: by identifier, by full name under each policy, never by surname and initial."""

from __future__ import annotations

import lzma
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from bibliographies import author_ids, bibliographies, entry_of, work
from collegium.graph.conformance import check
from collegium.graph.deciding import doubts_listed, listed
from collegium.graph.errors import UnknownName
from collegium.graph.identity.policies import POLICIES
from collegium.graph.load import load, unload
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, follows, loaded, put

JUN = "0000-0002-1825-0097"
OTHER = "0000-0001-5109-3700"
BARE = entry_of("Grids and Multigrids Revisited", "Jun Zhang and Ruxin Dai", doi="10.1000/b")
WITH_ORCID = work("Completed Richardson Extrapolation", f"Jun Zhang {JUN}", "Yin Wang", doi="10.1000/w")
NUMBERED = entry_of(
    "Privacy Preserving Recommender Systems", "Jun Zhang 0001 and Xiwei Wang", doi="10.1000/n"
)


def rules(store: Store) -> list[str]:
    return [one.rule for one in listed(store.refreshed(), "author")]


def zhangs(store: Store) -> list[str]:
    return [one for one in author_ids(store) if "zhang" in one.lower() or "orcid" in one]


ONE_OR_TWO = [  # files, and the Zhangs there are then
    ((BARE, WITH_ORCID), [f"orcid-{JUN}"]),
    ((BARE, WITH_ORCID.replace("Jun", "JUN")), [f"orcid-{JUN}"]),
    ((BARE.replace("Jun", "J."), WITH_ORCID), ["j-zhang", f"orcid-{JUN}"]),
    ((BARE, WITH_ORCID.replace("Jun", "J.")), ["jun-zhang", f"orcid-{JUN}"]),
    ((BARE.replace("Jun", "J."), WITH_ORCID.replace("Jun", "J.")), ["j-zhang", f"orcid-{JUN}"]),
    ((BARE.replace("Jun", "Jün"), WITH_ORCID), ["jun-zhang-5a7a18ac", f"orcid-{JUN}"]),
    ((BARE, WITH_ORCID, WITH_ORCID.replace(JUN, OTHER)), ["jun-zhang", f"orcid-{OTHER}", f"orcid-{JUN}"]),
    ((BARE, NUMBERED), ["dblp-name-jun-zhang-0001-6b0f7f14", "jun-zhang"]),
    ((WITH_ORCID + work("Another Work of Theirs", "Jun Zhang"),), [f"orcid-{JUN}"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "left"), ONE_OR_TWO)
def test_a_name_joins_the_only_one_who_bears_it(
    tmp_path: Path, files: tuple[str, ...], left: list[str]
) -> None:
    """If it failed: an author would be two by a missing ORCID, or two would be one by a common name."""
    for order in permutations(files):
        store = bibliographies(Store.memory(), tmp_path, *order)
        assert [one.partition("-zhang")[0] for one in zhangs(store)] == [
            one.partition("-zhang")[0] for one in left
        ]
        assert follows(store)
        assert check(store).findings == ()


def test_a_second_bearer_of_a_name_takes_the_first_merge_back(tmp_path: Path) -> None:
    """If it failed: what is believed would depend on which of two homonyms was loaded first."""
    store = bibliographies(Store.memory(), tmp_path, BARE, WITH_ORCID)
    before = dump(store)
    assert (rules(store), doubts_listed(store)) == (["name"], [])
    loaded(
        store, put(tmp_path, "second.json", WITH_ORCID.replace(JUN, OTHER).replace("10.1000/w", "10.1000/z"))
    )
    assert rules(store) == []
    assert [other.rpartition("/")[2] for _, other in doubts_listed(store.refreshed())] == [
        f"orcid-{OTHER}",
        f"orcid-{JUN}",
    ]
    unload(store, NamedNode(find_source(store.refreshed(), "second.json").iri), now=lambda: NOON)
    assert dump(store) == before


def test_the_same_number_of_a_collection_is_the_same_person(shared_data: Path, tmp_path: Path) -> None:
    """If it failed: who has an ORCID in one volume and an ID of the Anthology in all would be two."""
    paths = [
        put(tmp_path, name, lzma.decompress((shared_data / "acl" / f"{name}.xz").read_bytes()))
        for name in ("2022.acl.xml", "2023.acl.xml")
    ]
    store = Store.memory()
    load(store, paths, now=lambda: NOON)
    assert rules(store).count("acl-author") > 0
    lius = [one for one in author_ids(store) if "-yang-liu" in one or one == "orcid-0000-0002-3087-242X"]
    of = ("edinburgh", "icsi", "ict", "microsoft")
    assert lius == [*(f"acl-author-yang-liu-{place}" for place in of), "orcid-0000-0002-3087-242X"]
    assert follows(store)


def test_a_number_keeps_four_homonyms_apart(shared_data: Path, tmp_path: Path) -> None:
    """If it failed: four people called Jun Zhang would be one."""
    folder = shared_data / "and"
    paths = []
    for n in range(1, 5):
        text = (folder / f"Zhang_000{n}_Jun.bib").read_text("utf-8").replace("Jun Zhang", f"Jun Zhang 000{n}")
        paths.append(put(tmp_path, f"{n}.bib", text))
    store = Store.memory()
    load(store, paths, now=lambda: NOON)
    assert len([one for one in author_ids(store) if one.startswith("dblp-name-jun-zhang-000")]) == 4
    assert [one for one in listed(store.refreshed(), "author") if "jun-zhang" in one.one + one.other] == []


def test_two_names_under_one_number_are_remarked(tmp_path: Path) -> None:
    """If it failed: an ORCID that a publisher gave to two people would join them without a word."""
    text = work("First Work of Somebody", f"Jian-Xin Tang {JUN}") + work(
        "Second Work of Somebody", f"Yan-Qing Li {JUN}"
    )
    text += work("Third Work of Somebody", f"Jianxin Tang {JUN}")
    report = loaded(Store.memory(), put(tmp_path, "two.json", text))
    assert [(one.found, one.expected) for one in report.files[0].remarks] == [
        ("Yan-Qing Li", "another identifier than that of Jian-Xin Tang; held as one author with it")
    ]


SHARED = "Jun Zhang and Ruxin Dai"


@pytest.mark.parametrize(
    ("policy", "second", "people"),
    [
        ("names", "Jun Zhang and Somebody Else", 1),
        ("evidence", "Jun Zhang and Somebody Else", 2),
        ("evidence", "Jun Zhang and R. Dai", 2),
        ("evidence", SHARED, 1),
        ("strict", SHARED, 2),
    ],
)
def test_policies_ask_for_more_than_a_name(tmp_path: Path, policy: str, second: str, people: int) -> None:
    """If it failed: a user who asked for proof would get names joined."""
    one = put(tmp_path, "one.bib", entry_of("Grids and Multigrids Revisited", SHARED, doi="10.1000/1"))
    other = put(tmp_path, "other.bib", entry_of("Recommender Systems and Trust", second, doi="10.1000/2"))
    store, turned = Store.memory(), Store.memory()
    for path in (one, other):
        load(store, [path], identity=policy, now=lambda: NOON)
    for path in (other, one):
        load(turned, [path], identity=policy, now=lambda: NOON)
    assert len(zhangs(store)) == people
    assert dump(store) == dump(turned)
    assert follows(store)
    assert check(store.refreshed()).findings == ()
    load(store, [one], identity="names", now=lambda: NOON)
    assert zhangs(store) == ["jun-zhang"]
    assert follows(store)


def test_evidence_parts_three_sources_as_they_hang_together(tmp_path: Path) -> None:
    """If it failed: a third source of the same name would join two people, or none."""
    texts = [
        entry_of("Grids and Multigrids Revisited", SHARED, doi="10.1000/1"),
        entry_of("Recommender Systems and Trust", "Jun Zhang and Xiwei Wang", doi="10.1000/2"),
        entry_of("Preconditioning of Large Systems", "Ruxin Dai and Jun Zhang", doi="10.1000/3"),
    ]
    store = Store.memory()
    for n, text in enumerate(texts):
        load(store, [put(tmp_path, f"{n}.bib", text)], identity="evidence", now=lambda: NOON)
    assert len(zhangs(store)) == 2
    (made,) = [one for one in listed(store.refreshed(), "author") if "jun-zhang" in one.one]
    assert (made.reason, made.evidence, made.policy) == (
        "same full name, a co-author in common",
        ("ruxin dai",),
        "evidence",
    )
    before = dump(store)
    load(store, [put(tmp_path, "orcid.json", WITH_ORCID)], now=lambda: NOON)
    assert len(zhangs(store)) == 3
    unload(store, NamedNode(find_source(store.refreshed(), "orcid.json").iri), now=lambda: NOON)
    assert dump(store) == before


def test_evidence_joins_a_name_to_an_identifier_by_a_shared_co_author(tmp_path: Path) -> None:
    """If it failed: the policy would never believe what it asks for."""
    store = Store.memory()
    paths = [
        put(tmp_path, "a.bib", BARE),
        put(tmp_path, "b.json", WITH_ORCID.replace("Yin", "Ruxin").replace("Wang", "Dai")),
    ]
    load(store, paths, identity="evidence", now=lambda: NOON)
    assert zhangs(store) == [f"orcid-{JUN}"]
    assert follows(store)


def test_a_policy_is_one_of_three(tmp_path: Path) -> None:
    """If it failed: a slip would load under another policy."""
    store = Store.memory()
    with pytest.raises(UnknownName, match="evidence, names, strict"):
        load(store, [put(tmp_path, "a.bib", BARE)], identity="name")
    assert store.refreshed().version == 0
    assert list(POLICIES) == ["names", "evidence", "strict"]


POOL = (
    BARE,
    WITH_ORCID,
    WITH_ORCID.replace(JUN, OTHER)
    .replace("10.1000/w", "10.1000/z")
    .replace("Yin", "Ruxin")
    .replace("Wang", "Dai"),
    NUMBERED,
    entry_of("Grids and Multigrids Revisited", "Ruxin Dai and Jun Zhang and Yin Wang", year=2021),
    WITH_ORCID.replace("Completed", "On completed"),
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1, max_size=9),
    st.sampled_from(list(POLICIES)),
    st.sampled_from([None, *POLICIES]),
)
def test_any_sequence_of_loads_and_unloads_ends_like_a_fresh_load(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, int]], policy: str, first: str | None
) -> None:
    """If it failed: who is whom would depend on what was there once, or on the order in which it came."""
    folder = tmp_path_factory.mktemp("files")
    paths = [
        put(folder, f"{n}.{'json' if text.startswith('{') else 'bib'}", text) for n, text in enumerate(POOL)
    ]
    store, inside = Store.memory(), {0}
    load(store, [paths[0]], identity=first, now=lambda: NOON)
    for is_load, n in steps:
        if is_load:
            load(store, [paths[n]], identity=policy, now=lambda: NOON)
            inside.add(n)
        elif n in inside:
            unload(store, NamedNode(find_source(store.refreshed(), paths[n].name).iri), now=lambda: NOON)
            inside.remove(n)
        assert follows(store)
    fresh = Store.memory()
    if inside:
        load(store, [paths[min(inside)]], identity=policy, now=lambda: NOON)
        load(fresh, [paths[n] for n in sorted(inside, reverse=True)], identity=policy, now=lambda: NOON)
        decided = ("ns#evidence", "ns#reason", "ns#policy")  # they say what there was when it was decided
        assert dump(store, without=decided) == dump(fresh, without=decided)
