"""Queries that ask other machines, and a machine that they could ask."""

from __future__ import annotations

import socket
import threading


class Listener:
    """A server that counts who connects and hangs up."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.connects = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.connects += 1
            caller.close()

    def close(self) -> None:
        self._socket.close()


# Each asks another machine, or would if it were let through; `x:` is a prefix for that machine.
REACHING_OUT = [
    "SELECT * { SERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { service silent <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { SERVICE\n#comment\nx:y { ?a ?b ?c } }",
    "SELECT * { SERVICEx:y{ ?a ?b ?c } }",
    "SELECT * { SeRvIcEsIlEnTx:y{ ?a ?b ?c } }",
    "SELECT * { VALUES ?y { 1 true }SERVICEx:y{ ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICEx:y{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICEx:y{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 1.e0SERVICEx:y{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 'x'SERVICEx:y{ ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <ADDRESS> { ?a ?b ?c } } }",
    "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <ADDRESS> { ?a ?b ?c } } }",
    "SELECT * { { SELECT * { SERVICE <ADDRESS> { ?a ?b ?c } } } }",
    "SELECT * { ?s ?p ?o #\r SERVICE x:y { ?a ?b ?c } \n}",
    "SELECT * { BIND(x:y AS ?z) ?s ?p ?o FILTER(?s<?o)SERVICE?z#>\n{ ?a ?b ?c } }",
    "SELECT * { BIND(x:y AS ?z) ?s ?p ?o FILTER(?s<<x:a>&&?s<?o)SERVICE?z#>\n{ ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o&&'a'='<')SERVICE<ADDRESS>{ ?a ?b ?c } }",
    'SELECT * { ?s ?p "\\\\" . SERVICE <ADDRESS> { ?a ?b ?c } }',
    "SELECT * { ?s ?p '''a'\\'''' . SERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { ?a ?b ?c SERVICEx:y\u00b7\u203f#>)\n{ ?a ?b ?c } }",
    "SELECT * { ?a ?b ?c SERVICEx:\u02c2\u0300#>)\n{ ?a ?b ?c } }",
    "ASK { SERVICE ?s { ?a ?b ?c } VALUES ?s { <ADDRESS> } }",
    "DESCRIBE ?a { SERVICE <ADDRESS> { ?a ?b ?c } }",
    "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <ADDRESS> { ?a ?b ?c } }",
    r"SELECT * { \u0053ERVICE <ADDRESS> { ?a ?b ?c } }",
    r"SELECT * { SERVIC\U00000045 <ADDRESS> { ?a ?b ?c } }",
]
