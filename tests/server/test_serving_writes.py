"""Writing to a service as people run it: `collegium serve`, over real HTTP, with its writer killed and rivals about."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from collegium.graph.store import Store
from commands import on, one_line
from pages import ENTRY, page, put
from served import TOKEN, WRITING, Served, served
from writers import ENDLESS, X, filled

COUNT = f"SELECT (COUNT(*) AS ?n) {{ ?s <{X}p> ?o }}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service that takes updates. Prevents: what works in one process only."""
    with served(tmp_path_factory.mktemp("written") / "store", token=TOKEN, update_seconds="2") as running:
        yield running


@pytest.fixture
def store(service: Served) -> Path:
    """Return the folder of its store. Prevents: a test spells how the service was started."""
    arguments = service.process.args
    assert isinstance(arguments, list)
    return Path(arguments[arguments.index("--store") + 1])


def count(service: Served) -> tuple[int, int]:
    """Return how many of the tests' statements there are, and the version that says so."""
    answer = service.query(COUNT, Accept="text/csv")
    assert answer.status == 200, answer
    return int(answer.body.split()[1]), int(answer.headers["x-collegium-version"])


def writer_of(store: Path) -> int:
    """Return the process number of the writer: it stands first in the lock."""
    return int((store / "lock").read_text().split()[0])


def commanded(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Return what a command in a process of its own said."""
    command = [sys.executable, "-c", "from collegium.server.cli import main; main()", *arguments]
    return subprocess.run(
        [*command, "--store", str(store)], capture_output=True, text=True, timeout=60, check=False
    )


def test_an_update_is_in_the_next_answer(service: Served) -> None:
    """If it failed: who writes and then reads would not see what they wrote."""
    for number in range(5):
        before, version = count(service)
        answer = service.update(f"INSERT DATA {{ <{X}next{number}> <{X}p> 1 }}")
        assert (answer.status, answer.headers["x-collegium-version"]) == (204, str(version + 1))
        assert count(service) == (before + 1, version + 1)


def test_after_kill_9_of_the_writer_the_next_update_works(service: Served, store: Path) -> None:
    """If it failed: a killed writer would cost an update, or the whole service."""
    web = service.process.pid
    for number in range(3):
        before, version = count(service)
        killed = writer_of(store)
        os.kill(killed, signal.SIGKILL)
        assert service.update(f"INSERT DATA {{ <{X}killed{number}> <{X}p> 1 }}").status == 204
        assert count(service) == (before + 1, version + 1)
        assert writer_of(store) != killed
    assert service.process.pid == web and service.process.poll() is None


def test_an_endless_update_is_stopped_and_undone(service: Served) -> None:
    """If it failed: one update would hold all others up for ever."""
    rows = " ".join(f"<{X}endless{n}> <{X}p> {n} ." for n in range(60))
    assert service.update(f"INSERT DATA {{ {rows} }}").status == 204
    before = count(service)
    answer = service.update(f"INSERT DATA {{ <{X}half> <{X}p> 1 }} ; {ENDLESS.decode()}")
    assert (answer.status, answer.problem) == (503, "query-timeout"), answer
    assert count(service) == before
    assert service.update(f"DELETE WHERE {{ <{X}endless0> <{X}p> ?n }}").status == 204
    assert count(service) == (before[0] - 1, before[1] + 1)


def test_several_operations_are_one_change(service: Served) -> None:
    """If it failed: half of an update would be seen."""
    before = count(service)
    answer = service.update(f"INSERT DATA {{ <{X}one> <{X}p> 1 }} ; DROP GRAPH <{X}none>")
    assert (answer.status, answer.problem) == (400, "query-syntax")
    assert count(service) == before


def test_a_graph_of_several_files_is_one_change(service: Served) -> None:
    """If it failed: a form with a mistake in its second file would leave the first one."""
    graph = f"/graphs?graph={quote(X + 'form')}"
    headers = WRITING | {"Content-Type": "multipart/form-data; boundary=cut"}

    def form(*documents: str) -> bytes:
        part = '--cut\r\nContent-Disposition: form-data; name="g"; filename="a.ttl"\r\n\r\n{}\r\n'
        return ("".join(part.format(document) for document in documents) + "--cut--\r\n").encode()

    before = count(service)[1]
    assert service.ask("PUT", graph, headers, form("<a> <b> 1 .", "<a> <b> ")).status == 400
    assert service.ask("GET", graph).status == 404 and count(service)[1] == before
    answer = service.ask("PUT", graph, headers, form("<a> <b> 1 .", "<a> <b> 2 ."))
    assert (answer.status, answer.headers["x-collegium-version"]) == (201, str(before + 1))
    assert service.ask("GET", graph, {"Accept": "application/n-triples"}).body.count(b"\n") == 2


def test_a_load_beside_the_service_is_in_the_next_answer(
    service: Served, store: Path, tmp_path: Path
) -> None:
    """If it failed: nobody could load without stopping the service."""
    version = count(service)[1]
    report = on(store)("load", put(tmp_path, "ada.txt", page(ENTRY)))
    assert report.exit_code == 0 and f"store version {version + 1}" in report.output
    answer = service.ask("GET", "/api/authors?q=Lovelace")
    assert answer.json["total"] == 1 and answer.headers["x-collegium-version"] == str(version + 1)
    assert on(store)("unload", "ada.txt").exit_code == 0
    assert service.ask("GET", "/api/authors?q=Lovelace").json["total"] == 0


def test_a_second_service_is_refused_in_one_line(service: Served, store: Path) -> None:
    """If it failed: two services would write to one store, or a traceback would say that they cannot."""
    done = commanded(store, "serve", "--port", "0")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and done.stderr.startswith(f"collegium: store {store}: ")
    assert f"the service of process {service.process.pid} has it" in done.stderr
    assert f"its writer is process {writer_of(store)}" in done.stderr


def test_a_second_service_fills_nobody_elses_store(tmp_path: Path) -> None:
    """If it failed: a service that is refused would have loaded the bundled page into the other one's store."""
    filled(tmp_path / "store", 1)
    with served(tmp_path / "store", token=TOKEN) as first:
        on(tmp_path / "store")("unload", "xingtai-lv.txt")
        version = count(first)[1]
        assert commanded(tmp_path / "store", "serve", "--port", "0").returncode == 2
        assert count(first)[1] == version


def test_a_service_that_was_killed_is_started_again(tmp_path: Path) -> None:
    """If it failed: what a killed service leaves (a writer, a socket, a lock) would keep the next one out."""
    with served(tmp_path / "store", token=TOKEN) as first:
        assert first.update(f"INSERT DATA {{ <{X}a> <{X}p> 1 }}").status == 204
        first.process.kill()
        first.process.wait()
    with served(tmp_path / "store", token=TOKEN) as second:
        assert count(second)[0] == 1
        assert second.update(f"INSERT DATA {{ <{X}b> <{X}p> 1 }}").status == 204


@pytest.mark.parametrize("suffix", [".log", ".sst"])
def test_a_cut_file_is_one_line_for_who_serves_and_who_checks(tmp_path: Path, suffix: str) -> None:
    """If it failed: a service would answer with rows missing, or nobody would know which file to restore."""
    folder = tmp_path / "store"
    filled(folder, 3_000)
    path = max((folder / "v000001").glob(f"*{suffix}"), key=lambda file: file.stat().st_size)
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: size // 2])
    told = f"{path.name} has {size // 2:,} bytes, expected {size:,}"
    advice = "restore a copy of this folder, or load the files again into a new one"
    for command in (["serve", "--port", "0"], ["load", str(put(tmp_path, "a.txt", page(ENTRY)))], ["check"]):
        one_line(on(folder)(*command), told, advice)


def test_check_finds_what_only_reading_everything_finds(tmp_path: Path) -> None:
    """If it failed: `collegium check` would call a broken copy sound."""
    folder = tmp_path / "store"
    filled(folder, 3_000)
    table = max((folder / "v000001").glob("*.sst"), key=lambda file: file.stat().st_size)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    one_line(on(folder)("check"), f"version 1 is not as it was written: {table.name} holds other bytes")
    assert Store.open(folder).version == 1
