"""A file of judged questions is read whole or not at all, and says which lines are faulty."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.calibrating.judged_file import QuestionVerdict, read_judged_file, write_to_judge
from eval.errors import DataError


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "judged.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(DataError) as found:
        read_judged_file(written(folder, text))
    return str(found.value).replace(f"{folder}/", "")


def test_questions_have_a_verdict_a_day_and_the_words_that_were_judged(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Verdict,question,as_of,answer,judged by\n"
        'right,"What, then?",2025-03-04,"He said ""no""",Ada\n'
        "\n"
        "wrong,Who?\n"
        ",When?,,,\n",
    )

    last = datetime(2025, 3, 4, 23, 59, 59, 999999, tzinfo=UTC)
    assert read_judged_file(path) == [
        QuestionVerdict(2, "What, then?", last, 'He said "no"', right=True),
        QuestionVerdict(4, "Who?", None, "", right=False),
        QuestionVerdict(5, "When?", None, "", right=None),
    ]


def test_semicolons_and_a_byte_order_mark_are_what_spreadsheets_write(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffquestion;verdict\r\nWho, then?;RIGHT\r\n")

    assert read_judged_file(path) == [QuestionVerdict(2, "Who, then?", None, "", right=True)]


def test_without_verdicts_the_column_question_does(tmp_path: Path) -> None:
    path = written(tmp_path, "question\nWho?\n")

    assert read_judged_file(path, with_verdicts=False) == [
        QuestionVerdict(2, "Who?", None, "", right=None)
    ]
    assert "no column 'verdict', found question" in refused(tmp_path, "question\nWho?\n")


def test_every_faulty_line_is_named(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        "question,verdict,as_of\nWho?,yes,\n,right,\nWhen?,right,someday\nWhere?,right,\nWhere?,wrong,\n",
    )

    assert said.splitlines()[:2] == [
        "judged.csv:2: verdict is 'yes': write right, wrong or nothing",
        "judged.csv:3: the question is empty: write it, or remove the line",
    ]
    assert "judged.csv:4: as_of: " in said
    assert "judged.csv:6: the same question as in line 5: keep one" in said


def test_of_many_faults_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    said = refused(tmp_path, "question,verdict\n" + "Who?,maybe\n" * 50)

    assert said.endswith("and 30 more")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column 'question', found nothing"),
        ("Who?,right\n", "no column 'question', found who?, right"),
        ("question,question,verdict\n", "the column 'question' twice"),
        ("question,verdict\n", "it has no question"),
        ("question,verdict\nWho, then?,right\n", "judged.csv:2: 3 fields, and there are 2 columns"),
        ('question,verdict\n"Who?"x,right\n', "judged.csv:2: not CSV"),
        ('question,verdict\n"Who?,right\n', "not CSV"),
        (b"question,verdict\nWh\xff?,right\n", "cannot be read as UTF-8"),
        (b"PK\x03\x04\x00\x00", "no column 'question'"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_reason(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    assert message in refused(tmp_path, text)


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist"):
        read_judged_file(tmp_path / "none.csv")
    with pytest.raises(DataError, match="cannot be read"):
        read_judged_file(tmp_path)


def test_what_is_written_to_be_judged_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    row = {"question": 'Who, “then”?\nAnd "why"?', "as_of": "2025-03-04T12:00:00+00:00"}

    write_to_judge(path, [row | {"answer": "She; he", "verdict": "", "title": "A, b"}])

    [found] = read_judged_file(path)
    assert (found.text, found.answer, found.right) == (row["question"], "She; he", None)
    assert found.as_of == datetime(2025, 3, 4, 12, tzinfo=UTC)
