"""The commands path, distances, link and communities: what they print, how they end, and one line for a bad call."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from commands import Run, on, one_line


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, seed_page: Path) -> Run:
    """Return `collegium` on a store of the bundled page. Prevents: a load for each command."""
    call = on(tmp_path_factory.mktemp("seeded") / "store")
    assert call("load", seed_page, "--source-date", "2026-11-23").exit_code == 0
    return call


@pytest.mark.parametrize(
    ("command", "parts"),
    [
        ("path 'Li Sheng' 'Ning Ding' --all", ["2 of 2 shortest paths", "Kaiyan Zhang"]),
        ("path 'Li Sheng' 'Ning Ding' --all --most 1", ["1 of 2 shortest paths"]),
        ("path 'Li Sheng' 'Ning Ding' --by distance --weight fractional", ["Xingtai Lv"]),
        ("path 'Li Sheng' li-sheng", ["Li Sheng is both ends"]),
        ("distances 'Li Sheng'", ["24 reached", "mean 1.92", "17 of 17 author lists are cut"]),
        ("distances 'Li Sheng' --at 2 --top 3", ["3 of 22", "Biqing Qi"]),
        ("link 'Ning Ding' 'Kaiyan Zhang'", ["2 joint papers", "full 2, fractional 0.833333"]),
        ("communities --stability 2", ["over seeds 2 to 3", "models, language, adaptation"]),
        ("communities --objective cpm --resolution 0.3", ["for cpm at resolution 0.3"]),
        ("communities --method label-propagation", ["Label propagation by igraph"]),
        ("communities --slices 1y --min-size 2", ["continues", "2023-2023: 2 of 5 nodes"]),
        ("communities --between 1 2", ["Between communities 1 and 2", "Xingtai Lv - Ning Ding (7)"]),
    ],
)
def test_each_question_has_a_table(seeded: Run, command: str, parts: list[str]) -> None:
    """If it failed: a command of the manual would not work."""
    result = seeded(*shlex.split(command))
    assert result.exit_code == 0, result.output
    printed = " ".join(result.stdout.split())
    for part in parts:
        assert part in printed
    assert result.stderr == ""


def test_programs_get_whole_rows(seeded: Run) -> None:
    """If it failed: what a table shortens would be cut for programs too."""
    groups = json.loads(seeded("communities", "--format", "json").stdout)
    assert sum(len(row["members"]) for row in groups) == sum(row["size"] for row in groups) == 25
    steps = json.loads(seeded("path", "Li Sheng", "Ning Ding", "--all", "--format", "json").stdout)
    assert [row["path"] for row in steps] == [1, 1, 2, 2] and all(row["paper_iris"] for row in steps)
    counts = json.loads(seeded("distances", "Li Sheng", "--format", "json").stdout)
    assert [row["authors"] for row in counts] == [1, 2, 22]


def test_two_who_are_not_linked_end_with_1(seeded: Run) -> None:
    """If it failed: a script could not tell yes from no."""
    result = seeded("link", "Li Sheng", "Ning Ding")
    assert result.exit_code == 1 and "no joint paper links Li Sheng and Ning Ding" in result.stdout


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("path 'Li Shen' 'Ning Ding'", "alike are: Li Sheng"),
        ("path 'Li Sheng' 'Ning Ding' --as-of 0", "to_year"),
        ("path 'Li Sheng' 'Ning Ding' --as-of 2020 --to 2021", "as_of"),
        ("path 'Li Sheng' 'Ning Ding' --as-of 2001", "the filters leave them out"),
        ("path 'Li Sheng' 'Ning Ding' --weight heavy", "weight"),
        ("distances Nobody", "no author"),
        ("distances 'Li Sheng' --as-of 99999", "to_year"),
        ("link 'Ning Ding' ning-ding", "another author"),
        ("communities --method louvain", "leiden"),
        ("communities --method label-propagation --resolution 2", "has none"),
        ("communities --resolution nan", "resolution"),
        ("communities --slices x", "like 3y"),
        ("communities --slices 1y --threshold 0", "threshold"),
        ("communities --slices 1y --between 1 2", "--between"),
        ("communities --between 1 1", "another community"),
        ("communities --between 1 99", "numbers go from 1 to 4"),
        ("communities --weight heavy", "weight"),
        ("communities --projection friends", "projection"),
    ],
)
def test_a_bad_call_is_one_line(seeded: Run, command: str, part: str) -> None:
    """If it failed: a traceback, or an answer to another question."""
    one_line(seeded(*shlex.split(command)), part)
