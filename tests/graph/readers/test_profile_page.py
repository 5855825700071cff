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
from pages import HEADER, entry, hidden, names, page, reading
from strategies import HOSTILE_NAMES, REAL_NAMES, Entry, any_text, pages

# The bundled page, written down by hand: line, category, date, code, first words of the title, shown authors, institutions.
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


HEADER_LINES = HEADER.strip().splitlines()


@pytest.mark.parametrize("left_out", [line for line in HEADER_LINES[1:] if line])
def test_a_missing_header_line_costs_its_own_fact_only(left_out: str) -> None:
    """If it failed: one line that is not there would spoil the rest of the page."""
    header = HEADER.replace(left_out + "\n", "", 1)
    whole, found = reading(page(entry())), reading(page(entry(), header=header))
    assert found.problems == ()
    assert found.paper.title == whole.paper.title
    assert found.paper.authorships == whole.paper.authorships
    assert found.profile.name == "Ada Lovelace"
    lost = set(whole.profile.reported) - set(found.profile.reported)
    assert len(lost) == (0 if left_out == "CL" else 1)
    assert (found.profile.primary_category is None) == (left_out == "CL")


def test_a_missing_count_line_is_not_missed() -> None:
    """If it failed: a page without “N Papers” would be refused, or its papers be counted wrong."""
    found = reading(page(entry()).replace("1 Papers\n", ""))
    assert (found.problems, len(found.papers)) == ((), 1)


def test_without_any_header_papers_are_read_and_nobody_is_invented() -> None:
    """If it failed: a page of papers alone would be lost, or its first line be an author."""
    found = reading(entry(authors="Charles Babbage, Mary Somerville et al.") + "\n" + entry(title="Another"))
    assert found.profiles == ()
    assert [p.title for p in found.papers] == ["On the Analytical Engine", "Another"]
    assert hidden(found.papers[0]) == []
    assert len(found.problems) == 1, "that the owner is not known is said once"


def test_without_the_name_the_figures_go_to_nobody() -> None:
    """If it failed: the main field, or a figure, would be the name of an author."""
    found = reading(
        page(entry(authors="Charles Babbage et al."), header=HEADER.removeprefix("Ada Lovelace\n\n"))
    )
    assert found.profiles == ()
    assert names(found.paper) == ["Charles Babbage"]
    assert hidden(found.paper) == []
    (lost,) = found.lost
    assert lost.lines == Lines(1, 1)
    assert "name of the page's owner" in lost.expected


def test_header_lines_of_another_kind_are_reported_by_line() -> None:
    """If it failed: an affiliation would be swallowed, or become a name."""
    header = HEADER.replace("CL\n", "Analytical Society\nCL\n").replace("1,150citations", "1.2kcitations")
    found = reading(page(entry(), header=header))
    assert [(p.lines.first, p.found) for p in found.lost] == [(3, "Analytical Society"), (7, "1.2kcitations")]
    assert {r.measure for r in found.profile.reported} == {"h_index", "papers", "novelty_percent", "ai_score"}


def test_whole_lists_are_whole() -> None:
    """If it failed: a complete list would count as cut, or its owner stand there twice."""
    found = reading(page(entry(authors="Charles Babbage, Ada Lovelace, Mary Somerville · eth")))
    assert found.problems == ()
    assert names(found.paper) == ["Charles Babbage", "Ada Lovelace", "Mary Somerville"]
    assert (hidden(found.paper), found.paper.is_truncated) == ([], False)


def test_a_whole_list_without_the_owner_is_kept_and_remarked() -> None:
    """If it failed: the owner would be added to a list that the page calls whole."""
    found = reading(page(entry(authors="Charles Babbage, A. Lovelace")))
    assert names(found.paper) == ["Charles Babbage", "A. Lovelace"]
    assert hidden(found.paper) == []
    assert [p.is_refused for p in found.problems] == [False]


@pytest.mark.parametrize("spelling", ["ADA LOVELACE", "Ada  Lovelace", "Ada\u00a0Lovelace", "Ada Lovelace"])
def test_the_owner_is_known_in_other_spellings_of_the_same_name(spelling: str) -> None:
    """If it failed: the owner would write with themselves."""
    found = reading(page(entry(authors=f"Charles Babbage, {spelling} et al.")))
    assert (len(names(found.paper)), hidden(found.paper)) == (2, [])


COMPACT = [
    (
        "On the Analytical EngineCharles Babbage, Ada Lovelace et al. · eth",
        ["Charles Babbage", "Ada Lovelace"],
        True,
    ),
    (
        "On the Analytical EngineCharles Babbage, Mary Somerville et al.",
        ["Charles Babbage", "Mary Somerville"],
        True,
    ),
    ("On the Analytical EngineCharles Babbage, Ada Lovelace", ["Charles Babbage", "Ada Lovelace"], False),
    ("On the Analytical EngineAda Lovelace", ["Ada Lovelace"], False),
    ("On the Analytical EngineAda Lovelace · eth", ["Ada Lovelace"], False),
]


@pytest.mark.parametrize(("line", "shown", "is_cut"), COMPACT)
@pytest.mark.parametrize(
    "abstract", ["It weaves algebraic patterns.", "Background", "It takes a · b, and more.", ""]
)
@pytest.mark.parametrize("blank", [True, False])
def test_compact_pages_are_read(
    line: str, shown: list[str], is_cut: bool, abstract: str, blank: bool
) -> None:
    """If it failed: the title would end in a name, or the abstract be authors."""
    text = page(entry(title=line, authors="", abstract=abstract), entry(title="Another"))
    found = reading(text if blank else "\n".join(t for t in text.splitlines() if t) + "\n")
    paper = found.papers[0]
    assert paper.title == "On the Analytical Engine"
    assert (names(paper), paper.is_truncated) == (shown, is_cut)
    assert hidden(paper) == ([] if "Ada Lovelace" in shown else ["Ada Lovelace"])
    assert paper.abstract == (abstract or None)
    assert found.papers[1].title == "Another"
    assert found.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "On enginesMadonna, Ada Lovelace et al.",
        "On enginesvan Beethoven, Ada Lovelace et al.",
        "On enginesCHARLES BABBAGE, Ada Lovelace",
        "On engines by Ada Lovelace",
        "On the EngineCharles Babbage, A. Lovelace",
    ],
)
def test_a_compact_line_that_cannot_be_told_apart_is_reported(line: str) -> None:
    """If it failed: the reader would guess, or the paper vanish without a word."""
    found = reading(page(entry(title=line, authors="")))
    assert found.papers == ()
    assert [p.found for p in found.lost] == [line]


def test_a_compact_page_without_an_owner_is_not_guessed() -> None:
    """If it failed: names would end up in a title."""
    found = reading("1 Papers\n\nCLNov 20, 2023\nOn the EngineCharles Babbage, Ada Lovelace\n\nIt weaves.\n")
    assert found.papers == ()
    assert len(found.lost) == 1


def test_a_paper_without_an_author_line_keeps_its_title_and_the_owner() -> None:
    """If it failed: its abstract would be authors, or the paper be lost."""
    found = reading(
        page(entry(authors="", abstract="It weaves algebraic patterns just as the loom does with flowers."))
    )
    assert found.paper.title == "On the Analytical Engine"
    assert (names(found.paper), hidden(found.paper), found.paper.is_truncated) == ([], ["Ada Lovelace"], True)
    assert found.paper.abstract and found.paper.abstract.startswith("It weaves")
    assert [p.found for p in found.problems] == ["no author line"]


def test_a_glued_heading_and_title_are_told_apart() -> None:
    """If it failed: a page with one line break less would lose its papers."""
    found = reading(
        page("CLNov 20, 2023On the Analytical Engine\n\nCharles Babbage, Ada Lovelace et al.\n\nIt weaves.\n")
    )
    assert found.paper.title == "On the Analytical Engine"
    assert names(found.paper) == ["Charles Babbage", "Ada Lovelace"]


@pytest.mark.parametrize(
    "heading", ["CLNov 20, 2023CodeOn Looms", "CLNov 20, 2023Code Generation", "CLMay 183 Looms"]
)
def test_a_glued_heading_with_two_readings_is_reported(heading: str) -> None:
    """If it failed: “Code” would be a flag when it is a title, or the other way round."""
    found = reading(page(entry(title="First"), entry(heading=heading, title="")))
    assert [p.title for p in found.papers] == ["First"]
    assert [p.lines.first for p in found.lost] == [19]


def test_ambiguous_and_unknown_codes_stay_codes() -> None:
    """If it failed: a paper on complex variables would be one on computer vision."""
    found = reading(page(entry(heading="CVMay 2, 2024"), entry(heading="XXMay 2, 2024", title="Another")))
    vision, unknown = (p.category for p in found.papers)
    assert vision and (vision.notation, vision.possible) == ("CV", ("cs.CV", "math.CV"))
    assert unknown and (unknown.notation, unknown.possible) == ("XX", ())
    assert [(p.found, p.is_refused) for p in found.problems] == [("XX", False)]


def test_a_day_that_does_not_exist_keeps_the_paper() -> None:
    """If it failed: a slip in a date would cost a paper, or become another day."""
    found = reading(page(entry(heading="CLFeb 30, 2023")))
    assert found.paper.issued and found.paper.issued.year is None
    assert found.paper.issued.as_given == "Feb 30, 2023"
    assert [(p.found, p.is_refused) for p in found.problems] == [("Feb 30, 2023", False)]


def test_a_score_before_the_category_belongs_to_the_paper() -> None:
    """If it failed: the score would be lost, or be given to the author."""
    found = reading(page(entry(heading="87LGJul 5, 2023Code"), entry(heading="4.5CLMay 2", title="Another")))
    assert [[(r.measure, str(r.value)) for r in p.reported] for p in found.papers] == [
        [("page_score", "87")],
        [("page_score", "4.5")],
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "title", ["Since May 2020", "May 2020", "May 18", "17 papers", "h-index35", "Lovelace, Ada: a Life"]
)
def test_a_title_that_looks_like_something_else_is_a_title(title: str) -> None:
    """If it failed: one odd title would break the page in two."""
    found = reading(page(entry(title=title)))
    assert found.problems == ()
    assert found.paper.title == title


@pytest.mark.parametrize("line", ["17papers", "In May 2020, it rained.", "AI", "LGMay 18 is a day of rest."])
def test_a_line_of_an_abstract_that_looks_like_something_else_is_abstract(line: str) -> None:
    """If it failed: a sentence would open a paper."""
    found = reading(page(entry(abstract=f"It weaves.\n{line}\nMore."), entry(title="Another")))
    assert found.papers[0].abstract == f"It weaves.\n{line}\nMore."
    assert len(found.papers) == 2


def test_two_papers_of_one_title_are_two_records() -> None:
    """If it failed: near twins would be one before anybody decided so."""
    found = reading(page(entry(), entry(heading="LGNov 20, 2024")))
    assert [p.lines.first for p in found.papers] == [12, 19]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n\n", "\n\n\n \t\n"),
        lambda text: "\n\n" + text,
        lambda text: text.replace("·", "•"),
    ],
    ids=["CRLF", "BOM", "no end", "NBSP", "more blank lines", "blank first", "bullets"],
)
def test_how_a_page_was_saved_makes_no_difference(change: Any) -> None:
    """If it failed: the same page would be read in another way on another machine."""
    text = page(
        entry(), entry(heading="LGMay 18Code", title="Another", authors="Ada Lovelace, Mary Somerville")
    )
    plain, changed = reading(text), reading(change(text))
    assert sniff(change(text))
    assert changed.problems == ()
    assert changed.profile.name == plain.profile.name
    assert changed.profile.reported == plain.profile.reported
    for one, other in zip(plain.papers, changed.papers, strict=True):
        assert one.authorships == other.authorships
        assert one.institutions == other.institutions
        assert one.category == other.category
        assert one.title == other.title.replace("\u00a0", " ")
        assert one.issued and other.issued
        assert one.issued.day == other.issued.day


@pytest.mark.parametrize("name", [*REAL_NAMES, *HOSTILE_NAMES])
def test_real_and_hostile_names_are_kept_as_they_are(name: str) -> None:
    """If it failed: a person would lose letters of their name, or a name be taken for structure."""
    text = page(
        entry(authors=f"{name}, Charles Babbage, Ada Byron et al."),
        header=HEADER.replace("Ada Lovelace", name),
    )
    found = reading(text)
    if "," not in name or name.endswith("Jr."):
        assert names(found.paper) == [name, "Charles Babbage", "Ada Byron"]
        assert hidden(found.paper) == []
    assert found.profile.name == name


def test_reading_is_chosen_by_content() -> None:
    """If it failed: a file's name would decide what it is."""
    assert identify(page(entry()).encode(), "x.bin") is READERS["profile_page"]
    assert identify(b"\xef\xbb\xbf" + entry().encode(), "x") is READERS["profile_page"]
    assert not sniff("@article{lovelace,\n title = {Notes},\n year = 1843\n}\n")
    assert not sniff("TY  - JOUR\nPY  - 2020\n")
    assert not sniff('{"title": "May 18", "year": 2020}')


def _is_part_of(paper: Paper, whole: dict[int, Paper]) -> bool:
    """Whether a paper of a cut page says only what the whole page says; a piece of the abstract may be missing."""
    true = whole.get(paper.lines.first)
    return (
        true is not None
        and paper.title == true.title
        and set(paper.authorships)
        <= {*true.authorships, *(a for a in paper.authorships if a.position is None)}
        and paper.issued == true.issued
        and paper.category == true.category
        and set(paper.institutions) <= set(true.institutions)
        and (true.abstract or "").startswith(paper.abstract or "")
    )


def _check_cut(content: bytes, at: int) -> None:
    whole = reading(content)
    papers = {p.lines.first: p for p in whole.papers}
    try:
        found = reading(content[:at])
    except CollegiumError:
        return
    for profile in found.profiles:
        assert profile.name == whole.profile.name
        assert set(profile.reported) <= set(whole.profile.reported)
    for paper in found.papers:
        assert _is_part_of(paper, papers), f"cut at byte {at}: {paper}"
    assert found.lost or len(found.papers) == len(papers), f"cut at byte {at}: lost without a word"


def test_a_page_cut_anywhere_says_nothing_wrong(seed_page: Path) -> None:
    """If it failed: a broken download would put half a name into the store, or lose papers without a word."""
    content = seed_page.read_bytes()
    second = content.index(b"CLNov 20"), content.index(b"Read as signal")
    places = {*range(600), *range(second[0], second[0] + 250), *range(len(content) - 420, len(content))}
    for at in sorted(places):
        _check_cut(content, at)


@pytest.mark.parametrize("compact", [True, False])
def test_small_pages_cut_at_every_byte_say_nothing_wrong(compact: bool) -> None:
    """If it failed: see above; here with whole lists, and with title and authors on one line."""
    two = [
        Entry(
            "CL",
            "Nov 20, 2023",
            True,
            "",
            "On looms",
            ("Éva Székely", "Ada Lovelace"),
            False,
            (),
            "They weave well.",
        ),
        Entry(
            "LG",
            "May 18",
            False,
            "87",
            "On engines",
            ("Charles Babbage",),
            True,
            ("eth", "pku"),
            "They run well.",
        ),
    ]
    content = page(*(e.text(compact=compact) for e in two)).removesuffix("\n").encode()
    for at in range(len(content)):
        _check_cut(content, at)


def test_a_page_without_abstracts_and_without_a_last_line_end_is_whole() -> None:
    """If it failed: the fear of cut files would cost good ones their last paper."""
    text = page(entry(abstract=""), entry(title="Another", abstract=""), announced=45).removesuffix("\n")
    found = reading(text)
    assert len(found.papers) == 2
    assert [p.found for p in found.lost] == ["2 papers on the page"]


def test_more_papers_than_announced_lose_nothing() -> None:
    """If it failed: a page that grew would end with an error."""
    found = reading(page(entry(), entry(title="Another"), announced=1))
    assert len(found.papers) == 2
    assert found.lost == ()
    assert len(found.problems) == 1


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
    """If it failed: some combination of parts would be read as something else; compact papers may be refused, never guessed."""
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
