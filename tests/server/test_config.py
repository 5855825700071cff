"""Settings: typed, ranged, and said clearly when they are wrong."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from collegium.graph.errors import ParameterError
from collegium.server.config import SETTINGS, Settings


def test_settings_come_from_the_environment() -> None:
    """If it failed: a variable would be set and nothing would happen."""
    found = Settings.from_environment(
        {
            "COLLEGIUM_STORE": "/data/s",
            "COLLEGIUM_BASE": "https://example.org/kg/",
            "COLLEGIUM_HOST": "0.0.0.0",
            "COLLEGIUM_PORT": "0",
            "COLLEGIUM_THREADS": "4",
            "COLLEGIUM_AT_MOST_ROWS": "10",
            "COLLEGIUM_REQUEST_BYTES": "1000",
            "COLLEGIUM_CACHE_BYTES": "0",
        }
    )
    assert found == Settings(Path("/data/s"), "https://example.org/kg/", "0.0.0.0", 0, 4, 10, 1000, 0)


def test_what_is_given_wins_and_nothing_is_nothing() -> None:
    """If it failed: a command's option would lose to the environment, or an empty variable would be an error."""
    found = Settings.from_environment({"COLLEGIUM_PORT": "9", "COLLEGIUM_HOST": " "}, port=7, store=None)
    assert found == Settings(port=7)


def test_every_setting_can_be_set() -> None:
    """If it failed: a field would have no variable, or a variable no field."""
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]
    assert all(setting.default == getattr(Settings(), setting.name) for setting in SETTINGS)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("COLLEGIUM_PORT", "http"),
        ("COLLEGIUM_PORT", "65536"),
        ("COLLEGIUM_PORT", "-1"),
        ("COLLEGIUM_PORT", "٣"),
        ("COLLEGIUM_THREADS", "0"),
        ("COLLEGIUM_REQUEST_BYTES", "9" * 30),
        ("COLLEGIUM_HOST", "a b"),
        ("COLLEGIUM_STORE", "a\0b"),
        ("COLLEGIUM_BASE", "example.org/"),
        ("COLLEGIUM_BASE", "https://example.org"),
        ("COLLEGIUM_BASE", "https://example.org/?a=/"),
        ("COLLEGIUM_BASE", "https://[::1/"),
        ("COLLEGIUM_BASE", "ftp://example.org/"),
    ],
)
def test_a_wrong_setting_names_itself(variable: str, text: str) -> None:
    """If it failed: a typo would start a service on the wrong port or store."""
    with pytest.raises(ParameterError) as caught:
        Settings.from_environment({variable: text})
    assert caught.value.parameter == variable
    assert "expected" in caught.value.message


@pytest.mark.parametrize(("text", "wanted"), [("true", True), ("False", False), ("0", False), ("", True)])
def test_pairs_are_switched_by_a_word(text: str, wanted: bool) -> None:
    """If it failed: the switch would stand the other way, or a slip would count as one."""
    assert Settings.from_environment({"COLLEGIUM_PAIRS": text}).pairs is wanted
    with pytest.raises(ParameterError, match="true or false"):
        Settings.from_environment({"COLLEGIUM_PAIRS": "maybe"})
