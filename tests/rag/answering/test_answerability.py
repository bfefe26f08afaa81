"""What an article must have to answer, in whatever spelling."""

from dataclasses import replace

import pytest

from index.documents import EVERYTHING, Article, Passage, Span
from index.language.terms import analyze
from rag.answering.answerability import admissible, refuse
from rag.answering.candidates import AnswerCandidates
from rag.query.query import parse
from rag.reading.evidence import Evidence
from rag.reading.spans import SpanPrediction
from rag.replies import Hit


def evidence(*sentences: str, short: str = "") -> list[Evidence]:
    """The sentences of one article; `short` is what the reader finds, else all of each."""
    text = " ".join(sentences)
    article = Article("a", "Report", text)
    spans = [Span(at := text.index(each), at + len(each)) for each in sentences]
    hit = Hit(Passage(1, "a", article.revision, Span(0, len(text))), 0.5, 1.0, 0.5, {})
    first = Evidence(article, spans[0], Span(0, len(text)), hit, 0.5, 1.0)
    return [replace(first, span=each, reading=_read(text, each, short)) for each in spans]


def _read(text: str, span: Span, short: str) -> SpanPrediction:
    at = text.find(short, span.start, span.end) if short else -1
    return SpanPrediction(Span(at, at + len(short)) if at >= 0 else span, 5.0)


def answers(question: str, *sentences: str, short: str = "") -> list[str]:
    query = parse(question, longest=200)
    return [each.sentence for each in admissible(query, evidence(*sentences, short=short))]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Where did it stop on the M25?", "It stopped on the M25 near Dartley."),
        ("What will $4 billion pay for?", "Walls cost $4bn."),
        ("What will £1.25m pay for?", "A library costs £1.25 million."),
        ("Why were the 737s grounded?", "Borel grounded its 737 fleet."),
        ("Why was the F35 grounded?", "The F-35 was grounded."),
        ("What did covid 19 do in Marl?", "COVID19 doubled in Marl."),
        ("Who will the United States send?", "The U.S. will send Ada Pell."),
        ("Who will the WHO send?", "The World Health Organization will send Ada Pell."),
        ("Who ran in the 400m?", "Ada Pell ran the 400 metres."),
    ],
)
def test_an_article_with_another_spelling_may_answer(question: str, sentence: str) -> None:
    assert answers(question, sentence) == [sentence]


@pytest.mark.parametrize(
    ("question", "sentence", "missing"),
    [
        ("Where did it stop on the m6?", "It stopped on the M25 near Dartley.", "m6"),
        ("What will $5bn pay for?", "Walls cost $4bn, pumps $5m.", "$5bn"),
        ("Why were its 747s grounded?", "Borel grounded its 737s.", "747s"),
        ("Who will the European Union send?", "The U.S. will send us.", "European Union"),
    ],
)
def test_an_article_without_any_spelling_may_not(
    question: str, sentence: str, missing: str
) -> None:
    query, ranked = parse(question, longest=200), evidence(sentence)
    candidates = AnswerCandidates(query, tuple(admissible(query, ranked)))

    refused = refuse(
        candidates, ranked, min_confidence=0.1, filter=EVERYTHING, occurs=lambda _: True
    )

    assert candidates.evidence == ()
    assert refused is not None
    assert refused[1] == f"No article found for this question mentions {missing}."


@pytest.mark.parametrize(
    ("question", "archive", "known"),
    [
        ("Why was the COVID19 ward shut?", "covid 19", True),
        ("Why was the Covid 19 ward shut?", "COVID19", True),
        ("What will the United States send?", "the US", True),
        ("What will the World Health Organization send?", "who", True),
        ("What will the European Union send?", "the US", False),
        ("Why was the M6 shut?", "the M25", False),
    ],
)
def test_a_name_is_unknown_only_where_no_spelling_of_it_occurs(
    question: str, archive: str, known: bool
) -> None:
    query, terms = parse(question, longest=200), set(analyze(archive))
    none = AnswerCandidates(query, ())

    refused = refuse(none, [], min_confidence=0.1, filter=EVERYTHING, occurs=terms.__contains__)

    assert refused is not None
    assert (refused[0] != "no_such_name") is known


def test_a_sentence_with_another_sum_of_its_article_does_not_answer() -> None:
    walls, pumps = "It will spend $4bn on walls.", "It will spend $300m on pumps."

    assert answers("What is the $300 million for?", walls, pumps) == [pumps]
    assert answers("What is the $4 billion for?", walls, pumps) == [walls]
