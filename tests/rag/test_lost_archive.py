"""A folder that has an index, but lost the archive that it was made of."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.progress import Until
from index.stores.backup import back_up, restore
from index.stores.generation.folders import current_name
from rag.service import Service
from tests.support.fakes import silent
from tests.support.fakes_api import ARTICLES
from tests.support.fakes_cli import Shell

USES: dict[str, Callable[[Service], object]] = {
    "add": lambda service: service.add(ARTICLES, progress=silent),
    "preview": lambda service: service.preview(ARTICLES),
    "finish": lambda service: service.finish(progress=silent),
    "remove": lambda service: service.remove(["harbour-tolls"], progress=silent),
    "rebuild": lambda service: service.rebuild(progress=silent),
    "compact": lambda service: service.compact(progress=silent),
    "rollback": lambda service: service.rollback(),
    "ask": lambda service: service.ask("Who leads the council?"),
    "readiness": lambda service: service.check(),
    "start of a server": lambda service: service.unfinished(),
    "backup": lambda service: back_up(service.settings.data, service.settings.data / "copy"),
}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    folder = tmp_path / "data"
    with closing(Shell(folder).open()) as writer:
        writer.add(ARTICLES[:1], progress=silent, until=Until.WORDS)
    back_up(folder, tmp_path / "backup.sqlite")
    for path in folder.glob("archive.sqlite*"):
        path.unlink()
    with closing(Shell(folder).open()) as opened:
        yield opened


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_nothing_is_done_without_the_archive_and_no_new_one_is_begun(
    service: Service, use: Callable[[Service], object]
) -> None:
    before = current_name(service.settings.data)

    with pytest.raises(ArchiveError, match=r"is lost.*onrecord restore --data .* BACKUP.*move"):
        use(service)

    assert not (service.settings.data / "archive.sqlite").exists()
    assert current_name(service.settings.data) == before


def test_a_backup_mends_it(service: Service, tmp_path: Path) -> None:
    restore(tmp_path / "backup.sqlite", service.settings.data, replace=False)
    service.rebuild(progress=silent)

    assert service.archive.count() == 1


def test_a_folder_of_no_generation_takes_articles_without_an_archive(tmp_path: Path) -> None:
    (tmp_path / "generations").mkdir()
    with closing(Shell(tmp_path).open()) as service:
        assert service.add(ARTICLES[:1], progress=silent, until=Until.NONE).added == 1
