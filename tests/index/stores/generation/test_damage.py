import copy
import json
import logging
import random
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import (
    DamagedIndexError,
    GenerationError,
    IndexMismatchError,
)
from index.stores.generation import generation as generations_module
from index.stores.generation.generation import Generations
from index.stores.generation.manifest import FORMAT_VERSION
from index.stores.generation.parent import Continuation
from index.stores.generation.publication import publish
from index.stores.generation.writer import Provenance
from tests.support.fakes import FakeEmbedder
from tests.support.fakes_stores import FakeArchive
from tests.support.generations import (
    EMBEDDER,
    SETTINGS,
    answers,
    every_file,
    flip,
    nearest,
    reader,
    three_articles,
    written,
)


@pytest.fixture
def archive() -> FakeArchive:
    return three_articles()


def test_a_parent_that_the_next_one_is_made_from_is_checked(
    tmp_path: Path, archive: FakeArchive, caplog: pytest.LogCaptureFixture
) -> None:
    first = written(tmp_path, archive)
    flip(tmp_path / "generations" / first.name / "columns.bin", 8 * 1100)  # within a number

    second = written(tmp_path, archive)

    assert "Indexing every passage again" in caplog.text
    child = tmp_path / "generations" / second.name
    assert {(child / name).stat().st_nlink for name in second.files} == {1}
    assert answers(reader(tmp_path).current(), "bridge closed") == {"bridge"}


def test_damaged_segments_are_not_merged_into_others(
    tmp_path: Path, archive: FakeArchive, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        first = written(tmp_path, archive)
        archive.put(**{f"a{number}": f"Report {number}."})
    ids = tmp_path / "generations" / first.name / "vectors" / "00000001.ids"
    flip(ids, 3)  # merged by the fourth

    written(tmp_path, archive)

    assert "Indexing every passage again" in caplog.text
    assert nearest(reader(tmp_path).current(), "The mayor opened a school.") == "mayor"


def test_a_damaged_file_that_is_only_shared_is_named_by_who_opens_it(
    tmp_path: Path, archive: FakeArchive
) -> None:
    first = written(tmp_path, archive)
    path = next((tmp_path / "generations" / first.name / "terms").glob("*.idx"))
    flip(path, 100)
    archive.put(storm="A storm is near.")
    written(tmp_path, archive)

    with pytest.raises(DamagedIndexError, match=rf"{path.name}.*onrecord index rebuild"):
        reader(tmp_path).current()

    written(tmp_path, archive, fresh=True)
    assert answers(reader(tmp_path).current(), "bridge closed") == {"bridge"}


def test_a_running_reader_verifies_only_the_files_that_are_new(
    tmp_path: Path, archive: FakeArchive
) -> None:
    first = written(tmp_path, archive)
    running = reader(tmp_path)
    running.current()
    flip(next((tmp_path / "generations" / first.name / "terms").glob("*.idx")), 100)
    archive.put(storm="A storm is near.")
    second = written(tmp_path, archive)

    assert running.current().name == second.name

    archive.put(storm="A storm is over.")
    third = written(tmp_path, archive)
    flip(tmp_path / "generations" / third.name / "columns.bin", 100)
    assert running.current().name == second.name


@pytest.mark.parametrize("name", ["vectors/00000001.faiss", "terms/meta.json", "columns.bin"])
def test_a_parent_without_a_file_is_not_gone_on_from(
    tmp_path: Path, archive: FakeArchive, name: str
) -> None:
    first = written(tmp_path, archive)
    (tmp_path / "generations" / first.name / name).unlink()
    archive.put(tunnel="The tunnel is open.")

    written(tmp_path, archive)

    assert answers(reader(tmp_path).current(), "tunnel") == {"tunnel"}


def test_a_parent_made_after_the_backup_that_was_put_back_is_not_gone_on_from(
    tmp_path: Path, archive: FakeArchive
) -> None:
    written(tmp_path, archive)
    backup = copy.deepcopy(archive)
    archive.put(tunnel="The tunnel is open.")
    written(tmp_path, archive)
    backup.put(ferry="The ferry is late.")  # under the passage id the tunnel had

    written(tmp_path, backup)

    current = reader(tmp_path).current()
    assert answers(current, "ferry") == {"ferry"}
    assert answers(current, "tunnel") == set()


def test_any_flipped_bit_is_named(tmp_path: Path, archive: FakeArchive) -> None:
    manifest = written(tmp_path, archive)
    folder = tmp_path / "generations" / manifest.name
    chance = random.Random(0)  # noqa: S311 - where to flip, no secret

    for name in every_file(folder):
        content = (folder / name).read_bytes()
        for _ in range(6):
            flip(folder / name, chance.randrange(8 * len(content)))

            with pytest.raises(DamagedIndexError, match=re.escape(Path(name).name)) as raised:
                reader(tmp_path).current()

            assert "onrecord index rebuild" in str(raised.value)
            (folder / name).write_bytes(content)
    assert answers(reader(tmp_path).current(), "bridge closed") == {"bridge"}


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda path: path.unlink(), id="missing"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-1]), id="cut short"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes() + b"\0"), id="longer"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
    ],
)
def test_a_file_that_is_not_whole_is_named(
    tmp_path: Path, archive: FakeArchive, harm: Callable[[Path], object]
) -> None:
    manifest = written(tmp_path, archive)
    folder = tmp_path / "generations" / manifest.name

    for name in every_file(folder):
        content = (folder / name).read_bytes()
        harm(folder / name)

        with pytest.raises(DamagedIndexError, match=re.escape(Path(name).name)):
            reader(tmp_path).current()

        (folder / name).write_bytes(content)


class LateThread(FakeArchive):
    """While its vectors are written, an engine's own thread still tidies the folder of words."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        for meta in self.folder.rglob("terms/meta.json"):
            meta.with_name(".tantivy-meta.lock").touch()
            meta.with_name(".managed.json").write_text("[]")
        return super().vectors(passage_ids)


def test_locks_that_an_engine_makes_when_it_likes_are_no_part_of_a_generation(
    tmp_path: Path,
) -> None:
    archive = LateThread(tmp_path)
    archive.put(bridge="The harbour bridge is closed.")
    first = written(tmp_path, archive)
    archive.put(tunnel="The tunnel is open.")
    second = written(tmp_path, archive)
    folder = tmp_path / "generations"
    locks = list(folder.rglob(".tantivy-meta.lock"))

    for manifest in (first, second):
        assert not [name for name in manifest.files if "/." in name]
    for lock in locks:
        lock.unlink()

    assert len(locks) == 2
    assert answers(reader(tmp_path).current(), "bridge tunnel") == {"bridge", "tunnel"}


@pytest.mark.parametrize("content", ["", "../../etc", "00000009-0123abcd", "\0\0\0"])
def test_a_current_that_names_nothing_is_an_error(
    tmp_path: Path, archive: FakeArchive, content: str
) -> None:
    manifest = written(tmp_path, archive)
    shutil.rmtree(tmp_path / "generations" / manifest.name)
    (tmp_path / "CURRENT").write_text(content)

    with pytest.raises(GenerationError, match=r"onrecord index (rebuild|add)"):
        reader(tmp_path).current()


@pytest.mark.parametrize("content", ["garbage", "00000009-0123abcd"])
def test_a_damaged_current_still_leads_to_an_intact_generation(
    tmp_path: Path, archive: FakeArchive, content: str
) -> None:
    manifest = written(tmp_path, archive)
    (tmp_path / "CURRENT").write_text(content)

    assert reader(tmp_path).current().name == manifest.name


def test_when_the_current_one_is_damaged_the_one_before_answers_and_says_so(
    tmp_path: Path, archive: FakeArchive, caplog: pytest.LogCaptureFixture
) -> None:
    first = written(tmp_path, archive)
    archive.put(bridge="The tunnel is open.")
    second = written(tmp_path, archive)
    flip(tmp_path / "generations" / second.name / "vectors/00000002.faiss", 900)
    generations = reader(tmp_path)

    with caplog.at_level(logging.WARNING):
        current = generations.current()

    assert current.name == first.name
    assert answers(current, "bridge closed") == {"bridge"}
    assert f"Answering from generation {first.name}" in caplog.text
    caplog.clear()
    assert generations.current() is current
    assert not caplog.text


def test_after_a_damaged_one_the_next_good_one_is_taken(
    tmp_path: Path, archive: FakeArchive
) -> None:
    first = written(tmp_path, archive)
    generations = reader(tmp_path)
    generations.current()
    second = written(tmp_path, archive)
    flip(tmp_path / "generations" / second.name / "columns.bin", 900)
    assert generations.current().name == first.name

    third = written(tmp_path, archive)

    assert generations.current().name == third.name


def test_a_mended_generation_is_tried_again_after_a_while(
    tmp_path: Path, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = written(tmp_path, archive)
    path = tmp_path / "generations" / manifest.name / "columns.bin"
    flip(path, 900)
    generations = reader(tmp_path)
    with pytest.raises(DamagedIndexError):
        generations.current()
    flip(path, 900)

    with pytest.raises(DamagedIndexError):
        generations.current()
    later = time.monotonic() + generations_module.RETRY_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert generations.current().name == manifest.name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fingerprint": "f1"}, "ONRECORD_EMBEDDER"),
        ({"name": "other"}, "built with the embedder fake .* setting is other"),
        ({"dimensions": 32}, "ONRECORD_EMBEDDER"),
    ],
)
def test_another_embedder_is_a_mismatch(
    tmp_path: Path, archive: FakeArchive, change: dict[str, str], message: str
) -> None:
    written(tmp_path, archive)
    other = replace(EMBEDDER, **change)  # type: ignore[arg-type]  # the cases choose the fields

    with pytest.raises(IndexMismatchError, match=message) as raised:
        Generations(tmp_path, settings=SETTINGS, embedder=other).current()

    assert "onrecord index rebuild" in str(raised.value)


def test_another_encoding_is_a_mismatch_but_another_passage_size_is_not(
    tmp_path: Path, archive: FakeArchive
) -> None:
    written(tmp_path, archive)
    encoding = replace(SETTINGS, encoding="o200k_base")
    longer = replace(SETTINGS, passage_tokens=300)

    with pytest.raises(IndexMismatchError, match=r"o200k_base.*ONRECORD_ENCODING"):
        Generations(tmp_path, settings=encoding, embedder=EMBEDDER).current()

    assert Generations(tmp_path, settings=longer, embedder=EMBEDDER).current()


def test_a_running_reader_keeps_what_fits_it_when_another_embedder_is_published(
    tmp_path: Path, archive: FakeArchive
) -> None:
    first = written(tmp_path, archive)
    generations = reader(tmp_path)
    generations.current()

    other = FakeEmbedder("other").identity
    after = Continuation.of(tmp_path, archive)
    publish(tmp_path, archive, provenance=Provenance(SETTINGS, other, "fake"), after=after)

    assert generations.current().name == first.name


@pytest.mark.parametrize(
    ("version", "message"),
    [(FORMAT_VERSION + 1, "written by a newer onrecord: upgrade"), (1, "index rebuild")],
)
def test_another_format_is_a_mismatch_even_with_fields_we_do_not_know(
    tmp_path: Path, archive: FakeArchive, version: int, message: str
) -> None:
    manifest = written(tmp_path, archive)
    folder = tmp_path / "generations" / manifest.name
    other = manifest.model_copy(update={"format_version": version})
    other.write(folder)

    with pytest.raises(IndexMismatchError, match=message):
        reader(tmp_path).current()


def test_a_manifest_edited_by_hand_is_damaged(tmp_path: Path, archive: FakeArchive) -> None:
    manifest = written(tmp_path, archive)
    path = tmp_path / "generations" / manifest.name / "manifest.json"
    facts = json.loads(path.read_text())
    path.write_text(json.dumps({**facts, "passages": 4}, indent=2, sort_keys=True) + "\n")

    with pytest.raises(DamagedIndexError, match=r"manifest\.json"):
        reader(tmp_path).current()


@pytest.mark.parametrize("count", ["passages", "statements"])
def test_files_of_two_generations_do_not_make_one(
    tmp_path: Path, archive: FakeArchive, count: str
) -> None:
    manifest = written(tmp_path, archive)
    folder = tmp_path / "generations" / manifest.name
    manifest.model_copy(update={count: 2}).write(folder)

    with pytest.raises(DamagedIndexError, match="do not belong to one generation"):
        reader(tmp_path).current()
