"""The code of others that we ship: the bytes that were recorded, their licences, a lock without a registry."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "server" / "static" / "vendor"
BUILD = ROOT / "tools" / "bundles"


BUNDLES = pytest.mark.parametrize("bundle", ["codemirror", "sigma"])


def record(bundle: str) -> dict[str, Any]:
    """Return what the build wrote down of a bundle."""
    found: dict[str, Any] = json.loads((VENDOR / f"{bundle}.json").read_text("utf-8"))
    return found


@BUNDLES
def test_the_bundle_is_the_one_that_was_recorded(bundle: str) -> None:
    """If it failed: somebody changed minified code by hand, where nobody can read the change."""
    code = (VENDOR / record(bundle)["file"]).read_bytes()
    assert (sha256(code).hexdigest(), len(code)) == (record(bundle)["sha256"], record(bundle)["bytes"])


@BUNDLES
def test_the_bundle_is_made_of_the_locked_versions(bundle: str) -> None:
    """If it failed: `make bundles` would give another file than the one checked in."""
    lock = json.loads((BUILD / "package-lock.json").read_text("utf-8"))["packages"]
    assert len(record(bundle)["packages"]) >= 4
    for name, about in record(bundle)["packages"].items():
        version, licence = about.split(" ", 1)
        assert lock[f"node_modules/{name}"]["version"] == version
        assert licence == "MIT", name
    asked = json.loads((BUILD / "package.json").read_text("utf-8"))
    pins = {**asked["dependencies"], **asked["devDependencies"]}
    assert all(version[0].isdigit() for version in pins.values()), "each is pinned to one version"
    assert pins["esbuild"] == record(bundle)["esbuild"]


def test_the_lock_of_the_build_names_hashes_and_no_registry() -> None:
    """If it failed: an install would go to one registry, or take a file nobody has seen."""
    lock = json.loads((BUILD / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {path: entry for path, entry in lock.items() if path}
    assert packages and all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "://" not in (BUILD / "package-lock.json").read_text("utf-8")


@BUNDLES
def test_each_package_in_the_bundle_keeps_its_licence(bundle: str) -> None:
    """If it failed: we would pass on the work of others without what they ask in return."""
    text = (VENDOR / f"{bundle}.txt").read_text("utf-8")
    for name, about in record(bundle)["packages"].items():
        assert f"{name} {about.split()[0]} (MIT)" in text
    assert text.count("Permission is hereby granted") == len(record(bundle)["packages"])


@BUNDLES
def test_the_bundle_reaches_nobody_and_needs_no_eval(bundle: str) -> None:
    """If it failed: the page would ask outside, or break under its own policy."""
    code = (VENDOR / f"{bundle}.js").read_text("utf-8")
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "importScripts", "new Function", "eval("):
        assert word not in code, word


def test_code_and_licences_are_served(client: FlaskClient) -> None:
    """If it failed: the editor would not load, or a reader of the service could not find the licences."""
    for name, kind in (
        ("codemirror.js", "javascript"),
        ("codemirror.txt", "text/plain"),
        ("sigma.js", "javascript"),
    ):
        with client.get(f"/static/vendor/{name}") as answer:
            assert answer.status_code == 200 and kind in answer.content_type
    for path in ("/static/vendor/", "/static/vendor/../../app.py", "/static/vendor/nothing.js"):
        assert client.get(path).status_code == 404
