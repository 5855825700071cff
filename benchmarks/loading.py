"""What `collegium load` costs against pyoxigraph's own `bulk_load` of the same statements, ready-made as N-Quads.

The records are works as OpenAlex gives them (JSON Lines), made from a seed; each side runs as a process of its own, in
turn, into a new store on the same disk. CPU time of all threads and processes, and the largest memory of a process.
What was measured: docs/how-to/measure.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pyoxigraph as ox

from collegium.graph.records import Paper
from collegium.graph.store import Store
from papers import SEED, papers

_COLLEGIUM = str(Path(sys.executable).with_name("collegium"))
_BULK_LOAD = (
    "import sys, pyoxigraph as ox; store = ox.Store(sys.argv[1]);"
    "store.bulk_load(path=sys.argv[2], format=ox.RdfFormat.N_QUADS); store.flush()"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    cpu_s: float
    wall_s: float
    peak_mib: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keep", type=Path, help="folder for the files, kept; else a temporary one")
    asked = parser.parse_args()
    print(
        "| papers | statements | load, CPU s | bulk_load, CPU s | ratio | wall s | peak MiB | bulk_load's |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for count in asked.papers:
        with tempfile.TemporaryDirectory(dir=asked.keep) as name:
            print(_row(Path(name), count, asked.seed), flush=True)


def _row(folder: Path, count: int, seed: int) -> str:
    records = folder / "works.jsonl"
    with records.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(work) + "\n" for work in works(count, seed))
    ours = _cost((_COLLEGIUM, "load", str(records), "--store", str(folder / "store")))
    engine, ready = Store.open(folder / "store").engine, folder / "ready.nq"
    engine.dump(str(ready), ox.RdfFormat.N_QUADS)
    statements = len(engine)
    del engine
    shutil.rmtree(folder / "store")  # of a million papers 26 GB, and the engine's own takes as much
    theirs = _cost((sys.executable, "-c", _BULK_LOAD, str(folder / "engine"), str(ready)))
    return (
        f"| {count:,} | {statements:,} | {ours.cpu_s:.1f} | {theirs.cpu_s:.1f} | {ours.cpu_s / theirs.cpu_s:.2f} "
        f"| {ours.wall_s:.1f} | {ours.peak_mib:,.0f} | {theirs.peak_mib:,.0f} |"
    )


def _cost(command: Sequence[str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command[:3])} … ended with {status}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, _mib(used))


def _mib(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))


def works(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield works in the form of OpenAlex's API. Source: https://docs.openalex.org/api-entities/works/work-object"""
    for number, paper in enumerate(papers(count, seed), 1):
        yield _work(number, paper)


def _work(number: int, paper: Paper) -> dict[str, Any]:
    date = paper.issued
    category = paper.category.notation if paper.category else "none"
    return {
        "id": f"https://openalex.org/W{10**9 + number}",
        "doi": f"https://doi.org/10.9999/made.{number}",
        "title": paper.title,
        "type": "article",
        "publication_year": date.year if date else None,
        "publication_date": f"{date.year}-{date.month or 1:02}-{date.day or 1:02}"
        if date and date.year
        else None,
        "authorships": [
            {
                "author": {
                    "id": f"https://openalex.org/A{_number(a.name)}",
                    "display_name": a.name,
                    "orcid": None,
                },
                "raw_author_name": a.name,
                "institutions": [_institution(name) for name in paper.institutions[:1]],
            }
            for a in paper.authorships
        ],
        "primary_topic": {"id": f"https://openalex.org/T{_number(category)}", "display_name": category},
        "cited_by_count": number % 97,
        "abstract_inverted_index": _inverted(paper.abstract) if paper.abstract else None,
    }


def _institution(name: str) -> dict[str, Any]:
    return {"id": f"https://openalex.org/I{_number(name)}", "display_name": name, "country_code": None}


def _number(name: str) -> int:
    return crc32(name.encode())


def _inverted(text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(text.split()):
        places.setdefault(word, []).append(place)
    return places


if __name__ == "__main__":
    main()
