"""The measures: `MEASURES` holds a row for each, `measure` computes one and ranks the nodes by it.

Adding one: a row in the sibling file of its family (or a new sibling), and the sibling in `_FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from collegium.graph.answer_facts import ANSWER_FACTS
from collegium.graph.errors import MeasureError, ParameterError, UnknownName
from collegium.graph.projections import WEIGHTS
from collegium.graph.snapshot import Mirror

from . import bibliometric, brokerage, cited, cohesion, degree, paths, pieces, reported, spectral
from .ranking import RankedRow, Ranking, ranked
from .row import REPORTED, Engine, Measure, Outcome
from .sample import USUAL_SIZE, Sample

if TYPE_CHECKING:
    import networkx

    from collegium.graph.network import Network

__all__ = [
    "MEASURES",
    "Measure",
    "RankedRow",
    "Ranking",
    "Sample",
    "check_around",
    "measure",
    "measure_named",
    "sample_of",
]

_FAMILIES: Final = (
    degree,
    paths,
    spectral,
    cohesion,
    brokerage,
    pieces,
    bibliometric,
    cited,
    reported,
)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {row.name: row for family in _FAMILIES for row in family.ROWS}
)

_OTHER_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "coreness": "core_number",
        "kcore": "core_number",
        "harmoniccloseness": "harmonic",
        "hindex": "h_index",
        "averageneighbourdegree": "neighbour_degree",
        "averageneighbordegree": "neighbour_degree",
        "neighbordegree": "neighbour_degree",
        "hubs": "hits",
        "authorities": "hits",
        "articulationpoints": "articulation",
        "cutvertices": "articulation",
        "kcomponent": "k_edge_component",
        "localclustering": "clustering",
        "clusteringcoefficient": "clustering",
        "weighteddegree": "strength",
    }
)


def measure_named(text: str) -> Measure:
    """Return the measure of a name or title, whatever its case, spaces and hyphens. Raises: UnknownName.

    Example:
        >>> [measure_named(text).name for text in ("PageRank", "core number", "effective-size")]
        ['pagerank', 'core_number', 'effective_size']
    """
    wanted = _letters(text)
    for row in MEASURES.values():
        if wanted in (_letters(row.name), _letters(row.title), _letters(row.name + " centrality")):
            return row
    if wanted in _OTHER_NAMES:
        return MEASURES[_OTHER_NAMES[wanted]]
    raise UnknownName("measure", str(text), MEASURES)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, str(text).casefold()))


def measure(
    graph: Network | networkx.Graph,
    name: str,
    *,
    weight: str | None = None,
    engine: str | None = None,
    sample: Sample | None = None,
    around: Sequence[str] = (),
    mirror: Mirror | None = None,
) -> Ranking:
    """Return the nodes of a projection ranked by a measure, with what the numbers were made of.

    Args:
        graph: from `compact` or `project`; any undirected networkx graph without loops works.
        name: of a measure, as `measure_named` takes it.
        weight: "none" ignores the weights of links; another of `WEIGHTS` takes them, and must be what the
            network carries (`facts["weight"]`). None: "none", or what the network carries for a measure
            whose `default_weight` is "full". A measure that knows no weights ignores it; `facts` say which
            was used.
        engine: one of the measure's engines; None takes the first.
        sample: start from so many nodes only, drawn by a seed; None for all, but above `most_nodes` for the usual
            500. `facts` say `exact`, `sample`, `seed` and `error`.
        around: IRIs of nodes to which the walker of PageRank jumps back, each as often; none: anywhere.
        mirror: of the same store version; needed for reported measures only, which rank the authors among
            the nodes of whom a source reports the figure.

    Raises: UnknownName (measure, weight, engine), ParameterError (a weight the network does not carry, a
    graph that is directed or has loops, a reported measure without mirror, a sample of more nodes than there are
    or of a measure that takes none, or `around` what is no node, or for another measure), MeasureError (no
    convergence, a network of more than `most_nodes` for a measure that takes no sample, or one without the papers of
    authors for a measure `of_papers`).
    Cost: see `Measure.cost`.

    Example:
        >>> import networkx
        >>> [(row.rank, row.iri, row.value) for row in measure(networkx.path_graph("abc"), "degree")]
        [(1, 'b', 2), (2, 'a', 1), (2, 'c', 1)]
    """
    import numpy as np

    from collegium.graph.network import Network, network_of

    row = measure_named(name)
    if sample is not None and row.basis == REPORTED:
        sample_of(row, 0, sample)
    net = graph if isinstance(graph, Network) else network_of(graph)
    if row.basis == REPORTED:
        check_around(row, around)
        return _reported(net, row, mirror)
    used = _weight_used(net, row, weight)
    engine, run = _engine(net, row, engine, sample)
    sizes = None if used == "none" else {"strength": net.weights, "distance": net.distances}[row.weight]
    outcome = run(net, sizes) if not around else _around(net, row, engine, around)(net, sizes)
    if np.isinf(outcome.values).any():
        raise MeasureError(row.name, "a value is not a finite number; weights lie too far apart")
    return Ranking(ranked(net.nodes, outcome.values), _facts(net, row, used, engine, outcome, around))


def _around(net: Network, row: Measure, engine: str, around: Sequence[str]) -> Engine:
    """The engine with chosen nodes in the middle."""
    import numpy as np

    check_around(row, around)
    starts = np.zeros(len(net))
    for iri in around:
        number = net.nodes.number_of(iri)
        if number is None:
            raise ParameterError("around", iri, "nodes of this network")
        starts[number] = 1
    return partial(row.around[engine], starts=starts / starts.sum())


def check_around(row: Measure, around: Sequence[str]) -> None:
    """Return when a measure knows chosen nodes, or there are none. Raises: ParameterError."""
    if around and not row.around:
        able = ", ".join(name for name, other in MEASURES.items() if other.around)
        raise ParameterError("around", around[0], f"{able} as the measure, not {row.name}")


def sample_of(row: Measure, nodes: int, sample: Sample | None) -> Sample | None:
    """Return the sample that a measure takes on a network: the one that is asked for, else the usual above
    `most_nodes`.

    Raises:
        ParameterError: the measure takes none; there are fewer nodes.
        MeasureError: there are more than `most_nodes`, and it takes none.
    """
    if sample is not None:
        if row.sampled is None:
            able = ", ".join(name for name, other in MEASURES.items() if other.sampled)
            raise ParameterError(
                "sample", sample.size, f"a measure that can be sampled ({able}), not {row.name}"
            )
        if sample.size > nodes:
            raise ParameterError("sample", sample.size, f"at most the {nodes:,} nodes of this network")
        return sample
    if row.most_nodes is None or nodes <= row.most_nodes:
        return None
    if row.sampled is None:
        found = f"found a network of {nodes:,} nodes, expected at most {row.most_nodes:,}"
        raise MeasureError(
            row.name, f"{found}; filter by years, category or min_weight, or take degree or pagerank"
        )
    return Sample(min(USUAL_SIZE, nodes))


def _engine(net: Network, row: Measure, engine: str | None, sample: Sample | None) -> tuple[str, Engine]:
    if engine is not None and engine not in row.engines:
        raise UnknownName("engine", engine, row.engines)
    drawn = sample_of(row, len(net), sample)
    if drawn is None or row.sampled is None:
        engine = next(iter(row.engines)) if engine is None else engine
        return engine, row.engines[engine]
    if engine not in (None, "igraph"):
        raise ParameterError("engine", engine, "igraph, which alone takes samples")
    return "igraph", partial(row.sampled, sample=drawn)


def _weight_used(net: Network, row: Measure, weight: str | None) -> str:
    carried = str(net.facts.get("weight", "full"))
    if weight is not None and weight not in WEIGHTS:
        raise UnknownName("weight", str(weight), WEIGHTS)
    if row.weight == "none" or weight == "none":
        return "none"
    if weight is None:
        return "none" if row.default_weight == "none" else carried
    if weight != carried:
        raise ParameterError("weight", weight, f"{carried!r}, which this network was drawn with, or 'none'")
    return weight


def _facts(
    net: Network, row: Measure, used: str, engine: str, outcome: Outcome, around: Sequence[str]
) -> dict[str, object]:
    known = net.facts
    at_least = bool(known.get("at_least", False))
    return {
        **_measure_facts(net, row),
        "parameters": {
            "projection": known.get("projection"),
            "weight": used,
            "where": known.get("where", {}),
            **({"around": list(around)} if around else {}),
            **row.settings,
        },
        "engine": engine,
        "exact": True,
        "nodes": len(net),
        "edges": net.size,
        "at_least": at_least,
        "lower_bound": at_least and row.grows,
        **{name: known[name] for name in ANSWER_FACTS if name in known},
        **outcome.facts,
    }


def _measure_facts(net: Network, row: Measure) -> dict[str, object]:
    return {
        "measure": row.name,
        "title": row.title,
        "definition": row.definition,
        "unit": row.unit,
        "basis": row.basis,
        "version": net.facts.get("version"),
    }


def _reported(net: Network, row: Measure, mirror: Mirror | None) -> Ranking:
    if mirror is None:
        raise ParameterError("mirror", None, f"the mirror of the store, which holds the reported {row.name}")
    authors = sum(len(group.ids) for group in net.nodes.groups if group.kind == "author")
    rows, figures = reported.reported_rows(mirror, row, net.nodes)
    facts = {
        **_measure_facts(net, row),
        "parameters": {
            "projection": net.facts.get("projection"),
            "weight": "none",
            "where": net.facts.get("where", {}),
        },
        "engine": "reported",
        "exact": True,
        "at_least": False,
        **reported.facts(authors, len(rows), figures),
    }
    return Ranking(rows, facts)
