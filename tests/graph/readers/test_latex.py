"""LaTeX → Unicode: known answers, an independent oracle, and text that means harm."""

from __future__ import annotations

import json
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collegium.graph.readers.latex import without_latex


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (r"C. Bal\'azs", "C. Balázs"),
        (r"{\o} $\Delta$$\Sigma$ {\o}", r"ø $\Delta$$\Sigma$ ø"),
        (r"$$\o$$ {\o} $\o$", r"$$\o$$ ø $\o$"),
        (r"costs \$5 {\o} or $\o", r"costs $5 ø or $ø"),
        (r"Erd{\H o}s", "Erdős"),
        (r"\'Edgar Rold\'an", "Édgar Roldán"),
        (r"{\L}ukasz \L{}ukasz \L ukasz", "Łukasz Łukasz Łukasz"),
        (r"\'{\i} \'\i\ {\'{\i}} \'i \"{\i}", "í í í í ï"),
        (r"\v{S}afr\'{a}nek \c c\c{s} \k{a} \r{a}", "Šafránek çş ą å"),
        (r"Ti\'{\^e}n \'{\aa}", "Tiến ǻ"),
        (r"Stra\ss e Stra{\ss}e \O stlund \aa\ b", "Straße Straße Østlund å b"),
        (r"A.~B. Smith", "A. B. Smith"),
        (r"pages 1--5 --- ``so''", "pages 1–5 — “so”"),
        (r"\~{} \^{} \'", "~ ^ '"),
        (r"\& \% \$ \# \_ \{\}", "& % $ # _ {}"),
        (r"a\\b c\,d \mbox{e} co\-op", "a b c d e coop"),
        ("two\n  lines", "two lines"),
        (r"{The} {\em style} \textbf{of {nested} groups} {\bf x}", "The style of nested groups x"),
        (r"\enquote{a {b} c}", "“a b c”"),
        (r"\href{http://x.org/~a}{text} \url{a~b_c}", "text a~b_c"),
        (r"noise in $\Lambda_b \to {p}$ decays", r"noise in $\Lambda_b \to {p}$ decays"),
        (r"\(a_{b}\) {c} \[d{e}\] {f}", r"\(a_{b}\) c \[d{e}\] f"),
        (r"\Lambda and {\beta}-decay", "Λand β-decay"),
        (r"\msun and \foo{b}{c}", r"\msun and \foo{b}c"),
        ("costs $5 {More}", "costs $5 More"),
        ("ends in \\", "ends in \\"),
        ("} { stray", "stray"),
        (r"\LaTeX{} and {\TeX}", "LaTeX and TeX"),
    ],
)
def test_known_answers(printed: str, text: str) -> None:
    """If it failed: a name or title would come out in another spelling than its source's reader sees."""
    assert without_latex(printed) == text


ACCENTED = [
    (command, letter, form)
    for command in "`'^~=.\"uvHcdkrb"
    for letter in string.ascii_letters
    for form in (r"\%s{%s}", r"{\%s %s}", r"x\%s{%s}y")
]


def test_accents_agree_with_another_program() -> None:
    """If it failed: an accent of the table would be another one than LaTeX's."""
    oracle = pytest.importorskip("pylatexenc.latex2text").LatexNodes2Text(keep_comments=True)
    printed = [form % (command, letter) for command, letter, form in ACCENTED]
    printed += [
        f"{{\\{name}}}" for name in "aa AA ae AE oe OE o O l L ss i j dh DH th TH dj DJ ng NG".split()
    ]
    wrong = {
        text: (ours, theirs)
        for text in printed
        if (ours := without_latex(text))
        != (theirs := unicodedata.normalize("NFC", oracle.latex_to_text(text)))
    }
    assert not wrong


@given(st.text(alphabet="\\{}$~-'`\"^abHci( )[]\n%é", max_size=40))
@example("\\'" * 5)
@example("\\c\\'" * 5 + "e")
def test_any_text_comes_back_as_one_line(text: str) -> None:
    """If it failed: a hostile title would stop a load, or leave line breaks in it."""
    found = without_latex(text)
    assert found == " ".join(found.split())


@given(st.text(alphabet=st.characters(exclude_characters="\\{}~-`'", exclude_categories=["Cs"])))
def test_text_without_latex_is_left_alone(text: str) -> None:
    """If it failed: plain text would be changed."""
    assert without_latex(text) == " ".join(text.split())


@pytest.mark.parametrize("piece", ["\\'", "{", "$", "\\(", "\\href{", "\\c\\'", "\\foo{", "$\\", "\\a "])
def test_time_grows_with_the_length_only(piece: str) -> None:
    """If it failed (by not ending): one long line could hold up a load for hours."""
    without_latex(piece * (400_000 // len(piece)))


def test_authors_of_arxiv_as_arxiv_itself_spells_them(shared_data: Path) -> None:
    """If it failed: names in LaTeX would be other people than the same names in Unicode."""
    for line in (shared_data / "arxiv" / "arxiv-metadata-oai-snapshot.200.jsonl").read_bytes().splitlines():
        row = json.loads(line)
        if "\\" in row["authors"]:
            ours = without_latex(row["authors"])
            assert all(family in ours for family, *_ in row["authors_parsed"]), ours
