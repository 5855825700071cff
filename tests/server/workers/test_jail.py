"""What a process in the jail cannot do. The kernel is asked, in processes of our own."""

from __future__ import annotations

import errno
import json
import os
import signal
import struct
import subprocess
import sys
import time

import pytest

from collegium.server.workers import jail
from processes_seen import PATIENCE_S, is_there, needs_linux

TRYING = """
import json, os, resource, socket, sys
from collegium.server.workers.jail import confine
confine(memory_bytes=MEMORY, network=NETWORK)
def tried(work):
    try:
        work()
    except OSError as error:
        return error.errno
    except MemoryError:
        return "memory"
    return None
print(json.dumps({
    "inet": tried(lambda: socket.socket(socket.AF_INET).close()),
    "inet6": tried(lambda: socket.socket(socket.AF_INET6).close()),
    "netlink": tried(lambda: socket.socket(socket.AF_NETLINK).close()),
    "unix": tried(lambda: socket.socket(socket.AF_UNIX).close()),
    "pair": tried(lambda: [end.close() for end in socket.socketpair()]),
    "memory": tried(lambda: bytes(1 << 30)),
    "core": resource.getrlimit(resource.RLIMIT_CORE)[1],
    "program": tried(lambda: os.execv(sys.executable, [sys.executable, "-c", "print('{}')"])),
}))
"""
ORPHAN = """
import os, sys, time
from collegium.server.workers.jail import confine
parent = os.getpid()
if not os.fork():
    confine(parent=parent)
    print(os.getpid(), flush=True)
time.sleep(60)
"""


def tried(*, memory: int | None = None, network: bool = False) -> dict[str, int | str | None]:
    """Return error number by what was tried in a jail; None where it went well."""
    code = TRYING.replace("MEMORY", str(memory)).replace("NETWORK", str(network))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, int | str | None] = json.loads(done.stdout)
    return found


@needs_linux
def test_no_network_no_programs_no_more_memory_than_given() -> None:
    """If it failed: a stranger's query that breaks the engine could reach out, or take the machine's memory."""
    found = tried(memory=500 << 20)
    assert [found[name] for name in ("inet", "inet6", "netlink", "program")] == [errno.EACCES] * 4
    assert found["memory"] == "memory" and found["core"] == 0
    assert found["unix"] is None and found["pair"] is None


@needs_linux
def test_with_the_network_allowed_there_are_still_no_programs() -> None:
    """If it failed: one address that SERVICE may ask would also open the way to every program."""
    found = tried(network=True)
    assert found["inet"] is None and found["memory"] is None
    assert found["program"] == errno.EACCES


@needs_linux
def test_it_does_not_outlive_its_parent() -> None:
    """If it failed: a nursery that is killed would leave workers that nobody can end."""
    with subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_there(child)
        parent.kill()
    end = time.monotonic() + PATIENCE_S
    while is_there(child):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_who_has_lost_its_parent_already_ends() -> None:
    """If it failed: a parent that goes too early would leave a process for good."""
    code = "from collegium.server.workers.jail import confine; confine(parent=1); print('here')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout


@needs_linux
def test_a_kernel_that_does_not_want_to_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a worker would run without its jail, and nobody would know."""
    with pytest.raises(OSError, match="Invalid argument"):
        jail._prctl(jail._PR_SET_PDEATHSIG, 12345)


class TestFilter:
    """The filter itself, run step by step as the kernel does."""

    AUDIT, SOCKET = 0xC000003E, 41

    def verdict(self, call: int, argument: int = 0, audit: int = AUDIT, *, network: bool = False) -> int:
        """Return what the filter says of a call."""
        packed = jail._filters(self.AUDIT, [59, 322], None if network else self.SOCKET)
        steps = [struct.unpack_from("HBBI", packed, place) for place in range(0, len(packed), 8)]
        data = {0: call, 4: audit, 16: argument}
        place, loaded = 0, 0
        while True:
            code, yes, no, value = steps[place]
            place += 1
            if code == 0x20:
                loaded = data[value]
            elif code == 0x06:
                return int(value)
            else:
                place += yes if (loaded == value if code == 0x15 else loaded >= value) else no

    @pytest.mark.parametrize("network", [False, True])
    @pytest.mark.parametrize(
        ("call", "audit"),
        [(59, AUDIT), (322, AUDIT), (0x40000000 + 1, AUDIT), (1, 0x40000003)],
        ids=["execve", "execveat", "x32", "i386"],
    )
    def test_calls_that_are_refused_always(self, call: int, audit: int, network: bool) -> None:
        """If it failed: there would be a way around the jail."""
        assert self.verdict(call, 0, audit, network=network) == 0x00050000 | errno.EACCES

    def test_sockets_by_family(self) -> None:
        """If it failed: a family of sockets would be open that nobody thought of."""
        allowed = [family for family in range(64) if self.verdict(self.SOCKET, family) == 0x7FFF0000]
        assert allowed == [1]
        assert self.verdict(self.SOCKET, 2, network=True) == 0x7FFF0000

    def test_all_else_is_allowed(self) -> None:
        """If it failed: the engine could not read its files."""
        assert {self.verdict(call) for call in (0, 1, 9, 202, 257)} == {0x7FFF0000}


def test_a_machine_that_is_not_known_has_limits_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the numbers of another machine's calls would be refused at random."""
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    called: list[object] = []
    monkeypatch.setattr(jail, "_prctl", lambda *arguments: called.append(arguments))
    jail._refuse_calls(network=False)
    assert not called


@needs_linux
def test_the_jail_is_asked_for_in_this_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a filter would be refused to who may still gain privileges, and the jail stay open."""
    called: list[int] = []
    monkeypatch.setattr(jail, "_prctl", lambda option, *_: called.append(option))
    monkeypatch.setattr("resource.setrlimit", lambda kind, pair: called.append(-kind))
    jail.confine(memory_bytes=1 << 30, parent=os.getppid())
    assert called[0] == jail._PR_SET_PDEATHSIG and signal.SIGKILL
    assert called[-2:] == [jail._PR_SET_NO_NEW_PRIVS, jail._PR_SET_SECCOMP]
