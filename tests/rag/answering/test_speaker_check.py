"""Whose words a sentence may be: the person's who was asked for, or nobody's."""

from datetime import UTC, datetime

import pytest

from index.documents import Article, Passage, Span
from rag.answering.speaker_check import has_for_subject, may_report
from rag.query.query import parse
from rag.reading.evidence import Evidence
from rag.replies import Hit

TEXT = (
    "Three days before Ada Obi returns, nobody knows why. Zhang Meilin counts the trucks. "
    "“They pay half,” said Zhang, who deals in tyres. Zhang Guowei said it was late. "
    "Captain Marit Solheim commands the ferry. Solheim said the crew was calm. "
    "GARETH PENHALE: Monday is when the job club meets."
)


def reports(question: str, sentence: str) -> bool:
    return may_report(parse(question, longest=200), evidence(sentence))


def evidence(sentence: str) -> Evidence:
    article = Article(
        id="a", title="Trade", text=TEXT, published_at=datetime(2024, 6, 18, tzinfo=UTC)
    )
    start = TEXT.index(sentence)
    span = Span(start, start + len(sentence))
    hit = Hit(Passage(1, "a", article.revision, Span(0, len(TEXT))), 1.0, 1.0, 1.0, {})
    return Evidence(article, span, span, hit, 1.0, 1.0)


ZHANG = "“They pay half,” said Zhang, who deals in tyres."
SOLHEIM = "Solheim said the crew was calm."
PENHALE = "GARETH PENHALE: Monday is when the job club meets."


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param(
            "What did Ada Obi say?", "Three days before Ada Obi returns", False, id="bare"
        ),
        pytest.param("What did Zhang Guowei say?", ZHANG, False, id="a namesake's words"),
        pytest.param("what did zhang guowei say", ZHANG, False, id="in lower case too"),
        pytest.param("What did Zhang say?", ZHANG, True, id="only a surname was asked for"),
        pytest.param("What did Zhang Guowei say?", "Zhang Guowei said", True, id="in full"),
        pytest.param("What did Marit Solheim say?", SOLHEIM, True, id="the only one of that name"),
        pytest.param("What did Captain Solheim say?", SOLHEIM, True, id="a title is no name"),
        pytest.param("What did Gareth Penhale say?", PENHALE, True, id="minutes"),
        pytest.param("What did Penhale say about geese?", PENHALE, False, id="another subject"),
        pytest.param("What did Penhale say in 2024?", PENHALE, True, id="the year it appeared"),
        pytest.param("How many trucks are there?", ZHANG, True, id="nobody was asked for"),
    ],
)
def test_a_sentence_may_be_the_words_of_whom_it_names_alone(
    question: str, sentence: str, expected: bool
) -> None:
    assert reports(question, sentence) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What did Zhang Meilin say about trucks?", "Zhang Meilin counts the trucks.", True),
        ("What did Zhang Meilin say about ferries?", "Zhang Meilin counts the trucks.", False),
        ("What did Solheim say about the crew?", SOLHEIM, True),
        (
            "What did Ada Obi say about why?",
            "Three days before Ada Obi returns, nobody knows",
            False,
        ),
        ("Who counts the trucks?", "Zhang Meilin counts the trucks.", False),
    ],
)
def test_a_sentence_is_about_what_its_subject_did(
    question: str, sentence: str, expected: bool
) -> None:
    assert has_for_subject(parse(question, longest=200), evidence(sentence)) is expected
