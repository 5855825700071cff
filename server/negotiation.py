"""Which form an answer takes: by `?format=`, else by the `Accept` header with its q-values.

Source: RFC 9110 section 12.5.1 (the most specific range that matches a type gives its quality).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from werkzeug.exceptions import NotAcceptable

from collegium.graph.errors import ParameterError


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an answer.

    `name` is what `?format=` takes; `media_type` is what is sent; `aliases` are types that ask for it as well and
    are then sent instead (a client that asks for `application/json` is told `application/json`).
    """

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()


HTML: Final = Form("html", "text/html", ("application/xhtml+xml",))
JSON: Final = Form("json", "application/json")
CSV: Final = Form("csv", "text/csv")
TSV: Final = Form("tsv", "text/tab-separated-values")
SVG: Final = Form("svg", "image/svg+xml")

# SPARQL results (SELECT, ASK). https://www.w3.org/TR/sparql11-protocol/#query-success
RESULTS_JSON: Final = Form("json", "application/sparql-results+json", ("application/json",))
RESULTS_XML: Final = Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
RESULTS: Final = (RESULTS_JSON, RESULTS_XML, CSV, TSV)

# RDF, the form that people read first.
TURTLE: Final = Form("ttl", "text/turtle", ("application/x-turtle", "text/n3", "text/rdf+n3"))
NTRIPLES: Final = Form("nt", "application/n-triples", ("text/plain",))
JSONLD: Final = Form("jsonld", "application/ld+json", ("application/json",))
RDFXML: Final = Form("rdf", "application/rdf+xml", ("application/xml", "text/xml"))
NQUADS: Final = Form("nq", "application/n-quads")
TRIG: Final = Form("trig", "application/trig", ("application/x-trig",))
GRAPHS: Final = (TURTLE, NTRIPLES, JSONLD, RDFXML, NQUADS, TRIG)

# Other words that people use for `?format=`.
_SYNONYMS: Final = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "json-ld": "jsonld",
    "rdfxml": "rdf",
    "rdf/xml": "rdf",
    "rdf+xml": "rdf",
    "nquads": "nq",
    "n-quads": "nq",
    "srj": "json",
    "srx": "xml",
}

# What such a word means where no form bears it: of a thing, "xml" is RDF/XML.
_KIN: Final = {"xml": "rdf", "json": "jsonld"}

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^,]*)?)\Z")
_QUALITY = re.compile(r";\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?|\.\d+)\s*(?:;|\Z)", re.IGNORECASE)
_ACCEPT_CHARACTERS = 4096  # a longer header is read up to here: real ones are below 300


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the form, and the media type to send."""

    form: Form
    media_type: str

    @property
    def content_type(self) -> str:
        """The value of the `Content-Type` header."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


@lru_cache(maxsize=64)
def choose(forms: Sequence[Form], accept: str | None, asked: str | None = None) -> Choice:
    """Return the form of an answer: `asked` (a `?format=`) if there is one, else what `accept` likes best.

    Ties go to the form that stands first in `forms`. No header, or `*/*`, gives the first form.

    Raises:
        ParameterError: `asked` names no form of this answer.
        NotAcceptable: `accept` holds nothing that this answer can be.

    Example:
        >>> choose((HTML, TURTLE, JSONLD), "application/ld+json, text/turtle;q=0.9").form.name
        'jsonld'
        >>> choose((RESULTS_JSON, RESULTS_XML), "application/json").media_type
        'application/json'
    """
    if asked:
        return _named(forms, asked)
    if accept is None or not accept.strip():
        return Choice(forms[0], forms[0].media_type)
    ranges = parse_accept(accept)
    best: tuple[float, Choice] | None = None
    for form in forms:
        for media_type in (form.media_type, *form.aliases):
            quality = quality_of(media_type, ranges)
            # An alias counts only when it is asked for by name: "text/*" must not turn N-Triples into text/plain.
            if media_type != form.media_type and (media_type not in ranges):
                continue
            if quality > 0 and (best is None or quality > best[0]):
                best = (quality, Choice(form, media_type))
    if best is None:
        offered = ", ".join(form.media_type for form in forms)
        raise NotAcceptable(f"Accept: found {accept[:200]!r}, expected one of {offered}")
    return best[1]


def _named(forms: Sequence[Form], asked: str) -> Choice:
    """Return the form that `asked` names: a short name, a synonym of it, or a media type."""
    word = asked.strip().lower().replace(" ", "+")
    synonym = _SYNONYMS.get(word, word)
    for wanted in (
        word,
        synonym,
        _KIN.get(synonym),
    ):  # a form's own name first: "srj" is one, beside our JSON
        for form in forms:
            if wanted in (form.name, form.media_type, *form.aliases):
                return Choice(form, form.media_type)
    raise ParameterError("format", asked, "one of " + ", ".join(form.name for form in forms))


def parse_accept(accept: str) -> dict[str, float]:
    """Return the media ranges of an `Accept` header, lower case, with their quality; broken pieces are left out."""
    ranges: dict[str, float] = {}
    for piece in accept[:_ACCEPT_CHARACTERS].split(","):
        match = _RANGE.match(piece)
        if not match:
            continue
        name, rest = match.group(1).lower(), match.group(2)
        quality = 1.0
        if re.search(r";\s*q\s*=", rest, re.IGNORECASE):
            found = _QUALITY.search(rest)
            if not found:
                continue
            quality = float(found.group(1))
        ranges[name] = max(quality, ranges.get(name, 0.0))
    return ranges


def quality_of(media_type: str, ranges: dict[str, float]) -> float:
    """Return the quality that `ranges` give to `media_type`, by the most specific range; 0 when none matches."""
    kind = media_type.partition("/")[0]
    for name in (media_type, f"{kind}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def prefers_html(accept: str | None) -> bool:
    """Return whether the client is a browser: it asks for HTML by name, and likes nothing of ours better."""
    ranges = parse_accept(accept or "")
    if not ranges.get("text/html"):  # named with q=0 it is what they do not want
        return False
    rivals = (JSON, RESULTS_JSON, RESULTS_XML, *GRAPHS)
    return all(ranges["text/html"] >= ranges.get(form.media_type, 0.0) for form in rivals)
