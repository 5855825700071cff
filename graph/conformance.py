"""Whether the store keeps its promises: SHACL shapes over belief, and belief against the claims it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pyoxigraph as ox
from pyoxigraph import RdfFormat

from . import vocabulary as v
from .errors import StoreDamaged, shorten
from .identity.belief import expected
from .quads import BELIEF
from .store import Store
from .versions import check_sealed


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken promise: of which thing, by which property, what is wrong."""

    thing: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked and what was found; `conforms` when nothing was."""

    version: int
    statements: int
    shapes: int
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether every promise holds."""
        return not self.findings


def shapes() -> str:
    """Return the SHACL shapes of the product, as Turtle."""
    return (files(__package__) / "shapes.ttl").read_text("utf-8")


def check(store: Store) -> CheckReport:
    """Return what the shapes and the comparison of belief with claims find, by thing and message.

    Raises:
        StoreDamaged: its files are not those that were written, or the engine cannot read them.

    Cost: pySHACL is a Python engine: about a minute for a million statements.
    """
    from rdflib import Graph

    if store.path is not None and store.version:
        check_sealed(store.path, store.version, is_full=True)
    belief = Graph()
    try:
        dumped = store.engine.dump(format=RdfFormat.N_TRIPLES, from_graph=BELIEF)
        compared = _belief_against_claims(store.engine, store.base)
    except RuntimeError as error:  # the engine's word for files whose bytes have changed
        raise StoreDamaged(str(store.path), f"its files cannot be read ({shorten(str(error))})") from None
    belief.parse(data=dumped or b"", format="nt")
    rules = Graph().parse(data=shapes(), format="turtle")
    findings = sorted([*_shacl(belief, rules), *compared], key=lambda f: (f.thing, f.path, f.message))
    targets = {*rules.subjects(_shacl_term("targetClass")), *rules.subjects(_shacl_term("targetSubjectsOf"))}
    return CheckReport(store.version, len(belief), len(targets), tuple(findings))


def _shacl_term(name: str) -> Any:
    from rdflib import URIRef

    return URIRef(v.PREFIXES["sh"] + name)


def _shacl(belief: Any, rules: Any) -> list[Finding]:
    from pyshacl import validate

    _, report, _ = validate(belief, shacl_graph=rules, advanced=False, inference="none")
    findings = []
    for result in report.subjects(_shacl_term("resultSeverity")):
        texts = {
            name: str(report.value(result, _shacl_term(name)) or "")
            for name in ("focusNode", "resultPath", "resultMessage", "value")
        }
        value = (
            f" (found {shorten(texts['value'])})" if texts["value"] not in ("", texts["focusNode"]) else ""
        )
        findings.append(
            Finding(texts["focusNode"], texts["resultPath"], shorten(texts["resultMessage"], 200) + value)
        )
    return findings


def _belief_against_claims(engine: ox.Store, base: str) -> list[Finding]:
    """Belief is the set union of the claims graphs, under the decisions on who is whom."""
    claimed = set(expected(engine, base))
    believed = {quad.triple for quad in engine.quads_for_pattern(None, None, None, BELIEF)}
    lost = [
        Finding(_text(s.subject), s.predicate.value, "a source claims this, belief has lost it")
        for s in claimed - believed
    ]
    unfounded = [
        Finding(_text(s.subject), s.predicate.value, "belief holds this, no source claims it")
        for s in believed - claimed
    ]
    return lost + unfounded


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
