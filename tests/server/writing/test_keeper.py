"""The writer as a real process: killed, stopped by its clock, left alone, and started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from collegium.graph.errors import QueryTimeout, StoreBusy, StoreDamaged
from collegium.graph.store import Store
from collegium.graph.versions import SOCKET
from collegium.server.writing.client import CutOff, has_writer
from collegium.server.writing.keeper import Keeper
from writers import ENDLESS, INSERT, X, filled, kept, python, statements


def pid_of(keeper: Keeper) -> int:
    return keeper.start().pid


def test_orders_go_to_one_process(store_dir: Path) -> None:
    """If it failed: each update would pay for a new process."""
    with kept(store_dir) as keeper:
        pid = pid_of(keeper)
        for version in (1, 2):
            assert keeper.order({"do": "update"}, INSERT) == {"version": version}
        assert pid_of(keeper) == pid
    assert not has_writer(store_dir) and not (store_dir / SOCKET).exists()
    assert (store_dir / "lock").exists() and statements(store_dir) == 1
    keeper.stop()


def test_after_kill_9_the_next_order_is_carried_out(store_dir: Path) -> None:
    """If it failed: a killed writer would cost an update, or all that follow."""
    with kept(store_dir) as keeper:
        for version in (1, 2, 3):
            pid = pid_of(keeper)
            os.kill(pid, signal.SIGKILL)  # not waited for: the order may find it dying
            assert keeper.order({"do": "update"}, INSERT) == {"version": version}
            assert pid_of(keeper) != pid


def test_many_at_once_after_kill_9(store_dir: Path) -> None:
    """If it failed: of several requests that find the writer dead, two would start one, or one would be lost."""
    with kept(store_dir) as keeper:
        os.kill(pid_of(keeper), signal.SIGKILL)
        done: list[int] = []
        threads = [
            threading.Thread(target=lambda: done.append(keeper.order({"do": "update"}, INSERT)["version"]))
            for _ in range(5)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(done) == [1, 2, 3, 4, 5]


def test_an_update_that_takes_too_long_is_stopped_and_rolled_back(store_dir: Path) -> None:
    """If it failed: one update could hold all others up for ever, or leave half of itself."""
    filled(store_dir, 100)
    with kept(store_dir, seconds=1.0) as keeper:
        started = time.monotonic()
        first = f"INSERT DATA {{ <{X}new> <{X}p> 1 }} ; ".encode()
        with pytest.raises(QueryTimeout, match="stopped after 1 s"):
            keeper.order({"do": "update"}, first + ENDLESS)
        assert time.monotonic() - started < 15
        assert Store.open(store_dir).version == 1 and statements(store_dir) == 100
        assert keeper.order({"do": "update"}, INSERT) == {"version": 2}
        assert statements(store_dir) == 101


def test_an_order_that_waits_behind_one_that_is_stopped_is_carried_out(store_dir: Path) -> None:
    """If it failed: a stranger's slow update would be told as a time-out of somebody else's."""
    filled(store_dir, 100)
    with kept(store_dir, seconds=2.0) as keeper:
        found: list[Exception] = []

        def slow() -> None:
            try:
                keeper.order({"do": "update"}, ENDLESS)
            except QueryTimeout as error:
                found.append(error)

        thread = threading.Thread(target=slow)
        thread.start()
        time.sleep(0.5)
        assert keeper.order({"do": "update"}, INSERT) == {"version": 2}
        thread.join(20)
        assert len(found) == 1


def test_kill_9_in_the_middle_of_an_update(store_dir: Path) -> None:
    """If it failed: half an update would stand, or the sender would be told that it is undone for sure."""
    filled(store_dir, 100)
    with kept(store_dir) as keeper:
        pid = pid_of(keeper)
        killing = threading.Timer(1.0, os.kill, (pid, signal.SIGKILL))
        killing.start()
        with pytest.raises(CutOff, match="look whether the change is there"):
            keeper.order({"do": "update"}, ENDLESS)
        assert statements(store_dir) == 100
        assert keeper.order({"do": "update"}, INSERT) == {"version": 2}


@pytest.mark.parametrize("stroke", range(6))
def test_kill_9_anywhere_leaves_the_old_or_the_new_whole(store_dir: Path, stroke: int) -> None:
    """If it failed: a commit could be seen half, or a store be unreadable after a power cut."""
    filled(store_dir, 50)
    rows = "".join(f"<{X}new{n}> <{X}p> {n} ." for n in range(20_000))
    with kept(store_dir) as keeper:
        pid = pid_of(keeper)
        killing = threading.Timer(0.1 + stroke * 0.15, os.kill, (pid, signal.SIGKILL))
        killing.start()
        try:
            keeper.order({"do": "update"}, f"INSERT DATA {{ {rows} }}".encode())
        except CutOff:
            assert statements(store_dir) in (50, 20_050)
        else:
            assert statements(store_dir) == 20_050
        killing.join()
        before = Store.open(store_dir).version
        assert keeper.order({"do": "update"}, INSERT) == {"version": before + 1}


def test_without_its_socket_it_is_started_anew(store_dir: Path) -> None:
    """If it failed: who removes the socket by hand would have to stop the service."""
    with kept(store_dir) as keeper:
        pid = pid_of(keeper)
        (store_dir / SOCKET).unlink()
        assert keeper.order({"do": "update"}, INSERT) == {"version": 1}
        assert pid_of(keeper) != pid


def test_while_somebody_else_writes_it_is_refused_with_the_process(store_dir: Path) -> None:
    """If it failed: a service whose writer was killed would write beside a load that took its place."""
    filled(store_dir)
    with kept(store_dir) as keeper:
        process = keeper.start()
        process.kill()
        process.wait()
        other = python(
            "import sys; from collegium.graph.store import Store\n"
            "with Store.open(sys.argv[1]).write(): print('ready', flush=True); sys.stdin.read()",
            store_dir,
            stdin=subprocess.PIPE,
        )
        with other:
            assert other.stdout and other.stdout.readline() == "ready\n"
            with pytest.raises(StoreBusy, match=f"process {other.pid} is writing"):
                keeper.order({"do": "update"}, INSERT)
            assert other.stdin
            other.stdin.close()
        assert keeper.order({"do": "update"}, INSERT) == {"version": 2}


def test_a_damaged_store_is_refused(store_dir: Path) -> None:
    """If it failed: a service would start on a store with rows missing."""
    filled(store_dir, 3_000)
    table = max((store_dir / "v000001").glob("*.sst"), key=lambda path: path.stat().st_size)
    table.write_bytes(table.read_bytes()[:-100])
    keeper = Keeper(store_dir, "http://localhost:8000/", 1.0)
    with pytest.raises(StoreDamaged, match=f"{table.name} has .* bytes, expected .*load the files again"):
        keeper.start()
    keeper.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_for_the_service_are_not_for_the_writer(store_dir: Path, number: int) -> None:
    """If it failed: Ctrl-C, which goes to the whole group, would cut an update off that is nearly done."""
    with kept(store_dir) as keeper:
        pid = pid_of(keeper)
        assert os.getpgid(pid) == pid != os.getpgid(0)
        os.kill(pid, number)
        assert keeper.order({"do": "update"}, INSERT) == {"version": 1}
        assert pid_of(keeper) == pid


SERVICE = """
import os, signal, sys
from pathlib import Path
from collegium.server.writing.keeper import Keeper
keeper = Keeper(Path(sys.argv[1]), "http://localhost:8000/", 300.0)
print(keeper.start().pid, flush=True)
signal.pause()
"""


def test_it_ends_when_its_service_is_killed(store_dir: Path) -> None:
    """If it failed: a service that was killed could not be started again."""
    with python(SERVICE, store_dir) as service:
        assert service.stdout
        writer = int(service.stdout.readline())
        service.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not has_writer(store_dir):
            break
        time.sleep(0.1)
    with kept(store_dir) as keeper:
        assert pid_of(keeper) != writer
        assert keeper.order({"do": "update"}, INSERT) == {"version": 1}


def test_no_module_of_the_folder_is_taken(
    store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a file of somebody's data, named json.py, would be run with the rights of the service."""
    (tmp_path / "json.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    with kept(store_dir) as keeper:
        assert keeper.order({"do": "update"}, INSERT) == {"version": 1}


def test_a_process_that_cannot_start_is_told(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the service would wait for it for ever."""
    monkeypatch.setattr("sys.executable", "/bin/false")
    keeper = Keeper(store_dir, "http://localhost:8000/", 1.0)
    with pytest.raises(StoreBusy, match="could be started"):
        keeper.order({"do": "update"}, INSERT)
    keeper.stop()


def test_a_writer_that_does_not_end_is_ended(store_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a service could not be stopped while an update runs."""
    filled(store_dir, 100)
    monkeypatch.setattr("collegium.server.writing.keeper._STOP_S", 0.5)
    with kept(store_dir) as keeper:
        process = keeper.start()
        found: list[StoreBusy] = []

        def ask() -> None:
            try:
                keeper.order({"do": "update"}, ENDLESS)
            except StoreBusy as error:
                found.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(1.0)
        keeper.stop()
        assert process.returncode == -signal.SIGKILL
        asking.join(20)
        assert len(found) == 1
    assert statements(store_dir) == 100
