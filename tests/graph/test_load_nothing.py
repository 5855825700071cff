"""Files that say themselves that they hold nothing: the last page of a cursor is read, and no failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.graph.load import load
from collegium.graph.quads import BELIEF
from collegium.graph.readers import identify
from collegium.graph.store import Store
from pages import put

LAST_PAGES = {
    "openalex": (
        '{"meta":{"count":9,"db_response_time_ms":3,"next_cursor":null,"groups_count":null},"results":[],"group_by":[]}',
        '{"meta": {"count": 0}, "results": []}',
        '{"meta":{},"results":[],"group_by":[]}',
    ),
    "crossref": (
        '{"status":"ok","message-type":"work-list","message":{"total-results":9,"items":[],"next-cursor":"x"}}',
        '{"items": []}',
    ),
    "datacite": ('{"data":[],"meta":{"total":0,"totalPages":0,"page":1},"links":{}}',),
    "semantic_scholar": ('{"total": 0, "offset": 0, "data": []}', '{"total":9,"token":null,"data":[]}'),
    "arxiv_atom": ('<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id></feed>',),
    "pubmed_xml": ("<PubmedArticleSet></PubmedArticleSet>",),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, all in LAST_PAGES.items() for text in all])
def test_an_empty_last_page_is_a_file_of_no_records(
    store: Store, tmp_path: Path, name: str, text: str
) -> None:
    """If it failed: whoever saves every page of a cursor would have a failure each time."""
    assert identify(text.encode(), "x").name == name
    path = put(tmp_path, "last.json", text)
    for is_dry in (True, False):
        report = load(store, [path], dry_run=is_dry)
        (file,) = report.files
        assert (report.exit_code, report.failures, file.problems, len(file.remarks)) == (0, (), (), 1)
        assert not any(count.new for count in report.counts.values())
    again = load(store, [path])
    assert again.files[0].is_unchanged and again.exit_code == 0


def test_an_empty_page_takes_no_page_away(store: Store, tmp_path: Path) -> None:
    """If it failed: an answer that found nothing would empty the store of what was loaded from its place."""
    work = (
        '{"meta":{"count":1},"results":[{"id":"https://openalex.org/W1","title":"T","publication_year":1}]}'
    )
    path = put(tmp_path, "page.json", work)
    load(store, [path])
    put(tmp_path, "page.json", LAST_PAGES["openalex"][1])
    report = load(store, [path])
    assert report.exit_code == 0
    assert [file.is_unchanged for file in report.files] == [False]
    held = store.refreshed().engine.quads_for_pattern(None, None, None, BELIEF)
    assert any(str(quad.subject).endswith("/paper/openalex-W1>") for quad in held)


def test_an_answer_of_nothing_that_lost_something_is_a_failure(store: Store, tmp_path: Path) -> None:
    """If it failed: a page that could not be read would count as an empty one."""
    path = put(tmp_path, "page.json", '{"meta":{"count":0},"results":[]}\n{"error":"x","message":"y"}\n')
    report = load(store, [path])
    assert len(report.failures) == 1
