"""How a page of the reference is written in Markdown: title, where it comes from, parts, tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_MADE: Final = (
    "<!-- Made by docs/write_reference.py from the tables of the code; change those, then `make docs`. -->"
)


def page(title: str, lead: str, *parts: str) -> str:
    """Return a page."""
    return "\n\n".join((f"# {title}", _MADE, lead, *parts)) + "\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([_cell(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def code(text: object) -> str:
    """Return something as code."""
    return f"`{text}`"


def source(text: str) -> str:
    """Return the source of a formula; a DOI as a link."""
    return f"[doi:{text}](https://doi.org/{text})" if text.startswith("10.") else text
