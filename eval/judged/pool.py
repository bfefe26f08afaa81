"""The places that readers have yet to judge, written out with their text, outside the repository.

Neither system nor rank is written, and the order within a question is that of a hash.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from eval.errors import DataError
from eval.judged.judgements import LABELS, JudgedPlaces, Judgement, alike
from eval.judged.questions import JudgedQuestion
from eval.judged.shown import DEPTH, Showing, Shown
from eval.runs.environment import ROOT
from index.documents import Article
from index.language.names import name_words

POOL = "pool.jsonl"
AROUND = 500
"""Characters of the article shown before and after a place."""

Systems = Mapping[str, Mapping[str, Showing]]
"""System -> question id -> what it showed."""


def unjudged(
    questions: Iterable[JudgedQuestion], runs: Sequence[Systems], known: Sequence[Judgement]
) -> Iterator[tuple[JudgedQuestion, Shown]]:
    """The first places of every system of every run that are not judged yet, each once.

    Places alike are one, unless they name different speakers. Questions, and the places of each,
    come in the order of their hashes.
    """
    questions = sorted(questions, key=lambda each: _hash(each.id))
    places = JudgedPlaces(questions, known)
    for question in questions:
        pooled: list[Shown] = []
        for shown in _first(question, runs):
            if places.needs_reading(question.id, shown) and not _has(pooled, shown, question):
                pooled.append(shown)
        yield from ((question, each) for each in sorted(pooled, key=partial(item, question)))


def item(question: JudgedQuestion, shown: Shown) -> str:
    """The name of a pooled place: the same whenever it is pooled."""
    return _hash(question.id, shown.article, shown.start, shown.end, shown.speaker or "")[:12]


def write_pool(
    out: Path, pooled: Iterable[tuple[JudgedQuestion, Shown]], articles: Sequence[Article]
) -> int:
    """Writes `out/pool.jsonl` and returns its number of places.

    DataError inside the repository, since it holds text of articles, and over an earlier pool.
    """
    path = out.resolve() / POOL
    if path.is_relative_to(ROOT):
        raise DataError(f"{out} is in {ROOT}: a pool has article text; give a folder outside it")
    if path.exists():
        raise DataError(f"{path} exists, and labels may refer to it: give another folder")
    by_id = {each.id: each for each in articles}
    lines = [json.dumps(_line(*each, by_id), ensure_ascii=False) + "\n" for each in pooled]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), "utf-8")
    return len(lines)


def _first(question: JudgedQuestion, runs: Sequence[Systems]) -> Iterator[Shown]:
    for systems in runs:
        for by_question in systems.values():
            if showing := by_question.get(question.id):
                yield from showing.shown[:DEPTH]


def _has(pooled: Iterable[Shown], shown: Shown, question: JudgedQuestion) -> bool:
    return any(
        alike(shown, each) and _claim(question, shown) == _claim(question, each) for each in pooled
    )


def _claim(question: JudgedQuestion, shown: Shown) -> tuple[str, ...]:
    """Who is named, where the judgement depends on it."""
    return name_words(shown.speaker or "") if question.kind == "who_said" else ()


def _line(
    question: JudgedQuestion, shown: Shown, articles: Mapping[str, Article]
) -> dict[str, Any]:
    article = _article(shown, articles)
    published, text = article.published_at, article.text
    return {
        "item": item(question, shown),
        "question": question.id,
        "type": question.kind,
        "text_of_question": question.text,
        "asked_on": question.asked_at.date().isoformat(),
        "labels": LABELS[question.kind],
        "speaker": shown.speaker,
        "certain": shown.certain,
        "before": text[max(0, shown.start - AROUND) : shown.start],
        "text": text[shown.start : shown.end],
        "after": text[shown.end : shown.end + AROUND],
        "title": article.title,
        "outlet": article.outlet,
        "published": published.date().isoformat() if published else None,
        "article": article.id,
        "revision": article.revision,
        "start": shown.start,
        "end": shown.end,
    }


def _article(shown: Shown, articles: Mapping[str, Article]) -> Article:
    article = articles.get(shown.article)
    if article is None or shown.end > len(article.text):
        raise DataError(
            f"article {shown.article!r} has no characters {shown.start} to {shown.end} in this "
            "data: give the --data that the run was made over"
        )
    if shown.revision not in {None, article.revision}:
        raise DataError(f"article {shown.article!r} has another text than the run was made over")
    return article


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
