"""Asking by words: known answers, the order of hits, and that no text is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import ParameterError, UnknownName
from collegium.graph.store import Store
from collegium.graph.text_index import TextIndex, open_index
from collegium.graph.text_search import MOST_CHARACTERS, MOST_TERMS, ranked, search, terms_of
from collegium.graph.words import folded
from pages import loaded
from text_stores import NAMES, TITLES, named, text_store


@pytest.fixture(scope="module")
def index() -> TextIndex:
    """Return the index of known names and texts. Prevents: each test builds it anew."""
    return open_index(text_store(Store.memory()).engine, None)


def names(index: TextIndex, text: str, **options: object) -> list[str]:
    return [hit.name for hit in search(index, text, **options).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Müller", "muller", "MÜLLER", "Mu\u0308ller", "müller.", "(Muller)"])
def test_case_and_accents_do_not_count(index: TextIndex, text: str) -> None:
    """If it failed: a name would be found by those only who can type it."""
    assert sorted(names(index, text)) == ["Anna MULLER", "Jürgen Müller"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lukasz", "Łukasz Kaiser"),
        ("soren strauss", "Søren Strauß"),
        ("angstrom", TITLES[2]),
        ("universitat zurich", "Universität Zürich"),
        ("uzh", "Universität Zürich"),
        ("cs.CL", "Computation and Language"),
        ("J. Mueller", "Jürgen Müller"),
        ("王小明", "王小明"),
        ("小明", "王小明"),
        ("王", "王小明"),
        ("神经网络", TITLES[3]),
        ("网络 神经", TITLES[3]),
    ],
)
def test_known_answers(index: TextIndex, text: str, found: str) -> None:
    """If it failed: somebody's name or field could not be found as it is typed."""
    assert names(index, text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("graph neural", [TITLES[0], TITLES[1]]),
        ('"graph neural"', [TITLES[0]]),
        ("“graph neural”", [TITLES[0]]),
        ('"graph neural', [TITLES[0]]),
        ("graph -survey", [TITLES[0]]),
        ('neural -"graph matching"', [TITLES[0]]),
        ("neural -surv*", [TITLES[0]]),
        ("thread*", [TITLES[1]]),
        ('"graph match"*', [TITLES[1]]),
        ("graph weave", [TITLES[0]]),  # one in the title, one in the abstract
        ("neuro", []),
        ("明小王", []),  # side by side and in this order
        ("networks we", [TITLES[0]]),
        ('"networks we"', []),  # a phrase does not run from title to abstract
        ("graph nothing", []),
        ("spectrum AND angstrom", [TITLES[2]]),  # a word like others: it stands in that title
        ("graph OR neural", []),
    ],
)
def test_the_language_of_a_question(index: TextIndex, text: str, found: list[str]) -> None:
    """If it failed: a sign would not do what the documentation says."""
    assert names(index, text, kinds=["paper", "author"]) == found


@pytest.mark.parametrize("text", ["", " ", "-", "*", '""', '"', "-graph", "()", "^", "\x00", "\ud800"])
def test_nothing_asked_is_nothing_found(index: TextIndex, text: str) -> None:
    """If it failed: an empty question would give everything, or an error."""
    assert search(index, text).total == 0
    assert ranked(index, text, 10) == []


def test_the_last_word_goes_on_while_typing(index: TextIndex) -> None:
    """If it failed: a search box would find nothing until the last letter."""
    assert names(index, "graph neur") == []
    assert len(names(index, "graph neur", as_typed=True)) == 2
    assert names(index, "gra neural", as_typed=True) == []
    assert names(index, '"graph neur"', as_typed=True) == []
    assert names(index, "graph neur ", as_typed=True) == []
    assert names(index, "neural -sur", as_typed=True) == names(index, "neural -sur")


def test_exact_names_come_first(index: TextIndex) -> None:
    """If it failed: who is called Li would stand behind everybody of that family."""
    assert names(index, "li") == ["Li", "Wei Li"]
    assert names(index, "LI wei") == ["Wei Li"]


def test_names_weigh_more_than_abstracts(index: TextIndex) -> None:
    """If it failed: papers on a subject would drown in papers that mention it."""
    hits = search(index, "survey").hits + search(index, "threads").hits
    assert [(hit.field, hit.name) for hit in hits] == [("name", TITLES[1]), ("abstract", TITLES[1])]


def test_pages_make_the_whole_in_one_order(index: TextIndex) -> None:
    """If it failed: something would stand on two pages, or on none."""
    whole = search(index, "a* -nobody", limit=100)
    assert whole.total == len(whole.hits) > 2
    parts = [search(index, "a* -nobody", limit=1, offset=at).hits for at in range(whole.total)]
    assert tuple(hit for part in parts for hit in part) == whole.hits
    assert [(-hit.score, hit.iri) for hit in whole.hits] == sorted(
        (-hit.score, hit.iri) for hit in whole.hits
    )
    assert ranked(index, "a* -nobody", 100) == [(hit.iri, hit.score) for hit in whole.hits]
    assert search(index, "a*", offset=1000).hits == ()


def test_kinds_narrow(index: TextIndex) -> None:
    """If it failed: a search for papers would give their authors."""
    assert {hit.kind for hit in search(index, "l*").hits} == {"author", "category"}
    assert {hit.kind for hit in search(index, "l*", kinds=["category"]).hits} == {"category"}
    with pytest.raises(UnknownName):
        search(index, "l*", kinds=["paper", "book"])


def test_marks_stand_on_the_words(index: TextIndex) -> None:
    """If it failed: a reader would be shown the wrong place."""
    (hit,) = search(index, "ANGSTROM spectr*").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Ångström", "spectrum"]
    (hit,) = search(index, "神经 研究").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["神经", "研究"]


def test_a_long_text_is_cut_around_its_words(store: Store) -> None:
    """If it failed: a page of hits would hold whole abstracts, or leave out why they were found."""
    from pages import entry, page, put

    words = [f"filler{number}" for number in range(300)]
    abstract = " ".join([*words[:150], "needle", *words[150:160], "Nädel", *words[160:]]) + "."
    folder = store.path.parent if store.path else Path()
    loaded(store, put(folder, "long.txt", page(entry(abstract=abstract))))
    newest = store.refreshed()
    (hit,) = search(open_index(newest.engine, newest.text_file), "needle nadel").hits
    assert hit.field == "abstract" and len(hit.snippet) <= 250
    assert hit.snippet.startswith("…filler") and hit.snippet.endswith("…")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["needle", "Nädel"]


def test_a_question_has_an_end(index: TextIndex) -> None:
    """If it failed: one question could hold the index for minutes."""
    with pytest.raises(ParameterError):
        search(index, "x" * (MOST_CHARACTERS + 1))
    with pytest.raises(ParameterError):
        search(index, "a " * (MOST_TERMS + 1))
    with pytest.raises(ParameterError):
        search(index, "a", offset=-1)
    assert search(index, "王" * MOST_CHARACTERS).total == 0
    assert search(index, "a " * MOST_TERMS).total > 0
    assert search(index, "a " * (MOST_TERMS // 2) + "-x " * (MOST_TERMS // 2)).total > 0


_SIGNS = st.text(st.sampled_from("aä王 \"*-^():{}+.,'\\NEARANDORNOT\x00\ue000“”"), max_size=40)


@given(st.text() | _SIGNS, st.booleans())
def test_no_text_is_an_error(index: TextIndex, text: str, as_typed: bool) -> None:
    """If it failed: a search box would answer with an error of SQLite."""
    try:
        terms_of(text)
    except ParameterError:
        return
    found = search(index, text, as_typed=as_typed)
    for hit in found.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
        assert hit.marks


@given(st.sampled_from([*NAMES, *TITLES]), st.integers(0, 20), st.integers(1, 20))
def test_each_piece_of_a_name_finds_it(index: TextIndex, name: str, start: int, size: int) -> None:
    """If it failed: a name would be found whole only."""
    words = folded(name).split()
    piece = " ".join(words[start % len(words) :][:size])
    assert name in names(index, f'"{piece}"')
    assert name in names(index, f'"{piece[: max(1, len(piece) - 1)].strip()}"*')


def test_the_bundled_page_is_found(store: Store, seed_page: Path) -> None:
    """If it failed: the first search of a new user would fail."""
    loaded(store, seed_page)
    newest = store.refreshed()
    index = open_index(newest.engine, newest.text_file)
    assert names(index, "xingtai lv") == ["Xingtai Lv"]
    assert names(index, '"model collapse"', kinds=["paper"]) == [
        "How to Synthesize Text Data without Model Collapse?"
    ]
    assert {hit.kind for hit in search(index, "tsinghua", limit=100).hits} == {"institution"}
    assert search(index, "language model*", kinds=["paper"]).total == 8
    assert named("author", 0).value not in dict(ranked(index, "lv", 10))
