"""How a setting is written: each function turns (variable, text) into its value, or says what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from collegium.graph.errors import ParameterError

_LEAST_TOKEN: Final = 16  # characters


def path(variable: str, text: str) -> Path:
    """Return the path of a folder or file."""
    if "\0" in text:
        raise ParameterError(variable, text, "the path of a folder or file")
    return Path(text)


def host(variable: str, text: str) -> str:
    """Return a host name or address."""
    if any(c.isspace() or c == "/" for c in text):
        raise ParameterError(variable, text, "a host name or address, like 127.0.0.1")
    return text


def base(variable: str, text: str) -> str:
    """Return `text` when IRIs can be made by writing behind it."""
    expected = "an http or https address that ends in a slash, like https://example.org/"
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise ParameterError(variable, text, expected) from error
    is_plain = not (parts.query or parts.fragment or any(c.isspace() or c in '<>"{}|^`\\' for c in text))
    if parts.scheme not in ("http", "https") or not parts.netloc or not text.endswith("/") or not is_plain:
        raise ParameterError(variable, text, expected)
    return text


def address(variable: str, text: str) -> str:
    """Return `text` when it is the IRI of a page."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", text):
        raise ParameterError(variable, text, "an http or https address")
    return text


def whole(least: int, most: int) -> Callable[[str, str], int]:
    """Return a parser of whole numbers in [least, most]."""

    def parse(variable: str, text: str) -> int:
        expected = f"a whole number from {least} to {most}"
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            raise ParameterError(variable, text, expected)
        if not least <= int(text) <= most:
            raise ParameterError(variable, text, expected)
        return int(text)

    return parse


def truth(variable: str, text: str) -> bool:
    """Return whether `text` says yes."""
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in known:
        raise ParameterError(variable, text, "true or false")
    return known[text.lower()]


def token(variable: str, text: str) -> str:
    """Return a token that a header can hold and nobody guesses. The text itself is never repeated."""
    if len(text) < _LEAST_TOKEN or not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", text):
        expected = f"at least {_LEAST_TOKEN} letters, digits or . _ ~ + / = - (try: openssl rand -hex 24)"
        raise ParameterError(variable, f"{len(text)} characters", expected)
    return text


def addresses(variable: str, text: str) -> tuple[str, ...]:
    """Return the addresses of a list parted by spaces or commas."""
    found = tuple(text.replace(",", " ").split())
    for address in found:
        if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", address):
            raise ParameterError(
                variable, address, "http or https addresses of SPARQL endpoints, parted by spaces"
            )
    return found
