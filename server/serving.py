"""`collegium serve`: the service behind granian, on a store that holds something to see."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from collegium.graph.errors import ParameterError
from collegium.graph.store import Store

from .config import SETTINGS, Settings
from .seeds import load_seeds
from .service import KnowledgeGraph

if TYPE_CHECKING:
    from flask import Flask

# The server's own process imports this name and calls it.
APPLICATION: Final = "collegium.server.serving:application"


def serve(settings: Settings) -> None:
    """Serve until interrupted.

    Raises:
        ParameterError: the address cannot be listened on.
        StoreError: the store cannot be used.
    """
    from granian import Granian
    from granian.constants import Interfaces

    if _fill(settings):
        print(f"The store {settings.store} was empty: the bundled author page was loaded", flush=True)
    port = _free_port(settings.host, settings.port)
    _hand_over(replace(settings, port=port))
    print(
        f"Collegium serves {settings.store} at http://{_shown(settings.host)}:{port}/  (Ctrl-C stops it)",
        flush=True,
    )
    Granian(
        APPLICATION,
        factory=True,
        address=settings.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        log_enabled=False,
        workers_kill_timeout=3,  # an interrupt right after the start would else wait for ever
    ).serve()


def _fill(settings: Settings) -> bool:
    """Load the bundled page into a store that holds no source; return whether it was needed.

    A function of its own, so that this process lets go of the version it looked at: a lease that is kept as long as the
    service runs would keep that version on disk.
    """
    store = Store.open(settings.store, create=True, base=settings.base)
    graph = KnowledgeGraph(store, pairs=settings.pairs)
    is_empty = not graph.sources()
    if is_empty:
        load_seeds(graph)
    return is_empty


def application() -> Flask:
    """Return the application by the settings of the environment, as the server's own process makes it."""
    from .app import create_app

    return create_app(Settings.from_environment())


def _free_port(host: str, port: int) -> int:
    """The port, checked to be free so that the answer is one line and no traceback of the server; for 0 a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"an address to listen on that is free ({error.strerror}); try --port {port + 1}"
            raise ParameterError("address", f"{host}:{port}", reason) from None
        return int(probe.getsockname()[1])


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _hand_over(settings: Settings) -> None:
    """Put the settings into the environment, where the server's own process reads them."""
    for setting in SETTINGS:
        os.environ[setting.variable] = str(getattr(settings, setting.name))
