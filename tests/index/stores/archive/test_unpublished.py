"""What changed since the last generation: reading only that gives what reading everything gives."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.dedup.near_duplicates import sketch
from index.stores.archive.archive import Archive
from index.stores.search.passage_table import PassageTable, columns_of
from tests.support.archives import article, embed, split
from tests.support.fakes import FakeAttributor

NAMES = (
    "Mike Ferrow",
    "Michael Ferrow",
    "Maren Orlovsky",
    "Maren Orlowski",
    "Ana Ruiz",
    "Officials",
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "put", "remove", "attribute", "embed", "publish"]),
        st.integers(0, 4),
        st.integers(0, len(NAMES) - 1),
    ),
    max_size=25,
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(Archive.open(tmp_path / "archive.sqlite")) as opened:
        yield opened


def written(number: int, name: int) -> str:
    """Close enough to be one story if the number is even."""
    body = "The harbour opens on Monday and closes on Friday. " * (1 + number % 2)
    return f'{body}{NAMES[name]} said: "It is day {number}."'


def put(archive: Archive, number: int, name: int) -> None:
    item = article(
        f"m/{number}",
        written(number, name),
        outlet=("The Gazette", "The Tide", None)[name % 3],
        published_at=datetime(2024, 5, 1 + name, tzinfo=UTC),
    )
    archive.put([item])
    for each in archive.stale("r", 9):
        split(archive, each, "abc"[: 1 + name % 3])
    waiting = archive.ungrouped("r", 9)
    archive.put_sketches([(each, sketch(each, marks)) for each, marks in waiting], "r")


def attribute(archive: Archive) -> None:
    articles = archive.unattributed("r", 9)
    found = FakeAttributor().attribute(articles)
    archive.put_statements(list(zip(articles, found, strict=True)), "r")


def do(archive: Archive, step: str, number: int, name: int) -> None:
    match step:
        case "put":
            put(archive, number, name)
        case "remove":
            archive.remove([f"m/{number}"])
        case "attribute":
            attribute(archive)
        case "embed":
            embed(archive, "abc"[name % 3])


def contents(table: PassageTable) -> dict[str, list[object]]:
    return {name: column.tolist() for name, column in columns_of(table).items()}


@given(STEPS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_table_and_speakers_brought_up_to_date_are_those_read_whole(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("archive") / "archive.sqlite"
    with closing(Archive.open(path)) as archive:
        table = archive.passage_table()
        known = {each.key: each for each in archive.speakers()}
        for step, number, name in [*steps, ("publish", 0, 0)]:
            if step == "publish":
                table = archive.passage_table(table)
                archive.refresh_speakers(fresh=False)
                for key in archive.changed_speakers():
                    known.pop(key, None)
                known |= {each.key: each for each in archive.speakers(archive.changed_speakers())}
                archive.record_generation("g")
            else:
                do(archive, step, number, name)

        assert contents(table) == contents(archive.passage_table())
        archive.refresh_speakers(fresh=True)
        assert [known[key] for key in sorted(known)] == list(archive.speakers())


def test_nothing_is_unpublished_once_a_generation_is_recorded(archive: Archive) -> None:
    put(archive, 1, 0)
    attribute(archive)
    archive.refresh_speakers(fresh=False)
    assert archive.changed_speakers() == ["mike ferrow"]

    archive.record_generation("g")
    archive.refresh_speakers(fresh=False)

    assert archive.changed_speakers() == []


def test_only_speakers_of_whom_anything_changed_are_outdated(archive: Archive) -> None:
    for number, name in ((1, 4), (2, 0)):
        put(archive, number, name)
    attribute(archive)
    archive.refresh_speakers(fresh=False)
    archive.record_generation("g")

    put(archive, 3, 4)
    attribute(archive)
    archive.refresh_speakers(fresh=False)

    assert archive.changed_speakers() == ["ana ruiz"]


def test_what_a_killed_publish_had_refreshed_is_published_by_the_next(archive: Archive) -> None:
    put(archive, 1, 0)
    attribute(archive)
    archive.refresh_speakers(fresh=False)
    archive.record_generation("g")
    archive.remove(["m/1"])
    archive.refresh_speakers(fresh=False)

    archive.refresh_speakers(fresh=False)

    assert archive.changed_speakers() == ["mike ferrow"]
    assert list(archive.speakers(archive.changed_speakers())) == []


def test_a_change_of_what_is_not_indexed_is_no_change(archive: Archive) -> None:
    put(archive, 1, 0)
    archive.record_generation("g")
    table = archive.passage_table()

    archive.put([replace(archive.article("m/1"), url="https://example.org/other")])

    assert contents(archive.passage_table(table)) == contents(table)
