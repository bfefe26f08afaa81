"""Speakers as they stood at an instant: named, described and counted by what was said by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from index.documents import Article
from index.language.names import name_key
from index.statements import NameUse, NameUses, SourceType, Speaker, ToldRole
from index.stores.search.statements import StatementHit, StatementQuery
from index.stores.timestamps import seconds
from rag.statements.as_of import StatementsAsOf
from tests.support.fakes_statements import Mark, statement

EPOCH = date(1970, 1, 1).toordinal()
SPRING, SUMMER = datetime(2024, 4, 1, 9, tzinfo=UTC), datetime(2024, 7, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
THEN = Article("then", "", "Ann Léa, a clerk, said rain came.", published_at=SPRING)
LATER = Article("later", "", "Ann Lea, the mayor, said sun came.", published_at=SUMMER)
CLERK = ToldRole("a clerk", (SPRING.toordinal() - EPOCH,))
MAYOR = ToldRole("the mayor", (SUMMER.toordinal() - EPOCH,))
LEA = NameUses("Ann Léa", SourceType.PERSON, (NameUse(1, seconds(SPRING), 1),))
PLAIN = NameUses("Ann Lea", SourceType.PERSON, (NameUse(2, seconds(SUMMER), 1),))
NOW = Speaker(
    *("ann lea", "Ann Léa", SourceType.PERSON, ("Ann Lea",), ("the mayor", "a clerk"), 2, 2),
    told=(MAYOR, CLERK),
    names=(LEA, PLAIN),
)


def said(article: Article, name: str, content: str) -> StatementHit:
    return StatementHit(
        statement(article, Mark(article.id, article.text, (content,), name, name)), 0.0
    )


@dataclass
class FakeIndex:
    """Two statements of one speaker, the later one first."""

    size: int = 2
    speaker_now: Speaker = NOW
    asked: list[StatementQuery] = field(default_factory=list)

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]:
        self.asked.append(query)
        until = query.filter.as_of
        both = [
            (LATER, said(LATER, "Ann Lea", "sun came")),
            (THEN, said(THEN, "Ann Léa", "rain came")),
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
        return [self.speaker_now][:limit]

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]:
        return [self.speaker_now][:limit]

    def with_office(self, terms: Sequence[str], limit: int) -> list[Speaker]:
        return [self.speaker_now][:limit]

    def with_roles(self, key: str) -> Speaker | None:
        return self.speaker(key)

    def speaker(self, key: str) -> Speaker | None:
        return self.speaker_now if key == name_key("Ann Lea") else None


def _date(article: Article) -> datetime:
    assert article.published_at is not None
    return article.published_at


def standing(as_of: datetime) -> StatementsAsOf:
    return StatementsAsOf(FakeIndex(), as_of)


def test_a_speaker_has_the_name_the_role_and_the_counts_of_then() -> None:
    index = standing(SPRING + DAY)

    known = ("ann lea", "Ann Léa", SourceType.PERSON, (), ("a clerk",), 1, 1, (CLERK,))
    then = Speaker(*known, names=(LEA,))
    assert index.size == 1
    assert index.speaker("ann lea") == then
    assert index.speakers("Ann Lea", 5) == index.nearest_speakers("Ann Li", 5) == [then]


def test_once_everything_is_published_a_speaker_is_as_the_register_has_it() -> None:
    assert standing(SUMMER + DAY).speaker("ann lea") == NOW


def test_a_role_is_known_once_the_day_on_which_it_was_told_is_over() -> None:
    night = datetime(2024, 4, 1, 23, 59, 59, tzinfo=UTC)
    morning, evening = (standing(at).speaker("ann lea") for at in (SPRING, night))

    assert morning is not None
    assert evening is not None
    assert (morning.roles, evening.roles) == ((), ("a clerk",))


def test_no_statement_is_read_to_tell_who_was_quoted_by_then() -> None:
    known = FakeIndex()
    index = StatementsAsOf(known, SPRING)
    known.asked.clear()

    assert [each.statements for each in index.speakers("Lea", 5)] == [1]
    assert known.asked == []


def test_of_a_speaker_published_before_names_were_kept_the_count_is_of_then() -> None:
    known = FakeIndex(speaker_now=replace(NOW, names=()))

    then = StatementsAsOf(known, SPRING).speaker("ann lea")

    assert then is not None
    assert (then.name, then.statements) == ("Ann Léa", 1)


def test_who_has_said_nothing_yet_is_not_there() -> None:
    index = standing(datetime(2024, 1, 1, tzinfo=UTC))

    assert (index.size, index.speaker("ann lea"), index.speakers("Lea", 5)) == (0, None, [])
    assert index.speaker("nobody") is None
    assert index.count(StatementQuery()) == 0


def test_a_role_told_later_is_not_known_yet() -> None:
    [then] = standing(datetime(2024, 5, 1, tzinfo=UTC)).with_office(["clerk"], 5)

    assert then.told == (CLERK,)
