"""The harness's own checks pass, and they see what they are there to see."""

from dataclasses import replace

import pytest

from eval.scoring.score import score
from eval.selftest import checks as selftest
from eval.selftest.checks import CHECKS, SelfTestResult
from eval.selftest.synthetic_set import dataset, guesses, oracle


@pytest.mark.slow
def test_the_harness_passes_every_check_of_its_own() -> None:
    checks = selftest.run()

    assert [check for check in checks if not check.passed] == []
    assert [check.name for check in checks] == list(CHECKS)


def test_a_check_with_a_fault_has_not_passed() -> None:
    assert SelfTestResult("a", ()).passed
    assert not SelfTestResult("b", ("doc@1 is 0.5",)).passed


def test_a_score_where_none_is_due_is_a_fault() -> None:
    faults = list(selftest._not_zero(score(dataset(), oracle(dataset()))))

    assert "doc@1 of q5 is 1.0" in faults
    assert "refused_unanswerable of none-0 is 1.0" in faults


def test_another_score_than_the_expected_one_is_a_fault() -> None:
    tried = selftest._question_about("a", id="q"), selftest._passages_from("ba"), {"mrr@10": 1.0}

    assert list(selftest._expect([tried])) == [
        "mrr@10 of q is 0.5000, expected 1.0000 within 0.0000",
    ]


def test_guesses_rank_all_sentences_alike_and_the_same_for_the_same_seed() -> None:
    made = guesses(dataset(), 7)

    assert made == guesses(dataset(), 7) != guesses(dataset(), 8)
    assert len({each.passages[0] for each in made.values()}) > 100


def test_every_gold_of_the_synthetic_set_is_what_its_question_says() -> None:
    texts = {article.id: article.text for article in dataset().articles}
    answerable = [question for question in dataset().questions if question.answerable]

    for question in answerable:
        gold = question.gold[0]
        assert texts[gold.article][gold.start : gold.end] == question.texts[0]
        assert (question.speaker or "?") in question.texts[0]
    assert len({question.texts for question in answerable}) == len(answerable)


def test_one_wrong_answer_is_seen_by_the_oracle_s_measures() -> None:
    right = oracle(dataset())
    refused = replace(right["q5"], answered=False, text="", citations=())

    scores = score(dataset(), {**right, "q5": refused}).per_question

    assert [id for id, value in scores["f1"].items() if value != 1.0] == ["q5"]
