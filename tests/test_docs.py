"""What is promised is documented: each name a user can type stands in a page, and no link leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from collegium.graph.figures import FIGURES
from collegium.graph.measures import MEASURES
from collegium.graph.projections import PROJECTIONS
from collegium.graph.readers import READERS
from collegium.queries.catalogue import CATALOGUE
from collegium.server.app import create_app
from collegium.server.cli import main
from collegium.server.config import SETTINGS, Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "seeds" / "README.md", *ROOT.glob("docs/**/*.md")]
)
FILES_OF_PAGES = {"static", "vis_asset", "favicon"}
# What may stand in a documented address where the route has a variable: ID, {id}, <id> or an example.
VARIABLE = r"(?:\{\w+\}|<\w+>|[\w.-]+)"


@cache
def documentation() -> str:
    """Return all pages as one text, decisions and changelog left out: those tell of the past."""
    told = [page for page in PAGES if "decisions" not in page.parts and page.name != "CHANGELOG.md"]
    return "\n".join(page.read_text("utf-8") for page in told)


def undocumented(names: Iterable[str]) -> list[str]:
    """Return the names that stand nowhere as a word in code marks."""
    marked = " ".join(re.findall(r"`+([^`]+)`+", documentation()))
    return [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", marked)]


def commands(group: click.Command, prefix: str) -> Iterator[tuple[str, click.Command]]:
    """Yield each command with the words that call it."""
    if not isinstance(group, click.Group):
        yield prefix, group
        return
    for name, command in group.commands.items():
        yield from commands(command, f"{prefix} {name}")


def test_each_command_is_documented() -> None:
    """If it failed: a user could not learn of a command without the code."""
    known = dict(commands(main, "collegium"))
    assert len(known) >= 10
    assert not [words for words in known if words not in documentation()]


def test_each_option_is_documented() -> None:
    """If it failed: an option could be found by --help only."""
    options = {
        option
        for _, command in commands(main, "collegium")
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in parameter.opts
        if option.startswith("--")
    }
    assert not [option for option in sorted(options) if not re.search(rf"{option}(?![\w-])", documentation())]


def test_each_command_shows_an_example() -> None:
    """If it failed: --help would tell what there is, and not how it is used."""
    silent = [
        words
        for words, command in commands(main, "collegium")
        if "collegium "
        not in command.get_help(
            click.Context(command, info_name=words, parent=click.Context(main, **main.context_settings))
        ).split("\n\n", 1)[1]
    ]
    assert not silent


def test_each_setting_is_documented() -> None:
    """If it failed: a setting could be used by those only who read the code."""
    assert not undocumented(setting.variable for setting in SETTINGS)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("format", list(READERS)),
        ("measure", list(MEASURES)),
        ("figure", list(FIGURES)),
        ("projection", list(PROJECTIONS)),
        ("query", list(CATALOGUE)),
    ],
)
def test_each_row_of_a_table_is_documented(kind: str, names: list[str]) -> None:
    """If it failed: a row was added to a table and not to its reference page."""
    assert names
    missing = undocumented(names)
    assert not missing, f"no page names {kind} {missing}"


def test_each_endpoint_is_documented(tmp_path: Path) -> None:
    """If it failed: an address would answer that nobody is told of."""
    app = create_app(Settings(store=tmp_path / "store"))
    missing = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in FILES_OF_PAGES:
            missing += [address for address in addresses(rule.rule) if not told_of(address)]
    assert not missing


def addresses(rule: str) -> list[str]:
    """Return a route once for each word that `<any(a, b):…>` stands for."""
    choice = re.search(r"<any\(([^)]*)\):\w+>", rule)
    if not choice:
        return [rule]
    return [rule.replace(choice.group(), word.strip()) for word in choice.group(1).split(",")]


def told_of(address: str) -> bool:
    """Return whether some page names an address, its variables spelled in any of the usual ways."""
    head = re.split(r"/<path:", address)[0]  # what lies below a thing is told of with the thing
    fixed = [re.escape(part) for part in re.split(r"<[^>]+>", head)]
    return bool(re.search(rf"(?<![\w/]){VARIABLE.join(fixed)}(?![\w/<{{])", documentation()))


def slug(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def prose_of(page: Path) -> str:
    """Return a page without its blocks of code, where a bracket is not a link."""
    return re.sub(r"(?ms)^```.*?^```$", "", page.read_text("utf-8"))


def anchors_of(page: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"(?m)^#+ (.+)$", prose_of(page))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_documentation_lead_somewhere(page: Path) -> None:
    """If it failed: a reader would follow a link to nothing."""
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        lost = anchor and there.suffix == ".md" and there.exists() and anchor not in anchors_of(there)
        if not there.exists() or lost:
            broken.append(target)
    assert not broken


def test_each_decision_is_listed() -> None:
    """If it failed: a decision could be found by those only who know of it."""
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert len(pages) > 1
    assert not [page.name for page in pages if page.name not in listed]
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(len(pages))), "numbers leave none out and none twice"
