"""The endpoint that gives a network as a file of another program: the same bytes as `collegium export`."""

from __future__ import annotations

import io
from typing import Final

from flask import Response

from collegium.graph.errors import ParameterError

from .endpoints import Call, Endpoint
from .exports import EXPORTS
from .files import Output
from .negotiation import Form
from .wanted import FILTERS, LINK_WEIGHT, PROJECTION, WAIT, wanted_by

# name of the format -> media type and ending of its file; `csv` is the links, as for the command.
_TYPES: Final = {
    "gexf": ("application/gexf+xml", "gexf"),
    "graphml": ("application/graphml+xml", "graphml"),
    "pajek": ("application/x-pajek", "net"),
    "vosviewer": ("application/json", "json"),
    "csv": ("text/csv", "csv"),
    "nodes.csv": ("text/csv", "nodes.csv"),
    "edges.csv": ("text/csv", "edges.csv"),
    "csv.zip": ("application/zip", "csv.zip"),
}
FORMS: Final = tuple(Form(name, media_type) for name, (media_type, _) in _TYPES.items())
_MOST_NODES: Final = 100_000


def _export(call: Call) -> Response:
    wanted, name = wanted_by(call.values), call.choice.form.name
    count = len(call.edition.compact(wanted))
    if count > _MOST_NODES:
        fewer = f"at most {_MOST_NODES:,} nodes: filters that leave fewer, or `collegium export`"
        raise ParameterError("projection", f"{wanted.projection} of {count:,} nodes", fewer)
    file = io.BytesIO()
    EXPORTS[name].put(call.edition.network(wanted), Output(file))
    answer = Response(file.getvalue(), content_type=call.choice.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{wanted.projection}.{_TYPES[name][1]}"'
    return answer


ENDPOINTS: Final = (
    Endpoint(
        path="/api/network/export",
        name="api_network_export",
        tag="Collaboration",
        summary="The network as a file of another program",
        description=(
            f"The whole network that passes the filters, at most {_MOST_NODES:,} nodes; equal to what "
            "`collegium export` writes. `csv` and `edges.csv` are the links."
        ),
        parameters=(PROJECTION, LINK_WEIGHT, WAIT, *FILTERS),
        forms=FORMS,
        answer=_export,
        schema="NetworkFile",
    ),
)
