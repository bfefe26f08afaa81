"""The composition root: parts are made once, when first needed, and again after a failure."""

import threading
from pathlib import Path

import pytest

from index.errors import SettingsError
from rag.service import Lazy
from rag.settings import read_settings
from rag.timing import Stopwatch


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
