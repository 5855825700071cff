"""What our SPARQL functions cost in one process, without HTTP, on a generated store on disk.

The same query is run with a function of ours and with one of the engine's own, in turn; the difference of the medians
over the calls is the cost of a call. Then what a new process pays for its first call, with the shelf empty and full:
a new edition of the same version stands for the process, so imports are left out.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from collegium.graph import vocabulary as v
from collegium.graph.store import Store
from collegium.queries.run import answer
from collegium.server.editions import Edition, Wanted
from collegium.server.network_facts import EditionFacts

BASE = v.DEFAULT_BASE


def quads(papers: int, seed: int = 1) -> Iterator[ox.Quad]:
    """Yield papers of one to seven authors, two authors new for every paper, the others drawn from earlier papers."""
    draw = random.Random(seed)
    written = [v.entity(BASE, "author", "0")]
    for number in range(papers):
        paper = v.entity(BASE, "paper", str(number))
        new = [v.entity(BASE, "author", f"{number}-{at}") for at in range(2)]
        authors = {*new, *(draw.choice(written) for _ in range(draw.randint(0, 5)))}
        written.extend(authors)
        yield ox.Quad(paper, v.RDF_TYPE, v.SOA_WORK)
        for author in authors:
            yield ox.Quad(paper, v.DCTERMS_CREATOR, author)
            yield ox.Quad(author, v.RDF_TYPE, v.FOAF_PERSON)


def median_ms(run: Callable[[], object], rounds: int) -> float:
    """Return the median time of some runs after one to warm up."""
    run()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def calls(edition: Edition, rounds: int) -> Iterator[str]:
    """Yield a line per expression: time of the query, cost of a call."""
    authors = len(edition.mirror.authors)
    one = edition.mirror.authors[0].iri
    network = EditionFacts(edition)

    def asked(expression: str) -> Callable[[], object]:
        text = f"SELECT ?a ({expression} AS ?v) {{ ?a a foaf:Person }}"
        return lambda: answer(edition.engine, text, network=network).serialize()

    plain = median_ms(asked("STRLEN(STR(?a))"), rounds)
    yield f"| `STRLEN(STR(?a))` | {plain:.0f} | |"
    for expression in (
        'ck:centrality(?a, "degree")',
        'ck:rank(?a, "degree")',
        "ck:community(?a)",
        f"ck:distance(<{one}>, ?a)",
        f"ck:distance(?a, <{one}>)",
    ):
        took = median_ms(asked(expression), rounds)
        yield f"| `{expression.replace(one, '…')}` | {took:.0f} | {(took - plain) * 1000 / authors:.1f} |"


def firsts(store: Store, names: list[str]) -> Iterator[str]:
    """Yield a line per function: its first call with the shelf empty, and with the shelf full."""
    one = BASE + "author/0-0"
    expressions = [f'ck:centrality(?a, "{name}")' for name in names]
    for expression in [*expressions, "ck:community(?a)", f"ck:distance(?a, <{one}>)"]:
        times = []
        if store.shelf:
            shutil.rmtree(store.shelf.folder, ignore_errors=True)
        for _ in range(2):
            network = EditionFacts(Edition(store))
            text = f"SELECT ({expression} AS ?v) {{ BIND(<{one}> AS ?a) }}"
            began = time.perf_counter()
            answer(store.engine, text, network=network).serialize()
            times.append(time.perf_counter() - began)
        size_bytes = sum(file.stat().st_size for file in store.shelf.folder.iterdir()) if store.shelf else 0
        shown = expression.replace(one, "…")
        yield f"| `{shown}` | {times[0]:.2f} | {times[1]:.3f} | {size_bytes / 1e6:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--measures", default="degree,pagerank", help="for the first calls")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "store", create=True).write() as writer:
            writer.engine.bulk_extend(quads(given.papers))
            writer.changed = True
        store = Store.open(Path(folder) / "store")
        edition = Edition(store)
        found = edition.links(Wanted())
        print(f"{given.papers} papers, {len(found.nodes)} authors, {len(found.ends) // 2} links\n")
        print("| all authors, as JSON | ms | µs a call more than the first line |\n|---|---|---|")
        print("\n".join(calls(edition, given.rounds)))
        print("\n| first call in a new process | made, s | from the shelf, s | file, MB |\n|---|---|---|---|")
        print("\n".join(firsts(store, given.measures.split(","))))


if __name__ == "__main__":
    main()
