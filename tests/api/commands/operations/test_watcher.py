"""An archive follows a folder."""

import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from api.commands.operations.watched_folder import WatchedFolder
from api.commands.operations.watcher import Watcher
from index.build_report import BuildReport
from index.documents import Article, Reject, RejectReason
from index.errors import WriterBusyError
from index.progress import Progress, Until, never
from tests.support.fakes import silent
from tests.support.fakes_api import FakeService

PIER = "The pier was rebuilt after the great storm of that winter, the council said."
QUAY = "The quay has had new lamps since Monday, and the harbour master is glad of it."


@dataclass
class Told:
    changes: list[BuildReport] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)

    def changed(self, report: BuildReport) -> None:
        self.changes.append(report)

    def rejected(self, rejects: Sequence[Reject]) -> None:
        self.rejects += rejects

    def waiting(self, why: str) -> None:
        self.waits.append(why)


class Desk:
    """A watched folder, its archive, and what was told."""

    def __init__(self, folder: Path, *, removes: bool = False) -> None:
        self.folder = folder
        self.service = FakeService(articles=())
        self.told = Told()
        self.watched = WatchedFolder(folder)
        self.watcher = Watcher(
            self.service, self.watched, self.told, removes=removes, progress=silent
        )

    def put(self, name: str, *articles: tuple[str, str]) -> None:
        lines = (json.dumps({"id": id, "title": id, "text": text}) for id, text in articles)
        (self.folder / name).write_text("".join(f"{line}\n" for line in lines))

    def steps(self, count: int = 2) -> None:
        for _ in range(count):
            self.watcher.step()

    @property
    def ids(self) -> set[str]:
        return set(self.service.shelf.kept)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_is_there_and_what_appears_is_added_by_its_words_first(desk: Desk) -> None:
    desk.put("one.jsonl", ("pier", PIER))
    desk.steps()
    desk.put("two.jsonl", ("quay", QUAY))
    desk.steps()

    assert desk.ids == {"pier", "quay"}
    assert desk.service.added_until == [Until.WORDS, Until.WORDS]
    assert [report.added for report in desk.told.changes if report.added] == [1, 1]


def test_statements_and_vectors_are_made_when_nothing_new_is_there(desk: Desk) -> None:
    desk.put("one.jsonl", ("pier", PIER))
    desk.steps()
    before = desk.service.finished

    desk.watcher.step()

    assert (before, desk.service.finished) == (0, 1)


def test_a_file_is_read_once_and_again_when_it_changed(desk: Desk) -> None:
    desk.put("one.jsonl", ("pier", PIER))
    desk.steps(6)
    desk.put("one.jsonl", ("pier", f"{PIER} It opens in May."))
    desk.steps(6)

    assert len(desk.service.added_until) == 2
    assert [report.revised for report in desk.told.changes if report.revised] == [1]


def test_a_reject_is_told_once(desk: Desk) -> None:
    (desk.folder / "bad.jsonl").write_text("no JSON\n")

    desk.steps(6)

    assert [reject.path.name for reject in desk.told.rejects] == ["bad.jsonl"]


def test_a_deleted_file_leaves_its_articles(desk: Desk) -> None:
    desk.put("one.jsonl", ("pier", PIER))
    desk.steps()
    (desk.folder / "one.jsonl").unlink()
    desk.steps(4)

    assert desk.ids == {"pier"}


def test_with_remove_the_articles_of_a_deleted_file_go_unless_another_file_has_them(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, removes=True)
    desk.put("one.jsonl", ("pier", PIER), ("quay", QUAY))
    desk.put("two.jsonl", ("quay", QUAY))
    desk.steps()
    (desk.folder / "one.jsonl").unlink()
    desk.steps(4)

    assert desk.ids == {"quay"}
    assert [report.removed for report in desk.told.changes if report.removed] == [1]


@dataclass
class Restart:
    """A second run over the same folder and archive, after the file's articles were there."""

    desk: Desk

    def ids_after(self, seconds: int) -> set[str]:
        """With the file of `seconds` after the removal."""
        os.utime(self.desk.folder / "one.jsonl", (time.time() + seconds,) * 2)
        again = Desk(self.desk.folder)
        again.service = self.desk.service
        again.watcher = Watcher(
            again.service, again.watched, self.desk.told, removes=False, progress=silent
        )
        again.steps()
        return again.ids


@pytest.fixture
def restart(desk: Desk) -> Restart:
    desk.put("one.jsonl", ("pier", PIER), ("quay", QUAY))
    desk.steps()
    return Restart(desk)


def test_what_was_taken_down_after_its_file_was_written_stays_away_after_a_restart(
    restart: Restart,
) -> None:
    restart.desk.service.remove(["pier"], progress=silent)

    ids = restart.ids_after(-60)

    [told] = restart.desk.told.rejects
    assert (ids, told.reason) == ({"quay"}, RejectReason.TAKEN_DOWN)
    assert "'pier' was taken down on 2" in str(told)
    assert "change the file or use `onrecord index add` to add it again" in str(told)


def test_a_file_that_was_changed_after_the_take_down_adds_it_again(restart: Restart) -> None:
    restart.desk.service.remove(["pier"], progress=silent)

    assert restart.ids_after(60) == {"pier", "quay"}
    assert restart.desk.told.rejects == []


def test_an_old_copy_of_what_was_taken_down_does_not_keep_a_new_one_out(restart: Restart) -> None:
    restart.desk.service.remove(["pier"], progress=silent)
    restart.desk.put("two.jsonl", ("pier", QUAY))
    os.utime(restart.desk.folder / "two.jsonl", (time.time() + 60,) * 2)

    assert restart.ids_after(-60) == {"pier", "quay"}
    assert restart.desk.service.shelf.article("pier").text == QUAY


def test_an_old_file_that_went_and_is_back_is_added_though_its_articles_were_removed(
    tmp_path: Path,
) -> None:
    (tmp_path / "incoming").mkdir()
    desk = Desk(tmp_path / "incoming", removes=True)
    desk.put("one.jsonl", ("pier", PIER))
    desk.steps()
    aside = (desk.folder / "one.jsonl").rename(tmp_path / "one.jsonl")
    desk.steps()
    before = set(desk.ids)
    aside.rename(desk.folder / "one.jsonl")
    desk.steps()

    assert (before, desk.ids) == (set(), {"pier"})


def test_two_files_that_come_together_with_other_texts_under_one_id_are_told(desk: Desk) -> None:
    desk.put("one.jsonl", ("pier", PIER))
    desk.put("two.jsonl", ("pier", QUAY))
    desk.steps()

    assert [reject.path.name for reject in desk.told.rejects] == ["two.jsonl"]
    assert desk.service.shelf.article("pier").text == PIER


def test_a_file_of_no_article_can_be_deleted_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path, removes=True)
    (desk.folder / "bad.jsonl").write_text("no JSON\n")
    desk.steps()
    (desk.folder / "bad.jsonl").unlink()
    desk.steps(4)

    assert desk.watched.look().gone == frozenset()


def test_it_waits_its_turn_while_another_writes_and_says_so_once(desk: Desk) -> None:
    desk.put("one.jsonl", ("pier", PIER))
    desk.service.failure = WriterBusyError("Another process is writing.")
    desk.service.added_until.append(Until.ALL)  # nothing is left to finish
    desk.steps(5)
    busy = set(desk.ids)
    desk.service.failure = None
    desk.steps(1)

    assert (busy, desk.ids) == (set(), {"pier"})
    assert len(desk.told.waits) == 1
    assert "waiting until it ends" in desk.told.waits[0]


def test_a_folder_that_is_away_is_waited_for_and_nothing_is_removed(tmp_path: Path) -> None:
    (tmp_path / "incoming").mkdir()
    desk = Desk(tmp_path / "incoming", removes=True)
    desk.put("one.jsonl", ("pier", PIER))
    desk.steps()
    aside = desk.folder.rename(tmp_path / "aside")
    desk.steps(4)
    aside.rename(desk.folder)
    desk.steps(4)

    assert desk.ids == {"pier"}
    assert len(desk.told.waits) == 1


class Slow(FakeService):
    """Finishes until it is told to stop."""

    def __init__(self, during: Callable[[], None]) -> None:
        super().__init__(articles=())
        self.during = during
        self.added: list[str] = []

    def add(
        self,
        items: Iterable[Article | Reject],
        *,
        progress: Progress,
        until: Until = Until.ALL,
        stop: Callable[[], bool] = never,
    ) -> BuildReport:
        given = list(items)
        self.added += [each.id for each in given if isinstance(each, Article)]
        return super().add(given, progress=progress, until=until, stop=stop)

    def finish(
        self, *, progress: Progress, stop: Callable[[], bool] = lambda: False
    ) -> BuildReport:
        self.during()
        while not stop():
            pass
        return super().finish(progress=progress, stop=stop)


def test_finishing_makes_way_for_a_new_file(desk: Desk) -> None:
    service = Slow(lambda: desk.put("two.jsonl", ("quay", QUAY)))
    watcher = Watcher(service, desk.watched, desk.told, removes=False, progress=silent)
    desk.put("one.jsonl", ("pier", PIER))

    for _ in range(4):
        watcher.step()

    assert service.added == ["pier", "quay"]
