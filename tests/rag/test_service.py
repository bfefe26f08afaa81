"""The composition root: parts are made once, when first needed, and again after a failure."""

import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import AbandonedError, SettingsError
from index.progress import Until
from index.stores.archive.archive import Archive
from rag.service import Service
from rag.settings import ServiceSettings, read_settings
from rag.timing import Stopwatch
from rag.upkeep import Lazy
from tests.support.fakes import silent
from tests.support.newsroom import ARTICLES, newsroom


def test_a_part_is_made_once_however_many_threads_ask() -> None:
    made: list[int] = []
    barrier = threading.Barrier(8)

    def make() -> int:
        made.append(1)
        return len(made)

    part = Lazy(make)

    def use() -> None:
        barrier.wait()
        assert part() == 1

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_a_part_that_failed_is_tried_again() -> None:
    attempts: list[int] = []

    def make() -> str:
        attempts.append(1)
        if len(attempts) == 1:
            raise OSError("not yet")
        return "made"

    part = Lazy(make)
    with pytest.raises(OSError, match="not yet"):
        part()

    assert part() == "made"
    assert part.made == ("made",)


def test_a_bad_setting_is_named_with_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PASSAGE_TOKENS", "many")

    with pytest.raises(SettingsError, match=r"ONRECORD_PASSAGE_TOKENS.*'many'"):
        read_settings()


def test_a_given_folder_overrides_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ONRECORD_DATA", "elsewhere")

    assert read_settings(tmp_path).data == tmp_path
    assert read_settings().data == Path("elsewhere")


def test_a_stopwatch_names_stages_in_order_and_adds_up_repeats() -> None:
    watch = Stopwatch()

    for stage in ("embed", "read", "embed"):
        with watch(stage):
            pass

    assert list(watch.timings_ms) == ["embed", "read", "total"]
    assert watch.timings_ms["total"] >= watch.timings_ms["embed"] >= 0


def test_a_question_that_nobody_waits_for_any_more_ends_before_its_next_stage(
    tmp_path: Path,
) -> None:
    answers = iter([False, False, True])
    seen: list[bool] = []

    def is_abandoned() -> bool:
        seen.append(next(answers))
        return seen[-1]

    with newsroom(tmp_path) as service, pytest.raises(AbandonedError):
        service.ask("What was rebuilt?", is_abandoned=is_abandoned)

    assert seen == [False, False, True]


def test_an_archive_is_unfinished_while_the_index_lacks_what_it_holds(tmp_path: Path) -> None:
    with newsroom(tmp_path) as service:
        assert not service.unfinished()

        service.add([replace(ARTICLES[0], id="new")], progress=silent, until=Until.NONE)
        assert service.unfinished()

        service.finish(progress=silent)
        assert not service.unfinished()

        with closing(Archive.open(tmp_path / "archive.sqlite")) as archive:
            archive.remove(["new"])  # as a writer does that is killed before it publishes
        assert service.unfinished()

        service.finish(progress=silent)
        assert not service.unfinished()


def test_articles_that_are_stored_and_not_split_are_pending(tmp_path: Path) -> None:
    with newsroom(tmp_path) as service:
        service.add([replace(ARTICLES[0], id="new")], progress=silent, until=Until.NONE)

        assert service.state().pending.statements == 1
        service.finish(progress=silent)
        assert not service.state().pending


def test_a_folder_without_an_archive_has_nothing_unfinished(tmp_path: Path) -> None:
    with closing(Service(ServiceSettings(data=tmp_path / "nothing"))) as service:
        assert not service.unfinished()
