"""What a process that works for strangers may not do: outlive its parent, take all memory, reach the network.

On Linux the kernel holds it (resource limits, seccomp). On macOS there are the resource limits that it keeps; there the
guard alone keeps queries from the network.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
# Machine -> (the kernel's number for its calls (AUDIT_ARCH_*), number of socket(), of execve(), of execveat(), of
# io_uring_setup(), which opens sockets too). Source: linux/audit.h; asm/unistd_64.h; asm-generic/unistd.h
_CALLS: Final = {
    "x86_64": (0xC000003E, 41, 59, 322, 425),
    "aarch64": (0xC00000B7, 198, 221, 281, 425),
}
_OTHER_NUMBERS: Final = 0x40000000  # from here on x86_64 has its calls a second time (x32)
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EACCES
_FAMILIES: Final = (1,)  # AF_UNIX; every other family reaches beyond this machine, or the kernel


def confine(*, memory_bytes: int | None = None, network: bool = False, parent: int | None = None) -> None:
    """Confine this process for good.

    Args:
        memory_bytes: of writable memory of its own, stacks included; None for no limit.
        network: whether it may open sockets to other machines.
        parent: the process that it must not outlive. Not for a parent with threads: the kernel's signal comes when
            the thread ends that started us.
    """
    if parent is not None:
        _die_with(parent)
    if hasattr(os, "SCHED_BATCH"):
        # Who has just been given work does not push aside who gave it, and has more to give.
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_bytes is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    _refuse_calls(network)


def _die_with(parent: int) -> None:
    """Be killed when the parent ends, however it ends. Elsewhere than on Linux the closed channel ends us."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked for the signal
        os._exit(0)


def _refuse_calls(network: bool) -> None:
    """Let the kernel answer EACCES to the start of programs, and to sockets of other families than AF_UNIX.

    Source: https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
    """
    known = _CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return
    audit, socket_call, execve, execveat, io_uring = known
    refused = [execve, execveat] if network else [execve, execveat, io_uring]
    filters = _filters(audit, refused, None if network else socket_call)
    code = ctypes.create_string_buffer(filters, len(filters))
    program = struct.pack("HxxxxxxP", len(filters) // 8, ctypes.addressof(code))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(program, len(program)))


def _filters(audit: int, refused: list[int], socket_call: int | None) -> bytes:
    """Return the filter as classic BPF: offsets 0, 4, 16 of `seccomp_data` are number, machine, first argument.

    `socket_call`: the call that is refused but for `_FAMILIES`; None where every family is allowed.
    """
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    steps = [
        (load, 0, 0, 4),
        (equal, 1, 0, audit),
        (answer, 0, 0, _REFUSE),  # a call in another machine's numbers
        (load, 0, 0, 0),
        (at_least, 0, 1, _OTHER_NUMBERS),
        (answer, 0, 0, _REFUSE),
    ]
    for call in refused:
        steps += [(equal, 0, 1, call), (answer, 0, 0, _REFUSE)]
    if socket_call is not None:
        steps += [(equal, 1, 0, socket_call), (answer, 0, 0, _ALLOW), (load, 0, 0, 16)]
        for family in _FAMILIES:
            steps += [(equal, 0, 1, family), (answer, 0, 0, _ALLOW)]
    steps.append((answer, 0, 0, _REFUSE if socket_call is not None else _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _prctl(option: int, *arguments: object) -> None:
    """Raises: OSError: the kernel does not want to."""
    libc = ctypes.CDLL(None, use_errno=True)
    given = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    given += [ctypes.c_ulong(0)] * (4 - len(given))
    if libc.prctl(option, *given) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
