"""Passages change places by what was read in them; the signals are those of training."""

import math

import pytest

from rag.reading.passage_order import FARTHEST, SHARES, order_signals
from rag.reading.spans import UNSEEN


def test_every_signal_has_a_share_and_the_score_before_keeps_the_rest() -> None:
    [found] = order_signals(["one"], [0.0], [1.0])

    assert found.keys() == SHARES.keys()
    assert 0 < sum(SHARES.values()) < 1


def test_a_passage_has_its_own_signals_and_the_best_of_its_article() -> None:
    first, second, other = order_signals(["a", "a", "b"], [0.0, 6.0, None], [2.0, 1.75, -math.inf])

    assert first["read"] == 0.5
    assert second["read"] == pytest.approx(1 / (1 + math.exp(-1)))
    assert first["read_article"] == second["read_article"] == second["read"]
    assert (first["sentence"], second["sentence"]) == (1.0, 1 - 0.25 / FARTHEST)
    assert second["sentence_article"] == 1.0
    assert set(other.values()) == {0.0}


def test_a_reading_without_an_answer_is_none_and_a_far_sentence_counts_nothing() -> None:
    near, far = order_signals(["a", "b"], [1.0, UNSEEN], [5.0, 5.0 - 2 * FARTHEST])

    assert near["read"] > 0.5
    assert set(far.values()) == {0.0}


def test_nothing_read_and_no_sentence_give_no_signals() -> None:
    [found] = order_signals(["one"], [None], [-math.inf])

    assert set(found.values()) == {0.0}
    assert order_signals([], [], []) == []
