"""A topic that no statement has the words of -> statements near it in meaning.

"Did the coach say anything about the title?" is answered by "The league is gone". Two cosines must
be high: of the passage, which costs nothing and puts aside nearly all questions without an answer,
and of the sentence with its title, since one passage may have two speakers.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.statements import Statement
from index.stores.vectors.store import Vectors
from rag.query.intent import IntentKind
from rag.statements.ranking.meaning import Meaning
from rag.statements.ranking.search import ScoredStatement
from rag.statements.request import StatementRequest, is_likely

NEAR_PASSAGE, NEAR_SENTENCE = 0.36, 0.5
"""Least cosines with the topic. Of 17 everyday questions without an answer one had a passage above
.28; of 40 put to others of the same articles four had a sentence above .5, three of them right."""
MOST_STATEMENTS = 120
"""Of one speaker, the newest; who has more is looked for in the articles nearest to the topic."""
NEAREST_PASSAGES = 200
MOST_ARTICLES = 3
MOST_COMPARED = 4
"""Sentences that get a vector, at some 7 ms of processor each."""
LONGEST = 400
"""Characters of a sentence that are compared."""


def in_other_words(request: StatementRequest) -> list[ScoredStatement]:
    """Nearest first, with the cosine as what they cover of the topic; empty for a description."""
    meaning, words = request.collection.meaning, _topic(request)
    asked = request.intent.kind is not IntentKind.COUNTED and not request.topic.phrases
    if meaning is None or not words or not asked or not request.speaker_match.people:
        return []
    topic = meaning.of(words)
    near = _near(request, meaning, topic)
    articles = tuple(dict.fromkeys(each.article_id for each in near))[:MOST_ARTICLES]
    if not articles:
        return []
    found = request.everything(replace(request.query, articles=articles))
    place = {each: at for at, each in enumerate(near)}
    likely = [each for each in found if each.statement in place and is_likely(each)]
    compared = sorted(likely, key=lambda each: place[each.statement])[:MOST_COMPARED]
    cosines = meaning.of_texts(topic, [_text(each) for each in compared]).tolist()
    ordered = sorted(zip(cosines, compared, strict=True), key=lambda pair: -pair[0])
    return [_meant(each, cosine) for cosine, each in ordered if cosine >= NEAR_SENTENCE]


def _topic(request: StatementRequest) -> str:
    """As written; a topic of generic words has no meaning to compare."""
    intent = request.intent
    return f"{intent.topic} {intent.listener}".strip() if request.topic.terms else ""


def _near(request: StatementRequest, meaning: Meaning, topic: Vectors) -> list[Statement]:
    """Those in passages near the topic, nearest first."""
    statements = _theirs(request, meaning, topic)
    cosines = meaning.of_passages(topic, statements).tolist() if statements else []
    ordered = sorted(zip(cosines, statements, strict=True), key=lambda pair: -pair[0])
    return [each for cosine, each in ordered if cosine >= NEAR_PASSAGE]


def _theirs(request: StatementRequest, meaning: Meaning, topic: Vectors) -> Sequence[Statement]:
    index, query = request.collection.index, request.query
    if index.count(query) > MOST_STATEMENTS:
        articles = meaning.nearest_articles(topic, NEAREST_PASSAGES, NEAR_PASSAGE)
        if not articles:
            return []
        query = replace(query, articles=articles)
    return [hit.statement for hit in index.search(query, MOST_STATEMENTS)]


def _text(scored: ScoredStatement) -> str:
    return f"{scored.article.title}. {scored.quoted_text[:LONGEST]}"


def _meant(scored: ScoredStatement, cosine: float) -> ScoredStatement:
    return replace(scored, coverage=cosine, reach=cosine)
