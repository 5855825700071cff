"""`collegium serve`: the service behind uvicorn, on a store that holds something to see."""

from __future__ import annotations

import logging
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collegium.graph.errors import ParameterError
from collegium.graph.store import Store
from collegium.graph.versions import orphan_of

from .config import Settings
from .seeds import load_seeds
from .service import KnowledgeGraph
from .writing.client import has_writer

if TYPE_CHECKING:
    from .asgi import Service

_BACKLOG: Final = 2048  # connections that wait to be taken
_ORPHAN_S: Final = 20.0  # that a start waits for the writer of a service that was killed
_SILENCE_S: Final = 1.0  # before it says so
_BREATH_S: Final = 0.05
_IDLE_S: Final = 75  # that a connection is kept for the next request, as nginx does


def serve(settings: Settings) -> None:
    """Serve until interrupted.

    Raises:
        ParameterError: the address cannot be listened on.
        StoreError: the store cannot be used, or another service has it.
    """
    _await_orphan(settings.store)
    if _fill(settings):
        print(f"The store {settings.store} was empty: the bundled author page was loaded", flush=True)
    with _listening(settings.host, settings.port) as listener:
        port = listener.getsockname()[1]
        service = application(replace(settings, port=port))
        told = (
            f"Collegium serves {settings.store} at http://{_shown(settings.host)}:{port}/  (Ctrl-C stops it)"
        )
        _run(service, listener, told)
        if service.failed is not None:
            raise service.failed


def _run(service: Service, listener: socket.socket, told: str) -> None:
    import uvicorn

    from .http1 import BoundedHttp

    class Server(uvicorn.Server):
        """Says where it is once it answers there."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print(told, flush=True)

    logging.getLogger("uvicorn.error").addFilter(_is_news)
    config = uvicorn.Config(
        service,
        loop="uvloop",
        http=BoundedHttp,
        ws="none",
        interface="asgi3",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=service.room.settings.proxies > 0,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=3,
    )
    try:
        Server(config).run([listener])
    except SystemExit:  # how uvicorn says that the start failed
        if service.failed is None:
            raise


def _is_news(record: logging.LogRecord) -> bool:
    """Return False for an answer that we broke off, which is meant so, and for a start that we say ourselves failed."""
    message = record.getMessage()
    return not ("without completing response" in message or message.startswith("Application startup failed"))


def _await_orphan(store: Path) -> None:
    """Wait for the writer of a service that was killed to end what it has begun; not for ever: then we are refused."""
    began = time.monotonic()
    is_told = False
    while (writer := orphan_of(store)) is not None and time.monotonic() < began + _ORPHAN_S:
        if not is_told and time.monotonic() > began + _SILENCE_S:
            is_told = True
            reason = (
                f"process {writer} ends a change for a service that is gone; waiting up to {_ORPHAN_S:.0f} s"
            )
            print(f"collegium: store {store}: {reason}", file=sys.stderr, flush=True)
        time.sleep(_BREATH_S)


def _fill(settings: Settings) -> bool:
    """Load the bundled page into a store that holds no source; return whether it was needed.

    A function of its own, so that this process lets go of the version it looked at: a lease that is kept as long as the
    service runs would keep that version on disk.
    """
    store = Store.open(settings.store, create=True, base=settings.base)
    graph = KnowledgeGraph(
        store,
        pairs=settings.pairs,
        most_authors=settings.most_authors,
        identity=settings.identity or None,
        ror=settings.ror,
    )
    is_empty = not graph.sources() and not has_writer(
        settings.store
    )  # that of another service is not ours to fill
    if is_empty:
        load_seeds(graph)
    return is_empty


def application(settings: Settings | None = None) -> Service:
    """Return the ASGI application; by the settings of the environment when a server of its own makes it."""
    from .app import create_app
    from .asgi import Service

    settings = settings or Settings.from_environment()
    return Service(create_app(settings), settings.threads)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens at an address; at a free port for 0. Raises: ParameterError: it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        reason = f"an address to listen on that is free ({error.strerror}); try --port {port + 1}"
        raise ParameterError("address", f"{host}:{port}", reason) from None
    return listener


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
