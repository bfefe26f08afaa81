"""What two readers said of places that systems showed, and which shown places each one settles.

One JSON object a line: `{question, article, start, end, revision, speaker, first, second,
settled}`. No article text is stored.

A judgement holds for a shown place if both share at least half of the longer one. That a place is
right also holds for a longer one, such as a passage, that has at least half of it; that it is not
right does not. Who was named counts too: see `_is_of_claim`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.datasets.formats.records import JsonRecord, read_records
from eval.errors import Report, stop
from eval.judged.questions import JudgedQuestion, QuestionKind, choice, place
from eval.judged.shown import Shown
from eval.measures.ranges import Range, overlap
from index.language.names import name_words

JUDGEMENTS = "judgements.jsonl"
OFF, OUTDATED, WRONG_SPEAKER = "off", "outdated", "wrong_speaker"
LABELS: Mapping[QuestionKind, tuple[str, ...]] = {
    "who_said": ("telling", "empty", WRONG_SPEAKER, OFF),
    "fact": ("right", OUTDATED, OFF),
}
"""The first of each is the right one. Telling: it answers, says who, and rightly. Empty: the right
person and subject, but hardly more than the question says. Off: not an answer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One place, as it was shown for one question, judged by two readers apart from each other."""

    question: str
    article: str
    start: int
    end: int
    revision: str | None
    speaker: str | None
    """Who was named as speaking; None where nobody was."""
    first: str
    second: str
    settled: str | None = None
    """The label agreed on, where the two differ."""

    @property
    def label(self) -> str | None:
        """None while a disagreement is open."""
        return self.first if self.first == self.second else self.settled

    @property
    def key(self) -> tuple[str, str, int, int, str]:
        return self.question, self.article, self.start, self.end, self.speaker or ""


def alike(one: Range, other: Range) -> bool:
    """Whether at least half of the longer of two places is in both."""
    return 2 * overlap(one, other) >= max(one.end - one.start, other.end - other.start)


def holds_most(outer: Range, inner: Range) -> bool:
    """Whether at least half of `inner` is in `outer`."""
    return 2 * overlap(outer, inner) >= inner.end - inner.start


class JudgedPlaces:
    """All that is known of the places of a judged set."""

    def __init__(
        self, questions: Iterable[JudgedQuestion], judgements: Iterable[Judgement]
    ) -> None:
        self._questions = {each.id: each for each in questions}
        self._judgements: dict[str, list[Judgement]] = defaultdict(list)
        for each in judgements:
            self._judgements[each.question].append(each)

    def label(self, question: str, shown: Shown) -> str | None:
        """None where nobody has judged it.

        A speaker found to be wrong comes first, then the marks of the question, then the judgement
        of the place most like it, then what is right within it.
        """
        asked = self._questions[question]
        read = self._read(asked, shown)
        if read == WRONG_SPEAKER:
            return read
        return _marked(asked, shown) or read or self._right_within(asked, shown)

    def needs_reading(self, question: str, shown: Shown) -> bool:
        """Whether readers should see it: unjudged, or marked but said by one not asked about."""
        asked = self._questions[question]
        if self._read(asked, shown):
            return False
        return self.label(question, shown) is None or _names_another(asked, shown)

    def _read(self, asked: JudgedQuestion, shown: Shown) -> str | None:
        near = [each for each in self._of(asked, shown) if alike(each, shown)]
        best = max(near, key=lambda each: _likeness(each, shown), default=None)
        return best.label if best else None

    def _right_within(self, asked: JudgedQuestion, shown: Shown) -> str | None:
        right = LABELS[asked.kind][0]
        within = (holds_most(shown, each) for each in self._of(asked, shown) if each.label == right)
        return right if any(within) else None

    def _of(self, asked: JudgedQuestion, shown: Shown) -> list[Judgement]:
        """The judgements of this text and, if that matters, with this speaker."""
        return [
            each
            for each in self._judgements[asked.id]
            if each.label
            and (each.article == shown.article and _is_of_text(each, shown))
            and (asked.kind == "fact" or _is_of_claim(each, shown))
        ]


def read_judgements(folder: Path, report: Report = stop) -> list[Judgement]:
    """Of a judged set; none where there is no file yet."""
    path = folder / JUDGEMENTS
    records = read_records(path, report) if path.is_file() else ()
    return [each for record in records if (each := _judgement(record))]


def write_judgements(folder: Path, judgements: Iterable[Judgement]) -> None:
    """In the order of their places, so that a new one changes one line."""
    lines = (json.dumps(asdict(each)) + "\n" for each in sorted(judgements, key=lambda j: j.key))
    (folder / JUDGEMENTS).write_text("".join(lines), "utf-8")


def _marked(asked: JudgedQuestion, shown: Shown) -> str | None:
    if any(alike(shown, each) or holds_most(shown, each) for each in asked.gold):
        return LABELS[asked.kind][0]
    return OUTDATED if any(alike(shown, each) for each in asked.outdated) else None


def _likeness(judged: Judgement, shown: Shown) -> tuple[float, bool]:
    """The share of the longer place that is in both; of equals, one with the same speaker."""
    longer = max(judged.end - judged.start, shown.end - shown.start)
    return overlap(judged, shown) / longer, judged.speaker == shown.speaker


def _is_of_text(judged: Judgement, shown: Shown) -> bool:
    return None in {judged.revision, shown.revision} or judged.revision == shown.revision


def _is_of_claim(judged: Judgement, shown: Shown) -> bool:
    """Whether the judgement also holds for the speaker who is named now.

    What is off stays off. Words judged right with a name are right without one, since the name is
    not what the reader relied on; right words under a name that was not judged are open.
    """
    if judged.label == OFF:
        return True
    if shown.speaker is None:
        return judged.speaker is None or judged.label != WRONG_SPEAKER
    if judged.speaker is None:
        return judged.label == WRONG_SPEAKER
    named, before = set(name_words(shown.speaker)), set(name_words(judged.speaker))
    return named <= before or before <= named


def _names_another(asked: JudgedQuestion, shown: Shown) -> bool:
    """Whether the speaker named is nobody the question names, as where it asks by role."""
    named = name_words(shown.speaker or "")
    return asked.kind == "who_said" and bool(named) and named[-1] not in name_words(asked.text)


def _judgement(record: JsonRecord) -> Judgement | None:
    known = tuple(dict.fromkeys(label for labels in LABELS.values() for label in labels))
    at, first, second = (
        place(record),
        choice(record, "first", known),
        choice(record, "second", known),
    )
    settled = choice(record, "settled", known) if record.fields.get("settled") else None
    question = record.needed("question")
    if not at or not first or not second or not question:
        return None
    named = record.string("revision"), record.string("speaker")
    return Judgement(question, at.article, at.start, at.end, *named, first, second, settled)
