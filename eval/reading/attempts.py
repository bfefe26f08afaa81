"""Puts SQuAD 2.0 to a reader alone: each question with its paragraph, nothing retrieved."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from eval.datasets.formats.squad import SquadParagraph, paragraphs
from eval.datasets.questions import Question
from eval.errors import DataError, stop
from index.documents import Span
from index.errors import ModelError
from index.text.sentences import sentences
from rag.reading.reader import Reader, SpanReader, Text, reader_in
from rag.reading.spans import UNSEEN

if TYPE_CHECKING:
    from index.progress import Progress

PLACE = Path("reading") / "squad2" / "squad2_dev.json"
AT_ONCE = 4
"""Questions; the reader itself takes no more cores than there are."""
Half = Literal["first", "second"]
HALVES: tuple[Half, Half] = ("first", "second")
"""Every other title in alphabetical order, as training/train_reader.py splits them."""

OpenReader = Callable[[Path | None], Reader]
"""Opens the reader of a folder; without a folder, the bundled one."""


@dataclass(frozen=True, slots=True)
class ReaderAttempt:
    """One question with the reader's best span, even where "no answer" is likelier."""

    title: str
    half: Half
    """Of the titles, its own."""
    paragraph: str
    text: str
    odds: float
    """Natural logarithm of the odds that the best sentence holds an answer."""
    golds: tuple[str, ...]
    """Empty where nothing answers."""


def attempt_questions(
    data: Path,
    reader_of: Callable[[Half], Reader],
    *,
    limit: int | None = None,
    progress: "Progress",
) -> list[ReaderAttempt]:
    """In the order of the file; `reader_of` a half reads its titles. DataError on faulty data.

    With `limit` of the questions, spread evenly.
    """
    asked = _limited(_questions(_file(data)), limit)
    readers = {half: reader_of(half) for half in HALVES}
    found: list[ReaderAttempt] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for each in pool.map(lambda one: _attempt(readers[one.half], one), asked):
            found.append(each)
            progress("squad2: reading", len(found), len(asked))
    return found


def open_reader(folder: Path | None) -> Reader:
    """DataError when it cannot be opened."""
    try:
        return SpanReader() if folder is None else reader_in(folder)
    except ModelError as error:
        raise DataError(str(error)) from error


@dataclass(frozen=True, slots=True)
class _ReaderQuestion:
    paragraph: SquadParagraph
    spans: tuple[Span, ...]
    half: Half
    question: Question


def _file(data: Path) -> Path:
    path = data if data.is_file() else data / PLACE
    if not path.is_file():
        raise DataError(f"{path} does not exist: give the folder of {PLACE}, or a file like it")
    return path


def _questions(path: Path) -> list[_ReaderQuestion]:
    found = paragraphs(path, stop)
    titles = sorted({each.title for each in found})
    return [
        _ReaderQuestion(each, spans, HALVES[titles.index(each.title) % 2], question)
        for each, spans in zip(found, map(_sentences, found), strict=True)
        for question in each.questions
    ]


def _sentences(paragraph: SquadParagraph) -> tuple[Span, ...]:
    text = paragraph.article.text
    return tuple(sentences(text, Span(0, len(text))))


def _limited(asked: Sequence[_ReaderQuestion], limit: int | None) -> Sequence[_ReaderQuestion]:
    if limit is None or limit >= len(asked):
        return asked
    return [asked[i * len(asked) // limit] for i in range(limit)]


def _attempt(reader: Reader, asked: _ReaderQuestion) -> ReaderAttempt:
    article, question = asked.paragraph.article, asked.question
    [readings] = reader.read(question.text, [Text(article.text, asked.spans)])
    best = max(readings or (), key=lambda each: each.odds, default=None)
    return ReaderAttempt(
        title=asked.paragraph.title,
        half=asked.half,
        paragraph=article.id,
        text=best.answer.of(article.text) if best else "",
        odds=best.odds if best else UNSEEN,
        golds=question.texts if question.answerable else (),
    )
