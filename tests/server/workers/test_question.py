"""Questions and limits on their way to another process."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from collegium.server.workers.question import Question, Snapshot, WorkLimits

TEXTS = st.text(max_size=20)
IRIS = st.none() | st.lists(TEXTS, max_size=3).map(tuple)
QUESTIONS = st.builds(
    Question,
    st.fixed_dictionaries({"path": TEXTS, "version": st.integers(0), "base": TEXTS}),
    TEXTS,
    st.sampled_from(["query", "graph", "dump"]),
    st.none() | TEXTS,
    st.none() | TEXTS,
    IRIS,
    IRIS,
    st.none() | st.integers(0),
    st.none() | st.floats(0.1, 1e6),
    st.none() | st.integers(1),
)


@given(QUESTIONS)
def test_a_question_arrives_as_it_was_sent(question: Question) -> None:
    """If it failed: a worker would answer another question, or for another dataset."""
    arrived = Question.from_data(json.loads(question.to_json()))
    assert arrived == question
    assert hash(arrived.default_graphs) == hash(question.default_graphs)


@given(st.builds(WorkLimits, st.floats(0.1, 1e6), services=st.lists(TEXTS).map(tuple)))
def test_limits_arrive_as_they_were_sent(limits: WorkLimits) -> None:
    """If it failed: a worker would work within limits that nobody set."""
    assert WorkLimits.from_data(json.loads(limits.to_json())) == limits


def test_what_is_not_known_is_left_out() -> None:
    """If it failed: one more field on one side would end every worker."""
    data = {"path": "store", "version": 7, "base": "http://localhost/", "colour": "green"}
    assert Snapshot.from_data(data) == Snapshot("store", 7, "http://localhost/")
