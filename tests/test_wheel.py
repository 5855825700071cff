"""The built wheel holds every file of the product under one name, and works away from the source."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINKED = ("graph", "queries", "server", "seeds")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from the sdist of a copy. Prevents: a build leaves its folders in the source."""
    copy = tmp_path_factory.mktemp("build") / "collegium"
    skip = shutil.ignore_patterns(
        ".*", "__pycache__", "*.egg-info", "build", "dist", "docs", "collegium-store"
    )
    shutil.copytree(ROOT, copy, symlinks=True, ignore=skip)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", "."],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    (built,) = (copy / "dist").glob("*.whl")
    return built


def files_in_source() -> set[str]:
    """Return what the wheel should hold: every file behind the links, and the package's own."""
    found = {"collegium/__init__.py", "collegium/py.typed"}
    for folder in LINKED:
        for path in (ROOT / folder).rglob("*"):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in parts):
                found.add("/".join(("collegium", *parts)))
    return found


def test_the_links_are_relative() -> None:
    """If it failed: a clone in another folder would hold links to nowhere."""
    for folder in LINKED:
        link = ROOT / "src" / "collegium" / folder
        assert link.is_symlink(), f"{folder} is not a link"
        assert os.readlink(link) == f"../../{folder}"


def test_the_wheel_holds_every_file_and_nothing_else(wheel: Path) -> None:
    """If it failed: a query or page was dropped behind a link, or a bare `graph` would be installed."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files_in_source()


def test_the_wheel_says_its_licence_and_version(wheel: Path) -> None:
    """If it failed: the version would be written in two places, or the licence left behind."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" in project["project"]["dynamic"]
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode("utf-8")
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
    import collegium

    assert f"\nVersion: {collegium.__version__}\n" in text
    assert "\nLicense-Expression: MIT\n" in text


def test_the_wheel_works_away_from_the_source(wheel: Path, tmp_path: Path) -> None:
    """If it failed: the product would run in its own repository only."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import collegium, importlib.resources\n"
        "assert collegium.__file__.startswith(sys.argv[1]), collegium.__file__\n"
        "graph = collegium.open()\n"
        "graph.load(importlib.resources.files('collegium') / 'seeds' / 'xingtai-lv.txt')\n"
        "print(graph.network().number_of_nodes())\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(site)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "25\n"
