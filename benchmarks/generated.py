"""A generated network as a Collegium store and as N-Triples for other engines: the same statements in both.

The store is written as `collegium load` writes one: `graph/triples.py` makes the statements of each paper (about 29 in
belief), `graph/sources.py` puts them into one claims graph, its provenance and belief. The graph of coauthor pairs is
left out, as with `COLLEGIUM_PAIRS=false`: no load of ours asks it. The N-Triples are belief, dumped from that store.
"""

from __future__ import annotations

import argparse
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from collegium.graph.dates import Taken
from collegium.graph.describe import rebuild as rebuild_description
from collegium.graph.identity.recognition import Recognition
from collegium.graph.intake import take_in
from collegium.graph.origin import Source
from collegium.graph.store import Store
from papers import SEED, papers

TAKEN = date(2025, 1, 1)
_MADE = "made"


@dataclass(frozen=True, slots=True)
class Generated:
    """One network on disk: `store` for Collegium, `triples` (N-Triples of belief) for others."""

    papers: int
    seed: int
    folder: Path

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.folder / "store"

    @property
    def triples(self) -> Path:
        """The file of N-Triples."""
        return self.folder / "belief.nt"


def generated(cache: Path, count: int, seed: int = SEED) -> Generated:
    """Return the network of `count` papers, made in `cache` unless it is there from the same code."""
    here = Path(__file__)
    code = sha256(here.read_bytes() + here.with_name("papers.py").read_bytes()).hexdigest()[:8]
    made = Generated(count, seed, cache / f"{count}-{seed}-{code}")
    if not (made.folder / _MADE).exists():
        shutil.rmtree(made.folder, ignore_errors=True)
        made.folder.mkdir(parents=True)
        _write(made)
        (made.folder / _MADE).touch()
    return made


def _write(made: Generated) -> None:
    taken = datetime.combine(TAKEN, datetime.min.time(), UTC)
    digest = sha256(f"{made.papers} papers, seed {made.seed}".encode()).hexdigest()
    source = Source(Store.memory().base, "generated.txt", digest, 0, "generated", Taken(TAKEN, True), taken)
    with Store.open(made.store, create=True).write() as writer:
        take_in(Recognition(writer), "generated.txt", source, iter(papers(made.papers, made.seed)))
        rebuild_description(writer.engine, writer.base)
    engine = Store.open(made.store).engine
    engine.dump(str(made.triples), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path, help="folder that keeps what is made")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    began = time.perf_counter()
    made = generated(asked.cache, asked.papers, asked.seed)
    with made.triples.open("rb") as file:
        statements = sum(1 for _ in file)
    print(f"{made.folder}: {statements} statements, {statements / made.papers:.1f} a paper", end=", ")
    print(f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
