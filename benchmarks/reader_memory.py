"""How much memory each reader takes for a file without end: growth of the resident set over the bare import, in MiB.

Each case runs in a process of its own (Linux: /proc), which makes the file while it reads it. Nothing is written to a
disk. One line a case: growth, CPU seconds with the making of the file, records and problems that came out, the last
refusal. A case that grows over `--most` MiB is marked; one that would fill the machine is stopped at 6 GiB.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from endless_cases import CASES
from endless_files import opened

_STOPPED_AT = 6 << 30


def _peak_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


class Measured(NamedTuple):
    """What became of one case: growth in MiB, processor seconds, what came out, the last refusal ("" for none)."""

    grown_mib: float
    cpu_s: float
    records: int
    problems: int
    refused: int
    last: str


class _OutOfTime(Exception):
    """The case took longer than it may; what was measured up to there is told."""


def _out_of_time(number: int, frame: object) -> None:
    raise _OutOfTime


def _read(label: str, size: int, seconds: float) -> Measured:
    """Read one case in this process."""
    from collegium.graph.errors import CollegiumError
    from collegium.graph.readers import READERS
    from collegium.graph.records import Problem

    case = next(case for case in CASES if case.label == label)
    resource.setrlimit(resource.RLIMIT_AS, (_STOPPED_AT, _STOPPED_AT))
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of the imports
    before, records, problems, refused, last = _peak_mib(), 0, 0, 0, ""
    stream = opened(case, size)
    signal.signal(signal.SIGPROF, _out_of_time)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        for record in READERS[case.format].read(stream, "file"):
            if not isinstance(record, Problem):
                records += 1
                continue
            problems += 1
            if record.is_refused:
                refused += 1
                last = f"{record.lines.unit} {record.lines.first}: {record.found}, expected {record.expected}"
    except CollegiumError as error:
        last = f"{type(error).__name__} {error}"
    except (MemoryError, _OutOfTime) as error:
        last = f"{type(error).__name__} after {stream.tell() >> 20} MiB; {last}"
    signal.setitimer(signal.ITIMER_PROF, 0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Measured(_peak_mib() - before, used.ru_utime + used.ru_stime, records, problems, refused, last)


def measured(label: str, mib: int, seconds: float = 100) -> Measured:
    """Return what became of a case, read in a process of its own.

    Raises:
        RuntimeError: the process ended otherwise than by itself.
    """
    command = [sys.executable, __file__, "--one", "--mib", str(mib), "--seconds", str(seconds), label]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{label} ended by {done.returncode}: {done.stderr[-300:]}")
    return Measured(*json.loads(done.stdout))


def main() -> None:
    """Measure the cases that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", default=["*"], help="like rdf.*, *.b.*; all where none is named")
    parser.add_argument("--mib", type=int, default=200, help="of the file, up to 1024")
    parser.add_argument("--most", type=int, default=64, help="growth in MiB beyond which a case is marked")
    parser.add_argument("--seconds", type=float, default=100, help="of processor time for one case")
    parser.add_argument("--one", action="store_true", help="read in this process, and answer as JSON")
    asked = parser.parse_args()
    mib = min(asked.mib, 1024)
    if asked.one:
        print(json.dumps(_read(asked.cases[0], mib << 20, asked.seconds)))
        return
    print(f"{'case':<36} {'MiB':>7} {'CPU s':>7} {'records':>9} {'problems':>9} {'refused':>9}  last refusal")
    for case in CASES:
        if any(fnmatch(case.label, pattern) for pattern in asked.cases):
            got = measured(case.label, mib, asked.seconds)
            mark = "!" if got.grown_mib > asked.most else " "
            counts = f"{got.records:>9,} {got.problems:>9,} {got.refused:>9,}"
            line = f"{case.label:<36}{mark}{got.grown_mib:>7.0f} {got.cpu_s:>7.1f} {counts}  {got.last[:150]}"
            print(line, flush=True)


if __name__ == "__main__":
    main()
