"""Errors as answers: one table, problem details, pages for browsers."""

from __future__ import annotations

import inspect

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import ImATeapot, InternalServerError

from collegium.graph import errors
from collegium.server.problems import PROBLEMS, problem, row_of
from page_check import Page

OURS = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.CollegiumError)
]


@pytest.mark.parametrize("kind", OURS)
def test_every_error_has_a_row(kind: type[errors.CollegiumError]) -> None:
    """If it failed: a new error would be answered by its parent's status, without anyone having chosen it."""
    assert kind in PROBLEMS


def test_slugs_are_of_one_meaning() -> None:
    """If it failed: a client that compares `type` would mix two problems up."""
    rows = {(row.slug, row.status) for row in PROBLEMS.values()}
    assert len({slug for slug, _ in rows}) == len(rows)


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/author/nobody", 404, "not-found"),
        ("/nowhere", 404, "no-such-page"),
        ("/api/centrality/beauty", 404, "unknown-name"),
        ("/api/queries/nothing", 404, "unknown-name"),
        ("/api/centrality/degree?projection=beauty", 400, "bad-parameter"),
        ("/api/authors?limit=many", 400, "bad-parameter"),
        ("/api/authors?colour=red", 400, "bad-parameter"),
        ("/sparql?query=SELECT", 400, "query-syntax"),
        ("/sparql?query=SELECT*{SERVICE<http://example.org/>{?s+?p+?o}}", 400, "query-refused"),
        ("/author/xingtai-lv?format=pdf", 400, "bad-parameter"),
        ("/api/path?from=Xingtai+Lv&to=Nobody+Atall", 404, "not-found"),
        ("/static/nothing.css", 404, "no-such-page"),
    ],
)
def test_a_program_gets_problem_details(client: FlaskClient, path: str, status: int, slug: str) -> None:
    """If it failed: a client could not tell what went wrong."""
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json is not None
    assert answer.json["type"] == f"/problems/{slug}"
    assert answer.json["status"] == status
    assert answer.json["instance"].startswith(path.partition("?")[0])
    assert answer.json["title"] and answer.json["detail"]
    assert client.get(answer.json["type"]).status_code == 200


def test_a_bad_parameter_names_what_and_why(client: FlaskClient) -> None:
    """If it failed: a program could not mark the field that is wrong."""
    told = client.get("/api/authors?limit=many").json
    assert told is not None
    assert (told["parameter"], told["found"]) == ("limit", "many")
    assert "whole number" in told["expected"]


def test_an_unknown_parameter_lists_the_known(client: FlaskClient) -> None:
    """If it failed: a misspelt filter would be dropped, and the answer would look filtered."""
    told = client.get("/api/centrality/degree?form=2020").json
    assert told is not None
    assert "from" in told["expected"] and "complete_only" in told["expected"]


def test_a_browser_gets_a_page(client: FlaskClient) -> None:
    """If it failed: people would be shown JSON."""
    answer = client.get("/author/nobody", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert Page(answer.text).faults() == []


def test_the_wrong_method_is_told_the_right_ones(client: FlaskClient) -> None:
    """If it failed: 405 without `Allow`, which RFC 9110 asks for."""
    answer = client.delete("/api/authors")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.content_type == "application/problem+json"


def test_an_ambiguous_name_lists_candidates(app: Flask) -> None:
    """If it failed: the client would know that there are several and not which."""
    with app.test_request_context("/"):
        answer = problem(errors.AmbiguousName("author", "J. Li", ("j-li-1", "j-li-2")))
    assert answer.status_code == 400
    assert answer.json is not None and answer.json["candidates"] == ["j-li-1", "j-li-2"]


def test_the_place_of_the_store_is_kept_private(app: Flask) -> None:
    """If it failed: strangers would learn folders of the machine."""
    with app.test_request_context("/"):
        answer = problem(errors.StoreBusy("/home/somebody/store", "it is being written"))
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "somebody" not in answer.get_data(as_text=True)


def test_errors_of_the_framework_keep_their_status(app: Flask) -> None:
    """If it failed: every error without a row would be a 400."""
    with app.test_request_context("/"):
        assert problem(ImATeapot()).status_code == 418
        inside = problem(InternalServerError(original_exception=ValueError("secret")))
    assert inside.status_code == 500 and "secret" not in inside.get_data(as_text=True)


def test_an_error_of_ours_without_a_row_is_answered_by_its_parent() -> None:
    """If it failed: raising a new subclass would end in a traceback."""

    class Newer(errors.NotFound):
        pass

    assert row_of(Newer("author", "x")).slug == "not-found"
