"""Answers of different engines: the same rows are equal, others are not."""

from __future__ import annotations

from rivals import rows_of

HEAD = b'{"head": {"vars": ["n"]}, "results": {"bindings": ['
INTEGER = b"http://www.w3.org/2001/XMLSchema#integer"


def answer(*terms: bytes) -> bytes:
    return HEAD + b",".join(b'{"n": ' + term + b"}" if term else b"{}" for term in terms) + b"]}}"


def test_order_and_spelling_do_not_count() -> None:
    """If it failed: engines that agree would stop the benchmark."""
    a = b'{"type": "literal", "value": "a"}'
    spelled = (
        b'{"type": "typed-literal", "value": "a", "datatype": "http://www.w3.org/2001/XMLSchema#string"}'
    )
    b = b'{"type": "uri", "value": "b"}'
    assert rows_of(answer(a, b)) == rows_of(answer(b, spelled))


def test_values_kinds_and_counts_do() -> None:
    """If it failed: a wrong answer would be timed as a right one."""
    one = b'{"type": "literal", "value": "1"}'
    number = b'{"type": "literal", "value": "1", "datatype": "' + INTEGER + b'"}'
    iri = b'{"type": "uri", "value": "1"}'
    english = b'{"type": "literal", "value": "1", "xml:lang": "en"}'
    answers = [answer(one), answer(number), answer(iri), answer(english), answer(one, one), answer(b"")]
    assert len({tuple(rows_of(found)) for found in answers}) == len(answers)
    assert rows_of(b'{"head": {}, "boolean": true}') != rows_of(b'{"head": {}, "boolean": false}')
