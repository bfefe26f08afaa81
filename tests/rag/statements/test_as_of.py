"""Speakers as they stood at an instant: named, described and counted by what was said by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from index.documents import Article, Span
from index.language.names import name_key
from index.statements import SourceType, Speaker, ToldRole
from index.stores.search.statements import StatementHit, StatementQuery
from rag.statements.as_of import StatementsAsOf
from tests.support.fakes_statements import Mark, statement

EPOCH = date(1970, 1, 1).toordinal()
SPRING, SUMMER = datetime(2024, 4, 1, 9, tzinfo=UTC), datetime(2024, 7, 1, 9, tzinfo=UTC)
THEN = Article("then", "", "Ann Léa, a clerk, said rain came.", published_at=SPRING)
LATER = Article("later", "", "Ann Lea, the mayor, said sun came.", published_at=SUMMER)
CLERK = ToldRole("a clerk", (SPRING.toordinal() - EPOCH,))
MAYOR = ToldRole("the mayor", (SUMMER.toordinal() - EPOCH,))
NOW = Speaker(
    *("ann lea", "Ann Léa", SourceType.PERSON, ("Ann Lea",), ("the mayor", "a clerk"), 2, 2),
    told=(MAYOR, CLERK),
)


def told(article: Article, name: str, role: str, content: str) -> StatementHit:
    mark = Mark(article.id, article.text, (content,), name, name)
    at = article.text.index(role)
    return StatementHit(replace(statement(article, mark), role=Span(at, at + len(role))), 0.0)


@dataclass
class FakeIndex:
    """Two statements of one speaker, the later one first."""

    size: int = 2
    asked: list[StatementQuery] = field(default_factory=list)

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]:
        self.asked.append(query)
        until = query.filter.as_of
        both = [
            (LATER, told(LATER, "Ann Lea", "the mayor", "sun came")),
            (THEN, told(THEN, "Ann Léa", "a clerk", "rain came")),
        ]
        seen = [hit for article, hit in both if until is None or _date(article) <= until]
        return seen[offset : offset + limit]

    def candidates(
        self, query: StatementQuery, topic: Mapping[str, float], limit: int
    ) -> list[StatementHit]:
        return self.search(query, limit)

    def count(self, query: StatementQuery) -> int:
        return len(self.search(query, self.size))

    def speakers(self, name: str, limit: int) -> list[Speaker]:
        return [NOW][:limit]

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]:
        return [NOW][:limit]

    def with_office(self, terms: Sequence[str], limit: int) -> list[Speaker]:
        return [NOW][:limit]

    def speaker(self, key: str) -> Speaker | None:
        return NOW if key == name_key("Ann Lea") else None


def _date(article: Article) -> datetime:
    assert article.published_at is not None
    return article.published_at


def standing(as_of: datetime) -> StatementsAsOf:
    known = {article.id: article for article in (THEN, LATER)}
    return StatementsAsOf(FakeIndex(), as_of, lambda id, _: known[id])


def test_a_speaker_has_the_name_the_role_and_the_counts_of_then() -> None:
    index = standing(SPRING)

    then = Speaker("ann lea", "Ann Léa", SourceType.PERSON, (), ("a clerk",), 1, 1, (CLERK,))
    assert index.size == 1
    assert index.speaker("ann lea") == then
    assert index.speakers("Ann Lea", 5) == index.nearest_speakers("Ann Li", 5) == [then]


def test_once_everything_is_published_a_speaker_is_as_the_register_has_it() -> None:
    assert standing(SUMMER).speaker("ann lea") == NOW


def test_who_has_said_nothing_yet_is_not_there() -> None:
    index = standing(datetime(2024, 1, 1, tzinfo=UTC))

    assert (index.size, index.speaker("ann lea"), index.speakers("Lea", 5)) == (0, None, [])
    assert index.speaker("nobody") is None
    assert index.count(StatementQuery()) == 0


def test_a_role_told_later_is_not_known_yet() -> None:
    [then] = standing(datetime(2024, 5, 1, tzinfo=UTC)).with_office(["clerk"], 5)

    assert then.told == (CLERK,)
