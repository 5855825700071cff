"""The answer to a query as a network: the statements of a graph, or the rows of a table with two columns of IRIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from collegium.graph import vocabulary as v
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.items import Thing, index_of
from collegium.queries.binding import Term

from .drawings import Drawing, draw_network
from .results import ACCEPTED, Results, Row, results_of

if TYPE_CHECKING:
    import networkx

    from .editions import Edition
    from .engine_room import EngineRoom

MOST_LINKS: Final = 2_000  # rows or statements read
_MOST_BYTES: Final = 8 << 20  # of an answer that is drawn
_TITLE: Final = "The answer as a network"
_LONGEST_TITLE: Final = 120
_KINDS_SAID: Final = 3  # properties named on one link
# What a thing is called, in a graph that says it.
_NAMES: Final = (v.FOAF_NAME, v.DCTERMS_TITLE, v.SKOS_PREF_LABEL, v.term("rdfs:label"), v.term("schema:name"))
# How a table names the things of its column ?one, in columns beside it.
_NAME_ENDINGS: Final = ("_name", "Name", "_label", "Label", "_title", "Title")
_WHOLE_NUMBERS: Final = frozenset({v.XSD_INTEGER, v.term("xsd:int"), v.term("xsd:long")})

Node = ox.NamedNode | ox.BlankNode


@dataclass(slots=True)
class _Links:
    """What an answer links, filled in its order: pair -> strength and what links it; names that the answer gives."""

    tie: tuple[str, str]
    strength: dict[tuple[str, str], int] = field(default_factory=dict)
    what: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, one: Node, other: Node, strength: int = 1, what: str = "") -> None:
        """Add to the link between two things; a thing has no link with itself."""
        a, b = sorted((_iri(one), _iri(other)))
        if a != b:
            self.strength[a, b] = self.strength.get((a, b), 0) + strength
            said = self.what.setdefault((a, b), [])
            if what and what not in said:
                said.append(what)


def query_view(edition: Edition, query: str, room: EngineRoom, asker: str = "") -> Drawing:
    """Return the drawing of the answer to a stranger's query.

    A graph links the subject and the object of each statement, `rdf:type` left out unless there is nothing else. A
    table links the things of its first two columns of IRIs; its first column of whole numbers is their strength.

    Raises:
        ParameterError: the answer links nothing.
        CollegiumError: as `EngineRoom.answer`.
    """
    limits = {"at_most": MOST_LINKS + 1, "answer_bytes": _MOST_BYTES}
    found = results_of(*room.answer(edition, query, asker, accept=ACCEPTED, **limits))
    rows = found.rows[: MOST_LINKS + 1]
    links = _of_graph(rows[:MOST_LINKS]) if found.is_graph else _of_table(found, rows[:MOST_LINKS])
    if not links.strength:
        raise ParameterError(
            "query",
            "an answer that links nothing",
            "a graph whose statements link things, or a table with two columns of IRIs",
        )
    if len(rows) > MOST_LINKS:
        read = "statements" if found.is_graph else "rows"
        links.remarks.insert(0, f"Only the first {MOST_LINKS:,} {read} were read.")
    return draw_network(_network(edition, links), title=_title(query), size_by="links", remarks=links.remarks)


def _of_graph(rows: Sequence[Row]) -> _Links:
    links = _Links(("statement", "statements"))
    types: list[tuple[Node, Node]] = []
    for subject, predicate, value in rows:
        if not isinstance(subject, Node) or not isinstance(predicate, ox.NamedNode):
            continue
        if isinstance(value, ox.Literal):
            if predicate in _NAMES:
                links.names.setdefault(_iri(subject), value.value)
        elif isinstance(value, Node):
            if predicate == v.RDF_TYPE:
                types.append((subject, value))
            else:
                links.add(subject, value, what=v.shortened(predicate.value))
    if types and links.strength:
        links.remarks.append("Types (rdf:type) are left out.")
    elif types:
        for subject, kind in types:
            links.add(subject, kind, what="rdf:type")
    return links


def _of_table(found: Results, rows: Sequence[Row]) -> _Links:
    columns: list[list[Term | None]] = [list(column) for column in zip(*rows, strict=True)]
    ends = [at for at, column in enumerate(columns) if _holds(column, Node)][:2]
    if found.form != "SELECT" or len(ends) < 2:
        return _Links(("row", "rows"))
    weight = next((at for at, column in enumerate(columns) if all(map(_is_count, column))), None)
    name = None if weight is None else found.variables[weight].replace("_", " ")
    links = _Links(("row", "rows") if name is None else (_one_of(name), name))
    names = {at: _names_beside(found.variables, at) for at in ends}
    for row in rows:
        one, other = (row[at] for at in ends)
        if isinstance(one, Node) and isinstance(other, Node):
            number = None if weight is None else row[weight]
            links.add(one, other, int(number.value) if isinstance(number, ox.Literal) else 1)
        for at, beside in names.items():
            end, label = row[at], None if beside is None else row[beside]
            if isinstance(end, Node) and isinstance(label, ox.Literal):
                links.names.setdefault(_iri(end), label.value)
    return links


def _holds(column: Sequence[Term | None], kind: Any) -> bool:
    """Return whether a column has values, and all of them are of a kind."""
    values = [value for value in column if value is not None]
    return bool(values) and all(isinstance(value, kind) for value in values)


def _is_count(value: Term | None) -> bool:
    return (
        isinstance(value, ox.Literal)
        and value.datatype in _WHOLE_NUMBERS
        and value.value.isascii()
        and value.value.isdigit()
        and 0 < len(value.value.lstrip("0")) < 10  # what is stored need not be a number that can be drawn
    )


def _one_of(name: str) -> str:
    """Return what one of a column's things is called, by its name: "papers" holds a paper."""
    return name[:-1] if name.endswith("s") and not name.endswith("ss") and len(name) > 1 else name


def _names_beside(variables: Sequence[str], at: int) -> int | None:
    """Return the column that names the things of another, by what it is called."""
    wanted = [variables[at] + ending for ending in _NAME_ENDINGS]
    return next((variables.index(name) for name in wanted if name in variables), None)


def _network(edition: Edition, links: _Links) -> networkx.Graph:
    import networkx

    graph = networkx.Graph(tie=links.tie)
    for iri in sorted({end for pair in links.strength for end in pair}):
        graph.add_node(iri, **_about(edition, iri, links.names))
    for (a, b), strength in links.strength.items():
        said = links.what[a, b]
        more = ["…"] if len(said) > _KINDS_SAID else []
        graph.add_edge(a, b, weight=strength, what=", ".join([*said[:_KINDS_SAID], *more]))
    return graph


def _about(edition: Edition, iri: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return kind, id and name of a thing: of ours as the store has them, of others as the answer says."""
    local = iri.removeprefix(edition.base) if iri.startswith(edition.base) else ""
    kind, _, identifier = local.partition("/")
    if kind not in v.KINDS or not identifier or "/" in identifier:
        return {"kind": "thing", "id": iri, "name": names.get(iri) or local or v.shortened(iri)}
    name = _stored_name(edition, kind, iri) or names.get(iri) or identifier
    return {"kind": kind, "id": identifier, "name": name}


def _stored_name(edition: Edition, kind: str, iri: str) -> str | None:
    mirror = edition.mirror
    things: Mapping[str, Sequence[Thing]] = {
        "author": mirror.authors,
        "paper": mirror.papers,
        "institution": mirror.institutions,
        "category": mirror.categories,
    }
    known = things.get(kind, ())
    try:
        return known[index_of(kind, known, iri)].name
    except NotFound:
        return None


def _iri(node: Node) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _title(query: str) -> str:
    """Return what the query says of itself in a comment at its beginning, or what the picture is."""
    first = next(iter(query.strip().splitlines()), "")
    said = first.lstrip("#").strip() if first.startswith("#") else ""
    return said[:_LONGEST_TITLE] or _TITLE
