"""What is erased is in no byte of the data folder, wherever the run was cut off."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.build import Builder
from index.documents import Article
from index.errors import UnknownArticleError, WriterBusyError
from index.language.terms import analyze
from index.maintenance.erased_rows import erase
from index.maintenance.erasing import has_gaps
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generations
from rag.citations import Claim
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.places import ROOT

SETTINGS = IndexSettings(embedder="fake")
RARE = "Quixelbury"
EARLIER = "Zyxtonville"
SECRET = Article(
    "secret-one",
    f"The {RARE} affair",
    f'{RARE} Lee said: "The {RARE} pier was mine." The mayor of {RARE} left on Monday.',
    outlet=f"{RARE} Post",
    metadata={"section": RARE},
)
FIRST = Article("secret-one", "An affair", f"The {EARLIER} pier was sold to Ann Lee on Monday.")
HARBOUR = Article("harbour", "Harbour", 'Ann Lee said: "The harbour opens." It opens on Monday.')


def builder(folder: Path) -> Builder:
    return Builder(
        folder, settings=SETTINGS, embedder=FakeEmbedder("fake"), attributor=FakeAttributor()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An article that was revised and one that stays; two generations."""
    builder(tmp_path).add([FIRST, HARBOUR], progress=silent)
    builder(tmp_path).add([SECRET], progress=silent)
    return tmp_path


def places_of(folder: Path, *wanted: bytes) -> set[str]:
    """The files that have any of these bytes, as UTF-8, in lower case or as UTF-16."""
    forms = {each.lower() for each in wanted}
    forms |= {each.decode("latin-1").encode("utf-16-le").lower() for each in wanted}
    files = {path: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}
    return {
        path.relative_to(folder).parts[0]
        for path, content in files.items()
        if any(form in content for form in forms)
    }


def names_of(folder: Path) -> set[str]:
    return places_of(folder, RARE.encode(), EARLIER.encode(), b"secret-one")


def vector_of(folder: Path, article: str) -> bytes:
    """As it is stored, of its only passage."""
    with closing(Archive.open(folder / "archive.sqlite", read_only=True)) as archive:
        table = archive.passage_table()
        passage = table.passage[table.article == table.article_row(article)]
        return archive.vectors(passage).astype("<f2").tobytes()


@contextmanager
def opened(folder: Path) -> Iterator[Service]:
    service = Service(
        ServiceSettings(data=folder, embedder="fake"),
        embedder=lambda _: FakeEmbedder("fake"),
        attributor=FakeAttributor,
        reader=no_reader,
    )
    yield service
    service.close()


def test_no_byte_of_a_purged_article_is_left(folder: Path) -> None:
    assert names_of(folder) == {"archive.sqlite", "generations"}

    report = builder(folder).purge(["secret-one"], progress=silent)

    assert names_of(folder) == set()
    assert report.erased
    rows = report.erased.rows
    assert (rows.articles, rows.revisions, rows.statements, rows.vectors) == (1, 2, 1, 2)
    assert report.erased.generations == 2
    assert len(list((folder / "generations").iterdir())) == 1


def test_its_vector_is_gone_and_that_of_others_is_kept(folder: Path) -> None:
    gone, kept = vector_of(folder, "secret-one"), vector_of(folder, "harbour")
    assert places_of(folder, gone) == places_of(folder, kept) == {"archive.sqlite", "generations"}

    report = builder(folder).purge(["secret-one"], progress=silent)

    assert places_of(folder, gone) == set()
    assert places_of(folder, kept) == {"archive.sqlite", "generations"}
    assert (report.articles, report.embedded) == (1, 0)


def test_a_running_reader_goes_on_and_finds_the_new_generation(folder: Path) -> None:
    generations = Generations(folder, settings=SETTINGS, embedder=FakeEmbedder("fake").identity)
    old = generations.current()
    with opened(folder) as service:
        assert service.ask("Who said the harbour opens?").index.generation == old.name

        builder(folder).purge(["secret-one"], progress=silent)

        assert len(old.terms.search(analyze("harbour"), 5)[0]) == 1
        assert service.ask("Who said the harbour opens?").index.generation != old.name
        found = service.search(f"{RARE} pier").hits
        assert [each.citation.article.id for each in found] == ["harbour"]
        assert names_of(folder) == set()
        claim = Claim("secret-one", None, 0, 3, "The")
        assert not service.verify([claim])[0].verified


def test_removed_articles_are_erased_later_all_or_some(folder: Path) -> None:
    builder(folder).add([Article("pier", "Pier", "The pier is for sale.")], progress=silent)
    builder(folder).remove(["secret-one", "pier"], progress=silent)

    first = builder(folder).purge(["pier"], progress=silent)
    assert names_of(folder)
    rest = builder(folder).purge(None, progress=silent)
    none = builder(folder).purge(None, progress=silent)

    assert first.erased
    assert rest.erased
    assert (first.erased.rows.articles, rest.erased.rows.articles) == (1, 1)
    assert none.erased is None
    assert names_of(folder) == set()


def test_what_was_never_here_cannot_be_erased(folder: Path) -> None:
    with pytest.raises(UnknownArticleError, match="'nobody'"):
        builder(folder).purge(["nobody"], progress=silent)


def test_an_erased_article_can_be_added_again(folder: Path) -> None:
    builder(folder).purge(["secret-one"], progress=silent)

    report = builder(folder).add([SECRET], progress=silent)

    assert report.added == 1
    with closing(Archive.open(folder / "archive.sqlite", read_only=True)) as archive:
        assert len(archive.revisions("secret-one")) == 1


def test_the_last_article_can_be_erased(folder: Path) -> None:
    report = builder(folder).purge(["secret-one", "harbour"], progress=silent)

    assert report.articles == 0
    assert names_of(folder) | places_of(folder, b"harbour") == set()


def test_copies_of_the_archive_in_the_folder_are_named_and_left_alone(folder: Path) -> None:
    copy = folder / "archive.sqlite.damaged"
    copy.write_bytes(b"may still hold something")

    report = builder(folder).purge(["secret-one"], progress=silent)

    assert report.erased
    assert report.erased.others == ("archive.sqlite.damaged",)
    assert copy.exists()


def test_a_reader_without_a_pause_keeps_the_log_and_the_next_run_empties_it(folder: Path) -> None:
    path = folder / "archive.sqlite"
    with (
        closing(Archive.open(path, read_only=True)) as reader,
        closing(Archive.open(path)) as writer,
        reader.database.read() as connection,
    ):
        assert connection.value("select count(*) from revisions") == 3
        erase(writer, ["secret-one"])
        with pytest.raises(WriterBusyError, match="run the same command again"):
            writer.database.shrink(patience=0)

    builder(folder).finish(progress=silent)

    assert names_of(folder) == set()


def test_bodies_that_ended_jobs_left_in_their_file_are_erased_too(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "jobs.sqlite")) as jobs:
        jobs.execute("pragma journal_mode=wal")
        jobs.execute("create table bodies (job integer primary key, body blob)")
        jobs.execute("insert into bodies values (1, ?)", (SECRET.text.encode(),))
        jobs.commit()
        jobs.execute("delete from bodies")
        jobs.commit()

        report = builder(folder).purge(["secret-one"], progress=silent)

        assert names_of(folder) == set()
    assert report.erased
    assert report.erased.others == ()


CUT_OFF = """
import os, signal, sys
from pathlib import Path
from tests.index.maintenance.test_erasing import builder

def progress(stage, done, total):
    if stage == "publishing" and done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

builder(Path(sys.argv[1])).purge(["secret-one"], progress=progress)
"""


@pytest.mark.slow
@pytest.mark.parametrize("again", ["purge", "finish", "add"])
@pytest.mark.parametrize("when", ["0", "1"], ids=["before the index", "after the index"])
def test_a_killed_erasure_is_ended_by_the_next_writer(folder: Path, when: str, again: str) -> None:
    died = subprocess.run(
        [sys.executable, "-c", CUT_OFF, str(folder), when], cwd=ROOT, check=False
    ).returncode
    assert died == -signal.SIGKILL
    with opened(folder) as service:
        assert service.unfinished()
        found = service.search(f"{RARE} pier").hits
        assert [each.citation.article.id for each in found] == ["harbour"]

    if again == "purge":
        report = builder(folder).purge(["secret-one"], progress=silent)
        assert report.erased
        assert report.erased.rows.revisions == 2
    elif again == "finish":
        builder(folder).finish(progress=silent)
    else:
        builder(folder).add([Article("pier", "Pier", "It is for sale.")], progress=silent)

    assert names_of(folder) == set()
    with opened(folder) as service:
        assert not service.unfinished()
        assert service.ask("Who said the harbour opens?").outcome


def test_compacting_drops_vectors_that_nothing_uses_and_keeps_every_text(folder: Path) -> None:
    report = builder(folder).compact(progress=silent)

    assert report.erased
    assert report.erased.rows.vectors == 1  # of the earlier revision
    assert report.articles == 2
    with closing(Archive.open(folder / "archive.sqlite", read_only=True)) as archive:
        assert archive.article("secret-one", FIRST.revision).text == FIRST.text
        assert archive.missing_vectors() == 0
    assert len(list((folder / "generations").iterdir())) == 1
    again = builder(folder).compact(progress=silent)
    assert again.erased
    assert again.erased.rows.vectors == 0
    assert again.generation == report.generation  # there was no gap to close


def test_compacting_closes_the_gaps_that_a_removal_leaves(folder: Path) -> None:
    many = [Article(f"a{n}", f"Lamp {n}", f"The lamp {n} is lit again.") for n in range(20)]
    builder(folder).add(many, progress=silent)
    removed = builder(folder).remove(["a3"], progress=silent)
    assert has_gaps(folder / "generations" / removed.generation)

    compacted = builder(folder).compact(progress=silent)

    assert not has_gaps(folder / "generations" / compacted.generation)
    assert compacted.articles == removed.articles
