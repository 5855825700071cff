"""Servers as processes: started, watched with all that they start (by /proc: Linux only), and stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_STOP_WITHIN_S = 5
# Fields of /proc/PID/stat behind the name, from 0. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
_PARENT, _TIMES, _STARTED = 1, slice(11, 15), 19


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Yield the process id of a command; at the end stop it and every process that it started."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
    try:
        yield process.pid
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End it as its user would, then whatever is left of it; told apart from a later process by when it started."""
    known = {pid: started for pid in tree(process.pid) if (started := _started(pid)) is not None}
    process.terminate()
    try:
        process.wait(_STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid, started in known.items():
        if _started(pid) == started:
            os.kill(pid, signal.SIGKILL)


def tree(root: int) -> list[int]:
    """Return a process and all below it, in no particular order."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            children.setdefault(int(fields[_PARENT]), []).append(int(folder.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu_s(root: int) -> float:
    """Return the CPU seconds of a process and all below it, with those that ended and were waited for."""
    return sum(own_cpu_s(pid) for pid in tree(root))


def own_cpu_s(pid: int) -> float:
    """Return the CPU seconds of a process and its ended children; 0 when it is gone."""
    return sum(int(ticks) for ticks in _fields(pid)[_TIMES]) / _TICKS


def burning(root: int, seconds: float) -> float:
    """Return how many cores a process and all below it keep busy for that long from now."""
    began, before = time.monotonic(), cpu_s(root)
    time.sleep(seconds)
    return (cpu_s(root) - before) / (time.monotonic() - began)


def holder_of(root: int, server_port: int, client_port: int) -> int:
    """Return the process below `root` that holds the server's end of a connection over 127.0.0.1.

    Raises:
        LookupError: none does.
    """
    wanted = (f"0100007F:{server_port:04X}", f"0100007F:{client_port:04X}")
    rows = (line.split() for line in (_PROC / "net" / "tcp").read_text("ascii").splitlines()[1:])
    inode = next((row[9] for row in rows if (row[1], row[2]) == wanted), None)
    for pid in tree(root):
        if inode and f"socket:[{inode}]" in _open_files(pid):
            return pid
    raise LookupError(f"no process below {root} holds the connection {client_port} -> {server_port}")


def _open_files(pid: int) -> set[str]:
    found = set()
    for file in (_PROC / str(pid) / "fd").iterdir():
        try:
            found.add(os.readlink(file))
        except FileNotFoundError:  # closed meanwhile
            continue
    return found


def _started(pid: int) -> str | None:
    fields = _fields(pid)
    return fields[_STARTED] if fields else None


def _fields(pid: int) -> list[str]:
    """The fields behind the name; none when the process is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
