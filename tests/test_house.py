"""The rules of the house that a machine can look after: sizes, names, imports, where IRIs are spelled."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("graph", "queries", "server")
AT_MOST_LINES = 300
AT_MOST_BODY_LINES = 40
FOLDERS_OF_CODE = (*ROOMS, "benchmarks", "docs", "tests")
FOLDERS_OF_OTHERS = {"__pycache__", "node_modules"}
CODE = [
    ROOT / "src" / "collegium" / "__init__.py",
    *(path for folder in FOLDERS_OF_CODE for path in sorted((ROOT / folder).rglob("*.py"))),
]
PRODUCT = [path for path in CODE if path.relative_to(ROOT).parts[0] in (*ROOMS, "src")]
TEXT_SUFFIXES = {
    *(".in", ".lock", ".md", ".py", ".rq", ".toml", ".tsv", ".ttl", ".txt"),
    *(".css", ".html", ".js", ".json", ".mjs", ".svg"),
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if node is not None and hasattr(node, "lineno") else ""
    return f"{path.relative_to(ROOT)}{line}"


def docstrings_in(tree: ast.Module) -> set[ast.Constant]:
    """Return the string nodes that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(first.value)
    return found


def strings_in(path: Path) -> Iterator[ast.Constant]:
    """Yield every text literal that is not a docstring."""
    tree = tree_of(path)
    said = docstrings_in(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said:
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines the body spans, its docstring left out."""
    body = function.body
    said = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    rest = body[1:] if said else body
    return (rest[-1].end_lineno or 0) - rest[0].lineno + 1 if rest else 0


def text_files() -> list[Path]:
    """Return every file of the project that a person reads."""
    folders = [ROOT / name for name in (*ROOMS, "tests", "seeds", "docs", "benchmarks", "tools", ".ci")]
    inside = [path for folder in folders for path in folder.rglob("*")]
    return sorted(
        path
        for path in [*inside, *ROOT.glob("*"), ROOT / "src" / "collegium" / "__init__.py"]
        if path.is_file()
        and not FOLDERS_OF_OTHERS & set(path.parts)
        and (path.suffix in TEXT_SUFFIXES or path.name in {"Makefile", "run", "LICENSE"})
    )


def test_files_are_short() -> None:
    """If it failed: a file has taken on a second job."""
    long = {
        place(path): count
        for path in CODE
        if (count := len(path.read_text("utf-8").splitlines())) > AT_MOST_LINES
    }
    assert not long, f"over {AT_MOST_LINES} lines: {long}"


def test_function_bodies_are_short() -> None:
    """If it failed: a function has taken on a second job."""
    long = {
        f"{place(path, node)} {node.name}": body_lines(node)
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and body_lines(node) > AT_MOST_BODY_LINES
    }
    assert not long, f"over {AT_MOST_BODY_LINES} lines: {long}"


def test_no_drawer_for_everything() -> None:
    """If it failed: code would lie where nobody looks for its subject."""
    drawers = [
        place(path) for path in PRODUCT if re.fullmatch(r"_?(utils?|helpers?|common|misc|tools)", path.stem)
    ]
    assert not drawers


def test_every_file_says_its_job() -> None:
    """If it failed: a reader would have to read a file to learn what it is for."""
    silent = [place(path) for path in CODE if tree_of(path).body and not ast.get_docstring(tree_of(path))]
    assert not silent


def test_imports_name_the_package() -> None:
    """If it failed: a user's own `graph.py`, or another `queries` package, would be taken for ours."""
    bare = []
    for path in CODE:
        for node in ast.walk(tree_of(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            bare += [f"{place(path, node)} {name}" for name in names if name.split(".")[0] in ROOMS]
    assert not bare


def test_imports_inside_a_room_are_relative_and_across_rooms_absolute() -> None:
    """If it failed: it could not be seen from an import whether it leaves the room."""
    wrong = []
    for path in PRODUCT:
        room = path.relative_to(ROOT).parts[0]
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and room in ROOMS:
                inside = (node.module or "").startswith(f"collegium.{room}")
                # A file in a folder within the room may do either.
                nested = len(path.relative_to(ROOT).parts) > 2
                if inside and not nested:
                    wrong.append(f"{place(path, node)} {node.module}")
    assert not wrong


def raises_again(handler: ast.AST) -> bool:
    """Return whether an except block ends with a plain `raise`, so that it only tidies up."""
    last = handler.body[-1] if isinstance(handler, ast.ExceptHandler) else None
    return isinstance(last, ast.Raise) and last.exc is None


def test_no_blind_except_and_no_assert_for_input() -> None:
    """If it failed: an error would be swallowed, or a check would vanish under `python -O`."""
    found = []
    for path in PRODUCT:
        for node in ast.walk(tree_of(path)):
            caught = node.type if isinstance(node, ast.ExceptHandler) else None
            kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
            names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
            blind = isinstance(node, ast.ExceptHandler) and (
                caught is None or names & {"Exception", "BaseException"}
            )
            if isinstance(node, ast.Assert) or (blind and not raises_again(node)):
                found.append(place(path, node))
    assert not found


def vocabulary_hosts() -> set[str]:
    """Return the hosts of the IRIs that graph/vocabulary.py spells."""
    texts = [
        node.value for node in strings_in(ROOT / "graph" / "vocabulary.py") if isinstance(node.value, str)
    ]
    iris = [iri for text in texts for iri in re.findall(r"https?://[^\s<>\"]+", text)]
    return {host for iri in iris if (host := urlsplit(iri).hostname) and host != "localhost"}


def test_iris_are_spelled_in_the_vocabulary_only() -> None:
    """If it failed: a term could be misspelled in one place and right in all others."""
    hosts = vocabulary_hosts()
    assert {"w3id.org", "purl.org", "xmlns.com"} <= hosts, f"the vocabulary spells IRIs of {hosts}"
    strays = [
        f"{place(path, node)} {str(node.value)[:60]!r}"
        for path in PRODUCT
        if path != ROOT / "graph" / "vocabulary.py"
        for node in strings_in(path)
        if any(f"://{host}/" in str(node.value) for host in hosts)
    ]
    assert not strays


def test_no_path_of_a_machine() -> None:
    """If it failed: the project would work on one machine only."""
    # `somebody` is nobody's name: examples may speak of that home.
    folders = "|".join(("work", "root", "farm", "home/(?!somebody/)[a-z]+", "opt/wheels", "tmp/[a-z]+"))
    pattern = re.compile(rf"(?<![\w.:/-])/(?:{folders})/")
    found = [
        f"{place(path)}:{number}"
        for path in text_files()
        if "vendor" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "benchmarks/requirements.txt"]
)
def test_locks_hold_hashes_and_no_address(name: str) -> None:
    """If it failed: an install would go to one registry, or take a file nobody has seen."""
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", text)
    entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^#.*\n", "", text).strip())
    unsafe = [entry.split("\n")[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
    assert not unsafe


def test_the_dev_lock_runs_what_is_shipped() -> None:
    """If it failed: the tests would pass on versions that no user gets."""
    pins = [
        dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^\]]+\])?==([^\s;]+)", (ROOT / name).read_text("utf-8")))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0].items() <= pins[1].items()


def test_locks_hold_what_the_project_asks_for() -> None:
    """If it failed: a dependency was added and `make lock` forgotten."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    # What somebody has in a notebook of their own is not in the environment of the service.
    ours = (name for extra, needed in extras.items() if extra != "notebook" for name in needed)
    names = [*project["project"]["dependencies"], *ours]
    asked = {re.split(r"[<>=!~ \[;]", name)[0].lower().replace(".", "-") for name in names}
    locked = set(
        re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^\]]+\])?==", (ROOT / "requirements.lock").read_text("utf-8"))
    )
    assert asked <= locked
