"""Checks questions of every format and fills in what follows from their marks."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from eval.datasets.formats.corpus import Corpus
from eval.datasets.formats.marks import quoted
from eval.datasets.formats.records import JsonRecord
from eval.datasets.questions import Question
from index.sources.publication_date import parse_date

_WORD = re.compile(r"[^\W_]+")
_ASKING = {"who": "who", "whom": "who", "whose": "who"}
_ASKING |= {word: word for word in "what when where which why how".split()}
_MEASURES = frozenset(
    "big deep far fast few heavy high large long many much often old small tall wide".split()
)


def complete(question: Question, record: JsonRecord, corpus: Corpus) -> Question:
    """Contradictions reported; texts, relevant articles and the question type filled in."""
    _check(question, record)
    texts = (*question.texts, *(quoted(answer, corpus) for answer in question.answers))
    typed = any(tag.startswith("qtype=") for tag in question.tags)
    tags = question.tags if typed else (f"qtype={question_type(question.text)}", *question.tags)
    return replace(
        question,
        texts=_distinct(text for text in texts if text),
        relevant=question.relevant or _marked_articles(question),
        tags=_distinct(tags),
    )


def question_type(text: str) -> str:
    """The first question word, `how-quantity` for "how many" and the like, else `other`."""
    words = [word.casefold() for word in _WORD.findall(text)]
    for word, following in pairwise([*words, ""]):
        if word in _ASKING:
            quantity = word == "how" and following in _MEASURES
            return "how-quantity" if quantity else _ASKING[word]
    return "other"


def as_of(record: JsonRecord, name: str) -> datetime | None:
    """The instant; for a day without a time, its last instant in UTC."""
    raw = record.string(name)
    if raw is None:
        return None
    try:
        return last_instant(raw)
    except ValueError as error:
        record.fault(f"{name!r}: {error}")
        return None


def last_instant(written: str) -> datetime:
    """Of a day, if no time is written; ValueError for what is no date."""
    moment = parse_date(written)
    is_day = ":" not in written and moment == moment.replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return moment + timedelta(days=1, microseconds=-1) if is_day else moment


def _check(question: Question, record: JsonRecord) -> None:
    right = question.gold or question.texts or question.relevant
    tried = any(record.fields.get(name) for name in ("answers", "evidence", "relevant"))
    if question.answerable and not right and not tried:
        record.fault("it is answerable, but no answer, evidence or relevant article is given")
    if not question.answerable and right:
        record.fault("it is not answerable, yet answers, evidence or relevant articles are given")


def _marked_articles(question: Question) -> dict[str, int]:
    return {gold.article: 1 for gold in (*question.answers, *question.evidence)}


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
