"""A question with three stories: one answers it, one agrees and one differs."""

from dataclasses import replace
from datetime import UTC, date, datetime

from index.documents import Article
from rag.citations import Citation, ResolvedDays
from rag.replies import Agreement, Answer, HowRead, IndexState, Reply
from tests.support.fakes_api import ARTICLES, BUILT, TOLLS, FakeService
from tests.support.fakes_speech import span_of

ASKED = "When was the vote on the harbour tolls?"
STATE = IndexState("g-0001", BUILT, None, 5, 10)
PILOTS = Article(
    id="pilots-welcome-vote",
    title="Pilots welcome the end of tolls",
    text="Pilots cheered. The vote of 4 March ended half a century of tolls. Fares stay.",
    url="https://tidings.example/pilots",
    outlet="Island Tidings",
    published_at=datetime(2025, 3, 6, 9, tzinfo=UTC),
)
MONDAY = Article(
    id="council-sat-late",
    title="Council <i>sat</i> late",
    text="🚢 The council voted the tolls away on Monday evening, its clerk noted.",
    url="https://mill.example/council",
    outlet="The Mill Post",
    published_at=datetime(2025, 3, 5, 8, tzinfo=UTC),
)
VOTE = (
    "After four hours of argument the council of Port Alder voted nine to four on Tuesday "
    "to abolish the charge that every ferry has paid since 1974."
)


def brief(
    article: Article,
    sentence: str,
    short: str,
    *,
    words: str = "",
    first: date | None = None,
    last: date | None = None,
) -> Citation:
    """A citation of the sentence with its short answer and the days that `words` mean."""
    whole = span_of(article, sentence)
    resolved = ResolvedDays(words, first, last or first) if first else None
    return Citation(
        article,
        whole.start,
        whole.end,
        sentence,
        short=span_of(article, short, after=sentence),
        resolved=resolved,
    )


TUESDAY = brief(TOLLS, VOTE, "on Tuesday", words="on Tuesday", first=date(2025, 3, 4))
FOURTH = brief(PILOTS, "The vote of 4 March ended half a century of tolls.", "4 March")
EVENING = brief(MONDAY, MONDAY.text, "on Monday evening", words="on Monday", first=date(2025, 3, 3))


def told(
    *citations: Citation,
    agreeing: tuple[Citation, ...] = (),
    differing: tuple[Citation, ...] = (),
    reading: HowRead | None = "full",
) -> Reply:
    agreement: Agreement = "differ" if differing else "agree" if agreeing else "alone"
    text = " ".join(citation.quote for citation in citations)
    answer = Answer(text, "sentence", 0.92, citations, agreement, agreeing, differing)
    return Reply(ASKED, answer, (), STATE, {"total": 1.5}, reading=reading)


BOTH = told(TUESDAY, agreeing=(FOURTH,), differing=(EVENING,))
CHEERED = brief(PILOTS, "Pilots cheered.", "Pilots")
MANY = replace(told(TUESDAY), total=4, total_articles=3, more=(CHEERED, FOURTH, EVENING))
"""Four sentences of three articles answer; the first is shown."""


def knowing(reply: Reply) -> FakeService:
    """A service that gives this reply to its question and holds the articles cited."""
    service = FakeService([*ARTICLES, PILOTS, MONDAY])
    service.replies[reply.question] = reply
    return service
