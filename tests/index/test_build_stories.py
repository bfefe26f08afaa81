"""Copies kept in the archive and built into the index: incremental and resumable."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import Builder
from index.dedup.near_duplicates import MOST_COMPARED, sketch
from index.documents import Article
from index.errors import UnknownArticleError
from index.progress import Until
from index.recipes import story_recipe
from index.settings import IndexSettings
from index.sources.jsonl import read_jsonl
from index.sources.sample import sample_path
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generations
from index.stores.search.passage_table import PassageTable
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent

SETTINGS = IndexSettings(passage_tokens=40, overlap_tokens=10)
BODY = " ".join(f"Witness {number} saw boat {number * 7} leave." for number in range(30))
OTHER = " ".join(f"Voter {number} chose list {number * 3} again." for number in range(30))


def article(id: str, text: str = BODY, day: int = 1, **facts: object) -> Article:
    date = datetime(2025, 3, day, tzinfo=UTC)
    return Article(id, f"Title of {id}", text, published_at=date, **facts)  # type: ignore[arg-type]  # facts are the caller's


WIRE = article("wire", day=2)
COPY = article("copy", BODY + " It was raining.", day=3)
EARLY = article("z-early", "Our reporter writes. " + BODY, day=1)
APART = article("apart", OTHER)


def group(archive: Archive, *articles: Article) -> None:
    archive.put_sketches([(each, sketch(each, ())) for each in articles], "r")


def opened(folder: Path) -> Archive:
    return Archive.open(folder / "a.sqlite")


def stories(articles: Sequence[Article], batches: Sequence[int] = ()) -> dict[str, str]:
    """As an archive groups them, put one batch after another."""
    with (
        TemporaryDirectory() as folder,
        closing(Archive.open(Path(folder) / "a.sqlite")) as archive,
    ):
        bounds = [0, *sorted(batches), len(articles)]
        for start, end in pairwise(bounds):
            archive.put(articles[start:end])
            group(archive, *articles[start:end])
        return archive.stories()


def builder(folder: Path) -> Builder:
    return Builder(folder, settings=SETTINGS, embedder=FakeEmbedder(), attributor=FakeAttributor())


def columns(folder: Path) -> PassageTable:
    reader = Generations(folder, settings=SETTINGS, embedder=FakeEmbedder().identity)
    return reader.current().passage_table


def led(columns: PassageTable) -> dict[str, str]:
    return {
        id: columns.article_ids[row]
        for id, row in zip(columns.article_ids, columns.story.tolist(), strict=True)
    }


def test_copies_are_named_by_the_earliest_and_others_stand_alone() -> None:
    assert stories([WIRE, COPY, EARLY, APART]) == {
        "wire": "z-early",
        "copy": "z-early",
        "z-early": "z-early",
        "apart": "apart",
    }


@settings(max_examples=15, deadline=None)
@given(st.permutations([WIRE, COPY, EARLY, APART]), st.lists(st.integers(0, 4), max_size=3))
def test_neither_the_order_nor_the_batches_articles_come_in_matter(
    articles: list[Article], batches: list[int]
) -> None:
    assert stories(articles, batches) == stories([WIRE, COPY, EARLY, APART])


def test_an_undated_copy_never_names_the_group() -> None:
    undated = replace(COPY, id="a", published_at=None)

    assert stories([undated, WIRE])["a"] == "wire"


def test_a_removed_article_leaves_its_group_at_once(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as archive:
        archive.put([WIRE, COPY, EARLY])
        group(archive, WIRE, COPY, EARLY)
        archive.remove(["z-early"])

        assert archive.stories() == {"wire": "wire", "copy": "wire"}
        assert archive.count_ungrouped("r") == 0


def test_an_article_put_again_joins_its_group_again(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as archive:
        archive.put([WIRE, COPY])
        group(archive, WIRE, COPY)
        archive.remove(["copy"])
        archive.put([COPY])

        assert [each.id for each, _ in archive.ungrouped("r", 9)] == ["copy"]
        group(archive, COPY)
        assert archive.stories() == {"wire": "wire", "copy": "wire"}


def test_a_rewritten_article_leaves_the_group_of_its_old_text(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as archive:
        archive.put([WIRE, COPY])
        group(archive, WIRE, COPY)
        archive.put([rewritten := replace(COPY, text=OTHER)])
        group(archive, rewritten)

        assert archive.stories() == {"wire": "wire", "copy": "copy"}


def test_an_article_changed_meanwhile_is_not_noted_as_compared(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as archive:
        archive.put([WIRE])
        archive.put([replace(WIRE, text=OTHER)])

        with pytest.raises(UnknownArticleError, match="compare what the archive holds now"):
            group(archive, WIRE)


def test_all_of_a_batch_is_kept_or_none(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as archive:
        archive.put([WIRE])

        with pytest.raises(UnknownArticleError):
            group(archive, WIRE, COPY)

        assert archive.count_ungrouped("r") == 1


def test_another_recipe_makes_every_sketch_stale(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as archive:
        archive.put([WIRE, COPY])
        group(archive, WIRE, COPY)

        assert archive.count_ungrouped("r") == 0
        assert archive.count_ungrouped("s") == 2


def test_a_generation_says_which_article_names_each_story(tmp_path: Path) -> None:
    builder(tmp_path).add([WIRE, COPY, APART], progress=silent)

    assert led(columns(tmp_path)) == {"apart": "apart", "copy": "wire", "wire": "wire"}


def test_adding_one_by_one_groups_as_building_at_once(tmp_path: Path) -> None:
    for each in (COPY, APART, WIRE, EARLY):
        builder(tmp_path / "grown").add([each], progress=silent)
    builder(tmp_path / "whole").add([EARLY, WIRE, COPY, APART], progress=silent)

    assert led(columns(tmp_path / "grown")) == led(columns(tmp_path / "whole"))


def test_an_archive_whose_grouping_alone_changed_is_published_anew(tmp_path: Path) -> None:
    builder(tmp_path).add([WIRE, COPY], progress=silent)
    with closing(Archive.open(tmp_path / "archive.sqlite")) as archive:
        unlike = sketch(APART, ())
        archive.put_sketches([(COPY, unlike)], story_recipe())

    builder(tmp_path).add([], progress=silent)

    assert led(columns(tmp_path)) == {"copy": "copy", "wire": "wire"}


@pytest.mark.slow
def test_a_run_cut_off_after_a_batch_goes_on_with_the_rest(tmp_path: Path) -> None:
    items = [article(f"a{number:03}", f"{number} {BODY}") for number in range(250)]
    seen: list[tuple[int, int | None]] = []

    def pull_the_plug(stage: str, done: int, total: int | None) -> None:
        if stage == "grouping":
            raise _PulledPlugError

    def look(stage: str, done: int, total: int | None) -> None:
        if stage == "grouping":
            seen.append((done, total))

    builder(tmp_path).add(items, progress=silent, until=Until.NONE)
    with pytest.raises(_PulledPlugError):
        builder(tmp_path).finish(progress=pull_the_plug)
    builder(tmp_path).add([], progress=look)

    assert seen == [(50, 50)]
    assert set(led(columns(tmp_path)).values()) == {"a000"}


class _PulledPlugError(Exception):
    pass


def test_wire_copies_of_the_sample_archive_are_grouped() -> None:
    articles = [each for each in read_jsonl(sample_path()) if isinstance(each, Article)]

    found = stories(articles)

    groups: dict[str, set[str]] = {}
    for id, leader in found.items():
        groups.setdefault(leader, set()).add(id)
    assert sorted(sorted(group) for group in groups.values() if len(group) > 1) == [
        ["corvania-rate-delta", "corvania-rate-post", "corvania-rate-wire"],
        ["ferry-fire-courier", "ferry-fire-gazette", "ferry-fire-wire"],
        ["ice-core-echo", "ice-core-wire"],
        ["vaccine-trial-saffron", "vaccine-trial-wire"],
    ]


RESULTS = (
    "{} reported net profit of {} million crowns, compared with {} million a year earlier. The "
    "company said it expected demand to hold in the second half of the year and left its dividend "
    "unchanged. Analysts had expected a similar result, according to a poll of five banks."
)


def test_a_template_filled_in_for_two_firms_is_two_stories() -> None:
    one, other = (
        article(name, RESULTS.format(name.capitalize(), profit, before))
        for name, profit, before in (("borel", 12, 9), ("zane", 31, 35))
    )

    assert stories([one, other]) == {"borel": "borel", "zane": "zane"}


def test_a_story_of_many_copies_stays_one_though_few_are_compared(tmp_path: Path) -> None:
    copies = [article(f"copy-{at:03}", f"{BODY} Edition {at}.") for at in range(150)]
    with closing(opened(tmp_path)) as archive:
        archive.put(copies)
        group(archive, *copies)

        assert set(archive.stories().values()) == {"copy-000"}
        with archive.database.read() as connection:
            assert connection.value("select count(*) from copies") <= 2 * MOST_COMPARED * len(
                copies
            )
