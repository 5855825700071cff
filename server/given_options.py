"""Options of a command that say nothing in a call: refused, so that nobody takes an answer for another."""

from __future__ import annotations

import click
from click.core import ParameterSource

from collegium.graph.errors import ParameterError


def refuse_given(names: tuple[str, ...], expected: str) -> None:
    """Return when the running command was given none of these options. Raises: ParameterError.

    Args:
        names: as the command's function takes them.
        expected: what such a call needs instead.
    """
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise ParameterError(f"--{name.replace('_', '-')}", context.params[name], expected)
