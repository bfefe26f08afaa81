"""One filter, four stores: columns, terms, statements and archive let the same articles through."""

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Article, Filter
from index.stores.archive.archive import Archive
from index.stores.search.lexical import LexicalIndex, TermRow, sync_terms
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.search.speakers import sync_speakers
from index.stores.search.statements import StatementIndex, StatementQuery, sync_statements
from index.stores.timestamps import seconds
from tests.index.stores.search.test_statements import row

NOON = datetime(2024, 9, 12, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
near = st.integers(-3_000_000, 3_000_000)
moments = near.map(lambda micros: NOON + timedelta(microseconds=micros))
"""Within three seconds of noon, so that bounds and dates meet."""
outlets = st.sampled_from(["Tide", "tide", "Straße"])
filters = st.builds(
    Filter,
    published_from=st.none() | moments,
    published_to=st.none() | moments,
    outlets=st.lists(outlets, max_size=2).map(tuple),
    as_of=st.none() | moments,
)
articles = st.lists(st.tuples(st.none() | moments, st.none() | outlets), min_size=1, max_size=8)


def shelf(facts: list[tuple[datetime | None, str | None]]) -> list[Article]:
    return [
        Article(f"a{number}", "Bridge", "Bridge.", published_at=date, outlet=outlet)
        for number, (date, outlet) in enumerate(facts)
    ]


def columns_of(articles: list[Article]) -> PassageTable:
    count = len(articles)
    names = sorted({each.outlet for each in articles if each.outlet})
    return PassageTable(
        passage=np.arange(count, dtype=np.int64),
        article=np.arange(count, dtype=np.int32),
        start=np.zeros(count, np.int32),
        end=np.ones(count, np.int32),
        embedded=np.ones(count, np.bool_),
        article_ids=tuple(each.id for each in articles),
        revisions=tuple(each.revision for each in articles),
        published=np.array([published(each) or MISSING for each in articles], np.int64),
        outlet=np.array(
            [names.index(each.outlet) if each.outlet else -1 for each in articles], np.int32
        ),
        outlets=tuple(names),
        story=np.arange(count, dtype=np.int32),
        statement=np.zeros(0, np.int64),
    )


def published(article: Article) -> int | None:
    return None if article.published_at is None else seconds(article.published_at)


def by_columns(articles: list[Article], wanted: Filter) -> set[str]:
    mask = columns_of(articles).mask(wanted)
    return {each.id for at, each in enumerate(articles) if mask is None or mask[at]}


def by_terms(folder: Path, articles: list[Article], wanted: Filter) -> set[str]:
    rows = [
        TermRow(at, each.title, each.text, published(each), each.outlet)
        for at, each in enumerate(articles)
    ]
    sync_terms(folder, add=rows)
    ids, _ = LexicalIndex.open(folder).search(["bridg"], 100, wanted)
    return {articles[at].id for at in ids.tolist()}


def by_statements(folder: Path, articles: list[Article], wanted: Filter) -> set[str]:
    rows = [row(at, article_id=each.id, outlet=each.outlet) for at, each in enumerate(articles)]
    dated = [
        replace(each, published=when)
        for each, when in zip(rows, map(published, articles), strict=True)
    ]
    sync_statements(folder / "said", add=dated)
    sync_speakers(folder / "speakers")
    index = StatementIndex.open(folder / "said", folder / "speakers")
    return {hit.statement.article_id for hit in index.search(StatementQuery(filter=wanted), 100)}


def by_archive(folder: Path, articles: list[Article], wanted: Filter) -> set[str]:
    with closing(Archive.open(folder / "archive.sqlite")) as archive:
        archive.put(articles)
        return {each.id for each in archive.page(filter=wanted)}


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(articles, filters)
def test_every_store_lets_the_same_articles_through(
    facts: list[tuple[datetime | None, str | None]], wanted: Filter
) -> None:
    articles = shelf(facts)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for store in ("terms", "stated/said", "stated/speakers", "kept"):
            (folder / store).mkdir(parents=True)
        seen = by_columns(articles, wanted)
        assert by_terms(folder / "terms", articles, wanted) == seen
        assert by_statements(folder / "stated", articles, wanted) == seen
        assert by_archive(folder / "kept", articles, wanted) == seen


@pytest.mark.parametrize(
    ("as_of", "seen"),
    [
        pytest.param(NOON, {"a0"}, id="the very instant"),
        pytest.param(NOON - SECOND, set(), id="a second before"),
        pytest.param(NOON + SECOND, {"a0"}, id="a second after"),
        pytest.param(NOON - timedelta(microseconds=1), set(), id="a microsecond before"),
        pytest.param(NOON + timedelta(microseconds=1), {"a0"}, id="a microsecond after"),
        pytest.param(
            datetime(2024, 9, 12, 21, tzinfo=timezone(timedelta(hours=9))),
            {"a0"},
            id="the instant in Tokyo",
        ),
        pytest.param(datetime.max.replace(tzinfo=UTC), {"a0"}, id="the end of time"),
        pytest.param(datetime.min.replace(tzinfo=UTC), set(), id="the beginning of time"),
    ],
)
def test_as_of_an_instant_what_was_published_then_is_seen_and_the_undated_never(
    as_of: datetime, seen: set[str]
) -> None:
    articles = shelf([(NOON, None), (None, None)])

    assert by_columns(articles, Filter(as_of=as_of)) == seen
