"""The same paper from two sources: by identifier, by title, never by half; and cut lists completed."""

from __future__ import annotations

import lzma
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode

from bibliographies import bibliographies, entry_of, papers
from collegium.graph.conformance import check
from collegium.graph.deciding import listed, split, undo_decision
from collegium.graph.identity.belief import expected
from collegium.graph.load import load, unload
from collegium.graph.mirror import mirror
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, entry, loaded, page, put

LONG = "On the Analytical Engine and its Cards"


def rules(store: Store) -> list[str]:
    return [one.rule for one in listed(store.refreshed(), "paper")]


def taken_out(store: Store, name: str) -> None:
    unload(store, NamedNode(find_source(store.refreshed(), name).iri), now=lambda: NOON)


ONE = [  # what makes two records one paper, and by which rule
    ({"doi": "10.1000/1", "arxiv": "2001.00001"}, {"arxiv": "2001.00001", "title": "Another Title"}, "arxiv"),
    ({"doi": "10.48550/arXiv.2001.00001"}, {"arxiv": "2001.00001", "title": "Another Title"}, None),  # one IRI at once
    ({"doi": "10.1000/1"}, {}, "title"),
    ({"doi": "10.1000/1"}, {"title": "ON THE ANALYTICAL ENGINE, and its cards."}, "title"),
    ({"doi": "10.1000/1"}, {"year": 2021}, "title"),
    ({"doi": "10.1000/1"}, {"year": None}, "title"),
    ({"doi": "10.1000/1"}, {"authors": "Mary Somerville and C. Babbage and Ada Lovelace"}, "title"),
    ({"doi": "10.1000/1"}, {"arxiv": "2001.00001"}, "title"),
    ({"doi": "10.1000/1"}, {"doi": "10.48550/arXiv.2001.00001"}, "title"),
    ({"title": "Preface", "journal": "J. Eng.", "doi": "10.1000/1"}, {"title": "Preface", "journal": "J Eng"}, "title"),
    ({"doi": "10.1000/1", "title": "量子计算的研究进展综述"}, {"title": "量子计算的研究进展综述"}, "title"),
]  # fmt: skip
TWO = [  # what does not
    ({"doi": "10.1000/1"}, {"doi": "10.1000/2"}),
    ({"doi": "10.1000/1", "arxiv": "2001.00001"}, {"doi": "10.1000/2", "arxiv": "2001.00001"}),
    ({"doi": "10.1000/1"}, {"year": 2022}),
    ({"doi": "10.1000/1"}, {"authors": "Luigi Menabrea"}),
    ({"doi": "10.1000/1"}, {"authors": "A. Lovelace and C. Babbage"}),
    ({"doi": "10.1000/1", "title": "Models for Proteomics"}, {"title": "Models for Multiomics"}),
    ({"doi": "10.1000/1", "title": "Editorial"}, {"title": "Editorial"}),
    ({"doi": "10.1000/1", "title": "Editorial", "journal": "Nature"}, {"title": "Editorial", "journal": "Science"}),
    ({"doi": "10.1000/1", "title": "Deep Learning"}, {"title": "Deep Learning"}),
    ({"doi": "10.1000/1", "title": "編集後記"}, {"title": "編集後記"}),
]  # fmt: skip


def made(facts: dict[str, object]) -> str:
    return entry_of(**{"title": LONG, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(("one", "other", "rule"), ONE)
def test_one_paper(
    tmp_path: Path, one: dict[str, object], other: dict[str, object], rule: str | None
) -> None:
    """If it failed: a paper would be counted twice, and its authors' links too."""
    both, turned = Store.memory(), Store.memory()
    bibliographies(both, tmp_path, made(one), made(other))
    bibliographies(turned, tmp_path / "..", made(other), made(one))
    assert rules(both) == rules(turned) == ([rule] if rule else [])
    assert len(papers(both)) == 1
    assert papers(both) == papers(turned)
    assert check(both.refreshed()).findings == ()


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_papers(tmp_path: Path, one: dict[str, object], other: dict[str, object]) -> None:
    """If it failed: two papers would be one, and nobody would notice."""
    store = bibliographies(Store.memory(), tmp_path, made(one), made(other))
    assert len({p.iri for p in mirror(store).papers}) == 2
    assert rules(store) == []


def test_two_that_one_source_lists_apart_stay_apart(tmp_path: Path) -> None:
    """If it failed: what a bibliography tells apart would be guessed over."""
    store = bibliographies(
        Store.memory(), tmp_path, made({"doi": "10.1000/1"}) + made({"year": 2021}), made({"year": None})
    )
    assert len(mirror(store).papers) == 3


def test_of_two_that_fit_the_year_decides(tmp_path: Path) -> None:
    """If it failed: a talk and the article of the year after would be one, over a third record."""
    apart = made({"doi": "10.1000/1", "year": 2020}) + made({"doi": "10.1000/2", "year": 2021})
    third = made({"year": 2021, "authors": "Charles Babbage"})
    store = bibliographies(Store.memory(), tmp_path, apart, third)
    (merged,) = listed(store)
    assert "doi-10.1000~2" in merged.one
    assert len(mirror(store).papers) == 2


def test_a_title_of_thousands_is_left_alone(tmp_path: Path) -> None:
    """If it failed: a rubric would cost the square of its papers."""
    many = "".join(made({"doi": f"10.1000/{n}", "title": "News of the Month"}) for n in range(600))
    store = bibliographies(Store.memory(), tmp_path, many, made({"title": "News of the Month"}))
    assert rules(store) == []


FILES = (
    made({"doi": "10.1000/1", "arxiv": "2001.00001"})
    + made({"title": "Notes upon the Memoir", "doi": "10.1000/2"}),
    made({"arxiv": "2001.00001", "year": 2019}),
    made({"year": None}) + made({"title": "Notes upon the Memoir", "year": 2021}),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_loading_does_not_count(tmp_path: Path, order: tuple[int, ...]) -> None:
    """If it failed: the same files would make two networks."""
    store = Store.memory()
    paths = [put(tmp_path, f"{n}.bib", text) for n, text in enumerate(FILES)]
    for n in order:
        loaded(store, paths[n])
    at_once = Store.memory()
    loaded(at_once, *paths)
    decided = ("ck:evidence", "ns#evidence", "ns#reason")  # they say what there was when it was decided
    assert dump(store, without=decided) == dump(at_once, without=decided)
    assert len(papers(store)) == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=8), st.integers(0, 5))
def test_unloading_is_exact(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, int]], undone: int
) -> None:
    """If it failed: a source that is gone would still hold two papers together, or keep two apart."""
    folder = tmp_path_factory.mktemp("files")
    paths = [put(folder, f"{n}.bib", text) for n, text in enumerate(FILES)]
    store, inside = Store.memory(), set()
    for is_load, n in steps:
        if is_load:
            loaded(store, paths[n])
            inside.add(n)
        elif n in inside:
            taken_out(store, f"{n}.bib")
            inside.remove(n)
        now = store.refreshed()
        believed = now.engine.quads_for_pattern(None, None, None, DefaultGraph())
        assert {q.triple for q in believed} == set(expected(now.engine, now.base))
    fresh = Store.memory()
    if inside:
        loaded(fresh, *(paths[n] for n in sorted(inside)))
        decided = ("ns#evidence", "ns#reason")
        assert dump(store, without=decided) == dump(fresh, without=decided)


def test_what_was_undone_stays_undone(tmp_path: Path) -> None:
    """If it failed: a rule would make the same mistake at each load."""
    store = bibliographies(Store.memory(), tmp_path, made({"doi": "10.1000/1"}), made({}))
    undo_decision(store, listed(store)[0].id, now=lambda: NOON)
    assert len(papers(store)) == 2
    bibliographies(store, tmp_path / "..", made({"doi": "10.1000/1"}), made({"journal": "Nature"}))
    assert len(papers(store)) == 2


def test_a_split_keeps_two_papers_apart_at_later_loads(tmp_path: Path) -> None:
    """If it failed: nobody could refuse what a rule will find."""
    store = bibliographies(Store.memory(), tmp_path, made({"doi": "10.1000/1"}))
    loaded(store, put(tmp_path, "z.bib", made({"title": "Something Else at First"})))
    one, other = sorted(p.iri for p in mirror(store.refreshed()).papers)
    split(store, one, other, "two papers", now=lambda: NOON)
    assert len(papers(store)) == 2


CUT = page(entry(title=LONG, authors="Charles Babbage, Luigi Menabrea et al. · eth"))
WHOLE = made(
    {
        "doi": "10.1000/1",
        "year": 2023,
        "authors": "Charles Babbage and Luigi Menabrea and Mary Somerville and Ada Lovelace",
    }
)


@pytest.mark.parametrize("cut_first", [True, False])
def test_a_cut_list_is_completed_by_a_whole_one(tmp_path: Path, cut_first: bool) -> None:
    """If it failed: a hidden author would stay without a place although a source names it, or stand there twice."""
    cut, whole = put(tmp_path, "cut.txt", CUT), put(tmp_path, "whole.bib", WHOLE)
    store, alone = Store.memory(), Store.memory()
    loaded(alone, cut)
    for path in (cut, whole) if cut_first else (whole, cut):
        loaded(store, path)
    names = ["Charles Babbage", "Luigi Menabrea", "Mary Somerville", "Ada Lovelace"]
    assert papers(store) == [(LONG, names, False)]
    assert mirror(store.refreshed()).papers[0].positions == (1, 2, 3, 4)
    assert check(store.refreshed()).findings == ()
    taken_out(store, "whole.bib")
    assert dump(store) == dump(alone)


def test_the_seed_page_is_completed_by_the_acl_volumes(shared_data: Path, tmp_path: Path) -> None:
    """If it failed: two papers of the page this project starts from would stay cut beside their full lists."""
    paths = [shared_data / "seed" / "xingtai-lv.txt"]
    for name in ("2023.acl.xml", "2023.emnlp.xml"):
        paths.append(put(tmp_path, name, lzma.decompress((shared_data / "acl" / f"{name}.xz").read_bytes())))
    store = Store.memory()
    load(store, paths, now=lambda: NOON)
    held, merged = mirror(store.refreshed()), _merged(store)
    completed = {p.id: [held.authors[a].name for a in p.authors] for p in held.papers if p.iri in merged}
    assert completed == {
        "doi-10.18653~v1~2023.acl-demo.26": [
            *(
                "Shengding Hu",
                "Ning Ding",
                "Weilin Zhao",
                "Xingtai Lv",
                "Zhen Zhang",
                "Zhiyuan Liu",
                "Maosong Sun",
            )
        ],
        "doi-10.18653~v1~2023.emnlp-main.252": [
            *(
                "Ning Ding",
                "Xingtai Lv",
                "Qiaosen Wang",
                "Yulin Chen",
                "Bowen Zhou",
                "Zhiyuan Liu",
                "Maosong Sun",
            )
        ],
    }
    assert sum(p.truncated for p in held.papers) == 15


def _merged(store: Store) -> set[str]:
    return {iri for one in listed(store.refreshed(), "paper") for iri in (one.one, one.other)}
