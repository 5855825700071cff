"""Write the W3C's cases for SPARQL queries and updates as one file: `python tools/w3c_cases.py SUITES OUTPUT`.

SUITES is the folder `test/data/suites/w3c` of rdflib's source distribution: `dawg-data-r2` (SPARQL 1.0) and `sparql11`.
Left out are entailment, which we do not have, and protocol and service description, which are in
`protocol_tests.json`. Data and expected answers are written as N-Triples and terms, queries and updates as they are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
# Folder → what its documents' addresses begin with: expected answers hold these.
SUITES: Final = {
    "dawg-data-r2": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
}
LEFT_OUT: Final = {"entailment", "protocol", "service-description", "http-rdf-update"}
KINDS: Final = {
    "QueryEvaluationTest": "query",
    "CSVResultFormatTest": "query",
    "UpdateEvaluationTest": "update",
    "PositiveSyntaxTest": "query syntax",
    "PositiveSyntaxTest11": "query syntax",
    "NegativeSyntaxTest": "no query syntax",
    "NegativeSyntaxTest11": "no query syntax",
    "PositiveUpdateSyntaxTest11": "update syntax",
    "NegativeUpdateSyntaxTest11": "no update syntax",
}


class Suite:
    """One suite on disk, and the documents that its cases name."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder, self._base = folder, base
        self.documents: dict[str, list[str]] = {}

    def cases(self) -> Iterator[dict[str, Any]]:
        """Yield the cases of all folders, in the order of the manifests."""
        for path in sorted(self._folder.glob("*/manifest.ttl")):
            folder = path.parent.name
            if folder in LEFT_OUT:
                continue
            manifest = Graph().parse(path, format="turtle", publicID=f"{self._base}{folder}/manifest.ttl")
            for entries in manifest.objects(None, MF.entries):
                for test in Collection(manifest, entries):
                    yield self._case(manifest, test, folder)

    def _case(self, manifest: Graph, test: Node, folder: str) -> dict[str, Any]:
        kind = KINDS[str(manifest.value(test, RDF.type)).rpartition("#")[2]]
        action = manifest.value(test, MF.action)
        text = manifest.value(action, QT.query) or manifest.value(action, UT.request) or action
        if str(text).endswith(".ru"):  # the manifests have one class for both
            kind = kind.replace("query", "update")
        case: dict[str, Any] = {
            "id": f"{folder}#{str(test).rpartition('#')[2]}",
            "suite": "1.0" if "data-r2" in self._base else "1.1",
            "kind": kind,
            "base": str(text),
            "text": self._path(text).read_text("utf-8"),
        }
        if "syntax" not in kind:
            case["data"] = dict(self._data(manifest, action)) | dict(self._named(case["text"], str(text)))
            result = manifest.value(test, MF.result)
            case["expected"] = (
                dict(self._data(manifest, result)) if kind == "update" else self._answer(result)
            )
            case["is_lax"] = (test, MF.resultCardinality, MF.LaxCardinality) in manifest
        return case

    def _path(self, iri: Node | None) -> Path:
        return self._folder / str(iri).removeprefix(self._base)

    def _data(self, manifest: Graph, node: Node | None) -> Iterator[tuple[str, str]]:
        """Yield (graph, document) of what an action or result names; "" is the default graph."""
        for document in (*manifest.objects(node, QT.data), *manifest.objects(node, UT.data)):
            yield "", self._document(document)
        for graph in (*manifest.objects(node, QT.graphData), *manifest.objects(node, UT.graphData)):
            if isinstance(graph, URIRef):
                yield str(graph), self._document(graph)
            else:
                document = manifest.value(graph, UT.graph) or manifest.value(graph, QT.graph)
                yield str(manifest.value(graph, RDFS.label) or document), self._document(document)

    def _named(self, text: str, base: str) -> Iterator[tuple[str, str]]:
        """Yield (graph, document) of each document that a query names as its dataset."""
        for name in re.findall(r"\bFROM\s+(?:NAMED\s+)?<([^>]+)>", text):
            iri = URIRef(urljoin(base, name))
            if self._path(iri).is_file():
                yield str(iri), self._document(iri)

    def _document(self, iri: Node | None) -> str:
        name = f"{self._folder.name}/{str(iri).removeprefix(self._base)}"
        if name not in self.documents:
            self.documents[name] = self._statements(iri)
        return name

    def _statements(self, iri: Node | None) -> list[str]:
        path = self._path(iri)
        form = ox.RdfFormat.from_extension(path.suffix[1:])
        return sorted(f"{quad.triple} ." for quad in ox.parse(path.read_bytes(), form, base_iri=str(iri)))

    def _answer(self, iri: Node | None) -> dict[str, Any]:
        """Return what a query should give: a boolean, rows of terms, the statements of a graph, or lines of CSV."""
        path = self._path(iri)
        if path.suffix == ".csv":
            return {"csv": path.read_text("utf-8")}
        if path.suffix in (".srx", ".srj", ".tsv"):
            form = ox.QueryResultsFormat.from_extension(path.suffix[1:])
            found: Any = ox.parse_query_results(path.read_bytes(), form)
            if isinstance(found, ox.QueryBoolean):
                return {"boolean": bool(found)}
            names = [variable.value for variable in found.variables]
            rows = [{n: str(row[n]) for n in names if row[n] is not None} for row in found]
            return {"variables": names, "rows": rows, "is_ordered": False}
        graph = Graph().parse(path, publicID=str(iri))
        results = graph.value(None, RDF.type, RS.ResultSet)
        return _table(graph, results) if results is not None else {"graph": self._statements(iri)}


def _table(graph: Graph, results: Node) -> dict[str, Any]:
    """Return a table that is written as statements."""
    answer = graph.value(results, RS.boolean)
    if isinstance(answer, Literal):
        return {"boolean": bool(answer.value)}
    solutions = list(graph.objects(results, RS.solution))
    places = {solution: graph.value(solution, RS["index"]) for solution in solutions}
    is_ordered = all(isinstance(place, Literal) for place in places.values()) and bool(solutions)
    if is_ordered:
        solutions.sort(key=lambda solution: int(str(places[solution])))
    rows = []
    for solution in solutions:
        bindings = list(graph.objects(solution, RS.binding))
        rows.append({str(graph.value(b, RS.variable)): _term(graph.value(b, RS.value)) for b in bindings})
    names = sorted(map(str, graph.objects(results, RS.resultVariable)))
    return {"variables": names, "rows": rows, "is_ordered": is_ordered}


def _term(term: Node | None) -> str:
    """Return a term as N-Triples has it."""
    if isinstance(term, BNode):
        return str(ox.BlankNode(str(term)))
    if not isinstance(term, Literal):
        return str(ox.NamedNode(str(term)))
    if term.language:
        return str(ox.Literal(str(term), language=term.language))
    datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
    return str(ox.Literal(str(term), datatype=datatype))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", type=Path)
    parser.add_argument("output", type=Path)
    asked = parser.parse_args()
    rdflib.NORMALIZE_LITERALS = False  # else an expected "01" is read as "1"
    suites = [Suite(asked.suites / name, base) for name, base in SUITES.items()]
    tests = [case for suite in suites for case in suite.cases()]
    documents = {name: lines for suite in suites for name, lines in sorted(suite.documents.items())}
    content = {"documents": documents, "tests": tests}
    asked.output.write_bytes(gzip.compress(json.dumps(content, ensure_ascii=False).encode(), mtime=0))


if __name__ == "__main__":
    main()
