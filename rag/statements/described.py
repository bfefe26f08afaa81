"""A description -> statements of whoever an article calls so. Decides nothing of the wording."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from index.documents import Article
from index.language.names import name_key
from index.language.offices import written_forms
from index.language.terms import STOP_TERMS, analyze
from index.statements import Statement
from index.stores.search.statements import StatementQuery
from rag.statements.called import Called, Caller
from rag.statements.ranking.search import ScoredStatement
from rag.statements.request import StatementRequest
from rag.statements.speakers.description import RoleDescription, role_description

MOST_CANDIDATES = 120
"""Statements that have words of the description or of the topic, to find the articles by."""
MOST_ARTICLES = 20
MOST_STATEMENTS = 300
"""Of these articles together."""
MOST_DESCRIBED = 3
"""If more people are called so, nobody knows who is meant."""
_Calls = Mapping[tuple[str, str], Called]
"""By the article and the speaker's key."""


def said_by_described(request: StatementRequest) -> list[ScoredStatement]:
    """Best first, each with the place of its role; empty for a name."""
    description = role_description(request.intent.speaker)
    if request.speaker_match.people or description is None:
        return []
    calls = _calls(request, description)
    people = {key for _, key in calls}
    if not people or len(people) > MOST_DESCRIBED:
        return []
    articles = tuple(dict.fromkeys(id for id, _ in calls))
    query = replace(request.query, speaker_words=(), speakers=tuple(people), articles=articles)
    found = request.on_topic(query) or request.of_the_story(query)
    return _with_places(found, calls)


def _with_places(found: Iterable[ScoredStatement], calls: _Calls) -> list[ScoredStatement]:
    """Those of whom most modifiers are told first."""
    told = [(calls[each.article.id, each.key], each) for each in found if _place(each) in calls]
    ordered = sorted(told, key=lambda pair: -pair[0].modifiers)
    return [replace(each, statement=replace(each.statement, role=at.place)) for at, each in ordered]


def _place(scored: ScoredStatement) -> tuple[str, str]:
    return scored.article.id, scored.key


def _calls(request: StatementRequest, description: RoleDescription) -> _Calls:
    index, known = request.collection.index, bool(request.speaker_match.office)
    articles = _articles(request, description)
    callers = (Caller(article, description, index, known=known) for article in articles)
    may_call = {each.article.id: each for each in callers if each.may_call}
    found: dict[tuple[str, str], Called] = {}
    for (article_id, key), statements in _by_speaker(request, may_call).items():
        if called := may_call[article_id].called(statements):
            found[article_id, key] = called
    return found


def _articles(request: StatementRequest, description: RoleDescription) -> list[Article]:
    """Those of the statements that have most of the context and the topic, best first."""
    weights = _weights(request, description)
    if not weights:
        return []
    hits = request.collection.index.candidates(_of_anybody(request), weights, MOST_CANDIDATES)
    revisions = {hit.statement.article_id: hit.statement.revision for hit in reversed(hits)}
    ids = list(dict.fromkeys(hit.statement.article_id for hit in hits))[:MOST_ARTICLES]
    found = (request.collection.article(id, revisions[id]) for id in ids)
    return [article for article in found if article]


def _of_anybody(request: StatementRequest) -> StatementQuery:
    return replace(request.query, speakers=(), speaker_words=(), acts=(), polarity=None)


def _by_speaker(
    request: StatementRequest, articles: Iterable[str]
) -> dict[tuple[str, str], list[Statement]]:
    """What each speaker of these articles says in each."""
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    ids = tuple(articles)
    query = replace(_of_anybody(request), articles=ids)
    for hit in request.collection.index.search(query, MOST_STATEMENTS) if ids else ():
        each = hit.statement
        if each.sure and each.speaker:
            found[each.article_id, name_key(each.speaker)].append(each)
    return found


def _weights(request: StatementRequest, description: RoleDescription) -> dict[str, float]:
    """Each word of the context weighs as much as the heaviest of the topic."""
    weights = dict(request.topic.search_weights)
    heaviest = max(weights.values(), default=1.0)
    forms = (form for term in description.context for form in written_forms(term))
    written = [term for form in forms for term in analyze(form) if " " not in form]
    asked = [term for term in analyze(request.intent.speaker) if term not in STOP_TERMS]
    return dict.fromkeys([*written, *asked], heaviest) | weights
