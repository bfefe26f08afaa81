"""Adding in stages: found by words first, statements and vectors later, newest articles first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import Builder
from index.build_run import FEW
from index.documents import Article
from index.language.terms import analyze
from index.progress import FINISHED_AT_ONCE, Pending, Until
from index.publishing import SECONDS_BETWEEN
from index.stores.archive.archive import Archive
from index.stores.generation.folders import current_name
from index.stores.generation.generation import Generation
from tests.index.test_build import SETTINGS, builder, current
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent


def said(number: int) -> Article:
    """The later the number, the newer the article."""
    return Article(
        id=f"a{number:03}",
        title=f"Day {number}",
        text=f'The committee met in hall {number}. Ann Lee said: "We saw hall number{number}."',
        published_at=datetime.fromtimestamp(1_700_000_000 + 86_400 * number, UTC),
    )


def found(generation: Generation, words: str) -> int:
    return len(generation.terms.search(analyze(words), 500)[0])


def with_vectors(generation: Generation) -> list[str]:
    """The articles all of whose passages have one."""
    table = generation.passage_table
    return [
        each
        for row, each in enumerate(table.article_ids)
        if table.embedded[table.article == row].all()
    ]


def test_what_is_added_until_its_words_is_found_by_them_and_says_what_is_still_to_come(
    tmp_path: Path,
) -> None:
    report = builder(tmp_path).add([said(1), said(2)], progress=silent, until=Until.WORDS)

    generation = current(tmp_path)
    assert found(generation, "hall committee") == report.passages == 2
    assert report.pending == generation.manifest.pending == Pending(statements=2, vectors=2)
    assert (report.embedded, report.statements, generation.vectors.size) == (0, 0, 0)


def test_what_is_stored_only_is_found_when_it_is_finished(tmp_path: Path) -> None:
    report = builder(tmp_path).add([said(1)], progress=silent, until=Until.NONE)
    assert (report.added, report.generation, report.pending) == (1, "", Pending(1, 0))

    finished = builder(tmp_path).finish(progress=silent)

    assert (finished.articles, finished.statements, finished.pending) == (1, 1, Pending())
    assert current(tmp_path).vectors.size == 1


def test_finishing_gives_what_adding_at_once_gives(tmp_path: Path) -> None:
    items = [said(number) for number in range(5)]
    builder(tmp_path / "a").add(items, progress=silent, until=Until.WORDS)

    report = builder(tmp_path / "a").finish(progress=silent)

    whole = builder(tmp_path / "b").add(items, progress=silent)
    assert (report.pending, report.embedded) == (Pending(), whole.embedded)
    assert report.statements == whole.statements == 5
    one, other = current(tmp_path / "a"), current(tmp_path / "b")
    question = FakeEmbedder().embed_questions(["hall number3"])[0]
    assert (
        one.vectors.search(question, 5)[0].tolist() == other.vectors.search(question, 5)[0].tolist()
    )
    assert one.statements.speaker("ann lee") == other.statements.speaker("ann lee")


def test_finishing_what_is_finished_publishes_nothing(tmp_path: Path) -> None:
    before = builder(tmp_path).add([said(1)], progress=silent)

    assert builder(tmp_path).finish(progress=silent).generation == before.generation


class _Dying(FakeEmbedder):
    """The plug is pulled at the second batch of passages."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.embedded:
            raise KeyboardInterrupt
        return super().embed_passages(texts)


def test_a_killed_run_had_the_newest_done_and_is_gone_on_with(tmp_path: Path) -> None:
    items = [said(number) for number in range(FINISHED_AT_ONCE + FEW + 9)]
    with pytest.raises(KeyboardInterrupt):
        builder(tmp_path, _Dying()).add(items, progress=silent)
    assert found(current(tmp_path), "committee") == len(items)

    embedder = FakeEmbedder()
    report = builder(tmp_path, embedder).add([], progress=silent)

    assert report.pending == Pending()
    assert report.statements == len(items)
    oldest = {f"hall {number}." for number in range(FEW + 9)}
    assert {text.split("in ")[1].split(" Ann")[0] for text in embedder.embedded} == oldest


def test_a_stop_ends_it_with_what_is_done_published_and_the_newest_are_done(tmp_path: Path) -> None:
    items = [said(number) for number in range(2 * FINISHED_AT_ONCE)]
    builder(tmp_path).add(items, progress=silent, until=Until.WORDS)
    stops = iter([False, True])

    report = builder(tmp_path).finish(progress=silent, stop=lambda: next(stops))

    assert report.pending == Pending(FINISHED_AT_ONCE, FINISHED_AT_ONCE)
    assert with_vectors(current(tmp_path)) == [item.id for item in items[FINISHED_AT_ONCE:]]


def test_a_stopped_addition_has_published_its_first_articles_and_says_how_many(
    tmp_path: Path,
) -> None:
    items = [said(number) for number in range(2 * FINISHED_AT_ONCE)]

    report = builder(tmp_path).add(items, progress=silent, stop=lambda: True)
    rest = builder(tmp_path).add(items[report.added :], progress=silent)

    assert (report.added, report.articles) == (FINISHED_AT_ONCE, FINISHED_AT_ONCE)
    assert report.pending == Pending(FINISHED_AT_ONCE, FINISHED_AT_ONCE)
    assert (rest.added, rest.articles, rest.pending) == (
        FINISHED_AT_ONCE,
        2 * FINISHED_AT_ONCE,
        Pending(),
    )


def test_a_stopped_rebuild_publishes_nothing_and_the_next_one_continues_it(tmp_path: Path) -> None:
    items = [said(number) for number in range(2 * FINISHED_AT_ONCE)]
    builder(tmp_path).add(items, progress=silent, until=Until.WORDS)
    before = current_name(tmp_path)
    stops = iter([False, True])

    stopped = builder(tmp_path).rebuild(progress=silent, stop=lambda: next(stops))

    assert (stopped.generation, stopped.embedded, current_name(tmp_path)) == (
        before,
        FINISHED_AT_ONCE,
        before,
    )
    assert builder(tmp_path).rebuild(progress=silent).embedded == FINISHED_AT_ONCE


def test_a_removal_does_not_wait_for_what_is_pending(tmp_path: Path) -> None:
    builder(tmp_path).add([said(1), said(2)], progress=silent, until=Until.WORDS)

    report = builder(tmp_path).remove(["a001"], progress=silent)

    assert report.pending == Pending(statements=1, vectors=1)
    assert current(tmp_path).passage_table.article_ids == ("a002",)


def test_a_few_articles_are_published_once_and_many_with_their_words_first(tmp_path: Path) -> None:
    stages: list[str] = []

    def watch(stage: str, done: int, total: int | None) -> None:
        stages.append(f"{stage} {done}" if stage == "publishing" else stage)

    builder(tmp_path / "few").add([said(1)], progress=watch)
    few, stages = stages, []
    builder(tmp_path / "many").add([said(n) for n in range(FEW + 1)], progress=watch)

    assert few.count("publishing 1") == 1
    assert stages.index("publishing 1") < stages.index("attributing")
    assert stages.count("publishing 1") == 2 < SECONDS_BETWEEN


def test_a_rebuild_publishes_only_when_all_is_done(tmp_path: Path) -> None:
    builder(tmp_path).add([said(n) for n in range(FEW + 1)], progress=silent, until=Until.WORDS)
    before = current_name(tmp_path)

    class Watching(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            assert current_name(tmp_path) == before
            return super().embed_passages(texts)

    report = builder(tmp_path, Watching()).rebuild(progress=silent)

    assert report.pending == Pending()
    assert report.embedded == FEW + 1


def test_another_attributor_leaves_old_statements_until_there_are_new_ones(tmp_path: Path) -> None:
    builder(tmp_path).add([said(1)], progress=silent)
    other = Builder(
        tmp_path,
        settings=SETTINGS,
        embedder=FakeEmbedder(),
        attributor=FakeAttributor("another"),
    )

    report = other.add([said(2)], progress=silent, until=Until.WORDS)

    assert (report.statements, report.pending.statements) == (1, 2)
    with_all = other.finish(progress=silent)
    assert (with_all.statements, with_all.pending.statements) == (2, 0)


def test_a_damaged_index_is_made_again_though_nothing_is_new(tmp_path: Path) -> None:
    builder(tmp_path).add([said(1), said(2)], progress=silent)
    folder = tmp_path / "generations" / current_name(tmp_path)
    path = next((folder / "terms").glob("*.idx"))
    path.write_bytes(bytes(path.stat().st_size))

    builder(tmp_path).add([], progress=silent)

    assert found(current(tmp_path), "committee") == 2


def test_the_archive_says_what_waits_newest_first(tmp_path: Path) -> None:
    undated = Article(id="undated", title="No day", text="The committee met at some time.")
    builder(tmp_path).add([undated, said(3), said(9), said(5)], progress=silent, until=Until.WORDS)

    archive = Archive.open(tmp_path / "archive.sqlite")

    assert archive.unfinished("another recipe") == [3, 4, 2, 1]
    archive.close()
