"""The part of `analytics.py` at the size of dblp: made by one process, measured by another that maps the file."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from collegium.graph import flat_file
from collegium.graph.compact import compact
from collegium.graph.kept_columns import mirror_form
from collegium.graph.measures import measure
from made_network import made_mirror

_MIB = 2**20 if sys.platform == "darwin" else 2**10
STEPS = ("open", "network", "degree", "components", "core_number", "pagerank")


def make(authors: int, file: Path) -> None:
    """Write the mirror of a generated network."""
    with file.open("wb") as handle:
        flat_file.write(handle, mirror_form(1).pack(made_mirror(authors)))


def run(file: Path, found: Any) -> None:
    """Put what was measured into `found`: authors, links, CPU seconds of each step, largest memory."""
    times = []

    def done() -> None:
        times.append(time.process_time())

    done()
    mirror = mirror_form(1).unpack(flat_file.read(file))
    done()
    net = compact(mirror, "coauthors")
    done()
    for step in STEPS[2:]:
        if step == "components":
            assert len(net.components) == len(net)
        else:
            measure(net, step).top(10)
        done()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
    found.put((len(net), net.size, [b - a for a, b in pairwise(times)], peak))


def table(sizes: list[int]) -> Iterator[str]:
    """Yield a row a size, and what the last costs against the first."""
    yield f"| authors | links | {' | '.join(f'{step}, s' for step in STEPS)} | all, s | peak, MiB |"
    yield "|---" * (len(STEPS) + 4) + "|"
    totals = []
    for authors in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "mirror"
            _apart(make, authors, file)
            nodes, links, times, peak = _apart(run, file)
        totals.append((links, sum(times)))
        cells = " | ".join(f"{each:.2f}" for each in times)
        yield f"| {nodes:,} | {links:,} | {cells} | {sum(times):.1f} | {peak:,.0f} |"
    (least, cheap), (most, dear) = totals[0], totals[-1]
    if len(sizes) > 1:
        yield f"\n{most / least:.2f} times the links cost {dear / cheap:.2f} times the CPU"


def _apart(job: Any, *given: Any) -> Any:
    context = multiprocessing.get_context("spawn")
    found = context.SimpleQueue()
    process = context.Process(target=job, args=(*given, found) if job is run else given)
    process.start()
    answer = found.get() if job is run else None
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{job.__name__} ended with {process.exitcode}")
    return answer
