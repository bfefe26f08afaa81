"""What was altered in the archive from outside is named, and never quoted, shown or indexed."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api.schemas.articles import article_body
from api.schemas.replies import ReplyBody
from index.errors import ArchiveError, DamagedArticleError, OnRecordError, UnknownArticleError
from rag.replies import Answer
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.newsroom import ARTICLES, newsroom
from tests.support.replies import answer

FLIPS = 200
COST = "How much will rebuilding the swing bridge cost?"
FROG = "Who described a new frog?"
QUESTIONS = (COST, FROG, "What did Ama Mensah say about the bridge price?", "Who runs the bakery?")


def served(folder: Path) -> Service:
    return Service(
        ServiceSettings(data=folder),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("intact")
    with newsroom(folder):
        pass
    return folder


@pytest.fixture
def folder(intact: Path, tmp_path: Path) -> Path:
    return shutil.copytree(intact, tmp_path / "data")


def alter(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        assert connection.execute(statement, values).rowcount
        connection.commit()


def everything_shown(service: Service) -> dict[str, Any]:
    """Replies, articles and lists; in place of each that failed, the error's class."""
    known: dict[str, Callable[[], Any]] = {
        **{question: partial(_reply, service, question) for question in QUESTIONS},
        **{each.id: partial(_shown, service, each.id) for each in ARTICLES},
        "page": lambda: service.archive.page(limit=50),
    }
    return {name: _or_error(show) for name, show in known.items()}


def _reply(service: Service, question: str) -> dict[str, Any]:
    body = ReplyBody.of(service.ask(question), explain=False).model_dump()
    return {name: value for name, value in body.items() if name != "timings_ms"}


def _shown(service: Service, id: str) -> dict[str, Any]:
    return article_body(service.archive, id, None).model_dump()


def _or_error(show: Callable[[], Any]) -> Any:
    try:
        return show()
    except OnRecordError as error:
        return type(error)


def test_an_altered_word_is_never_quoted(folder: Path) -> None:
    text = "replace(text, 'will cost £18.6', 'will cost £18.5')"
    alter(folder, f"update revisions set text = {text}")  # noqa: S608  no input

    with closing(served(folder)) as service, pytest.raises(DamagedArticleError) as raised:
        service.ask(COST)

    assert "bridge" in str(raised.value)
    assert "restore the archive from a backup, or add this article again" in str(raised.value)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "Swing bridge to cost less"),
        ("published_at", 1),
        ("published_original", "2020-01-01"),
        ("outlet", "Wire"),
        ("url", "https://elsewhere.example/"),
        ("authors", '["Somebody Else"]'),
        ("metadata", '{"correction": "None of this is true."}'),
        ("metadata", "{"),
        ("language", "de"),
        ("furniture", '[[0, 40, "notice"]]'),
        ("recorded_at", "2020-01-01T00:00:00.000000+00:00"),
        ("text", b"Rebuilding the swing bridge will cost nothing."),
    ],
)  # fmt: skip
def test_an_altered_fact_of_an_article_is_never_shown(
    folder: Path, column: str, value: object
) -> None:
    alter(folder, f"update revisions set {column} = ? where article_id = 'bridge'", value)  # noqa: S608  no input

    with closing(served(folder)) as service:
        for show in (lambda: _shown(service, "bridge"), lambda: service.archive.page(limit=9)):
            with pytest.raises(DamagedArticleError, match="bridge"):
                show()


@pytest.mark.parametrize("table", ["statements", "passages"])
def test_what_was_derived_and_altered_is_never_indexed(folder: Path, table: str) -> None:
    change = {"statements": "name = 'Somebody Else'", "passages": "stop = stop - 3"}[table]
    with closing(served(folder)) as service:
        service.add([replace(ARTICLES[0], id="new", text='Bo Lind said: "Run."')], progress=silent)
    alter(folder, f"update {table} set {change}")  # noqa: S608  no input

    with closing(served(folder)) as service, pytest.raises(DamagedArticleError):
        service.rebuild(progress=silent)


def test_questions_that_do_not_need_the_damaged_article_are_answered(folder: Path) -> None:
    alter(folder, "update revisions set title = 'A' where article_id = 'bridge'")

    with closing(served(folder)) as service:
        assert answer(service.ask(FROG)).citations[0].article.id == "frog"


def test_a_refusal_that_a_damaged_article_may_have_caused_is_an_error(folder: Path) -> None:
    alter(folder, "update revisions set title = 'A' where article_id = 'bridge'")

    with closing(served(folder)) as service, pytest.raises(ArchiveError, match="bridge"):
        service.ask("What had eaten the piles of granite?")


@pytest.mark.parametrize(
    "damage",
    [
        "update revisions set text = 'No.' where article_id = 'bridge'",
        "update revisions set title = 'No.' where article_id = 'bridge'",
        "update revisions set furniture = '[[0, 90, \"notice\"]]' where article_id = 'bridge'",
        "update passages set stop = 7 where revision = 2",
    ],
)
def test_adding_a_damaged_article_again_repairs_it(folder: Path, damage: str) -> None:
    alter(folder, damage)

    with closing(served(folder)) as service:
        report = service.add([ARTICLES[1]], progress=silent)
        service.rebuild(progress=silent)

        assert report.updated == 1
        assert "£18.6 million" in answer(service.ask(COST)).text
        assert service.archive.article("bridge") == ARTICLES[1]


def test_a_damaged_article_can_be_removed(folder: Path) -> None:
    alter(folder, "update revisions set text = 'No.' where article_id = 'bridge'")

    with closing(served(folder)) as service:
        service.remove(["bridge"], progress=silent)

        assert isinstance(service.ask(COST).outcome, Answer)
        with pytest.raises(UnknownArticleError):
            service.archive.article("bridge")


def _holds(before: Any, after: Any) -> bool:
    """Whether nothing changed, or a reply says the same in the words of another, intact article.

    What stands beside the answer may then be another quote.
    """
    if before == after or not isinstance(after, dict) or "answer" not in after:
        return bool(before == after)
    quotes = [[each["quote"] for each in reply["citations"]] for reply in (before, after)]
    return quotes[0] == quotes[1] and all(
        before[name] == after[name] for name in ("answered", "refusal")
    )


def flips(size: int) -> Iterator[tuple[int, int]]:
    chance = random.Random(7)  # noqa: S311  where to flip, no secret
    return ((chance.randrange(size), 1 << chance.randrange(8)) for _ in range(FLIPS))


@pytest.mark.slow
def test_a_flipped_bit_changes_nothing_that_is_shown_without_being_named(folder: Path) -> None:
    path = folder / "archive.sqlite"
    with closing(served(folder)) as service:
        before = everything_shown(service)
    content = path.read_bytes()
    noticed = 0

    for place, bit in flips(len(content)):
        altered = bytearray(content)
        altered[place] ^= bit
        path.write_bytes(altered)
        for aside in ("-wal", "-shm"):
            path.with_name(path.name + aside).unlink(missing_ok=True)
        try:
            service = served(folder)
            after = everything_shown(service)
            service.close()
        except OnRecordError:
            noticed += 1
            continue
        named = {name for name, found in after.items() if isinstance(found, type)}
        noticed += bool(named)
        changed = {name for name in before if not _holds(before[name], after[name])} - named
        assert not changed, (place, bit, changed)
        assert not any(after[name] is UnknownArticleError for name in named), (place, bit)

    assert noticed
