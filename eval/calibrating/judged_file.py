"""A CSV file of judged questions, and how one is written to be judged.

The first line names the columns: `question` and `verdict` must be among them, `as_of` and `answer`
may be; any others are left alone. A file of questions that are yet to be judged needs no `verdict`.
Commas or semicolons divide them, and the text is UTF-8.

question  what was asked
as_of     a day or an instant: nothing published later may answer; empty for the whole archive
answer    the words that were judged; empty if the verdict holds whatever is answered
verdict   `right` or `wrong`; empty if nobody has judged it yet
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eval.datasets.formats.completion import last_instant
from eval.errors import DataError, Fault

VERDICTS = {"right": True, "wrong": False, "": None}
NEEDED = ("question", "verdict")
COLUMNS = ("question", "as_of", "answer", "verdict")
MOST_FAULTS = 20
"""Shown of a file; the others are counted."""


@dataclass(frozen=True, slots=True)
class QuestionVerdict:
    """One line of the file."""

    line: int
    text: str
    as_of: datetime | None
    answer: str
    """The words that were judged; "" if they are not stated."""
    right: bool | None
    """None if it is not judged."""


def read_judged_file(path: Path, *, with_verdicts: bool = True) -> list[QuestionVerdict]:
    """All questions; DataError that lists each faulty line, so that nothing is read in part.

    Without `with_verdicts` there need be no such column: nothing is judged then.
    """
    faults: list[Fault] = []
    asked: dict[tuple[str, datetime | None, str], int] = {}
    found = []
    for line, row in _rows(path, NEEDED if with_verdicts else NEEDED[:1]):
        if question := _question(path, line, row, faults):
            first = asked.setdefault((question.text, question.as_of, question.answer), line)
            if first != line:
                faults.append(Fault(path, line, f"the same question as in line {first}: keep one"))
            found.append(question)
    if not found and not faults:
        faults.append(Fault(path, None, "it has no question; write one a line below the columns"))
    if faults:
        more = len(faults) - MOST_FAULTS
        listed = "\n".join(map(str, faults[:MOST_FAULTS]))
        raise DataError(f"{listed}\nand {more:,} more" if more > 0 else listed)
    return found


def write_to_judge(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Rows with the columns of the file, and any others after them."""
    written = [dict(row) for row in rows]
    others = dict.fromkeys(name for row in written for name in row if name not in COLUMNS)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, *others])
        writer.writeheader()
        writer.writerows(written)


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line's number and fields; the columns in lower case."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise DataError(f"{path} does not exist: name a CSV file of judged questions.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path} cannot be read as UTF-8 text ({error}): save it as such."
        ) from error
    first, _, _ = text.partition("\n")
    divider = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=divider, strict=True)
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        _check_columns(path, columns, needed)
        before = reader.line_num
        for fields in reader:
            line, before = before + 1, reader.line_num
            if any(field.strip() for field in fields):
                yield line, _named(path, line, columns, fields)
    except csv.Error as error:
        raise DataError(
            f"{path}:{reader.line_num}: not CSV ({error}): write quotation marks in pairs, and two "
            "for one inside a quoted field."
        ) from error


def _check_columns(path: Path, columns: list[str], needed: Sequence[str]) -> None:
    missing = [name for name in needed if name not in columns]
    twice = sorted({name for name in COLUMNS if columns.count(name) > 1})
    if missing or twice:
        wrong = f"no column {missing[0]!r}" if missing else f"the column {twice[0]!r} twice"
        raise DataError(
            f"{path}:1: {wrong}, found {', '.join(columns)[:80] or 'nothing'}: the first line "
            f"names the columns, {', '.join(COLUMNS)}."
        )


def _named(path: Path, line: int, columns: list[str], fields: list[str]) -> dict[str, str]:
    if len(fields) > len(columns):
        raise DataError(
            f"{path}:{line}: {len(fields)} fields, and there are {len(columns)} columns: put text "
            "that holds the divider in quotation marks."
        )
    return {name: field.strip() for name, field in zip(columns, fields, strict=False)}


def _question(
    path: Path, line: int, row: Mapping[str, str], faults: list[Fault]
) -> QuestionVerdict | None:
    text, verdict = row["question"], row.get("verdict", "").lower()
    before = len(faults)
    if not text:
        faults.append(Fault(path, line, "the question is empty: write it, or remove the line"))
    if verdict not in VERDICTS:
        faults.append(
            Fault(path, line, f"verdict is {verdict!r:.40}: write right, wrong or nothing")
        )
    as_of = None
    try:
        as_of = last_instant(row["as_of"]) if row.get("as_of") else None
    except ValueError as error:
        faults.append(Fault(path, line, f"as_of: {error}"))
    if len(faults) > before:
        return None
    return QuestionVerdict(line, text, as_of, row.get("answer", ""), VERDICTS[verdict])
