"""Author pages that break off: what is left says nothing wrong, and what is lost is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.graph.errors import CollegiumError
from collegium.graph.records import Paper
from pages import entry, names, page, reading
from strategies import Entry


def _is_part_of(paper: Paper, whole: dict[int, Paper]) -> bool:
    """Whether a paper of a cut page says only what the whole page says; a piece of the abstract may be missing."""
    true = whole.get(paper.lines.first)
    return (
        true is not None
        and paper.title == true.title
        and (paper.authorships == true.authorships or not names(paper))
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
