"""Judged questions, asked again -> how sure each judged answer is, kept in the data folder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval.calibrating.judged_file import QuestionVerdict
from index.documents import Filter
from index.errors import QuestionError
from index.progress import Progress
from rag.answering.confidence import recipe
from rag.guarantee.judged_answers import FILE, JudgedAnswers, write_judged
from rag.replies import Answer
from rag.service import Service


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A judged question and what the service answers now."""

    question: QuestionVerdict
    answer: Answer | None
    """None if it is refused."""

    @property
    def words(self) -> str:
        """What is judged: the short answer with its sentence, or the sentence alone."""
        if self.answer is None:
            return ""
        short = self.answer.short
        return f"{short} | {self.answer.text}" if short else self.answer.text

    @property
    def is_other(self) -> bool:
        """Whether today's answer is not the one that was judged."""
        stated = " ".join(self.question.answer.split())
        return bool(stated) and stated not in {" ".join(each.split()) for each in self._forms}

    @property
    def _forms(self) -> Iterator[str]:
        yield self.words
        if self.answer:
            yield self.answer.text
            yield from filter(None, [self.answer.short])


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a file of judged questions gave."""

    judged: JudgedAnswers
    file: Path
    unjudged: int
    refused: int
    other: int
    """Questions that are answered otherwise than when they were judged: not counted."""


def ask_again(
    service: Service, questions: Sequence[QuestionVerdict], progress: Progress
) -> list[AskedAgain]:
    """In their order. A question that cannot be asked counts as refused."""
    found = []
    for question in questions:
        found.append(AskedAgain(question, _answer(service, question)))
        progress("asking", len(found), len(questions))
    return found


def calibrate(service: Service, asked: Sequence[AskedAgain], source: str) -> Calibration:
    """Writes the judged answers to the data folder; `source` is the name of the file."""
    judged = [each for each in asked if each.question.right is not None]
    answered = [each for each in judged if each.answer and not each.is_other]
    settings = service.settings
    kept = JudgedAnswers(
        judged_by="people",
        recipe=recipe(settings.reader),
        made_at=datetime.now(UTC),
        questions=len(judged),
        answers={source: tuple(_pair(each) for each in answered)},
    )
    path = settings.data / FILE
    write_judged(path, kept)
    return Calibration(
        kept,
        path,
        unjudged=len(asked) - len(judged),
        refused=sum(each.answer is None for each in judged),
        other=sum(each.answer is not None and each.is_other for each in judged),
    )


def to_judge(asked: Sequence[AskedAgain]) -> Iterator[dict[str, str]]:
    """Rows of a file to be judged: the verdicts there are stay, if the answer is the same."""
    for each in asked:
        question, cited = each.question, each.answer.citations[0] if each.answer else None
        same = not each.is_other and question.right is not None
        verdict = ("right" if question.right else "wrong") if same else ""
        yield {
            "question": question.text,
            "as_of": question.as_of.isoformat() if question.as_of else "",
            "answer": each.words,
            "verdict": verdict if each.answer else "",
            "article": cited.article.id if cited else "",
            "title": cited.article.title if cited else "",
        }


def _answer(service: Service, question: QuestionVerdict) -> Answer | None:
    try:
        reply = service.ask(question.text, filter=Filter(as_of=question.as_of), alternatives=0)
    except QuestionError:
        return None
    return reply.outcome if isinstance(reply.outcome, Answer) else None


def _pair(asked: AskedAgain) -> tuple[float, int]:
    confidence = asked.answer.confidence if asked.answer else 0.0
    return confidence, int(bool(asked.question.right))
