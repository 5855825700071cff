"""Tests of `graph/readers/json_records.py`: every container of JSON, whole and broken, gives the same objects."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.json_records import json_records
from collegium.graph.records import Lines, Problem

ITEMS = (("message", "items"), ("results",), ("message",))


def found(text: bytes | str, under: Any = (), **more: Any) -> tuple[list[Any], list[Problem]]:
    """The objects and the problems of a file."""
    data = text.encode() if isinstance(text, str) else text
    records: list[Any] = []
    problems: list[Problem] = []
    for one in json_records(io.BytesIO(data), "x", under, **more):
        (problems if isinstance(one, Problem) else records).append(one)
    return records, problems


def objects(text: bytes | str, under: Any = (), **more: Any) -> list[Any]:
    """The objects of a file without a problem."""
    records, problems = found(text, under, **more)
    assert problems == []
    return [record for _, record in records]


A, B = {"a": 1}, {"b": {"c": [1, {"d": ']}{[\\"'}]}}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (A, [A]),
        ([A, B], [A, B]),
        ({"meta": {"results": [1]}, "results": [A, B], "more": {"message": [B]}}, [A, B]),
        ({"status": "ok", "message": {"facets": {"items": [B]}, "items": [A, B]}}, [A, B]),
        ({"status": "ok", "message": A}, [A]),
        ([{"results": [A]}, {"results": [B, A]}], [A, B, A]),
        ([{"message": A}, B], [A, B]),
        ({"results": []}, []),
    ],
)
def test_a_container_gives_its_objects(indent: int | None, value: Any, expected: list[Any]) -> None:
    """Else an answer is taken for a record, or half of its records are lost."""
    assert objects(json.dumps(value, indent=indent), ITEMS) == expected
    assert objects(json.dumps(value, indent=indent) + "\n", ITEMS) == expected


def test_lines_are_numbered_as_an_editor_does() -> None:
    """Only LF ends a line: U+2028 is text, a blank line counts, a BOM and CR do not."""
    text = '\ufeff{"a": "x\u2028y"}\r\n\r\n{"a": 2}\n'
    records, problems = found(text)
    assert records == [(Lines(1, 1), {"a": "x\u2028y"}), (Lines(3, 3), {"a": 2})]
    assert problems == []


def test_files_that_were_joined() -> None:
    """Each brings its byte order mark along; RFC 7464 puts a separator before each value."""
    assert objects(b'\xef\xbb\xbf{"a":1}\n\xef\xbb\xbf{"a":2}\n\x1e{"a":3}\n') == [
        {"a": 1},
        {"a": 2},
        {"a": 3},
    ]


def test_a_cut_line_is_not_taken_for_the_end_of_the_file() -> None:
    """Else one looks for what is missing behind the file's end."""
    _, problems = found('{"a": 1}\n{"a": "x\n{"a": 2}\n')
    assert [p.found for p in problems] == ['the end of the line inside a record: {"a": "x']


def test_items_of_a_list_are_numbered_as_records() -> None:
    """Else the place of an item in a file of one line says nothing."""
    records, _ = found(b'[{"a":1},\n{"a":2}]')
    assert [place for place, _ in records] == [Lines(1, 1, "record"), Lines(2, 2, "record")]


@pytest.mark.parametrize(
    "text", ['{"a":1}{"a":2} {"a":3}', '{"a":1}\n{\n"a":2\n}\n{"a":3}', '{\n"a":1}{"a":2}\n{"a":3}']
)
def test_values_in_a_row(text: str) -> None:
    """Some tools write one object behind the other, with or without a line between."""
    assert objects(text) == [{"a": 1}, {"a": 2}, {"a": 3}]


def test_a_value_over_several_lines_has_both_ends() -> None:
    """Else nobody finds the record again."""
    records, _ = found(b'\n{\n"a": 1\n}\n\n{\n"a": 2}')
    assert [place for place, _ in records] == [Lines(2, 4), Lines(6, 7)]


@pytest.mark.parametrize(
    "bad",
    ['{"a": tru}', '{"a": "x', '{"a": 1', "{]}", '{"a" 1}', "{'a': 1}", "junk", "]", "12", '"x"', "null"],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_bad_line_costs_one_line(bad: str, at: int) -> None:
    """A broken line must not take its neighbours with it, nor vanish."""
    lines = ['{"a": 1}', '{"a": 2}']
    lines.insert(at, bad)
    records, problems = found("\n".join(lines))
    assert [record for _, record in records] == [{"a": 1}, {"a": 2}]
    assert {(p.lines, p.is_refused) for p in problems} == {(Lines(at + 1, at + 1), True)}


@pytest.mark.parametrize(
    "text",
    [
        '[{"a":1},{"a":2},{"a":',
        '{"results":[{"a":1},{"a":2},{"a": "x',
        '[{"a":1},{"a":2}',
        '[\n{"a":1},\n{"a":2},',
    ],
)
def test_a_cut_list_gives_what_came_before(text: str) -> None:
    """Else a download that broke off at its last byte is lost whole, or its end is lost in silence."""
    records, problems = found(text, ITEMS)
    assert [record for _, record in records] == [{"a": 1}, {"a": 2}]
    assert len(problems) == 1
    assert problems[0].is_refused
    assert problems[0].found.startswith("the end of the file")


def test_what_is_no_object_in_a_list_is_refused_one_by_one() -> None:
    """An answer to a batch holds null for what is not known."""
    records, problems = found('[null, {"a": 1}, 12, "x", {"a": }, [1], {"a": 2}]')
    assert [(place.first, record) for place, record in records] == [(2, {"a": 1}), (7, {"a": 2})]
    assert [p.lines.first for p in problems] == [1, 3, 4, 5, 6]
    assert [p.found for p in problems][:3] == ["null", "12", '"x"']
    assert all(p.is_refused and p.lines.unit == "record" for p in problems)
    inside, refused = found('{"results": [null, {"a": 1}]}\n{"b": 1}', ITEMS)
    assert len(inside) == 2
    assert [p.found for p in refused] == ["null"]


def test_the_rest_of_an_answer_is_shown_once() -> None:
    """Readers ask it how many there should be, and whether it is an error."""
    seen: list[Any] = []

    def rest(place: Lines, answer: dict[str, Any], count: int) -> list[Problem]:
        seen.append((answer.get("meta"), count))
        return [Problem(place, "x", "y", False)]

    for text in ('{"results":[{"a":1},{"a":2}],"meta":3}', '{"meta":3,"results":[{"a":1},{"a":2}]}\n{"b":1}'):
        _, problems = found(text, ITEMS, rest=rest)
        assert problems == [Problem(Lines(1, 1), "x", "y", False)]
    assert seen == [(3, 2), (3, 2)]


def test_what_json_forbids_is_kept_with_a_remark() -> None:
    """Files of others hold NaN, lone surrogates, bytes of Latin-1 and control characters; the record is still good."""
    text = b'{"a": NaN, "b": -Infinity, "c": 1e999}\n'
    text += b'{"a": "\\ud800x \\\\ud800 \\ud83d\\ude00"}\n{"a": "\xe9"}\n{"a": "\0\t"}\n'
    records, problems = found(text)
    assert [record for _, record in records] == [
        {"a": None, "b": None, "c": None},
        {"a": "\ufffdx \\ud800 \U0001f600"},
        {"a": "\ufffd"},
        {"a": "\0\t"},
    ]
    assert [p.lines.first for p in problems] == [1, 1, 1, 2, 3, 4]
    assert not any(p.is_refused for p in problems)


@pytest.mark.parametrize(
    "text", ['{"a":' * 100_000, '{"a":' * 5000 + "1" + "}" * 5000, '[{"a":' + "[" * 5000 + "]" * 5000 + "}]"]
)
def test_deep_nesting_is_refused(text: str) -> None:
    """A file must not end the process by its depth."""
    records, problems = found(text + '\n{"a": 1}')
    assert len(problems) >= 1
    assert all(p.is_refused for p in problems)
    assert records in ([], [(Lines(2, 2), {"a": 1})])


@pytest.mark.parametrize(
    "container", ['%s\n{"a": 1}', '[%s, {"a": 1}]', '{"results": [%s, {"a": 1}]}', '{"b": 2}\n%s\n{"a": 1}']
)
@pytest.mark.parametrize("big", ['{"big": "%s"}' % ("x" * 3_000_000), '{"big": [%s 1]}' % ("1," * 1_500_000)])
def test_a_record_that_is_too_large_is_refused_alone(container: str, big: str) -> None:
    """One record of a gigabyte must not take the memory, nor the records around it."""
    records, problems = found(container % big, ITEMS, at_most_bytes=1_000_000)
    assert records[-1][1] == {"a": 1}
    assert [(p.is_refused, p.found[:30]) for p in problems] == [(True, "too many bytes for one record:")]


class _Endless(io.RawIOBase):
    """A line of so many bytes that is nowhere held as a whole."""

    def __init__(self, head: bytes, size: int) -> None:
        self._left = [head, size]

    def read(self, size: int = -1) -> bytes:
        head, left = self._left
        self._left = [b"", left]
        if head:
            return head
        take = min(left, size)
        self._left[1] -= take
        return b"x" * take

    def readline(self, size: int | None = -1) -> bytes:
        return self.read(size if size is not None else -1)


@pytest.mark.parametrize("head", [b'{"a": "', b'[{"a": "', b'{"b": 1}\n{"a": "', b"junk", b"\xef\xbb"])
def test_a_line_of_100_mb_takes_no_memory(head: bytes) -> None:
    """Else one line without an end ends the process."""
    import tracemalloc

    tracemalloc.start()
    stream: Any = _Endless(head, 100_000_000)
    problems = [p for p in json_records(stream, "x", at_most_bytes=1 << 20) if isinstance(p, Problem)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(problems) == 1
    assert problems[0].is_refused
    assert peak < 20_000_000


@pytest.mark.parametrize("text", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_nothing_is_unreadable(text: bytes) -> None:
    """An empty file is not a file of no records."""
    with pytest.raises(UnreadableFile, match="empty file, expected a JSON object"):
        found(text)


def test_an_empty_list_is_remarked() -> None:
    """Else nobody learns why nothing was loaded."""
    _, problems = found("[]")
    assert [(p.found, p.is_refused) for p in problems] == [("an empty list", False)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(max_size=3), JSON, max_size=3), min_size=1, max_size=4)


@given(OBJECTS, st.sampled_from([None, 0, 2]), st.booleans())
def test_every_container_gives_the_same(values: list[Any], indent: int | None, is_ascii: bool) -> None:
    """Brackets, quotes and backslashes in texts must not be taken for structure."""
    one_by_one = [json.dumps(value, indent=indent, ensure_ascii=is_ascii) for value in values]
    texts = [
        json.dumps(values, indent=indent, ensure_ascii=is_ascii),
        json.dumps({"meta": {"\\": '"]'}, "data": {"items": values}}, indent=indent, ensure_ascii=is_ascii),
        "\n".join(one_by_one),
        "".join(one_by_one),
    ]
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        assert objects(data, (("data", "items"),)) == values


@given(st.binary() | st.text(alphabet='{}[]":,\\ \n1ae').map(str.encode))
def test_no_bytes_raise_but_as_unreadable(data: bytes) -> None:
    """A reader must survive anything that is called JSON."""
    try:
        records, problems = found(data, ITEMS)
    except UnreadableFile:
        return
    assert records or problems or b"[" in data
