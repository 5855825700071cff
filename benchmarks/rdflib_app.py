"""rdflib's own engine behind the smallest Flask application: a graph in memory, one route.

The environment names the file: RDFLIB_TRIPLES.
"""

from __future__ import annotations

import os

from flask import Flask, Response, request
from rdflib import Graph

app = Flask(__name__)
graph = Graph()
graph.parse(os.environ["RDFLIB_TRIPLES"], format="nt")


@app.get("/sparql")
def sparql() -> Response:
    """Return the answer as SPARQL results in JSON."""
    found = graph.query(request.args["query"]).serialize(format="json")
    return Response(found, content_type="application/sparql-results+json")
