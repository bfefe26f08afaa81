"""The packaged questions: sound, balanced, and their places within the articles."""

from collections import Counter

import pytest

from eval.judged.asking import articles_of
from eval.judged.judgements import LABELS, read_judgements
from eval.judged.questions import QUESTIONS, REALTIMEQA, read_questions
from eval.judged.shown import Shown
from tests.support.places import DATA

LONGEST = 2000
"""Characters of a line: ids, offsets and a question, never text of an article."""


def test_there_are_as_many_of_each_type_and_some_without_an_answer() -> None:
    questions = read_questions(REALTIMEQA)

    unanswerable = Counter(each.kind for each in questions if not each.answerable)
    assert Counter(each.kind for each in questions) == {"who_said": 80, "fact": 80}
    assert all(unanswerable[kind] >= 15 for kind in LABELS)
    assert all(each.gold for each in questions if each.answerable)


def test_both_halves_have_questions_of_each_type() -> None:
    halves = Counter((each.kind, each.half) for each in read_questions(REALTIMEQA))

    assert min(halves.values()) >= 30


def test_a_line_has_no_room_for_an_article() -> None:
    lines = (REALTIMEQA / QUESTIONS).read_text("utf-8").splitlines()

    assert max(map(len, lines)) < LONGEST


def test_every_judgement_is_of_a_question_and_has_its_labels() -> None:
    kinds = {each.id: each.kind for each in read_questions(REALTIMEQA)}

    for each in read_judgements(REALTIMEQA):
        assert {each.first, each.second, each.settled} - {None} <= set(LABELS[kinds[each.question]])


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="the development sets are not here")
def test_every_marked_place_is_in_an_article_published_by_then() -> None:
    articles = {each.id: each for each in articles_of(REALTIMEQA, DATA)}

    for question in read_questions(REALTIMEQA):
        for mark in (*question.gold, *question.outdated):
            article = articles[mark.article]
            assert article.text[mark.start : mark.end].strip()
            assert article.published_at is None or article.published_at <= question.asked_at
    for each in read_judgements(REALTIMEQA):
        shown = Shown(each.article, each.start, each.end, each.revision)
        assert articles[shown.article].revision == shown.revision
