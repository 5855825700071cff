"""The SPARQL 1.1 Protocol as data: what a request asks for, whoever carries it.

Source: https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

from binascii import a2b_qp
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from werkzeug.exceptions import BadRequest, MethodNotAllowed, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.http import parse_options_header

from collegium.graph.errors import ParameterError, QueryError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")
_MOST_FIELDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """A request as every server has it. Names of headers are in lower case; `path` and `query` are as they were sent.

    `asker` is the address it comes from, `origin` the service's own ("http://host:port"), `root` the path it is under.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""
    asker: str = ""
    root: str = ""
    origin: str = ""

    @property
    def accept(self) -> str | None:
        """What the client likes to get."""
        return self.headers.get("accept")

    @property
    def address(self) -> str:
        """The address that was asked, without the host."""
        return self.root + self.path + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset that the request names (None: the query's own, else the store's)."""

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format: str | None


@dataclass(frozen=True, slots=True)
class Ordered:
    """An update and the dataset that its patterns are matched in (empty: the update's own, else the store's)."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of a form or of the part of an address behind the question mark, in their order."""

    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a name."""
        return tuple(value for key, value in self.pairs if key == name)

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)


def read(request: Request, most_bytes: int, most_update_bytes: int) -> Asked | Ordered | None:
    """Return what a request to /sparql asks for; None when it asks what the endpoint is.

    Raises:
        ParameterError: no query, or several; not exactly one of query and update.
        BadRequest: an update by GET; a body or address that is no UTF-8.
        MethodNotAllowed: neither GET, HEAD nor POST.
        UnsupportedMediaType: a body of another type, in another character set, or compressed.
        RequestEntityTooLarge: a query of more than `most_bytes`.
    """
    in_address = fields(request.query)
    if request.method in ("GET", "HEAD"):
        if "update" in in_address:
            raise BadRequest("update: found in the address, expected in the body of a POST")
        return _query(in_address) if in_address.pairs else None
    if request.method != "POST":
        raise MethodNotAllowed(METHODS)
    kind = _content_type(request)
    if kind == QUERY:
        _refuse_longer(request.body, most_bytes)
        return _query(in_address, _decoded(request.body))
    if kind == UPDATE:
        return _update(in_address, _decoded(request.body))
    both = Values((*in_address.pairs, *fields(_decoded(request.body)).pairs))
    if "update" in both:
        _refuse_longer(request.body, most_update_bytes)
        return _update(both)
    _refuse_longer(request.body, most_bytes)
    return _query(both)


def fields(text: str) -> Values:
    """Return the fields of a form, or of the part of an address behind the question mark.

    Raises:
        BadRequest: no UTF-8 behind a %, or too many.
    """
    if text.count("&") >= _MOST_FIELDS:
        raise BadRequest(f"found more than {_MOST_FIELDS:,} fields")
    pairs = [field.partition("=") for field in text.replace("+", " ").split("&") if field]
    try:
        return Values(tuple([(_unquoted(name), _unquoted(value)) for name, _, value in pairs]))
    except UnicodeDecodeError as error:
        raise BadRequest(
            f"found bytes that are not UTF-8 behind a % ({error.reason}), expected UTF-8"
        ) from None


def _unquoted(text: str) -> str:
    """Return the text that percent-encoding stands for; a % that stands for nothing is left.

    Raises:
        UnicodeDecodeError: the bytes behind a % are no UTF-8.

    `unquote` takes a step for each %, of which a query has a hundred. Quoted-printable differs in the sign only, and
    its decoder takes one step; it is used where it took every % for what it is, and cut no lines.
    """
    if "%" not in text:
        return text
    if text.isascii() and "\n" not in text and "\r" not in text:
        raw = text.encode("ascii")
        plain = a2b_qp(raw.replace(b"=", b"=3D").replace(b"%", b"="))
        if len(plain) == len(raw) - 2 * raw.count(b"%"):
            return plain.decode("utf-8")
    return unquote(text, errors="strict")


def _content_type(request: Request) -> str:
    if request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        found = request.headers["content-encoding"]
        raise UnsupportedMediaType(f"Content-Encoding: found {found[:80]!r}, expected none")
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind not in (FORM, QUERY, UPDATE):
        raise UnsupportedMediaType(f"Content-Type: found {kind[:80]!r}, expected {QUERY}, {UPDATE} or {FORM}")
    charset = options.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"Content-Type: found charset {charset[:80]!r}, expected utf-8")
    return kind


def _refuse_longer(body: bytes, most_bytes: int) -> None:
    if len(body) > most_bytes:
        raise RequestEntityTooLarge(f"found a body of {len(body):,} bytes, at most {most_bytes:,} are read")


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"body: found byte {error.start} that is not UTF-8, expected UTF-8 text") from None


def _query(values: Values, body: str | None = None) -> Asked:
    if "update" in values:
        raise ParameterError("update", "a query and an update", "one of them in a request")
    text = _one(values, "query", body)
    return Asked(
        text,
        values.all("default-graph-uri") or None,
        values.all("named-graph-uri") or None,
        next(iter(values.all("format")), "") or None,
    )


def _update(values: Values, body: str | None = None) -> Ordered:
    if "query" in values:
        raise ParameterError("query", "a query and an update", "one of them in a request")
    text = _one(values, "update", body)
    return Ordered(text, values.all("using-graph-uri"), values.all("using-named-graph-uri"))


def _one(values: Values, name: str, body: str | None) -> str:
    found = [*values.all(name), *([body] if body is not None else [])]
    if len(found) != 1:
        raise ParameterError(name, f"{len(found)} of them", f"exactly one {name}")
    if not found[0].strip():
        raise QueryError("it is empty")
    return found[0]
