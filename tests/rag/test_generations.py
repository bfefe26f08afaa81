"""A question that names a kept generation is answered as it was; an older one can be put back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.schemas.replies import ReplyBody
from index.documents import Article
from index.errors import (
    DamagedIndexError,
    GenerationGoneError,
    UnknownGenerationError,
    WriterBusyError,
)
from index.progress import Until
from index.stores.write_lock import writing
from rag.replies import Reply
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.generations import flip, names
from tests.support.newsroom import ARTICLES

TOWER = Article(
    "tower",
    "The tower of Arden is sold",
    "The tower of Arden was sold to Ann Lee on Monday. It needs a roof.",
    published_at=datetime(2025, 3, 4, tzinfo=UTC),
)
LATER = replace(TOWER, text="The tower of Arden was let to Bo Lind on Sunday. It has a roof.")
QUESTION = "To whom was the tower of Arden sold?"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(
        ServiceSettings(data=tmp_path, generations_kept=3, answers_kept=0),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
        clock=lambda: datetime(2025, 4, 1, tzinfo=UTC),
    )
    service.add([*ARTICLES, TOWER], progress=silent)
    yield service
    service.close()


def written(reply: Reply) -> str:
    """All of it but the times it took."""
    return json.dumps(ReplyBody.of(reply).model_dump(mode="json", exclude={"timings_ms"}))


def found(service: Service, words: str) -> list[str]:
    return [each.citation.article.text for each in service.search(words).hits]


def test_a_kept_generation_answers_byte_for_byte_as_it_did(service: Service) -> None:
    first = service.ask(QUESTION)
    service.add([LATER], progress=silent)
    now = service.ask(QUESTION)

    again = service.ask(QUESTION, generation=first.index.generation)

    assert written(again) == written(first)
    assert written(now) != written(first)
    assert service.ask(QUESTION).index.generation == now.index.generation


def test_the_current_generation_can_be_named_too(service: Service) -> None:
    first = service.ask(QUESTION)

    assert written(service.ask(QUESTION, generation=first.index.generation)) == written(first)
    assert service.search(QUESTION, generation=first.index.generation).hits


def test_what_is_no_longer_kept_is_said_to_be_gone(service: Service, tmp_path: Path) -> None:
    first = service.state().generation
    for number in range(3):
        text = f"The tower of Arden has {number} roofs and a bell."
        service.add([replace(TOWER, text=text)], progress=silent)
    assert len(names(tmp_path)) == 3

    with pytest.raises(GenerationGoneError, match=r"no longer kept\. Kept are 0"):
        service.ask(QUESTION, generation=first)


def test_what_an_erasure_deleted_is_said_to_be_gone_for_either_cause(service: Service) -> None:
    first = service.state().generation
    service.purge([TOWER.id], progress=silent)

    with pytest.raises(GenerationGoneError, match=r"ONRECORD_GENERATIONS_KEPT .* or an erasure"):
        service.ask(QUESTION, generation=first)


@pytest.mark.parametrize("name", ["00000099-0123abcd", "..", "g-1", "../generations"])
def test_what_never_was_is_unknown(service: Service, name: str) -> None:
    with pytest.raises(UnknownGenerationError, match="There is no generation"):
        service.ask(QUESTION, generation=name)


def test_a_removed_article_stays_hidden_in_older_generations(service: Service) -> None:
    first = service.ask(QUESTION)
    assert "Ann Lee" in written(first)

    service.remove(["tower"], progress=silent)

    assert "Ann Lee" not in written(service.ask(QUESTION, generation=first.index.generation))


def test_a_rollback_lasts_until_the_next_write(service: Service) -> None:
    first = service.state().generation
    service.add([LATER], progress=silent)
    second = service.state().generation

    done = service.rollback()

    assert (done.generation, done.before) == (first, second)
    assert service.state().generation == first
    assert found(service, "tower Arden")[0] == TOWER.text
    assert not service.unfinished()

    report = service.add([replace(TOWER, id="lamp", title="A lamp")], progress=silent)

    assert report.generation > second
    assert LATER.text in found(service, "tower Arden")
    assert report.articles == len(ARTICLES) + 2


def test_one_may_go_back_and_forth(service: Service) -> None:
    first = service.state().generation
    service.add([LATER], progress=silent)
    second = service.state().generation

    service.rollback(first)
    service.rollback(second)

    assert service.state().generation == second
    assert found(service, "tower Arden")[0] == LATER.text


def test_what_is_stored_after_a_rollback_is_finished_with_all_the_rest(service: Service) -> None:
    service.add([LATER], progress=silent)
    service.rollback()
    service.add([replace(TOWER, id="lamp")], progress=silent, until=Until.NONE)
    assert service.unfinished()

    service.finish(progress=silent)

    assert not service.unfinished()
    assert LATER.text in found(service, "tower Arden")


def test_a_rollback_to_a_generation_with_pending_work_is_not_undone(service: Service) -> None:
    service.add([replace(TOWER, id="lamp")], progress=silent, until=Until.WORDS)
    pending = service.state().generation
    service.finish(progress=silent)

    service.rollback(pending)

    assert service.state().pending
    assert not service.unfinished()


def test_a_publish_that_was_cut_off_is_no_rollback(service: Service, tmp_path: Path) -> None:
    first = service.state().generation
    service.add([LATER], progress=silent)

    (tmp_path / "CURRENT").write_text(f"{first}\n")  # as if it was killed just before

    assert service.unfinished()
    service.finish(progress=silent)
    assert not service.unfinished()
    assert found(service, "tower Arden")[0] == LATER.text


def test_a_damaged_generation_is_not_gone_back_to(service: Service, tmp_path: Path) -> None:
    first = service.state().generation
    service.add([LATER], progress=silent)
    second = service.state().generation
    flip(tmp_path / "generations" / first / "columns.bin", 900)

    with pytest.raises(DamagedIndexError, match=r"columns\.bin"):
        service.rollback()

    assert service.state().generation == second


def test_there_may_be_nothing_to_go_back_to(service: Service) -> None:
    with pytest.raises(UnknownGenerationError, match="none to go back to"):
        service.rollback()


def test_nobody_goes_back_while_another_writes(service: Service, tmp_path: Path) -> None:
    service.add([LATER], progress=silent)

    with writing(tmp_path, "add"), pytest.raises(WriterBusyError):
        service.rollback()


def test_kept_generations_are_listed_newest_first(service: Service, tmp_path: Path) -> None:
    service.add([LATER], progress=silent)
    service.rollback()

    kept = service.generations()

    assert [each.name for each in kept] == sorted(names(tmp_path), reverse=True)
    assert [each.current for each in kept] == [False, True]
