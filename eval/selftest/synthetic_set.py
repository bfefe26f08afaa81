"""A synthetic set, and predictions for it whose scores are known beforehand."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from eval.datasets.questions import Dataset, Gold, Question
from eval.runs.predictions import PredictedCitation, PredictedStatement, Prediction, RankedItem
from index.documents import Article

FIRST_NAMES = tuple(
    """
    Ada Bela Cora Dara Edna Faye Gita Hana Ines Jana Kira Lena Mina Nora Olga Pia Rosa Siri Tara Uma
    """.split()
)
LAST_NAMES = tuple("Arden Brook Cliff Dale Eyre Fell Grove Heath Isle Jetty".split())
ARTICLES, SENTENCES = len(FIRST_NAMES), len(LAST_NAMES)
ANSWERABLE, UNANSWERABLE = ARTICLES * SENTENCES, 120
POOL = 20
"""Passages and sentences in a guess."""
_MORNING = datetime(2024, 3, 1, 6, tzinfo=UTC)
_KINDS = ("withheld", "other_events", "swap")


@cache
def dataset() -> Dataset:
    """Each sentence has one question; a question has the id of an article that does not answer it.

    Gold is both evidence and answer, so that one citation can be right by every measure.
    """
    articles = tuple(_article(number) for number in range(ARTICLES))
    asked = tuple(
        _question(article, number * SENTENCES + place, gold)
        for number, article in enumerate(articles)
        for place, gold in enumerate(_sentences(article))
    )
    return Dataset("made-up", articles, (*asked, *map(_unanswerable, range(UNANSWERABLE))))


def oracle(asked: Dataset) -> dict[str, Prediction]:
    """Right answers cited with confidence 1; unanswerable questions refused with 0."""
    articles = {article.id: article for article in asked.articles}
    return {
        question.id: _right(question, articles)
        if question.answerable
        else Prediction(question.id, reason=question.reason)
        for question in asked.questions
    }


def guesses(asked: Dataset, seed: int) -> dict[str, Prediction]:
    """Sentences in random order, answered with random confidence."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable guess, not a secret
    articles = {article.id: article for article in asked.articles}
    places = [gold for article in asked.articles for gold in _sentences(article)]
    return {question.id: _guess(question, places, articles, chance) for question in asked.questions}


def ranked(place: Gold, score: float) -> RankedItem:
    """With the same score everywhere, so that baselines rank as we do."""
    return RankedItem(place.article, place.start, place.end, score, score, score)


def cited(article: Article, start: int, end: int) -> PredictedCitation:
    """What a service would have cited there, marked as verbatim."""
    published = article.published_at
    return PredictedCitation(
        article=article.id,
        revision=article.revision,
        start=start,
        end=end,
        quote=article.text[start:end],
        outlet=article.outlet,
        published_at=published.isoformat() if published else None,
        verbatim=True,
    )


def said_by(speaker: str | None, article: Article, place: Gold) -> PredictedCitation:
    """A citation whose whole text is the statement."""
    content = ((place.start, place.end),)
    said = PredictedStatement(
        speaker, "full_name", "direct", sure=True, confidence=1.0, content=content
    )
    return replace(cited(article, place.start, place.end), said=said)


def _article(number: int) -> Article:
    """Every sentence has a ship: one code point, two units in UTF-16 and four bytes in UTF-8."""
    said = (
        f"“Pier {number} gets {place + 2} berths 🚢,” said {FIRST_NAMES[number]} {name}."
        for place, name in enumerate(LAST_NAMES)
    )
    return Article(
        id=f"story-{number:02}",
        title=f"Pier {number} to grow",
        text="\n\n".join(said),
        outlet=f"Harbour News {number % 3}",
        published_at=_MORNING + timedelta(days=number),
    )


def _sentences(article: Article) -> list[Gold]:
    places: list[Gold] = []
    start = 0
    for sentence in article.text.split("\n\n"):
        places.append(Gold(article.id, start, start + len(sentence)))
        start += len(sentence) + len("\n\n")
    return places


def _question(article: Article, number: int, gold: Gold) -> Question:
    text = article.text[gold.start : gold.end]
    others = tuple(place for place in _sentences(article) if place != gold)
    turn, place = divmod(number, SENTENCES)
    return Question(
        id=f"q{number}" if place else f"story-{(turn + 1) % ARTICLES:02}",
        text=f"Who said what was said as number {number}?",
        answers=(gold,),
        evidence=(gold,),
        distractors=others[:1],
        texts=(text,),
        relevant={article.id: 1},
        as_of=article.published_at,
        speaker=text.partition(" said ")[2].rstrip("."),
        tags=("who_said", "what_said"),
    )


def _unanswerable(number: int) -> Question:
    kind = _KINDS[number % len(_KINDS)]
    return Question(
        id=f"none-{number}",
        text=f"Who built lock {number}?",
        answerable=False,
        reason="not_about_topic",
        tags=(kind,),
    )


def _right(question: Question, articles: Mapping[str, Article]) -> Prediction:
    gold = question.gold[0]
    found = (ranked(gold, 1.0),)
    return Prediction(
        question.id,
        passages=found,
        sentences=found,
        gold_sentences=found,
        answered=True,
        text=question.texts[0],
        confidence=1.0,
        citations=(said_by(question.speaker, articles[gold.article], gold),),
        timings_ms={"read": 1.0},
    )


def _guess(
    question: Question, places: list[Gold], articles: Mapping[str, Article], chance: random.Random
) -> Prediction:
    order = [
        ranked(place, 1 / rank) for rank, place in enumerate(chance.sample(places, len(places)), 1)
    ]
    first = order[0]
    article = articles[first.article]
    return Prediction(
        question.id,
        passages=tuple(order[:POOL]),
        sentences=tuple(order[:POOL]),
        gold_sentences=tuple(each for each in order if each.article in question.relevant),
        answered=True,
        text=article.text[first.start : first.end],
        confidence=chance.random(),
        citations=(cited(article, first.start, first.end),),
        timings_ms={"read": 1.0},
    )
