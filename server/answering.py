"""A job answers a request as the web process would, of one version of the store."""

from __future__ import annotations

from urllib.parse import quote

from flask import g

from collegium.graph.store import Store

from . import finished
from .app import create_app
from .config import Settings
from .editions import Edition
from .finished import Finished
from .jobs.task import ForAnswer
from .service import KnowledgeGraph
from .told_edition import ToldEdition
from .workers.question import Snapshot


class _OneVersion(KnowledgeGraph):
    """A knowledge graph that stays at the version it was opened at."""

    def __init__(self, edition: ToldEdition) -> None:
        super().__init__(edition.store, most_authors=edition.limits.most_authors)
        self._edition = edition

    @property
    def store(self) -> Store:
        """This version."""
        return self._edition.store

    def edition(self) -> Edition:
        """Return this version with all that is derived from it."""
        return self._edition


class Answering:
    """The application over one version; it listens to nobody."""

    def __init__(self, edition: ToldEdition) -> None:
        self._edition, limits = edition, edition.limits
        settings = Settings(at_most_rows=limits.at_most_rows, license=limits.license, cache_bytes=0)
        self._app = create_app(settings, _OneVersion(edition))

    def put(self, at: Snapshot, wants: ForAnswer) -> None:
        """Answer, and put the answer where the web process finds it. Raises: CollegiumError."""
        if finished.find(at, wants, self._edition.limits) is None:
            finished.put(at, wants, self._edition.limits, self._answer(wants))

    def _answer(self, wants: ForAnswer) -> Finished:
        with self._app.test_request_context(
            quote(wants.path),
            base_url=f"http://localhost{quote(wants.root)}",
            query_string=wants.encoded,
            headers={"Accept": wants.media_type},
        ):
            g.edition = self._edition
            response = self._app.make_response(self._app.dispatch_request())
            headers = [pair for pair in response.headers.items() if pair[0].lower() != "content-length"]
            return Finished(response.status_code, headers, response.get_data())
