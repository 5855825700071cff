"""Loading and unloading for `KnowledgeGraph`: done here, or by the service that owns the store.

All readers are imported with the loader: 0.15 s that a service, and a command that only reads, do without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from collegium.graph.errors import StoreBusy
from collegium.graph.progress import Progress
from collegium.graph.report import LoadReport
from collegium.graph.sources import find_source
from collegium.graph.store import Store


def load(
    store: Store,
    paths: Sequence[str | Path],
    format: str | None,
    source_date: date | None,
    progress: Progress | None,
    *,
    clock: Callable[[], datetime],
    dry_run: bool,
    replaces: str | None,
    told: Mapping[str, Any],
) -> LoadReport:
    """Load as `graph.load.load` does; `replaces` is the ID, IRI or file name of a source, `told` more of its options.

    Raises: as `graph.load.load`; StoreBusy: the service that owns the store does not answer.
    """
    from collegium.graph import load as loading
    from collegium.queries.executables import executables

    former = NamedNode(find_source(store, replaces).iri) if replaces else None
    try:
        return loading.load(
            store,
            paths,
            format=format,
            source_date=source_date,
            now=clock,
            progress=progress,
            dry_run=dry_run,
            replaces=former,
            describe=executables,
            **told,
        )
    except StoreBusy as busy:
        from .writing.handover import load

        given = {**told, "replaces": former.value if former else None}
        return load(busy, store, paths, format, source_date, progress, **given)


def unload(store: Store, source: str, *, clock: Callable[[], datetime], told: Mapping[str, Any]) -> int:
    """Take out a source (ID, IRI or file name) as `graph.load.unload` does; return the new version."""
    from collegium.graph import load as loading
    from collegium.queries.executables import executables

    iri = NamedNode(find_source(store, source).iri)
    try:
        return loading.unload(store, iri, now=clock, describe=executables, **told)
    except StoreBusy as busy:
        from .writing.handover import unload

        return unload(busy, store, iri.value, **told)
