"""What is told of an update from its text is all that the update changed, or nothing is told."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.changes import BESIDE_BELIEF, Changes
from collegium.graph.quads import BELIEF
from collegium.queries.effects import effects
from collegium.queries.updates import update

X = "http://example.org/"
P = f"PREFIX x: <{X}> "
DATA = """INSERT DATA {
    x:a x:p 1, 2 . x:b x:q 'b' ; x:p x:a .
    GRAPH x:g { x:a x:p 1 . x:c x:p 2 } GRAPH x:h { x:a x:p 5 }
}"""


def filled() -> ox.Store:
    store = ox.Store()
    update(store, P + DATA)
    return store


def carried(text: str, *, may_ask: bool = True, using: tuple[str, ...] = ()) -> Changes | None:
    """Return what is told of an update of the store above, after it was looked at whether that is all of it."""
    before, after = filled(), filled()
    done = update(after, P + text, base_iri=X, using=using)
    told = effects(done.text, before, base_iri=X, may_ask=may_ask)
    changed = set(before) ^ set(after)
    if told is not None:
        assert {quad for quad in changed if quad.graph_name == BELIEF} <= set(told.statements)
        assert not told.is_whole or changed <= set(told.statements)
    return told


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("INSERT DATA { x:a x:p 1 . x:n x:p 01 }", 2),
        ("INSERT DATA { <n> a x:N GRAPH <m> { <n> a x:N } } ;", 2),
        ("DELETE DATA { x:a x:p 1 , 7 } ; INSERT DATA { x:a x:p 9 } ; DELETE DATA { x:a x:p 9 }", 3),
        (
            "BASE <http://b.example/> PREFIX y: <y#> delete data { x:b x:q 'DELETE }' } ; insert data { y:z y:z <> }",
            2,
        ),
        ("DELETE # DATA\nDATA { x:b x:q 'b' }", 1),
    ],
)
def test_data_is_told_whole(text: str, count: int) -> None:
    """If it failed: an update of one statement would cost a look at everything, or its statement be overlooked."""
    told = carried(text, may_ask=False)
    assert told is not None and told.is_whole and len(told.statements) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("DELETE { ?s x:p ?o } INSERT { ?s x:r ?o } WHERE { ?s x:p ?o FILTER(isNumeric(?o)) }", 4),
        ("DELETE { ?s x:p ?o . } INSERT { ?s x:r 5. } WHERE { ?s x:p ?o }", 5),
        ("INSERT { ?s x:r ?o # }\n } WHERE { GRAPH x:g { ?s x:p ?o } }", 2),
        (
            "DELETE { x:a x:p ?o } USING x:g USING <g> USING NAMED x:h WHERE { ?s x:p ?o MINUS { GRAPH x:g {} } }",
            2,
        ),
        ("DELETE WHERE { ?s x:q ?o }", 1),
        ("DELETE WHERE { x:a ?p ?o } ;", 2),
        ("INSERT { ?s x:r ?o } WHERE { { SELECT ?s (MAX(?n) AS ?o) { ?s x:p ?n } GROUP BY ?s } }", 2),
        ("DELETE { } INSERT { } WHERE { ?s ?p ?o }", 0),
        ("INSERT { 'x' x:p ?o . ?o x:p ?o . ?unbound x:p ?o } WHERE { ?s x:p ?o }", 1),
    ],
)
def test_one_pattern_is_asked_of_the_version_before(text: str, count: int) -> None:
    """If it failed: renaming one author would cost a look at all, or the name be looked for in vain."""
    told = carried(text)
    assert told is not None and told.is_whole and len(set(told.statements)) == count
    assert carried(text, may_ask=False) is None


def test_a_dataset_of_the_request_counts() -> None:
    """If it failed: the pattern would be asked of another graph than it was matched in."""
    told = carried("INSERT { ?s x:r ?o } WHERE { ?s x:p ?o }", using=(f"{X}g",))
    assert told is not None and len(told.statements) == 2
    told = carried("DELETE WHERE { ?s x:p ?o }", using=(f"{X}h",))
    assert told is not None and len(told.statements) == 1


@pytest.mark.parametrize(
    "text", ["INSERT DATA { _:n x:p 1 }", "INSERT { ?s x:r [ x:p [] ] } WHERE { ?s x:q ?o }"]
)
def test_blank_nodes_are_told_but_not_counted(text: str) -> None:
    """If it failed: the number of statements would be wrong by those whose nodes have other names in the store."""
    told = effects(P + text, filled(), base_iri=X, may_ask=True)
    assert told is not None and not told.is_whole and told.statements


@pytest.mark.parametrize(
    "text",
    [
        "WITH x:g DELETE { ?s ?p ?o } INSERT { ?s x:r 1 GRAPH x:h { ?s x:r 2 } } WHERE { ?s ?p ?o }",
        "with x:g delete { ?s ?p ?o } using x:h where { ?s ?p ?o } ; CLEAR SILENT GRAPH x:none",
        "INSERT { GRAPH x:n { ?s ?p ?o } GRAPH ?s { ?s ?p ?o } . } WHERE { ?s ?p ?o FILTER(isIRI(?s)) }",
        "DELETE WHERE { GRAPH ?g { ?s x:p ?o } }",
        "CLEAR NAMED",
        "DROP GRAPH x:g ; CREATE GRAPH x:g ; CREATE SILENT GRAPH <g> ;",
        "COPY x:g TO x:h ; MOVE GRAPH x:h TO GRAPH x:n ; ADD SILENT x:none TO x:n",
    ],
)
def test_what_stays_beside_belief_touches_nothing_of_it(text: str) -> None:
    """If it failed: a graph of one's own would cost as much as belief."""
    assert carried(text) == BESIDE_BELIEF


@pytest.mark.parametrize(
    "text",
    [
        "CLEAR DEFAULT",
        "DROP ALL",
        "COPY x:g TO DEFAULT",
        "COPY DEFAULT TO x:g",
        "CLEAR NAMED ; CLEAR ALL",
        "INSERT DATA { x:n x:p 1 } ; DELETE WHERE { ?s x:p 1 }",
        "INSERT { ?s x:r 1 } WHERE { ?s x:p ?o } ; INSERT { ?s x:s 1 } WHERE { ?s x:r ?o }",
        "INSERT { ?s x:r 1 GRAPH x:g { ?s x:r 1 } } WHERE { ?s x:p ?o }",
        "INSERT { GRAPH x:g { ?s x:r 1 } ?s x:r 1 } WHERE { ?s x:p ?o }",
        "INSERTDATA{ x:n x:p 1 }",
        "DELETEWHERE{ ?s ?p ?o }",
        "WITHx:g DELETE{ ?s ?p ?o }WHERE{ ?s ?p ?o }",
        "INSERT{ x:n x:p ?o }USINGx:g WHERE{ ?s x:p ?o }",
        "INSERT{ GRAPHx:g{ x:n x:p ?o } }WHERE{ ?s x:p ?o }",
        "CLEARDEFAULT",
    ],
)
def test_of_everything_else_nothing_is_told(text: str) -> None:
    """If it failed: something would be told of an update that was read in another way than it was carried out."""
    assert carried(text) is None


def test_too_much_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a large update would be held in memory a second time."""
    monkeypatch.setattr("collegium.queries.effects._MOST_ASKED", 1)
    assert carried("DELETE WHERE { x:a x:p ?o }") is None
    assert carried("DELETE WHERE { x:b x:q ?o }") is not None
    monkeypatch.setattr("collegium.queries.effects._MOST_CHARACTERS", 50)
    assert carried("INSERT DATA { x:a x:p 1 }") is None


_terms = st.sampled_from(["x:a", "x:b", "x:g", "<a>", "1", "'}'", "'# {'@en", "5.0"])
_patterns = st.sampled_from(["?s ?p ?o", "x:a ?p ?o", "?s x:p ?o", "?o x:p 1", "x:b x:q ?o"])
_data = st.builds("{} x:p {} .".format, st.sampled_from(["x:a", "x:b", "<c>"]), _terms)
_quads = _data | _data.map("GRAPH x:g {{ {} }}".format)
_operations = (
    st.builds(
        "{} DATA {{ {} }}".format,
        st.sampled_from(["INSERT", "DELETE"]),
        st.lists(_quads, max_size=3).map(" ".join),
    )
    | st.builds("DELETE {{ {} }} INSERT {{ {} . }} WHERE {{ {} }}".format, _patterns, _patterns, _patterns)
    | st.builds(
        "INSERT {{ {} }} {} WHERE {{ {} }}".format, _patterns, st.sampled_from(["", "USING x:g"]), _patterns
    )
    | st.builds(
        "{}DELETE {{ {} }} WHERE {{ {} }}".format, st.sampled_from(["", "WITH x:g "]), _patterns, _patterns
    )
    | st.builds("DELETE WHERE {{ {} }}".format, _patterns | _patterns.map("GRAPH ?g {{ {} }}".format))
    | st.sampled_from(["CLEAR GRAPH x:g", "CLEAR ALL", "CLEAR DEFAULT", "DROP SILENT GRAPH x:h"])
)


@given(st.lists(_operations, max_size=3))
def test_all_that_changed_is_told(operations: list[str]) -> None:
    """If it failed: search would miss a change, or the seal tell of a wrong number of statements."""
    carried(" ; ".join(operations))
