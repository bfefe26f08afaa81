"""Answers that are less sure than the promise takes are refused, and say so."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from rag.answering.confidence import recipe
from rag.replies import Answer, Refusal, RefusalReason
from tests.support.fakes import FakeReader
from tests.support.judged_answers import judged, keep
from tests.support.newsroom import newsroom

HOW_MANY = "How many passengers did the ferry fire on the Grey Heron leave adrift?"
READER = FakeReader({"212 passengers": 9.0})


def test_an_answer_that_is_sure_enough_is_shown_with_the_promise(tmp_path: Path) -> None:
    keep(tmp_path, judged(right=100, recipe=recipe("bundled")))

    with newsroom(tmp_path, lambda _: READER, max_wrong=0.1) as service:
        reply = service.ask(HOW_MANY)

    assert isinstance(reply.outcome, Answer)
    assert reply.guarantee is not None
    assert reply.guarantee.questions == 110
    assert reply.outcome.confidence >= reply.guarantee.threshold.least_confidence


def test_an_answer_that_is_less_sure_becomes_a_refusal_that_shows_it(tmp_path: Path) -> None:
    with newsroom(tmp_path, lambda _: READER, answers_kept=0) as service:
        answer = service.ask(HOW_MANY).outcome
    assert isinstance(answer, Answer)
    keep(tmp_path, judged(right=100, wrong=300, recipe=recipe("bundled")))

    with newsroom(tmp_path, lambda _: READER, max_wrong=0.1) as service:
        reply = service.ask(HOW_MANY)

    assert isinstance(reply.outcome, Refusal)
    assert reply.outcome.reason is RefusalReason.LOW_CONFIDENCE
    assert f"a confidence of {answer.confidence:.2f}; at least 0.88 is shown" in (
        reply.outcome.message
    )
    assert [each.quote for each in reply.outcome.nearest] == [answer.text]
    assert reply.alternatives == ()
    assert reply.total is None


def test_without_the_setting_nothing_is_promised(tmp_path: Path) -> None:
    keep(tmp_path, judged(right=29, wrong=200))

    with newsroom(tmp_path, lambda _: READER) as service:
        reply = service.ask(HOW_MANY)

    assert isinstance(reply.outcome, Answer)
    assert reply.guarantee is None


def test_a_refusal_under_a_promise_stays_what_it_was(tmp_path: Path) -> None:
    keep(tmp_path, judged(right=100, recipe=recipe("bundled")))

    with newsroom(tmp_path, lambda _: READER, max_wrong=0.1) as service:
        reply = service.ask("What did Zebulon Quark say?")

    assert isinstance(reply.outcome, Refusal)
    assert reply.outcome.reason is RefusalReason.NO_SUCH_NAME
    assert reply.guarantee is not None


def test_a_promise_that_cannot_be_kept_stops_the_service_when_it_starts(tmp_path: Path) -> None:
    keep(tmp_path, judged(right=20, recipe=recipe("bundled")))

    with (
        newsroom(tmp_path, lambda _: READER, max_wrong=0.1) as service,
        pytest.raises(SettingsError, match="At least 29 judged answers are wanted"),
    ):
        service.check()
