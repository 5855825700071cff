"""What our functions cost the queries that do not call them: nothing."""

from __future__ import annotations

import subprocess
import sys

from collegium.graph.vocabulary import PREFIXES
from collegium.queries.functions import FUNCTIONS, may_call

LAZY = """
import sys
import pyoxigraph as ox
from collegium.graph.store import Store
from collegium.queries.strangers import admit
from collegium.server.editions import Edition
from collegium.server.network_facts import EditionFacts
store = Store.memory()
network = EditionFacts(Edition(store))
for text in sys.argv[1:]:
    admit(text).answer(store.engine, network=network).serialize()
heavy = {"networkx", "igraph", "numpy", "scipy", "flask"} & set(sys.modules)
print(sorted(heavy), store is network.edition.store, sorted(map(str, network.edition.memory._places)))
"""


def test_nothing_of_the_network_is_made_before_it_is_asked_for() -> None:
    """Fails when each light query pays for networkx and a mirror, or a worker loads the web."""
    texts = [
        "SELECT * { ?s ?p ?o }",
        "SELECT (ck:community(?s) AS ?c) { ?s ?p ?o }",
        "SELECT ('rank' AS ?c) {}",
    ]
    done = subprocess.run([sys.executable, "-c", LAZY, *texts], check=True, capture_output=True, text=True)
    assert done.stdout == "[] True []\n"


def test_only_queries_that_may_call_pay_for_the_functions() -> None:
    """Fails when every light query costs 11 µs more, or one that calls a function does not know it."""
    assert not may_call("SELECT ?name { ?a foaf:name ?name }")
    for name in FUNCTIONS:
        assert may_call(f"SELECT (<{PREFIXES['ck']}{name}> #\n (?a) AS ?x) {{}}")
    assert may_call("\\u0072ank")
