"""Author pages: the true one against its hand-checked content, the bundled one, variants, cut and strange ones."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.errors import CollegiumError
from collegium.graph.readers import READERS, identify
from collegium.graph.readers.profile_page import read, sniff
from collegium.graph.records import Lines, Paper, Problem, Profile
from pages import entry, hidden, names, page, reading
from strategies import Entry, any_text, pages

# The bundled page, by hand: line, category, date, code, first word of the title, shown authors, institutions.
SEED = """
12 cs.LG 2023-7-5    code OpenDelta:        Shengding Hu, Ning Ding, Weilin Zhao        | tsinghua
19 cs.CL 2023-11-20  -    Sparse            Ning Ding, Xingtai Lv, Qiaosen Wang         | tsinghua
26 cs.CL 2025-9-10   code A                 Kaiyan Zhang, Yuxin Zuo, Bingxiang He       | pku, tsinghua
33 cs.LG None-5-18   -    Post-Trained      Xingtai Lv, Li Sheng, Kaiyan Zhang          |
40 cs.LG 2025-2-3    -    Process           Ganqu Cui, Lifan Yuan, Zefan Wang           | pku, tsinghua
47 cs.CL 2024-6-18   code Fast              Kaiyan Zhang, Jianyu Wang, Ning Ding        |
54 cs.CL 2024-6-6    code UltraMedical:     Kaiyan Zhang, Sihang Zeng, Ermo Hua         |
61 cs.AI 2024-12-23  -    Fourier           Ermo Hua, Che Jiang, Xingtai Lv             | tsinghua
68 cs.CL 2024-12-19  -    How               Xuekai Zhu, Daixuan Cheng, Hengli Li        | tsinghua
75 cs.LG 2025-9-4    -    Towards           Xingtai Lv, Yuxin Zuo, Youbang Sun          | tsinghua
82 cs.CL 2024-3-13   -    Mastering         Ning Ding, Yulin Chen, Ganqu Cui            | tsinghua
89 cs.AI 2024-11-6   -    Automating        Ning Ding, Shang Qu, Linhai Xie             | tsinghua
96 cs.CL 2024-5-20   -    Intuitive         Ermo Hua, Biqing Qi, Kaiyan Zhang           |
103 cs.CL 2024-11-4  -    Scalable          Xingtai Lv, Ning Ding, Kaiyan Zhang         | tsinghua
110 cs.LG 2025-9-18  -    FlowRL:           Xuekai Zhu, Daixuan Cheng, Dinghuai Zhang   | stanford, tsinghua
117 cs.LG 2025-3-14  -    Technologies      Xingtai Lv, Youbang Sun, Kaiyan Zhang       | tsinghua
124 cs.AI 2025-6-9   -    Automating        Shang Qu, Ning Ding, Linhai Xie             |
""".strip().splitlines()


def test_the_bundled_page_is_read_field_by_field(seed_page: Path) -> None:
    """If it failed: a newcomer's first graph would be wrong."""
    found = reading(seed_page.read_bytes())
    assert found.problems == ()
    assert len(found.papers) == len(SEED) == 17
    for line, paper in zip(SEED, found.papers, strict=True):
        head, institutions = line.rsplit("|", 1)
        first, notation, date, code, word, authors = head.split(None, 5)
        assert paper.category and paper.issued
        assert paper.lines.first == int(first)
        assert paper.category.notation == notation
        assert f"{paper.issued.year}-{paper.issued.month}-{paper.issued.day}" == date
        assert paper.has_code == (code == "code")
        assert paper.title.split()[0] == word
        assert names(paper) == authors.strip().split(", ")
        assert ", ".join(paper.institutions) == institutions.strip()
        assert paper.is_truncated
        assert hidden(paper) == ([] if "Xingtai Lv" in authors else ["Xingtai Lv"])
        assert paper.abstract and paper.abstract.endswith((".", "FS-GEN", "LRMs", "UltraMedical"))
    assert [p.code_links for p in found.papers if p.code_links] == [
        (f"https://github.com/TsinghuaC3I/{name}",)
        for name in ("Awesome-RL-for-LRMs", "FS-GEN", "UltraMedical")
    ]


def test_the_profile_of_the_bundled_page_is_read(seed_page: Path) -> None:
    """If it failed: reported figures would be lost or belong to nobody."""
    profile = reading(seed_page.read_bytes()).profile
    assert profile.name == "Xingtai Lv"
    assert profile.primary_category and profile.primary_category.notation == "cs.CL"
    assert {r.measure: (int(r.value), r.as_given) for r in profile.reported} == {
        "h_index": (35, "35"),
        "papers": (17, "17"),
        "citations": (1150, "1,150"),
        "novelty_percent": (44, "44"),
        "ai_score": (60, "60"),
    }
    assert profile.lines == Lines(1, 10)


@pytest.fixture(scope="module")
def truth(shared_data: Path) -> dict[str, Any]:
    """Return the hand-checked content of the true page. Prevents: each test opens the file anew."""
    content: dict[str, Any] = json.loads((shared_data / "seed" / "seed_truth.json").read_text("utf-8"))
    return content


def test_the_true_page_is_read_field_by_field(shared_data: Path, truth: dict[str, Any]) -> None:
    """If it failed: the page this project starts from would be read wrong."""
    found = reading((shared_data / "seed" / "xingtai-lv.txt").read_bytes())
    assert found.problems == ()
    for paper, true in zip(found.papers, truth["papers"], strict=True):
        _agrees(paper, true)
    told, said = truth["profile"], {r.measure: r for r in found.profile.reported}
    assert found.profile.name == told["name"]
    assert {name: int(said[name].value) for name in said} == {
        name: told[name] for name in ("h_index", "papers", "citations", "novelty_percent", "ai_score")
    }
    assert said["citations"].as_given == told["citations_text"]
    assert found.profile.primary_category
    assert found.profile.primary_category.notation == told["primary_field_arxiv"]
    assert found.profile.primary_category.as_given == told["primary_field_code"]


def _agrees(paper: Paper, true: dict[str, Any]) -> None:
    assert paper.issued and paper.category and paper.abstract is not None
    assert paper.lines.first == true["line"]
    assert paper.title == true["title"]
    assert names(paper) == true["shown_authors"]
    assert [a.position for a in paper.authorships if a.position] == [1, 2, 3]
    assert paper.is_truncated == true["authors_truncated"]
    assert hidden(paper) == ([] if true["owner_shown"] else ["Xingtai Lv"])
    assert paper.category.notation == true["category_arxiv"]
    assert paper.category.as_given == true["category_code"]
    assert paper.issued.as_given == true["date_text"]
    day = f"{paper.issued.month:02}-{paper.issued.day:02}"
    expected = true["date"] or true["date_partial"]
    assert (f"{paper.issued.year}-{day}" if paper.issued.year else f"--{day}") == expected
    assert paper.has_code == true["has_code"]
    assert list(paper.institutions) == true["institution_tags"]
    assert list(paper.code_links) == true["code_urls_in_abstract"]
    assert len(paper.abstract) == true["abstract_chars"]
    assert sha256(paper.abstract.encode()).hexdigest() == true["abstract_sha256"]


@pytest.mark.parametrize(
    ("file", "owner", "field", "figures", "papers"),
    [
        (
            "scholarfeed_115062.txt",
            "Chengzhi Zhang",
            "cs.CL",
            [11, 45, 520, 33, 52],
            [
                ("cs.CL", (2022, 9, 8), True, ["Lei Zhao", "Yingyi Zhang", "Chengzhi Zhang"], [], False),
                ("CV", (2022, 6, 30), False, ["Shangchao Su", "Bin Li", "Chengzhi Zhang"], [], True),
            ],
        ),
        (
            "scholarfeed_382730.txt",
            "Wen Gu",
            "cs.AI",
            [40, 8, 29, 31, 29],
            [
                ("cs.CL", (2024, 7, 24), False, ["Jinghong Li", "Wen Gu", "Koichi Ota"], [], True),
                ("cs.DL", (2024, 2, 7), False, ["Jinghong Li", "Huy Phan", "Wen Gu"], [], True),
            ],
        ),
    ],
)
def test_the_two_other_pages_are_read(
    shared_data: Path, file: str, owner: str, field: str, figures: list[int], papers: list[tuple[Any, ...]]
) -> None:
    """If it failed: the reader would know one page only."""
    found = reading((shared_data / "seed" / file).read_bytes())
    assert found.profile.name == owner
    assert found.profile.primary_category and found.profile.primary_category.notation == field
    assert [int(r.value) for r in found.profile.reported] == figures
    for paper, (notation, date, code, shown, behind, is_cut) in zip(found.papers, papers, strict=True):
        assert paper.category and paper.issued
        assert paper.category.notation == notation
        assert (paper.issued.year, paper.issued.month, paper.issued.day) == date
        assert (paper.has_code, names(paper), hidden(paper), paper.is_truncated) == (
            code,
            shown,
            behind,
            is_cut,
        )
        assert paper.abstract == "[abstract left out; one paragraph on one line]"
    assert [p.found for p in found.lost] == ["2 papers on the page"], (
        "the page announces more papers than it holds"
    )


def test_reading_is_chosen_by_content() -> None:
    """If it failed: a file's name would decide what it is."""
    assert identify(page(entry()).encode(), "x.bin") is READERS["profile_page"]
    assert identify(b"\xef\xbb\xbf" + entry().encode(), "x") is READERS["profile_page"]
    assert not sniff("@article{lovelace,\n title = {Notes},\n year = 1843\n}\n")
    assert not sniff("TY  - JOUR\nPY  - 2020\n")
    assert not sniff('{"title": "May 18", "year": 2020}')


def _agrees_with(paper: Paper, made: Entry, owner: str) -> None:
    assert (paper.title, tuple(names(paper))) == (made.title, made.shown)
    assert paper.is_truncated == made.is_cut
    assert hidden(paper) == ([owner] if made.is_cut and owner not in made.shown else [])
    assert paper.institutions == made.institutions
    assert paper.abstract == made.abstract
    assert paper.has_code == made.has_code
    assert paper.issued and paper.issued.as_given == made.date
    assert paper.category and paper.category.as_given == made.code
    assert [r.as_given for r in paper.reported] == ([made.score] if made.score else [])


@settings(max_examples=60, deadline=None)
@given(st.booleans().flatmap(lambda compact: st.tuples(st.just(compact), pages(compact=compact))))
def test_what_is_written_on_a_page_is_read_from_it(
    drawn: tuple[bool, tuple[str, tuple[Entry, ...], str]],
) -> None:
    """If it failed: some mix of parts would be read as something else; compact papers may be refused, never guessed."""
    compact, (owner, made, text) = drawn
    found = reading(text)
    assert found.profile.name == owner
    by_title = {e.title: e for e in made}
    for paper in found.papers:
        _agrees_with(paper, by_title[paper.title], owner)
    assert len(found.papers) + (len(found.lost) if compact else 0) == len(made)


@settings(max_examples=60, deadline=None)
@given(st.lists(any_text | st.sampled_from(page(entry()).splitlines()), max_size=25).map("\n".join))
def test_any_text_is_read_without_a_traceback(text: str) -> None:
    """If it failed: a strange file would end with a traceback, or with a record outside of its lines."""
    last = text.encode().count(b"\n") + 1
    try:
        found = list(read(BytesIO(text.encode()), "x"))
    except CollegiumError:
        return
    for record in found:
        assert isinstance(record, Paper | Profile | Problem)
        assert 1 <= record.lines.first <= record.lines.last <= max(last, 1) or not text.strip()
