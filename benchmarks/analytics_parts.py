"""The parts of `analytics.py`, each a table line by line."""

from __future__ import annotations

import dataclasses
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx

import raw_measures
from collegium.graph import flat_file
from collegium.graph.compact import compact
from collegium.graph.kept_columns import mirror_form, network_form
from collegium.graph.measures import MEASURES, measure
from collegium.graph.mirror import mirror
from collegium.graph.network import Network, network_of
from collegium.graph.store import Store
from made_network import made_mirror

PATH_MEASURES = ("closeness", "harmonic", "betweenness")


def cpu_s(run: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    began = time.process_time()
    run()
    return time.process_time() - began


def fresh(net: Network) -> Network:
    """Return the same network with nothing made of it yet."""
    return dataclasses.replace(net)


def compared(
    one: Callable[[], object], other: Callable[[], object], rounds: int
) -> tuple[float, float, float]:
    """Return the middle times of both, run in turn, and the middle of the ratios other/one."""
    pairs = [(cpu_s(one), cpu_s(other)) for _ in range(rounds)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, theirs, statistics.median(b / max(a, 1e-9) for a, b in pairs)


def small(folder: Path, rounds: int) -> Iterator[str]:
    """Measures of paths on two real networks, against networkx and raw igraph."""
    relativity = networkx.read_edgelist(folder / "ca-GrQc.txt")
    science = networkx.read_gml(folder / "netscience_newman.gml", label="label")
    for name, graph in (("ca-GrQc", relativity), ("netscience", science)):
        simple = networkx.Graph(graph.edges)
        simple.remove_edges_from(list(networkx.selfloop_edges(simple)))
        yield f"{name}: {len(simple):,} nodes, {simple.number_of_edges():,} links\n"
        yield "| measure | a networkx graph given, ms | networkx, ms | x | rows given, ms | raw igraph, ms | ratio |"
        yield "|---|---|---|---|---|---|---|"
        for measured in (*PATH_MEASURES, "core_number", "clustering", "constraint"):
            yield _on_real(simple, measured, rounds)
        yield ""


def _on_real(graph: networkx.Graph, name: str, rounds: int) -> str:
    net = network_of(graph)
    took = statistics.median(cpu_s(lambda: measure(graph, name)) for _ in range(rounds))
    theirs = cpu_s(lambda: MEASURES[name].engines["networkx"](net, None))
    ours, raw, ratio = compared(
        lambda: measure(fresh(net), name), lambda: raw_measures.order(raw_measures.Held(net), name), rounds
    )
    cells = f"{took * 1e3:,.1f} | {theirs * 1e3:,.0f} | {theirs / took:,.0f}"
    return f"| {name} | {cells} | {ours * 1e3:,.1f} | {raw * 1e3:,.1f} | {1 / ratio:.2f} |"


def large(authors: int, rounds: int, *, is_whole: bool) -> Iterator[str]:
    """Every measure that a large network can have, against raw igraph and scipy; three against networkx."""
    net = compact(made_mirror(authors), "coauthors")
    yield f"{len(net):,} authors, {net.size:,} links, generated\n"
    yield "| measure | ours, ms | by hand, ms | ours / by hand | again, ms | by hand, ms | ours / by hand |"
    yield "|---|---|---|---|---|---|---|"
    assert len(net.nodes.places_by_name) == len(net)  # made once a mirror, so before the clock
    for name in raw_measures.RAW:
        if MEASURES[name].most_nodes is None:
            yield _against_hand(net, name, rounds)
    if is_whole:
        yield "\n| measure | ours, s | networkx, s | x networkx |\n|---|---|---|---|"
        graph = raw_measures.networkx_graph(net)
        for name, theirs in raw_measures.NETWORKX.items():
            ours = statistics.median(cpu_s(lambda n=name: measure(fresh(net), n)) for _ in range(rounds))
            took = cpu_s(lambda t=theirs: t(graph))
            yield f"| {name} | {ours:.3f} | {took:.2f} | {took / ours:,.0f} |"


def _against_hand(net: Network, name: str, rounds: int) -> str:
    """First from the links as arrays, then with what igraph needs made already."""
    first = compared(
        lambda: measure(fresh(net), name), lambda: raw_measures.order(raw_measures.Held(net), name), rounds
    )
    held = raw_measures.Held(net)
    again = compared(lambda: measure(net, name), lambda: raw_measures.order(held, name), rounds)
    cells = (f"{a * 1e3:,.1f} | {b * 1e3:,.1f} | {1 / ratio:.2f}" for a, b, ratio in (first, again))
    return f"| {name} | {' | '.join(cells)} |"


def snapshot(authors: int, rounds: int) -> Iterator[str]:
    """Bytes a link, and what it costs to open a network of four million links that was saved."""
    made = made_mirror(authors * 10)
    net = compact(made, "coauthors")
    arrays = (net.links.starts, net.links.ends, net.weights, net.papers, net.fractional_papers)
    of_links = (net.links.ends, net.weights)
    yield f"{len(net):,} authors, {net.size:,} links, generated"
    alone, whole = (sum(array.nbytes for array in some) / net.size for some in (of_links, arrays))
    yield f"- bytes a link: {alone:.1f}, with what nodes carry {whole:.1f}"
    with tempfile.TemporaryDirectory() as folder:
        files: Mapping[str, Any] = {
            "mirror": mirror_form(1).pack(made),
            "network": network_form(made).pack(net),
        }
        for name, packed in files.items():
            with (Path(folder) / name).open("wb") as handle:
                flat_file.write(handle, packed)

        def opened() -> Network:
            found = mirror_form(1).unpack(flat_file.read(Path(folder) / "mirror"))
            return network_form(found).unpack(flat_file.read(Path(folder) / "network"))

        took = statistics.median(cpu_s(opened) for _ in range(rounds))
        used = statistics.median(cpu_s(lambda: measure(opened(), "degree").top(10)) for _ in range(rounds))
        yield f"- opened in {took * 1e3:.1f} ms, ready with the ten of highest degree in {used * 1e3:.0f} ms"


def from_belief(cache: Path, papers: int) -> Iterator[str]:
    """The mirror of a generated store, and of that time what the engine itself needs."""
    from belief_floor import floor
    from generated import generated

    store = Store.open(generated(cache, papers).store)
    began, cpu = time.perf_counter(), time.process_time()
    found = mirror(store)
    took, wall = time.process_time() - cpu, time.perf_counter() - began
    count = len(found.papers)
    yield f"{count:,} papers, {len(found.columns.authors.ends):,} authorships, read from belief"
    yield f"- {took / count * 1e6:.1f} µs of CPU a paper, {wall / count * 1e6:.1f} µs of the clock"
    rows, least = floor(store.engine)
    yield f"- the engine's own writing of the {rows:,} rows: {least / count * 1e6:.1f} µs of CPU a paper"
    counted = statistics.median(cpu_s(lambda: compact(found, "coauthors")) for _ in range(3))
    yield f"- the network of co-authors counted from it: {counted / count * 1e6:.1f} µs a paper"


def huge(sizes: list[int]) -> Iterator[str]:
    """Mirror, degree, components, core and PageRank at the size of dblp; each size in a process of its own."""
    from analytics_dblp import table

    yield from table(sizes)
