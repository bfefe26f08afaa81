"""What a run's predictions showed, and the files that say so."""

from pathlib import Path

import pytest

from eval.errors import DataError
from eval.judged.shown import SHOWN, Shown, read_shown, showings, write_shown
from eval.runs.predictions import PredictedCitation, PredictedStatement, Prediction, RankedItem
from tests.support.eval_files import write_lines
from tests.support.judged import QUOTE, RAIN, show, showing


def cited(start: int, said: PredictedStatement | None = None) -> PredictedCitation:
    return PredictedCitation("tram", "r1", start, start + 9, "words", None, None, True, said)


def spoken(name: str | None, *, certain: bool) -> PredictedStatement:
    return PredictedStatement(name, "full_name", "direct", certain, 0.9, ((0, 9),), certain=certain)


def test_the_service_shows_its_citations_and_then_what_stands_below() -> None:
    prediction = Prediction("q1", answered=True, citations=(cited(10),), others=(cited(50),))

    service, _ = showings(prediction)

    assert [each.start for each in service.shown] == [10, 50]
    assert not service.refused


def test_a_speaker_is_kept_with_how_certain_it_is() -> None:
    said = (spoken("Maud Ferrier", certain=True), spoken("Otto Brandt", certain=False))
    prediction = Prediction("q1", answered=True, citations=tuple(map(cited, (0, 20), said)))

    service, _ = showings(prediction)

    assert [(each.speaker, each.certain) for each in service.shown] == [
        ("Maud Ferrier", True),
        ("Otto Brandt", False),
    ]


def test_bm25_shows_its_first_five_passages_and_is_never_timed() -> None:
    pool = tuple(RankedItem("tram", n, n + 5, 0.0, float(n), 0.0) for n in range(9))

    _, bm25 = showings(Prediction("q1", pool, timings_ms={"total": 4.0}))

    assert [each.start for each in bm25.shown] == [8, 7, 6, 5, 4]
    assert bm25.ms is None


def test_an_error_is_no_refusal() -> None:
    refused, _ = showings(Prediction("q1", reason="no_evidence"))
    failed, _ = showings(Prediction("q1", error="ModelError: no weights"))

    assert (refused.refused, refused.reason) == (True, "no_evidence")
    assert (failed.refused, failed.reason) == (False, "ModelError: no weights")


def test_what_was_shown_is_read_as_it_was_written(tmp_path: Path) -> None:
    given = [
        showing("q1", show(QUOTE, "Maud Ferrier", certain=True), ms={"total": 3.5}),
        showing("q1", show(RAIN), system="bm25"),
        showing("q2", refused=True, reason="no_evidence"),
    ]

    write_shown(tmp_path / SHOWN, given)

    assert read_shown(tmp_path) == {
        "service": {"q1": given[0], "q2": given[2]},
        "bm25": {"q1": given[1]},
    }


def test_a_file_of_another_program_needs_only_places(tmp_path: Path) -> None:
    line = {"question": "q1", "system": "mine", "shown": [{"article": "a", "start": 1, "end": 4}]}

    found = read_shown(write_lines(tmp_path / "mine.jsonl", [line]))

    assert found["mine"]["q1"].shown == (Shown("a", 1, 4),)


def test_a_folder_without_a_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="name a folder that `eval judged run` wrote"):
        read_shown(tmp_path)


def test_a_file_that_shows_nothing_is_refused(tmp_path: Path) -> None:
    write_shown(tmp_path / SHOWN, ())

    with pytest.raises(DataError, match="is empty"):
        read_shown(tmp_path)
