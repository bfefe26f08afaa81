"""The reader's loss, against numbers worked out by hand."""

from math import exp, log

import pytest
import torch

from training.reader_model import OUT, span_loss

SCORES = torch.tensor([[1.0, 2.0, 0.0], [0.5, 0.5, 3.5]])
"""Two passages of two pieces each, after [CLS]: odds of 1 and -1, and of 0 and 3."""


def marked(*rows: list[int]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.bool)


def test_a_passage_with_an_answer_is_a_softmax_over_its_pieces_and_none() -> None:
    [loss, _] = span_loss(SCORES, marked([0, 1, 0], [0, 0, 0])).tolist()

    assert loss == pytest.approx(-log(exp(2) / (exp(1) + exp(2) + exp(0))))


def test_a_passage_without_an_answer_should_be_none() -> None:
    [_, loss] = span_loss(SCORES, marked([0, 1, 0], [0, 0, 0])).tolist()

    assert loss == pytest.approx(-log(exp(0.5) / (2 * exp(0.5) + exp(3.5))))


def test_any_of_several_right_pieces_will_do() -> None:
    [loss, _] = span_loss(SCORES, marked([0, 1, 1], [0, 0, 0])).tolist()

    assert loss == pytest.approx(-log((exp(1) + exp(-1)) / (1 + exp(1) + exp(-1))))


def test_passages_of_a_question_share_one_softmax_and_one_none() -> None:
    [loss] = span_loss(SCORES, marked([0, 1, 0], [0, 0, 0]), [(0, 1)]).tolist()

    odds = exp(1) + exp(-1) + exp(0) + exp(3)
    assert loss == pytest.approx(-log(exp(1) / (1 + odds)))


def test_a_question_that_no_passage_answers_should_be_none() -> None:
    [loss] = span_loss(SCORES, marked([0, 0, 0], [0, 0, 0]), [(0, 1)]).tolist()

    assert loss == pytest.approx(log(1 + exp(1) + exp(-1) + exp(0) + exp(3)))


def test_a_constant_added_to_one_passage_changes_nothing() -> None:
    right = marked([0, 1, 0], [0, 0, 0])
    moved = SCORES + torch.tensor([[7.0], [0.0]])

    losses = [span_loss(each, right, [(0, 1)]) for each in (SCORES, moved)]

    assert losses[0].tolist() == pytest.approx(losses[1].tolist())


def test_padding_counts_for_nothing() -> None:
    padded = torch.cat([SCORES, torch.full((2, 3), OUT)], 1)
    right = marked([0, 1, 0], [0, 0, 0])
    wide = torch.cat([right, torch.zeros((2, 3), dtype=torch.bool)], 1)

    assert span_loss(padded, wide).tolist() == pytest.approx(span_loss(SCORES, right).tolist())
