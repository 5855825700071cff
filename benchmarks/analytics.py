"""What measures cost: against networkx, against igraph and scipy by hand, and at the size of dblp.

Times are CPU seconds of the process, as `time.process_time` has them; both sides of a ratio run in one process, in
turn, and the middle of the rounds' ratios stands. Each part runs in a process of its own, so that memory is its own.
Networks are generated (`made_network.py` says how they differ from real ones) but for those of `--graphs`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import analytics_parts as parts

_MIB = 2**20 if sys.platform == "darwin" else 2**10  # what `ru_maxrss` counts in


def lines_of(part: str, given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of a part."""
    match part:
        case "small":
            yield from parts.small(Path(given.graphs), given.rounds)
        case "large":
            yield from parts.large(given.authors, given.rounds, is_whole=not given.quick)
        case "snapshot":
            yield from parts.snapshot(given.authors, given.rounds)
        case "mirror":
            yield from parts.from_belief(Path(given.cache), given.papers)
        case "dblp":
            yield from parts.huge(given.sizes)


PARTS = ("small", "large", "snapshot", "mirror", "dblp")


def child(part: str, given: argparse.Namespace) -> None:
    """Print a part and the largest memory of its process."""
    for line in lines_of(part, given):
        print(line, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MIB
    print(f"\n(largest memory of this part: {peak:,} MiB)\n", flush=True)


def apart(run: Callable[..., None], *given: object) -> None:
    """Run a function in a process of its own. Raises: RuntimeError when it fails."""
    process = multiprocessing.get_context("spawn").Process(target=run, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{run.__name__} {given} ended with {process.exitcode}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="only this one; may stand several times"
    )
    parser.add_argument("--graphs", help="folder with ca-GrQc.txt (SNAP) and netscience_newman.gml (Newman)")
    parser.add_argument("--cache", default=".venv-bench/data", help="folder that keeps generated stores")
    parser.add_argument("--papers", type=int, default=10_000, help="of the store whose belief is read")
    parser.add_argument("--authors", type=int, default=100_000)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000_000, 3_500_000], help="of the part dblp"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="leave networkx out at 100,000 authors")
    given = parser.parse_args()
    for part in given.part or PARTS:
        if part == "small" and given.graphs is None:
            print("small: left out, for --graphs is not given\n")
        else:
            apart(child, part, given)


if __name__ == "__main__":
    main()
