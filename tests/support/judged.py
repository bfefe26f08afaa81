"""A judged set of two stories of our own, and what systems may show for its questions."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.judged.judgements import JUDGEMENTS, Judgement
from eval.judged.questions import QUESTIONS
from eval.judged.shown import Showing, Shown
from tests.support.eval_files import write_lines

TRAM = (
    "The tram line will open in June, the council said. "
    "“We shall not lend a penny more,” said Maud Ferrier, the treasurer. "
    "Otto Brandt said the line was a gift to the hills. "
    "Rain is expected on Friday."
)
MILL = "The old mill burnt down on Monday, and two men were hurt. A third was found on Tuesday."
ARTICLES = [
    {"id": "tram", "title": "Tram line to open", "text": TRAM, "published_at": "2025-03-03"},
    {"id": "mill", "title": "Mill burns", "text": MILL, "published_at": "2025-03-04"},
]
TEXTS = {"tram": TRAM, "mill": MILL}
QUOTE = "“We shall not lend a penny more,” said Maud Ferrier, the treasurer."
GIFT = "Otto Brandt said the line was a gift to the hills."
JUNE = "The tram line will open in June, the council said."
RAIN = "Rain is expected on Friday."
TWO = "The old mill burnt down on Monday, and two men were hurt."
THIRD = "A third was found on Tuesday."


def at(words: str) -> dict[str, Any]:
    """Where the words stand, as a mark."""
    article = next(name for name, text in TEXTS.items() if words in text)
    start = TEXTS[article].index(words)
    return {"article": article, "start": start, "end": start + len(words)}


def show(words: str, speaker: str | None = None, *, certain: bool = False) -> Shown:
    return Shown(**at(words), speaker=speaker, certain=certain)


def judge(
    question: str, words: str, first: str, second: str = "", speaker: str | None = None
) -> Judgement:
    """By both readers alike, unless a second label is given."""
    return Judgement(
        question, **at(words), revision=None, speaker=speaker, first=first, second=second or first
    )


def asked(id: str, kind: str = "who_said", **fields: Any) -> dict[str, Any]:
    question = (
        "What did Maud Ferrier say about money?"
        if kind == "who_said"
        else "How many men were hurt at the old mill?"
    )
    return {"id": id, "question": question, "asked_on": "2025-03-05", "type": kind, **fields}


def showing(question: str, *shown: Shown, system: str = "service", **fields: Any) -> Showing:
    return Showing(question, system, shown, **fields)


def write_set(
    folder: Path, questions: Iterable[dict[str, Any]], judgements: Iterable[Judgement] = ()
) -> Path:
    write_lines(folder / QUESTIONS, questions)
    lines = [json.dumps(asdict(each)) for each in judgements]
    if lines:
        write_lines(folder / JUDGEMENTS, lines)
    return folder
