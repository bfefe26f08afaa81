"""Passages reranked by their matching words."""

from dataclasses import replace

import pytest

from rag.query.query import parse
from rag.retrieval.reranker import WEIGHTS, rerank, signals
from rag.retrieval.term_matching import TermMatcher, term_matcher
from tests.support.passages import article, excerpts_of

FERRY = article("ferry", "The ferry sank off Orrin. Ines Aalto raised the tolls.", title="Night")
TOLLS = article("tolls", "Tolls are due. They are paid on board.", title="Prices")
ASKED = "Did Ines Aalto raise ferry tolls?"


def asked(question: str = ASKED) -> TermMatcher:
    query = parse(question, longest=200)
    return term_matcher(query, dict.fromkeys(query.content, 1.0))


def test_each_signal_is_worked_by_hand() -> None:
    [found] = signals(asked(), excerpts_of((FERRY, 0.0)))

    # ines, aalto, rais, ferri, toll are asked for, all of them held, four in the second sentence
    assert found["coverage"] == found["article"] == 1.0
    assert found["sentence"] == pytest.approx(4 / 5)
    assert found["neighbours"] == 1.0
    assert found["names"] == 1.0
    # of did-ines 1, ines-aalto 2, aalto-raise 2, raise-ferry 2, ferry-tolls 2: the second and third
    assert found["pairs"] == pytest.approx(4 / 9)


def test_an_article_holds_the_terms_of_all_its_passages() -> None:
    text = "The ferry sank.\n\nInes Aalto raised tolls."
    one = article("one", text)
    both = excerpts_of((one, 0.2), (one, 0.1))
    halves = [replace(each, sentences=each.sentences[at : at + 1]) for at, each in enumerate(both)]

    first, second = signals(asked(), halves)

    assert (first["coverage"], second["coverage"]) == pytest.approx((1 / 5, 4 / 5))
    assert first["article"] == second["article"] == 1.0


def test_matching_words_move_a_passage_up_and_are_listed_part_by_part() -> None:
    best, other = rerank(asked(), excerpts_of((TOLLS, 0.30), (FERRY, 0.25)))

    assert (best.article.id, other.article.id) == ("ferry", "tolls")
    for excerpt in (best, other):
        assert sum(excerpt.hit.parts.values()) == pytest.approx(excerpt.hit.score)
        assert excerpt.hit.parts.keys() == {"retrieved", *WEIGHTS}


def test_no_matching_word_lowers_a_passages_score() -> None:
    assert min(WEIGHTS.values()) >= 0


def test_a_question_without_content_changes_no_order() -> None:
    ranked = rerank(asked("what is it?"), excerpts_of((FERRY, 0.1), (TOLLS, 0.3)))

    assert [excerpt.article.id for excerpt in ranked] == ["tolls", "ferry"]


def test_without_hits_there_is_nothing_to_rerank() -> None:
    assert rerank(asked(), []) == []
