"""The file of judged answers: measures only, read back as written, and never half of it."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from rag.guarantee.judged_answers import FILE, SHIPPED, read_judged
from rag.guarantee.threshold import JudgedAnswer
from tests.support.judged_answers import judged, keep


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    answers = judged(right=2, wrong=2)

    found = read_judged(keep(tmp_path, answers) / FILE)

    assert found == answers
    assert found.pooled[0] == JudgedAnswer(1.0, right=True)
    assert found.pooled[-1] == JudgedAnswer(0.625, right=False)


def test_without_a_file_nothing_was_judged(tmp_path: Path) -> None:
    assert read_judged(tmp_path / FILE) is None


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"judged_by": "people"', '{"answers": {"a": 1}}']
)
def test_a_damaged_file_is_refused_whole(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)

    with pytest.raises(SettingsError, match="write it again with `onrecord eval calibrate"):
        read_judged(tmp_path / FILE)


def test_what_is_shipped_holds_measures_only() -> None:
    shipped = read_judged(SHIPPED)

    assert shipped is not None
    assert shipped.judged_by == "marks"
    assert all(0 <= each.confidence <= 1 for each in shipped.pooled)
    assert len(SHIPPED.read_bytes()) < 60_000
