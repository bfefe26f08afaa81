"""An example of every response, made from an invented article by the schemas themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from api.jobs.job import JobKind, JobState
from api.schemas.articles import ArticleBody, PageBody, RemovalBody, ReportBody
from api.schemas.jobs import IndexStateBody, JobBody, JobsBody, QueueBody, RebuildBody
from api.schemas.replies import (
    GenerationsBody,
    KeptGenerationBody,
    PendingBody,
    ReplyBody,
    RollbackBody,
    SearchBody,
    SpeakersBody,
    StatementsBody,
    VerdictsBody,
)
from api.schemas.revisions import DiffBody
from index.documents import Article, Passage, Span
from index.progress import Until
from index.statements import (
    Act,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Speaker,
    Statement,
    StatementKind,
)
from index.stores.archive.article_queries import Revision
from rag.citations import Citation, CitationVerdict, Claim, ResolvedDays
from rag.replies import Answer, Hit, IndexState, Reply, SearchHit, SearchReply, StatementsReply

ARTICLE_RECORD = {
    "id": "harbour-tolls",
    "title": "Harbour tolls to end in spring",
    "text": "The harbour tolls will go. The council voted nine to four on Tuesday. "
    "“Nobody should pay to come home,” said Ines Calder.",
    "outlet": "The Quay Courier",
    "published_at": "2025-03-04",
}
_PUBLISHED = datetime(2025, 3, 4, tzinfo=UTC)
_ARTICLE = Article(
    id=ARTICLE_RECORD["id"],
    title=ARTICLE_RECORD["title"],
    text=ARTICLE_RECORD["text"],
    outlet=ARTICLE_RECORD["outlet"],
    published_at=_PUBLISHED,
    language="en",
)
_INDEX = IndexState("g-0001", datetime(2025, 3, 5, 6, 30, tzinfo=UTC), _PUBLISHED, 1, 1)
_COUNTS = {"articles": _INDEX.articles, "passages": _INDEX.passages}
_QUESTION = "When did the council vote on the harbour tolls?"
_TIMINGS = {"total": 41.5}
_SPEAKER = Speaker("ines calder", "Ines Calder", SourceType.PERSON, (), (), 1, 1)


def _span(words: str) -> Span:
    start = _ARTICLE.text.index(words)
    return Span(start, start + len(words))


def _cited(words: str, **facts: Any) -> Citation:
    span = _span(words)
    return Citation(_ARTICLE, span.start, span.end, words, **facts)


_VOTE = _cited(
    "The council voted nine to four on Tuesday.",
    short=_span("on Tuesday"),
    resolved=ResolvedDays("on Tuesday", date(2025, 3, 4), date(2025, 3, 4)),
)
_SAID = _cited(
    "“Nobody should pay to come home,” said Ines Calder.",
    statement=Statement(
        article_id=_ARTICLE.id,
        revision=_ARTICLE.revision,
        kind=StatementKind.DIRECT,
        act=Act.SAY,
        polarity=Polarity.POSITIVE,
        cue=_span("said"),
        lemma="say",
        content=(_span("“Nobody should pay to come home,”"),),
        source=_span("Ines Calder"),
        source_type=SourceType.PERSON,
        speaker="Ines Calder",
        resolution=Resolution.FULL_NAME,
        resolution_path=(_span("Ines Calder"),),
        candidates=(),
        role=None,
        confidence=0.97,
        origin=Origin.BOTH,
    ),
)


def _reply() -> ReplyBody:
    answer = Answer(_VOTE.quote, "sentence", 0.94, (_VOTE,))
    reply = Reply(
        _QUESTION, answer, (), _INDEX, _TIMINGS, total=1, total_articles=1, reading="full"
    )
    return ReplyBody.of(reply)


def _found() -> SearchBody:
    passage = Passage(1, _ARTICLE.id, _ARTICLE.revision, Span(0, len(_ARTICLE.text)))
    hit = SearchHit(_VOTE, Hit(passage, 0.71, 12.4, 0.66, {"lexical": 0.4, "dense": 0.31}))
    return SearchBody.of(SearchReply(_QUESTION, (hit,), _INDEX, _TIMINGS))


def _verdicts() -> VerdictsBody:
    claim = Claim(_ARTICLE.id, _ARTICLE.revision, _VOTE.start, _VOTE.end, _VOTE.quote)
    return VerdictsBody.of([CitationVerdict(claim, True, "Verbatim.", _VOTE.quote)])


def _article() -> ArticleBody:
    stored = Revision(_ARTICLE.revision, _INDEX.built_at)
    return ArticleBody.from_fact(_ARTICLE, revisions=[stored], furniture=[])


def _compared() -> DiffBody:
    earlier = replace(_ARTICLE, text=_ARTICLE.text.replace("nine", "eight"))
    return DiffBody.of(earlier, _ARTICLE, (_PUBLISHED, _INDEX.built_at))


def _report() -> ReportBody:
    changes = {"added": 1, "revised": 0, "updated": 0, "unchanged": 0, "embedded": 1}
    pending = PendingBody(statements=0, vectors=0)
    return ReportBody(
        **changes,
        **_COUNTS,
        rejected=[],
        given_up=[],
        pending=pending,
        generation=_INDEX.generation,
    )


def _job() -> JobBody:
    made = datetime(2025, 3, 5, 6, 29, tzinfo=UTC)
    return JobBody(
        id=17,
        kind=JobKind.ADD,
        state=JobState.RUNNING,
        until=Until.ALL,
        article=None,
        only=None,
        items=120,
        stage="embedding",
        done=64,
        total=118,
        rejected=2,
        eta=made + timedelta(minutes=2),
        report=None,
        failure=None,
        created_at=made,
        started_at=made + timedelta(seconds=1),
        ended_at=None,
    )


def examples() -> dict[str, dict[str, Any]]:
    """The body of status 200 for each operation id."""
    said = StatementsReply((_SPEAKER,), 1, (_SAID,), _INDEX, _TIMINGS)
    removal = RemovalBody(removed=1, articles=0, passages=0, generation="g-0002")
    kept = KeptGenerationBody(
        name="g-0001", current=True, built_at=_INDEX.built_at, statements=1, **_COUNTS
    )
    job = _job()
    bodies = {
        "ask": _reply(),
        "askByQuery": _reply(),
        "search": _found(),
        "verify": _verdicts(),
        "listStatements": StatementsBody.model_validate(said),
        "listSpeakers": SpeakersBody.model_validate({"speakers": [_SPEAKER]}),
        "listArticles": PageBody.model_validate({"articles": [_ARTICLE], "next": None}),
        "addArticles": _report(),
        "getArticle": _article(),
        "compareRevisions": _compared(),
        "removeArticle": removal,
        "listGenerations": GenerationsBody(generations=[kept]),
        "rollBack": RollbackBody(generation="g-0001", before="g-0002"),
        "getIndex": IndexStateBody.from_fact(_INDEX, jobs=QueueBody(running=job, queued=2)),
        "listJobs": JobsBody(jobs=[job], next=None),
        "getJob": job,
        "cancelJob": job,
        "rebuildIndex": RebuildBody(
            **_COUNTS, statements=1, embedded=0, generation=_INDEX.generation
        ),
    }
    states = {"healthz": {"status": "alive"}, "readyz": {"status": "ready"}}
    return states | {
        name: body.model_dump(mode="json", by_alias=True) for name, body in bodies.items()
    }
