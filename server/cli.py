"""`collegium`: the command line. Errors are one line on standard error, never a traceback."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from collegium import __version__
from collegium.graph.errors import CollegiumError, shorten

from . import (
    commands_ask,
    commands_communities,
    commands_figures,
    commands_identity,
    commands_paths,
    commands_ror,
    commands_runs,
    commands_search,
    commands_series,
    commands_source,
    commands_store,
    commands_suggest,
    commands_write,
)

FAILED = 2  # exit code of every error; 1 is for an answer that says "not all of it"


class _Commands(click.Group):
    """A group whose errors of ours end as one line."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(
                stream, io.TextIOWrapper
            ):  # a terminal that knows ASCII only gets \\xfc for ü, no traceback
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(FAILED)
        except click.UsageError as error:
            words = error.ctx.command_path if error.ctx else "collegium"
            _fail(f"{shorten(error.format_message(), 400)} See {words} --help.")
        except click.Abort:
            _fail("interrupted; the store is as it was", 130)
        except CollegiumError as error:
            _fail(error.message)
        except BrokenPipeError:  # `collegium … | head`: what is left has no reader, and that is no error
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:  # the disk, or the file that standard output goes to, is full
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            where = f" ({error.filename})" if error.filename else ""
            _fail(
                f"the system refused: {error.strerror or shorten(str(error), 400)}{where}; nothing was changed"
            )
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int = FAILED) -> NoReturn:
    click.echo(f"collegium: {message}", err=True)
    sys.exit(code)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="collegium")
def main() -> None:
    """Collegium: who writes with whom. Load papers, ask SPARQL, rank, draw.

    \b
    Example:
      collegium load seeds/
      collegium centrality betweenness --top 10
      collegium serve
    """


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.  [default: 8000]")
@click.option("--store", "store", type=click.Path(path_type=Path), help="Folder of the store.")
def serve(host: str | None, port: int | None, store: Path | None) -> None:
    """Serve pages, SPARQL and the API; an empty store is first filled with the bundled author page.

    \b
    Example:
      collegium serve --port 8080
    """
    from .config import Settings
    from .serving import serve as run

    run(Settings.from_environment(host=host, port=port, store=store))


for command in (
    *commands_store.COMMANDS,
    *commands_identity.COMMANDS,
    *commands_ror.COMMANDS,
    *commands_runs.COMMANDS,
    *commands_source.COMMANDS,
    *commands_search.COMMANDS,
    *commands_ask.COMMANDS,
    *commands_series.COMMANDS,
    *commands_paths.COMMANDS,
    *commands_communities.COMMANDS,
    *commands_suggest.COMMANDS,
    *commands_figures.COMMANDS,
    *commands_write.COMMANDS,
    serve,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
