"""How much memory each reader takes for a file without end: growth of the resident set over the bare import, in MiB.

Each case runs in a process of its own (Linux: /proc), which makes the file while it reads it. Nothing is written to a
disk. One line a case: growth, CPU seconds with the making of the file, records and problems that came out, the last
refusal. A case that grows over `--most` MiB is marked; one that would fill the machine is stopped at 6 GiB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from endless_files import cases, opened

_STOPPED_AT = 6 << 30


def _peak_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def read_one(label: str, size: int) -> str:
    """Return what became of one case, read in this process."""
    from collegium.graph.errors import CollegiumError
    from collegium.graph.readers import READERS
    from collegium.graph.records import Problem

    case = next(case for case in cases() if case.label == label)
    resource.setrlimit(resource.RLIMIT_AS, (_STOPPED_AT, _STOPPED_AT))
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of the imports
    before, records, problems, refusals, last = _peak_mib(), 0, 0, 0, ""
    try:
        for record in READERS[case.format].read(opened(case, size), "file"):
            if not isinstance(record, Problem):
                records += 1
                continue
            problems += 1
            if record.is_refused:
                refusals += 1
                last = f"{record.lines.unit} {record.lines.first}: {record.found}, expected {record.expected}"
    except CollegiumError as error:
        last = f"{type(error).__name__} {error}"
    except MemoryError:
        last = "MemoryError"
    used = resource.getrusage(resource.RUSAGE_SELF)
    grown = _peak_mib() - before
    said = f"{records:>9,} {problems:>9,} {refusals:>9,}  {last[:150]}"
    return f"{grown:>7.0f} {used.ru_utime + used.ru_stime:>7.1f} {said}"


def main() -> None:
    """Measure the cases that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", default=["*"], help="like rdf.*, *.b.*; all where none is named")
    parser.add_argument("--mib", type=int, default=200, help="of the file, up to 1024")
    parser.add_argument("--most", type=int, default=64, help="growth in MiB beyond which a case is marked")
    parser.add_argument("--timeout", type=int, default=600, help="seconds for one case")
    parser.add_argument("--one", action="store_true", help="read in this process")
    asked = parser.parse_args()
    size = min(asked.mib, 1024) << 20
    if asked.one:
        print(read_one(asked.cases[0], size))
        return
    print(f"{'case':<36} {'MiB':>7} {'CPU s':>7} {'records':>9} {'problems':>9} {'refused':>9}  last refusal")
    for case in cases():
        if any(fnmatch(case.label, pattern) for pattern in asked.cases):
            command = [sys.executable, __file__, "--one", "--mib", str(asked.mib), case.label]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=asked.timeout)
                said = done.stdout.rstrip() or f"{'?':>7} ended by {done.returncode}: {done.stderr[-200:]!r}"
            except subprocess.TimeoutExpired:
                said = f"{'?':>7} over {asked.timeout} s"
            grown = said.split()[0]
            mark = "!" if grown == "?" or float(grown) > asked.most else " "
            print(f"{case.label:<36}{mark}{said}", flush=True)


if __name__ == "__main__":
    main()
