"""The bundled page: the facts of the true page, line for line, with abstracts of our own."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from pathlib import Path

LONGEST_FACT_CHARS = 200  # every line of the true page longer than this is an abstract


def lines_of(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8").split("\n")


def test_the_seed_keeps_the_form_of_the_page(seed_page: Path) -> None:
    """If it failed: the reader would be shown an easier page than the one it is for."""
    lines = lines_of(seed_page)
    assert len(lines) == 129
    assert lines[-1] != "", "the page has no newline at its end"
    assert "\r" not in "".join(lines)
    assert {char for char in "".join(lines) if not char.isascii()} == {"\u00b7"}
    abstracts = [lines[first - 1 + 5] for first in range(12, 129, 7)]
    assert len(abstracts) == 17
    assert all(60 < len(abstract) < 300 for abstract in abstracts)
    for marker in (r"$\times$", r"20\%", r"\textit{", r"GPT-$\{n\}$", r"\eg", r"$10.0\%$"):
        assert any(marker in abstract for abstract in abstracts), f"{marker} is lost"


def test_all_but_the_abstracts_is_the_true_page(seed_page: Path, shared_data: Path) -> None:
    """If it failed: the seed would hold a fact that the page does not."""
    ours, theirs = lines_of(seed_page), lines_of(shared_data / "seed" / "xingtai-lv.txt")
    assert len(ours) == len(theirs)
    abstracts = [number for number, line in enumerate(theirs) if len(line) > LONGEST_FACT_CHARS]
    assert len(abstracts) == 17
    for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
        if number not in abstracts:
            assert our == their, f"line {number + 1} differs"


def test_the_abstracts_are_not_the_authors(seed_page: Path, shared_data: Path) -> None:
    """If it failed: the product would ship sentences that are not ours to give."""
    ours, theirs = lines_of(seed_page), lines_of(shared_data / "seed" / "xingtai-lv.txt")
    for our, their in zip(ours, theirs, strict=True):
        if len(their) > LONGEST_FACT_CHARS:
            same = SequenceMatcher(None, our, their, autojunk=False).find_longest_match()
            copied = our[same.a : same.a + same.size]
            assert "github.com" in copied or len(copied.split()) < 8, f"copied: {copied}"


def test_links_and_latex_stand_where_the_page_has_them(seed_page: Path, shared_data: Path) -> None:
    """If it failed: a paper would gain or lose a link to its code, or LaTeX would not be met where it is."""
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text("utf-8"))
    lines = lines_of(seed_page)
    for paper in truth["papers"]:
        abstract = lines[paper["line"] - 1 + 5]
        for link in paper["code_urls_in_abstract"]:
            assert link in abstract
        assert ("http" in abstract) == bool(paper["code_urls_in_abstract"])
        assert ("$" in abstract or "\\" in abstract) == (paper["n"] in truth["counts"]["latex_abstracts"])
