"""What systems showed and what readers judged -> measures with intervals, and two runs compared.

A place that nobody has judged counts as not right, and is counted beside the measure. A question
that a system did not get to, or that ended in an error, shows nothing and is not refused.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.judged.judgements import LABELS, WRONG_SPEAKER, JudgedPlaces
from eval.judged.questions import HALVES, JudgedQuestion, QuestionKind, stories
from eval.judged.shown import Showing, Shown
from eval.measures.latency import percentiles
from eval.scoring.statistics import Interval, difference, interval

SEED = 0
FEW = 3
"""Places a reader looks at."""
ALL = "all"
PARTS = (*HALVES, ALL)
STAGES = ("statements", "total")
"""Of which the time is told."""

Showings = Mapping[str, Showing]
"""By question id."""


@dataclass(frozen=True, slots=True)
class JudgedValues:
    """One measure of one system, before it is averaged."""

    values: Mapping[str, float]
    """By question, or by question and place where each place counts."""
    story_of: Mapping[str, str]
    """For each key of `values`."""
    unjudged: int | None = None
    """Places among those it looks at that nobody has judged; None where none are looked at."""

    @property
    def interval(self) -> Interval | None:
        """None where there is nothing to average."""
        if not self.values:
            return None
        return interval([*self.values.values()], [*self.story_of.values()], seed=SEED)


@dataclass(frozen=True, slots=True)
class JudgedScore:
    """One system on one part and type of the questions."""

    questions: int
    answerable: int
    measures: Mapping[str, JudgedValues]
    milliseconds: Mapping[str, float]
    """Percentiles of STAGES, as `p50_ms/total`; empty for a system without times."""


Measured = Callable[["_Outcome"], JudgedValues]


def part_of(questions: Sequence[JudgedQuestion], part: str) -> list[JudgedQuestion]:
    """The questions of a half, or all of them."""
    return [each for each in questions if part in {each.half, ALL}]


def score(
    questions: Sequence[JudgedQuestion], kind: QuestionKind, shown: Showings, places: JudgedPlaces
) -> JudgedScore:
    """Over questions of one type."""
    asked = _Outcome(questions, shown, places)
    times = [each.ms for each in asked.showings if each.ms]
    stages = [{name: ms[name] for name in STAGES if name in ms} for ms in times]
    return JudgedScore(
        len(asked.questions),
        sum(each.answerable for each in asked.questions),
        {name: measure(asked) for name, measure in MEASURES[kind].items()},
        percentiles(stages),
    )


def compared(a: JudgedValues, b: JudgedValues) -> Interval | None:
    """Of the mean of b - a over the same questions; None where each place counts."""
    if a.values.keys() != b.values.keys() or not a.values:
        return None
    return difference(
        [*a.values.values()],
        [b.values[key] for key in a.values],
        [*a.story_of.values()],
        seed=SEED,
    )


class _Outcome:
    """Questions of one type with what one system showed for each."""

    def __init__(
        self, questions: Sequence[JudgedQuestion], shown: Showings, places: JudgedPlaces
    ) -> None:
        self.questions = questions
        self._shown, self._places = shown, places
        self._stories = stories(questions)

    @property
    def showings(self) -> list[Showing]:
        return [self._shown[each.id] for each in self.questions if each.id in self._shown]

    def first(self, question: JudgedQuestion, count: int) -> Sequence[Shown]:
        showing = self._shown.get(question.id)
        return showing.shown[:count] if showing else ()

    def labels(self, question: JudgedQuestion, count: int) -> list[str | None]:
        """Of its first places."""
        first = self.first(question, count)
        return [self._places.label(question.id, each) for each in first]

    def by_question(
        self,
        value: Callable[[JudgedQuestion], bool],
        *,
        answerable: bool,
        unjudged: int | None = None,
    ) -> JudgedValues:
        of = [each for each in self.questions if each.answerable == answerable]
        values = {each.id: float(value(each)) for each in of}
        return JudgedValues(values, {id: self._stories[id] for id in values}, unjudged)

    def by_place(
        self, value: Callable[[str | None], bool], count: int, *, certain: bool = False
    ) -> JudgedValues:
        """Over the first places, or those of them whose speaker is given as certain."""
        labels = {
            f"{question.id} {rank}": (self._places.label(question.id, shown), question.id)
            for question in self.questions
            for rank, shown in enumerate(self.first(question, count), start=1)
            if shown.certain or not certain
        }
        return JudgedValues(
            {key: float(value(label)) for key, (label, _) in labels.items()},
            {key: self._stories[id] for key, (_, id) in labels.items()},
            sum(label is None for label, _ in labels.values()),
        )

    def refused(self, question: JudgedQuestion) -> bool:
        showing = self._shown.get(question.id)
        return showing is not None and showing.refused


def _right(count: int) -> Measured:
    def measure(asked: _Outcome) -> JudgedValues:
        def right(question: JudgedQuestion) -> bool:
            return LABELS[question.kind][0] in asked.labels(question, count)

        among = [each for each in asked.questions if each.answerable]
        unjudged = sum(asked.labels(each, count).count(None) for each in among)
        return asked.by_question(right, answerable=True, unjudged=unjudged)

    return measure


def _refused(*, answerable: bool) -> Measured:
    return lambda asked: asked.by_question(asked.refused, answerable=answerable)


def _judged(count: int) -> Measured:
    return lambda asked: asked.by_place(lambda label: label is not None, count)


def _wrong_person(asked: _Outcome) -> JudgedValues:
    return asked.by_place(lambda label: label == WRONG_SPEAKER, FEW, certain=True)


def _measures(right: str) -> Iterator[tuple[str, Measured]]:
    yield f"first {right}", _right(1)
    yield f"first three: one {right}", _right(FEW)
    yield "no answer there: refused", _refused(answerable=False)
    yield "answer there: refused", _refused(answerable=True)
    yield "first: judged", _judged(1)
    yield "first three: judged", _judged(FEW)


MEASURES: Mapping[QuestionKind, Mapping[str, Measured]] = {
    "who_said": dict(_measures("right and telling"))
    | {"first three: wrong person as certain": _wrong_person},
    "fact": dict(_measures("right and not outdated")),
}
"""In the order of the table."""
