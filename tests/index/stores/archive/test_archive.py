"""The archive of record: what is put stays as it was, and what is removed is gone."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from index.documents import Article, Filter
from index.errors import UnknownArticleError
from index.stores.archive.archive import Archive
from index.stores.archive.articles import Change
from tests.support.archives import MAYOR, article, embed, indexed, split


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.sqlite"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with closing(Archive.open(path)) as opened:
        yield opened


def test_an_article_comes_back_as_it_was_put(archive: Archive) -> None:
    bare = Article(id="bare", title="", text="x")
    odd = article(
        "odd \u00a0é",
        "A\u00a0b 👩\u200d👩\u200d👧 e\u0301\n\n\ttab 'quote' \u2028end",
        title="N°\u00a05 🗞",
    )

    archive.put([MAYOR, bare, odd])

    assert [archive.article(each.id) for each in (MAYOR, bare, odd)] == [MAYOR, bare, odd]
    assert archive.article(odd.id).revision == odd.revision


def test_what_is_put_is_there_for_the_next_process(archive: Archive, path: Path) -> None:
    archive.put([MAYOR])

    with closing(Archive.open(path)) as second:
        assert second.article("m/1") == MAYOR
        assert second.identity == archive.identity


def test_a_date_is_kept_as_the_utc_second_it_falls_in(archive: Archive) -> None:
    early = datetime(1931, 2, 3, 1, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=2)))

    archive.put([article("old", published_at=early)])

    assert archive.article("old").published_at == datetime(1931, 2, 2, 23, 0, tzinfo=UTC)
    assert archive.put([article("old", published_at=early)]) == [Change.UNCHANGED]


@pytest.mark.parametrize(
    ("now", "change"),
    [
        (MAYOR, Change.UNCHANGED),
        (replace(MAYOR, text="Shut."), Change.REVISED),
        (replace(MAYOR, title="Harbour to shut"), Change.UPDATED),
        (replace(MAYOR, metadata={}), Change.UPDATED),
        (replace(MAYOR, authors=()), Change.UPDATED),
        (replace(MAYOR, published_at=None), Change.UPDATED),
        (replace(MAYOR, url=None), Change.UPDATED),
        (replace(MAYOR, id="m/2"), Change.ADDED),
    ],
    ids=["same", "text", "title", "metadata", "authors", "date", "url", "id"],
)
def test_a_put_says_what_it_changed(archive: Archive, now: Article, change: Change) -> None:
    archive.put([MAYOR])

    assert archive.put([now]) == [change]
    assert archive.article(now.id) == now


def test_the_last_of_two_alike_ids_in_one_batch_wins(archive: Archive) -> None:
    changes = archive.put([MAYOR, replace(MAYOR, text="Shut."), replace(MAYOR, text="Shut.")])

    assert changes == [Change.ADDED, Change.REVISED, Change.UNCHANGED]
    assert archive.article("m/1").text == "Shut."
    assert archive.count() == 1


def test_an_earlier_revision_stays_readable(archive: Archive) -> None:
    revised = replace(MAYOR, text="Shut.", title="Harbour to shut")
    before = datetime.now(UTC)

    archive.put([MAYOR])
    archive.put([revised])

    assert archive.article("m/1", MAYOR.revision) == MAYOR
    newest, oldest = archive.revisions("m/1")
    assert [newest.revision, oldest.revision] == [revised.revision, MAYOR.revision]
    assert before <= oldest.recorded_at < newest.recorded_at <= datetime.now(UTC)


def test_a_text_that_returns_is_the_newest_revision_again(archive: Archive) -> None:
    revised = replace(MAYOR, text="Shut.")
    for each in (MAYOR, revised, MAYOR):
        archive.put([each])

    assert archive.article("m/1") == MAYOR
    assert [each.revision for each in archive.revisions("m/1")] == [
        MAYOR.revision,
        revised.revision,
    ]


def test_the_revision_of_an_instant_is_the_last_that_was_known_then(archive: Archive) -> None:
    texts = [replace(MAYOR, text=text) for text in ("First.", "Second.", "Third.")]
    instants = [datetime.now(UTC)]
    for each in texts:
        archive.put([each, article("other")])
        instants.append(datetime.now(UTC))

    found = [archive.revisions_at(["m/1", "nobody"], at) for at in instants]

    wanted = [texts[0], *texts]  # before there was any, the first
    assert found == [{"m/1": each.revision} for each in wanted]
    assert archive.revised() == ["m/1"]


def test_before_a_text_returned_another_was_known(archive: Archive) -> None:
    first, second = replace(MAYOR, text="First."), replace(MAYOR, text="Second.")
    instants = []
    for each in (first, second, first):
        archive.put([each])
        instants.append(datetime.now(UTC))

    found = [archive.revisions_at(["m/1"], at)["m/1"] for at in instants]

    assert found == [first.revision, second.revision, first.revision]


def test_an_update_keeps_the_day_the_text_was_recorded(archive: Archive) -> None:
    archive.put([MAYOR])
    recorded = archive.revisions("m/1")

    archive.put([replace(MAYOR, title="Harbour opens")])

    assert archive.revisions("m/1") == recorded


@pytest.mark.parametrize(
    ("article_id", "revision"),
    [("m/2", None), ("m/1", "0" * 64), ("m/1", ""), ("\udcff", None)],
    ids=["id", "revision", "empty revision", "lone surrogate"],
)
def test_what_is_not_there_is_unknown(
    archive: Archive, article_id: str, revision: str | None
) -> None:
    archive.put([MAYOR])

    with pytest.raises(UnknownArticleError):
        archive.article(article_id, revision)


def test_a_removed_article_is_served_no_more(archive: Archive) -> None:
    archive.put([MAYOR, article("other")])
    split(archive, MAYOR, "ab")
    split(archive, article("other"), "c")
    embed(archive, "abc")

    assert archive.remove(["m/1", "never", "m/1"]) == ["m/1"]

    for ask in (archive.article, archive.revisions):
        with pytest.raises(UnknownArticleError):
            ask("m/1")
    with pytest.raises(UnknownArticleError):
        archive.article("m/1", MAYOR.revision)
    with pytest.raises(UnknownArticleError):
        archive.boilerplate("m/1", MAYOR.revision)
    assert archive.page() == [article("other")]
    assert archive.live(["m/1", "other", "never"]) == {"other"}
    assert archive.count() == 1
    assert indexed(archive) == ["other"]
    assert archive.stale("r", 10) == []


def test_it_says_when_an_article_was_removed_until_it_is_back(archive: Archive) -> None:
    archive.put([MAYOR, article("other")])
    before = datetime.now(UTC)
    archive.remove(["m/1"])
    told = [archive.removed_at(each) for each in ("m/1", "other", "never")]
    archive.put([MAYOR])

    assert told[0] is not None
    assert before <= told[0] <= datetime.now(UTC)
    assert told[1:] == [None, None]
    assert archive.removed_at("m/1") is None


def test_putting_a_removed_article_back_restores_it_with_its_past(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "a")
    archive.remove(["m/1"])

    assert archive.put([replace(MAYOR, text="Shut.")]) == [Change.ADDED]

    assert archive.article("m/1").text == "Shut."
    assert archive.article("m/1", MAYOR.revision) == MAYOR
    assert [each.id for each in archive.stale("r", 10)] == ["m/1"]


def test_a_removed_article_put_back_unchanged_is_split_again(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "a")
    archive.remove(["m/1"])

    archive.put([MAYOR])

    assert archive.stale("r", 10) == [MAYOR]


def test_pages_follow_one_another_by_id(archive: Archive) -> None:
    archive.put([article(name) for name in ("c", "", "b", "a", "B")])
    seen, after = [], None

    while page := archive.page(after=after, limit=2):
        seen += [each.id for each in page]
        after = seen[-1]

    assert seen == ["", "B", "a", "b", "c"]


def test_a_page_shows_what_the_columns_would(archive: Archive) -> None:
    days = [None, *(datetime(2024, 5, day, tzinfo=UTC) for day in (1, 2, 3))]
    outlets = [None, "Straße", "STRASSE", "Elsewhere"]
    items = [
        article(f"{row}{column}", published_at=day, outlet=outlet)
        for row, day in enumerate(days)
        for column, outlet in enumerate(outlets)
    ]
    archive.put(items)
    embed(archive, "a")
    for each in items:
        split(archive, each, "a")
    columns = archive.passage_table()
    second = timedelta(seconds=0.5)

    for first in (None, days[2], days[2] and days[2] + second):
        for last in (None, days[3], days[3] and days[3] + second):
            for names in ((), ("strasse",), ("Elsewhere", "nowhere")):
                wanted = Filter(first, last, names)
                mask = columns.mask(wanted)
                rows = range(len(columns)) if mask is None else np.flatnonzero(mask)
                visible = [columns.passage_at(int(row)).article_id for row in rows]
                assert [each.id for each in archive.page(filter=wanted)] == sorted(visible)


def test_the_newest_article_is_the_latest_published_one_alive(archive: Archive) -> None:
    late = datetime(2024, 6, 1, tzinfo=UTC)
    archive.put([MAYOR, article("late", published_at=late), article("no", published_at=None)])

    assert archive.newest() == late
    archive.remove(["late"])
    assert archive.newest() == MAYOR.published_at


def test_a_batch_that_fails_leaves_nothing_behind(archive: Archive) -> None:
    archive.put([MAYOR])

    with pytest.raises(UnicodeEncodeError):
        archive.put([article("new"), replace(MAYOR, text="Shut."), article("x", title="\ud800")])

    assert archive.page() == [MAYOR]
    with pytest.raises(UnknownArticleError):
        archive.article("new")
