"""Errors on their way from a worker to the web process: all of them, with all that they know."""

from __future__ import annotations

import inspect
import json

import pytest
from werkzeug.exceptions import NotAcceptable

from collegium.graph import errors
from collegium.server.problems import document_of, status_of
from collegium.server.workers.told import recalled, told

ERRORS: list[errors.CollegiumError] = [
    errors.CollegiumError("something"),
    errors.ParameterError("limit", "x" * 200, "a number"),
    errors.UnknownName("format", "jsn", ["json", "csv"]),
    errors.NotFound("graph", "http://example.org/\u2028", "look elsewhere"),
    errors.AmbiguousName("author", "Li Wei", ["li-wei", "li-wei-2"]),
    errors.QueryError("expected one of \x00", 3, 14),
    errors.QueryRefused("it is too deep"),
    errors.QueryStopped("its process ended"),
    errors.QueryTimeout(2.5),
    errors.QueryMemory(2 << 30),
    errors.AnswerTooLarge(1000, "rows"),
    errors.Overloaded(),
    errors.TooManyQueries(64),
    errors.LibraryMissing("to_dataframe", "pandas"),
    errors.MeasureError("katz", "did not converge"),
    errors.TooDear("betweenness", "it would take 3 days"),
    errors.JobStopped("betweenness", "it took longer than 300 s"),
    errors.JobNotCancelled("a1", "it is over"),
    errors.NameTaken("name", "spring", "one that no run has"),
    errors.LoadError("a.txt", "is odd", 7),
    errors.UnknownFormat("a.bin", "no reader"),
    errors.UnreadableFile("a.txt", "no permission"),
    errors.BrokenOff("a.txt.gz", "it ends before its end", 7),
    errors.NothingToLoad("a", "empty"),
    errors.StoreError("store", "is odd"),
    errors.StoreMissing("store", "none"),
    errors.StoreBusy("store", "process 7 is writing", "7"),
    errors.StoreTooNew("store", "format 9"),
    errors.StoreDamaged("store", "cut"),
    errors.StoreUnwritable("store", OSError(28, "No space left on device")),
]


def as_json(error: errors.CollegiumError) -> str:
    """Return what an error knows, as it is after a journey: tuples are lists."""
    return json.dumps(vars(error), sort_keys=True)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_arrives_as_it_was_sent(error: errors.CollegiumError) -> None:
    """If it failed: a query that took too long would be answered as something that went wrong with us."""
    arrived = recalled(json.loads(json.dumps(told(error))))
    assert type(arrived) is type(error)
    assert str(arrived) == str(error) and as_json(arrived) == as_json(error)
    assert status_of(arrived) == status_of(error)
    assert document_of(arrived, "", "/sparql") == document_of(error, "", "/sparql")


def test_every_error_of_ours_is_tried() -> None:
    """If it failed: a new error could be one that cannot travel."""
    known = {
        cls for _, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == errors.__name__
    }
    assert {type(error) for error in ERRORS} == known


def test_the_one_error_of_http_arrives_too() -> None:
    """If it failed: a form that we do not have would be answered 500 and not 406."""
    arrived = recalled(json.loads(json.dumps(told(NotAcceptable("found text/html")))))
    assert isinstance(arrived, NotAcceptable) and arrived.description == "found text/html"


def test_an_error_that_is_not_known_is_one_of_ours() -> None:
    """If it failed: a worker of another version could raise whatever it names in the web process."""
    arrived = recalled({"error": "SystemExit", "text": "so be it", "facts": None})
    assert type(arrived) is errors.CollegiumError and str(arrived) == "so be it"
