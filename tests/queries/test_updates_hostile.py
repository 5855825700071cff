"""Updates that reach out, and updates that meet a broken disk."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph.errors import QueryRefused
from collegium.queries.updates import update

X = "http://example.org/"
P = f"PREFIX x: <{X}> "
LOADS = [
    "LOAD <http://127.0.0.1:1/x>",
    "load<file:///etc/hostname>",
    "LOADSILENT<http://127.0.0.1:1/x>INTOGRAPH<http://a/g>",
    "LOAD SILENT x:a INTO GRAPH x:g",
    "LOADx:a",
    "PREFIX load: <http://127.0.0.1:1/> LOADload:a",
    "PREFIX : <http://127.0.0.1:1/> LOAD:a",
    "BASE<http://127.0.0.1:1/>LOAD<x>",
    "LOAD#\n<http://127.0.0.1:1/x>",
    "# x\rLOAD <http://127.0.0.1:1/x>",
    "\\u004COAD <http://127.0.0.1:1/x>",
    "L\\U0000004FAD <http://127.0.0.1:1/x>",
    "CLEAR ALL;LOAD <http://127.0.0.1:1/x>",
    "INSERT DATA { x:a x:b '}' } ; LOAD <http://127.0.0.1:1/x>",
    'INSERT DATA { x:a x:b\\{ """{""" } ; LOAD <http://127.0.0.1:1/x>',
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o < 3) } ; LOAD <http://127.0.0.1:1/x>",
    "WITH x:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; LOAD <http://127.0.0.1:1/x>",
]


@pytest.mark.parametrize("text", LOADS)
def test_load_is_refused_in_every_spelling(text: str) -> None:
    """If it failed: whoever may write could read files of the machine, or ask its neighbours."""
    with pytest.raises(QueryRefused, match="LOAD fetches from elsewhere"):
        update(ox.Store(), P + text)


def test_service_in_an_update_is_refused() -> None:
    """If it failed: an update would reach what no query may reach."""
    with pytest.raises(QueryRefused, match="SERVICE"):
        update(ox.Store(), "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "text",
    [
        f"PREFIX upload: <{X}> INSERT DATA {{ upload:a upload:b 1 }}",
        f"PREFIX load: <{X}> INSERT DATA {{ GRAPH load:g {{ load:a load:b 'LOAD <x>' }} }} ; CLEAR GRAPH load:h",
        f"PREFIX loads: <{X}> COPY loads:g TO loads:made ; MOVE SILENT loads:h TO GRAPH loads:g",
        f"PREFIX load: <{X}> WITH load:g DELETE {{ ?s ?p ?o }} USING load:g USING NAMED load:h WHERE {{ ?s ?p ?o }}",
    ],
)
def test_a_prefix_may_hold_load(text: str) -> None:
    """If it failed: a vocabulary for uploads could not be written about."""
    store = ox.Store()
    update(store, f"CREATE GRAPH <{X}g> ; CREATE GRAPH <{X}h>")
    update(store, text)


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let this process write 200 kB a file: as good as a full disk. Prevents: the disk of the machine is filled."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_no_fault_of_the_update(tmp_path: Path, small_files: None) -> None:
    """If it failed: the sender would be told to mend a text that is right."""
    engine = ox.Store(str(tmp_path / "store"))
    rows = "".join(f"<{X}{n}> <{X}p> {n} ." for n in range(20_000))
    with pytest.raises(OSError, match="File too large"):
        update(engine, f"INSERT DATA {{ {rows} }}")


def test_a_broken_table_is_no_fault_of_the_update(tmp_path: Path) -> None:
    """If it failed: the sender would be told to mend a text that is right, and the damage would go unseen."""
    engine = ox.Store(str(tmp_path / "store"))
    engine.bulk_extend(
        ox.Quad(ox.NamedNode(f"{X}{n}"), ox.NamedNode(f"{X}p"), ox.Literal("x" * 99 + str(n)))
        for n in range(20_000)
    )
    engine.flush()
    del engine
    for table in (tmp_path / "store").glob("*.sst"):
        data = bytearray(table.read_bytes())
        if (
            len(data) > 50_000
        ):  # small ones are index and footer only: with these broken it does not even open
            data[5_000:10_000] = bytes(5_000)
        table.write_bytes(data)
    engine = ox.Store(str(tmp_path / "store"))
    with pytest.raises(RuntimeError, match="Corruption"):
        update(engine, "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }")
