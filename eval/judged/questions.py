"""The questions of a judged set, with the places that their writer marked, and its two halves.

One JSON object a line: `{id, question, asked_on, type, form, answerable, developing, gold,
outdated, why}`. Places are `{article, start, end}`; the articles are not here.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar, get_args

from eval.datasets.formats.completion import as_of
from eval.datasets.formats.records import FirstLines, JsonRecord, read_records
from eval.datasets.questions import Dataset, Gold, Question, clusters_of
from eval.errors import DataError, Report, stop
from index.documents import Article

REALTIMEQA = Path(__file__).parent / "realtimeqa"
"""The set that is packaged; its articles are those of the data set of this name."""
QUESTIONS = "questions.jsonl"

QuestionKind = Literal["who_said", "fact"]
Half = Literal["choosing", "reporting"]
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
HALVES: tuple[Half, ...] = get_args(Half)
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """One question, asked at the end of a day."""

    id: str
    text: str
    asked_at: datetime
    """The last instant of the day, in UTC: nothing published later may be shown."""
    kind: QuestionKind
    form: str
    """How it asks, such as by role or by surname alone."""
    answerable: bool
    developing: bool
    """Whether what is right changed as the story went on."""
    gold: tuple[Gold, ...]
    """Places that are right without being judged."""
    outdated: tuple[Gold, ...]
    """Places that were right once."""
    why: str

    @property
    def half(self) -> Half:
        """By the first byte of the id's sha256: even is for choosing, odd for reporting."""
        return HALVES[hashlib.sha256(self.id.encode()).digest()[0] % 2]


def read_questions(folder: Path, report: Report = stop) -> list[JudgedQuestion]:
    """Of a judged set; DataError when the file is missing or, by default, at the first fault."""
    path = folder / QUESTIONS
    if not path.is_file():
        raise DataError(f"{path} does not exist: name the folder of a judged set")
    ids = FirstLines()
    return [
        question
        for record in read_records(path, report)
        if (question := _question(record)) and ids.admit(question.id, record)
    ]


def dataset_of(
    name: str, questions: Iterable[JudgedQuestion], articles: Sequence[Article] = ()
) -> Dataset:
    """As the evaluation asks it: no article is relevant beforehand, so none is read apart."""
    asked = (
        Question(each.id, each.text, each.answerable, evidence=each.gold, as_of=each.asked_at)
        for each in questions
    )
    return Dataset(name, tuple(articles), tuple(asked))


def stories(questions: Iterable[JudgedQuestion]) -> dict[str, str]:
    """Question id -> its story: questions about one article do not count as independent."""
    return clusters_of(dataset_of("", questions))


def place(record: JsonRecord) -> Gold | None:
    """`{article, start, end}`; a fault is reported."""
    article, start, end = record.needed("article"), *map(record.fields.get, ("start", "end"))
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        record.fault(f"the range {start!r:.40} to {end!r:.40} is not two ascending whole numbers")
        return None
    return Gold(article, start, end) if article else None


def choice(record: JsonRecord, name: str, choices: Sequence[Choice]) -> Choice | None:
    """One of the choices; anything else is reported."""
    given = record.needed(name)
    found = next((each for each in choices if each == given), None)
    if given and found is None:
        record.fault(f"{name!r} is {given!r:.40}, expected one of {', '.join(choices)}")
    return found


def _question(record: JsonRecord) -> JudgedQuestion | None:
    id, text = record.needed("id"), record.needed("question")
    asked_at, kind = as_of(record, "asked_on"), choice(record, "type", KINDS)
    if asked_at is None:
        record.fault("'asked_on' is missing; expected the day of the question")
    if not id or not text or asked_at is None or kind is None:
        return None
    question = JudgedQuestion(
        id=id,
        text=text,
        asked_at=asked_at,
        kind=kind,
        form=record.string("form") or "",
        answerable=record.flag("answerable", default=True),
        developing=record.flag("developing", default=False),
        gold=_places(record, "gold"),
        outdated=_places(record, "outdated"),
        why=record.string("why") or "",
    )
    if question.gold and not question.answerable:
        record.fault("it is not answerable, yet 'gold' marks an answer")
    return question


def _places(record: JsonRecord, name: str) -> tuple[Gold, ...]:
    marks = [mark for mark in record.listed(name) if isinstance(mark, dict)]
    if len(marks) < len(record.listed(name)):
        record.fault(f"{name!r} holds something that is not an object with article, start and end")
    found = (place(record.inner(mark)) for mark in marks)
    return tuple(dict.fromkeys(each for each in found if each))
