"""XML of a real service over texts that XML cannot hold: a parser reads each, small, streamed, and as a graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from commands import on
from served import TOKEN, WRITING, Served, served
from writers import X, filled

ODD = "a\x01b\x0b\x1f\uffff\r\ttail"
FIT = "a\ufffdb\ufffd\ufffd\ufffd\r\ttail"
RESULTS, GRAPH = "application/sparql-results+xml", "application/rdf+xml"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service with an odd text. Prevents: XML is well-formed only where no worker sends it in pieces."""
    store = tmp_path_factory.mktemp("odd") / "store"
    filled(store)
    with served(store, token=TOKEN) as found:
        text = json.dumps(ODD).strip('"')
        assert found.update(
            f'INSERT DATA {{ <{X}a> <{X}odd> "{text}" GRAPH <{X}g> {{ <{X}a> <{X}odd> "{text}" }} }}'
        )
        yield found


def texts(document: bytes) -> set[str]:
    return {e.text or "" for e in ElementTree.fromstring(document).iter() if not len(e)} - {""}


def test_a_small_table(service: Served) -> None:
    """If it failed: one odd character in a title would keep a client from the whole answer."""
    asked = f"SELECT ?o {{ ?s <{X}odd> ?o }}"
    assert texts(service.query(asked, Accept=RESULTS).body) == {FIT}
    answer = service.query(asked, Accept="application/sparql-results+json")
    assert answer.json["results"]["bindings"][0]["o"]["value"] == ODD, "other forms keep it"


def test_a_large_table_that_is_sent_as_it_is_made(service: Served) -> None:
    """If it failed: an odd character on the edge of two pieces would get through."""
    digits = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcd")
    answer = service.post(f"SELECT ?o {{ {digits} ?s <{X}odd> ?o }}", Accept=RESULTS)
    assert len(answer.body) > 512 << 10
    assert FIT in texts(answer.body) and b"\xef\xbf\xbf" not in answer.body


@pytest.mark.parametrize(
    "target",
    ["/sparql?query=" + quote(f"CONSTRUCT WHERE {{ ?s <{X}odd> ?o }}"), "/graphs?graph=" + quote(X + "g")],
)
def test_a_graph(target: str, service: Served) -> None:
    """If it failed: RDF/XML of the same text would still be refused by every parser."""
    assert texts(service.ask("GET", target, {"Accept": GRAPH} | WRITING).body) == {FIT}


def test_the_command_line(service: Served, tmp_path: Path) -> None:
    """If it failed: a file written from the command line could not be read."""
    arguments = service.process.args
    assert isinstance(arguments, list)
    store = Path(arguments[arguments.index("--store") + 1])
    done = on(store)("query", "-e", f"SELECT ?o {{ ?s <{X}odd> ?o }}", "--format", "xml")
    assert texts(done.stdout_bytes) == {FIT}
