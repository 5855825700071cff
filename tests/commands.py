"""`collegium` called in this process, and what every bad call looks like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from collegium.server.cli import main

Run = Callable[..., Result]


def on(store: Path) -> Run:
    """Return `collegium` on a store: takes arguments, and bytes for standard input."""
    runner = CliRunner(env={"COLLEGIUM_STORE": str(store)})

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        return runner.invoke(main, [str(a) for a in arguments], input=stdin)

    return call


def one_line(result: Result, *parts: str, code: int = 2) -> None:
    """Check that a call ended as every bad call does: one line on standard error that holds these parts."""
    assert result.exit_code == code, result.output
    assert result.stderr.startswith("collegium: "), result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    for part in parts:
        assert part in result.stderr
