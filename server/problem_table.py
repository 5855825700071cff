"""What each error is over HTTP: the one table error class → (status, slug, title, what to do)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    RequestEntityTooLarge,
    ServiceUnavailable,
    Unauthorized,
    UnsupportedMediaType,
)
from werkzeug.exceptions import NotAcceptable as NotAcceptableHere
from werkzeug.exceptions import NotFound as NoSuchPage

from collegium.graph import errors


class UpdatesOff(Forbidden):
    """A SPARQL update was sent to a service that takes none."""

    description = "this service answers queries only; updates are off"


class TokenNeeded(Unauthorized):
    """A request to write came without the token, or with another one."""

    description = (
        "found no token, or a wrong one, expected the token of this service: Authorization: Bearer TOKEN"
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `PROBLEMS`; `advice` is the text of the page at `/problems/SLUG`."""

    status: int
    slug: str
    title: str
    advice: str


# Filled here, never changed. Slugs are promises: clients compare them.
PROBLEMS: Final[dict[type[BaseException], Row]] = {
    errors.CollegiumError: Row(500, "internal", "Something went wrong", "Please report what you asked for."),
    errors.ParameterError: Row(
        400,
        "bad-parameter",
        "A parameter cannot be used",
        "`parameter` names it, `found` is the value that was sent, `expected` says what it has to be.",
    ),
    errors.UnknownName: Row(
        400,
        "unknown-name",
        "A name that we do not know",
        "The name of a measure, projection, query or format is looked up in a fixed table; `expected` lists it.",
    ),
    errors.NameTaken: Row(
        409,
        "name-taken",
        "Something else bears that name",
        "Take another name, or remove first what bears it; `expected` says how.",
    ),
    errors.NotFound: Row(
        404,
        "not-found",
        "Nothing of that name in the store",
        "Look for it with /search?q=…, or list what there is with /api/authors, /api/papers and so on.",
    ),
    errors.AmbiguousName: Row(
        400,
        "ambiguous-name",
        "Several things bear that name",
        "`candidates` lists their IDs: use one of them.",
    ),
    errors.QueryError: Row(
        400,
        "query-syntax",
        "The query was not understood",
        "`line` and `column` say where the engine stopped reading, counted from 1.",
    ),
    errors.QueryRefused: Row(
        400,
        "query-refused",
        "The query was refused",
        "Queries that are very long or deep, that reach other services, or that read from elsewhere are not run.",
    ),
    errors.LibraryMissing: Row(
        501, "library-missing", "A library is not installed", "Whoever runs the service can install it."
    ),
    errors.MeasureError: Row(
        422,
        "measure-undefined",
        "The measure is not defined on this network",
        "Some measures need edges, or do not settle on some networks. Try another measure or a wider filter.",
    ),
    errors.TooDear: Row(
        422,
        "too-dear",
        "It would take too long",
        "`detail` says about how long, and what can be had instead: a sample, another measure, a narrower filter.",
    ),
    errors.JobStopped: Row(
        503,
        "job-stopped",
        "The computation was stopped",
        "`detail` says why. Nothing of it goes on; ask again, and it begins anew.",
    ),
    errors.JobNotCancelled: Row(
        409,
        "job-not-cancelled",
        "The computation cannot be cancelled",
        "It is over, or another request waits for its answer.",
    ),
    errors.LoadError: Row(422, "load-failed", "The file was not loaded", "The store is as it was."),
    errors.UnknownFormat: Row(
        415, "unknown-format", "No reader knows the content", "The store is as it was. Name the format."
    ),
    errors.UnreadableFile: Row(422, "unreadable-file", "The file cannot be read", "The store is as it was."),
    errors.BrokenOff: Row(422, "unreadable-file", "The file cannot be read", "The store is as it was."),
    errors.NothingToLoad: Row(422, "nothing-to-load", "There is nothing to load", "The store is as it was."),
    errors.StoreError: Row(
        500, "store-error", "The store cannot be used", "Whoever runs the service finds the cause in its log."
    ),
    errors.StoreMissing: Row(503, "store-missing", "There is no store", "Load first: collegium load PATH."),
    errors.StoreBusy: Row(503, "store-busy", "The store is being written", "Ask again in a moment."),
    errors.StoreTooNew: Row(
        500, "store-too-new", "The store is of a newer version", "The service has to be upgraded."
    ),
    errors.StoreUnwritable: Row(
        507, "store-unwritable", "The store takes no more", "Its disk is full, or broken. It is as it was."
    ),
    errors.StoreDamaged: Row(
        500, "store-damaged", "The store is damaged", "It has to be restored from a backup or loaded anew."
    ),
    BadRequest: Row(400, "bad-request", "The request cannot be used", "`detail` says what is wrong with it."),
    errors.QueryStopped: Row(
        503,
        "query-stopped",
        "The query was stopped",
        "Nothing is wrong with its text. Ask again, or ask for less.",
    ),
    errors.QueryTimeout: Row(
        503,
        "query-timeout",
        "The query took too long",
        "It was stopped, and nothing of it goes on. Ask for less: fewer patterns, a LIMIT, no sorting of everything.",
    ),
    errors.QueryMemory: Row(
        503,
        "query-memory",
        "The query took too much memory",
        "It was stopped. Ask for less: no sorting or grouping of everything, no texts that grow.",
    ),
    errors.AnswerTooLarge: Row(
        413,
        "answer-too-large",
        "The answer is too large",
        "Ask for pages of it with ORDER BY, LIMIT and OFFSET, or take the whole store at /dump.nq.gz.",
    ),
    errors.Overloaded: Row(
        503, "overloaded", "Too many queries at the same time", "`Retry-After` says when to ask again."
    ),
    errors.TooManyQueries: Row(
        429,
        "too-many-queries",
        "Too many queries from your address",
        "Wait for the answers to those that are under way. `Retry-After` says when to ask again.",
    ),
    TokenNeeded: Row(
        401,
        "token-needed",
        "Writing needs a token",
        "Send `Authorization: Bearer TOKEN` with the token of this service; whoever runs it knows it.",
    ),
    UpdatesOff: Row(
        403,
        "updates-off",
        "Updates are off",
        "This service answers queries only; data come in by `collegium load`.",
    ),
    Forbidden: Row(403, "forbidden", "This is not allowed", "`detail` says why."),
    NoSuchPage: Row(404, "no-such-page", "There is no such page", "/api/docs lists every address there is."),
    MethodNotAllowed: Row(
        405,
        "method-not-allowed",
        "This address does not take that method",
        "The `Allow` header lists what it takes.",
    ),
    NotAcceptableHere: Row(
        406,
        "not-acceptable",
        "The answer has no form that you accept",
        "Change the `Accept` header or use `?format=`; `detail` lists the forms there are.",
    ),
    RequestEntityTooLarge: Row(
        413,
        "too-large",
        "The request is too large",
        "Queries of this size are not taken. Send a shorter one.",
    ),
    UnsupportedMediaType: Row(
        415,
        "unsupported-media-type",
        "The body has a type that is not read here",
        "Send application/sparql-query or application/x-www-form-urlencoded.",
    ),
    ServiceUnavailable: Row(
        503, "overloaded", "The service is busy", "Ask again after the seconds that `Retry-After` names."
    ),
    HTTPException: Row(400, "request-failed", "The request cannot be answered", "`detail` says why."),
    InternalServerError: Row(
        500,
        "internal",
        "Something went wrong",
        "Please report what you asked for; the cause stands in the log.",
    ),
}
