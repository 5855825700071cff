"""The W3C's cases for SPARQL 1.0 and 1.1 queries and updates, over HTTP.

Every case of `tests/data/w3c/sparql_tests.json.gz` as it stands there, against a served store; only BASE is written in
front, since over HTTP a text has no address of its own. Terms are compared as the engine keeps them: equal as values.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from served import TOKEN, Answer, Served, served
from w3c_known import KNOWN

pytestmark = pytest.mark.slow

FILE: Final = Path(__file__).parents[1] / "data" / "w3c" / "sparql_tests.json.gz"
CONTENT: Final[dict[str, Any]] = json.loads(gzip.decompress(FILE.read_bytes()))
DOCUMENTS: Final[dict[str, list[str]]] = CONTENT["documents"]
# Those with the same data one after the other: each set is written once.
CASES: Final[list[dict[str, Any]]] = sorted(
    CONTENT["tests"], key=lambda case: sorted(case.get("data", {}).items())
)
RESULTS: Final = "application/sparql-results+json"
X: Final = "http://example.org/"


class Endpoint:
    """A service, and which documents it holds: graph → document."""

    def __init__(self, service: Served) -> None:
        self.service = service
        self._held: Mapping[str, str] | None = None

    def hold(self, data: Mapping[str, str], *, is_changed: bool) -> None:
        """Have exactly these documents in the store; they are written anew when the last case changed them."""
        if self._held != data:
            graphs = [f"CREATE SILENT GRAPH <{graph}>" for graph in data if graph]
            told = [f"INSERT DATA {{ {in_graph(graph, DOCUMENTS[name])} }}" for graph, name in data.items()]
            answer = self.service.update(" ;\n".join(["DROP ALL", *graphs, *told]))
            assert answer.status == 204, answer
        self._held = None if is_changed else data


def in_graph(graph: str, lines: list[str]) -> str:
    """Return statements as INSERT DATA takes them. Blank nodes of two documents are two, whatever they are called."""
    found = ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True)
    body = "\n".join(f"{quad.triple} ." for quad in found)
    return f"GRAPH <{graph}> {{ {body} }}" if graph else body


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Return a service that takes updates. Prevents: a case passes by a shortcut that HTTP does not have."""
    with served(tmp_path_factory.mktemp("w3c") / "store", token=TOKEN) as found:
        yield Endpoint(found)


def test_no_case_is_missing() -> None:
    """If it failed: the cases that fail could have been left out."""
    assert Counter(case["suite"] for case in CASES) == {"1.0": 448, "1.1": 444}
    assert {case["id"] for case in CASES} >= set(KNOWN)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['suite']}-{case['id']}" for case in CASES])
def test_the_case_passes_or_is_known(case: dict[str, Any], endpoint: Endpoint) -> None:
    """If it failed: we would differ from the standard, and docs/reference/sparql-conformance.md not say so."""
    endpoint.hold(case.get("data", {}), is_changed="update" in case["kind"])
    told = CHECKS[case["kind"]](case, endpoint.service)
    known = KNOWN.get(case["id"])
    assert (told is None) == (known is None), (known, told)


def check_query(case: dict[str, Any], service: Served) -> str | None:
    """Return what differs between the answer to a query and the expected one."""
    expected = case["expected"]
    form = "application/n-triples" if "graph" in expected else "text/csv" if "csv" in expected else RESULTS
    answer = service.post(based(case), Accept=form)
    if answer.status != 200:
        return str(answer)
    if "graph" in expected:
        return differing(triples_of(expected["graph"]), triples_of(answer.body.decode().splitlines()))
    if "csv" in expected:
        is_same = sorted(expected["csv"].split()) == sorted(answer.body.decode().split())
        return None if is_same else str(answer.body)
    if "boolean" in expected:
        return None if answer.json["boolean"] is expected["boolean"] else str(answer.json)
    found: Any = ox.parse_query_results(answer.body, ox.QueryResultsFormat.JSON)
    names = [variable.value for variable in found.variables]
    rows = [{name: str(row[name]) for name in names if row[name] is not None} for row in found]
    if expected["variables"] and set(names) != set(expected["variables"]):
        return f"variables {names}, expected {expected['variables']}"
    wanted, is_ordered = expected["rows"], expected["is_ordered"]
    if case["is_lax"]:  # REDUCED: a row may come as often as it likes
        wanted, rows, is_ordered = distinct(wanted), distinct(rows), False
    return differing(table(wanted, is_ordered), table(rows, is_ordered))


def distinct(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [dict(row) for row in {tuple(sorted(row.items())) for row in rows}]


def check_update(case: dict[str, Any], service: Served) -> str | None:
    """Return what differs between the store after an update and the expected one."""
    answer = service.update(based(case))
    if answer.status != 204:
        return str(answer)
    dump = gzip.decompress(service.ask("GET", "/dump.nq.gz").body)
    expected = [
        f"{line.removesuffix('.')} {f'<{graph}> ' if graph else ''}."
        for graph, name in case["expected"].items()
        for line in DOCUMENTS[name]
    ]
    form = ox.RdfFormat.N_QUADS
    return differing(list(ox.parse("\n".join(expected), form)), list(ox.parse(dump, form)))


def check_syntax(case: dict[str, Any], service: Served) -> str | None:
    """Return what is said of a text that is right; that a graph is missing is no fault of the text."""
    answer = sent(case, service)
    has_run = answer.status in (200, 204) or "failed while it ran" in answer.json["detail"]
    return None if has_run else str(answer)


def check_no_syntax(case: dict[str, Any], service: Served) -> str | None:
    """Return what is said of a text that is wrong, where it is not refused for that."""
    answer = sent(case, service)
    is_refused = answer.problem == "query-syntax" and "failed while it ran" not in answer.json["detail"]
    return None if is_refused else str(answer)


CHECKS: Final = {
    "query": check_query,
    "update": check_update,
    "query syntax": check_syntax,
    "update syntax": check_syntax,
    "no query syntax": check_no_syntax,
    "no update syntax": check_no_syntax,
}


def sent(case: dict[str, Any], service: Served) -> Answer:
    return service.update(based(case)) if "update" in case["kind"] else service.post(based(case))


def based(case: dict[str, Any]) -> str:
    return f"BASE <{case['base']}>\n{case['text']}"


def triples_of(lines: list[str]) -> list[ox.Quad]:
    return list(ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES))


def table(rows: list[dict[str, str]], is_ordered: bool) -> list[ox.Quad]:
    """Return rows as statements, so that blank nodes are compared by what is said of them."""
    lines = []
    for number, row in enumerate(rows):
        lines.append(f'_:row{number} <{X}place> "{number if is_ordered else ""}" .')
        lines += [f"_:row{number} <{X}value-{name}> {term} ." for name, term in row.items()]
    return triples_of(lines)


def differing(expected: list[ox.Quad], found: list[ox.Quad]) -> str | None:
    """Return what two sets of statements differ in, but for the names of blank nodes and how values are written."""
    one, other = canonical(expected), canonical(found)
    return None if one == other else f"missing {one - other}, too much {other - one}"


def canonical(quads: list[ox.Quad]) -> set[ox.Quad]:
    engine = ox.Store()
    engine.extend(quads)
    dataset = ox.Dataset(engine)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)
