"""The reference is made from the tables of the code and is up to date."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

_SCRIPT = Path(__file__).resolve().parents[1] / "docs" / "write_reference.py"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_reference", _SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(_script().PAGES))
def test_a_reference_page_is_what_the_tables_give(name: str) -> None:
    """If it failed: a row was changed and its page was not; `make docs` writes it anew."""
    script = _script()
    assert (script.FOLDER / name).read_text("utf-8") == script.PAGES[name]()
